"""The month of the shoot: its weeks, and people who would have to be in two places."""

import calendar
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from kinolab.foundation.refusals import Refusal

WEEK = 7  # days, from Monday
YEARS = range(1900, 2200)  # in which somebody may shoot


def why_not_day(on: date) -> Refusal | None:
    """Say why nobody shoots on this day: a year that is a slip of the hand."""
    return None if on.year in YEARS else Refusal("day_unlikely", {"year": str(on.year)})


def weeks(month: date) -> list[list[date]]:
    """Return the weeks that the month touches, each from Monday to Sunday."""
    first = month.replace(day=1)
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    monday = first - timedelta(days=first.weekday())
    days = [monday + timedelta(days=number) for number in range((last - monday).days + WEEK)]
    whole = days[: len(days) - len(days) % WEEK]
    return [whole[start : start + WEEK] for start in range(0, len(whole), WEEK) if whole[start] <= last]


def moved(month: date, by: int) -> date:
    """Return the first day of a month so many months later."""
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def beside(on: date, *, week: bool = False) -> tuple[date, date]:
    """Return a day in the month (or week) before this day's, and one in that after it."""
    edge = timedelta(days=WEEK)
    return (on - edge, on + edge) if week else (moved(on, -1), moved(on, 1))


def in_two_places(days: Iterable[tuple[date, int]], people: Mapping[int, Iterable[str]]) -> dict[date, list[str]]:
    """Return, by day, who stands in the teams of two segments that are shot on it.

    `days` are a date with a segment; `people` the team of each segment.
    """
    segments: dict[date, set[int]] = {}
    for on, segment in days:
        segments.setdefault(on, set()).add(segment)
    found: dict[date, list[str]] = {}
    for on, there in segments.items():
        seen: set[str] = set()
        twice: set[str] = set()
        for segment in there:
            team = set(people.get(segment, ()))
            twice |= seen & team
            seen |= team
        if twice:
            found[on] = sorted(twice)
    return found
