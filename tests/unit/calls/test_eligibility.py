from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.calls.domain.eligibility import (
    Asks,
    Facts,
    Finding,
    Outcome,
    Person,
    QuickQuestion,
    SoFar,
    age_on,
    check,
    fact_keys,
    quick_questions,
    verdict,
)
from kinolab.calls.domain.regulations import ReferenceDate, Rule, Severity, parse_rule
from kinolab.foundation.refusals import Refusal

YES, NO, UNKNOWN = Outcome.YES, Outcome.NO, Outcome.UNKNOWN
DATES = {ReferenceDate.CALL_CLOSE: date(2024, 8, 5), ReferenceDate.EDITION_START: date(2024, 9, 26)}
CENTRAL_ASIA = ["KZ", "KG", "UZ", "TJ", "TM"]
STAGES = ["late_development", "production", "post_production"]


def rule(**mapping: object) -> Rule:
    parsed = parse_rule({"code": "rule", **mapping})
    assert isinstance(parsed, Rule), parsed
    return parsed


def leaf(scope: str, field: str, op: str, value: object = None, **more: object) -> dict[str, object]:
    written = {"scope": scope, "field": field, "op": op, **more}
    return written if value is None else {**written, "value": value}


def judge(one: Rule, values: Mapping[str, object], *people: Person) -> Finding:
    return check([one], Facts(values, people), DATES)[0]


def person(key: str, *roles: str, **values: object) -> Person:
    return Person(key, frozenset(roles), values)


@pytest.mark.parametrize(
    ("mapping", "seen", "refusal"),
    [
        (leaf("project", "x", "in", ["a"]), "b", Refusal("not_among", {"seen": "b", "allowed": ("a",)})),
        (leaf("project", "x", "not_in", ["a"]), ["a"], Refusal("among_excluded", {"seen": ["a"], "excluded": ("a",)})),
        (leaf("project", "x", "gte", 60), 59, Refusal("below_minimum", {"seen": 59, "minimum": 60})),
        (leaf("project", "x", "lte", 60), 61, Refusal("above_maximum", {"seen": 61, "maximum": 60})),
        (leaf("project", "x", "between", [1, 2]), 3, Refusal("out_of_range", {"seen": 3, "minimum": 1, "maximum": 2})),
        (
            leaf("project", "x", "pct_between", [10, 20]),
            9.5,
            Refusal("out_of_range", {"seen": 9.5, "minimum": 10, "maximum": 20}),
        ),
        (leaf("project", "x", "count_gte", 2), ["a"], Refusal("too_few_items", {"seen": ["a"], "minimum": 2})),
        (leaf("project", "x", "exists"), [], Refusal("not_there", {"seen": [], "field": "project.x"})),
        (leaf("project", "x", "exists"), False, Refusal("not_there", {"seen": False, "field": "project.x"})),
        (
            leaf("project", "x", "ordinal_in", [1]),
            1,
            Refusal("ordinal_not_among", {"seen": 1, "ordinal": 2, "allowed": (1,)}),
        ),
        (
            leaf("person", "x", "age_between_on", [12, 18], reference_date="call_close"),
            "2000-08-06",
            Refusal(
                "age_out_of_range",
                {"seen": "2000-08-06", "age": 23, "on": date(2024, 8, 5), "minimum": 12, "maximum": 18},
            ),
        ),
        (
            leaf("project", "x", "date_between", ["2023-01-01", "2023-12-31"]),
            "2024-01-01",
            Refusal("date_out_of_range", {"seen": "2024-01-01", "first": date(2023, 1, 1), "last": date(2023, 12, 31)}),
        ),
        (
            leaf("project", "x", "not_before", "2023-12-01"),
            "2023-11-30",
            Refusal("too_early", {"seen": "2023-11-30", "first": date(2023, 12, 1)}),
        ),
        (leaf("application", "x", "unique_in_edition"), 1, Refusal("not_unique", {"seen": 1, "others": 1})),
        (
            leaf("application", "x", "max_per_person", 2),
            2,
            Refusal("too_many_times", {"seen": 2, "maximum": 2, "before": 2}),
        ),
        (
            leaf("history", "x", "max_attempts", 3),
            3,
            Refusal("too_many_times", {"seen": 3, "maximum": 3, "before": 3}),
        ),
        (
            leaf("history", "x", "previous_decision", ["selected"]),
            "selected",
            Refusal("decided_before", {"seen": "selected", "decisions": ("selected",)}),
        ),
        (
            leaf("team", "x", "distinct_persons", ["director", "producer"]),
            False,
            Refusal("not_distinct_persons", {"seen": False, "roles": ("director", "producer")}),
        ),
    ],
)
def test_check_when_the_answer_is_no_gives_the_value_seen_and_the_reason(
    mapping: dict[str, object], seen: object, refusal: Refusal
) -> None:
    key = f"{mapping['scope']}.x"

    assert judge(rule(**mapping), {key: seen}) == Finding("rule", NO, seen, refusal, Severity.BLOCK_REVIEW)


