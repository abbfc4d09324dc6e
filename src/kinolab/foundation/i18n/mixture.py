"""A text in one language with pieces in others: which pieces those are, so that they can be marked where it is shown.

A letter to a Kazakh reader is Russian where our sentences are not Kazakh yet, around what the lab has written in Kazakh.
While such a text is made, `gathering()` lets each piece carry its language; `taken_apart` then gives the plain text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from kinolab.foundation.i18n.understanding import understood_by

Piece = list[str]  # language tag, text; a list, as JSON keeps it
_gathers: ContextVar[bool] = ContextVar("gathers", default=False)
# Of the private use area: nobody types them.
_OPENS, _TELLS, _ENDS = "\ue0f0", "\ue0f1", "\ue0f2"
_PIECE = re.compile(f"{_OPENS}([^{_TELLS}]*){_TELLS}([^{_ENDS}]*){_ENDS}")


def written_in(tag: str) -> str:
    """The language of our own sentences for who reads `tag`: that, or the first they understand that is complete."""
    return next((one for one in understood_by(tag) if one in settings.KINOLAB_COMPLETE_LANGUAGES), tag)


@contextmanager
def gathering() -> Iterator[None]:
    """Within, pieces carry their language with them."""
    before = _gathers.set(True)
    try:
        yield
    finally:
        _gathers.reset(before)


def piece(text: str, tag: str) -> str:
    """The text, which carries its language while pieces are gathered."""
    return f"{_OPENS}{tag}{_TELLS}{text}{_ENDS}" if text and _gathers.get() else text


def taken_apart(text: str, language: str) -> tuple[str, list[Piece]]:
    """The plain text, and its pieces in other languages than `language`, each once."""
    found = {(tag, said): None for tag, said in _PIECE.findall(text) if tag != language}
    return _PIECE.sub(r"\2", text), [list(one) for one in found]


def marked(text: str, pieces: Iterable[Sequence[str]]) -> SafeString:
    """The text as HTML; each of its pieces says its language."""
    tags = {said: tag for tag, said in pieces}
    if not tags:
        return conditional_escape(text)
    longest_first = "|".join(re.escape(one) for one in sorted(tags, key=len, reverse=True))
    shown, last = [], 0
    for found in re.finditer(rf"(?<!\w)(?:{longest_first})(?!\w)", text):
        shown.append(conditional_escape(text[last : found.start()]))
        shown.append(format_html('<span lang="{}">{}</span>', tags[found[0]], found[0]))
        last = found.end()
    return mark_safe("".join([*shown, conditional_escape(text[last:])]))
