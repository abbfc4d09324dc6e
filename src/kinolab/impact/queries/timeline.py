"""Goals with what is done for them in time, and what shows it: the head of a road map's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kinolab.foundation.i18n import formats
from kinolab.impact.domain import figures, findings, layers
from kinolab.impact.domain.figures import Figure
from kinolab.impact.domain.plan import Activity, Goal, Indicator, Plan
from kinolab.impact.domain.vocabularies import Dynamic, Measure, Progress

COLUMNS = 30
MARKS = 5
ACTS = 8  # of one goal; all of them stand in the drawing
DYES = {
    Dynamic.MINDS: "indigo",
    Dynamic.BEHAVIOURS: "spruce",
    Dynamic.COMMUNITIES: "mulberry",
    Dynamic.STRUCTURES: "madder",
}
SIGNS = {
    Dynamic.MINDS: "eye",
    Dynamic.BEHAVIOURS: "footprints",
    Dynamic.COMMUNITIES: "users",
    Dynamic.STRUCTURES: "landmark",
}
_STATES = {Progress.PLANNED: "next", Progress.RUNNING: "now", Progress.DONE: "done"}


@dataclass(frozen=True, slots=True)
class Act:
    """An activity as a bar: from column `a`, `w` columns wide."""

    activity: Activity
    a: int
    w: int
    state: str
    when: str


@dataclass(frozen=True, slots=True)
class Proof:
    """An indicator with what it says by now, where it began and where it is to go; `way` from 0 to 100."""

    indicator: Indicator
    figure: Figure
    target: Figure
    way: int | None
    evidence: int
    value: str
    before: str
    aim: str


@dataclass(frozen=True, slots=True)
class Row:
    """A goal with its activities and proofs; None gathers those without a goal."""

    goal: Goal | None
    dye: str
    sign: str
    acts: Sequence[Act]
    more: int  # activities that have no room here
    proofs: Sequence[Proof]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rows, and what stands above them; `today` in per cent of the way, None when it lies outside."""

    rows: Sequence[Row]
    marks: Sequence[str]
    today: int | None


def timeline(plan: Plan, today: date) -> Timeline:
    """Lay the activities out between the first beginning and the last end."""
    first, last = _span(plan, today)
    days = (last - first).days or 1
    goals: list[Goal | None] = sorted(plan.goals, key=lambda one: (not one.is_primary,))  # type: ignore[assignment]
    if any(one.goal is None for one in plan.activities) or any(one.goal is None for one in plan.results):
        goals.append(None)
    rows = [_row(plan, goal, first, days) for goal in goals]
    marks = [_mark(first + timedelta(days=days * number // MARKS)) for number in range(MARKS)]
    share = (today - first).days * 100 // days
    return Timeline(rows, marks, share if 0 <= share <= 100 else None)


def _span(plan: Plan, today: date) -> tuple[date, date]:
    known = [day for one in plan.activities for day in (one.starts_on, one.ends_on) if day]
    first = min(known, default=today)
    last = max([*known, first + timedelta(days=180)])
    return first.replace(day=1), last


def _mark(day: date) -> str:
    return formats.precise(day, "month")


def _row(plan: Plan, goal: Goal | None, first: date, days: int) -> Row:
    number = goal.number if goal else None
    own = [one for one in plan.activities if one.goal == number and one.progress is not Progress.DROPPED]
    own.sort(key=lambda one: (one.starts_on or date.max, one.number))
    acts = [_act(one, first, days) for one in layers.foremost(own, ACTS)]
    results = {one.number for one in plan.results if one.goal == number}
    proofs = [proof(plan, one) for one in plan.indicators if one.result in results and not one.retired]
    dynamic = goal.dynamic if goal else Dynamic.MINDS
    return Row(goal, DYES[dynamic], SIGNS[dynamic], acts, len(own) - len(acts), proofs)


def _act(one: Activity, first: date, days: int) -> Act:
    starts = one.starts_on or one.ends_on or first
    ends = one.ends_on or starts
    a = min(COLUMNS, max(1, (starts - first).days * COLUMNS // days + 1))
    w = max(1, min(COLUMNS + 1 - a, -(-((ends - starts).days + 1) * COLUMNS // days)))
    when = formats.day_range(one.starts_on, one.ends_on) if one.starts_on else ""
    return Act(one, a, max(w, min(5, COLUMNS + 1 - a)), _STATES[one.progress], when)


def proof(plan: Plan, indicator: Indicator) -> Proof:
    """What an indicator says by now; the same figures as in every report and export."""
    now = findings.figure_of(plan, indicator)
    aim = findings.figure_of(plan, indicator, targets=True)
    own = {one.number for one in plan.periods if one.indicator == indicator.number}
    evidence = {number for one in plan.actuals if one.period in own for number in one.evidence}
    way = figures.way(indicator.baseline_value, now.value, aim.value)
    return Proof(
        indicator, now, aim, None if way is None else int(way), len(evidence),
        amount(indicator, now.value), amount(indicator, indicator.baseline_value), amount(indicator, aim.value),
    )  # fmt: skip


def amount(indicator: Indicator, value: Decimal | None, *, unit: bool = False) -> str:
    """A value as it is written, with its unit where asked; nothing when there is none."""
    if value is None:
        return ""
    shown = formats.number(value)
    if indicator.measure is Measure.PERCENTAGE:
        return f"{shown}\u00a0%"
    return f"{shown} {indicator.unit}" if unit and indicator.unit else shown
