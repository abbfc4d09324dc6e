"""Names that must not be said, known without being kept.

A protected name is kept word by word as a mark: the length of its stem and a keyed digest of it. Whoever takes the tables
away has no name; the program finds it in a text all the same, with whatever ending stands behind it («Айгүлдүн», «Айгуле»).
Both hands are given from outside: `fold` brings the spellings of one name together, `seal` makes the digest.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Fold = Callable[[str], str]
Seal = Callable[[str], str]
COVER = "•••"

_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼʻ`´][^\W\d_]+)*")
_ENDINGS = "aeiou"  # folded words are of Latin letters
_SHORT, _SHORT_TAIL, _TAIL = 4, 3, 7  # letters: a stem below it, and what may follow such a one, or a longer one


def stem(folded: str) -> str:
    """The word without a last vowel, which grammar changes."""
    return folded[:-1] if len(folded) > 3 and folded[-1] in _ENDINGS else folded


def marks(names: str, fold: Fold, seal: Seal) -> tuple[str, ...]:
    """What is kept of names: a mark for each word of two letters or more."""
    stems = (stem(fold(word)) for word in _WORD.findall(names))
    return tuple(dict.fromkeys(f"{len(one)}:{seal(one)}" for one in stems if len(one) > 1))


@dataclass(frozen=True, slots=True)
class Veil:
    """Finds and covers what must not be said: marked names, and phrases such as the name of a partner."""

    fold: Fold
    seal: Seal
    kept: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    _said: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    def covered(self, text: str) -> str:
        """The text with every such word and phrase covered."""
        for phrase in self.phrases:
            text = _phrase(phrase).sub(COVER, text)
        return _WORD.sub(lambda found: COVER if self._marked(found[0]) else found[0], text) if self.kept else text

    def names_in(self, text: str) -> bool:
        """Whether a marked name stands in the text."""
        return bool(self.kept) and any(self._marked(word) for word in _WORD.findall(text))

    def _marked(self, word: str) -> bool:
        if word not in self._said:
            self._said[word] = self._begins_with_mark(self.fold(word))
        return self._said[word]

    def _begins_with_mark(self, folded: str) -> bool:
        return any(
            f"{length}:{self.seal(folded[:length])}" in self.kept
            for length in _lengths(self.kept)
            if 0 <= len(folded) - length <= (_SHORT_TAIL if length < _SHORT else _TAIL)
        )


def _lengths(kept: Iterable[str]) -> set[int]:
    return {int(mark.partition(":")[0]) for mark in kept}


def _phrase(phrase: str) -> re.Pattern[str]:
    """The phrase with any white space between its words and any ending behind its last one."""
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return re.compile(rf"(?<!\w){words}\w{{0,7}}", re.IGNORECASE)
