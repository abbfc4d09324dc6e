from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.calls.domain.regulations import (
    COMBINING,
    Op,
    ReferenceDate,
    Rule,
    Scope,
    Severity,
    parse_rule,
    parse_rules,
    to_mapping,
)
from kinolab.foundation.refusals import Refusal

COUNTRY = {"code": "country", "scope": "person", "field": "country", "op": "in", "value": ["KG", "KZ"]}


def impossible(why: str, path: str = "rule") -> list[Refusal]:
    return [Refusal("impossible_rule", {"path": path, "why": why})]


def test_parse_when_a_rule_is_plain_fills_in_what_is_left_out() -> None:
    assert parse_rule(COUNTRY) == Rule(
        "country", Scope.PERSON, "country", Op.IN, ("KG", "KZ"), Severity.BLOCK_REVIEW, overridable=True
    )


def test_parse_when_rules_are_combined_gives_children_code_and_consequence() -> None:
    late = {"scope": "project", "field": "stage", "op": "in", "value": ["late_development"]}
    done = {"code": "done", "scope": "project", "field": "completed", "op": "date_between"}
    done["value"] = [date(2023, 1, 1), "2024-12-31"]  # type: ignore[assignment]

    rule = parse_rule(
        {"code": "stage", "op": "any_of", "severity": "warn", "overridable": False, "children": [late, done]}
    )

    assert rule == Rule(
        "stage",
        Scope.APPLICATION,
        "",
        Op.ANY_OF,
        None,
        Severity.WARN,
        overridable=False,
        children=(
            Rule("stage.1", Scope.PROJECT, "stage", Op.IN, ("late_development",), Severity.WARN, overridable=False),
            Rule(
                "done",
                Scope.PROJECT,
                "completed",
                Op.DATE_BETWEEN,
                ("2023-01-01", "2024-12-31"),
                Severity.WARN,
                overridable=False,
            ),
        ),
    )


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"feild": "x"}, [Refusal("unknown_key", {"path": "rule", "key": "feild"})]),
        ({"op": "inn"}, [Refusal("unknown_op", {"path": "rule", "seen": "inn"})]),
        ({"op": None}, [Refusal("unknown_op", {"path": "rule", "seen": None})]),
        ({"scope": "film"}, [Refusal("unknown_scope", {"path": "rule", "seen": "film"})]),
        ({"severity": "fatal"}, [Refusal("unknown_severity", {"path": "rule", "seen": "fatal"})]),
        ({"overridable": "yes"}, [Refusal("not_yes_or_no", {"path": "rule", "key": "overridable"})]),
        ({"code": " "}, [Refusal("missing_key", {"path": "rule", "key": "code"})]),
        ({"field": 5}, [Refusal("missing_key", {"path": "rule", "key": "field"})]),
        ({"children": []}, [Refusal("key_not_for_op", {"path": "rule", "key": "children", "op": Op.IN})]),
        (
            {"reference_date": "tomorrow"},
            [Refusal("unknown_reference_date", {"path": "rule", "seen": "tomorrow"})],
        ),
        ({"scope": "role_holder"}, [Refusal("role_not_named", {"path": "rule", "field": "country"})]),
        (
            {"scope": "role_holder", "field": "director."},
            [Refusal("role_not_named", {"path": "rule", "field": "director."})],
        ),
        (
            {"op": "any_of", "children": [COUNTRY], "reference_date": "call_close"},
            [
                Refusal("key_not_for_op", {"path": "rule", "key": key, "op": Op.ANY_OF})
                for key in ("field", "value", "reference_date")
            ],
        ),
    ],
)
def test_parse_when_something_is_wrong_says_where_and_what(changes: dict[str, object], refusals: list[Refusal]) -> None:
    assert parse_rule({**COUNTRY, **changes}) == refusals


def test_parse_when_keys_are_missing_names_each() -> None:
    assert parse_rule({"op": "exists"}) == [
        Refusal("missing_key", {"path": "rule", "key": "code"}),
        Refusal("missing_key", {"path": "rule", "key": "scope"}),
        Refusal("missing_key", {"path": "rule", "key": "field"}),
    ]


def test_parse_when_it_is_no_mapping_says_so() -> None:
    assert parse_rule("KG only", "call.rules[3]") == [Refusal("not_a_mapping", {"path": "call.rules[3]"})]


@pytest.mark.parametrize(
    ("op", "value", "why"),
    [
        ("in", [], "empty_list"),
        ("in", "KG", "list_needed"),
        ("not_in", [["KG"]], "plain_values_needed"),
        ("in", ["KG", "KG"], "repeated_value"),
        ("previous_decision", [], "empty_list"),
        ("ordinal_in", [0, 1], "whole_numbers_needed"),
        ("distinct_persons", ["director"], "two_roles_needed"),
        ("distinct_persons", [1, 2], "two_roles_needed"),
        ("gte", "60", "number_needed"),
        ("gte", True, "number_needed"),
        ("lte", float("nan"), "number_needed"),
        ("between", [90, 60], "minimum_above_maximum"),
        ("between", [60], "two_numbers_needed"),
        ("between", ["a", "b"], "two_numbers_needed"),
        ("between", 60, "two_numbers_needed"),
        ("pct_between", [0, 101], "percent_out_of_range"),
        ("pct_between", [-1, 50], "percent_out_of_range"),
        ("count_gte", 0, "whole_number_needed"),
        ("count_gte", 1.5, "whole_number_needed"),
        ("max_per_person", 0, "whole_number_needed"),
        ("max_attempts", None, "whole_number_needed"),
        ("date_between", ["2024-02-01", "2024-01-01"], "minimum_above_maximum"),
        ("date_between", ["2024-02-01", "soon"], "two_dates_needed"),
        ("date_between", ["2024-02-01"], "two_dates_needed"),
        ("date_between", "2024", "two_dates_needed"),
        ("not_before", "1 December", "date_needed"),
        ("not_before", 2023, "date_needed"),
        ("ratio_gte", 0.15, "ratio_needed"),
        ("ratio_gte", {"of": "total"}, "ratio_needed"),
        ("ratio_gte", {"of": "", "at_least": 0.1}, "ratio_needed"),
        ("ratio_gte", {"of": "total", "at_least": 15}, "ratio_out_of_range"),
        ("exists", True, "no_value_taken"),
        ("unique_in_edition", 1, "no_value_taken"),
        ("age_between_on", [12, 18], "reference_date_needed"),
    ],
)
def test_parse_when_no_fact_could_be_judged_calls_the_rule_impossible(op: str, value: object, why: str) -> None:
    assert parse_rule({**COUNTRY, "op": op, "value": value}) == impossible(why)


