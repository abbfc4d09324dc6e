"""Kinds of question, the shape of their answers, and what is wrong with an answer.

Values are JSON-able. What somebody is in the middle of typing must be storable, so the *shape* is generous and
`problems` is strict:

| kind | value |
| --- | --- |
| text, long_text | str; {language: str} where the question asks in several languages |
| choice | str: the key of a choice |
| many | list of str |
| number | int, float, or str as typed ("12,5") |
| money | {"amount": str or number, "currency": str: three capital letters} |
| date | str: YYYY-MM-DD; YYYY-MM or YYYY where the question takes them |
| country | str: ISO 3166-1 alpha-2 |
| language | str: BCP 47, as "ky" or "uz-Cyrl" |
| link | str: http or https; {"url", "password", "kind", "minutes"} where more than an address is asked |
| file | {"code": str, "name": str, "kind": str, "size": int (bytes), "pages": int, "minutes": number}; only code is needed |
| consent | bool as typed; kept as {"agreed": true, "version": int, "at": instant, "by": int, "name": str, "language": str} |
| films, person, finance_plan | list of records: see `tables` |
| modules | list of str: the keys of the modules that are ticked |

None stands for no answer in every kind. `choices`, where given, also narrow country, language, the role in a film or
of a person, the currency of money and of a plan, and say what a video may be.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from kinolab.foundation.questions.domain.counting import TEXT_UNITS, Unit, count
from kinolab.foundation.questions.domain.countries import COUNTRIES
from kinolab.foundation.questions.domain.kinds import (
    FILE_KINDS,
    Kind,
    Limit,
    QuestionSpec,
    as_list,
    as_number,
    as_record,
    is_empty,
)
from kinolab.foundation.questions.domain.links import PARTS, link_of, link_problems, minutes_by_kind
from kinolab.foundation.questions.domain.tables import (
    COLUMNS,
    TABLES,
    column_problems,
    is_currency,
    table_problems,
)
from kinolab.foundation.refusals import Refusal

__all__ = [
    "DETAILS", "HARD_ITEMS", "HARD_MAXIMUM", "MEASURES", "MEGABYTE", "PRECISIONS", "Kind", "Limit", "QuestionSpec",
    "as_number", "is_empty", "measure", "problems", "shape_problem", "spec_problems",
]  # fmt: skip

HARD_MAXIMUM = 100_000  # code points in one text: beyond it nothing is stored, draft or not
HARD_ITEMS = 200  # entries in one list
MEGABYTE = 1_000_000  # bytes
PRECISIONS = ("day", "month", "year")

_SIZES = frozenset({Unit.PAGES, Unit.MINUTES, Unit.MEGABYTES, Unit.ITEMS})

# What a limit on each kind of question may be measured in.
MEASURES: dict[Kind, frozenset[Unit]] = {
    Kind.TEXT: TEXT_UNITS,
    Kind.LONG_TEXT: TEXT_UNITS,
    Kind.MANY: frozenset({Unit.ITEMS}),
    Kind.MODULES: frozenset({Unit.ITEMS}),
    **dict.fromkeys(TABLES, frozenset({Unit.ITEMS})),
    Kind.LINK: frozenset({Unit.MINUTES}),
    Kind.NUMBER: _SIZES,
    Kind.MONEY: frozenset({Unit.ITEMS}),
    Kind.FILE: frozenset({Unit.PAGES, Unit.MINUTES, Unit.MEGABYTES}),
}

_NEEDS_CHOICES = frozenset({Kind.CHOICE, Kind.MANY})
_TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
_WORDLIKE = frozenset({*_TEXTS, Kind.CHOICE, Kind.DATE, Kind.COUNTRY, Kind.LANGUAGE, Kind.LINK})
_PICKED = frozenset({Kind.MANY, Kind.MODULES})
_LISTS = _PICKED | TABLES
_PARTS: dict[Kind, frozenset[str]] = {
    Kind.MONEY: frozenset({"amount", "currency"}),
    Kind.FILE: frozenset({"code", "name", "kind", "size", "pages", "minutes"}),
    Kind.LINK: frozenset(PARTS),
    Kind.CONSENT: frozenset({"agreed", "version", "at", "by", "name", "language"}),
}
# What the details of each kind may say.
DETAILS: dict[Kind, frozenset[str]] = {
    **dict.fromkeys(_TEXTS, frozenset({"languages"})),
    **dict.fromkeys(TABLES, frozenset({"columns"})),
    Kind.DATE: frozenset({"precision"}),
    Kind.LINK: frozenset({"password", "minutes"}),
    Kind.FILE: frozenset({"accepts"}),
    Kind.CONSENT: frozenset({"version"}),
}

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_ISO_DATE = {"day": re.compile(r"\d{4}-\d{2}-\d{2}"), "month": re.compile(r"\d{4}-\d{2}"), "year": re.compile(r"\d{4}")}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


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
    units = [limit.unit for limit in spec.limits]
    found += [Refusal("unit_twice", {"unit": unit}) for unit in dict.fromkeys(units) if units.count(unit) > 1]
    return found + _detail_problems(spec)


def _detail_problems(spec: QuestionSpec) -> list[Refusal]:
    known = DETAILS.get(spec.kind, frozenset())
    found = [
        Refusal("unknown_detail", {"question": spec.key, "detail": one}) for one in spec.details if one not in known
    ]
    if found:
        return found
    if spec.kind in COLUMNS:
        return column_problems(spec)
    if spec.kind is Kind.FILE:
        return _accepts_problems(spec)
    if spec.kind is Kind.DATE and spec.precision not in PRECISIONS:
        found.append(Refusal("unknown_precision_of_date", {"seen": spec.precision}))
    found += [Refusal("bad_language", {"seen": one}) for one in spec.languages if not _LANGUAGE.fullmatch(one)]
    for kind, most in minutes_by_kind(spec.details).items():
        number = as_number(most)
        if kind not in spec.choices or number is None or number <= 0:
            found.append(Refusal("bad_minutes", {"question": spec.key, "choice": kind}))
    return found


def _accepts_problems(spec: QuestionSpec) -> list[Refusal]:
    said = spec.details.get("accepts", [])
    listed = [str(one) for one in as_list(said)]
    wrong = [Refusal("unknown_file_kind", {"seen": one}) for one in listed if one not in FILE_KINDS]
    if wrong or not isinstance(said, list):
        return wrong or [Refusal("unknown_file_kind", {"seen": str(said)})]
    units = {one.unit for one in spec.limits}
    if Unit.MINUTES in units and not {"video", "sound"} & set(spec.accepts):
        wrong.append(Refusal("minutes_of_no_film"))
    if Unit.PAGES in units and "pdf" not in spec.accepts:
        wrong.append(Refusal("pages_of_no_pdf"))
    return wrong


def shape_problem(spec: QuestionSpec, value: object) -> Refusal | None:
    """Say why a value may not even be stored in a draft: the wrong type, unstorable characters, far too much."""
    if value is None:
        return None
    if not _has_shape(spec, value):
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
    if spec.languages:
        return [refusal for language in spec.languages for refusal in _problems_in(spec, value, language)]
    wrong = _CHECKS[spec.kind](spec, value)
    return wrong or [refusal for limit in spec.limits for refusal in _against(limit, spec.kind, value)]


def _problems_in(spec: QuestionSpec, value: object, language: str) -> list[Refusal]:
    """What is wrong with one language of a text that is asked in several."""
    text = text_in(value, language, spec.languages)
    if is_empty(text):
        return [Refusal("language_missing", {"in_language": language})] if spec.required else []
    found = [refusal for limit in spec.limits for refusal in _against(limit, spec.kind, text)]
    codes = {"too_long": "too_long_in", "too_short": "too_short_in"}
    return [Refusal(codes[one.code], {**one.facts, "in_language": language}) for one in found]


def text_in(value: object, language: str, languages: tuple[str, ...]) -> str:
    """A text in one of its languages; a text that was written as one stands in the first."""
    if isinstance(value, str):
        return value if language == languages[0] else ""
    return str(as_record(value).get(language) or "")


# -- shapes


def _has_shape(spec: QuestionSpec, value: object) -> bool:
    kind = spec.kind
    if kind in _TEXTS and isinstance(value, dict):
        return bool(spec.languages) and all(
            name in spec.languages and isinstance(part, str) for name, part in value.items()
        )
    if kind is Kind.CONSENT and isinstance(value, bool):
        return True
    if kind in _WORDLIKE and isinstance(value, str):
        return True
    if kind in _LISTS:
        return isinstance(value, list) and all(_is_entry(kind, entry) for entry in value)
    if kind in _PARTS:
        return _is_record(value, _PARTS[kind], flags=kind is Kind.CONSENT)
    return kind is Kind.NUMBER and _is_scalar(value)


def _is_entry(kind: Kind, entry: object) -> bool:
    if kind in _PICKED:
        return isinstance(entry, str)
    return _is_record(entry, frozenset(column.name for column in COLUMNS[kind]))


def _is_record(value: object, parts: frozenset[str], *, flags: bool = False) -> bool:
    return isinstance(value, dict) and all(
        name in parts and (part is None or _is_scalar(part) or (flags and isinstance(part, bool)))
        for name, part in value.items()
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
    chosen = as_list(value)
    unknown = [Refusal("not_a_choice", {"seen": one}) for one in chosen if one not in spec.choices]
    repeated = sorted({str(one) for one in chosen if chosen.count(one) > 1})
    return unknown + [Refusal("chosen_twice", {"seen": one}) for one in repeated]


def _check_number(spec: QuestionSpec, value: object) -> list[Refusal]:
    return [Refusal("not_a_number", {"seen": value})] if as_number(value) is None else []


def _check_money(spec: QuestionSpec, value: object) -> list[Refusal]:
    money = as_record(value)
    amount, currency = as_number(money.get("amount")), str(money.get("currency") or "")
    found = []
    if amount is None or amount < 0:
        found.append(Refusal("not_an_amount", {"seen": money.get("amount")}))
    if not is_currency(currency) or (spec.choices and currency not in spec.choices):
        found.append(Refusal("bad_currency", {"seen": currency}))
    return found


def _check_date(spec: QuestionSpec, value: object) -> list[Refusal]:
    text = str(value)
    taken = PRECISIONS[: PRECISIONS.index(spec.precision) + 1] if spec.precision in PRECISIONS else PRECISIONS[:1]
    # fromisoformat alone also takes week dates and dates without hyphens.
    written = next((one for one in PRECISIONS if _ISO_DATE[one].fullmatch(text)), "")
    try:
        good = bool(written) and bool(date.fromisoformat(text + "-01" * PRECISIONS.index(written)))
    except ValueError:
        good = False
    if not good:
        return [Refusal("not_a_date", {"seen": text})]
    return [] if written in taken else [Refusal("date_not_exact", {"seen": text})]


def _check_country(spec: QuestionSpec, value: object) -> list[Refusal]:
    if value not in COUNTRIES:
        return [Refusal("bad_country", {"seen": value})]
    return _check_choice(spec, value) if spec.choices else []


def _check_language(spec: QuestionSpec, value: object) -> list[Refusal]:
    if not _LANGUAGE.fullmatch(str(value)):
        return [Refusal("bad_language", {"seen": value})]
    return _check_choice(spec, value) if spec.choices else []


def _check_file(spec: QuestionSpec, value: object) -> list[Refusal]:
    file = as_record(value)
    if is_empty(file.get("code")):
        return [Refusal("required_missing")]
    other = file.get("kind", spec.accepts[0]) not in spec.accepts
    return [Refusal("file_kind_not_taken", {"name": file.get("name", "")})] if other else []


def _check_consent(spec: QuestionSpec, value: object) -> list[Refusal]:
    """A consent to another version of the text is not a consent to this one."""
    version = as_record(value).get("version", spec.text_version)
    return [] if version == spec.text_version else [Refusal("consent_changed", {"version": spec.text_version})]


def _check_modules(spec: QuestionSpec, value: object) -> list[Refusal]:
    left = [one for one in spec.needed if one not in as_list(value)]
    return [Refusal("module_missing", {"count": len(left)})] if left else []


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
    Kind.LINK: link_problems,
    Kind.FILE: _check_file,
    Kind.CONSENT: _check_consent,
    Kind.MODULES: _check_modules,
    **dict.fromkeys(TABLES, table_problems),
}


# -- limits


def measure(unit: Unit, kind: Kind, value: object) -> Decimal | None:
    """Return how much of `unit` an answer holds, or None where it does not say (a file of unknown length)."""
    if kind in _TEXTS:
        return Decimal(count(str(value), unit))
    if kind in _LISTS:
        return Decimal(len(as_list(value)))
    if kind is Kind.NUMBER:
        return as_number(value)
    if kind is Kind.LINK:
        return link_of(value).minutes
    record = as_record(value)
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
    **dict.fromkeys(_LISTS, ("too_many", "too_few")),
    Kind.LINK: ("too_large", "too_small"),
    Kind.NUMBER: ("too_large", "too_small"),
    Kind.MONEY: ("too_large", "too_small"),
    Kind.FILE: ("too_large", "too_small"),
}
