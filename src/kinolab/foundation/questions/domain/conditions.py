"""When a question shows: a condition on what has been answered before it.

    {question: stage, is: [editing, finished]}      one of these is the answer, or among the answers
    {question: stage, is_not: [development]}        there is an answer, and none of these is
    {question: trailer, answered: true}             there is an answer (false: there is none)
    {question: runtime, at_least: 60}               a number, bounds included; at_most likewise
    {all: […]}  {any: […]}  {none: […]}             several conditions: each holds, one does, none does

A hidden question is answered by nobody: whatever was written there once does not count for those that depend on it.
A condition looks only at questions before its own, so that there is one order in which everything can be decided. What is
asked of a person alone may show by what the team answers together, and by what the same person answers alone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kinolab.foundation.questions.domain.kinds import as_list, as_number, as_record, is_empty
from kinolab.foundation.questions.domain.seeing import SeenBy
from kinolab.foundation.refusals import Refusal

TESTS = ("is", "is_not", "answered", "at_least", "at_most")
GROUPS = ("all", "any", "none")
DEEPEST = 4  # the tests within groups counted
EACH = "each"


@dataclass(frozen=True, slots=True)
class Test:
    """One look at one earlier answer."""

    __test__ = False  # not one of pytest's
    question: str
    test: str
    value: object


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions: all of them, any, or none."""

    way: str
    parts: tuple["Condition", ...]