def test_parse_when_a_reference_date_is_no_use_says_so() -> None:
    assert parse_rule({**COUNTRY, "reference_date": "call_close"}) == impossible("reference_date_unused")


@pytest.mark.parametrize(
    ("given_rule", "refusals"),
    [
        ({"code": "a", "op": "any_of"}, impossible("children_missing")),
        ({"code": "a", "op": "all_of", "children": []}, impossible("children_missing")),
        ({"code": "a", "op": "implies", "children": [COUNTRY]}, impossible("two_children_needed")),
        (
            {"code": "a", "op": "all_of", "children": [{**COUNTRY, "value": []}, {**COUNTRY, "severity": "warn"}, 5]},
            [
                *impossible("empty_list", "rule.children[0]"),
                Refusal("unknown_key", {"path": "rule.children[1]", "key": "severity"}),
                Refusal("not_a_mapping", {"path": "rule.children[2]"}),
            ],
        ),
    ],
)
def test_parse_when_children_are_wrong_says_which(given_rule: dict[str, object], refusals: list[Refusal]) -> None:
    assert parse_rule(given_rule) == refusals


def test_parse_when_rules_nest_too_deep_refuses() -> None:
    rule: dict[str, object] = COUNTRY
    for _ in range(4):
        rule = {"code": "nest", "op": "all_of", "children": [rule]}

    assert parse_rule(rule) == impossible("too_deep", "rule.children[0].children[0].children[0]")
    assert isinstance(parse_rule(rule["children"][0]), Rule)  # type: ignore[index]


def test_parse_rules_when_listed_gives_all_or_every_problem() -> None:
    other = {**COUNTRY, "code": "other"}

    assert parse_rules([COUNTRY, other]) == (parse_rule(COUNTRY), parse_rule(other))
    assert parse_rules([]) == ()
    assert parse_rules("rules") == [Refusal("not_a_list", {"path": "rules"})]
    assert parse_rules([COUNTRY, {**COUNTRY, "op": "x"}, COUNTRY]) == [
        Refusal("unknown_op", {"path": "rules[1]", "seen": "x"}),
        Refusal("duplicate_code", {"path": "rules[2]", "code": "country"}),
    ]


VALUES: dict[Op, st.SearchStrategy[object]] = {
    Op.IN: st.lists(st.text(min_size=1), min_size=1, max_size=3, unique=True).map(tuple),
    Op.GTE: st.integers(),
    Op.BETWEEN: st.tuples(st.integers(0, 50), st.integers(50, 100)),
    Op.AGE_BETWEEN_ON: st.tuples(st.integers(0, 50), st.integers(50, 100)),
    Op.EXISTS: st.none(),
    Op.NOT_BEFORE: st.dates().map(date.isoformat),
    Op.RATIO_GTE: st.floats(0, 1).map(lambda share: {"of": "total", "at_least": share}),
    Op.DISTINCT_PERSONS: st.just(("director", "producer")),
}


@st.composite
def rules(draw: st.DrawFn, depth: int = 1, consequence: tuple[Severity, bool] | None = None) -> Rule:
    severity, overridable = consequence or (draw(st.sampled_from(Severity)), draw(st.booleans()))
    op = draw(st.sampled_from([*VALUES, *(sorted(COMBINING) if depth < 3 else [])]))
    code = draw(st.text("abc", min_size=1, max_size=3))
    scope = draw(st.sampled_from([scope for scope in Scope if scope is not Scope.ROLE_HOLDER]))
    if op in COMBINING:
        size = 2 if op is Op.IMPLIES else draw(st.integers(1, 3))
        children = tuple(draw(rules(depth + 1, (severity, overridable))) for _ in range(size))
        return Rule(code, scope, "", op, None, severity, overridable, None, children)
    reference = draw(st.sampled_from(ReferenceDate)) if op is Op.AGE_BETWEEN_ON else None
    return Rule(code, scope, "some_field", op, draw(VALUES[op]), severity, overridable, reference)


@given(rules())
def test_to_mapping_when_read_again_gives_the_same_rule(rule: Rule) -> None:
    assert parse_rule(to_mapping(rule)) == rule


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([*Op, *Scope, "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["code", "op", "scope", "field", "value", "children", "of", "at_least"]), inner
        )
    ),
    max_leaves=8,
)


@given(JSON)
def test_parse_when_anything_at_all_is_given_never_breaks(given_rule: object) -> None:
    assert isinstance(parse_rule(given_rule), Rule | list)
