"""Reporting over years: when a report is due, what it asks, and what keeps it from being handed in.

A report covers a span of days. Reports of a rhythm follow one another without a gap from the day of adoption; the lab or the
team may set other days. What a report asks is the value of each indicator whose period meets its span.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain import figures
from kinolab.impact.domain.findings import actual_values, value_of
from kinolab.impact.domain.lifecycle import WRITTEN, ReportState
from kinolab.impact.domain.plan import Activity, Actual, Indicator, Period, Plan
from kinolab.impact.domain.vocabularies import Accumulation, Measure, Progress

RHYTHMS = (0, 3, 6, 12)  # months; none: reports are made by hand
DUE_AFTER = 30  # days after the last day that a report covers
MOST_DAYS = 366  # from that day until it is due
LONGEST = timedelta(days=3 * 366)
MORNING = time(9)


# --- Days --------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From its first day to its last."""

    starts: date
    ends: date

    def meets(self, other: "Span") -> bool:
        """Whether they have a day in common."""
        return self.starts <= other.ends and other.starts <= self.ends


def later(day: date, months: int) -> date:
    """Return the same day so many months later; the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def begun(adopted: date, last: date | None, months: int, today: date) -> tuple[Span, ...]:
    """Return the spans of a rhythm that have begun by today and have no report yet; `last` ends the one before."""
    found = []
    start = last + timedelta(days=1) if last else adopted
    while months and start <= today:
        after = later(start, months)
        found.append(Span(start, after - timedelta(days=1)))
        start = after
    return tuple(found)


def why_not_span(span: Span, due: date, others: Iterable[Span]) -> Refusal | None:
    """Say why a report cannot cover these days."""
    if span.ends < span.starts:
        return Refusal("ends_before_start")
    if span.ends - span.starts > LONGEST:
        return Refusal("report_too_long")
    if not span.ends <= due <= span.ends + timedelta(days=MOST_DAYS):
        return Refusal("report_due_when", {"ends": span.ends})
    met = [one for one in others if one.meets(span)]
    return Refusal("reports_overlap", {"starts": met[0].starts, "ends": met[0].ends}) if met else None


class Reminder(StrEnum):
    """Which letter reminds of a report."""

    BEFORE = "before"
    ON_THE_DAY = "on_the_day"
    AFTER = "after"


LEADS: dict[Reminder, timedelta] = {
    Reminder.BEFORE: timedelta(days=-14),
    Reminder.ON_THE_DAY: timedelta(0),
    Reminder.AFTER: timedelta(days=7),
}
LATEST = timedelta(days=14)  # after the due day nobody is reminded any more: the pages say that it is late


def reminder_due(due: date, at: datetime, zone: str) -> Reminder | None:
    """Return the reminder whose time has come last, in the morning of its day by the clock of the zone."""
    here = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if here >= datetime.combine(due + LATEST, MORNING):
        return None
    come = [one for one, lead in LEADS.items() if here >= datetime.combine(due + lead, MORNING)]
    return come[-1] if come else None


def is_late(state: ReportState, due: date, at: datetime, zone: str) -> bool:
    """Whether the due day is over in the zone and the team still has the report."""
    return state in WRITTEN and at.astimezone(ZoneInfo(zone)).date() > due


# --- What it asks --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator to be read in one of its periods; `must`: the period ends with the report or before."""

    indicator: Indicator
    period: Period
    must: bool


def asked(plan: Plan, span: Span) -> tuple[Asked, ...]:
    """Return what a report asks: each indicator's periods that meet its span.

    One that is retired is asked no more; where it was read already, it stands there still.
    """
    read = {one.period for one in plan.actuals}
    return tuple(
        Asked(indicator, period, not indicator.retired and period.ends_on <= span.ends)
        for indicator in plan.indicators
        for period in sorted(plan.periods, key=lambda one: (one.starts_on, one.number))
        if period.indicator == indicator.number
        and Span(period.starts_on, period.ends_on).meets(span)
        and (not indicator.retired or period.number in read)
    )


def of_period(plan: Plan, period: Period) -> tuple[Actual, ...]:
    """Return what was read in a period."""
    return tuple(one for one in plan.actuals if one.period == period.number)


def last_read(plan: Plan, one: Asked) -> tuple[Period, Decimal] | None:
    """Return what the indicator said in the latest period before this one that has a number."""
    said = actual_values(plan)
    before = [
        period
        for period in plan.periods
        if period.indicator == one.indicator.number and period.ends_on < one.period.ends_on and period.number in said
    ]
    found = max(before, key=lambda period: (period.ends_on, period.number), default=None)
    return (found, said[found.number]) if found else None


def activities(plan: Plan, span: Span) -> tuple[Activity, ...]:
    """Return the activities whose state a report asks: those of its days, and earlier ones that have not ended."""
    open_ = (Progress.PLANNED, Progress.RUNNING)
    return tuple(
        one
        for one in plan.activities
        if (one.starts_on is None or one.starts_on <= span.ends)
        and (one.progress in open_ or (one.ends_on or one.starts_on or span.ends) >= span.starts)
    )


# --- May it be handed in ---------------------------------------------------------------------------------------------------
def problems(plan: Plan, one: Asked) -> tuple[Refusal, ...]:
    """Return what keeps one value from being handed in."""
    rows = of_period(plan, one.period)
    measure = one.indicator.measure
    words = any(row.comment.strip() for row in rows)
    number = any(row.value is not None for row in rows)
    found = []
    if measure is Measure.QUALITATIVE and number:
        found.append(Refusal("value_in_words"))
    if one.must and not words and (measure is Measure.QUALITATIVE or not number):
        found.append(Refusal("report_words_wanted" if measure is Measure.QUALITATIVE else "report_value_wanted"))
    over = figures.parts_over(measure, [value_of(one.period, row) for row in rows])
    if over:
        facts = {"dimensions": over.dimensions, "parts": over.parts, "whole": over.whole}
        found.append(Refusal("parts_exceed_whole", facts))
    if measure is Measure.PERCENTAGE and any(row.out_of and row.value is not None and row.value > 100 for row in rows):
        found.append(Refusal("share_over_whole"))
    return (*found, *_fall(plan, one, words=words))


def _fall(plan: Plan, one: Asked, *, words: bool) -> Sequence[Refusal]:
    """Say that a count from the beginning is lower than before, where nobody says why."""
    if (one.indicator.measure, one.indicator.accumulation) != (Measure.UNIT, Accumulation.CUMULATIVE) or words:
        return ()
    before, now = last_read(plan, one), actual_values(plan).get(one.period.number)
    if before is None or now is None or now >= before[1]:
        return ()
    return (Refusal("cumulative_fell", {"before": before[1], "after": now}),)


def why_not_correct(value: Decimal | None, before: Decimal | None, reason: str) -> Refusal | None:
    """Say why an approved value cannot become this one."""
    if not reason.strip():
        return Refusal("correction_needs_a_reason")
    return Refusal("correction_is_the_same") if value == before else None
