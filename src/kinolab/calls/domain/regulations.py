"""What a call demands, as data: rules that a person can write in a file and a program can check.

The value that each operation takes, and the fact it looks at:

| op | value | fact | says yes when |
| --- | --- | --- | --- |
| in, not_in | list, or {set: NAME, version: YEAR} | value or list of values | it (one of them) is in the list / none is |
| gte, lte | number | number | at least / at most |
| between | [min, max] | number | within, bounds included |
| count_gte | whole number | list, or a number | so many or more |
| exists | none | anything | it is there and not empty |
| ordinal_in | list of whole numbers | how many came before, or their list | the next one's number is in the list |
| age_between_on | [min, max] | birth date | the age in full years on the reference date is within |
| date_between | [from, to] | date | within, both days included |
| not_before | date | date | on that day or later |
| ratio_gte | {of: FIELD, at_least: 0..1} | number | it is at least that share of the other field |
| pct_between | [min, max] in 0..100 | number | within |
| distinct_persons | list of roles | the people | every role can be given to somebody of their own |
| implies | none; two children | – | the first is not so, or the second is |
| any_of, all_of, none_of | none; children | – | one is so / each is so / none is |
| unique_in_edition | none | how many others are the same | none |
| max_per_person | whole number | how many others the person has | with this one no more than that |
| max_attempts | whole number | how many attempts were made before | with this one no more than that |
| previous_decision | list | list of earlier decisions | none of them is in the list |

Dates are written YYYY-MM-DD. `scope: role_holder` names the role in the field: `director.features`. A set is a named,
versioned list of countries (`country_sets`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeGuard, TypeVar

from kinolab.calls.domain import country_sets
from kinolab.foundation.questions.domain.countries import COUNTRIES
from kinolab.foundation.refusals import Refusal


class Severity(StrEnum):
    """What follows when a rule says no."""

    BLOCK_SUBMIT = "block_submit"
    BLOCK_REVIEW = "block_review"
    WARN = "warn"
    SCORE = "score"
    INFO = "info"


class Scope(StrEnum):
    """Of whom or what a rule speaks."""

    PERSON = "person"
    ROLE_HOLDER = "role_holder"
    TEAM = "team"
    PROJECT = "project"
    ORGANISATION = "organisation"
    APPLICATION = "application"
    HISTORY = "history"


class Op(StrEnum):
    """How a rule compares the fact with its value."""

    IN = "in"
    NOT_IN = "not_in"
    GTE = "gte"
    LTE = "lte"
    BETWEEN = "between"
    COUNT_GTE = "count_gte"
    EXISTS = "exists"
    ORDINAL_IN = "ordinal_in"
    AGE_BETWEEN_ON = "age_between_on"
    DATE_BETWEEN = "date_between"
    NOT_BEFORE = "not_before"
    RATIO_GTE = "ratio_gte"
    PCT_BETWEEN = "pct_between"
    DISTINCT_PERSONS = "distinct_persons"
    IMPLIES = "implies"
    ANY_OF = "any_of"
    ALL_OF = "all_of"
    NONE_OF = "none_of"
    UNIQUE_IN_EDITION = "unique_in_edition"
    MAX_PER_PERSON = "max_per_person"
    MAX_ATTEMPTS = "max_attempts"
    PREVIOUS_DECISION = "previous_decision"


class ReferenceDate(StrEnum):
    """The day on which a rule about age looks."""

    CALL_CLOSE = "call_close"
    EDITION_START = "edition_start"
    COMPLETION_DATE = "completion_date"


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand. `value` depends on `op`; `any_of`, `all_of`, `none_of` and `implies` have `children` and no field.

    `named` is the set of countries, and its version, that stood for the list in `value`.
    """

    code: str
    scope: Scope
    field: str
    op: Op
    value: object = None
    severity: Severity = Severity.BLOCK_REVIEW
    overridable: bool = True
    reference_date: ReferenceDate | None = None
    children: tuple["Rule", ...] = ()
    named: tuple[str, str] | None = None


