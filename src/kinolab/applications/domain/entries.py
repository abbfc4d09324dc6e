"""An answer as the texts of its controls, and back.

A browser sends texts: several boxes several, money its amount and currency, films title, year and role of each in
turn. What is stored is the value that `foundation.questions.domain.answers` describes.
"""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.domain.counting import normalise

FILM_PARTS = ("title", "year", "role")
_OFF = frozenset({"", "0", "false", "off"})


def read(kind: Kind, texts: Sequence[str]) -> object:
    """Return the value that these texts say; None where nothing is said."""
    first = texts[0] if texts else ""
    if kind is Kind.MANY:
        return [text for text in dict.fromkeys(texts) if text] or None
    if kind is Kind.CONSENT:
        return any(text not in _OFF for text in texts)
    if kind is Kind.MONEY:
        return _read_money(texts)
    if kind is Kind.FILMS:
        return _read_films(texts)
    text = normalise(first)
    if kind in (Kind.TEXT, Kind.LONG_TEXT):
        return text or None
    return text.strip() or None


def write(kind: Kind, value: object) -> list[str]:
    """Return the texts of the controls that show a value: `read` gives the value back."""
    if kind is Kind.CONSENT:
        return ["yes"] if value is True else [""]
    if kind is Kind.MANY and isinstance(value, list):
        return [str(one) for one in value] or [""]
    if kind is Kind.MONEY and isinstance(value, Mapping):
        return [_text(value.get("amount")), _text(value.get("currency"))]
    if kind is Kind.FILMS and isinstance(value, list):
        return [_text(film.get(part)) for film in value for part in FILM_PARTS] or [""]
    return [_text(value)]


def _read_money(texts: Sequence[str]) -> dict[str, str] | None:
    amount, currency = (*(text.strip() for text in texts), "", "")[:2]
    return {"amount": amount, "currency": currency} if amount else None


def _read_films(texts: Sequence[str]) -> list[dict[str, str]] | None:
    size = len(FILM_PARTS)
    rows = [texts[start : start + size] for start in range(0, len(texts), size)]
    films = [dict(zip_longest(FILM_PARTS, (part.strip() for part in row), fillvalue="")) for row in rows]
    return [film for film in films if any(film.values())] or None


def _text(value: object) -> str:
    return "" if value is None else str(value)
