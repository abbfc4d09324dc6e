from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.labs.domain.calendar import (
    EditionFacts,
    FuzzyDate,
    Precision,
    Stage,
    StageState,
    earliest,
    latest,
    shift,
    shift_moment,
    sort_key,
    stage_states,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (Precision.DAY, date(2024, 2, 14), date(2024, 2, 14)),
        (Precision.EARLY_MONTH, date(2024, 2, 1), date(2024, 2, 10)),
        (Precision.MID_MONTH, date(2024, 2, 11), date(2024, 2, 20)),
        (Precision.LATE_MONTH, date(2024, 2, 21), date(2024, 2, 29)),
        (Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (Precision.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_bounds_when_precision_is_given_span_what_it_can_mean(precision: Precision, first: date, last: date) -> None:
    when = FuzzyDate(date(2024, 2, 14), precision)

    assert (earliest(when), latest(when)) == (first, last)


def test_sort_key_when_dates_are_vague_puts_the_exact_first() -> None:
    day, early, month, year = (
        FuzzyDate(date(2024, 1, 1), precision)
        for precision in (Precision.DAY, Precision.EARLY_MONTH, Precision.MONTH, Precision.YEAR)
    )
    late = FuzzyDate(date(2024, 1, 1), Precision.LATE_MONTH)

    assert sorted([year, late, month, early, day], key=sort_key) == [day, early, month, year, late]


@pytest.mark.parametrize(
    ("day", "years", "moved"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 8, 5), 1, date(2025, 8, 5)),
        (date(2025, 8, 5), -1, date(2024, 8, 5)),
    ],
)
def test_shift_when_years_pass_keeps_day_month_and_precision(day: date, years: int, moved: date) -> None:
    assert shift(FuzzyDate(day, Precision.MID_MONTH), years) == FuzzyDate(moved, Precision.MID_MONTH)


@given(DAYS, st.sampled_from(Precision), st.integers(-5, 5))
def test_shift_when_any_date_moves_keeps_bounds_in_order(day: date, precision: Precision, years: int) -> None:
    when = shift(FuzzyDate(day, precision), years)

    if precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        assert earliest(when) <= when.date <= latest(when)
    assert earliest(when) <= latest(when)
    assert earliest(when).year == latest(when).year == day.year + years


@pytest.mark.parametrize(
    ("zone", "at", "moved"),
    [
        # 18:00 in Almaty: UTC+6 in August 2023, UTC+5 since 1 March 2024.
        ("Asia/Almaty", datetime(2023, 8, 5, 12, 0, tzinfo=UTC), datetime(2024, 8, 5, 13, 0, tzinfo=UTC)),
        ("Asia/Almaty", datetime(2024, 2, 29, 12, 0, tzinfo=UTC), datetime(2025, 2, 28, 13, 0, tzinfo=UTC)),
        ("Asia/Bishkek", datetime(2023, 8, 5, 12, 0, tzinfo=UTC), datetime(2024, 8, 5, 12, 0, tzinfo=UTC)),
        # 26 March 2023, 02:30 was skipped in Berlin; the clock before the change says UTC+1.
        ("Europe/Berlin", datetime(2022, 3, 26, 1, 30, tzinfo=UTC), datetime(2023, 3, 26, 1, 30, tzinfo=UTC)),
        # 30 October 2022, 02:30 came twice; the first is meant, UTC+2.
        ("Europe/Berlin", datetime(2021, 10, 30, 0, 30, tzinfo=UTC), datetime(2022, 10, 30, 0, 30, tzinfo=UTC)),
    ],
)
def test_shift_moment_when_the_zone_changed_keeps_the_wall_clock(zone: str, at: datetime, moved: datetime) -> None:
    assert shift_moment(at, zone, 1) == moved


@given(
    st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from(["Asia/Almaty", "Asia/Bishkek", "Asia/Tashkent", "Asia/Kathmandu", "UTC"]),
)
def test_shift_moment_when_no_clock_is_skipped_shows_the_same_time(at: datetime, zone: str) -> None:
    there = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))

    moved = shift_moment(at.replace(tzinfo=UTC), zone, 1).astimezone(ZoneInfo(zone))

    # Almaty put its clock back from 00:00 to 23:00, so that hour came twice; elsewhere nothing was skipped.
    assert (moved.time(), moved.year) == (there.time(), there.year + 1)


def test_shift_moment_when_the_datetime_is_naive_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="aware"):
        shift_moment(datetime(2024, 1, 1), "Asia/Bishkek", 1)


def _at(month: int, day: int = 1) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


EDITION = EditionFacts(
    call_opens=_at(2),
    call_closes=_at(3),
    reading_ends=_at(5),
    announced_at=_at(6),
    starts=_at(8),
    ends=_at(9),
    pitching_ends=_at(10),
)


@pytest.mark.parametrize(
    ("facts", "at", "now"),
    [
        (EditionFacts(), _at(1), Stage.CALL),
        (EDITION, _at(1), Stage.CALL),
        (EDITION, _at(2), Stage.CALL),
        (EDITION, _at(3), Stage.APPLICATIONS),
        (EDITION, _at(4), Stage.APPLICATIONS),  # nobody said when reading begins
        (EDITION, _at(5), Stage.SELECTION),
        (EDITION, _at(6), Stage.RESULTS),
        (EDITION, _at(7), Stage.RESULTS),
        (EDITION, _at(8), Stage.LAB),
        (EDITION, _at(9), Stage.PITCHING),
        (EDITION, _at(10), Stage.IMPACT),
        (EditionFacts(impact_ends=_at(1)), _at(2), Stage.OUTCOMES),
        # Copied from last year: the call was moved, the rest not yet.
        (EditionFacts(call_opens=_at(6), call_closes=_at(7), ends=_at(2)), _at(5), Stage.CALL),
        (EditionFacts(call_closes=_at(3), reading_starts=_at(4)), _at(4), Stage.READING),
        (EditionFacts(announced_at=_at(3), confirmed_by=_at(4)), _at(4), Stage.TRAVEL),
    ],
)
def test_stage_states_when_time_passes_show_one_stage_as_now(facts: EditionFacts, at: datetime, now: Stage) -> None:
    order = list(Stage)

    states = stage_states(facts, at)

    assert list(states) == order
    assert [states[stage] for stage in order] == [
        *[StageState.DONE] * order.index(now),
        StageState.NOW,
        *[StageState.NEXT] * (len(order) - order.index(now) - 1),
    ]
