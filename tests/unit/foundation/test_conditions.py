"""When a question shows: conditions are read strictly, decided in one order, and reveal nothing to the wrong people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.questions.domain.conditions import (
    Asked,
    Condition,
    Group,
    Test,
    form_problems,
    holds,
    open_part,
    parse,
    questions_in,
    shown,
)
from kinolab.foundation.questions.domain.seeing import SeenBy
from kinolab.foundation.refusals import Refusal

BY_A = {"question": "a", "answered": True}
HEALTH = Asked("a", {}, asked_of="each", personal=True)
EDITING = {"question": "stage", "is": ["editing", "finished"]}


def condition(given: object) -> Condition:
    read = parse(given)
    assert not isinstance(read, Refusal)
    return read


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        {},
        {"question": "stage"},
        {"question": "", "is": ["a"]},
        {"question": "stage", "is": []},
        {"question": "stage", "is": 5},
        {"question": "stage", "answered": "yes"},
        {"question": "stage", "at_least": "sixty"},
        {"question": "stage", "is": ["a"], "is_not": ["b"]},
        {"question": "stage", "is": ["a"], "colour": "red"},
        {"all": []},
        {"all": [EDITING], "any": [EDITING]},
        {"all": [{"any": []}]},
        {"all": [{"all": [{"all": [{"none": [EDITING]}]}]}]},
    ],
)
def test_parse_when_a_condition_cannot_be_read_refuses(given: object) -> None:
    read = parse(given)

    assert isinstance(read, Refusal)
    assert read.code == "condition_unreadable"


def test_parse_when_one_choice_is_written_alone_takes_it_as_a_list() -> None:
    assert parse({"question": "stage", "is": "editing"}) == Test("stage", "is", ("editing",))
    assert parse({"any": [EDITING]}) == Group("any", (Test("stage", "is", ("editing", "finished")),))


@pytest.mark.parametrize(
    ("given", "answer", "so"),
    [
        (EDITING, "editing", True),
        (EDITING, "development", False),
        (EDITING, ["development", "finished"], True),
        (EDITING, None, False),
        ({"question": "stage", "is_not": ["editing"]}, "development", True),
        ({"question": "stage", "is_not": ["editing"]}, "editing", False),
        ({"question": "stage", "is_not": ["editing"]}, None, False),
        ({"question": "stage", "answered": True}, "x", True),
        ({"question": "stage", "answered": True}, " ", False),
        ({"question": "stage", "answered": False}, False, True),
        ({"question": "stage", "answered": True}, {"agreed": True}, True),
        ({"question": "stage", "at_least": 60}, "60", True),
        ({"question": "stage", "at_least": 60}, "59,9", False),
        ({"question": "stage", "at_most": 60}, "59,9", True),
        ({"question": "stage", "at_most": 60}, "long", False),
        ({"all": [EDITING, {"question": "stage", "answered": True}]}, "editing", True),
        ({"all": [EDITING, {"question": "stage", "answered": False}]}, "editing", False),
        ({"any": [EDITING, {"question": "stage", "answered": False}]}, "editing", True),
        ({"none": [EDITING, {"question": "stage", "is": ["idea"]}]}, "editing", False),
        ({"none": [EDITING, {"question": "stage", "is": ["idea"]}]}, "development", True),
        ({"none": [EDITING]}, None, True),
    ],
)
def test_holds(given: object, answer: object, so: bool) -> None:
    assert holds(condition(given), {"stage": answer}) is so


def test_holds_when_a_bound_is_no_number_says_no() -> None:
    assert not holds(Test("runtime", "at_least", "sixty"), {"runtime": 70})


def test_shown_when_a_hidden_question_was_answered_does_not_count_it() -> None:
    asked = [
        Asked("has_trailer", {}),
        Asked("kind", {"question": "has_trailer", "is": ["yes"]}),
        Asked("minutes", {"question": "kind", "answered": True}),
        Asked("title", {"question": "nonsense"}),  # cannot be read: hides nothing
    ]

    assert shown(asked, ["yes", "teaser", None, None]) == [True, True, True, True]
    assert shown(asked, ["no", "teaser", None, None]) == [True, False, False, True]


KEYS = ["a", "b", "c", "d", "e"]
ANSWERS = st.lists(st.sampled_from([None, "", "x", "y"]), min_size=5, max_size=5)


@st.composite
def forms(draw: st.DrawFn) -> list[Asked]:
    """Forms in which every condition looks at what stands before it."""
    asked = [Asked("a", {})]
    for place in range(1, 5):
        earlier = st.sampled_from(KEYS[:place])
        leaf = st.one_of(
            st.builds(lambda key: {"question": key, "is": ["x"]}, earlier),
            st.builds(lambda key: {"question": key, "is_not": ["x"]}, earlier),
            st.builds(lambda key, yes: {"question": key, "answered": yes}, earlier, st.booleans()),
        )
        group = st.builds(
            lambda way, parts: {way: parts}, st.sampled_from(["all", "any", "none"]), st.lists(leaf, min_size=1)
        )
        asked.append(Asked(KEYS[place], draw(st.one_of(st.just({}), leaf, group))))
    return asked


@given(forms(), ANSWERS)
def test_shown_depends_on_nothing_that_is_hidden(asked: list[Asked], answers: list[object]) -> None:
    visible = shown(asked, answers)
    wiped = [answer if seen else None for answer, seen in zip(answers, visible, strict=True)]

    assert form_problems(asked) == []
    assert shown(asked, wiped) == visible
    assert all(seen for one, seen in zip(asked, visible, strict=True) if not one.shown_if)


@given(forms(), ANSWERS)
def test_shown_depends_on_nothing_that_comes_later(asked: list[Asked], answers: list[object]) -> None:
    for place in range(len(asked)):
        assert shown(asked[:place], answers[:place]) == shown(asked, answers)[:place]


@given(forms(), ANSWERS)
def test_open_part_when_nothing_is_on_the_page_has_been_decided(asked: list[Asked], answers: list[object]) -> None:
    known = dict(zip(KEYS, answers, strict=True))
    for one in asked:
        if one.shown_if:
            read = condition(one.shown_if)
            assert _decide(open_part(read, known, {})) is holds(read, known)


def _decide(part: object) -> bool:
    if isinstance(part, bool):
        return part
    assert isinstance(part, dict)
    [(way, parts)] = part.items()
    told = [_decide(one) for one in parts]
    return {"all": all(told), "any": any(told), "none": not any(told)}[way]


def test_open_part_names_the_fields_of_the_page() -> None:
    read = condition({"all": [EDITING, {"question": "runtime", "at_least": 60}]})

    assert open_part(read, {"runtime": 70}, {"stage": "q5"}) == {
        "all": [{"field": "q5", "is": ["editing", "finished"]}, True]
    }
    assert open_part(condition({"question": "runtime", "at_least": 60}), {}, {"runtime": "q6"}) == {
        "field": "q6",
        "at_least": 60,
    }
    assert questions_in(read) == ("stage", "runtime")


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ([Asked("a", {"question": "gone", "answered": True})], ["condition_on_removed"]),
        ([Asked("a", {"question": "b", "answered": True}), Asked("b", {})], ["condition_on_later"]),
        ([Asked("a", {"question": "a", "answered": True})], ["condition_on_later"]),
        ([Asked("a", {"colour": "red"})], ["condition_unreadable"]),
        ([Asked("a", {}, ["x"]), Asked("b", {"question": "a", "is": ["z"]})], ["condition_on_choice"]),
        ([Asked("a", {}, ["x"]), Asked("b", {"any": [{"question": "a", "is": ["z"]}]})], ["condition_on_choice"]),
        ([Asked("a", {}), Asked("b", {"question": "a", "is": ["z"]})], []),
        (
            [Asked("a", {}, seen_by=SeenBy.NAMED), Asked("b", {"question": "a", "answered": True})],
            ["condition_reveals"],
        ),
        ([Asked("a", {}), Asked("b", {"question": "a", "answered": True}, seen_by=SeenBy.NAMED)], []),
        # What people answer alone
        ([Asked("a", {}), Asked("b", BY_A, asked_of="each")], []),
        ([Asked("a", {}, asked_of="each"), Asked("b", BY_A, asked_of="each")], []),
        ([Asked("a", {}, asked_of="each"), Asked("b", BY_A, asked_of="director")], []),
        ([Asked("a", {}, asked_of="each"), Asked("b", BY_A)], ["condition_on_others"]),
        ([Asked("a", {}, asked_of="director"), Asked("b", BY_A, asked_of="each")], ["condition_on_others"]),
        ([Asked("a", {}, asked_of="director"), Asked("b", BY_A, asked_of="producer")], ["condition_on_others"]),
        ([HEALTH, Asked("b", BY_A, asked_of="each", required=False)], ["condition_reveals_own"]),
        ([HEALTH, Asked("b", BY_A, asked_of="each", personal=True)], ["condition_reveals_own"]),
        ([HEALTH, Asked("b", BY_A, asked_of="each", personal=True, required=False)], []),
    ],
)
def test_form_problems(asked: list[Asked], codes: list[str]) -> None:
    assert [one.code for one in form_problems(asked)] == codes