@pytest.mark.parametrize(
    "mapping",
    [
        leaf("project", "x", "gte", 60),
        leaf("project", "x", "count_gte", 1),
        leaf("project", "x", "ordinal_in", [1]),
        leaf("project", "x", "date_between", ["2023-01-01", "2023-12-31"]),
        leaf("project", "x", "not_before", "2023-12-01"),
        leaf("project", "x", "ratio_gte", {"of": "y", "at_least": 0.5}),
        leaf("project", "x", "age_between_on", [1, 2], reference_date="call_close"),
    ],
)
def test_check_when_the_fact_cannot_be_read_says_unknown(mapping: dict[str, object]) -> None:
    finding = judge(rule(**mapping), {"project.x": "N/A"})

    assert finding == Finding(
        "rule", UNKNOWN, "N/A", Refusal("fact_unknown", {"field": "project.x"}), Severity.BLOCK_REVIEW
    )


def test_check_when_another_fact_of_the_rule_is_missing_names_that_one() -> None:
    share = rule(**leaf("project", "part", "ratio_gte", {"of": "whole", "at_least": 0.5}))
    age = rule(**leaf("person", "born", "age_between_on", [1, 2], reference_date="completion_date"))

    assert judge(share, {"project.part": 1}).reason == Refusal("fact_unknown", {"field": "project.whole"})
    assert judge(share, {"project.part": 0, "project.whole": 0}).outcome is UNKNOWN
    assert judge(age, {"person.born": "2000-01-01"}).reason == Refusal(
        "fact_unknown", {"field": "person.completion_date"}
    )


def test_check_when_a_share_is_exact_is_not_cheated_by_floats() -> None:
    share = rule(**leaf("project", "part", "ratio_gte", {"of": "whole", "at_least": 0.07}))

    assert judge(share, {"project.part": 7, "project.whole": 100}).outcome is YES
    assert judge(share, {"project.part": Decimal("6.99"), "project.whole": 100}).outcome is NO


def test_check_when_a_boundary_is_met_says_yes() -> None:
    assert judge(rule(**leaf("project", "x", "lte", 60)), {"project.x": 60}).outcome is YES
    assert judge(rule(**leaf("project", "x", "between", [1, 2])), {"project.x": 2}).outcome is YES
    assert judge(rule(**leaf("application", "x", "unique_in_edition")), {"application.x": 0}).outcome is YES
    assert judge(rule(**leaf("history", "x", "max_attempts", 3)), {"history.x": 2}).outcome is YES


@pytest.mark.parametrize(
    ("countries", "outcome", "seen"),
    [
        (["KG", "KZ"], YES, "KG"),
        (["KG", "TR", None], NO, "TR"),
        (["KG", None], UNKNOWN, None),
    ],
)
def test_check_when_there_is_a_team_asks_of_everybody(
    countries: list[str | None], outcome: Outcome, seen: str | None
) -> None:
    team = [person(str(n), "director", country=country) for n, country in enumerate(countries)]

    finding = judge(rule(**leaf("person", "country", "in", CENTRAL_ASIA)), {"person.country": "TR"}, *team)

    assert (finding.outcome, finding.value_seen) == (outcome, seen)


