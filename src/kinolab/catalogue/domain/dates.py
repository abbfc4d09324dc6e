"""A date as exactly as somebody knows it, from the pieces that were filled in; and a running time from digits."""

import re
from dataclasses import dataclass
from datetime import date

from kinolab.catalogue.domain.works import Season
from kinolab.foundation.refusals import Refusal
from kinolab.labs.domain.calendar import FuzzyDate, Precision

MONTH_PARTS = (Precision.EARLY_MONTH, Precision.MID_MONTH, Precision.LATE_MONTH)
_PART_DAYS = {Precision.EARLY_MONTH: 1, Precision.MID_MONTH: 11, Precision.LATE_MONTH: 21}
_DIGITS = re.compile(r"[0-9]{1,4}")
_SIXTY = 60


@dataclass(frozen=True, slots=True)
class Pieces:
    """What was filled in; None and "" mean that it is not known."""

    year: int | None = None
    month: int | None = None
    part: Precision | None = None
    day: int | None = None
    season: Season | None = None


def why_not_date(pieces: Pieces) -> Refusal | None:
    """Say why these pieces make no date: each exact piece needs the one above it."""
    if pieces.day is not None and pieces.month is None:
        return Refusal("day_without_month")
    if pieces.part is not None and (pieces.month is None or pieces.day is not None):
        return Refusal("part_of_no_month")
    if pieces.month is not None and pieces.year is None:
        return Refusal("month_without_year")
    if pieces.season is not None and pieces.month is not None:
        return Refusal("season_and_month")
    try:
        date(pieces.year or 2000, pieces.month or 1, pieces.day or 1)
    except ValueError:
        return Refusal("no_such_day")
    return None


def date_of(pieces: Pieces) -> FuzzyDate | None:
    """The date that the pieces make; nothing where not even the year is known."""
    if pieces.year is None:
        return None
    if pieces.month is None:
        return FuzzyDate(date(pieces.year, 1, 1), Precision.YEAR)
    if pieces.day is not None:
        return FuzzyDate(date(pieces.year, pieces.month, pieces.day), Precision.DAY)
    precision = pieces.part or Precision.MONTH
    return FuzzyDate(date(pieces.year, pieces.month, _PART_DAYS.get(precision, 1)), precision)


def pieces_of(when: FuzzyDate | None, season: Season | None) -> Pieces:
    """The pieces again, for a form that shows them."""
    if when is None:
        return Pieces(season=season)
    exact, known = when.precision, when.date
    month = None if exact is Precision.YEAR else known.month
    return Pieces(
        known.year,
        month,
        exact if exact in MONTH_PARTS else None,
        known.day if exact is Precision.DAY else None,
        season,
    )


def seconds(typed: str) -> int | None:
    """Seconds of "95", "95:30" or "1:35:30"; nothing where it is no such time."""
    pieces = typed.strip().split(":")
    if len(pieces) > len(("hours", "minutes", "seconds")) or not all(_DIGITS.fullmatch(one) for one in pieces):
        return None
    numbers = [int(one) for one in pieces]
    if len(numbers) == 1:
        return numbers[0] * _SIXTY
    if any(one >= _SIXTY for one in numbers[1:]):
        return None
    hours, minutes, rest = [0, 0, *numbers][-3:]
    return (hours * _SIXTY + minutes) * _SIXTY + rest


def clocked(length: int | None) -> str:
    """Minutes and seconds, as films are measured: 95:30."""
    return "" if length is None else f"{length // _SIXTY}:{length % _SIXTY:02}"
