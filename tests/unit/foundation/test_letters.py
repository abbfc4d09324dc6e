from datetime import timedelta
from itertools import product

import pytest

from kinolab.foundation.mail.domain.lifecycle import (
    LONGEST_TRYING,
    PAUSES,
    STEPS,
    LetterState,
    LetterStep,
    pause,
    step,
)
from kinolab.foundation.refusals import Refusal


@pytest.mark.parametrize(("state", "taken"), list(product(LetterState, LetterStep)))
def test_step_when_any_pair_is_tried_follows_the_table_or_refuses(state: LetterState, taken: LetterStep) -> None:
    assert step(state, taken) == STEPS.get((state, taken), Refusal("letter_not_now", {"state": state.value}))


@pytest.mark.parametrize("state", [LetterState.SENT, LetterState.DISCARDED])
def test_letter_when_sent_or_discarded_never_moves_again(state: LetterState) -> None:
    assert [taken for of, taken in STEPS if of is state] == []


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (1, timedelta(minutes=1)),
        (2, timedelta(minutes=5)),
        (len(PAUSES), PAUSES[-1]),
        (LONGEST_TRYING - 1, PAUSES[-1]),
        (LONGEST_TRYING, None),
    ],
)
def test_pause_when_attempts_fail_grows_and_then_gives_up(attempts: int, wait: timedelta | None) -> None:
    assert pause(attempts) == wait
