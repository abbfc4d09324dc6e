"""Pictures inside a text: a line of its own names one of the pictures that were brought to the article.

`![caption](picture:CODE)`; whatever else looks like a picture stays what Markdown makes of it, and nothing is fetched from
elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"^[ ]{0,3}!\[([^\]\n]*)\]\(picture:([0-9a-z]{1,20})\)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Either words, or the code of a picture with its caption."""

    words: str = ""
    code: str = ""
    caption: str = ""


def pieces(text: str) -> list[Piece]:
    """Return the text as words and pictures, in order; words that are only white space are left out."""
    return [piece for piece in _pieces(text) if piece.code or piece.words.strip()]


def _pieces(text: str) -> Iterator[Piece]:
    place = 0
    for found in _LINE.finditer(text):
        yield Piece(words=text[place : found.start()])
        yield Piece(code=found[2], caption=found[1].strip())
        place = found.end()
    yield Piece(words=text[place:])


def codes(text: str) -> set[str]:
    """Return the codes of the pictures that the text names."""
    return {found[2] for found in _LINE.finditer(text)}


def words_alone(text: str) -> str:
    """Return the text without its pictures, for those who read it elsewhere."""
    return "\n\n".join(piece.words.strip("\n") for piece in pieces(text) if piece.words)


def line(code: str, caption: str = "") -> str:
    """Return the line that puts a picture into a text."""
    return f"![{caption}](picture:{code})"
