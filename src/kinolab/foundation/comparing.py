"""What changed between two texts, word by word.

A word is what people of each script would call one: letters with their marks; where a script writes no spaces, as Chinese
or Thai, a letter. Commas and stops stand by themselves.
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 4_000  # of both texts together: beyond it they stand one under the other, uncompared


class Piece(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


def compared(before: str, after: str) -> tuple[tuple[Piece, str], ...]:
    """Compare two texts word by word."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > MOST_WORDS:
        whole = ((Piece.GONE, before), (Piece.NEW, after))
        return tuple((piece, text) for piece, text in whole if text)
    runs = [
        ("".join(old[a:b]), "".join(new[c:d]), tag == "equal")
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ]
    found: list[tuple[Piece, str]] = []
    for gone, come, is_same in _joined(runs):
        pieces = ((Piece.SAME, gone),) if is_same else ((Piece.GONE, gone), (Piece.NEW, come))
        found += [(piece, text) for piece, text in pieces if text]
    return tuple(found)


_Run = tuple[str, str, bool]


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    """A space that stayed between two changed words belongs to the change: a phrase is read, not a row of words."""
    found: list[_Run] = []
    for place, run in enumerate(runs):
        gone, come, is_same = run
        lone = is_same and gone in _LONE and 0 < place < len(runs) - 1
        if found and not found[-1][2] and (lone or not is_same):
            found[-1] = (found[-1][0] + gone, found[-1][1] + come, False)
        else:
            found.append(run)
    return found


_LONE = (" ", "\u00a0")
_IN_WORDS = frozenset("'’ʼʻ-‑\u200c\u200d_@/.")  # between letters they stand in a word, as in мен-де, l’eau, kino.kg
# Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese.
_NO_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def _words(text: str) -> list[str]:
    """Words, and what stands between them, so that together they are the text again."""
    found: list[str] = []
    before = ""
    for place, letter in enumerate(text):
        sort = _sort(letter, before, text[place + 1 : place + 2])
        if found and (sort == "mark" or (sort == before and sort in ("space", "letter"))):
            found[-1] += letter
        else:
            found.append(letter)
        before = before if sort == "mark" else sort
    return found


def _sort(letter: str, before: str, after: str) -> str:
    if letter.isspace():
        return "space"
    if _NO_SPACES.match(letter):
        return "mark" if unicodedata.category(letter).startswith("M") else "lone"
    if unicodedata.category(letter)[0] == "M" or letter == "\u200d":
        return "mark"
    if letter.isalnum() or (letter in _IN_WORDS and before == "letter" and after.isalnum()):
        return "letter"
    return "stop"
