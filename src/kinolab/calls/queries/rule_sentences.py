"""A rule in plain words, in any language: what it looks at and what it asks, from the definition alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from kinolab.calls import words
from kinolab.calls.domain import shapes
from kinolab.calls.domain.checker import asked
from kinolab.calls.domain.regulations import COMBINING, Op, ReferenceDate, Rule, Scope, as_day, parse_rule
from kinolab.calls.domain.told import facts_told
from kinolab.calls.models import Call
from kinolab.calls.models import Rule as Kept
from kinolab.calls.queries.manage import ShownRow
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Names:
    """What the facts of a call are called: labels of the questions that tell them, and of their choices; and sets."""

    labels: Mapping[str, Text] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    sets: Mapping[tuple[str, str], object] = field(default_factory=dict)


def names_of(call: Call) -> Names:
    """The names of a call's facts. Two queries."""
    told = Question.objects.filter(section__form=call.form_id).exclude(fact="") if call.form_id else []
    questions = list(told)
    own = call.edition.programme.organisation.country_sets.all()
    return Names(
        {one.fact: one.label for one in questions},
        {
            one.fact: {str(choice["key"]): Text(choice.get("label")) for choice in one.choices}
            for one in questions
            if one.choices
        },
        {one.fact: one.kind for one in questions},
        {(one.code, one.version): one.name for one in own},
    )


def sentences(rule: Rule, names: Names, languages: Iterable[str]) -> dict[str, str]:
    """The rule as a sentence in each language."""
    found = {}
    for tag in languages:
        with translation.override(tag):
            found[tag] = sentence(rule, names)
    return found


def questions(rule: Rule, names: Names, languages: Iterable[str]) -> dict[str, str]:
    """The question of the public checker in each language: about the fact, or about the whole rule."""
    key = asked(rule).key
    found = {}
    for tag in languages:
        with translation.override(tag):
            if key:
                found[tag] = str(words.FACT_QUESTION) % {"fact": fact_name(key, names)}
            else:
                found[tag] = str(words.WHOLE_QUESTION) % {"sentence": sentence(rule, names)}
    return found


def sentence(rule: Rule, names: Names, place: str = "") -> str:
    """The rule in the active language; conditions within conditions are numbered 2.1, 2.2."""
    if rule.op not in COMBINING:
        return _leaf(rule, names)
    places = [f"{place}{number}" for number in range(1, len(rule.children) + 1)]
    parts = [sentence(child, names, f"{at}.") for at, child in zip(places, rule.children, strict=True)]
    return " ".join([str(words.JOINED[rule.op]), *(f"{at}) {part}" for at, part in zip(places, parts, strict=True))])


def fact_name(key: str, names: Names) -> str:
    """A fact as people call it: its question's label, or what we know without one; else its key."""
    if label := names.labels.get(key):
        return str(label).rstrip(" .:?")
    above, _, last = key.rpartition(".")
    if last in words.BELOW and (above in names.labels or above.count(".") > 0):
        return f"{fact_name(above, names)}: {words.BELOW[last]}"
    scope, _, name = key.partition(".")
    if scope == Scope.ROLE_HOLDER:
        role, _, rest = name.partition(".")
        own = words.FACTS.get(f"person.{rest}")
        return f"{role_name(role)}: {own or rest.replace('_', ' ')}"
    return str(words.FACTS.get(key) or key)


def role_name(role: str) -> str:
    """A role in a team."""
    return str(words.CHOICES.get(role, role.replace("_", " ")))


def value_name(key: str, value: object, names: Names) -> str:
    """A value that a rule compares, as people call it."""
    if isinstance(value, bool):
        return str(words.YES_NO[value])
    if key.rpartition(".")[2] in shapes.COUNTRY_FIELDS:
        return formats.country_name(str(value))
    if label := names.choices.get(key, {}).get(str(value)):
        return str(label)
    if key == "application.language":
        return formats.language_name(str(value))
    return str(words.CHOICES.get(str(value), str(value).replace("_", " ")))


def _leaf(rule: Rule, names: Names) -> str:
    key = f"{rule.scope}.{rule.field}"
    said: dict[str, object] = {"fact": fact_name(key, names)} | _values(rule, key, names)
    template: Promise = words.SENTENCES[rule.op]
    value = rule.value if isinstance(rule.value, tuple) else ()
    if rule.op is Op.IN and len(value) == 1 and isinstance(value[0], bool):
        template = words.SENTENCE_YES if value[0] else words.SENTENCE_NO
    elif rule.op is Op.DATE_BETWEEN and value[0] == shapes.LONG_AGO:
        template = words.SENTENCE_UNTIL
    return str(template) % said


def _values(rule: Rule, key: str, names: Names) -> dict[str, object]:
    value: Any = rule.value
    match rule.op:
        case Op.IN | Op.NOT_IN:
            return {"values": _listed(rule, key, names)}
        case Op.PREVIOUS_DECISION:
            return {"values": formats.listing(str(words.DECISIONS.get(one, one)) for one in value)}
        case Op.DISTINCT_PERSONS:
            return {"values": formats.listing(role_name(role) for role in value)}
        case Op.ORDINAL_IN:
            return {"values": formats.listing(formats.number(one) for one in value)}
        case Op.DATE_BETWEEN | Op.NOT_BEFORE:
            days = [_day(one) for one in (value if isinstance(value, tuple) else (value,))]
            return {"first": days[0], "last": days[-1]}
        case Op.AGE_BETWEEN_ON:
            on = words.REFERENCE_DATES[rule.reference_date or ReferenceDate.CALL_CLOSE]
            return {"least": formats.number(value[0]), "most": formats.number(value[1]), "day": on}
        case Op.RATIO_GTE:
            whole = fact_name(f"{rule.scope}.{value['of']}", names)
            return {"whole": whole, "least": formats.percent(value["at_least"])}
        case Op.PCT_BETWEEN:
            return {"least": formats.percent(value[0] / 100), "most": formats.percent(value[1] / 100)}
        case Op.BETWEEN:
            return {"least": formats.number(value[0]), "most": formats.number(value[1])}
    bound = "" if value is None else formats.number(value)
    return {"least": bound, "most": bound}


def _listed(rule: Rule, key: str, names: Names) -> str:
    values: Sequence[object] = rule.value if isinstance(rule.value, tuple) else ()
    shown = formats.listing(value_name(key, one, names) for one in values)
    if rule.named is None:
        return shown
    code, version = rule.named
    named = names.sets.get(rule.named) or words.COUNTRY_SETS.get(code) or code
    return f"{named} ({version}: {shown})" if len(values) <= _FEW else f"{named} ({version})"


_FEW = 8  # of a larger set the name is enough


def _day(day: object) -> str:
    found: date | None = as_day(day)
    return formats.day(found) if found else str(day)


def shown_rules(call: Call) -> list[ShownRow]:
    """The rules of a call for their page: the public sentence, what the rule asks, and what is wrong. Three queries."""
    names = names_of(call)
    return [_shown(row, names) for row in call.rules.all()]


def _shown(row: Kept, names: Names) -> ShownRow:
    parsed = parse_rule(row.definition)
    if isinstance(parsed, list):
        return ShownRow(row.pk, row.sentence or row.code, [row.code], parsed[0])
    lines = [sentence(parsed, names), f"{words.SEVERITIES[parsed.severity]} · {row.code}"]
    lost = shapes.untold(parsed, facts_told(names.kinds.items()))
    problem = Refusal("question_gone", {"facts": lost}) if lost else None
    return ShownRow(row.pk, row.sentence or row.code, lines, problem)