def test_check_when_a_role_is_meant_asks_of_those_who_hold_it() -> None:
    one = rule(**leaf("role_holder", "director.features", "ordinal_in", [1, 2]))
    meerim = person("meerim", "director", features=0)
    azamat = person("azamat", "producer", features=9)

    assert judge(one, {}, meerim, azamat).outcome is YES
    assert judge(one, {}, person("azamat", "director", "producer", features=9)).outcome is NO
    assert judge(one, {}, azamat) == Finding(
        "rule",
        UNKNOWN,
        None,
        Refusal("fact_unknown", {"field": "role_holder.director.features"}),
        Severity.BLOCK_REVIEW,
    )


@pytest.mark.parametrize(
    ("team", "outcome"),
    [
        ([("meerim", "director"), ("azamat", "producer")], YES),
        ([("meerim", "director producer")], NO),
        ([("meerim", "director producer"), ("azamat", "director")], YES),
        ([("meerim", "director producer"), ("azamat", "writer")], NO),
        ([("meerim", "director")], NO),
    ],
)
def test_distinct_persons_when_people_hold_several_roles_finds_one_for_each(
    team: list[tuple[str, str]], outcome: Outcome
) -> None:
    people = [person(key, *roles.split()) for key, roles in team]
    one = rule(**leaf("team", "two_people", "distinct_persons", ["director", "producer"]))

    assert judge(one, {}, *people).outcome is outcome


# Three-valued logic: a is project.a, and so on.
A, B = leaf("project", "a", "in", [True]), leaf("project", "b", "in", [True])
TELL: dict[Outcome, bool | None] = {YES: True, NO: False, UNKNOWN: None}


@pytest.mark.parametrize(
    ("op", "table"),
    [
        ("all_of", {(YES, YES): YES, (YES, UNKNOWN): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, YES): UNKNOWN}),
        ("any_of", {(NO, NO): NO, (NO, UNKNOWN): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, NO): UNKNOWN}),
        ("none_of", {(NO, NO): YES, (NO, UNKNOWN): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, NO): UNKNOWN}),
        ("implies", {(YES, NO): NO, (YES, UNKNOWN): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, NO): UNKNOWN}),
    ],
)
def test_combination_when_parts_are_known_or_not_follows_kleene(
    op: str, table: dict[tuple[Outcome, Outcome], Outcome]
) -> None:
    otherwise = {"all_of": NO, "any_of": YES, "none_of": NO, "implies": YES}[op]
    one = rule(op=op, children=[A, B])

    for first, second in product(Outcome, repeat=2):
        finding = judge(one, {"project.a": TELL[first], "project.b": TELL[second]})
        assert finding.outcome is table.get((first, second), otherwise), (first, second)
        assert (finding.reason is None) == (finding.outcome is YES)


def test_any_of_when_none_holds_gives_every_reason() -> None:
    finding = judge(rule(op="any_of", children=[A, B]), {"project.a": False, "project.b": False})

    told = Refusal("not_among", {"seen": False, "allowed": (True,)})
    assert finding.reason == Refusal("none_of_these", {"reasons": (told, told)})


def test_implies_when_the_consequence_fails_gives_its_reason() -> None:
    finding = judge(rule(op="implies", children=[A, B]), {"project.a": True, "project.b": False})

    assert finding.reason == Refusal("not_among", {"seen": False, "allowed": (True,)})


@given(st.dictionaries(st.sampled_from(["project.a", "project.b", "project.c"]), st.booleans()), st.booleans())
def test_check_when_more_becomes_known_never_takes_back_a_yes_or_no(known: dict[str, bool], more: bool) -> None:
    c = leaf("project", "c", "in", [True])
    one = rule(op="all_of", children=[{"op": "any_of", "children": [A, B]}, {"op": "implies", "children": [B, c]}])
    everything = {key: known.get(key, more) for key in ("project.a", "project.b", "project.c")}

    before, after = judge(one, known).outcome, judge(one, everything).outcome

    assert before in (UNKNOWN, after)
    assert after is not UNKNOWN


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([], YES),
        ([(YES, Severity.BLOCK_SUBMIT), (NO, Severity.INFO)], YES),
        ([(UNKNOWN, Severity.BLOCK_SUBMIT), (YES, Severity.BLOCK_REVIEW)], UNKNOWN),
        ([(UNKNOWN, Severity.BLOCK_SUBMIT), (NO, Severity.BLOCK_REVIEW)], NO),
    ],
)
def test_verdict_when_findings_are_summed_up_counts_the_severities_asked(
    outcomes: list[tuple[Outcome, Severity]], said: Outcome
) -> None:
    findings = [Finding("x", outcome, None, None, severity) for outcome, severity in outcomes]

    assert verdict(findings, frozenset({Severity.BLOCK_SUBMIT, Severity.BLOCK_REVIEW})) is said


