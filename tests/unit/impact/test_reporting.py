"""Reporting over years: days and reminders, what a report asks, what keeps it from being handed in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain import figures, findings, lifecycle, reporting
from kinolab.impact.domain.findings import Weight
from kinolab.impact.domain.lifecycle import REPORT_STEPS, REPORT_TURN, ReportState, ReportStep, RoadMapState
from kinolab.impact.domain.plan import Activity, Actual, Indicator, Period, Plan
from kinolab.impact.domain.reporting import Reminder, Span
from kinolab.impact.domain.vocabularies import Accumulation, Measure, Progress
from tests.factories.impact import plan, veil

SPRING = Span(date(2026, 1, 1), date(2026, 6, 30))
AUTUMN = Span(date(2026, 7, 1), date(2026, 12, 31))
ZONE = "Asia/Bishkek"  # six hours before UTC


# --- The machine -----------------------------------------------------------------------------------------------------
def test_report_steps_when_taken_lead_where_the_table_says() -> None:
    assert set(REPORT_TURN) == set(ReportState)
    for state in ReportState:
        for taken in ReportStep:
            refused = Refusal("report_step_not_possible", {"state": state, "step": taken})
            assert lifecycle.report_step(state, taken) == REPORT_STEPS.get((state, taken), refused)


@pytest.mark.parametrize(
    ("state", "code"),
    [("closed", "road_map_closed"), ("revision", "report_plan_open"), ("adopted", None), ("reporting", None)],
)
def test_reporting_when_the_road_map_stands_so_is_open_or_not(state: str, code: str | None) -> None:
    assert lifecycle.why_not_report(RoadMapState(state)) == (Refusal(code) if code else None)


# --- Days --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 15), 3, date(2027, 2, 15)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_day_when_months_later_is_there(day: date, months: int, expected: date) -> None:
    assert reporting.later(day, months) == expected


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(reporting.RHYTHMS), st.integers(-40, 2000))
def test_reports_of_a_rhythm_follow_without_gap_until_today(adopted: date, months: int, days: int) -> None:
    today = adopted + timedelta(days=days)

    found = reporting.begun(adopted, None, months, today)

    assert [one.starts for one in found] == [adopted, *(one.ends + timedelta(days=1) for one in found)][: len(found)]
    assert bool(found) == (bool(months) and today >= adopted)
    if found:
        assert found[-1].starts <= today <= found[-1].ends
        assert reporting.begun(adopted, found[-1].ends, months, today) == ()


@pytest.mark.parametrize(
    ("span", "due", "code"),
    [
        (Span(date(2027, 1, 1), date(2027, 6, 30)), date(2027, 7, 30), None),
        (Span(date(2027, 1, 2), date(2027, 1, 1)), date(2027, 7, 30), "ends_before_start"),
        (Span(date(2027, 1, 1), date(2031, 1, 1)), date(2031, 1, 30), "report_too_long"),
        (Span(date(2027, 1, 1), date(2027, 6, 30)), date(2027, 6, 29), "report_due_when"),
        (Span(date(2027, 1, 1), date(2027, 6, 30)), date(2029, 6, 29), "report_due_when"),
        (Span(date(2026, 12, 31), date(2027, 6, 30)), date(2027, 7, 30), "reports_overlap"),
    ],
)
def test_days_of_a_report_when_they_cannot_be_say_why(span: Span, due: date, code: str | None) -> None:
    found = reporting.why_not_span(span, due, [SPRING, AUTUMN])

    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 7, 16, 2, 59, tzinfo=UTC), None),
        (datetime(2026, 7, 16, 3, tzinfo=UTC), Reminder.BEFORE),  # nine in the morning in Bishkek
        (datetime(2026, 7, 30, 2, 59, tzinfo=UTC), Reminder.BEFORE),
        (datetime(2026, 7, 30, 3, tzinfo=UTC), Reminder.ON_THE_DAY),
        (datetime(2026, 8, 6, 3, tzinfo=UTC), Reminder.AFTER),
        (datetime(2026, 8, 13, 2, 59, tzinfo=UTC), Reminder.AFTER),
        (datetime(2026, 8, 13, 3, tzinfo=UTC), None),
    ],
)
def test_reminder_when_its_morning_has_come_is_due(at: datetime, expected: Reminder | None) -> None:
    assert reporting.reminder_due(date(2026, 7, 30), at, ZONE) == expected


@pytest.mark.parametrize(
    ("state", "at", "expected"),
    [
        (ReportState.DRAFT, datetime(2026, 7, 30, 17, 59, tzinfo=UTC), False),
        (ReportState.DRAFT, datetime(2026, 7, 30, 18, tzinfo=UTC), True),  # midnight in Bishkek
        (ReportState.RETURNED, datetime(2026, 8, 1, tzinfo=UTC), True),
        (ReportState.HANDED_IN, datetime(2026, 8, 1, tzinfo=UTC), False),
    ],
)
def test_report_when_its_day_is_over_is_late_while_the_team_has_it(
    state: ReportState, at: datetime, expected: bool
) -> None:
    assert reporting.is_late(state, date(2026, 7, 30), at, ZONE) is expected


# --- What it asks ------------------------------------------------------------------------------------------------------
def indicator(**changes: Any) -> Indicator:
    return replace(plan().indicators[0], **changes)


def test_report_when_asking_takes_the_periods_of_its_days_that_are_read_still() -> None:
    year = Period(3, 2, date(2026, 1, 1), date(2026, 12, 31))
    whole = plan(
        indicators=(
            indicator(),
            indicator(number=2),
            indicator(number=3, retired=True),
            indicator(number=4, retired=True),
        ),
        periods=(*plan().periods, year, Period(4, 3, SPRING.starts, SPRING.ends), Period(5, 4, SPRING.starts, SPRING.ends)),
        actuals=(Actual(1, 4, Decimal(2)),),
    )  # fmt: skip

    found = [(one.indicator.number, one.period.number, one.must) for one in reporting.asked(whole, SPRING)]

    # The year is not over; the third is retired but was read; the fourth is retired and was not.
    assert found == [(1, 1, True), (2, 3, False), (3, 4, False)]


def test_last_value_when_asked_for_is_of_the_latest_period_before() -> None:
    first, second = reporting.asked(plan(), Span(SPRING.starts, AUTUMN.ends))

    assert reporting.last_read(plan(), first) is None
    assert reporting.last_read(plan(), second) == (plan().periods[0], Decimal(5))


def test_activities_when_asked_for_are_those_of_the_days_and_what_is_unfinished() -> None:
    def act(number: int, starts: date | None, ends: date | None, progress: Progress) -> Activity:
        return Activity(number, starts_on=starts, ends_on=ends, progress=progress)

    whole = plan(
        activities=(
            act(1, date(2025, 1, 1), date(2025, 2, 1), Progress.DONE),
            act(2, date(2025, 1, 1), date(2025, 2, 1), Progress.RUNNING),
            act(3, date(2026, 2, 1), None, Progress.DROPPED),
            act(4, date(2026, 8, 1), date(2026, 9, 1), Progress.PLANNED),
            act(5, None, None, Progress.DONE),
        )
    )

    assert [one.number for one in reporting.activities(whole, SPRING)] == [2, 3, 5]


# --- May it be handed in -------------------------------------------------------------------------------------------------
def read(*rows: Actual, **changes: Any) -> Plan:
    """The road map whose second period says this, after five in the first."""
    return plan(indicators=(indicator(**changes),), actuals=(Actual(1, 1, Decimal(5)), *rows))


def row(value: int | None = None, number: int = 2, **more: Any) -> Actual:
    return Actual(number, 2, None if value is None else Decimal(value), **more)


WORDS = {"measure": Measure.QUALITATIVE, "accumulation": None}
SHARE = {"measure": Measure.PERCENTAGE, "accumulation": None}


@pytest.mark.parametrize(
    ("whole", "codes"),
    [
        (read(row(9)), []),
        (read(), ["report_value_wanted"]),
        (read(row()), ["report_value_wanted"]),
        (read(row(comment="The council did not meet.")), []),
        (read(row(comment=" ")), ["report_value_wanted"]),
        (read(row(4)), ["cumulative_fell"]),
        (read(row(4, comment="A board was torn down.")), []),
        (read(row(4), accumulation=Accumulation.PERIODIC), []),
        (read(row(5)), []),
        (read(**WORDS), ["report_words_wanted"]),
        (read(row(comment="They meet."), **WORDS), []),
        (read(row(3, comment="They meet."), **WORDS), ["value_in_words"]),
        (read(row(9), row(6, 3, sex="female"), row(4, 4, sex="male")), ["parts_exceed_whole"]),
        (read(row(9), row(5, 3, sex="female"), row(4, 4, sex="male"), row(9, 5, age="60+")), []),
        (read(row(9), row(10, 3, sex="female", age="60+")), ["parts_exceed_whole"]),
        (read(row(40, out_of=200), row(50, 3, out_of=150, sex="male"), row(9, 4, out_of=60, sex="female"), **SHARE),
         ["parts_exceed_whole"]),
        (read(row(40, out_of=200), row(90, 3, sex="male"), **SHARE), []),
        (read(row(150, out_of=200), **SHARE), ["share_over_whole"]),
        (read(row(150), **SHARE), []),  # a growth, of nobody who was asked
        (read(row(40), row(90, 3, out_of=9, sex="male"), **SHARE), []),
        (read(row(1), row(2, 3, sex="male"), measure=Measure.ORDINAL, accumulation=None), []),
        (read(row(-3, comment="Fewer."), row(2, 3, sex="male")), []),
    ],
)  # fmt: skip
def test_value_when_something_is_wrong_keeps_the_report_back(whole: Plan, codes: list[str]) -> None:
    (one,) = reporting.asked(whole, AUTUMN)

    assert [each.code for each in reporting.problems(whole, one)] == codes


def test_value_when_its_period_goes_on_may_be_missing() -> None:
    (one,) = reporting.asked(read(), Span(AUTUMN.starts, date(2026, 9, 30)))

    assert reporting.problems(read(), one) == ()


def test_parts_when_over_the_whole_are_named_with_both_sums() -> None:
    days = (SPRING.starts, SPRING.ends)
    values = [figures.Value(*days, Decimal(9)), figures.Value(*days, Decimal(10), None, (("sex", "female"),))]

    assert figures.parts_over(Measure.UNIT, values) == figures.Over(("sex",), Decimal(10), Decimal(9))


@pytest.mark.parametrize(
    ("value", "reason", "code"),
    [
        (Decimal(4), " ", "correction_needs_a_reason"),
        (Decimal(5), "x", "correction_is_the_same"),
        (Decimal(4), "x", None),
        (None, "x", None),
    ],
)
def test_correction_when_it_says_nothing_is_refused(value: Decimal | None, reason: str, code: str | None) -> None:
    assert reporting.why_not_correct(value, Decimal(5), reason) == (Refusal(code) if code else None)


def test_fall_when_it_is_told_in_words_blocks_the_road_map_no_more() -> None:
    def said(comment: str) -> set[tuple[str, Weight]]:
        found = findings.find(read(row(4, comment=comment)), veil())
        return {(one.code, one.weight) for one in found if "fall" in one.code}

    assert said("") == {("cumulative_falls", Weight.BLOCKS)}
    assert said("A board was torn down.") == {("fall_explained", Weight.WARNS)}
