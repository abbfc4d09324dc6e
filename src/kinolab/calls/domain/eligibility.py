"""Facts against regulations: findings that say yes, no or unknown, each with its reason.

Logic is three-valued (Kleene): what is not known is neither yes nor no, and a combination is decided as soon as the
known parts decide it. The same function answers the public checker, with the few facts a visitor gives, and the
office, with everything the dossier holds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kinolab.calls.domain.regulations import COMBINING, Op, ReferenceDate, Rule, Scope, Severity, as_day
from kinolab.foundation.refusals import Refusal


class Outcome(StrEnum):
    """What a rule says about an application; unknown is never no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class SoFar(tuple[object, ...]):
    """Values of which more may become known: what is not among them may still come, so it is not a no yet."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team: the roles they hold in the project, and what is known of them by field."""

    key: str
    roles: frozenset[str]
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known: `values` by key («project.runtime»), and the people.

    Absent or None means unknown. Without people, a rule about a person reads `person.FIELD`, one about whoever holds
    a role `role_holder.ROLE.FIELD`, and distinct_persons `team.FIELD` as yes or no: so a visitor's answers suffice.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says, the value it saw (None where unknown or several), and why not."""

    rule_code: str
    outcome: Outcome
    value_seen: object
    reason: Refusal | None
    severity: Severity


class Asks(StrEnum):
    """What kind of answer a quick question takes."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class QuickQuestion:
    """One fact that the public checker asks: its key in `Facts.values`, the kind of answer, known options.

    `options` are the values that rules name; other answers are possible (another country).
    """

    key: str
    asks: Asks
    options: tuple[str, ...] = ()


_Judged = tuple[Outcome, object, Refusal | None]
_Dates = Mapping[ReferenceDate, date]


def check(rules: Iterable[Rule], facts: Facts, reference_dates: _Dates) -> list[Finding]:
    """Judge every rule, in order."""
    return [_finding(rule, _judge(rule, facts, reference_dates)) for rule in rules]


def verdict(findings: Iterable[Finding], severities: frozenset[Severity]) -> Outcome:
    """Sum up the findings of these severities: no if one says no, else unknown if one is unknown, else yes."""
    return _all_of([finding.outcome for finding in findings if finding.severity in severities])


def fact_keys(rule: Rule) -> tuple[str, ...]:
    """Return the keys of the facts that a rule looks at, its children's included."""
    if rule.op in COMBINING:
        return tuple(key for child in rule.children for key in fact_keys(child))
    key = f"{rule.scope}.{rule.field}"
    if rule.op is Op.RATIO_GTE:
        return key, f"{rule.scope}.{_mapping(rule.value)['of']}"
    return (key,)


def quick_questions(rules: Iterable[Rule]) -> tuple[QuickQuestion, ...]:
    """Return what the public checker asks: each fact once, in the order of the rules.

    Not asked: what only the lab's own records know (history, other applications of this edition), and whatever
    merely informs or scores.
    """
    asked: dict[str, QuickQuestion] = {}
    for leaf in _leaves(rule for rule in rules if rule.severity not in _NOT_ASKED):
        if leaf.scope is Scope.HISTORY or leaf.op in _FROM_RECORDS:
            continue
        for key in fact_keys(leaf):
            options = _options(leaf)
            if key in asked:
                before = asked[key]
                merged = dict.fromkeys((*before.options, *options))
                asked[key] = QuickQuestion(key, before.asks, tuple(merged))
            else:
                asked[key] = QuickQuestion(key, _asks(leaf), options)
    return tuple(asked.values())


_NOT_ASKED = frozenset({Severity.SCORE, Severity.INFO})
_FROM_RECORDS = frozenset({Op.UNIQUE_IN_EDITION, Op.MAX_PER_PERSON, Op.MAX_ATTEMPTS, Op.PREVIOUS_DECISION})
_LISTING = frozenset({Op.IN, Op.NOT_IN})


def _leaves(rules: Iterable[Rule]) -> Iterable[Rule]:
    for rule in rules:
        if rule.op in COMBINING:
            yield from _leaves(rule.children)
        else:
            yield rule


