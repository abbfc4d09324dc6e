"""The way of a letter: every step from every state."""

import pytest

from kinolab.foundation.mail.domain.lifecycle import BY_HAND, STEPS, LetterState, LetterStep, by_hand, step
from kinolab.foundation.refusals import Refusal


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (LetterState.HELD, ["release", "discard"]),
        (LetterState.WAITING, ["hold", "discard"]),
        (LetterState.SENDING, []),
        (LetterState.SENT, []),
        (LetterState.FAILED, ["retry", "hold", "discard"]),
        (LetterState.DISCARDED, []),
    ],
)
def test_person_may_do_with_a_letter(state: LetterState, steps: list[str]) -> None:
    assert [one.value for one in by_hand(state)] == steps


@pytest.mark.parametrize("state", list(LetterState))
@pytest.mark.parametrize("what", list(LetterStep))
def test_step_when_it_is_not_on_the_way_is_refused(state: LetterState, what: LetterStep) -> None:
    expected = STEPS.get((state, what), Refusal("letter_not_now", {"state": state.value}))

    assert step(state, what) == expected
    assert (what in by_hand(state)) == (what in BY_HAND and isinstance(expected, LetterState))
