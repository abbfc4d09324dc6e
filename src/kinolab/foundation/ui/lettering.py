"""How wide words are in the program's own letters, and where they break: for drawings that nothing lays out but us."""

import re
import unicodedata
from functools import cache, lru_cache

from kinolab.foundation.ui.fonts import ttf

# Letters that our fonts do not have come from somewhere else: as wide as the widest of their kind.
_ELSEWHERE, _FULL_WIDTH = 0.8, 1.05
# Browsers and paper round differently; a line that is a little short harms nobody.
_SAFETY = 1.02
_SPACES = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")  # no-break spaces stay
_PIECES = re.compile(r"(?<=[-\u2013\u2014/\u00ad\u200b])")


@cache
def _advances(family: str, style: str) -> dict[int, float]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (heavy, and needed where something is drawn)

    with TTFont(ttf(family, style), lazy=True) as font:
        widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {code: widths[name][0] / em for code, name in font.getBestCmap().items()}


@lru_cache(maxsize=4096)
def _advance(letter: str, family: str, style: str) -> float:
    known = _advances(family, style).get(ord(letter))
    if known is not None:
        return known
    if _joins(letter):
        return 0.0
    return _FULL_WIDTH if unicodedata.east_asian_width(letter) in "WF" else _ELSEWHERE


def _joins(letter: str) -> bool:
    """Whether the letter stands on the one before it, or is not seen at all."""
    return unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc")


@lru_cache(maxsize=16384)
def width(text: str, size: float, style: str = "Regular", family: str = "Kino Text") -> float:
    """How wide the text is in letters of this size."""
    return sum(_advance(letter, family, style) for letter in text) * size * _SAFETY


def wrap(text: str, room: float, size: float, style: str = "Regular", family: str = "Kino Text") -> list[str]:
    """Break the text into lines that are no wider than the room; a word that is wider by itself breaks anywhere."""
    lines: list[str] = []
    line = ""
    for word in _SPACES.split(text.strip()):
        for number, piece in enumerate(one for one in _PIECES.split(word) if one):
            longer = line + (" " if line and not number else "") + piece
            if width(longer, size, style, family) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = _cut(piece, room, size, style, family)
            lines += whole
    return [*lines, line] if line else lines


def _cut(piece: str, room: float, size: float, style: str, family: str) -> list[str]:
    """A piece of a word in parts that fit; a letter keeps what stands on it."""
    parts, part = [], ""
    for letter in piece:
        if part and not _joins(letter) and width(part + letter, size, style, family) > room:
            parts.append(part)
            part = ""
        part += letter
    return [*parts, part]