def _options(rule: Rule) -> tuple[str, ...]:
    return tuple(str(one) for one in _sequence(rule.value)) if _asks(rule) is Asks.CHOICE else ()


def _asks(rule: Rule) -> Asks:
    if rule.op in _LISTING:
        yes_no = all(isinstance(one, bool) for one in _sequence(rule.value))
        return Asks.YES_NO if yes_no else Asks.CHOICE
    if rule.op in (Op.EXISTS, Op.DISTINCT_PERSONS):
        return Asks.YES_NO
    if rule.op in (Op.AGE_BETWEEN_ON, Op.DATE_BETWEEN, Op.NOT_BEFORE):
        return Asks.DATE
    return Asks.NUMBER


# -- judging


def _finding(rule: Rule, judged: _Judged) -> Finding:
    outcome, seen, reason = judged
    return Finding(rule.code, outcome, seen, reason, rule.severity)


def _judge(rule: Rule, facts: Facts, dates: _Dates) -> _Judged:
    if rule.op in COMBINING:
        return _judge_combination(rule, facts, dates)
    if rule.op is Op.DISTINCT_PERSONS and facts.people:
        return _judge_distinct(rule, facts.people)
    sources = _sources(rule, facts)
    judged = [_judge_value(rule, values, dates) for values in sources]
    return _worst(judged) if judged else _unknown(rule)


def _judge_combination(rule: Rule, facts: Facts, dates: _Dates) -> _Judged:
    parts = [_judge(child, facts, dates) for child in rule.children]
    outcomes = [part[0] for part in parts]
    if rule.op is Op.ALL_OF:
        outcome = _all_of(outcomes)
        return outcome, None, next((reason for said, _, reason in parts if said is outcome), None)
    if rule.op is Op.IMPLIES:
        outcome = _any_of([_not(outcomes[0]), outcomes[1]])
        unknown = next((reason for said, _, reason in parts if said is Outcome.UNKNOWN), None)
        return outcome, None, {Outcome.YES: None, Outcome.NO: parts[1][2], Outcome.UNKNOWN: unknown}[outcome]
    outcome = _any_of(outcomes)
    if rule.op is Op.NONE_OF:
        unknown = next((reason for said, _, reason in parts if said is Outcome.UNKNOWN), None)
        reasons = {Outcome.YES: Refusal("one_of_these"), Outcome.NO: None, Outcome.UNKNOWN: unknown}
        return _not(outcome), None, reasons[outcome]
    if outcome is Outcome.NO:
        return outcome, None, Refusal("none_of_these", {"reasons": tuple(reason for _, _, reason in parts)})
    return outcome, None, next((reason for said, _, reason in parts if said is outcome), None)


def _sources(rule: Rule, facts: Facts) -> list[Mapping[str, object]]:
    """Return where to look for the rule's field: one mapping per person it speaks of, or one for all."""
    if rule.scope is Scope.PERSON and facts.people:
        return [person.values for person in facts.people]
    if rule.scope is Scope.ROLE_HOLDER and facts.people:
        role, _, _ = rule.field.partition(".")
        return [_prefixed(person.values, f"{role}.") for person in facts.people if role in person.roles]
    prefix = f"{rule.scope}."
    return [{key.removeprefix(prefix): value for key, value in facts.values.items() if key.startswith(prefix)}]


def _prefixed(values: Mapping[str, object], prefix: str) -> Mapping[str, object]:
    return {f"{prefix}{name}": value for name, value in values.items()}


def _judge_value(rule: Rule, values: Mapping[str, object], dates: _Dates) -> _Judged:
    seen = values.get(rule.field)
    if seen is None:
        return _unknown(rule)
    return _JUDGES[rule.op](rule, seen, values, dates)


def _worst(judged: Sequence[_Judged]) -> _Judged:
    """Everybody must satisfy the rule: the first no, else the first unknown, else the first yes."""
    worst = _all_of([outcome for outcome, _, _ in judged])
    return next(one for one in judged if one[0] is worst)


