"""Who may be one by their names: the same words in any order, the same without one of them, or one slip of the hand apart.

Names come folded, so that alphabets and spellings meet already, their words in one order. Never are all compared with all: a
slip is in one word, so only names that agree in every other word are looked at, and words that may be one by a slip are found
by what is left of them without a letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import combinations

from kinolab.foundation.search.domain.slips import SHORTEST, one_slip

ALONE = 6  # letters of a name of one word in which a slip is looked for; shorter ones are all near one another
FEWEST = 3  # words of a name of which one may be left out: a patronymic, a second name

Pair = tuple[int, int]


class Likeness(StrEnum):
    """How near two names are, the nearest first."""

    SAME = "same"
    FEWER = "fewer"
    SLIP = "slip"


def alike(names: Iterable[tuple[int, str]]) -> dict[Pair, Likeness]:
    """Pairs of those whose names are alike, the smaller number first, the nearest pairs first. Somebody may have many names."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, name in names:
        bearers[name].add(number)
    found: dict[Pair, Likeness] = {}
    for likeness, meetings in (
        (Likeness.SAME, ((name, name) for name in bearers)),
        (Likeness.FEWER, _without_a_word(bearers)),
        (Likeness.SLIP, _by_a_slip(bearers)),
    ):
        for pair in sorted({pair for one, other in meetings for pair in _pairs(bearers[one], bearers[other])}):
            found.setdefault(pair, likeness)
    return found


def _pairs(some: set[int], others: set[int]) -> Iterator[Pair]:
    return ((min(one, other), max(one, other)) for one in some for other in others if one != other)


def _without_a_word(bearers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name in bearers:
        words = name.split()
        if len(words) >= FEWEST:
            yield from ((name, rest) for rest, _word in _parted(words) if rest in bearers)


def _by_a_slip(bearers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Names that differ by a slip in one word, all others the same."""
    there: dict[str, dict[str, str]] = defaultdict(dict)  # of a word: the other words of its names, and the names
    for name in bearers:
        for rest, word in _parted(name.split()):
            if len(word) >= (SHORTEST if rest else ALONE):
                there[word][rest] = name
    for one, other in _near(there):
        yield from ((there[one][rest], there[other][rest]) for rest in there[one].keys() & there[other].keys())


def _parted(words: list[str]) -> Iterator[tuple[str, str]]:
    return ((" ".join(words[:place] + words[place + 1 :]), word) for place, word in enumerate(words))


def _near(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Words one slip apart: they have what is left of them without a letter in common."""
    left: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for rest in {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}:
            left[rest].append(word)
    seen = {pair for several in left.values() for pair in combinations(sorted(several), 2)}
    return (pair for pair in seen if one_slip(*pair))