COMBINING = frozenset({Op.ANY_OF, Op.ALL_OF, Op.NONE_OF, Op.IMPLIES})

_E = TypeVar("_E", bound=StrEnum)
_KEYS = frozenset(
    {"code", "scope", "field", "op", "value", "severity", "overridable", "reference_date", "children"},
)
_CHILD_KEYS = _KEYS - {"severity", "overridable"}
_NO_VALUE = COMBINING | {Op.EXISTS, Op.UNIQUE_IN_EDITION}
_DEEPEST = 4


def parse_rules(listed: object, path: str = "rules") -> tuple[Rule, ...] | list[Refusal]:
    """Read a list of rules; `path` is where it stands in the file. Codes must differ."""
    if not _is_list(listed):
        return [Refusal("not_a_list", {"path": path})]
    rules: list[Rule] = []
    wrong: list[Refusal] = []
    for position, one in enumerate(listed):
        read = parse_rule(one, f"{path}[{position}]")
        if isinstance(read, list):
            wrong += read
        elif any(rule.code == read.code for rule in rules):
            wrong.append(Refusal("duplicate_code", {"path": f"{path}[{position}]", "code": read.code}))
        else:
            rules.append(read)
    return wrong or tuple(rules)


def parse_rule(mapping: object, path: str = "rule") -> Rule | list[Refusal]:
    """Read one rule as written in a programme file, or say everything that is wrong and where.

    Texts for people (message, source) are not part of a rule: the caller takes them out first. Children need no code
    (theirs is the parent's with a number), and take severity and overridable from the parent.
    """
    return _parse(mapping, path, None, 1)


def to_mapping(rule: Rule) -> dict[str, object]:
    """Write a rule as `parse_rule` reads it, without what it would fill in by itself."""
    written = _child_mapping(rule) | {"severity": rule.severity.value}
    if not rule.overridable:
        written["overridable"] = False
    return written


def _child_mapping(rule: Rule) -> dict[str, object]:
    written: dict[str, object] = {"code": rule.code, "scope": rule.scope.value, "op": rule.op.value}
    if rule.op in COMBINING:
        return written | {"children": [_child_mapping(child) for child in rule.children]}
    written["field"] = rule.field
    if rule.named is not None:
        written["value"] = _set_mapping(rule.named, rule.value)
    elif rule.value is not None:
        written["value"] = list(rule.value) if isinstance(rule.value, tuple) else rule.value
    if rule.reference_date is not None:
        written["reference_date"] = rule.reference_date.value
    return written


def _set_mapping(named: tuple[str, str], countries: object) -> dict[str, object]:
    code, version = named
    written: dict[str, object] = {"set": code, "version": version}
    ours = country_sets.find(code, version)
    if ours is not None and ours.countries == countries:
        return written
    return written | {"countries": list(countries) if isinstance(countries, tuple) else []}


def _parse(given: object, path: str, parent: tuple[str, Severity, bool] | None, depth: int) -> Rule | list[Refusal]:
    if not isinstance(given, Mapping):
        return [Refusal("not_a_mapping", {"path": path})]
    allowed = _KEYS if parent is None else _CHILD_KEYS
    wrong = [Refusal("unknown_key", {"path": path, "key": str(key)}) for key in given if key not in allowed]
    op = _one_of(Op, given.get("op"), "unknown_op", path, wrong)
    code = given.get("code", parent[0] if parent else None)
    if not isinstance(code, str) or not code.strip():
        wrong.append(Refusal("missing_key", {"path": path, "key": "code"}))
        code = ""
    severity, overridable = _consequence(given, path, parent, wrong)
    if op is None:
        return wrong
    scope = _one_of(Scope, given.get("scope", Scope.APPLICATION), "unknown_scope", path, wrong) or Scope.APPLICATION
    field, reference, named = "", None, None
    value = given.get("value")
    if op in (Op.IN, Op.NOT_IN) and isinstance(value, Mapping):
        named, value = _named_set(value, path, wrong)
    if op in COMBINING:
        wrong += [
            Refusal("key_not_for_op", {"path": path, "key": key, "op": op})
            for key in ("field", "value", "reference_date")
            if key in given
        ]
        children = _children(op, given.get("children"), path, (code, severity, overridable), depth, wrong)
    else:
        field, reference = _subject(given, scope, path, wrong)
        children = ()
        if "children" in given:
            wrong.append(Refusal("key_not_for_op", {"path": path, "key": "children", "op": op}))
        why = _why_impossible(op, value, reference)
        if why is not None and value is not _REFUSED:
            wrong.append(Refusal("impossible_rule", {"path": path, "why": why}))
    return wrong or Rule(code, scope, field, op, _kept(value), severity, overridable, reference, children, named)


