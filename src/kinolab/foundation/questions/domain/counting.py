"""How long a text is: one rule for the page, the server and the printed limit.

- A character is one Unicode code point, as typed: nothing is composed, decomposed or trimmed. An emoji made of
  several code points counts as several, and so does a letter with a combining mark.
- A line break is one character, however the browser sends it (CRLF, CR or LF).
- White space is the Unicode property White_Space, listed here because `str.split` and a browser's `\\s` differ.
- A word is a run of non-white-space that holds at least one letter or number (Unicode categories L and N):
  «кино-лаб» is one word, a dash standing alone is none.

The browser's twin of this rule is tested against the same vectors.
"""

import re
import unicodedata
from enum import StrEnum

from kinolab.foundation.lines import normalise


class Unit(StrEnum):
    """What a limit is measured in."""

    CHARS = "chars"
    CHARS_NO_SPACES = "chars_no_spaces"
    WORDS = "words"
    PAGES = "pages"
    MINUTES = "minutes"
    MEGABYTES = "megabytes"
    ITEMS = "items"


TEXT_UNITS = frozenset({Unit.CHARS, Unit.CHARS_NO_SPACES, Unit.WORDS})

_WHITE_SPACE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_SPACE = re.compile(f"[{_WHITE_SPACE}]")
_RUN = re.compile(f"[^{_WHITE_SPACE}]+")


def is_blank(text: str) -> bool:
    """Say whether there is nothing but white space."""
    return _RUN.search(text) is None


def count(text: str, unit: Unit) -> int:
    """Count a text in characters, characters without white space, or words.

    Raises ValueError for a unit that does not measure text.
    """
    if unit not in TEXT_UNITS:
        raise ValueError(f"{unit} does not measure text")
    if unit is Unit.WORDS:
        return sum(1 for run in _RUN.findall(text) if _is_word(run))
    plain = normalise(text)
    if unit is Unit.CHARS:
        return len(plain)
    return len(plain) - len(_SPACE.findall(plain))


def _is_word(run: str) -> bool:
    return any(unicodedata.category(char)[0] in "LN" for char in run)
