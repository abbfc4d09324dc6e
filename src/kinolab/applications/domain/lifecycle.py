"""The dossier's machine, its members' machine, and the ladder that the applicant reads.

A submitted application that is reopened stays in force: `REOPENED` means *submitted, and being changed*. If the
changes are not submitted by the close, the last snapshot counts and the stage goes back to `SUBMITTED` (`KEEP`);
nothing is ever un-submitted by the clock.
"""

from dataclasses import dataclass
from enum import StrEnum

from kinolab.foundation.refusals import Refusal


class Stage(StrEnum):
    """Where a dossier stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What may happen to a dossier."""

    SUBMIT = "submit"
    REOPEN = "reopen"
    KEEP = "keep"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


class Turn(StrEnum):
    """Who is to act next."""

    APPLICANT = "applicant"
    LAB = "lab"
    NOBODY = "nobody"


# RESTORE gives a draft, whatever stood before: coming back means submitting again.
STEPS: dict[tuple[Stage, Step], Stage] = {
    (Stage.DRAFT, Step.SUBMIT): Stage.SUBMITTED,
    (Stage.DRAFT, Step.WITHDRAW): Stage.WITHDRAWN,
    (Stage.SUBMITTED, Step.REOPEN): Stage.REOPENED,
    (Stage.SUBMITTED, Step.WITHDRAW): Stage.WITHDRAWN,
    (Stage.REOPENED, Step.SUBMIT): Stage.SUBMITTED,
    (Stage.REOPENED, Step.KEEP): Stage.SUBMITTED,
    (Stage.REOPENED, Step.WITHDRAW): Stage.WITHDRAWN,
    (Stage.WITHDRAWN, Step.RESTORE): Stage.DRAFT,
}

TURN: dict[Stage, Turn] = {
    Stage.DRAFT: Turn.APPLICANT,
    Stage.SUBMITTED: Turn.LAB,
    Stage.REOPENED: Turn.APPLICANT,
    Stage.WITHDRAWN: Turn.NOBODY,
}

IN_FORCE = frozenset({Stage.SUBMITTED, Stage.REOPENED})  # the lab has a snapshot that counts
EDITABLE = frozenset({Stage.DRAFT, Stage.REOPENED})  # answers may be written


def step(stage: Stage, taken: Step) -> Stage | Refusal:
    """Return the stage after a step, or why it cannot be taken from here."""
    return STEPS.get((stage, taken)) or Refusal("step_not_possible", {"stage": stage, "step": taken})


class MemberState(StrEnum):
    """Where somebody's part in a dossier stands."""

    INVITED = "invited"
    JOINED = "joined"
    DECLINED = "declined"
    REMOVED = "removed"


class MemberStep(StrEnum):
    """What may happen to somebody's part in a dossier; leaving is removing oneself."""

    INVITE = "invite"
    JOIN = "join"
    DECLINE = "decline"
    REMOVE = "remove"


MEMBER_STEPS: dict[tuple[MemberState, MemberStep], MemberState] = {
    (MemberState.INVITED, MemberStep.JOIN): MemberState.JOINED,
    (MemberState.INVITED, MemberStep.DECLINE): MemberState.DECLINED,
    (MemberState.INVITED, MemberStep.REMOVE): MemberState.REMOVED,
    (MemberState.JOINED, MemberStep.REMOVE): MemberState.REMOVED,
    (MemberState.DECLINED, MemberStep.INVITE): MemberState.INVITED,
    (MemberState.REMOVED, MemberStep.INVITE): MemberState.INVITED,
}


def member_step(state: MemberState, taken: MemberStep) -> MemberState | Refusal:
    """Return the member's state after a step, or why it cannot be taken from here."""
    return MEMBER_STEPS.get((state, taken)) or Refusal("member_step_not_possible", {"state": state, "step": taken})


class AppealState(StrEnum):
    """Where an appeal stands."""

    LODGED = "lodged"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    TAKEN_BACK = "taken_back"


class AppealStep(StrEnum):
    """What may happen to an appeal."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"
    TAKE_BACK = "take_back"


APPEAL_STEPS: dict[tuple[AppealState, AppealStep], AppealState] = {
    (AppealState.LODGED, AppealStep.UPHOLD): AppealState.UPHELD,
    (AppealState.LODGED, AppealStep.DISMISS): AppealState.NOT_UPHELD,
    (AppealState.LODGED, AppealStep.TAKE_BACK): AppealState.TAKEN_BACK,
}
APPEAL_TURN: dict[AppealState, Turn] = {
    AppealState.LODGED: Turn.LAB,
    AppealState.UPHELD: Turn.NOBODY,
    AppealState.NOT_UPHELD: Turn.NOBODY,
    AppealState.TAKEN_BACK: Turn.NOBODY,
}


def appeal_step(state: AppealState, taken: AppealStep) -> AppealState | Refusal:
    """Return the appeal's state after a step, or why it cannot be taken from here."""
    return APPEAL_STEPS.get((state, taken)) or Refusal("appeal_step_not_possible", {"state": state, "step": taken})


class LadderStep(StrEnum):
    """What the applicant reads about their application."""

    DRAFT = "draft"
    READY = "ready"
    SUBMITTED = "submitted"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    BEING_CHECKED = "being_checked"
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    BEING_READ = "being_read"
    SELECTED = "selected"
    WAITLIST = "waitlist"
    NOT_CHOSEN = "not_chosen"


CHECKS = frozenset({LadderStep.BEING_CHECKED, LadderStep.ELIGIBLE, LadderStep.NOT_ELIGIBLE})
RESULTS = frozenset({LadderStep.SELECTED, LadderStep.WAITLIST, LadderStep.NOT_CHOSEN, LadderStep.NOT_ELIGIBLE})


@dataclass(frozen=True, slots=True)
class LadderFacts:
    """What the rooms know of an application, as far as its applicant has been told.

    `check` is one of CHECKS or None before checking begins; `result` one of RESULTS, and None until announced.
    """

    stage: Stage
    complete: bool = False
    closed: bool = False
    check: LadderStep | None = None
    being_read: bool = False
    result: LadderStep | None = None


def ladder(facts: LadderFacts) -> list[LadderStep]:
    """Return the steps taken so far, in order; the last one is where the application stands."""
    if facts.stage is Stage.WITHDRAWN:
        return [LadderStep.DRAFT, LadderStep.WITHDRAWN]
    if facts.stage is Stage.DRAFT:
        return _draft(facts)
    taken = [LadderStep.DRAFT, LadderStep.SUBMITTED]
    if facts.stage is Stage.REOPENED and not facts.closed:
        return [*taken, LadderStep.REOPENED]
    if facts.check is not None:
        taken.append(facts.check)
    if facts.being_read and facts.check is not LadderStep.NOT_ELIGIBLE:
        taken.append(LadderStep.BEING_READ)
    if facts.result is not None and facts.result not in taken:
        taken.append(facts.result)
    return taken


def _draft(facts: LadderFacts) -> list[LadderStep]:
    taken = [LadderStep.DRAFT]
    if facts.complete:
        taken.append(LadderStep.READY)
    if facts.closed:
        taken.append(LadderStep.EXPIRED)
    return taken
