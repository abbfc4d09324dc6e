"""Labels and sentences of the room, in the reader's language when shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.selection.domain.lifecycle import AnnouncementState, Outcome, TeamLetterState
from kinolab.selection.domain.quotas import MeterState
from kinolab.selection.domain.team_letters import Whom

Choices = list[tuple[str, Promise]]

OUTCOMES: dict[Outcome, Promise] = {
    Outcome.SELECTED: pgettext_lazy("decision", "Selected"),
    Outcome.WAITLIST: pgettext_lazy("decision", "Waiting list"),
    Outcome.REJECTED: pgettext_lazy("decision", "Not chosen"),
    Outcome.INELIGIBLE: pgettext_lazy("decision", "Not eligible"),
    Outcome.HOLD: pgettext_lazy("decision", "On hold"),
}
ANNOUNCEMENT_STATES: dict[AnnouncementState, Promise] = {
    AnnouncementState.RUNNING: pgettext_lazy("announcement", "Under way"),
    AnnouncementState.DONE: pgettext_lazy("announcement", "Done"),
}
DIMENSIONS: dict[str, Promise] = {
    "country": pgettext_lazy("quota", "Country"),
    "gender": pgettext_lazy("quota", "Gender, as self-described"),
    "strand": pgettext_lazy("quota", "Strand"),
    "stage": pgettext_lazy("quota", "Production stage"),
    "kind": pgettext_lazy("quota", "Kind of film"),
    "project": pgettext_lazy("quota", "Project (with, without)"),
}
PLACEHOLDERS: dict[str, Promise] = {
    "name": _("the recipient’s name"),
    "title": _("the title of the project"),
    "number": _("the number of the application"),
    "edition": _("the name of the edition"),
    "strands": _("what was decided in each strand, where the application stands in several"),
    "feedback": _("the readers’ notes for the team, where you let them go along"),
    "results_page": _("the address of the results page"),
    "contact": _("the address for questions"),
}
TO_TEAMS: dict[str, Promise] = {
    **{name: PLACEHOLDERS[name] for name in ("name", "title", "number", "edition")},
    "closes": _("until when this team’s application can be sent"),
    "page": _("the address of the team’s own page"),
    "contact": PLACEHOLDERS["contact"],
}
WHOM: dict[Whom, Promise] = {
    Whom.EVERYBODY: _("Everybody who has joined the team"),
    Whom.LEAD: _("Only whoever leads the application"),
}
TEAM_LETTER_STATES: dict[TeamLetterState, Promise] = {
    TeamLetterState.DRAFT: pgettext_lazy("letter to teams", "Draft"),
    TeamLetterState.SENT: pgettext_lazy("letter to teams", "In the outbox"),
}
FEEDBACK = _("The readers wrote:")
IN_STRANDS = _("Your result in each strand:")
METER_STATES: dict[MeterState, Promise] = {
    MeterState.OK: pgettext_lazy("quota", "kept"),
    MeterState.SHORT: pgettext_lazy("quota", "too few"),
    MeterState.OVER: pgettext_lazy("quota", "too many"),
}
TABS: dict[str, Promise] = {
    "all": pgettext_lazy("decisions", "All"),
    "undecided": pgettext_lazy("decisions", "Undecided"),
    **{outcome.value: label for outcome, label in OUTCOMES.items()},
}
REASONS: dict[str, Promise] = {
    "announcement_step_not_possible": _(
        "This cannot be done with the announcement as it stands now. Load the page again."
    ),
    "already_announced": _("The results of this edition are announced already."),
    "announcement_running": _("The results are being announced just now."),
    "call_still_open": _("The call is still open."),
    "undecided": _("Decisions are missing. How many: %(count)s."),
    "on_hold": _("Some decisions are still on hold. How many: %(count)s."),
    "templates_missing": _("Letters are missing: %(templates)s."),
    "nothing_to_announce": _("There is nothing to announce yet."),
    "not_in_force": _("This application was withdrawn or never sent. There is nothing to decide."),
    "conflict_of_interest": _("You have a conflict of interest with this application, so others decide about it."),
    "decision_changed": _(
        "Somebody decided about this application meanwhile. Look at their decision, then decide again."
    ),
    "nothing_chosen_to_decide": _("Choose at least one application and a decision."),
    "not_on_waiting_list": _("This application is not on the waiting list."),
    "unknown_placeholder": _("There is no such placeholder: %(placeholder)s. A brace as a sign is written twice."),
    "letter_empty": _("A letter needs a subject and a text."),
    "letters_counted_anew": _("Letters that will go: %(count)s. Another number was typed: look at the names again."),
    "no_such_recipient": _("This person is not in the team any more."),
    "nobody_chosen_to_write_to": _("Choose at least one team to write to."),
    "team_letter_sent": _("This letter is in the outbox already. What is to be added goes into a new one."),
    "team_letter_gone": _("Somebody has thrown this draft away meanwhile."),
    "team_letter_unwritten": _("The letter is not whole yet: in one language at least it needs a subject and a text."),
    "nobody_to_write_to": _("Nobody would get this letter: see below why."),
    "letters_changed_since": _(
        "Something has changed since you looked: the text, a team or an address. Letters now: %(count)s. Look through "
        "them again, then send."
    ),
    "letter_changed": _(
        "Somebody else has changed this letter meanwhile. Your text is still here: compare, then save again."
    ),
    "has_left_team": _("No longer in the team"),
    "has_not_joined": _("Has not joined the team yet"),
    "has_no_address": _("Has no address to which letters go"),
    "has_it_already": _("Gets the very same letter with another team"),
    "quota_needs_a_number": _("A quota needs a least or a greatest number."),
    "quota_range": _("The greatest number is below the least."),
}


def outcomes() -> Choices:
    """Choices of `Decision.outcome`."""
    return [(key.value, label) for key, label in OUTCOMES.items()]


def announcement_states() -> Choices:
    """Choices of `Announcement.state`."""
    return [(key.value, label) for key, label in ANNOUNCEMENT_STATES.items()]


def whom() -> Choices:
    """Choices of `TeamLetter.whom`."""
    return [(key.value, label) for key, label in WHOM.items()]


def team_letter_states() -> Choices:
    """Choices of `TeamLetter.state`."""
    return [(key.value, label) for key, label in TEAM_LETTER_STATES.items()]


def dimensions() -> Choices:
    """Choices of `Quota.dimension`."""
    return list(DIMENSIONS.items())
