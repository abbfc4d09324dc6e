"""The month of the shoot: its weeks, and people who would have to be in two places."""

import calendar
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

WEEK = 7  # days, from Monday


def weeks(month: date) -> list[list[date]]:
    """Return the weeks that the month touches, each from Monday to Sunday."""
    first = month.replace(day=1)
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    monday = first - timedelta(days=first.weekday())
    days = [monday + timedelta(days=number) for number in range((last - monday).days + WEEK)]
    whole = days[: len(days) - len(days) % WEEK]
    return [whole[start : start + WEEK] for start in range(0, len(whole), WEEK) if whole[start] <= last]


def moved(month: date, by: int) -> date:
    """Return the first day of a month so many months later; the calendar ends with the years that dates can have."""
    number = min(max(month.year * 12 + month.month - 1 + by, date.min.year * 12 + 1), date.max.year * 12 + 10)
    return date(number // 12, number % 12 + 1, 1)


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
