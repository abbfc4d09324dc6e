"""The ten shapes that real rules have, as a page fills them in: one or several parts, and how they are joined.

A part says which fact it looks at and what is filled in beside it; several may be joined to stand in the place of one.
`built` makes the definition that `regulations` reads; `taken_apart` reads one back, and says None to a rule with more
conditions, or deeper within one another, than a page has room for: that one is changed as text.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kinolab.calls.domain.branches import DEEPEST, MOST
from kinolab.calls.domain.regulations import COMBINING, Op, ReferenceDate, Rule, Scope
from kinolab.foundation.questions.domain.countries import COUNTRIES


class Shape(StrEnum):
    """What a part asks of its fact."""

    PLACE = "place"
    AGE = "age"
    CHOICE = "choice"
    AMOUNT = "amount"
    ORDINAL = "ordinal"
    DATE = "date"
    PRESENCE = "presence"
    SHARE = "share"
    TEAM = "team"
    HISTORY = "history"


class Join(StrEnum):
    """How the parts of a rule are joined."""

    ALL_OF = "all_of"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    IMPLIES = "implies"


class There(StrEnum):
    """What is asked of something that is there or not."""

    THERE = "there"
    YES = "yes"
    NO = "no"


class Past(StrEnum):
    """What is asked of what was before, or of what else there is."""

    DECISIONS = "decisions"
    ATTEMPTS = "attempts"
    OTHERS = "others"
    UNIQUE = "unique"


Filled = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its shape, its fact («project.runtime»), and what is filled in, by the name of the field."""

    shape: Shape
    fact: str
    filled: Filled = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts that stand in the place of one."""

    join: Join
    parts: tuple["Part | Joined", ...]

    @property
    def is_one(self) -> bool:
        """Whether it says no more than its only part."""
        return len(self.parts) == 1 and self.join in (Join.ALL_OF, Join.ANY_OF)


TEAM_FACT = "team.people"
COUNTRY_FIELDS = frozenset({"country", "residence", "citizenship", "nationality", "countries"})
LONG_AGO = "0001-01-01"


def built(code: str, parts: Sequence[Part | Joined], join: Join, **consequence: object) -> dict[str, Any]:
    """The definition of a rule. One part stands alone, but a consequence needs two."""
    return {"code": code} | consequence | definition(Joined(join, tuple(parts)))


def definition(part: Part | Joined) -> dict[str, Any]:
    """The definition of one part, or of several that are joined.

    What was not filled in stays out, for `regulations` to say what is missing.
    """
    if isinstance(part, Joined):
        if part.is_one:
            return definition(part.parts[0])
        return {"op": part.join.value, "children": [definition(one) for one in part.parts]}
    scope, _, name = (TEAM_FACT if part.shape is Shape.TEAM else part.fact).partition(".")
    return {"scope": scope, "field": name} | _BUILD[part.shape](part.filled)


def _op(op: Op, value: object = None, **more: object) -> dict[str, Any]:
    return {"op": op.value} | ({} if value is None else {"value": value}) | more


def _among(filled: Filled, values: object) -> dict[str, Any]:
    return _op(Op.NOT_IN if filled.get("none") else Op.IN, values)


def _place(filled: Filled) -> dict[str, Any]:
    if filled.get("set"):
        code, _, version = str(filled["set"]).partition("@")
        return _among(filled, {"set": code} | ({"version": version} if version else {}))
    return _among(filled, list(filled.get("countries") or ()))


def _age(filled: Filled) -> dict[str, Any]:
    bounds = [filled.get("least"), filled.get("most")]
    return _op(Op.AGE_BETWEEN_ON, bounds, reference_date=str(filled.get("on") or ReferenceDate.CALL_CLOSE.value))


def _amount(filled: Filled) -> dict[str, Any]:
    least, most = filled.get("least"), filled.get("most")
    if filled.get("count"):
        return _op(Op.COUNT_GTE, least)
    if most is None:
        return _op(Op.GTE, least)
    return _op(Op.LTE, most) if least is None else _op(Op.BETWEEN, [least, most])


def _date(filled: Filled) -> dict[str, Any]:
    first, last = filled.get("first"), filled.get("last")
    if not last:
        return _op(Op.NOT_BEFORE, first)
    return _op(Op.DATE_BETWEEN, [first or LONG_AGO, last])


def _presence(filled: Filled) -> dict[str, Any]:
    how = There(filled.get("how") or There.THERE)
    return _op(Op.EXISTS) if how is There.THERE else _op(Op.IN, [how is There.YES])


def _share(filled: Filled) -> dict[str, Any]:
    least, most = filled.get("least"), filled.get("most")
    if filled.get("of"):
        share = None if least is None else round(least / 100, 6)
        return _op(Op.RATIO_GTE, {"of": str(filled["of"]).partition(".")[2], "at_least": share})
    if least is None and most is None:
        return _op(Op.PCT_BETWEEN, [])
    return _op(Op.PCT_BETWEEN, [least or 0, 100 if most is None else most])


def _history(filled: Filled) -> dict[str, Any]:
    how, most = Past(filled.get("past") or Past.DECISIONS), filled.get("most")
    if how is Past.DECISIONS:
        return _op(Op.PREVIOUS_DECISION, list(filled.get("decisions") or ()))
    if how is Past.UNIQUE:
        return _op(Op.UNIQUE_IN_EDITION)
    return _op(Op.MAX_ATTEMPTS if how is Past.ATTEMPTS else Op.MAX_PER_PERSON, most)


_BUILD = {
    Shape.PLACE: _place,
    Shape.AGE: _age,
    Shape.CHOICE: lambda filled: _among(filled, list(filled.get("choices") or ())),
    Shape.AMOUNT: _amount,
    Shape.ORDINAL: lambda filled: _op(Op.ORDINAL_IN, list(filled.get("which") or ())),
    Shape.DATE: _date,
    Shape.PRESENCE: _presence,
    Shape.SHARE: _share,
    Shape.TEAM: lambda filled: _op(Op.DISTINCT_PERSONS, list(filled.get("roles") or ())),
    Shape.HISTORY: _history,
}


# -- back again


def taken_apart(rule: Rule) -> Joined | None:
    """The parts of a rule and how they are joined; None where a page has no room for them."""
    if _leaves(rule) > MOST or _deep(rule) > DEEPEST:
        return None
    found = _joined(rule)
    return found if isinstance(found, Joined) else Joined(Join.ALL_OF, (found,))


def _joined(rule: Rule) -> Part | Joined:
    if rule.op not in COMBINING:
        return _part(rule)
    return Joined(Join(rule.op.value), tuple(_joined(child) for child in rule.children))


def _leaves(rule: Rule) -> int:
    return sum(_leaves(child) for child in rule.children) if rule.op in COMBINING else 1


def _deep(rule: Rule) -> int:
    return 1 + max((_deep(child) for child in rule.children), default=0) if rule.op in COMBINING else 0


def _part(rule: Rule) -> Part:
    fact = f"{rule.scope}.{rule.field}"
    if rule.op in (Op.IN, Op.NOT_IN):
        return _part_among(rule, fact)
    if rule.op is Op.DISTINCT_PERSONS:
        return Part(Shape.TEAM, TEAM_FACT, {"roles": rule.value})
    shape, filled = _READ[rule.op](rule)
    return Part(shape, fact, filled)


_Read = tuple[Shape, dict[str, Any]]


def _read_bounds(shape: Shape, *names: str) -> Callable[[Rule], _Read]:
    """A reader of values that stand in a list, or alone, under these names."""

    def read(rule: Rule) -> _Read:
        values = rule.value if isinstance(rule.value, tuple) and len(names) > 1 else (rule.value,)
        return shape, dict(zip(names, values, strict=True))

    return read


def _read_past(past: Past, name: str = "most") -> Callable[[Rule], _Read]:
    return lambda rule: (Shape.HISTORY, {"past": past.value} | ({} if rule.value is None else {name: rule.value}))


def _read_age(rule: Rule) -> _Read:
    return Shape.AGE, _read_bounds(Shape.AGE, "least", "most")(rule)[1] | {"on": str(rule.reference_date)}


def _read_dates(rule: Rule) -> _Read:
    read = _read_bounds(Shape.DATE, "first", "last")(rule)[1]
    return Shape.DATE, {name: day for name, day in read.items() if day != LONG_AGO}


def _read_share(rule: Rule) -> _Read:
    whole = rule.value if isinstance(rule.value, Mapping) else {}
    percent = round(float(whole["at_least"]) * 100, 4)
    least = int(percent) if percent == int(percent) else percent
    return Shape.SHARE, {"of": f"{rule.scope}.{whole['of']}", "least": least}


_READ: dict[Op, Callable[[Rule], _Read]] = {
    Op.AGE_BETWEEN_ON: _read_age,
    Op.GTE: _read_bounds(Shape.AMOUNT, "least"),
    Op.LTE: _read_bounds(Shape.AMOUNT, "most"),
    Op.BETWEEN: _read_bounds(Shape.AMOUNT, "least", "most"),
    Op.COUNT_GTE: lambda rule: (Shape.AMOUNT, {"least": rule.value, "count": True}),
    Op.ORDINAL_IN: _read_bounds(Shape.ORDINAL, "which"),
    Op.NOT_BEFORE: _read_bounds(Shape.DATE, "first"),
    Op.DATE_BETWEEN: _read_dates,
    Op.RATIO_GTE: _read_share,
    Op.PCT_BETWEEN: _read_bounds(Shape.SHARE, "least", "most"),
    Op.EXISTS: lambda rule: (Shape.PRESENCE, {"how": There.THERE.value}),
    Op.PREVIOUS_DECISION: _read_past(Past.DECISIONS, "decisions"),
    Op.UNIQUE_IN_EDITION: _read_past(Past.UNIQUE),
    Op.MAX_ATTEMPTS: _read_past(Past.ATTEMPTS),
    Op.MAX_PER_PERSON: _read_past(Past.OTHERS),
}


def _part_among(rule: Rule, fact: str) -> Part:
    values: tuple[Any, ...] = rule.value if isinstance(rule.value, tuple) else ()
    none = {"none": True} if rule.op is Op.NOT_IN else {}
    if rule.named is not None:
        return Part(Shape.PLACE, fact, {"set": "@".join(rule.named)} | none)
    if len(values) == 1 and isinstance(values[0], bool):
        said = values[0] is not bool(none)
        return Part(Shape.PRESENCE, fact, {"how": (There.YES if said else There.NO).value})
    if fact.rpartition(".")[2] in COUNTRY_FIELDS and all(one in COUNTRIES for one in values):
        return Part(Shape.PLACE, fact, {"countries": values} | none)
    return Part(Shape.CHOICE, fact, {"choices": values} | none)


# -- facts that need no question

_OF_A_PERSON = frozenset(
    {
        "country",
        "residence",
        "citizenship",
        "birth_date",
        "gender",
        "films_made",
        "role",
        "organisation",
        "participated",
    }
)
BUILT_IN = frozenset(
    {
        *(f"person.{name}" for name in _OF_A_PERSON),
        "person.other_applications",
        "team.size",
        "team.roles",
        TEAM_FACT,
        "application.complete",
        "application.language",
        "application.strand",
        "application.without_project",
        "application.invitation_code",
        "application.late_code",
        "organisation.name",
        "organisation.country",
        "application.others",
        "history.attempts",
        "history.project_attempts",
        "history.decisions",
        "history.decisions_in_category",
        "history.participated",
    }
)


def needs_a_question(fact: str) -> bool:
    """Whether a fact is known only if a question of the form tells it."""
    scope, _, name = fact.partition(".")
    if scope == Scope.ROLE_HOLDER:
        return name.partition(".")[2] not in _OF_A_PERSON
    return fact not in BUILT_IN


def untold(rule: Rule, told: Iterable[str]) -> tuple[str, ...]:
    """The facts of a rule that no question tells any more: it will never say more than not known yet."""
    known = frozenset(told)
    return tuple(dict.fromkeys(fact for fact in _facts(rule) if fact not in known and needs_a_question(fact)))


def _facts(rule: Rule) -> Iterable[str]:
    if rule.op in COMBINING:
        return [fact for child in rule.children for fact in _facts(child)]
    if rule.op is Op.DISTINCT_PERSONS:
        return []
    whole = [f"{rule.scope}.{rule.value['of']}"] if isinstance(rule.value, Mapping) else []
    return [f"{rule.scope}.{rule.field}", *whole]
