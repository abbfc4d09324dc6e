"""What changed between two versions of what was sent, answer by answer, word by word."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 4_000  # of both texts together: beyond it they stand one under the other, uncompared


class Piece(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is not the same in both versions."""

    key: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def pieces(self) -> tuple[tuple[Piece, str], ...]:
        """Both texts in one: what stayed, what has gone, what is new."""
        return compared("\n".join(self.before), "\n".join(self.after))


def changes(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> list[Change]:
    """Return every answer that differs, in the order of the later version; those that are gone come last."""
    keys: Iterable[str] = dict.fromkeys((*after, *before))
    pairs = ((key, tuple(before.get(key, ())), tuple(after.get(key, ()))) for key in keys)
    return [Change(key, old, new) for key, old, new in pairs if old != new]


def compared(before: str, after: str) -> tuple[tuple[Piece, str], ...]:
    """Compare two texts word by word."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > MOST_WORDS:
        whole = ((Piece.GONE, before), (Piece.NEW, after))
        return tuple((piece, text) for piece, text in whole if text)
    found: list[tuple[Piece, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append((Piece.SAME, "".join(old[a:b])))
            continue
        found += [(Piece.GONE, "".join(old[a:b]))] if b > a else []
        found += [(Piece.NEW, "".join(new[c:d]))] if d > c else []
    return tuple(found)


def _words(text: str) -> list[str]:
    """Words, and what stands between them, so that together they are the text again."""
    return re.findall(r"\s+|[^\s]+", text)
