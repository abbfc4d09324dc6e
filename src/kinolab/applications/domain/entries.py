"""An answer as the texts of its controls, and back.

A browser sends texts: several boxes several, money its amount and currency, an exact or inexact date its year, month
and day, a table its rows one after the other, a text in several languages one for each. What is stored is the value
that `foundation.questions.domain.answers` describes.
"""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from kinolab.foundation.lines import normalise
from kinolab.foundation.questions.domain.answers import Kind, QuestionSpec
from kinolab.foundation.questions.domain.answers import text_in as text_in
from kinolab.foundation.questions.domain.links import PARTS, link_of
from kinolab.foundation.questions.domain.tables import TABLES, columns_of, rows_of

_OFF = frozenset({"", "0", "false", "off"})
_TEXTS = (Kind.TEXT, Kind.LONG_TEXT)


def read(spec: QuestionSpec, texts: Sequence[str]) -> object:
    """Return the value that these texts say; None where nothing is said."""
    kind, first = spec.kind, texts[0] if texts else ""
    if kind in (Kind.MANY, Kind.MODULES):
        return [text for text in dict.fromkeys(texts) if text] or None
    if kind is Kind.CONSENT:
        return any(text not in _OFF for text in texts)
    if kind is Kind.MONEY:
        return _read_money(texts)
    if kind in TABLES:
        return _read_rows(spec, texts)
    if kind is Kind.DATE and spec.precision != "day":
        return _read_date(texts)
    if spec.languages:
        said = {tag: normalise(text) for tag, text in zip(spec.languages, texts, strict=False)}
        return {tag: text for tag, text in said.items() if text} or None
    if spec.has_parts:
        return _read_link(texts)
    text = normalise(first)
    return (text if kind in _TEXTS else text.strip()) or None


def write(spec: QuestionSpec, value: object) -> list[str]:
    """Return the texts of the controls that show a value: `read` gives the value back."""
    kind = spec.kind
    if kind is Kind.CONSENT:
        return ["yes"] if value is True or (isinstance(value, Mapping) and value.get("agreed") is True) else [""]
    if kind in (Kind.MANY, Kind.MODULES) and isinstance(value, list):
        return [str(one) for one in value] or [""]
    if kind is Kind.MONEY and isinstance(value, Mapping):
        return [_text(value.get("amount")), _text(value.get("currency"))]
    if kind in TABLES and isinstance(value, list):
        rows = rows_of(value, columns_of(kind, spec.details))
        return [text for row in rows for text in row] or [""]
    if kind is Kind.DATE and spec.precision != "day":
        return [*_text(value).split("-", 2), "", "", ""][:3]
    if spec.languages:
        return [text_in(value, tag, spec.languages) for tag in spec.languages]
    if kind is Kind.LINK:
        link = link_of(value)
        parts = [link.url, link.password, link.kind, _text(value.get("minutes") if isinstance(value, dict) else "")]
        return parts if spec.has_parts else parts[:1]
    return [_text(value)]


def _read_money(texts: Sequence[str]) -> dict[str, str] | None:
    amount, currency = (*(text.strip() for text in texts), "", "")[:2]
    return {"amount": amount, "currency": currency} if amount else None


def _read_rows(spec: QuestionSpec, texts: Sequence[str]) -> list[dict[str, str]] | None:
    """Rows in which something stands beside what is chosen for everybody: a currency or a state alone is no row."""
    columns = columns_of(spec.kind, spec.details)
    names, size = [column.name for column in columns], len(columns)
    typed = [texts[start : start + size] for start in range(0, len(texts), size)]
    rows = [dict(zip_longest(names, (part.strip() for part in row), fillvalue="")) for row in typed]
    return [row for row in rows if any(text for name, text in row.items() if name not in _PRESET)] or None


_PRESET = frozenset({"currency", "status"})


def _read_date(texts: Sequence[str]) -> str | None:
    """Year, month, day; what is missing at the end makes the date less exact, what is missing between makes it wrong.

    A whole date that was put into the first of the three is taken apart.
    """
    typed = _without_end([text.strip() for text in texts[:3]])
    year, month, day = (*(part.strip() for part in "-".join(typed).split("-", 2)), "", "", "")[:3]
    return "-".join(_without_end([year, month.zfill(2) if month else "", day.zfill(2) if day else ""])) or None


def _without_end(parts: list[str]) -> list[str]:
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _read_link(texts: Sequence[str]) -> dict[str, str] | None:
    said = dict(zip_longest(PARTS, (text.strip() for text in texts[: len(PARTS)]), fillvalue=""))
    return {name: text for name, text in said.items() if text} or None


def _text(value: object) -> str:
    return "" if value is None else str(value)
