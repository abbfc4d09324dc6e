"""Kinds of question, the shape of their answers, and what is wrong with an answer.

Values are JSON-able. What somebody is in the middle of typing must be storable, so the *shape* is generous and
`problems` is strict:

| kind | value |
| --- | --- |
| text, long_text | str |
| choice | str: the key of a choice |
| many | list of str |
| number | int, float, or str as typed ("12,5") |
| money | {"amount": str or number, "currency": str: three capital letters} |
| date | str: YYYY-MM-DD |
| country | str: ISO 3166-1 alpha-2 |
| language | str: BCP 47, as "ky" or "uz-Cyrl" |
| link | str: http or https |
| file | {"code": str, "name": str, "size": int (bytes), "pages": int, "minutes": number}; only code is needed |
| consent | bool |
| films | list of {"title": str, "year": int or str, "role": str} |

None stands for no answer in every kind. `choices`, where given, also narrow country, language, a film's role and the
currency of money.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from urllib.parse import urlsplit

from kinolab.foundation.questions.domain.counting import TEXT_UNITS, Unit, count, is_blank
from kinolab.foundation.questions.domain.countries import COUNTRIES
from kinolab.foundation.refusals import Refusal

HARD_MAXIMUM = 100_000  # code points in one text: beyond it nothing is stored, draft or not
HARD_ITEMS = 200  # entries in one list
MEGABYTE = 1_000_000  # bytes


class Kind(StrEnum):
    """What a question asks for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    MANY = "many"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    COUNTRY = "country"
    LANGUAGE = "language"
    LINK = "link"
    FILE = "file"
    CONSENT = "consent"
    FILMS = "films"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most (and at least) so much of one unit; both bounds count as allowed."""

    unit: Unit
    maximum: int | None
    minimum: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """One question, as far as checking its answer needs to know it."""

    key: str
    kind: Kind
    required: bool = False
    limits: tuple[Limit, ...] = ()
    choices: tuple[str, ...] = ()


_SIZES = frozenset({Unit.PAGES, Unit.MINUTES, Unit.MEGABYTES, Unit.ITEMS})

# What a limit on each kind of question may be measured in.
MEASURES: dict[Kind, frozenset[Unit]] = {
    Kind.TEXT: TEXT_UNITS,
    Kind.LONG_TEXT: TEXT_UNITS,
    Kind.MANY: frozenset({Unit.ITEMS}),
    Kind.FILMS: frozenset({Unit.ITEMS}),
    Kind.NUMBER: _SIZES,
    Kind.MONEY: frozenset({Unit.ITEMS}),
    Kind.FILE: frozenset({Unit.PAGES, Unit.MINUTES, Unit.MEGABYTES}),
}

_NEEDS_CHOICES = frozenset({Kind.CHOICE, Kind.MANY})
_TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
_WORDLIKE = frozenset({*_TEXTS, Kind.CHOICE, Kind.DATE, Kind.COUNTRY, Kind.LANGUAGE, Kind.LINK})
_LISTS = frozenset({Kind.MANY, Kind.FILMS})
_FILM_PARTS = ("title", "year", "role")
_PARTS: dict[Kind, frozenset[str]] = {
    Kind.MONEY: frozenset({"amount", "currency"}),
    Kind.FILE: frozenset({"code", "name", "size", "pages", "minutes"}),
}

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_GROUPING = re.compile("[ \u00a0\u202f]")


def spec_problems(spec: QuestionSpec) -> list[Refusal]:
    """Say what is wrong with the question itself; for whoever builds the form."""
    found = []
    if spec.kind in _NEEDS_CHOICES and not spec.choices:
        found.append(Refusal("choices_missing", {"question": spec.key}))
    if len(set(spec.choices)) < len(spec.choices):
        found.append(Refusal("choices_repeated", {"question": spec.key}))
    for limit in spec.limits:
        if limit.unit not in MEASURES.get(spec.kind, frozenset()):
            found.append(Refusal("unit_not_for_kind", {"question": spec.key, "unit": limit.unit, "kind": spec.kind}))
        lowest = limit.minimum or 0
        if lowest < 0 or (limit.maximum is not None and limit.maximum < lowest):
            found.append(Refusal("impossible_limit", {"minimum": limit.minimum, "maximum": limit.maximum}))
    return found


def is_empty(value: object) -> bool:
    """Say whether nothing has been answered: None, blank text, an empty list or mapping, an unticked box."""
    if isinstance(value, str):
        return is_blank(value)
    if isinstance(value, Mapping):
        return all(is_empty(part) for name, part in value.items() if name != "currency")
    return value is None or value is False or value == []


def shape_problem(spec: QuestionSpec, value: object) -> Refusal | None:
    """Say why a value may not even be stored in a draft: the wrong type, unstorable characters, far too much."""
    if value is None:
        return None
    if not _has_shape(spec.kind, value):
        return Refusal("wrong_shape", {"kind": spec.kind})
    if isinstance(value, list) and len(value) > HARD_ITEMS:
        return Refusal("far_too_many", {"limit": HARD_ITEMS, "count": len(value)})
    for text in _texts_in(value):
        if _UNSTORABLE.search(text):
            return Refusal("unstorable_text")
        if len(text) > HARD_MAXIMUM:
            return Refusal("far_too_long", {"limit": HARD_MAXIMUM, "count": len(text)})
    return None


def problems(spec: QuestionSpec, value: object) -> list[Refusal]:
    """Return everything that is wrong with an answer for submitting; an empty list means it is good."""
    if is_empty(value):
        missing = "consent_needed" if spec.kind is Kind.CONSENT else "required_missing"
        return [Refusal(missing)] if spec.required else []
    shape = shape_problem(spec, value)
    if shape is not None:
        return [shape]
    wrong = _CHECKS[spec.kind](spec, value)
    return wrong or [refusal for limit in spec.limits for refusal in _against(limit, spec.kind, value)]


def as_number(value: object) -> Decimal | None:
    """Read a number as people type it: spaces between thousands, comma or point before decimals; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(_GROUPING.sub("", str(value)).replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


# -- shapes


def _has_shape(kind: Kind, value: object) -> bool:
    if kind in _WORDLIKE:
        return isinstance(value, str)
    if kind in _LISTS:
        return isinstance(value, list) and all(_is_entry(kind, entry) for entry in value)
    if kind in _PARTS:
        return _is_record(value, _PARTS[kind])
    if kind is Kind.CONSENT:
        return isinstance(value, bool)
    return _is_scalar(value)


def _is_entry(kind: Kind, entry: object) -> bool:
    return isinstance(entry, str) if kind is Kind.MANY else _is_record(entry, frozenset(_FILM_PARTS))


def _is_record(value: object, parts: frozenset[str]) -> bool:
    return isinstance(value, dict) and all(
        name in parts and (part is None or _is_scalar(part)) for name, part in value.items()
    )


def _is_scalar(value: object) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)


