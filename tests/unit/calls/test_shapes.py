"""Ten shapes and four ways to join them reach the published rules, there and back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.calls.domain.examples import EXAMPLES
from kinolab.calls.domain.regulations import Rule, parse_rule
from kinolab.calls.domain.shapes import Join, Joined, Part, Shape, built, needs_a_question, taken_apart, untold


def parsed(definition: Any) -> Rule:
    rule = parse_rule(definition)
    assert isinstance(rule, Rule), rule
    return rule


def comparable(rule: Rule) -> Any:
    """A rule without what names it: the fact of different people is not looked at."""
    return (rule.op, rule.value, rule.named, rule.reference_date, [comparable(child) for child in rule.children])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.code)
def test_published_rule_is_taken_apart_and_built_again(example: Any) -> None:
    rule = parsed(example.definition)

    apart = taken_apart(rule)

    assert apart is not None
    assert comparable(parsed(built(rule.code, apart.parts, apart.join))) == comparable(rule)


def test_published_rules_use_all_shapes_and_joins() -> None:
    apart = [found for found in (taken_apart(parsed(one.definition)) for one in EXAMPLES) if found]

    assert {part.shape for one in apart for part in one.parts if isinstance(part, Part)} == set(Shape)
    assert {one.join for one in apart} == set(Join) - {Join.NONE_OF}


def test_rule_with_more_than_a_page_has_room_for_is_not_taken_apart() -> None:
    def within(inner: Any, times: int) -> Any:
        return within({"op": "none_of", "children": [inner]}, times - 1) if times else inner

    one = {"scope": "project", "field": "a", "op": "exists"}
    assert [taken_apart(parsed(within(one, deep) | {"code": "x"})) is None for deep in (1, 3)] == [False, False]
    many = {"code": "x", "op": "any_of", "children": [one] * 13}
    assert taken_apart(parsed(many)) is None


NUMBER = st.integers(0, 50)
COUNTRIES = st.lists(st.sampled_from(["KG", "KZ", "UZ"]), min_size=1, unique=True).map(tuple)
DAYS = st.dates().map(lambda day: day.isoformat())
MAYBE_NOT = st.sampled_from([{}, {"none": True}])


def _with(strategy: st.SearchStrategy[Any], name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda value, none: {name: value} | none, strategy, MAYBE_NOT)


PARTS = st.one_of(
    st.builds(Part, st.just(Shape.PLACE), st.just("person.country"), _with(COUNTRIES, "countries")),
    st.builds(Part, st.just(Shape.PLACE), st.just("project.country"), _with(st.just("central_asia_5@2024"), "set")),
    st.builds(
        lambda least, more, on: Part(Shape.AGE, "person.born", {"least": least, "most": least + more, "on": on}),
        NUMBER,
        NUMBER,
        st.sampled_from(["call_close", "edition_start"]),
    ),
    st.builds(
        Part,
        st.just(Shape.CHOICE),
        st.just("project.stage"),
        _with(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, unique=True).map(tuple), "choices"),
    ),
    st.builds(
        Part,
        st.just(Shape.AMOUNT),
        st.just("project.runtime"),
        st.one_of(
            NUMBER.map(lambda one: {"least": one}),
            NUMBER.map(lambda one: {"most": one}),
            NUMBER.map(lambda one: {"least": one, "most": one + 3}),
            NUMBER.map(lambda one: {"least": one + 1, "count": True}),
        ),
    ),
    st.builds(
        lambda which: Part(Shape.ORDINAL, "person.features", {"which": which}),
        st.lists(st.integers(1, 4), min_size=1, unique=True).map(tuple),
    ),
    st.builds(
        Part,
        st.just(Shape.DATE),
        st.just("project.shooting"),
        st.one_of(
            DAYS.map(lambda day: {"first": day}),
            st.just({"last": "2024-12-31"}),
            st.just({"first": "2023-01-01", "last": "2024-12-31"}),
        ),
    ),
    st.sampled_from(["there", "yes", "no"]).map(lambda how: Part(Shape.PRESENCE, "project.script", {"how": how})),
    st.builds(
        Part,
        st.just(Shape.SHARE),
        st.just("project.confirmed"),
        st.one_of(
            NUMBER.map(lambda percent: {"of": "project.budget", "least": percent}),
            NUMBER.map(lambda percent: {"least": percent, "most": percent + 5}),
        ),
    ),
    st.just(Part(Shape.TEAM, "team.people", {"roles": ("director", "producer")})),
    st.sampled_from(
        [
            Part(Shape.HISTORY, "history.decisions", {"past": "decisions", "decisions": ("selected",)}),
            Part(Shape.HISTORY, "history.attempts", {"past": "attempts", "most": 2}),
            Part(Shape.HISTORY, "person.other_applications", {"past": "others", "most": 1}),
            Part(Shape.HISTORY, "application.others", {"past": "unique"}),
        ]
    ),
)


def joined(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Joined]:
    several = st.sampled_from([Join.ALL_OF, Join.ANY_OF, Join.NONE_OF])
    return st.builds(Joined, several, st.lists(parts, min_size=2, max_size=3).map(tuple))


@given(joined(PARTS | joined(PARTS)))
def test_whatever_is_filled_in_comes_back_as_it_was(whole: Joined) -> None:
    assert taken_apart(parsed(built("rule", whole.parts, whole.join))) == whole


@given(PARTS, PARTS)
def test_if_and_then_come_back_as_they_were(first: Part, second: Part) -> None:
    assert taken_apart(parsed(built("rule", [first, second], Join.IMPLIES))) == Joined(Join.IMPLIES, (first, second))


@given(PARTS)
def test_one_part_stands_alone(part: Part) -> None:
    rule = parsed(built("rule", [part], Join.ANY_OF, severity="warn"))

    assert (rule.children, rule.severity) == ((), "warn")
    assert taken_apart(rule) == Joined(Join.ALL_OF, (part,))
    one = Joined(Join.ANY_OF, (part,))  # a group of one says no more than what stands in it
    assert built("rule", [one], Join.ALL_OF, severity="warn") == built("rule", [part], Join.ANY_OF, severity="warn")


@pytest.mark.parametrize(
    ("shape", "filled", "whys"),
    [
        (Shape.PLACE, {}, ["empty_list"]),
        (Shape.PLACE, {"set": "nowhere@1"}, ["unknown_set"]),
        (Shape.AGE, {}, ["two_numbers_needed"]),
        (Shape.AGE, {"least": 18, "most": 12}, ["minimum_above_maximum"]),
        (Shape.CHOICE, {}, ["empty_list"]),
        (Shape.AMOUNT, {}, ["number_needed"]),
        (Shape.AMOUNT, {"count": True, "most": 3}, ["whole_number_needed"]),
        (Shape.AMOUNT, {"least": 9, "most": 3}, ["minimum_above_maximum"]),
        (Shape.ORDINAL, {"which": (0,)}, ["whole_numbers_needed"]),
        (Shape.DATE, {}, ["date_needed"]),
        (Shape.DATE, {"first": "2025-01-01", "last": "2024-01-01"}, ["minimum_above_maximum"]),
        (Shape.SHARE, {}, ["two_numbers_needed"]),
        (Shape.SHARE, {"of": "project.budget"}, ["ratio_needed"]),
        (Shape.SHARE, {"of": "project.budget", "least": 120}, ["ratio_out_of_range"]),
        (Shape.SHARE, {"most": 120}, ["percent_out_of_range"]),
        (Shape.TEAM, {"roles": ("director",)}, ["two_roles_needed"]),
        (Shape.HISTORY, {"past": "decisions"}, ["empty_list"]),
        (Shape.HISTORY, {"past": "attempts"}, ["whole_number_needed"]),
    ],
)
def test_what_is_not_filled_in_is_refused_and_says_why(shape: Shape, filled: dict[str, Any], whys: list[str]) -> None:
    refused = parse_rule(built("rule", [Part(shape, "project.x", filled)], Join.ALL_OF))

    assert isinstance(refused, list)
    assert [str(one.facts.get("why", one.code)) for one in refused] == whys


@pytest.mark.parametrize(
    ("fact", "needs"),
    [
        ("person.country", False),
        ("person.shorts", True),
        ("role_holder.director.birth_date", False),
        ("role_holder.director.features", True),
        ("team.size", False),
        ("history.participated", False),
        ("project.runtime", True),
    ],
)
def test_facts_of_people_and_of_the_labs_own_records_need_no_question(fact: str, needs: bool) -> None:
    assert needs_a_question(fact) is needs


def test_rule_says_which_of_its_facts_no_question_tells_any_more() -> None:
    example = {one.code: parsed(one.definition) for one in EXAMPLES}

    assert untold(example["five_countries"], ()) == ()
    assert untold(example["two_people"], ()) == ()
    assert untold(example["financing_proven"], {"project.finance_plan.total"}) == (
        "project.finance_plan.confirmed",
        "project.financing_proof",
    )
    assert untold(example["an_hour"], {"project.runtime"}) == ()
