"""Labels and sentences of the room, in the reader's language when shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.applications.domain.eligibility import Outcome
from kinolab.applications.domain.lifecycle import MemberState, Stage

Choices = list[tuple[str, Promise]]

STAGES: dict[Stage, Promise] = {
    Stage.DRAFT: pgettext_lazy("application", "Draft"),
    Stage.SUBMITTED: pgettext_lazy("application", "Submitted"),
    Stage.REOPENED: pgettext_lazy("application", "Submitted, being changed"),
    Stage.WITHDRAWN: pgettext_lazy("application", "Withdrawn"),
}
MEMBER_STATES: dict[MemberState, Promise] = {
    MemberState.INVITED: pgettext_lazy("member of the team", "Invited"),
    MemberState.JOINED: pgettext_lazy("member of the team", "Joined"),
    MemberState.DECLINED: pgettext_lazy("member of the team", "Declined"),
    MemberState.REMOVED: pgettext_lazy("member of the team", "Removed"),
}
OUTCOMES: dict[Outcome, Promise] = {
    Outcome.YES: pgettext_lazy("outcome of a rule", "Yes"),
    Outcome.NO: pgettext_lazy("outcome of a rule", "No"),
    Outcome.UNKNOWN: pgettext_lazy("outcome of a rule", "Not known yet"),
}
CHECKS: dict[str, Promise] = {
    "unchecked": pgettext_lazy("check", "Not checked"),
    "eligible": pgettext_lazy("check", "Eligible"),
    "attention": pgettext_lazy("check", "Needs a look"),
    "ineligible": pgettext_lazy("check", "Not eligible"),
}
REASONS: dict[str, Promise] = {
    "not_in_team": _("Only members of the team can do this."),
}


def stages() -> Choices:
    """Choices of `Application.stage`."""
    return [(key.value, label) for key, label in STAGES.items()]


def member_states() -> Choices:
    """Choices of `TeamMember.state`."""
    return [(key.value, label) for key, label in MEMBER_STATES.items()]


def outcomes() -> Choices:
    """Choices of a finding's outcome."""
    return [(key.value, label) for key, label in OUTCOMES.items()]


def checks() -> Choices:
    """Choices of `Application.checked`."""
    return list(CHECKS.items())
