"""Dates as exactly as they are known, and running times."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.catalogue.domain.dates import Pieces, clocked, date_of, pieces_of, seconds, why_not_date
from kinolab.catalogue.domain.works import Season
from kinolab.labs.domain.calendar import FuzzyDate, Precision

EARLY = Precision.EARLY_MONTH


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        (Pieces(), None),
        (Pieces(2026), None),
        (Pieces(2026, season=Season.SPRING), None),
        (Pieces(season=Season.SPRING), None),
        (Pieces(2026, 9, EARLY), None),
        (Pieces(2028, 2, day=29), None),
        (Pieces(2026, 2, day=29), "no_such_day"),
        (Pieces(2026, day=3), "day_without_month"),
        (Pieces(None, 9), "month_without_year"),
        (Pieces(2026, part=EARLY), "part_of_no_month"),
        (Pieces(2026, 9, EARLY, 3), "part_of_no_month"),
        (Pieces(2026, 9, season=Season.AUTUMN), "season_and_month"),
    ],
)
def test_each_piece_of_a_date_needs_the_one_above_it(pieces, code) -> None:
    refusal = why_not_date(pieces)

    assert (refusal.code if refusal else None) == code


@given(st.dates(date(1888, 1, 1), date(2100, 12, 31)), st.sampled_from(Precision))
def test_pieces_make_the_date_they_came_from(day, precision) -> None:
    pieces = pieces_of(FuzzyDate(day, precision), None)
    again = date_of(pieces)

    assert why_not_date(pieces) is None
    assert again is not None
    assert (pieces_of(again, None), again.precision) == (pieces, precision)


@pytest.mark.parametrize(
    ("typed", "length"),
    [("95", 5700), ("95:30", 5730), ("1:35:30", 5730), (" 0:08 ", 8), ("95:60", None), ("1:60:00", None), ("95,5", None),
     ("", None), ("-5", None), ("1:2:3:4", None), ("٩٥", None)],
)  # fmt: skip
def test_running_time_is_read_from_digits(typed, length) -> None:
    assert seconds(typed) == length


@given(st.integers(0, 99_999))
def test_running_time_is_written_as_it_is_read(length) -> None:
    assert seconds(clocked(length)) == length


def test_season_alone_is_no_date_and_comes_back_as_itself() -> None:
    spring = Pieces(season=Season.SPRING)

    assert (date_of(spring), pieces_of(None, Season.SPRING), clocked(None)) == (None, spring, "")
