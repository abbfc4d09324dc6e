"""How the segments chosen so far lie against the slots that are wanted: boroughs, genres, languages."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

DIMENSIONS = ("borough", "genre", "language")


class Balance(StrEnum):
    """How many there are of what is wanted."""

    KEPT = "kept"
    SHORT = "short"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Traits:
    """What a slot asks for, or what a segment is; empty is open, or not said."""

    borough: str = ""
    genre: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """One value of a dimension: how many slots want it, how many segments have it."""

    dimension: str
    value: str
    wanted: int
    have: int

    @property
    def state(self) -> Balance:
        """Fewer than wanted, more than wanted, or as many."""
        if self.have < self.wanted:
            return Balance.SHORT
        return Balance.OVER if self.have > self.wanted else Balance.KEPT


def meters(slots: Iterable[Traits], segments: Iterable[Traits]) -> list[Meter]:
    """Return a meter for each value that a slot wants or a segment has, dimension by dimension, the most wanted first."""
    wanting, having = list(slots), list(segments)
    found = []
    for dimension in DIMENSIONS:
        wanted = Counter(value for one in wanting if (value := getattr(one, dimension)))
        have = Counter(value for one in having if (value := getattr(one, dimension)))
        values = sorted(wanted | have, key=lambda value: (-wanted[value], value))
        found += [Meter(dimension, value, wanted[value], have[value]) for value in values]
    return found


def misfits(slot: Traits, segment: Traits) -> tuple[str, ...]:
    """Return the dimensions in which a segment is something else than the slot asks for; what is not said fits."""
    return tuple(
        dimension
        for dimension in DIMENSIONS
        if (wanted := getattr(slot, dimension)) and (has := getattr(segment, dimension)) and wanted != has
    )