_REFUSED: tuple[str, ...] = ("",)  # stands for countries that were refused already
_SET_KEYS = frozenset({"set", "version", "countries"})


def _named_set(
    given: Mapping[str, object], path: str, wrong: list[Refusal]
) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    """The name and version of a set with its countries: those that stand there, else those we know."""
    code, version, listed = given.get("set"), given.get("version"), given.get("countries")
    said = "" if version is None else str(version)
    if not isinstance(code, str) or not set(given) <= _SET_KEYS:
        wrong.append(Refusal("impossible_rule", {"path": path, "why": "set_needed"}))
    elif listed is not None:
        good = _is_list(listed) and listed and all(isinstance(one, str) and one in COUNTRIES for one in listed) and said
        if good and _is_list(listed):
            return (code, said), tuple(str(one) for one in listed)
        wrong.append(Refusal("impossible_rule", {"path": path, "why": "countries_needed"}))
    else:
        found = country_sets.find(code, said)
        if found is not None:
            return (code, found.version), found.countries
        wrong.append(Refusal("unknown_set", {"path": path, "seen": f"{code} {said}".strip()}))
    return None, _REFUSED


def _consequence(
    given: Mapping[str, object], path: str, parent: tuple[str, Severity, bool] | None, wrong: list[Refusal]
) -> tuple[Severity, bool]:
    if parent is not None:
        return parent[1], parent[2]
    named = given.get("severity", Severity.BLOCK_REVIEW)
    severity = _one_of(Severity, named, "unknown_severity", path, wrong) or Severity.BLOCK_REVIEW
    overridable = given.get("overridable", True)
    if not isinstance(overridable, bool):
        wrong.append(Refusal("not_yes_or_no", {"path": path, "key": "overridable"}))
    return severity, bool(overridable)


def _subject(
    given: Mapping[str, object], scope: Scope, path: str, wrong: list[Refusal]
) -> tuple[str, ReferenceDate | None]:
    if "scope" not in given:
        wrong.append(Refusal("missing_key", {"path": path, "key": "scope"}))
    field = given.get("field")
    if not isinstance(field, str) or not field.strip():
        wrong.append(Refusal("missing_key", {"path": path, "key": "field"}))
        field = ""
    elif scope is Scope.ROLE_HOLDER and not all(part.strip() for part in (field + ".").split(".")[:2]):
        wrong.append(Refusal("role_not_named", {"path": path, "field": field}))
    reference = given.get("reference_date")
    if reference is None:
        return field, None
    return field, _one_of(ReferenceDate, reference, "unknown_reference_date", path, wrong)


def _children(
    op: Op, listed: object, path: str, parent: tuple[str, Severity, bool], depth: int, wrong: list[Refusal]
) -> tuple[Rule, ...]:
    if not _is_list(listed) or not listed:
        wrong.append(Refusal("impossible_rule", {"path": path, "why": "children_missing"}))
        return ()
    if op is Op.IMPLIES and len(listed) != 2:
        wrong.append(Refusal("impossible_rule", {"path": path, "why": "two_children_needed"}))
    if depth >= _DEEPEST:
        wrong.append(Refusal("impossible_rule", {"path": path, "why": "too_deep"}))
        return ()
    read: list[Rule] = []
    for position, one in enumerate(listed):
        code = f"{parent[0]}.{position + 1}"
        child = _parse(one, f"{path}.children[{position}]", (code, parent[1], parent[2]), depth + 1)
        if isinstance(child, list):
            wrong += child
        else:
            read.append(child)
    return tuple(read)


