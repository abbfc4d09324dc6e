"""Twenty published rules say yes, no and not known yet: as rules, in a programme file and in the public checker.

Other real rules of the same shapes need no code.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kinolab.calls.domain import checker
from kinolab.calls.domain.eligibility import Asks, Facts, Finding, Outcome, Person, SoFar, check, fact_keys
from kinolab.calls.domain.examples import EXAMPLES
from kinolab.calls.domain.programme_file import read
from kinolab.calls.domain.regulations import COMBINING, Op, ReferenceDate, Rule, parse_rule, to_mapping

YES, NO, UNKNOWN = Outcome.YES, Outcome.NO, Outcome.UNKNOWN
DATES = {ReferenceDate.CALL_CLOSE: date(2024, 8, 5), ReferenceDate.EDITION_START: date(2024, 9, 26)}
PARTS = ("script", "characters", "issue", "audience", "resources")
Said = Mapping[str, object]

# By code: facts that satisfy the rule, and facts that do not.
FACTS: dict[str, tuple[Said, Said]] = {
    "five_countries": ({"person.country": "KG"}, {"person.country": "TR"}),
    "teens_of_uzbekistan": (
        {"person.birth_date": "2012-09-26", "person.residence": "UZ"},
        {"person.birth_date": "2012-09-27", "person.residence": "UZ"},
    ),
    "role_and_a_film": (
        {"person.role": "director", "person.films_made": 1},
        {"person.role": "director", "person.films_made": 0},
    ),
    "late_development_or_finished": (
        {"project.stage": "completed", "project.completion_date": "2023-06-01"},
        {"project.stage": "idea", "project.completion_date": "2022-12-31"},
    ),
    "late_development_is_a_checklist": (
        {f"project.{part}": "бар" for part in PARTS},
        {f"project.{part}": "бар" for part in PARTS[1:]} | {"project.script": ""},
    ),
    "without_a_project": (
        {"application.without_project": True, "application.strand": ["no_project"]},
        {"application.without_project": True, "application.strand": ["labs"]},
    ),
    "not_only_filmmakers": ({"application.applicant_kind": "activist"}, {"application.applicant_kind": "student"}),
    "feature_or_two_shorts": (
        {
            "person.previous_films.features": [],
            "person.previous_films.shorts": ["a", "b"],
            "person.credit_in_field": True,
        },
        {"person.previous_films.features": [], "person.previous_films.shorts": ["a"], "person.credit_in_field": True},
    ),
    "one_lab_of_your_craft": (
        {"person.other_applications": 0, "application.strand": "editing", "person.role": "editor"},
        {"person.other_applications": 1, "application.strand": "editing", "person.role": "editor"},
    ),
    "alumni_take_their_own_way": (
        {"history.participated": True, "application.route": "alumni"},
        {"history.participated": True, "application.route": "general"},
    ),
    "first_or_second_feature": (
        {"role_holder.director.previous_films.features": ["a"]},
        {"role_holder.director.previous_films.features": 2},
    ),
    "no_shooting_before": (
        {"project.shooting_start": date(2023, 12, 1)},
        {"project.shooting_start": "2023-11-30"},
    ),
    "two_people": ({"team.two_people": True}, {"team.two_people": False}),
    "an_hour": ({"project.runtime": 60}, {"project.runtime": 59}),
    "no_second_time_unless_invited": (
        {"history.decisions_in_category": ["rejected"], "application.invitation_code": "AB12"},
        {"history.decisions_in_category": ["rejected"], "application.invitation_code": ""},
    ),
    "no_former_participants": ({"history.participated": False}, {"history.participated": True}),
    "financing_proven": (
        {
            "project.finance_plan.confirmed": Decimal(15),
            "project.finance_plan.total": Decimal(100),
            "project.financing_proof": {"code": "x"},
        },
        {
            "project.finance_plan.confirmed": 14.99,
            "project.finance_plan.total": 100,
            "project.financing_proof": {"code": "x"},
        },
    ),
    "nonfiction_under_way": (
        {"project.kind": "documentary", "project.runtime": 52, "project.stage": "production"},
        {"project.kind": "fiction", "project.runtime": 52, "project.stage": "production"},
    ),
    "there_for_every_module": ({"application.modules": True}, {"application.modules": False}),
    "complete_and_in_english": (
        {"application.complete": True, "application.language": "en"},
        {"application.complete": True, "application.language": "ru"},
    ),
}
CODES = [one.code for one in EXAMPLES]


def leaf(fact: str, op: str, value: object = None, **more: object) -> dict[str, Any]:
    scope, _, field = fact.partition(".")
    written = {"scope": scope, "field": field, "op": op}
    return (written if value is None else {**written, "value": value}) | more


def parsed(definition: Mapping[str, object]) -> Rule:
    rule = parse_rule({"code": "rule", **definition})
    assert isinstance(rule, Rule), rule
    return rule


def judge(rule: Rule, values: Said, *people: Person) -> Finding:
    return check([rule], Facts(values, people), DATES)[0]


def definition(code: str) -> Mapping[str, object]:
    return next(one.definition for one in EXAMPLES if one.code == code)


def test_examples_are_twenty_and_each_has_facts_here() -> None:
    assert list(FACTS) == CODES
    assert len(set(CODES)) == 20
    assert all(one.source.startswith("http") for one in EXAMPLES)


@pytest.mark.parametrize("code", CODES)
def test_example_when_judged_says_yes_no_and_not_known_yet(code: str) -> None:
    rule = parsed(definition(code))
    good, bad = FACTS[code]

    assert [judge(rule, facts).outcome for facts in (good, bad, {})] == [YES, NO, UNKNOWN]
    assert judge(rule, good).reason is None
    assert judge(rule, bad).reason is not None
    assert judge(rule, dict.fromkeys(good)).outcome is UNKNOWN
    assert set(good) <= set(fact_keys(rule))


FILE: dict[str, Any] = {
    "kinolab": 1,
    "organisation": {"slug": "lab", "name": {"en": "Lab"}},
    "programme": {"slug": "lab", "name": {"en": "Lab"}},
    "edition": {"slug": "2026", "name": {"en": "2026"}, "timezone": "Asia/Bishkek"},
}


@pytest.mark.parametrize("code", CODES)
def test_example_when_written_into_a_programme_file_comes_back_the_same(code: str) -> None:
    rule = parsed(definition(code))
    fragment = {**to_mapping(rule), "sentence": {"en": "A rule."}}

    cleaned = read(FILE | {"regulations": [fragment]})

    assert isinstance(cleaned, dict), cleaned
    (kept,) = cleaned["regulations"]
    assert parse_rule(kept["definition"]) == rule


def answers_to(rule: Rule, facts: Said) -> dict[str, str]:
    """What a visitor answers to the rule's question who knows these facts: for a rule asked as a whole, whether it holds."""
    question = checker.asked(rule)
    if not question.key:
        return {rule.code: "yes" if judge(rule, facts).outcome is YES else "no"}
    seen = facts[question.key]
    if question.asks is Asks.YES_NO:
        return {rule.code: "yes" if seen else "no"}
    return {rule.code: str(len(seen) if isinstance(seen, list) and question.asks is Asks.NUMBER else seen)}