def _texts_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for entry in value for text in _texts_in(entry)]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts_in(part)]
    return []


# -- what each kind demands


def _nothing(spec: QuestionSpec, value: object) -> list[Refusal]:
    return []


def _check_choice(spec: QuestionSpec, value: object) -> list[Refusal]:
    return [] if value in spec.choices else [Refusal("not_a_choice", {"seen": value})]


def _check_many(spec: QuestionSpec, value: object) -> list[Refusal]:
    chosen = _as_list(value)
    unknown = [Refusal("not_a_choice", {"seen": one}) for one in chosen if one not in spec.choices]
    repeated = sorted({str(one) for one in chosen if chosen.count(one) > 1})
    return unknown + [Refusal("chosen_twice", {"seen": one}) for one in repeated]


def _check_number(spec: QuestionSpec, value: object) -> list[Refusal]:
    return [Refusal("not_a_number", {"seen": value})] if as_number(value) is None else []


def _check_money(spec: QuestionSpec, value: object) -> list[Refusal]:
    money = _as_record(value)
    amount, currency = as_number(money.get("amount")), str(money.get("currency") or "")
    found = []
    if amount is None or amount < 0:
        found.append(Refusal("not_an_amount", {"seen": money.get("amount")}))
    if not _CURRENCY.fullmatch(currency) or (spec.choices and currency not in spec.choices):
        found.append(Refusal("bad_currency", {"seen": currency}))
    return found


