"""What goes out is noted; a file that comes in is looked at, then taken or dropped."""

from datetime import datetime

from django.db import transaction

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.impact import access
from kinolab.impact.domain import arriving
from kinolab.impact.domain.arriving import Arrival
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.models import COLUMNS, TABLES, BroughtFile, Publisher, RoadMap, Row
from kinolab.impact.queries import iati
from kinolab.impact.queries import rows as queries
from kinolab.labs.models import Edition

MOST = 1000  # rows of one part, as in `rows`
_LINKS = {"result": Part.RESULT, "indicator": Part.INDICATOR, "period": Part.PERIOD, "goal": None}


# --- Out -----------------------------------------------------------------------------------------------------------------
def record_taken(*, thing: RoadMap | Edition, what: str, eyes: Eyes, by: Person, at: datetime) -> None:
    """Note that somebody took data away, as which file and for whose eyes."""
    scope = thing.scope if isinstance(thing, Edition) else thing.edition.scope
    audit.record(by=by, at=at, verb="exported", thing=thing, scope=scope, after={"as": what, "eyes": eyes.value})


@transaction.atomic
def publish_as(*, edition: Edition, ref: str, kind: str, by: Person, at: datetime) -> Publisher:
    """Say as what the organisation publishes in IATI. Refused: by access."""
    stop_if(access.why_not_make(by, edition))
    told, _ = Publisher.objects.update_or_create(
        organisation=edition.programme.organisation,
        defaults={"ref": ref, "kind": kind, "changed_at": at, "changed_by": by},
    )
    audit.record(by=by, at=at, verb="changed", thing=told, scope=edition.scope, after={"ref": ref, "kind": kind})
    return told


# --- In ------------------------------------------------------------------------------------------------------------------
@transaction.atomic
def bring(*, road_map: RoadMap, content: bytes, name: str, by: Person, at: datetime) -> BroughtFile:
    """Keep a file to look at what it would bring, instead of one that the same person has not decided about.

    Refused: by access; `queries.iati.parsed`.
    """
    stop_if(access.why_not_bring(by, road_map))
    root = iati.parsed(content)
    for one in BroughtFile.objects.filter(road_map=road_map, phase="proposed", brought_by=by):
        _decide(one, "dropped", at)
    return BroughtFile.objects.create(
        road_map=road_map, name=name[-200:], content=iati.as_text(root), activity=iati.likely(road_map, root),
        brought_at=at, brought_by=by,
    )  # fmt: skip


@transaction.atomic
def choose(*, brought: BroughtFile, activity: int, by: Person) -> BroughtFile:
    """Look at another activity of the file. Refused: by access; `brought_decided`, `activity_unknown`."""
    brought = _proposed(brought, by)
    stop_if(Refusal("activity_unknown") if activity not in range(len(iati.activities(brought))) else None)
    brought.activity = activity
    brought.save(update_fields=["activity"])
    return brought


@transaction.atomic
def take(*, brought: BroughtFile, by: Person, at: datetime) -> Arrival:
    """Make the rows that come; what is there stays as it is. Values that came wait to be approved like any others.

    Refused: by access; `brought_decided`; `nothing_arrives`; `too_many_rows` {limit}.
    """
    brought = _proposed(brought, by)
    arrival = iati.arrival(brought, lambda part: access.why_not_write(by, brought.road_map, part))
    stop_if(None if arrival.count else Refusal("nothing_arrives"))
    for part in arriving.ORDER:
        _make(brought.road_map, part, arrival, by, at)
    brought.came = {part.value: len(rows) for part, rows in arrival.rows.items() if rows}
    _decide(brought, "taken", at)
    RoadMap.everything.filter(pk=brought.road_map_id).update(changed_at=at)
    scope = brought.road_map.edition.scope
    audit.record(by=by, at=at, verb="took_in", thing=brought.road_map, scope=scope, after=dict(brought.came))
    return arrival


@transaction.atomic
def drop(*, brought: BroughtFile, by: Person, at: datetime) -> None:
    """Forget a file that is not wanted. Refused: by access; `brought_decided`."""
    _decide(_proposed(brought, by), "dropped", at)


def _proposed(brought: BroughtFile, by: Person) -> BroughtFile:
    road_map = access.road_maps().select_for_update(of=("self",)).get(pk=brought.road_map_id)
    stop_if(access.why_not_bring(by, road_map))
    brought = BroughtFile.objects.select_for_update().get(pk=brought.pk)
    stop_if(None if brought.phase == "proposed" else Refusal("brought_decided"))
    brought.road_map = road_map
    return brought


def _decide(brought: BroughtFile, phase: str, at: datetime) -> None:
    brought.phase, brought.content, brought.decided_at = phase, "", at
    brought.save(update_fields=["phase", "content", "came", "decided_at"])


def _make(road_map: RoadMap, part: Part, arrival: Arrival, by: Person, at: datetime) -> None:
    """Make the rows of a part, at its end, in the order of the file."""
    table, new = TABLES[part], arrival.rows[part]
    own = table.objects.filter(road_map=road_map)
    if own.count() + len(new) > MOST:
        raise Denied(Refusal("too_many_rows", {"limit": MOST}))
    last = queries.last_order(road_map, part) if new else 0
    for place, one in enumerate(new, start=1):
        row = table(road_map=road_map, order=last + place, changed_at=at, changed_by=by)
        for name in COLUMNS[part]:
            if name in queries.MANY[part]:
                continue
            _put(row, name, getattr(one, name), arrival)
        row.save()
        for name in queries.MANY[part]:
            _lead(row, name, getattr(one, name), arrival)
        arrival.there[part][one.number] = row.pk


def _put(row: Row, name: str, value: object, arrival: Arrival) -> None:
    column = row._meta.get_field(name)
    above = _LINKS.get(name)
    if above is not None:
        value = arrival.there[above][value]  # type: ignore[index]
    setattr(row, column.attname, "" if value is None and not column.null else value)


def _lead(row: Row, name: str, numbers: tuple[int, ...], arrival: Arrival) -> None:
    there = arrival.there[Part.EVIDENCE]
    getattr(row, name).set([there[one] for one in numbers if one in there])