@pytest.mark.parametrize("code", CODES)
def test_example_when_asked_by_the_public_checker_says_the_same(code: str) -> None:
    rule = parsed(definition(code))
    good, bad = FACTS[code]

    said = [checker.judge([rule], answers, DATES)[0].outcome
            for answers in (answers_to(rule, good), answers_to(rule, bad), {})]  # fmt: skip

    assert said == [YES, NO, UNKNOWN]


# Rules of other programmes, of the same shapes; written from what they published, without a line of code.
OTHERS = [
    ("features completed after 1 January 2023", leaf("project.completion_date", "not_before", "2023-01-01"),
     {"project.completion_date": "2023-01-01"}, {"project.completion_date": "2022-12-31"}),
    ("shorts only from one region",
     {"op": "implies", "children": [leaf("project.kind", "in", ["short"]), leaf("project.country", "in", ["ID", "MY"])]},
     {"project.kind": "short", "project.country": "ID"}, {"project.kind": "short", "project.country": "KG"}),
    ("30 % of the financing in place",
     leaf("project.financing_confirmed", "ratio_gte", {"of": "budget_total", "at_least": 0.3}),
     {"project.financing_confirmed": 30, "project.budget_total": 100},
     {"project.financing_confirmed": 29, "project.budget_total": 100}),
    ("budget from one to twenty million", leaf("project.budget_total", "between", [1_000_000, 20_000_000]),
     {"project.budget_total": 1_000_000}, {"project.budget_total": 999_999}),
    ("producers in their first ten years", leaf("role_holder.producer.years_of_work", "lte", 10),
     {"role_holder.producer.years_of_work": 10}, {"role_holder.producer.years_of_work": 11}),
    ("a rejected project may come back once", leaf("history.project_attempts", "max_attempts", 2),
     {"history.project_attempts": 1}, {"history.project_attempts": 2}),
    ("a treatment of at most ten pages", leaf("project.treatment_pages", "lte", 10),
     {"project.treatment_pages": 10}, {"project.treatment_pages": 11}),
    ("14 to 18 at the close of the call",
     leaf("person.birth_date", "age_between_on", [14, 18], reference_date="call_close"),
     {"person.birth_date": "2010-08-05"}, {"person.birth_date": "2010-08-06"}),
    ("at least two women among the directors' team", leaf("team.women", "gte", 2),
     {"team.women": 2}, {"team.women": 1}),
    ("half of the finance plan at least, as a percentage", leaf("project.finance_pct", "pct_between", [50, 100]),
     {"project.finance_pct": 50}, {"project.finance_pct": 49.9}),
    ("no part of the set of partly associated countries",
     leaf("person.residence", "not_in", {"set": "media_countries_partly", "version": "2024"}),
     {"person.residence": "FR"}, {"person.residence": "GE"}),
    ("a team of two or three", leaf("team.size", "between", [2, 3]), {"team.size": 3}, {"team.size": 4}),
    ("one application of a team to an edition", leaf("application.others", "unique_in_edition"),
     {"application.others": 0}, {"application.others": 1}),
    ("neither a series nor anything from Germany",
     {"op": "none_of", "children": [leaf("project.kind", "in", ["series"]), leaf("project.country", "in", ["DE"])]},
     {"project.kind": "short", "project.country": "KG"}, {"project.kind": "short", "project.country": "DE"}),
    ("never chosen here before", leaf("history.decisions", "previous_decision", ["selected"]),
     {"history.decisions": ["rejected"]}, {"history.decisions": ["rejected", "selected"]}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "mapping", "good", "bad"), OTHERS, ids=[one[0] for one in OTHERS])
