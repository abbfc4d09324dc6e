from itertools import product

import pytest

from kinolab.foundation.refusals import Refusal
from kinolab.reviews.domain.lifecycle import (
    ACTIVE,
    DUE,
    STARTED,
    STEPS,
    TURN,
    ReadingState,
    ReadingStep,
    Seeing,
    may_see_others,
    step,
)


@pytest.mark.parametrize(("state", "taken"), list(product(ReadingState, ReadingStep)))
def test_step_when_any_pair_is_tried_follows_the_table_or_refuses(state: ReadingState, taken: ReadingStep) -> None:
    refused = Refusal("reading_step_not_possible", {"state": state, "step": taken})

    assert step(state, taken) == STEPS.get((state, taken), refused)


def test_release_when_a_reading_is_started_is_refused() -> None:
    assert {state for state, taken in STEPS if taken is ReadingStep.RELEASE} == ACTIVE - STARTED


def test_abstain_when_a_reading_is_active_is_always_possible() -> None:
    assert {state for state, taken in STEPS if taken is ReadingStep.ABSTAIN} == ACTIVE


def test_sets_when_named_forget_no_state() -> None:
    assert list(TURN) == list(ReadingState)
    assert frozenset(ReadingState) - {ReadingState.ABSTAINED, ReadingState.RELEASED} == ACTIVE
    assert frozenset({ReadingState.ASSIGNED, ReadingState.OPENED, ReadingState.DRAFT}) == DUE


@pytest.mark.parametrize(
    ("seeing", "states"),
    [
        (Seeing.NEVER, set()),
        (Seeing.AFTER_OWN, {ReadingState.SUBMITTED}),
        (Seeing.ALWAYS, set(ACTIVE)),
    ],
)
def test_seeing_others_when_the_phase_says_so_depends_on_the_own_reading(
    seeing: Seeing, states: set[ReadingState]
) -> None:
    assert {own for own in [None, *ReadingState] if may_see_others(seeing, own)} == states
