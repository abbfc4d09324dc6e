"""The instant that a wall clock means. Clocks are turned: a time may be shown twice that day, or not at all."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Doubt(StrEnum):
    """Why the wall clock does not say everything."""

    SKIPPED = "skipped"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Meant:
    """The instant (in UTC), and why the wall clock left a doubt."""

    at: datetime
    doubt: Doubt | None = None


def instant(wall: datetime, zone: str) -> Meant:
    """Return the instant at which the clock of `zone` shows `wall` (without a zone of its own).

    Shown twice: the first is meant. Skipped: as long after midnight as the clock would have shown without the change,
    so that nothing is public earlier than was asked for.
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall clock has no zone")
    first = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    second = first.replace(fold=1)
    at = first.astimezone(UTC)
    if first.utcoffset() == second.utcoffset():
        return Meant(at)
    there = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return Meant(at, Doubt.TWICE if there == wall else Doubt.SKIPPED)


def turns_between(first: datetime, last: datetime, zone: str) -> timedelta:
    """Return by how much the clocks of `zone` are turned between two instants; zero where they are not."""
    there = ZoneInfo(zone)
    before, after = (one.astimezone(there).utcoffset() or timedelta() for one in (first, last))
    return after - before