def _unknown(rule: Rule, seen: object = None, name: str = "") -> _Judged:
    return Outcome.UNKNOWN, seen, Refusal("fact_unknown", {"field": f"{rule.scope}.{name or rule.field}"})


def _answer(good: bool, seen: object, code: str, **facts: object) -> _Judged:
    if good:
        return Outcome.YES, seen, None
    return Outcome.NO, seen, Refusal(code, {"seen": seen, **facts})


def _judge_in(rule: Rule, seen: object, values: Mapping[str, object], dates: _Dates) -> _Judged:
    allowed = _sequence(rule.value)
    found = any(one in allowed for one in _several(seen))
    if not found and isinstance(seen, SoFar):
        return _unknown(rule, seen)
    if rule.op is Op.IN:
        return _answer(found, seen, "not_among", allowed=allowed)
    return _answer(not found, seen, "among_excluded", excluded=allowed)


def _judge_previous(rule: Rule, seen: object, values: Mapping[str, object], dates: _Dates) -> _Judged:
    repeated = tuple(one for one in _several(seen) if one in _sequence(rule.value))
    if not repeated and isinstance(seen, SoFar):
        return _unknown(rule, seen)
    return _answer(not repeated, seen, "decided_before", decisions=repeated)


def _judge_exists(rule: Rule, seen: object, values: Mapping[str, object], dates: _Dates) -> _Judged:
    if seen == () and isinstance(seen, SoFar):
        return _unknown(rule, seen)
    empty = seen is False or (isinstance(seen, str) and not seen.strip()) or seen in ([], (), {})
    return _answer(not empty, seen, "not_there", field=f"{rule.scope}.{rule.field}")


def _judge_ordinal(rule: Rule, seen: object, values: Mapping[str, object], dates: _Dates) -> _Judged:
    before = len(seen) if isinstance(seen, list | tuple) else _number(seen)
    if before is None or isinstance(seen, SoFar):
        return _unknown(rule, seen)
    return _answer(
        before + 1 in _sequence(rule.value), seen, "ordinal_not_among", ordinal=before + 1, allowed=rule.value
    )


def _judge_age(rule: Rule, seen: object, values: Mapping[str, object], dates: _Dates) -> _Judged:
    born, on = as_day(seen), dates.get(rule.reference_date) if rule.reference_date else None
    if born is None or on is None:
        return _unknown(rule, seen, "" if born is None else str(rule.reference_date))
    low, high = _bounds(rule)
    age = age_on(born, on)
    return _answer(low <= age <= high, seen, "age_out_of_range", age=age, on=on, minimum=low, maximum=high)