def test_another_real_rule_needs_no_code(name: str, mapping: dict[str, object], good: Said, bad: Said) -> None:
    rule = parsed(mapping)

    assert [judge(rule, facts).outcome for facts in (good, bad, {})] == [YES, NO, UNKNOWN]
    assert parse_rule(to_mapping(rule)) == rule


def test_rules_here_use_every_operation() -> None:
    def ops(rule: Rule) -> set[Op]:
        return {rule.op}.union(*(ops(child) for child in rule.children))

    every = [parsed(one.definition) for one in EXAMPLES] + [parsed(one[1]) for one in OTHERS]

    assert set().union(*(ops(rule) for rule in every)) == set(Op)
    assert {rule.op for rule in every} >= COMBINING


@pytest.mark.parametrize(
    ("op", "value", "seen", "outcome"),
    [
        ("in", ["KG"], SoFar(["TR"]), UNKNOWN),
        ("in", ["KG"], SoFar(["KG"]), YES),
        ("in", ["KG"], ["TR", "KZ"], NO),
        ("not_in", ["KG"], SoFar(["TR"]), UNKNOWN),
        ("not_in", ["KG"], SoFar(["KG"]), NO),
        ("previous_decision", ["selected"], SoFar(["rejected"]), UNKNOWN),
        ("previous_decision", ["selected"], SoFar(["selected"]), NO),
        ("count_gte", 2, SoFar(["one"]), UNKNOWN),
        ("count_gte", 2, SoFar(["one", "two"]), YES),
        ("ordinal_in", [1], SoFar(), UNKNOWN),
        ("ordinal_in", [1], [], YES),
        ("ordinal_in", [1], ["one"], NO),
        ("exists", None, SoFar(), UNKNOWN),
        ("exists", None, SoFar(["one"]), YES),
    ],
)
def test_check_when_more_values_may_come_waits_with_the_no(
    op: str, value: object, seen: object, outcome: Outcome
) -> None:
    assert judge(parsed(leaf("project.x", op, value)), {"project.x": seen}).outcome is outcome
