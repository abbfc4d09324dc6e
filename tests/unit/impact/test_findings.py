"""The twelve validations: each with a road map in which it finds something, beside one in which nothing is wrong."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.impact.domain import findings
from kinolab.impact.domain.findings import RULES, VALIDATIONS, Finding, Weight
from kinolab.impact.domain.parts import Part, Step
from kinolab.impact.domain.plan import (
    Activity,
    Actual,
    Audience,
    Evidence,
    Goal,
    Indicator,
    Issue,
    Line,
    Period,
    Place,
    Plan,
    ProtectedPerson,
    Reading,
    Result,
    Risk,
    SdgTag,
    Vision,
)
from kinolab.impact.domain.vocabularies import (
    Accumulation,
    Anonymity,
    Funding,
    Measure,
    Progress,
    ResultKind,
    Sensitivity,
    Stance,
)
from tests.factories.impact import plan, veil

WHOLE = plan()
INDICATOR = WHOLE.indicators[0]
VILLAGES = {"indicator": "Villages with a board"}


def indicator(**changes: Any) -> Plan:
    return plan(indicators=(replace(INDICATOR, **changes),))


def found(whole: Plan, names: str = "") -> list[Finding]:
    return findings.find(whole, veil(names))


def test_rules_when_they_can_find_something_unsafe_are_the_guards() -> None:
    assert {rule for rule in RULES if "SAFETY" in inspect.getsource(rule)} == set(findings.GUARDS)


def test_road_map_when_whole_has_no_finding() -> None:
    assert found(WHOLE) == []


B, S, W = Weight.BLOCKS, Weight.SAFETY, Weight.WARNS
CASES: list[tuple[int, Callable[[], Plan], list[tuple[str, Weight, Part, tuple[int, ...], dict[str, Any]]]]] = [
    (0, lambda: plan(issue=Issue("Title", "  ")), [("issue_missing", B, Part.ISSUE, (), {})]),
    (
        0,
        lambda: plan(vision=Vision()),
        [("vision_missing", B, Part.VISION, (), {}), ("horizon_missing", B, Part.VISION, (), {})],
    ),
    (0, lambda: plan(goals=()), [("goals_missing", B, Part.GOAL, (), {})]),
    (
        0,
        lambda: plan(goals=(replace(WHOLE.goals[0], is_primary=False),)),
        [("primary_goal_missing", B, Part.GOAL, (), {})],
    ),
    (
        1,
        lambda: plan(results=(replace(WHOLE.results[0], kind=ResultKind.OUTPUT),)),
        [("reach_is_not_impact", B, Part.RESULT, (1,), {})],
    ),
    (
        2,
        lambda: plan(goals=(*WHOLE.goals, Goal(2, "Boards"))),
        [
            ("goal_without_activity", B, Part.GOAL, (2,), {"goal": "Boards"}),
            ("goal_without_indicator", B, Part.GOAL, (2,), {"goal": "Boards"}),
        ],
    ),
    (
        2,
        lambda: plan(activities=(replace(WHOLE.activities[0], progress=Progress.DROPPED),)),
        [("goal_without_activity", B, Part.GOAL, (1,), {"goal": "Neighbours know their turn"})],
    ),
    (3, lambda: indicator(baseline_value=None), [("baseline_missing", B, Part.INDICATOR, (1,), VILLAGES)]),
    (
        3,
        lambda: indicator(baseline_unit="per cent"),
        [
            (
                "baseline_in_another_unit", B, Part.INDICATOR, (1,),
                VILLAGES | {"unit": "villages", "baseline_unit": "per cent"},
            )
        ],
    ),
    (3, lambda: indicator(baseline_year=None), [("baseline_without_year", B, Part.INDICATOR, (1,), VILLAGES)]),
    (
        4,
        lambda: replace(indicator(measure=Measure.QUALITATIVE, baseline_value=None, baseline_comment="None"), targets=()),
        [("number_in_words_only", B, Part.ACTUAL, (1,), VILLAGES)],
    ),
    (
        4,
        lambda: replace(
            indicator(measure=Measure.QUALITATIVE, baseline_value=None, baseline_comment="None"),
            targets=(), actuals=(Actual(1, 1),),
        ),
        [("words_missing", W, Part.ACTUAL, (1,), VILLAGES)],
    ),
    (4, lambda: plan(targets=(Reading(1, 2),)), [("value_missing", W, Part.TARGET, (1,), VILLAGES)]),
    (
        4,
        lambda: replace(indicator(measure=Measure.ORDINAL), targets=(Reading(1, 2, Decimal("2.5")),)),
        [("value_not_whole", B, Part.TARGET, (1,), VILLAGES)],
    ),
    (
        5,
        lambda: plan(activities=(Activity(1, "Late", goal=1, starts_on=date(2028, 1, 1)),)),
        [
            (
                "activity_after_horizon", B, Part.ACTIVITY, (1,),
                {"activity": "Late", "horizon": date(2027, 12, 31)},
            )
        ],
    ),
    (
        5,
        lambda: plan(
            activities=(
                Activity(1, "First", goal=1, starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 1)),
                Activity(2, "Then", goal=1, starts_on=date(2026, 5, 1), depends_on=(1, 99)),
            )
        ),
        [
            (
                "activity_before_its_condition", W, Part.ACTIVITY, (2, 1),
                {"activity": "Then", "before": "First"},
            )
        ],
    ),
    (
        5,
        lambda: plan(activities=(Activity(1, "Hen", goal=1, depends_on=(2,)), Activity(2, "Egg", depends_on=(1,)))),
        [("dependency_circle", B, Part.ACTIVITY, (1, 2), {"activities": ("Hen", "Egg")})],
    ),
    (
        6,
        lambda: plan(lines=(*WHOLE.lines, Line(2, "Bus", unit_cost=Decimal(7), currency="KGS"))),
        [("currencies_mixed", W, Part.LINE, (2,), {"currency": "USD", "currencies": ("KGS",)})],
    ),
    (
        6,
        lambda: plan(
            lines=(
                Line(1, "Projector", unit_cost=Decimal(100), funding=Funding.REQUESTED),
                Line(2, "Bus", quantity=Decimal(2), unit_cost=Decimal(20)),
            )
        ),
        [("money_not_asked_for", W, Part.LINE, (2,), {"missing": Decimal(40), "currency": "USD"})],
    ),
    (
        7,
        lambda: indicator(sdg_indicator="6.b.1"),
        [("sdg_target_missing", W, Part.SDG, (1,), VILLAGES | {"target": "6.b"})],
    ),
    (
        7,
        lambda: plan(sdg_tags=(SdgTag(1, "5"), SdgTag(2, "5.3"), SdgTag(3, "6"))),
        [("sdg_goal_doubled", W, Part.SDG, (1,), {"goal": "5"})],
    ),
    (
        9,
        lambda: plan(risks=(Risk(1, "Anger", sensitivity=Sensitivity.PUBLIC), Risk(2, "Loss"))),
        [("risk_made_public", S, Part.RISK, (1,), {})],
    ),
    (
        9,
        lambda: plan(evidence=(Evidence(1, "Photographs", sensitivity=Sensitivity.PUBLIC),)),
        [
            ("evidence_without_consent", S, Part.EVIDENCE, (1,), {}),
            ("value_without_evidence", W, Part.ACTUAL, (1,), {}),
        ],
    ),
    (
        9,
        lambda: plan(protected=(ProtectedPerson(1, "P1", Anonymity.NAMED, "limited"), ProtectedPerson(2, "P2"))),
        [("named_without_consent", S, Part.PROTECTED, (1,), {})],
    ),
    (
        10,
        lambda: plan(audiences=(*WHOLE.audiences, Audience(2, "Berlin", country="DE"), Audience(3, "Anywhere"))),
        [("audience_elsewhere", W, Part.AUDIENCE, (2,), {})],
    ),
    (
        11,
        lambda: plan(audiences=(Audience(1, "Friends", stance=Stance.ALLY),)),
        [("only_the_choir", B, Part.AUDIENCE, (1,), {})],
    ),
    (11, lambda: plan(audiences=()), [("audiences_missing", B, Part.AUDIENCE, (), {})]),
    (
        12,
        lambda: plan(
            periods=(Period(1, 1, date(2026, 1, 1), date(2026, 6, 30)), Period(2, 1, date(2026, 6, 30), date(2026, 9, 1)))
        ),
        [("periods_overlap", B, Part.PERIOD, (1, 2), VILLAGES)],
    ),
    (
        12,
        lambda: plan(
            periods=(Period(1, 1, date(2026, 1, 1), date(2026, 6, 30)), Period(2, 1, date(2026, 8, 1), date(2026, 9, 1)))
        ),
        [("gap_between_periods", W, Part.PERIOD, (1, 2), VILLAGES)],
    ),
    (12, lambda: indicator(accumulation=None), [("accumulation_undeclared", B, Part.INDICATOR, (1,), VILLAGES)]),
    (
        12,
        lambda: plan(actuals=(*WHOLE.actuals, Actual(2, 2, Decimal(4), evidence=(1,)), Actual(3, 99, Decimal(1), evidence=(1,)))),
        [
            (
                "cumulative_falls", B, Part.ACTUAL, (1, 2),
                VILLAGES | {"before": Decimal(5), "after": Decimal(4)},
            )
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("number", "whole", "expected"), CASES)
def test_validation_when_something_is_wrong_names_it(
    number: int, whole: Callable[[], Plan], expected: list[tuple[str, Weight, Part, tuple[int, ...], dict[str, Any]]]
) -> None:
    said = [(one.code, one.weight, one.part, one.rows, dict(one.facts)) for one in found(whole())]

    assert said == expected
    by_rule = [one.code for rule in VALIDATIONS[number] for one in rule(whole(), veil())]
    assert by_rule == [code for code, *_ in expected]


def test_validations_when_counted_are_twelve_each_with_a_case() -> None:
    assert list(VALIDATIONS) == list(range(13))
    assert {number for number, *_ in CASES} | {8} == set(VALIDATIONS)
    assert len(RULES) == 13


def test_name_when_said_anywhere_is_found_where_and_not_who() -> None:
    whole = plan(
        title="Айгүл",
        issue=Issue("Айгүлдүн үйү", "Суу жок."),
        activities=(replace(WHOLE.activities[0], owner="Айгүл"),),
    )

    said = [one for one in found(whole, "Айгүл") if one.weight is Weight.SAFETY]

    assert [(one.code, one.part, one.rows) for one in said] == [
        ("name_said", Part.ISSUE, ()), ("name_said", Part.ISSUE, ()), ("name_said", Part.ACTIVITY, (1,)),
    ]  # fmt: skip
    assert [dict(one.facts) for one in said] == [{}, {}, {}]
    assert findings.unsafe_in(whole, veil("Айгүл")) == said
    assert findings.unsafe_in(plan(), veil("Айгүл")) == []


def test_findings_when_sorted_by_weight_say_what_they_stop() -> None:
    every = found(plan(issue=Issue(), risks=(Risk(1, sensitivity=Sensitivity.PUBLIC),)))

    assert [one.code for one in findings.blocking(every)] == ["issue_missing"]
    assert [one.code for one in findings.unsafe(every)] == ["risk_made_public"]
    assert [one.step for one in every] == [Step.ISSUE, Step.SAFETY]


def test_what_is_retired_when_looked_at_is_left_in_peace() -> None:
    retired = Indicator(2, "Old", 1, retired=True)

    assert found(plan(indicators=(INDICATOR, retired), results=(*WHOLE.results, Result(2)))) == []


def test_indicator_when_it_has_no_number_before_may_say_why() -> None:
    assert found(indicator(baseline_value=None, no_baseline_reason="Nobody counted.")) == []
    assert found(replace(indicator(measure=Measure.PERCENTAGE, accumulation=None), targets=())) == []


def test_tags_when_exported_leave_out_the_goal_of_a_target() -> None:
    whole = plan(sdg_tags=(SdgTag(1, "10"), SdgTag(2, "5"), SdgTag(3, "5.3"), SdgTag(4, "16.b")))

    assert findings.tags_for_export(whole) == ("5.3", "10", "16.b")


def test_figures_when_asked_of_a_road_map_are_those_of_its_periods() -> None:
    whole = plan(actuals=(*WHOLE.actuals, Actual(2, 2, Decimal(9)), Actual(3, 99, Decimal(1))))

    assert findings.figure_of(whole, INDICATOR).value == Decimal(9)
    assert findings.figure_of(whole, INDICATOR, approved=True).value == Decimal(5)
    assert findings.figure_of(whole, INDICATOR, targets=True).value == Decimal(12)
    assert findings.is_told(findings.figure_of(whole, INDICATOR))


@given(st.lists(st.integers(0, 50), min_size=2, max_size=8))
def test_cumulative_counts_when_they_fall_are_found_and_else_not(numbers: list[int]) -> None:
    periods = tuple(Period(year, 1, date(2000 + year, 1, 1), date(2000 + year, 12, 31)) for year in range(len(numbers)))
    actuals = tuple(Actual(year, year, Decimal(one), evidence=(1,)) for year, one in enumerate(numbers))
    falls = any(later < earlier for earlier, later in pairwise(numbers))

    said = {one.code for one in found(plan(periods=periods, actuals=actuals, targets=()))}

    assert said == ({"cumulative_falls"} if falls else set())
    assert INDICATOR.accumulation is Accumulation.CUMULATIVE


def test_findings_when_told_outside_quote_no_name() -> None:
    said = findings.Finding(
        "x", findings.Weight.WARNS, Part.GOAL, (1,), {"goal": "Айгүлдүн үйү", "all": ("Aigul", "b"), "n": 3}
    )

    (told,) = findings.covered([said], veil("Айгүл"))

    assert told.facts == {"goal": "••• үйү", "all": ("•••", "b"), "n": 3}
    assert (told.code, told.rows) == (said.code, said.rows)


def test_names_when_said_in_a_row_alone_are_found_there() -> None:
    found = findings.find(plan(places=(Place(7, "Айгүл айылы", "KG"),)), veil("Айгүл"))

    assert [(one.part, one.rows) for one in found if one.code == "name_said"] == [(Part.PLACE, (7,))]
