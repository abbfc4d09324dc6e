"""A total order of applications by what their readers said: a help for composing, never the decision.

Higher mean first; then the smaller spread; then the lower application number, which says nothing about the project
and is therefore shown as a tie. Applications without a score come last. Numbers are compared to six decimals, so that
two equal scores computed in different orders stay equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """An application in the ranking: its number, the mean score on 0–5, and the spread of its scores."""

    number: int
    mean: float | None
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place: `position` runs from 1 without gaps; `tied` says that only the number decided."""

    position: int
    number: int
    tied: bool


def rank(entries: Iterable[Entry]) -> tuple[Ranked, ...]:
    """Return every entry in order."""
    ordered = sorted(entries, key=lambda entry: (*_merit(entry), entry.number))
    merits = [_merit(entry) for entry in ordered]
    return tuple(
        Ranked(
            place + 1,
            entry.number,
            tied=merits[place] in merits[max(0, place - 1) : place] + merits[place + 1 : place + 2],
        )
        for place, entry in enumerate(ordered)
    )


def _merit(entry: Entry) -> tuple[bool, float, float]:
    if entry.mean is None:
        return True, 0.0, 0.0
    return False, -round(entry.mean, 6), round(entry.spread or 0.0, 6)
