"""How well a title or a name answers what was asked: words compared in their folded spelling."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

SAME, INFLECTED, BEGINS, RELATED, SLIPPED, NOT = 100, 85, 75, 55, 45, 0
NAMES = 0.7  # other names count so much of a title
WHOLE, IN_ORDER = 60, 10  # more for a title that is the question, and for its words side by side


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question: its folded spellings, the stems it may have, and what it may have been meant to be."""

    typed: tuple[str, ...]
    stems: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    whole: bool = False  # nothing that merely begins like it answers

    @property
    def beginnings(self) -> tuple[str, ...]:
        """With what a word that answers begins; what another already says is left out."""
        every = sorted({*self.typed, *self.stems, *self.meant}, key=lambda one: (len(one), one))
        kept: list[str] = []
        for one in every:
            if not any(one.startswith(shorter) for shorter in kept):
                kept.append(one)
        return tuple(kept)

    def answered_by(self, word: str, stems: Collection[str] = ()) -> int:
        """How well a folded word answers, from 0 to 100."""
        if word in self.typed:
            return SAME
        if self.whole:
            return NOT
        if set(self.stems) & set(stems) or any(one in stems for one in self.typed):
            return INFLECTED
        if any(word.startswith(one) for one in self.typed):
            return BEGINS
        if any(word.startswith(one) for one in self.stems):
            return RELATED
        return SLIPPED if any(word.startswith(one) for one in self.meant) else NOT


Points = Mapping[str, Sequence[int]]  # a word of a text → how well it answers each word of the question


def score(number: int, titles: Iterable[Sequence[str]], names: Iterable[Sequence[str]], points: Points) -> float:
    """How well titles and other names, each a list of folded words, answer so many words together."""
    best = max((_of(number, one, points) for one in titles), default=0.0)
    return max(best, *(NAMES * _of(number, one, points) for one in names), 0.0)


def _of(number: int, text: Sequence[str], points: Points) -> float:
    each = [points[word] for word in text]
    best = [max((one[asked] for one in each), default=0) for asked in range(number)]
    if not any(best):
        return 0.0
    places = [
        next(at for at, one in enumerate(each) if one[asked] == found) for asked, found in enumerate(best) if found
    ]
    told = len(set(places)) / len(text)  # how much of the text was asked for
    side_by_side = 1 < number == len(places) and places == list(range(places[0], places[0] + number))
    whole = number == len(text) and min(best) >= INFLECTED
    return sum(best) / number + 20 * told + (IN_ORDER if side_by_side else 0) + (WHOLE if whole else 0)