def _one_of(kind: type[_E], named: object, code: str, path: str, wrong: list[Refusal]) -> _E | None:
    try:
        return kind(str(named))
    except ValueError:
        wrong.append(Refusal(code, {"path": path, "seen": named}))
        return None


# -- which values are possible


def _why_impossible(op: Op, value: object, reference: ReferenceDate | None) -> str | None:
    """Return why no fact could ever be judged by this value, as a short code; None means it can."""
    if (reference is not None) != (op is Op.AGE_BETWEEN_ON):
        return "reference_date_needed" if reference is None else "reference_date_unused"
    if op in _NO_VALUE:
        return None if value is None else "no_value_taken"
    if op in (Op.GTE, Op.LTE):
        return None if _is_number(value) else "number_needed"
    if op in (Op.COUNT_GTE, Op.MAX_PER_PERSON, Op.MAX_ATTEMPTS):
        return None if _is_whole(value) and value >= 1 else "whole_number_needed"
    if op in (Op.BETWEEN, Op.AGE_BETWEEN_ON, Op.PCT_BETWEEN):
        return _why_bad_range(value, percent=op is Op.PCT_BETWEEN)
    if op is Op.DATE_BETWEEN:
        return _why_bad_dates(value)
    if op is Op.NOT_BEFORE:
        return None if as_day(value) else "date_needed"
    if op is Op.RATIO_GTE:
        return _why_bad_ratio(value)
    return _why_bad_list(op, value)


def as_day(value: object) -> date | None:
    """Read a date, or YYYY-MM-DD; else None. YAML readers give either."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _why_bad_range(value: object, *, percent: bool) -> str | None:
    if not _is_list(value) or len(value) != 2 or not all(_is_number(bound) for bound in value):
        return "two_numbers_needed"
    low, high = value
    if low > high:
        return "minimum_above_maximum"
    if percent and (low < 0 or high > 100):
        return "percent_out_of_range"
    return None


def _why_bad_dates(value: object) -> str | None:
    if not _is_list(value) or len(value) != 2:
        return "two_dates_needed"
    first, last = as_day(value[0]), as_day(value[1])
    if first is None or last is None:
        return "two_dates_needed"
    return "minimum_above_maximum" if first > last else None


def _why_bad_ratio(value: object) -> str | None:
    if not isinstance(value, Mapping) or set(value) != {"of", "at_least"}:
        return "ratio_needed"
    if not isinstance(value["of"], str) or not value["of"] or not _is_number(value["at_least"]):
        return "ratio_needed"
    return None if 0 <= value["at_least"] <= 1 else "ratio_out_of_range"


def _why_bad_list(op: Op, value: object) -> str | None:
    if not _is_list(value):
        return "list_needed"
    if not value:
        return "empty_list"
    if not all(isinstance(entry, str | int | float | bool) for entry in value):
        return "plain_values_needed"
    if len(set(value)) < len(value):
        return "repeated_value"
    if op is Op.ORDINAL_IN and not all(_is_whole(entry) and entry >= 1 for entry in value):
        return "whole_numbers_needed"
    if op is Op.DISTINCT_PERSONS and not (len(value) > 1 and all(isinstance(entry, str) for entry in value)):
        return "two_roles_needed"
    return None


def _kept(value: object) -> object:
    """Return a value as a rule keeps it: unchangeable lists, dates as text."""
    if _is_list(value):
        return tuple(_kept(entry) for entry in value)
    day = as_day(value) if isinstance(value, date) else None
    return value if day is None else day.isoformat()


def _is_list(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, list | tuple)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
