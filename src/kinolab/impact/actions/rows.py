"""Writing in the parts of a road map: rows are added, saved, removed and brought back; nobody overwrites the unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import IntegrityError, models, transaction
from django.db.models import Max, Q

from kinolab.foundation import merging
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.impact import access
from kinolab.impact.domain import writing
from kinolab.impact.domain.lifecycle import WRITTEN, ReportState
from kinolab.impact.domain.parts import MOVABLE, SINGLE, Part
from kinolab.impact.domain.vocabularies import Measure
from kinolab.impact.models import (
    COLUMNS,
    TABLES,
    Actual,
    Goal,
    Indicator,
    ProtectedPerson,
    Report,
    RoadMap,
    Row,
    RowAside,
    RowPast,
)
from kinolab.impact.queries import names as marked
from kinolab.impact.queries import rows as queries

MOST = 1000  # rows of one part
# An autosave every few seconds is not a line of the record each.
SITTING = timedelta(minutes=15)
_READINGS = (Part.TARGET, Part.ACTUAL)


@dataclass(frozen=True, slots=True)
class Saved:
    """The row as it stands now; `merged`: columns that say something else than what had been sent, and what that was."""

    row: Row
    merged: Mapping[str, object]


def add_row(
    *,
    road_map: RoadMap,
    part: Part,
    values: Mapping[str, Any],
    by: Person,
    at: datetime,
    names: str = "",
    run: str = "",
) -> Row:
    """Add a row to a part; `names` of a person on screen become marks and are forgotten.

    Refused: by access; `part_has_one_row`, `too_many_rows`, `row_of_another_road_map`, `row_there_already`, values of readings;
    `value_handed_in` where the period's values wait in a report.
    """
    with transaction.atomic():
        road_map = _lock(road_map)
        stop_if(access.why_not_write(by, road_map, part))
        stop_if(Refusal("part_has_one_row") if part in SINGLE else None)
        own = TABLES[part].objects.filter(road_map=road_map)
        stop_if(Refusal("too_many_rows", {"limit": MOST}) if own.count() >= MOST else None)
        last = own.aggregate(last=Max("order"))["last"] or 0
        row = TABLES[part](road_map=road_map, order=last + 1, run=run, changed_at=at, changed_by=by)
        said = {name: value for name, value in values.items() if name in COLUMNS[part]}
        _put(road_map, part, row, {name: queries.plain(value) for name, value in said.items()}, by, at)
        stop_if(_why_frozen(row))
        _mark(row, names)
        _save_new(row, part, said)
        _touch(road_map, at)
        _record("added", road_map, part, row, by, at)
    return row


def save_row(
    *, road_map: RoadMap, part: Part, number: int, values: Mapping[str, Any], version: int, by: Person, at: datetime,
    run: str = "", settles: int = 0, names: str = "", corrects: bool = False,
) -> Saved:  # fmt: skip
    """Write columns of a row that was seen in this version; over a later one, merged with it, column by column.

    Version 0 is the row before anybody wrote in it. What can be merged is written. Refused besides `add_row`'s: `row_gone`;
    `beginning_unknown`; `value_approved` unless it `corrects`; and `changed_meanwhile` {columns, version, by, at, aside}
    where columns could not be merged: then both are kept.
    """
    with transaction.atomic():
        road_map = _lock(road_map)
        stop_if(access.why_not_write(by, road_map, part))
        row = queries.find(road_map, part, number)
        if row is None:
            raise Denied(Refusal("row_gone"))
        typed = {name: queries.plain(value) for name, value in values.items() if name in COLUMNS[part]}
        now = queries.values_of(part, row)
        met = writing.meet(typed, _beginning(part, row, now, version, run), now, queries.PROSE[part])
        if settles:
            _settle(part, number, by, at, pk=settles)
        new = {name: value for name, value in met.values.items() if value != now[name]}
        if new.keys() - {"evidence"}:
            stop_if(_why_frozen(row, corrects=corrects))
        if new or names:
            _write_over(road_map, part, row, now, new, by, at)
            row.run, row.sent = run, met.merged(typed)
            _mark(row, names)
            _save_over(row, part, new)
            _touch(road_map, at)
        refusal = _meanwhile(road_map, part, row, met.apart, version, by, at) if met.apart else None
    if refusal is not None:  # raised only now: what was written and what was set aside are to stay
        raise Denied(refusal)
    return Saved(row, met.merged(typed))


def remove_row(*, road_map: RoadMap, part: Part, number: int, by: Person, at: datetime) -> None:
    """Take a row out; its past stays, and it can be brought back.

    Refused: by access; `part_has_one_row`, `row_gone`, `row_is_needed` (an indicator, period or evidence behind values);
    `evidence_has_file`; `value_approved`, `value_handed_in`.
    """
    with transaction.atomic():
        road_map = _lock(road_map)
        stop_if(access.why_not_write(by, road_map, part))
        stop_if(Refusal("part_has_one_row") if part in SINGLE else None)
        row = queries.find(road_map, part, number)
        if row is None:
            raise Denied(Refusal("row_gone"))
        stop_if(_why_needed(part, row) or _why_frozen(row))
        _remember(part, row, queries.values_of(part, row), at, removed=True)
        _record("removed", road_map, part, row, by, at)
        row.delete()
        _touch(road_map, at)


def move_row(*, road_map: RoadMap, part: Part, number: int, before: int, by: Person, at: datetime) -> None:
    """Put a row before another of its part: said of two rows, not of a place, so that two who move at once agree.

    Refused: by access; `part_keeps_its_order` (periods stand by their days); `order_changed` where one of the two has gone.
    """
    with transaction.atomic():
        road_map = _lock(road_map)
        stop_if(access.why_not_write(by, road_map, part))
        stop_if(None if part in MOVABLE else Refusal("part_keeps_its_order"))
        table = TABLES[part]
        now = list(table.objects.filter(road_map=road_map).order_by("order", "pk").values_list("pk", flat=True))
        stop_if(None if {number, before} <= set(now) and number != before else Refusal("order_changed"))
        new = [one for one in now if one != number]
        new.insert(new.index(before), number)
        if new == now:
            return
        for place, one in enumerate(new, start=1):
            table.objects.filter(pk=one).exclude(order=place).update(order=place)
        _touch(road_map, at)
        audit.record(
            by=by, at=at, verb="reordered", thing=road_map, scope=road_map.edition.scope, after={"part": part.value, "row": number}
        )  # fmt: skip


def retire_indicator(*, road_map: RoadMap, number: int, retired: bool, by: Person, at: datetime) -> None:
    """Read an indicator no more, or again; what was read of it stays. Refused: by access; `row_gone`."""
    with transaction.atomic():
        road_map = _lock(road_map)
        stop_if(access.why_not_write(by, road_map, Part.ACTUAL))
        row = queries.find(road_map, Part.INDICATOR, number)
        if row is None:
            raise Denied(Refusal("row_gone"))
        row.retired = retired
        row.save(update_fields=["retired"])
        _touch(road_map, at)
        _record("retired" if retired else "restored", road_map, Part.INDICATOR, row, by, at)


def approve(*, road_map: RoadMap, number: int, by: Person, at: datetime, seen: int = 0) -> None:
    """Let a value leave the team; of a report in the version that was `seen`, else one that no report asks for.

    Refused: by access; `row_gone`; `value_changed_meanwhile`; `value_being_written`.
    """
    with transaction.atomic():
        road_map = _lock(road_map)
        stop_if(access.why_not_approve(by, road_map))
        row = queries.find(road_map, Part.ACTUAL, number)
        if row is None:
            raise Denied(Refusal("row_gone"))
        stop_if(Refusal("value_changed_meanwhile") if seen and seen != row.version else None)
        stop_if(None if seen else _why_being_written(road_map, row))
        row.approved_at, row.approved_by = at, by
        row.save(update_fields=["approved_at", "approved_by"])
        _touch(road_map, at)
        _record("approved", road_map, Part.ACTUAL, row, by, at)


def _why_being_written(road_map: RoadMap, row: Any) -> Refusal | None:
    """What the team still writes in a report waits until that is handed in."""
    if row.report is not None and row.report.state not in WRITTEN:
        return None
    writing = Report.objects.filter(
        road_map=road_map, state__in=[one.value for one in WRITTEN], starts_on__lte=row.period.ends_on,
        ends_on__gte=row.period.starts_on,
    )  # fmt: skip
    return Refusal("value_being_written") if writing.exists() else None


def bring_back(*, road_map: RoadMap, part: Part, number: int, version: int, by: Person, at: datetime) -> Row:
    """Let a row say again what it said in an earlier version, removed or not. Refused: by access; `version_unknown`."""
    past = RowPast.objects.filter(road_map=road_map, part=part, number=number, version=version).first()
    if past is None:
        raise Denied(Refusal("version_unknown"))
    values = {name: value for name, value in past.values.items() if name in COLUMNS[part]}
    if (row := queries.find(road_map, part, number)) is None:
        return add_row(road_map=road_map, part=part, values=values, by=by, at=at)
    return save_row(
        road_map=road_map, part=part, number=number, values=values, version=row.version, by=by, at=at
    ).row  # fmt: skip


def settle(*, road_map: RoadMap, aside: int, by: Person, at: datetime) -> None:
    """A person has decided about a text set aside: what the row says stays. Refused: by access."""
    found = RowAside.objects.filter(road_map=road_map, pk=aside, settled_at=None).first()
    if found is None:
        raise Denied(Refusal("row_gone"))
    stop_if(access.why_not_write(by, road_map, Part(found.part)))
    _settle(Part(found.part), found.number, by, at, pk=aside)


# --- One row -----------------------------------------------------------------------------------------------------------
def _lock(road_map: RoadMap) -> RoadMap:
    locked = access.road_maps().select_for_update(of=("self",)).get(pk=road_map.pk)
    if hasattr(road_map, "who"):
        locked.who, locked.known_to = road_map.who, road_map.known_to
    return locked


def _beginning(part: Part, row: Row, now: Mapping[str, object], version: int, run: str) -> Mapping[str, object]:
    """What the row said when its writer began; their own last word where an answer to it got lost."""
    found = merging.beginning(version, run, [merging.Written(row.version, row.run, now, {**now, **row.sent})])
    if found is merging.UNKNOWN:
        past = queries.past_of(part, row.pk).filter(Q(version=version) | Q(run=run) if run else Q(version=version))
        told = (merging.Written(one.version, one.run, one.values, {**one.values, **one.sent}) for one in past)
        found = merging.beginning(version, run, told)
    if found is merging.UNKNOWN and version == 0:
        found = queries.empty(part)
    if found is merging.UNKNOWN:
        raise Denied(Refusal("beginning_unknown"))
    return cast("Mapping[str, object]", found)


def _write_over(
    road_map: RoadMap,
    part: Part,
    row: Row,
    now: Mapping[str, object],
    new: Mapping[str, object],
    by: Person,
    at: datetime,
) -> None:
    _remember(part, row, now, at)
    if row.changed_by_id != by.pk or at - row.changed_at > SITTING:
        _record("changed", road_map, part, row, by, at)
    _put(road_map, part, row, new, by, at)
    row.version += 1
    row.changed_at, row.changed_by = at, by
    if isinstance(row, Actual) and new.keys() - {"evidence"}:
        row.approved_at, row.approved_by = None, None  # whoever approved has not seen this


def _put(road_map: RoadMap, part: Part, row: Row, values: Mapping[str, object], by: Person, at: datetime) -> None:
    """Give the row its columns, from plain values; ways to many rows follow when it is saved."""
    for name, value in values.items():
        column = row._meta.get_field(name)
        if isinstance(column, models.ForeignKey):
            stop_if(_why_foreign(road_map, column.related_model, [value] if value else []))
            setattr(row, column.attname, column.target_field.to_python(value or None))
        elif isinstance(column, models.ManyToManyField):
            stop_if(_why_foreign(road_map, column.related_model, list(value or [])))
        else:
            setattr(row, name, column.to_python(value))
    if getattr(row, "starts_on", None) and getattr(row, "ends_on", None) and row.ends_on < row.starts_on:
        raise Denied(Refusal("ends_before_start"))
    if part in _READINGS and "value" in values:
        stop_if(_why_no_value(row))
    if isinstance(row, Goal) and values.get("is_primary"):
        _only_primary(road_map, row, by, at)


def _why_foreign(road_map: RoadMap, table: type[models.Model], numbers: list[Any]) -> Refusal | None:
    wanted = {int(one) for one in numbers}
    own = table.objects.filter(road_map=road_map, pk__in=wanted).count() if wanted else 0
    return None if own == len(wanted) else Refusal("row_of_another_road_map")


def _why_no_value(row: Any) -> Refusal | None:
    """A number in an indicator told in words, or half a rank."""
    indicator = Indicator.objects.filter(periods=row.period_id).first()
    if indicator is None or row.value is None:
        return None
    if indicator.measure == Measure.QUALITATIVE:
        return Refusal("value_in_words")
    whole = indicator.measure in (Measure.NOMINAL, Measure.ORDINAL)
    return Refusal("value_not_a_whole_number", {"text": str(row.value)}) if whole and row.value % 1 else None


def _only_primary(road_map: RoadMap, row: Goal, by: Person, at: datetime) -> None:
    for other in Goal.objects.filter(road_map=road_map, is_primary=True).exclude(pk=row.pk):
        _write_over(road_map, Part.GOAL, other, queries.values_of(Part.GOAL, other), {"is_primary": False}, by, at)
        other.save()


def _save_new(row: Row, part: Part, values: Mapping[str, Any]) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Denied(Refusal("row_there_already")) from None
    for name in queries.MANY[part] & values.keys():
        getattr(row, name).set([int(one) for one in values[name] or []])


def _save_over(row: Row, part: Part, new: Mapping[str, object]) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Denied(Refusal("row_there_already")) from None
    for name in queries.MANY[part] & new.keys():
        getattr(row, name).set([int(str(one)) for one in new[name] or []])  # type: ignore[attr-defined]


def _mark(row: Row, names: str) -> None:
    if isinstance(row, ProtectedPerson) and names.strip():
        row.marks = sorted({*row.marks, *marked.marks(names)})


def _why_needed(part: Part, row: Any) -> Refusal | None:
    """Values that were read keep what they were read by; a file is taken out by itself, for nothing would bring it back."""
    if part is Part.EVIDENCE and row.file_id:
        return Refusal("evidence_has_file")
    needed = {
        Part.RESULT: lambda: Indicator.objects.filter(result=row).exists(),
        Part.INDICATOR: lambda: Actual.objects.filter(period__indicator=row).exists(),
        Part.PERIOD: lambda: Actual.objects.filter(period=row).exists(),
        Part.EVIDENCE: lambda: row.actuals.filter(approved_at__isnull=False).exists(),
    }
    return Refusal("row_is_needed") if part in needed and needed[part]() else None


def _why_frozen(row: Row, *, corrects: bool = False) -> Refusal | None:
    """What was approved stands until it is corrected, and what was handed in until it comes back."""
    if not isinstance(row, Actual):
        return None
    if row.approved_at is not None and not corrects:
        return Refusal("value_approved")
    waits = Report.objects.filter(actuals__period=row.period_id, state=ReportState.HANDED_IN.value)
    return Refusal("value_handed_in") if waits.exists() else None


# --- Past, asides, the record --------------------------------------------------------------------------------------------
def _remember(part: Part, row: Row, now: Mapping[str, object], at: datetime, *, removed: bool = False) -> None:
    RowPast.objects.create(
        road_map_id=row.road_map_id, part=part, number=row.pk, version=row.version, values=dict(now), run=row.run,
        sent=row.sent, removed=removed, changed_at=row.changed_at, changed_by_id=row.changed_by_id, kept_at=at,
    )  # fmt: skip


def _meanwhile(
    road_map: RoadMap, part: Part, row: Row, apart: Mapping[str, object], version: int, by: Person, at: datetime
) -> Refusal:
    """Keep what could not be merged beside the row; the same person goes on in the same place."""
    aside, _ = RowAside.objects.update_or_create(
        road_map=road_map, part=part, number=row.pk, kept_by=by, seen=version, settled_at=None,
        defaults={"values": dict(apart), "kept_at": at},
    )  # fmt: skip
    now = queries.values_of(part, row)
    facts = {
        "columns": {name: now[name] for name in apart}, "version": row.version, "at": row.changed_at, "aside": aside.pk,
        "by": row.changed_by.name if row.changed_by else "",
    }  # fmt: skip
    return Refusal("changed_meanwhile", facts)


def _settle(part: Part, number: int, by: Person, at: datetime, **which: object) -> None:
    waiting = RowAside.objects.filter(part=part, number=number, settled_at=None, **which)
    waiting.update(settled_at=at, settled_by=by)


def _touch(road_map: RoadMap, at: datetime) -> None:
    RoadMap.everything.filter(pk=road_map.pk).update(changed_at=at)


def _record(verb: str, road_map: RoadMap, part: Part, row: Row, by: Person, at: datetime) -> None:
    """That something changed, and where; never what it says."""
    after = {"part": part.value, "row": row.pk}
    audit.record(by=by, at=at, verb=verb, thing=road_map, scope=road_map.edition.scope, after=after)