def test_quick_questions_when_rules_share_facts_ask_each_once() -> None:
    rules = [
        rule(**leaf("person", "country", "in", ["KG", "KZ"])),
        rule(op="any_of", children=[leaf("person", "country", "in", ["KZ", "UZ"]), A]),
        rule(**leaf("project", "runtime", "gte", 60)),
        rule(**leaf("person", "born", "age_between_on", [12, 18], reference_date="call_close")),
        rule(**leaf("project", "confirmed", "ratio_gte", {"of": "budget", "at_least": 0.1})),
        rule(**leaf("project", "script", "exists")),
        rule(**leaf("team", "two_people", "distinct_persons", ["director", "producer"])),
        rule(**leaf("history", "attended", "in", [False])),
        rule(**leaf("application", "others", "max_per_person", 1)),
        rule(**leaf("project", "charm", "gte", 3), severity="score"),
        rule(**leaf("project", "premiere", "not_before", "2024-01-01"), severity="warn"),
    ]

    assert quick_questions(rules) == (
        QuickQuestion("person.country", Asks.CHOICE, ("KG", "KZ", "UZ")),
        QuickQuestion("project.a", Asks.YES_NO),
        QuickQuestion("project.runtime", Asks.NUMBER),
        QuickQuestion("person.born", Asks.DATE),
        QuickQuestion("project.confirmed", Asks.NUMBER),
        QuickQuestion("project.budget", Asks.NUMBER),
        QuickQuestion("project.script", Asks.YES_NO),
        QuickQuestion("team.two_people", Asks.YES_NO),
        QuickQuestion("project.premiere", Asks.DATE),
    )


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2006, 9, 26), date(2024, 9, 26), 18),
        (date(2006, 9, 27), date(2024, 9, 26), 17),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
    ],
)
def test_age_when_the_birthday_comes_counts_full_years(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


# Every leaf of the grammar, each with a fact that can be judged, in any combination: what is learnt later never turns an
# answer round, it only ends a not-known-yet.
LEAVES: list[tuple[dict[str, object], st.SearchStrategy[object]]] = [
    (leaf("project", "a", "in", ["x", "y"]), st.lists(st.sampled_from("xyz"), max_size=3)),
    (leaf("project", "b", "not_in", ["x"]), st.lists(st.sampled_from("xyz"), max_size=3)),
    (leaf("project", "c", "gte", 3), st.integers(0, 6)),
    (leaf("project", "d", "lte", 3), st.integers(0, 6)),
    (leaf("project", "e", "between", [2, 4]), st.integers(0, 6)),
    (leaf("project", "f", "count_gte", 2), st.lists(st.just("film"), max_size=4)),
    (leaf("project", "g", "exists"), st.sampled_from(["", "da", [], True, False])),
    (leaf("project", "h", "ordinal_in", [1, 2]), st.integers(0, 3)),
    (leaf("project", "i", "age_between_on", [18, 35], reference_date="call_close"), st.dates(date(1980, 1, 1))),
    (
        leaf("project", "j", "date_between", ["2023-01-01", "2024-12-31"]),
        st.dates(date(2022, 1, 1), date(2025, 12, 31)),
    ),
    (leaf("project", "k", "not_before", "2023-12-01"), st.dates(date(2022, 1, 1), date(2025, 12, 31))),
    (leaf("project", "l", "ratio_gte", {"of": "c", "at_least": 0.5}), st.integers(0, 6)),
    (leaf("project", "m", "pct_between", [15, 30]), st.integers(0, 100)),
    (leaf("team", "n", "distinct_persons", ["director", "producer"]), st.booleans()),
    (leaf("project", "o", "unique_in_edition"), st.integers(0, 2)),
    (leaf("project", "p", "max_per_person", 1), st.integers(0, 2)),
    (leaf("history", "q", "max_attempts", 2), st.integers(0, 3)),
    (leaf("history", "r", "previous_decision", ["selected"]), st.lists(st.sampled_from(["selected", "rejected"]))),
]
FACT_OF = {f"{one['scope']}.{one['field']}": values for one, values in LEAVES}


def combined() -> st.SearchStrategy[dict[str, object]]:
    leaves = st.sampled_from([one for one, _ in LEAVES])

    def join(parts: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
        several = st.tuples(st.sampled_from(["all_of", "any_of", "none_of"]), st.lists(parts, min_size=1, max_size=3))
        two = st.tuples(st.just("implies"), st.lists(parts, min_size=2, max_size=2))
        return (several | two).map(lambda made: {"op": made[0], "children": made[1]})

    return st.one_of(leaves, join(leaves | join(leaves)))


@given(combined(), st.data())
def test_check_when_more_is_learnt_never_turns_yes_into_no(mapping: dict[str, object], data: st.DataObject) -> None:
    one = rule(**mapping)
    whole = {key: data.draw(values) for key, values in FACT_OF.items() if key in fact_keys(one)}
    known = data.draw(st.sets(st.sampled_from(sorted(whole))))
    begun = data.draw(st.sets(st.sampled_from(sorted(whole))))
    less: dict[str, object] = {key: whole[key] for key in known}
    for key in begun - known:  # of a list, a part may be known: the rest may still come
        value = whole[key]
        if isinstance(value, list):
            less[key] = SoFar(value[: data.draw(st.integers(0, len(value)))])

    early, late = judge(one, less).outcome, judge(one, whole).outcome

    assert early in (UNKNOWN, late)


@given(combined())
def test_check_when_nothing_is_known_says_not_known_yet(mapping: dict[str, object]) -> None:
    assert judge(rule(**mapping), {}).outcome is UNKNOWN


@given(st.lists(st.sampled_from(Outcome), min_size=1, max_size=4), st.lists(st.sampled_from(Outcome), max_size=3))
def test_combinations_obey_the_laws_of_kleene(first: list[Outcome], second: list[Outcome]) -> None:
    def say(op: str, outcomes: list[Outcome]) -> Outcome:
        told = {Outcome.YES: True, Outcome.NO: False, Outcome.UNKNOWN: None}
        children = [leaf("project", f"x{n}", "in", [True]) for n in range(len(outcomes))]
        return judge(rule(op=op, children=children), {f"project.x{n}": told[o] for n, o in enumerate(outcomes)}).outcome

    def flip(outcome: Outcome) -> Outcome:
        return {Outcome.YES: Outcome.NO, Outcome.NO: Outcome.YES}.get(outcome, outcome)

    both = first + second
    assert say("all_of", both) is say("all_of", both[::-1])  # the order does not matter
    assert say("any_of", both) is flip(say("all_of", [flip(one) for one in both]))  # De Morgan
    assert say("none_of", both) is flip(say("any_of", both))
    assert say("all_of", both) is say("all_of", [say("all_of", first), *second])  # brackets do not matter
    assert say("implies", [first[0], both[-1]]) is say("any_of", [flip(first[0]), both[-1]])


def test_exists_when_nothing_is_known_so_far_is_not_a_no_yet() -> None:
    there = rule(**leaf("project", "films", "exists"))

    assert judge(there, {"project.films": SoFar()}).outcome is UNKNOWN
    assert judge(there, {"project.films": SoFar(("Суу",))}).outcome is YES


def test_previous_decision_when_more_may_become_known_is_not_a_yes_yet() -> None:
    never = rule(**leaf("history", "decisions", "previous_decision", ["selected"]))

    assert judge(never, {"history.decisions": SoFar(("rejected",))}).outcome is UNKNOWN
    assert judge(never, {"history.decisions": SoFar(("selected",))}).outcome is NO
