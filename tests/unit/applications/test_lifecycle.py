from itertools import product

import pytest

from kinolab.applications.domain.lifecycle import (
    CHECKS,
    EDITABLE,
    IN_FORCE,
    MEMBER_STEPS,
    RESULTS,
    STEPS,
    TURN,
    LadderFacts,
    LadderStep,
    MemberState,
    MemberStep,
    Stage,
    Step,
    ladder,
    member_step,
    step,
)
from kinolab.foundation.refusals import Refusal


@pytest.mark.parametrize(("stage", "taken"), list(product(Stage, Step)))
def test_step_when_any_pair_is_tried_follows_the_table_or_refuses(stage: Stage, taken: Step) -> None:
    refused = Refusal("step_not_possible", {"stage": stage, "step": taken})

    assert step(stage, taken) == STEPS.get((stage, taken), refused)


@pytest.mark.parametrize(("state", "taken"), list(product(MemberState, MemberStep)))
def test_member_step_when_any_pair_is_tried_follows_the_table_or_refuses(state: MemberState, taken: MemberStep) -> None:
    refused = Refusal("member_step_not_possible", {"state": state, "step": taken})

    assert member_step(state, taken) == MEMBER_STEPS.get((state, taken), refused)


def test_turn_when_listed_forgets_no_stage() -> None:
    assert list(TURN) == list(Stage)


def test_stages_when_named_say_what_counts_and_what_may_be_written() -> None:
    assert frozenset({Stage.SUBMITTED, Stage.REOPENED}) == IN_FORCE
    assert frozenset({Stage.DRAFT, Stage.REOPENED}) == EDITABLE


def test_steps_when_an_application_is_in_force_leave_it_only_by_withdrawing() -> None:
    leaving = {taken for (stage, taken), after in STEPS.items() if stage in IN_FORCE and after not in IN_FORCE}

    assert leaving == {Step.WITHDRAW}


L = LadderStep


@pytest.mark.parametrize(
    ("facts", "steps"),
    [
        (LadderFacts(Stage.DRAFT), [L.DRAFT]),
        (LadderFacts(Stage.DRAFT, complete=True), [L.DRAFT, L.READY]),
        (LadderFacts(Stage.DRAFT, closed=True), [L.DRAFT, L.EXPIRED]),
        (LadderFacts(Stage.DRAFT, complete=True, closed=True), [L.DRAFT, L.READY, L.EXPIRED]),
        (LadderFacts(Stage.SUBMITTED), [L.DRAFT, L.SUBMITTED]),
        (LadderFacts(Stage.REOPENED), [L.DRAFT, L.SUBMITTED, L.REOPENED]),
        (LadderFacts(Stage.REOPENED, closed=True), [L.DRAFT, L.SUBMITTED]),
        (LadderFacts(Stage.WITHDRAWN, being_read=True), [L.DRAFT, L.WITHDRAWN]),
        (LadderFacts(Stage.SUBMITTED, check=L.BEING_CHECKED), [L.DRAFT, L.SUBMITTED, L.BEING_CHECKED]),
        (
            LadderFacts(Stage.SUBMITTED, closed=True, check=L.ELIGIBLE, being_read=True),
            [L.DRAFT, L.SUBMITTED, L.ELIGIBLE, L.BEING_READ],
        ),
        (
            LadderFacts(Stage.SUBMITTED, closed=True, check=L.NOT_ELIGIBLE, being_read=True, result=L.NOT_ELIGIBLE),
            [L.DRAFT, L.SUBMITTED, L.NOT_ELIGIBLE],
        ),
        (
            LadderFacts(Stage.SUBMITTED, closed=True, check=L.ELIGIBLE, being_read=True, result=L.WAITLIST),
            [L.DRAFT, L.SUBMITTED, L.ELIGIBLE, L.BEING_READ, L.WAITLIST],
        ),
    ],
)
def test_ladder_when_rooms_know_these_facts_reads_in_order(facts: LadderFacts, steps: list[LadderStep]) -> None:
    assert ladder(facts) == steps


def test_ladder_when_every_combination_is_tried_never_repeats_and_reaches_every_step() -> None:
    seen: set[LadderStep] = set()
    for stage, complete, closed, check, read, result in product(
        Stage, (False, True), (False, True), [None, *CHECKS], (False, True), [None, *RESULTS]
    ):
        steps = ladder(LadderFacts(stage, complete, closed, check, read, result))
        assert len(set(steps)) == len(steps)
        seen |= set(steps)

    assert seen == set(LadderStep)
