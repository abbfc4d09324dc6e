from datetime import date

import pytest

from kinolab.calls.domain.checker import Asked, asked, facts_asked, judge, outcome, read
from kinolab.calls.domain.eligibility import Asks, Outcome
from kinolab.calls.domain.regulations import ReferenceDate, Rule, parse_rule
from kinolab.foundation.refusals import Refusal

DATES = {ReferenceDate.CALL_CLOSE: date(2024, 8, 5)}


def rule(code: str, op: str, value: object = None, **more: object) -> Rule:
    written = {"code": code, "scope": "project", "field": code, "op": op, **more}
    parsed = parse_rule(written if value is None else {**written, "value": value})
    assert isinstance(parsed, Rule), parsed
    return parsed


def combined(code: str, *children: dict[str, object]) -> Rule:
    parsed = parse_rule({"code": code, "op": "any_of", "children": list(children)})
    assert isinstance(parsed, Rule), parsed
    return parsed


COUNTRY = rule("country", "in", ["KG", "KZ"], scope="person")
ALSO = rule("country_2", "not_in", ["KZ"], scope="person", field="country")
RUNTIME = rule("runtime", "gte", 60)
BORN = rule("born", "age_between_on", [12, 18], scope="person", reference_date="call_close")
STAGE = combined("stage", {"scope": "project", "field": "script", "op": "exists"})
NEW = rule("new", "in", [True], scope="history")
CHARM = rule("charm", "gte", 3, severity="score")


@pytest.mark.parametrize(
    ("one", "question"),
    [
        (COUNTRY, Asked("country", Asks.CHOICE, "person.country", ("KG", "KZ"))),
        (RUNTIME, Asked("runtime", Asks.NUMBER, "project.runtime")),
        (BORN, Asked("born", Asks.DATE, "person.born")),
        (STAGE, Asked("stage", Asks.YES_NO)),
        (NEW, Asked("new", Asks.YES_NO)),
        (CHARM, Asked("charm", Asks.YES_NO)),
    ],
)
def test_rule_when_asked_takes_an_answer_of_its_kind(one: Rule, question: Asked) -> None:
    assert asked(one) == question


def test_facts_when_choices_are_offered_are_named() -> None:
    assert facts_asked([COUNTRY, RUNTIME, STAGE]) == {"person.country"}


@pytest.mark.parametrize(
    ("asks", "answer", "value"),
    [
        (Asks.YES_NO, "yes", True),
        (Asks.YES_NO, "no", False),
        (Asks.YES_NO, "perhaps", None),
        (Asks.NUMBER, "1 000,5", 1000.5),
        (Asks.NUMBER, "an hour", None),
        (Asks.NUMBER, "-1", None),
        (Asks.NUMBER, "nan", None),
        (Asks.DATE, "2010-01-31", date(2010, 1, 31)),
        (Asks.DATE, "31.01.2010", None),
        (Asks.CHOICE, "KG", "KG"),
        (Asks.CHOICE, "", None),
    ],
)
def test_read_when_an_answer_is_typed_gives_a_value_or_nothing(asks: Asks, answer: str, value: object) -> None:
    assert read(asks, answer) == value


@pytest.mark.parametrize(
    ("answers", "outcomes", "sum_"),
    [
        ({}, ["unknown", "unknown", "unknown", "unknown"], Outcome.UNKNOWN),
        ({"country": "KG"}, ["yes", "yes", "unknown", "unknown"], Outcome.UNKNOWN),
        ({"country": "KG", "runtime": "61", "stage": "yes"}, ["yes", "yes", "yes", "yes"], Outcome.YES),
        ({"country": "-", "runtime": "61", "stage": "yes"}, ["no", "yes", "yes", "yes"], Outcome.NO),
        ({"country": "KZ", "stage": "perhaps"}, ["yes", "no", "unknown", "unknown"], Outcome.NO),
    ],
)
def test_judge_when_some_questions_are_answered_leaves_the_rest_unknown(
    answers: dict[str, str], outcomes: list[str], sum_: Outcome
) -> None:
    findings = judge([COUNTRY, ALSO, RUNTIME, STAGE], answers, DATES)

    assert [finding.outcome for finding in findings] == outcomes
    assert outcome(findings) is sum_


def test_judge_when_a_whole_rule_is_answered_no_says_so() -> None:
    (finding,) = judge([STAGE], {"stage": "no"}, DATES)

    assert (finding.outcome, finding.value_seen, finding.reason) == (Outcome.NO, False, Refusal("answered_no"))
