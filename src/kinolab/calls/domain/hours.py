"""Openings and closes as people write them: a wall-clock time in the call's zone, or a day without an hour.

A day without an hour is kept as such: the call then opens as the day begins in the zone, and closes as it ends.
"""

import re
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)")
_ZONES = frozenset(available_timezones())
_FIRST, _LAST = time(0, 0), time(23, 59)  # a close at 23:59 takes the whole minute in


class HourPrecision(StrEnum):
    """Whether an hour was announced."""

    MINUTE = "minute"
    DAY = "day"


def is_zone(name: object) -> bool:
    """Whether it is a zone of the IANA list."""
    return isinstance(name, str) and name in _ZONES


def wall(written: str) -> datetime | None:
    """Read `2026-08-05 18:00` (or with T, or with seconds) as a wall-clock time without a zone; else None."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2]}")
    except ValueError:
        return None


def instant(there: datetime, zone: str) -> datetime:
    """The instant (in UTC) at which the wall clock of `zone` shows this time; a time shown twice is the first."""
    return there.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def start_of(day: date, zone: str) -> datetime:
    """The instant at which the day begins in the zone."""
    return instant(datetime.combine(day, _FIRST), zone)


def end_of(day: date, zone: str) -> datetime:
    """The last whole minute of the day in the zone, as a closing instant."""
    return instant(datetime.combine(day, _LAST), zone)


def written(at: datetime, zone: str, precision: HourPrecision) -> str:
    """Write an instant as `wall` (or a date) reads it."""
    there = at.astimezone(ZoneInfo(zone))
    if precision is HourPrecision.DAY:
        return there.date().isoformat()
    shown = there.replace(tzinfo=None)
    return shown.isoformat(" ", "minutes" if not shown.second else "seconds")
