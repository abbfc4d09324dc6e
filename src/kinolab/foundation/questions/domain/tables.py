"""Answers that are lists of entries with parts: previous films, people, a finance plan.

A question may ask for fewer columns than its kind knows; each kind has those without which an entry says nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kinolab.foundation.questions.domain.countries import COUNTRIES
from kinolab.foundation.questions.domain.kinds import Kind, QuestionSpec, as_list, as_number, as_record, is_empty
from kinolab.foundation.questions.domain.links import is_address
from kinolab.foundation.refusals import Refusal


class Sort(StrEnum):
    """How a part of an entry is written."""

    TEXT = "text"
    YEAR = "year"
    NUMBER = "number"
    AMOUNT = "amount"
    CURRENCY = "currency"
    ROLE = "role"
    COUNTRY = "country"
    LINK = "link"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Column:
    """One part of every entry."""

    name: str
    sort: Sort
    needed: bool = True


REQUESTED, CONFIRMED = "requested", "confirmed"
STATUSES = (REQUESTED, CONFIRMED)

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.FILMS: (
        Column("title", Sort.TEXT),
        Column("year", Sort.YEAR),
        Column("role", Sort.ROLE),
        Column("runtime", Sort.NUMBER, needed=False),
        Column("festivals", Sort.TEXT, needed=False),
    ),
    Kind.PERSON: (
        Column("name", Sort.TEXT),
        Column("role", Sort.ROLE),
        Column("country", Sort.COUNTRY, needed=False),
        Column("link", Sort.LINK, needed=False),
        Column("about", Sort.TEXT, needed=False),
    ),
    Kind.FINANCE_PLAN: (
        Column("source", Sort.TEXT),
        Column("amount", Sort.AMOUNT),
        Column("currency", Sort.CURRENCY),
        Column("status", Sort.STATUS),
        Column("proof", Sort.TEXT, needed=False),
    ),
}
# What is asked where the question does not say.
USUAL: dict[Kind, tuple[str, ...]] = {
    Kind.FILMS: ("title", "year", "role"),
    Kind.PERSON: ("name", "role", "country", "link"),
    Kind.FINANCE_PLAN: ("source", "amount", "currency", "status", "proof"),
}
# Without these an entry says nothing, so every question of the kind asks for them.
ALWAYS: dict[Kind, tuple[str, ...]] = {
    Kind.FILMS: ("title",),
    Kind.PERSON: ("name",),
    Kind.FINANCE_PLAN: ("source", "amount", "currency", "status"),
}
TABLES = frozenset(COLUMNS)


def columns_of(kind: Kind, details: Mapping[str, object]) -> tuple[Column, ...]:
    """The columns that a question asks for, in their own order."""
    said = [str(one) for one in as_list(details.get("columns"))]
    asked = {*said, *ALWAYS[kind]} if said else set(USUAL[kind])
    return tuple(column for column in COLUMNS[kind] if column.name in asked)


def column_problems(spec: QuestionSpec) -> list[Refusal]:
    """Say which columns the kind does not know."""
    known = {column.name for column in COLUMNS[spec.kind]}
    said = (str(one) for one in as_list(spec.details.get("columns")))
    return [Refusal("unknown_column", {"question": spec.key, "column": one}) for one in said if one not in known]


def table_problems(spec: QuestionSpec, value: object) -> list[Refusal]:
    """Return what is wrong in the entries, by their place."""
    asked = columns_of(spec.kind, spec.details)
    found = []
    for position, entry in enumerate(as_list(value), start=1):
        parts = as_record(entry)
        for column in asked:
            said = parts.get(column.name)
            if is_empty(said):
                if column.needed:
                    found.append(Refusal(_INCOMPLETE[spec.kind], {"position": position, "part": column.name}))
            else:
                found += _part_problems(spec, column, position, said)
    return found


_INCOMPLETE = {
    Kind.FILMS: "film_incomplete",
    Kind.PERSON: "person_incomplete",
    Kind.FINANCE_PLAN: "source_incomplete",
}


def _part_problems(spec: QuestionSpec, column: Column, position: int, said: object) -> list[Refusal]:
    if _is_good(spec, column.sort, said):
        return []
    code = _MISREAD[column.sort]
    return [Refusal(code, {"seen": said} if code == "not_a_choice" else {"position": position, "seen": said})]


_MISREAD = {
    Sort.YEAR: "not_a_year",
    Sort.NUMBER: "not_a_number_in_row",
    Sort.AMOUNT: "not_an_amount_in_row",
    Sort.CURRENCY: "bad_currency_in_row",
    Sort.ROLE: "not_a_choice",
    Sort.COUNTRY: "bad_country_in_row",
    Sort.LINK: "not_a_link_in_row",
    Sort.STATUS: "bad_status",
}


def _is_good(spec: QuestionSpec, sort: Sort, said: object) -> bool:
    if sort is Sort.ROLE:
        return not spec.choices or said in spec.choices
    if sort is Sort.CURRENCY:
        return is_currency(said) and (not spec.choices or said in spec.choices)
    if sort in (Sort.YEAR, Sort.NUMBER, Sort.AMOUNT):
        number = as_number(said)
        if number is None or number < 0:
            return False
        return sort is not Sort.YEAR or (number % 1 == 0 and 1888 <= number <= 2200)
    if sort is Sort.COUNTRY:
        return said in COUNTRIES
    if sort is Sort.STATUS:
        return said in STATUSES
    return sort is not Sort.LINK or is_address(str(said))


def is_currency(said: object) -> bool:
    """Whether it is written as three capital letters."""
    return isinstance(said, str) and len(said) == 3 and said.isascii() and said.isupper() and said.isalpha()


@dataclass(frozen=True, slots=True)
class Plan:
    """A finance plan summed up in one currency."""

    currency: str
    total: Decimal
    confirmed: Decimal

    @property
    def percent(self) -> Decimal:
        """How much of it is confirmed, in percent with one decimal, rounded down: 100 only when all is."""
        return (self.confirmed * 1000 / self.total) // 1 / 10 if self.total else Decimal(0)


def plans(value: object) -> list[Plan]:
    """A finance plan by currency, in the order in which they are named. Entries without a readable amount are left out.

    Sums of different currencies are never added up: what one is worth in another is nobody's to guess.
    """
    sums: dict[str, list[Decimal]] = {}
    for entry in as_list(value):
        parts = as_record(entry)
        amount, currency = as_number(parts.get("amount")), parts.get("currency")
        if amount is not None and amount >= 0 and is_currency(currency):
            held = sums.setdefault(str(currency), [Decimal(0), Decimal(0)])
            held[0] += amount
            held[1] += amount if parts.get("status") == CONFIRMED else 0
    return [Plan(currency, total, confirmed) for currency, (total, confirmed) in sums.items()]


def plan_facts(value: object) -> dict[str, float]:
    """What a plan tells the rules: confirmed, total and percent; nothing while it has several currencies."""
    summed = plans(value)
    if len(summed) != 1 or not summed[0].total:
        return {}
    plan = summed[0]
    return {"total": float(plan.total), "confirmed": float(plan.confirmed), "percent": float(plan.percent)}


def rows_of(value: object, columns: Iterable[Column]) -> list[list[str]]:
    """The entries as rows of text in the order of the columns."""
    names = [column.name for column in columns]
    return [
        ["" if (said := as_record(entry).get(name)) is None else str(said) for name in names]
        for entry in as_list(value)
    ]
