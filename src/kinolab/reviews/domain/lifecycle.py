"""The machine of one reading: one reader, one application."""

from enum import StrEnum

from kinolab.foundation.refusals import Refusal


class ReadingState(StrEnum):
    """Where a reading stands."""

    ASSIGNED = "assigned"
    OPENED = "opened"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ABSTAINED = "abstained"
    RELEASED = "released"


class ReadingStep(StrEnum):
    """What may happen to a reading."""

    OPEN = "open"
    WRITE = "write"
    SUBMIT = "submit"
    REOPEN = "reopen"
    ABSTAIN = "abstain"
    RELEASE = "release"
    ASSIGN = "assign"


class AbstainReason(StrEnum):
    """Why a reader does not judge."""

    CONFLICT = "conflict"
    RECOGNISED_AUTHOR = "recognised_author"
    NOT_COMPETENT = "not_competent"
    LANGUAGE = "language"
    OTHER = "other"


class Recommendation(StrEnum):
    """What a reader advises, beside the scores."""

    YES = "yes"
    YES_IF = "yes_if"
    DISCUSS = "discuss"
    NO = "no"


class Seeing(StrEnum):
    """When a reader sees what the others wrote."""

    NEVER = "never"
    AFTER_OWN = "after_own"
    ALWAYS = "always"


class Turn(StrEnum):
    """Who is to act next."""

    READER = "reader"
    LAB = "lab"
    NOBODY = "nobody"


# A page that only reads may not write, so a reading can go from ASSIGNED straight to DRAFT or SUBMITTED.
# RELEASE takes back only what has not been started; a conflict noticed late still ends in ABSTAINED.
STEPS: dict[tuple[ReadingState, ReadingStep], ReadingState] = {
    (ReadingState.ASSIGNED, ReadingStep.OPEN): ReadingState.OPENED,
    (ReadingState.ASSIGNED, ReadingStep.WRITE): ReadingState.DRAFT,
    (ReadingState.OPENED, ReadingStep.WRITE): ReadingState.DRAFT,
    (ReadingState.DRAFT, ReadingStep.WRITE): ReadingState.DRAFT,
    (ReadingState.ASSIGNED, ReadingStep.SUBMIT): ReadingState.SUBMITTED,
    (ReadingState.OPENED, ReadingStep.SUBMIT): ReadingState.SUBMITTED,
    (ReadingState.DRAFT, ReadingStep.SUBMIT): ReadingState.SUBMITTED,
    (ReadingState.SUBMITTED, ReadingStep.REOPEN): ReadingState.DRAFT,
    (ReadingState.ASSIGNED, ReadingStep.ABSTAIN): ReadingState.ABSTAINED,
    (ReadingState.OPENED, ReadingStep.ABSTAIN): ReadingState.ABSTAINED,
    (ReadingState.DRAFT, ReadingStep.ABSTAIN): ReadingState.ABSTAINED,
    (ReadingState.SUBMITTED, ReadingStep.ABSTAIN): ReadingState.ABSTAINED,
    (ReadingState.ASSIGNED, ReadingStep.RELEASE): ReadingState.RELEASED,
    (ReadingState.OPENED, ReadingStep.RELEASE): ReadingState.RELEASED,
    (ReadingState.ABSTAINED, ReadingStep.ASSIGN): ReadingState.ASSIGNED,
    (ReadingState.RELEASED, ReadingStep.ASSIGN): ReadingState.ASSIGNED,
}

TURN: dict[ReadingState, Turn] = {
    ReadingState.ASSIGNED: Turn.READER,
    ReadingState.OPENED: Turn.READER,
    ReadingState.DRAFT: Turn.READER,
    ReadingState.SUBMITTED: Turn.NOBODY,
    ReadingState.ABSTAINED: Turn.LAB,
    ReadingState.RELEASED: Turn.NOBODY,
}

ACTIVE = frozenset({ReadingState.ASSIGNED, ReadingState.OPENED, ReadingState.DRAFT, ReadingState.SUBMITTED})
DUE = ACTIVE - {ReadingState.SUBMITTED}
STARTED = frozenset({ReadingState.DRAFT, ReadingState.SUBMITTED})


def step(state: ReadingState, taken: ReadingStep) -> ReadingState | Refusal:
    """Return the state after a step, or why it cannot be taken from here."""
    return STEPS.get((state, taken)) or Refusal("reading_step_not_possible", {"state": state, "step": taken})


def may_see_others(seeing: Seeing, own: ReadingState | None) -> bool:
    """Say whether a reader whose own reading is `own` (None: has none) sees the others' on that application.

    One who abstained never does: a declared conflict hides the application altogether.
    """
    if own is None or own not in ACTIVE or seeing is Seeing.NEVER:
        return False
    return seeing is Seeing.ALWAYS or own is ReadingState.SUBMITTED