def age_on(born: date, on: date) -> int:
    """Return the age in full years; somebody born on 29 February is a year older on 1 March of ordinary years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _judge_day(rule: Rule, seen: object, values: Mapping[str, object], dates: _Dates) -> _Judged:
    day = as_day(seen)
    if day is None:
        return _unknown(rule, seen)
    if rule.op is Op.NOT_BEFORE:
        first = as_day(rule.value) or date.min
        return _answer(day >= first, seen, "too_early", first=first)
    first, last = (as_day(bound) or date.min for bound in _sequence(rule.value))
    return _answer(first <= day <= last, seen, "date_out_of_range", first=first, last=last)


def _judge_ratio(rule: Rule, seen: object, values: Mapping[str, object], dates: _Dates) -> _Judged:
    wanted = _mapping(rule.value)
    part, whole = _number(seen), _number(values.get(str(wanted["of"])))
    if part is None or not whole:
        return _unknown(rule, seen, "" if part is None else str(wanted["of"]))
    least = _number(wanted["at_least"]) or 0
    # In decimals: 0.07 of 100 is 7, where floats would ask for 7.000000000000001.
    enough = Decimal(str(part)) >= Decimal(str(least)) * Decimal(str(whole))
    return _answer(enough, seen, "share_too_small", share=part / whole, minimum=least)


def _judge_number(rule: Rule, seen: object, values: Mapping[str, object], dates: _Dates) -> _Judged:
    number = float(len(seen)) if rule.op is Op.COUNT_GTE and isinstance(seen, list | tuple) else _number(seen)
    if number is None:
        return _unknown(rule, seen)
    if rule.op in (Op.BETWEEN, Op.PCT_BETWEEN):
        low, high = _bounds(rule)
        return _answer(low <= number <= high, seen, "out_of_range", minimum=low, maximum=high)
    if rule.op is Op.UNIQUE_IN_EDITION:
        return _answer(number == 0, seen, "not_unique", others=number)
    bound = _number(rule.value) or 0
    if rule.op is Op.LTE:
        return _answer(number <= bound, seen, "above_maximum", maximum=rule.value)
    if rule.op in (Op.MAX_PER_PERSON, Op.MAX_ATTEMPTS):
        return _answer(number + 1 <= bound, seen, "too_many_times", maximum=rule.value, before=number)
    if number < bound and isinstance(seen, SoFar):
        return _unknown(rule, seen)
    code = "too_few_items" if rule.op is Op.COUNT_GTE else "below_minimum"
    return _answer(number >= bound, seen, code, minimum=rule.value)


def _judge_told_distinct(rule: Rule, seen: object, values: Mapping[str, object], dates: _Dates) -> _Judged:
    return _answer(seen is True, seen, "not_distinct_persons", roles=rule.value)


def _judge_distinct(rule: Rule, people: Sequence[Person]) -> _Judged:
    """Give every role somebody of their own, if it can be done (one augmenting path per role)."""
    roles = [str(role) for role in _sequence(rule.value)]
    holders = {role: tuple(person.key for person in people if role in person.roles) for role in roles}
    given: dict[str, str] = {}
    found = all(_give(role, holders, given, set()) for role in roles)
    return _answer(found, holders, "not_distinct_persons", roles=rule.value)


def _give(role: str, holders: Mapping[str, Sequence[str]], given: dict[str, str], tried: set[str]) -> bool:
    for person in holders[role]:
        if person not in tried:
            tried.add(person)
            if person not in given or _give(given[person], holders, given, tried):
                given[person] = role
                return True
    return False


_JUDGES: dict[Op, Callable[[Rule, object, Mapping[str, object], _Dates], _Judged]] = {
    Op.IN: _judge_in,
    Op.NOT_IN: _judge_in,
    Op.GTE: _judge_number,
    Op.LTE: _judge_number,
    Op.BETWEEN: _judge_number,
    Op.COUNT_GTE: _judge_number,
    Op.EXISTS: _judge_exists,
    Op.ORDINAL_IN: _judge_ordinal,
    Op.AGE_BETWEEN_ON: _judge_age,
    Op.DATE_BETWEEN: _judge_day,
    Op.NOT_BEFORE: _judge_day,
    Op.RATIO_GTE: _judge_ratio,
    Op.PCT_BETWEEN: _judge_number,
    Op.DISTINCT_PERSONS: _judge_told_distinct,
    Op.UNIQUE_IN_EDITION: _judge_number,
    Op.MAX_PER_PERSON: _judge_number,
    Op.MAX_ATTEMPTS: _judge_number,
    Op.PREVIOUS_DECISION: _judge_previous,
}


# -- three-valued logic


def _not(outcome: Outcome) -> Outcome:
    return {Outcome.YES: Outcome.NO, Outcome.NO: Outcome.YES, Outcome.UNKNOWN: Outcome.UNKNOWN}[outcome]


def _all_of(outcomes: Sequence[Outcome]) -> Outcome:
    for decisive in (Outcome.NO, Outcome.UNKNOWN):
        if decisive in outcomes:
            return decisive
    return Outcome.YES


def _any_of(outcomes: Sequence[Outcome]) -> Outcome:
    return _not(_all_of([_not(outcome) for outcome in outcomes]))


# -- reading values


def _number(value: object) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _sequence(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _several(seen: object) -> tuple[object, ...]:
    return tuple(seen) if isinstance(seen, list | tuple | set | frozenset) else (seen,)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {"of": "", "at_least": 0}


def _bounds(rule: Rule) -> tuple[float, float]:
    low, high = (_number(bound) or 0 for bound in _sequence(rule.value))
    return low, high
