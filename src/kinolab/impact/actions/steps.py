"""A road map's way from template to closed, and to whom it is shown."""

from datetime import datetime

from django.db import transaction

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.impact import access
from kinolab.impact.actions.making import letters_to
from kinolab.impact.domain import findings, lifecycle
from kinolab.impact.domain.lifecycle import WHOLE, ReportState, RoadMapState, RoadMapStep
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.vocabularies import Level
from kinolab.impact.models import TABLES, Remark, RoadMap, Version
from kinolab.impact.queries import plan as plans
from kinolab.impact.queries import rows

# These leave a version of the whole.
KEPT = frozenset({RoadMapStep.HAND_IN, RoadMapStep.ADOPT, RoadMapStep.REPORT, RoadMapStep.CLOSE})
# Who is told, and by which letter.
_TO_TUTORS = {RoadMapStep.HAND_IN: "handed_in"}
_TO_TEAM = {
    RoadMapStep.ASK_REVISION: "revision",
    RoadMapStep.PRESENT: "presented",
    RoadMapStep.ADOPT: "adopted",
    RoadMapStep.OPEN_PLAN: "opened",
}


@transaction.atomic
def take(*, road_map: RoadMap, step: RoadMapStep, by: Person, at: datetime) -> RoadMap:
    """Take a step. Refused: by access; `road_map_blocked` {count} where findings block; `revision_needs_a_remark`."""
    road_map = access.road_maps().select_for_update(of=("self",)).get(pk=road_map.pk)
    stop_if(access.why_not_take(by, road_map, step))
    stop_if(_why_not_yet(road_map, step))
    go(road_map, step, by, at)
    key = f"{step.value}:{road_map.version}:{at:%Y%m%d%H%M%S}"
    if step in _TO_TUTORS:
        letters_to(road_map, _TO_TUTORS[step], at, key=key, tutors=True)
    if step in _TO_TEAM:
        letters_to(road_map, _TO_TEAM[step], at, key=key)
    return road_map


def go(road_map: RoadMap, step: RoadMapStep, by: Person, at: datetime) -> None:
    """Take a step that is possible, in the caller's transaction, of a road map that is locked; nobody is asked or told."""
    before = road_map.state
    _move(road_map, step, at)
    if step in KEPT:
        road_map.version += 1
        Version.objects.create(
            road_map=road_map, number=road_map.version, step=step.value, content=content(road_map), at=at, by=by
        )
    road_map.save(update_fields=["state", "version", "changed_at", "adopted_at"])
    audit.record(
        by=by, at=at, verb="took_step", thing=road_map, scope=road_map.edition.scope,
        before={"state": before}, after={"state": road_map.state},
    )  # fmt: skip


def _why_not_yet(road_map: RoadMap, step: RoadMapStep) -> Refusal | None:
    if step in WHOLE:
        blocking = findings.blocking(plans.findings_of(road_map, plans.plan_of(road_map)))
        if blocking:
            return Refusal("road_map_blocked", {"count": len(blocking)})
    if step is RoadMapStep.ASK_REVISION and not Remark.objects.filter(
        road_map=road_map, asks=True, settled_at=None
    ).exists():  # fmt: skip
        return Refusal("revision_needs_a_remark")
    if step is RoadMapStep.GO_ON and road_map.reports.filter(state=ReportState.HANDED_IN.value).exists():
        return Refusal("report_waits")
    return None


def _move(road_map: RoadMap, step: RoadMapStep, at: datetime) -> None:
    after = lifecycle.step(RoadMapState(road_map.state), step)
    assert isinstance(after, RoadMapState)  # asked by access
    road_map.state, road_map.changed_at = after.value, at
    if step is RoadMapStep.ADOPT:
        road_map.adopted_at = at


def content(road_map: RoadMap) -> dict[str, list[dict[str, object]]]:
    """The values of every row, by part."""
    return {
        part.value: [
            {"number": row.pk} | rows.values_of(part, row)
            for row in TABLES[part].objects.filter(road_map=road_map).prefetch_related(*rows.MANY[part])
        ]
        for part in Part
    }


@transaction.atomic
def show(*, road_map: RoadMap, level: Level, by: Person, at: datetime) -> RoadMap:
    """Decide to whom it is shown. Refused: by access; `not_safe_to_show` {count} while findings of safety stand."""
    road_map = access.road_maps().select_for_update(of=("self",)).get(pk=road_map.pk)
    stop_if(access.why_not_show(by, road_map))
    if level is not Level.PRIVATE:
        unsafe = findings.unsafe(plans.findings_of(road_map, plans.plan_of(road_map)))
        stop_if(Refusal("not_safe_to_show", {"count": len(unsafe)}) if unsafe else None)
    before, road_map.level = road_map.level, level.value
    road_map.changed_at = at
    road_map.save(update_fields=["level", "changed_at"])
    audit.record(
        by=by, at=at, verb="changed", thing=road_map, scope=road_map.edition.scope,
        before={"level": before}, after={"level": level.value},
    )  # fmt: skip
    return road_map