def _check_date(spec: QuestionSpec, value: object) -> list[Refusal]:
    text = str(value)
    try:
        # fromisoformat alone also takes week dates and dates without hyphens.
        good = bool(_ISO_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        good = False
    return [] if good else [Refusal("not_a_date", {"seen": text})]


def _check_country(spec: QuestionSpec, value: object) -> list[Refusal]:
    if value not in COUNTRIES:
        return [Refusal("bad_country", {"seen": value})]
    return _check_choice(spec, value) if spec.choices else []


def _check_language(spec: QuestionSpec, value: object) -> list[Refusal]:
    if not _LANGUAGE.fullmatch(str(value)):
        return [Refusal("bad_language", {"seen": value})]
    return _check_choice(spec, value) if spec.choices else []


def _check_link(spec: QuestionSpec, value: object) -> list[Refusal]:
    text = str(value).strip()
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not re.search(r"\s", text)
    except ValueError:
        good = False
    return [] if good else [Refusal("not_a_link", {"seen": text})]


def _check_file(spec: QuestionSpec, value: object) -> list[Refusal]:
    return [Refusal("required_missing")] if is_empty(_as_record(value).get("code")) else []


def _check_films(spec: QuestionSpec, value: object) -> list[Refusal]:
    found = []
    for position, entry in enumerate(_as_list(value), start=1):
        film = _as_record(entry)
        for part in _FILM_PARTS:
            if is_empty(film.get(part)):
                found.append(Refusal("film_incomplete", {"position": position, "part": part}))
        year = as_number(film.get("year"))
        if not is_empty(film.get("year")) and (year is None or year % 1 or not 1888 <= year <= 2200):
            found.append(Refusal("not_a_year", {"position": position, "seen": film.get("year")}))
        if spec.choices and not is_empty(film.get("role")) and film.get("role") not in spec.choices:
            found.append(Refusal("not_a_choice", {"seen": film.get("role")}))
    return found


_CHECKS: dict[Kind, Callable[[QuestionSpec, object], list[Refusal]]] = {
    Kind.TEXT: _nothing,
    Kind.LONG_TEXT: _nothing,
    Kind.CHOICE: _check_choice,
    Kind.MANY: _check_many,
    Kind.NUMBER: _check_number,
    Kind.MONEY: _check_money,
    Kind.DATE: _check_date,
    Kind.COUNTRY: _check_country,
    Kind.LANGUAGE: _check_language,
    Kind.LINK: _check_link,
    Kind.FILE: _check_file,
    Kind.CONSENT: _nothing,
    Kind.FILMS: _check_films,
}


# -- limits


def measure(unit: Unit, kind: Kind, value: object) -> Decimal | None:
    """Return how much of `unit` an answer holds, or None where it does not say (a file of unknown length)."""
    if kind in _TEXTS:
        return Decimal(count(str(value), unit))
    if kind in _LISTS:
        return Decimal(len(_as_list(value)))
    if kind is Kind.NUMBER:
        return as_number(value)
    record = _as_record(value)
    if kind is Kind.MONEY:
        return as_number(record.get("amount"))
    if unit is Unit.MEGABYTES:
        size = as_number(record.get("size"))
        return None if size is None else size / MEGABYTE
    return as_number(record.get(unit.value))


def _against(limit: Limit, kind: Kind, value: object) -> list[Refusal]:
    if limit.unit not in MEASURES.get(kind, frozenset()):
        return []
    held = measure(limit.unit, kind, value)
    if held is None:
        return []
    over, under = _LIMIT_CODES[kind]
    if limit.maximum is not None and held > limit.maximum:
        return [_limit_refusal(over, limit, limit.maximum, held, over=held - limit.maximum)]
    if limit.minimum is not None and held < limit.minimum:
        return [_limit_refusal(under, limit, limit.minimum, held, under=limit.minimum - held)]
    return []


def _limit_refusal(code: str, limit: Limit, bound: int, held: Decimal, **by: Decimal) -> Refusal:
    amounts = {name: _plain(amount) for name, amount in {"count": held, **by}.items()}
    return Refusal(code, {"unit": limit.unit, "limit": bound, **amounts})


def _plain(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


_LIMIT_CODES: dict[Kind, tuple[str, str]] = {
    Kind.TEXT: ("too_long", "too_short"),
    Kind.LONG_TEXT: ("too_long", "too_short"),
    Kind.MANY: ("too_many", "too_few"),
    Kind.FILMS: ("too_many", "too_few"),
    Kind.NUMBER: ("too_large", "too_small"),
    Kind.MONEY: ("too_large", "too_small"),
    Kind.FILE: ("too_large", "too_small"),
}


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _as_record(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
