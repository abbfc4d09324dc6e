"""The way of a letter, and how long to wait before trying again."""

from datetime import timedelta
from enum import StrEnum

from kinolab.foundation.refusals import Refusal


class LetterState(StrEnum):
    """Where a letter stands. HELD waits for a person, WAITING for its hour."""

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DISCARDED = "discarded"


class LetterStep(StrEnum):
    """What may happen to a letter."""

    HOLD = "hold"
    RELEASE = "release"
    CLAIM = "claim"
    DELIVER = "deliver"
    POSTPONE = "postpone"
    FAIL = "fail"
    RETRY = "retry"
    DISCARD = "discard"


STEPS: dict[tuple[LetterState, LetterStep], LetterState] = {
    (LetterState.WAITING, LetterStep.HOLD): LetterState.HELD,
    (LetterState.FAILED, LetterStep.HOLD): LetterState.HELD,
    (LetterState.HELD, LetterStep.RELEASE): LetterState.WAITING,
    (LetterState.HELD, LetterStep.DISCARD): LetterState.DISCARDED,
    (LetterState.WAITING, LetterStep.DISCARD): LetterState.DISCARDED,
    (LetterState.WAITING, LetterStep.CLAIM): LetterState.SENDING,
    (LetterState.SENDING, LetterStep.CLAIM): LetterState.SENDING,  # taken over from a process that died
    (LetterState.SENDING, LetterStep.DELIVER): LetterState.SENT,
    (LetterState.SENDING, LetterStep.POSTPONE): LetterState.WAITING,
    (LetterState.SENDING, LetterStep.FAIL): LetterState.FAILED,
    (LetterState.FAILED, LetterStep.RETRY): LetterState.WAITING,
    (LetterState.FAILED, LetterStep.DISCARD): LetterState.DISCARDED,
}

BY_HAND = (LetterStep.RELEASE, LetterStep.RETRY, LetterStep.HOLD, LetterStep.DISCARD)
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=3))
LONGEST_TRYING = 24  # attempts; with the pauses above about two and a half days
# A letter "sending" for so long belonged to a process that died: talking to a mail server about one letter takes a few
# answers of at most `EMAIL_TIMEOUT` (20 seconds) each.
ABANDONED_AFTER = timedelta(minutes=5)


def step(state: LetterState, what: LetterStep) -> LetterState | Refusal:
    """The state after `what`, or why that cannot happen now."""
    return STEPS.get((state, what)) or Refusal("letter_not_now", {"state": state.value})


def by_hand(state: LetterState) -> tuple[LetterStep, ...]:
    """What a person may do with a letter now."""
    return tuple(what for what in BY_HAND if (state, what) in STEPS)


def pause(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts in vain; None when it is time to give up."""
    return None if attempts >= LONGEST_TRYING else PAUSES[min(attempts, len(PAUSES)) - 1]
