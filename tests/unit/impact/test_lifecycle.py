import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain import dependencies, lifecycle, sdg
from kinolab.impact.domain.lifecycle import STEPS, TAKEN_BY, TURN, RoadMapState, RoadMapStep, Turn
from kinolab.impact.domain.parts import STEP_OF, Part


def test_steps_when_taken_lead_where_the_table_says() -> None:
    for state in RoadMapState:
        for taken in RoadMapStep:
            refused = Refusal("road_map_step_not_possible", {"state": state, "step": taken})
            assert lifecycle.step(state, taken) == STEPS.get((state, taken), refused)


def test_states_when_counted_are_reached_and_have_a_turn() -> None:
    assert set(STEPS.values()) | {RoadMapState.TEMPLATE} == set(RoadMapState)
    assert (set(TURN), set(TAKEN_BY)) == (set(RoadMapState), set(RoadMapStep))


def test_steps_when_asked_for_are_those_of_the_person() -> None:
    both = frozenset({Turn.TEAM, Turn.TUTOR})

    assert lifecycle.steps_from(RoadMapState.TUTOR_REVIEW, both) == (
        RoadMapStep.TAKE_BACK, RoadMapStep.ASK_REVISION, RoadMapStep.PRESENT,
    )  # fmt: skip
    assert lifecycle.steps_from(RoadMapState.CLOSED, both) == ()


@pytest.mark.parametrize(
    ("state", "part", "code"),
    [
        (RoadMapState.TEMPLATE, Part.RISK, "road_map_not_begun"),
        (RoadMapState.DRAFTING, Part.GOAL, None),
        (RoadMapState.REVISION, Part.ACTUAL, None),
        (RoadMapState.TUTOR_REVIEW, Part.ACTIVITY, "road_map_under_review"),
        (RoadMapState.PRESENTED, Part.PROTECTED, None),
        (RoadMapState.ADOPTED, Part.GOAL, "plan_adopted"),
        (RoadMapState.IMPLEMENTING, Part.ACTUAL, None),
        (RoadMapState.REPORTING, Part.TARGET, "plan_adopted"),
        (RoadMapState.CLOSED, Part.RISK, "road_map_closed"),
    ],
)
def test_parts_when_written_are_open_by_the_state(state: RoadMapState, part: Part, code: str | None) -> None:
    assert lifecycle.why_not_write(state, part) == (Refusal(code) if code else None)


def test_parts_when_counted_belong_to_one_step_each() -> None:
    assert set(STEP_OF) == set(Part)


# --- Order -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("depends_on", "expected"),
    [
        ({}, ()),
        ({1: [], 2: [1], 3: [2, 1]}, ()),
        ({1: [99]}, ()),
        ({1: [1]}, (1,)),
        ({1: [2], 2: [3], 3: [1], 4: [1]}, (1, 2, 3)),
        ({9: [3], 3: [4], 4: [3]}, (3, 4)),
    ],
)
def test_circle_when_looked_for_is_named(depends_on: dict[int, list[int]], expected: tuple[int, ...]) -> None:
    assert dependencies.circle(depends_on) == expected


def test_circle_when_two_hundred_wait_in_a_row_is_none() -> None:
    assert dependencies.circle({one: [one - 1] for one in range(1, 201)}) == ()


@given(st.dictionaries(st.integers(0, 12), st.sets(st.integers(0, 12), max_size=4), max_size=12))
def test_circle_when_found_is_one(depends_on: dict[int, set[int]]) -> None:
    found = dependencies.circle(depends_on)

    for here, after in zip(found, (*found[1:], *found[:1]), strict=True):
        assert after in depends_on[here]
    if not found:  # then there is an order
        left = {one: {other for other in others if other in depends_on} for one, others in depends_on.items()}
        while left:
            free = {one for one, others in left.items() if not others & left.keys()}
            assert free
            for one in free:
                del left[one]


# --- Goals of the world ------------------------------------------------------------------------------------------------
def test_sdg_when_counted_are_17_and_169() -> None:
    assert (len(sdg.GOALS), len(sdg.TARGETS)) == (17, 169)
    assert {sdg.goal_of(code) for code in sdg.CODES} == set(sdg.GOALS)
    assert sdg.SOURCE.startswith("https://")


@pytest.mark.parametrize(
    ("indicator", "target"), [("5.3.1", "5.3"), (" 16.b.1 ", "16.b"), ("5.3", ""), ("99.1.1", ""), ("", "")]
)
def test_sdg_indicator_when_read_names_its_target(indicator: str, target: str) -> None:
    assert sdg.target_of(indicator) == target
