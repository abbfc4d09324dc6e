"""The machines of a road map and of its reports, and whose turn it is."""

from enum import StrEnum

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain.parts import ALWAYS, PLAN, Part


class RoadMapState(StrEnum):
    """Where a road map stands."""

    TEMPLATE = "template"
    DRAFTING = "drafting"
    TUTOR_REVIEW = "tutor_review"
    REVISION = "revision"
    PRESENTED = "presented"
    ADOPTED = "adopted"
    IMPLEMENTING = "implementing"
    REPORTING = "reporting"
    CLOSED = "closed"


class RoadMapStep(StrEnum):
    """What may happen to a road map."""

    BEGIN = "begin"
    HAND_IN = "hand_in"
    TAKE_BACK = "take_back"
    ASK_REVISION = "ask_revision"
    PRESENT = "present"
    ADOPT = "adopt"
    START = "start"
    REPORT = "report"
    GO_ON = "go_on"
    OPEN_PLAN = "open_plan"
    CLOSE = "close"


class Turn(StrEnum):
    """Who is to act next."""

    TEAM = "team"
    TUTOR = "tutor"
    LAB = "lab"
    NOBODY = "nobody"


_S, _T = RoadMapState, RoadMapStep
STEPS: dict[tuple[RoadMapState, RoadMapStep], RoadMapState] = {
    (_S.TEMPLATE, _T.BEGIN): _S.DRAFTING,
    (_S.DRAFTING, _T.HAND_IN): _S.TUTOR_REVIEW,
    (_S.TUTOR_REVIEW, _T.TAKE_BACK): _S.DRAFTING,
    (_S.TUTOR_REVIEW, _T.ASK_REVISION): _S.REVISION,
    (_S.REVISION, _T.HAND_IN): _S.TUTOR_REVIEW,
    (_S.TUTOR_REVIEW, _T.PRESENT): _S.PRESENTED,
    (_S.PRESENTED, _T.ASK_REVISION): _S.REVISION,
    (_S.PRESENTED, _T.ADOPT): _S.ADOPTED,
    (_S.ADOPTED, _T.START): _S.IMPLEMENTING,
    (_S.ADOPTED, _T.OPEN_PLAN): _S.REVISION,
    (_S.IMPLEMENTING, _T.OPEN_PLAN): _S.REVISION,
    (_S.ADOPTED, _T.REPORT): _S.REPORTING,
    (_S.IMPLEMENTING, _T.REPORT): _S.REPORTING,
    (_S.REPORTING, _T.GO_ON): _S.IMPLEMENTING,
    (_S.IMPLEMENTING, _T.CLOSE): _S.CLOSED,
    (_S.REPORTING, _T.CLOSE): _S.CLOSED,
    (_S.CLOSED, _T.GO_ON): _S.IMPLEMENTING,
}
TURN: dict[RoadMapState, Turn] = {
    _S.TEMPLATE: Turn.TEAM,
    _S.DRAFTING: Turn.TEAM,
    _S.TUTOR_REVIEW: Turn.TUTOR,
    _S.REVISION: Turn.TEAM,
    _S.PRESENTED: Turn.LAB,
    _S.ADOPTED: Turn.TEAM,
    _S.IMPLEMENTING: Turn.TEAM,
    _S.REPORTING: Turn.LAB,
    _S.CLOSED: Turn.NOBODY,
}
# Who takes a step; whoever guides the lab's road maps may do what its tutors may.
TAKEN_BY: dict[RoadMapStep, Turn] = {
    _T.BEGIN: Turn.TEAM,
    _T.HAND_IN: Turn.TEAM,
    _T.TAKE_BACK: Turn.TEAM,
    _T.ASK_REVISION: Turn.TUTOR,
    _T.PRESENT: Turn.TUTOR,
    _T.ADOPT: Turn.LAB,
    _T.START: Turn.TEAM,
    _T.REPORT: Turn.TEAM,
    _T.GO_ON: Turn.LAB,
    _T.OPEN_PLAN: Turn.LAB,
    _T.CLOSE: Turn.LAB,
}


class ReportState(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    APPROVED = "approved"


class ReportStep(StrEnum):
    """What may happen to a report."""

    HAND_IN = "hand_in"
    GIVE_BACK = "give_back"
    APPROVE = "approve"


_R = ReportState
REPORT_STEPS: dict[tuple[ReportState, ReportStep], ReportState] = {
    (_R.DRAFT, ReportStep.HAND_IN): _R.HANDED_IN,
    (_R.RETURNED, ReportStep.HAND_IN): _R.HANDED_IN,
    (_R.HANDED_IN, ReportStep.GIVE_BACK): _R.RETURNED,
    (_R.HANDED_IN, ReportStep.APPROVE): _R.APPROVED,
}
REPORT_TURN: dict[ReportState, Turn] = {
    _R.DRAFT: Turn.TEAM,
    _R.HANDED_IN: Turn.TUTOR,
    _R.RETURNED: Turn.TEAM,
    _R.APPROVED: Turn.NOBODY,
}
WRITTEN = frozenset({_R.DRAFT, _R.RETURNED})  # the team writes in these
# These ask that nothing in the plan blocks them.
WHOLE = frozenset({_T.PRESENT, _T.ADOPT})
DRAWN_UP = frozenset({_S.DRAFTING, _S.REVISION})  # the whole plan may be written
UNDER_WAY = frozenset({_S.ADOPTED, _S.IMPLEMENTING, _S.REPORTING})  # what happens may be written


def step(state: RoadMapState, taken: RoadMapStep) -> RoadMapState | Refusal:
    """Return the state after a step, or why it cannot be taken from here."""
    return STEPS.get((state, taken)) or Refusal("road_map_step_not_possible", {"state": state, "step": taken})


def report_step(state: ReportState, taken: ReportStep) -> ReportState | Refusal:
    """Return the report's state after a step, or why it cannot be taken from here."""
    return REPORT_STEPS.get((state, taken)) or Refusal("report_step_not_possible", {"state": state, "step": taken})


def why_not_report(state: RoadMapState) -> Refusal | None:
    """Say why nothing can be reported now: what is carried out is reported."""
    if state is RoadMapState.CLOSED:
        return Refusal("road_map_closed")
    return None if state in UNDER_WAY else Refusal("report_plan_open")


def steps_from(state: RoadMapState, who: frozenset[Turn]) -> tuple[RoadMapStep, ...]:
    """Return the steps that somebody who is all these may take from here, in the machine's order."""
    return tuple(taken for before, taken in STEPS if before is state and TAKEN_BY[taken] in who)


def why_not_write(state: RoadMapState, part: Part) -> Refusal | None:
    """Say why the team may not write in this part now."""
    if state is RoadMapState.TEMPLATE:
        return Refusal("road_map_not_begun")
    if state is RoadMapState.CLOSED:
        return Refusal("road_map_closed")
    if state in DRAWN_UP or part in ALWAYS:
        return None
    if state not in UNDER_WAY:
        return Refusal("road_map_under_review")
    return Refusal("plan_adopted") if part in PLAN else None
