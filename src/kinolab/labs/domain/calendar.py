"""Dates as precise as they are known, the same day in another year, and where an edition stands."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Precision(StrEnum):
    """How exactly a date is known: «early September» is an answer, the first of September would be a lie."""

    DAY = "day"
    EARLY_MONTH = "early_month"
    MID_MONTH = "mid_month"
    LATE_MONTH = "late_month"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date and how much of it is meant; what lies beyond the precision is ignored."""

    date: date
    precision: Precision = Precision.DAY


class Stage(StrEnum):
    """The ten stages of an edition, in the order of its rail."""

    CALL = "call"
    APPLICATIONS = "applications"
    READING = "reading"
    SELECTION = "selection"
    RESULTS = "results"
    TRAVEL = "travel"
    LAB = "lab"
    PITCHING = "pitching"
    IMPACT = "impact"
    OUTCOMES = "outcomes"


class StageState(StrEnum):
    """Where a stage stands."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """The instants at which the stages of an edition end, as far as they are known (aware datetimes)."""

    call_opens: datetime | None = None
    call_closes: datetime | None = None
    reading_starts: datetime | None = None
    reading_ends: datetime | None = None
    announced_at: datetime | None = None
    confirmed_by: datetime | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    pitching_ends: datetime | None = None
    impact_ends: datetime | None = None


# Days of the month that each part of a month spans; the last part ends with the month.
_PARTS = {
    Precision.EARLY_MONTH: (1, 10),
    Precision.MID_MONTH: (11, 20),
    Precision.LATE_MONTH: (21, 31),
}


def earliest(when: FuzzyDate) -> date:
    """Return the first day that `when` can mean."""
    if when.precision is Precision.DAY:
        return when.date
    if when.precision is Precision.YEAR:
        return date(when.date.year, 1, 1)
    return when.date.replace(day=_PARTS.get(when.precision, (1, 31))[0])


def latest(when: FuzzyDate) -> date:
    """Return the last day that `when` can mean."""
    if when.precision is Precision.DAY:
        return when.date
    if when.precision is Precision.YEAR:
        return date(when.date.year, 12, 31)
    last_of_month = calendar.monthrange(when.date.year, when.date.month)[1]
    return when.date.replace(day=min(_PARTS.get(when.precision, (1, 31))[1], last_of_month))


def sort_key(when: FuzzyDate) -> tuple[date, date]:
    """Order by the first day meant, the more exact first: 1 September, early September, September, the year."""
    return earliest(when), latest(when)


def shift_day(day: date, years: int) -> date:
    """Return the same day of the same month `years` later; 29 February becomes 28 in an ordinary year."""
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return day.replace(year=year, day=28)
    return day.replace(year=year)


def shift(when: FuzzyDate, years: int) -> FuzzyDate:
    """Return the same date `years` later with the same precision; the day of the week is not kept."""
    return FuzzyDate(shift_day(when.date, years), when.precision)


def shift_moment(at: datetime, zone: str, years: int) -> datetime:
    """Return the instant (in UTC) when the wall clock of `zone` shows the same day and time `years` later.

    The clock time is kept, not the offset: 18:00 in Almaty before and after 1 March 2024 are different instants of
    the day in UTC. Where the clock shows a time twice the first is meant; where it skips it, the instant is the one
    the clock would have shown before the change. `at` must be aware (ValueError).
    """
    if at.tzinfo is None:
        raise ValueError("an aware datetime is needed")
    there = at.astimezone(ZoneInfo(zone))
    moved = datetime.combine(shift_day(there.date(), years), there.time(), tzinfo=there.tzinfo)
    return moved.replace(fold=0).astimezone(UTC)


def stage_states(facts: EditionFacts, at: datetime) -> Mapping[Stage, StageState]:
    """Say for each stage whether it is done, now or next: exactly one is now.

    All stages up to the latest end that has passed are done, the one after it is now. An end that is not known
    hides nothing. Before the call opens only the call can be now, whatever the later dates say: in an edition copied
    from last year they may still be last year's.
    """
    ends = (
        facts.call_closes,
        facts.reading_starts,
        facts.reading_ends,
        facts.announced_at,
        facts.confirmed_by,
        facts.starts,
        facts.ends,
        facts.pitching_ends,
        facts.impact_ends,
    )
    not_open = facts.call_opens is not None and at < facts.call_opens
    passed = (
        0
        if not_open
        else max(
            (i + 1 for i, end in enumerate(ends) if end is not None and end <= at),
            default=0,
        )
    )
    return {stage: _state(position, passed) for position, stage in enumerate(Stage)}


def _state(position: int, now: int) -> StageState:
    if position == now:
        return StageState.NOW
    return StageState.DONE if position < now else StageState.NEXT
