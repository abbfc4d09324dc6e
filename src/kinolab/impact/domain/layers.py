"""The theory of change as lanes and layers: for each goal what is done, what comes of it, what changes, what stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kinolab.impact.domain.plan import Activity, Goal, Plan, Result
from kinolab.impact.domain.vocabularies import ActivityKind, Progress, ResultKind


class Layer(StrEnum):
    """How far something is from what is done to what stays."""

    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


_OF = {
    ResultKind.OUTPUT: Layer.OUTPUT, ResultKind.OUTCOME: Layer.OUTCOME, ResultKind.IMPACT: Layer.IMPACT,
    ResultKind.OTHER: Layer.OUTPUT,  # as a funder's list had it: nobody says that it changed anything
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lane:
    """What leads to one goal; None: what leads to no goal."""

    goal: Goal | None
    activities: tuple[Activity, ...]
    results: Mapping[Layer, tuple[Result, ...]]

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Those in which something stands: from each an arrow leads to the next."""
        there = {Layer.ACTIVITY: self.activities, **self.results}
        return tuple(layer for layer in Layer if there.get(layer))


def in_order(plan: Plan) -> list[Goal]:
    """The primary goal first, the others as they were written."""
    return sorted(plan.goals, key=lambda one: not one.is_primary)


def lanes(plan: Plan) -> list[Lane]:
    """A lane for each goal, and one for what has none (or one that is not there any more)."""
    known = {one.number for one in plan.goals}
    alive = [one for one in plan.activities if one.progress is not Progress.DROPPED]
    found = []
    for goal in (*in_order(plan), None):
        number = goal.number if goal else None
        own = [one for one in plan.results if (one.goal if one.goal in known else None) == number]
        done = tuple(one for one in alive if (one.goal if one.goal in known else None) == number)
        results = {layer: tuple(one for one in own if _OF[one.kind] is layer) for layer in _OF.values()}
        if goal or done or own:
            found.append(Lane(goal, done, {layer: rows for layer, rows in results.items() if rows}))
    return found


def foremost(activities: Sequence[Activity], most: int) -> list[Activity]:
    """Those that are told first where there is no room for all: under way, then what comes next, then what was done last."""
    later = (Progress.PLANNED, Progress.DROPPED)

    def place(one: Activity) -> tuple[int, int]:
        day = one.starts_on or one.ends_on or date.max
        if one.progress is Progress.RUNNING:
            return 0, day.toordinal()
        return (1, day.toordinal()) if one.progress in later else (2, -day.toordinal())

    kept = {one.number for one in sorted(activities, key=place)[:most]}
    return [one for one in activities if one.number in kept]


def by_kind(activities: tuple[Activity, ...]) -> dict[str, int]:
    """How many activities of each kind there are, in the order of the list; those of no kind under nothing."""
    order = [*ActivityKind, ""]
    counted = {kind: sum(1 for one in activities if one.kind == kind) for kind in order}
    return {str(kind): count for kind, count in counted.items() if count}
