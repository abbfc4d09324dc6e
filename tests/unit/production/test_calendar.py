"""Months of the shoot, and people in two places."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.production.domain.calendar import beside, in_two_places, moved, weeks, why_not_day


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_weeks_when_laid_out_hold_the_month_from_monday_to_sunday(month: date) -> None:
    laid = weeks(month)
    days = [day for week in laid for day in week]

    assert {len(week) for week in laid} == {7}
    assert [laid[0][0].weekday(), laid[-1][-1].weekday()] == [0, 6]
    inside = [day for day in days if (day.year, day.month) == (month.year, month.month)]
    assert (inside[0].day, (inside[-1] - inside[0]).days + 1) == (1, len(inside))
    assert all(any(day.month == month.month for day in week) for week in laid)


def test_month_when_moved_crosses_years() -> None:
    assert [moved(date(2026, 12, 31), 1), moved(date(2027, 1, 15), -1)] == [date(2027, 1, 1), date(2026, 12, 1)]


def test_beside_a_day_when_asked_lie_its_months_or_its_weeks() -> None:
    assert beside(date(2026, 12, 9)) == (date(2026, 11, 1), date(2027, 1, 1))
    assert beside(date(2026, 12, 9), week=True) == (date(2026, 12, 2), date(2026, 12, 16))


def test_day_when_its_year_is_a_slip_of_the_hand_is_refused() -> None:
    assert [why_not_day(date(year, 1, 1)) for year in (1900, 2199)] == [None, None]
    assert why_not_day(date(226, 1, 1)) == Refusal("day_unlikely", {"year": "226"})


def test_people_when_two_segments_are_shot_on_one_day_are_named_once() -> None:
    day, other = date(2026, 11, 2), date(2026, 11, 3)
    people = {1: ["Alen", "Aigul"], 2: ["Alen"], 3: ["Saule"]}

    assert in_two_places([(day, 1), (day, 2), (day, 2), (day, 3), (other, 1)], people) == {day: ["Alen"]}
    assert in_two_places([(day, 1), (day, 4)], people) == {}
