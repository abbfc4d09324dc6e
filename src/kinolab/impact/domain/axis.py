"""Ticks: of time (months, quarters or years, by what there is room for) and of values (round numbers, zero among them)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


class Unit(StrEnum):
    """What one step of the time axis is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def begins(day: date, unit: Unit) -> date:
    """The first day of the month, quarter or year of this day."""
    step = _MONTHS[unit]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def after(day: date, unit: Unit) -> date:
    """The first day of the next one; the end of time where there is none."""
    first = begins(day, unit)
    months = first.year * 12 + first.month - 1 + _MONTHS[unit]
    return date(months // 12, months % 12 + 1, 1) if months < 9999 * 12 + 12 else date.max


@dataclass(frozen=True, slots=True)
class Time:
    """Days laid along a line from `first` to `last` (whole units of it)."""

    first: date
    last: date
    unit: Unit

    def share(self, day: date) -> float:
        """Where a day begins, from 0 to 1; what lies outside stands at the edge."""
        return min(1.0, max(0.0, (day - self.first).days / (self.last - self.first).days))

    def holds(self, day: date) -> bool:
        """Whether the day lies on the line."""
        return self.first <= day < self.last

    def ticks(self, unit: Unit | None = None) -> list[date]:
        """The first day of each unit on the line; of the first one, where the line begins."""
        unit = unit or self.unit
        found, day = [self.first], after(self.first, unit)
        while day < self.last:
            found.append(day)
            day = after(day, unit)
        return found


def time(first: date, last: date, wide: float, need: Mapping[Unit, float]) -> Time:
    """Days from the first to the last, in the finest unit whose names have the room they need."""
    last = max(first, last)
    for unit in Unit:
        start, end = begins(first, unit), after(last, unit)
        months = (end.year - start.year) * 12 + end.month - start.month or 1
        if wide * _MONTHS[unit] / months >= need[unit]:
            return Time(start, end, unit)
    return Time(begins(first, Unit.YEAR), after(last, Unit.YEAR), Unit.YEAR)


def every(ticks: int, wide: float, need: float) -> int:
    """Of so many ticks, each how-manieth may be named, where a name needs this room."""
    return max(1, -int(-(need * ticks) // wide)) if wide > 0 else 1


def values(found: Sequence[Decimal], most: int = 4, *, whole: bool = False) -> list[Decimal]:
    """Round numbers from zero (or below) to above everything found: at most `most` steps; whole ones where asked."""
    low, high = min([Decimal(0), *found]), max([Decimal(0), *found])
    if low == high:
        high = low + 1
    step = _step((high - low) / most, whole=whole)
    first = low // step - (1 if low % step else 0)  # Decimal's // goes towards zero
    at = [first * step]
    while at[-1] < high:
        at.append(at[-1] + step)
    return at


def _step(least: Decimal, *, whole: bool) -> Decimal:
    power = Decimal(1).scaleb(least.adjusted())
    step = next(one * power for one in _ROUND if one * power >= least)
    return max(Decimal(1), step.to_integral_value(rounding="ROUND_CEILING")) if whole else step


def day_after(day: date) -> date:
    """The day on which something that lasts until `day` is over."""
    return day + timedelta(days=1) if day < date.max else day