Condition = Test | Group


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as conditions see it: its key, when it shows (empty: always), its choices, who sees its answer.

    `asked_of` is "" for the team together, "each", or a role. What is `personal` in somebody's own part is hidden from the
    rest of the team.
    """

    key: str
    shown_if: Mapping[str, object]
    choices: Collection[str] = ()
    seen_by: SeenBy = SeenBy.READERS
    asked_of: str = ""
    personal: bool = False
    required: bool = True


def parse(given: object, deep: int = 1) -> Condition | Refusal:
    """Read a condition, or say why it cannot be read."""
    mapping = as_record(given)
    groups = [name for name in GROUPS if name in mapping]
    if len(groups) == 1 and len(mapping) == 1:
        parts = as_list(mapping[groups[0]])
        if not parts or deep >= DEEPEST:
            return Refusal("condition_unreadable", {"seen": groups[0]})
        read = [parse(part, deep + 1) for part in parts]
        wrong = next((one for one in read if isinstance(one, Refusal)), None)
        return wrong or Group(groups[0], tuple(one for one in read if not isinstance(one, Refusal)))
    tests = [name for name in TESTS if name in mapping]
    question = mapping.get("question")
    if len(tests) != 1 or len(mapping) != 2 or not isinstance(question, str) or not question:
        return Refusal("condition_unreadable", {"seen": ", ".join(sorted(map(str, mapping)))})
    value = _value(tests[0], mapping[tests[0]])
    return Refusal("condition_unreadable", {"seen": tests[0]}) if value is None else Test(question, tests[0], value)


def _value(test: str, given: object) -> object:
    if test == "answered":
        return given if isinstance(given, bool) else None
    if test in ("at_least", "at_most"):
        return given if as_number(given) is not None else None
    listed = [given] if isinstance(given, str) else as_list(given)
    return tuple(str(one) for one in listed) or None


def questions_in(condition: Condition) -> tuple[str, ...]:
    """The questions that a condition looks at, each once."""
    if isinstance(condition, Test):
        return (condition.question,)
    return tuple(dict.fromkeys(one for part in condition.parts for one in questions_in(part)))


def holds(condition: Condition, answers: Mapping[str, object]) -> bool:
    """Whether it is so; a question without an answer says neither *is* nor *is not*."""
    if isinstance(condition, Group):
        said = (holds(part, answers) for part in condition.parts)
        return all(said) if condition.way == "all" else any(said) is (condition.way == "any")
    answer = answers.get(condition.question)
    if condition.test == "answered":
        return condition.value is not is_empty(answer)
    if is_empty(answer):
        return False
    if condition.test in ("at_least", "at_most"):
        return _compare(condition, answer)
    chosen = {str(one) for one in (answer if isinstance(answer, list) else [answer])}
    among = not chosen.isdisjoint(_listed(condition))
    return among if condition.test == "is" else not among


def _listed(condition: Test) -> tuple[str, ...]:
    return condition.value if isinstance(condition.value, tuple) else ()


def _compare(condition: Test, answer: object) -> bool:
    number, bound = as_number(answer), as_number(condition.value)
    if number is None or bound is None:
        return False
    return number >= bound if condition.test == "at_least" else number <= bound


def shown(asked: Sequence[Asked], answers: Sequence[object]) -> list[bool]:
    """Which of the questions show, in their order; `answers` stand in the same order.

    A condition that cannot be read hides nothing. Where a key stands twice, the nearest before is meant.
    """
    counted: dict[str, object] = {}
    visible = []
    for one, answer in zip(asked, answers, strict=True):
        condition = parse(one.shown_if) if one.shown_if else None
        seen = condition is None or isinstance(condition, Refusal) or holds(condition, counted)
        visible.append(seen)
        counted[one.key] = answer if seen else None
    return visible


def form_problems(asked: Sequence[Asked]) -> list[Refusal]:
    """Everything wrong with the conditions of a form.

    Unreadable; about a question that is gone or comes later, or that others answer; or such that whoever may see whether a
    question was asked would learn what an answer says that they may not see.
    """
    keys = [one.key for one in asked]
    found = []
    for place, one in enumerate(asked):
        if not one.shown_if:
            continue
        condition = parse(one.shown_if)
        if isinstance(condition, Refusal):
            found.append(Refusal(condition.code, {"question": one.key, **condition.facts}))
            continue
        for other in questions_in(condition):
            code = "condition_on_removed"
            if other in keys:
                there = keys.index(other)
                code = "condition_on_later" if there >= place else _why_not_by(one, asked[there])
            if code:
                found.append(Refusal(code, {"question": one.key, "other": other}))
        found += _unknown_choices(one.key, condition, {each.key: each.choices for each in asked[:place]})
    return found


def _why_not_by(one: Asked, other: Asked) -> str:
    """Why a question cannot show by this one; "" where it can.

    A personal answer may show only what the team does not see either, and what nobody waits for.
    """
    if other.asked_of and other.asked_of not in (one.asked_of, EACH if one.asked_of else ""):
        return "condition_on_others"
    ranks = list(SeenBy)
    if ranks.index(other.seen_by) > ranks.index(one.seen_by):
        return "condition_reveals"
    told = other.asked_of and other.personal and (one.required or not one.personal)
    return "condition_reveals_own" if told else ""


def _unknown_choices(key: str, condition: Condition, choices: Mapping[str, Collection[str]]) -> list[Refusal]:
    if isinstance(condition, Group):
        return [one for part in condition.parts for one in _unknown_choices(key, part, choices)]
    known = choices.get(condition.question)
    return [
        Refusal("condition_on_choice", {"question": key, "other": condition.question, "choice": one})
        for one in _listed(condition)
        if known and one not in known
    ]


def open_part(condition: Condition, answers: Mapping[str, object], on_page: Mapping[str, str]) -> object:
    """The condition for a page: what is asked elsewhere decided already, what is asked on it by its field's name.

    `on_page` has the names of the fields by question. Gives true, false, or plain lists and mappings.
    """
    if isinstance(condition, Group):
        return {condition.way: [open_part(part, answers, on_page) for part in condition.parts]}
    if condition.question not in on_page:
        return holds(condition, answers)
    value = list(_listed(condition)) if condition.test in ("is", "is_not") else condition.value
    return {"field": on_page[condition.question], condition.test: value}
