"""A total order of candidacies by what their readers said: a help for composing, never the decision.

Higher mean first; then the smaller spread; then the lower application number, which says nothing about the project
and is therefore shown as a tie. Applications without a score come last. Numbers are compared to six decimals, so that
two equal scores computed in different orders stay equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Entry:
    """A candidacy in the ranking: its application's number, the mean score on 0–5, the spread of its scores.

    `key` tells apart the candidacies of one application.
    """

    number: int
    mean: float | None
    spread: float | None = None
    key: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place: `position` runs from 1 without gaps; equals are `tied` and share the `place` of the first of them."""

    position: int
    number: int
    place: int
    tied: bool
    key: int = 0


def rank(entries: Iterable[Entry]) -> tuple[Ranked, ...]:
    """Return every entry in order."""
    ordered = sorted(entries, key=lambda entry: (*_merit(entry), entry.number, entry.key))
    ranked: list[Ranked] = []
    for _merits, same in groupby(ordered, key=_merit):
        equals, place = list(same), len(ranked) + 1
        ranked += [
            Ranked(position, entry.number, place, tied=len(equals) > 1, key=entry.key)
            for position, entry in enumerate(equals, place)
        ]
    return tuple(ranked)


def _merit(entry: Entry) -> tuple[bool, float, float]:
    if entry.mean is None:
        return True, 0.0, 0.0
    return False, -round(entry.mean, 6), round(entry.spread or 0.0, 6)
