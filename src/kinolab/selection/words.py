"""Labels and sentences of the room, in the reader's language when shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.selection.domain.lifecycle import AnnouncementState, Outcome

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
}
REASONS: dict[str, Promise] = {
    "announcement_step_not_possible": _(
        "This cannot be done with the announcement as it stands now. Load the page again."
    ),
    "already_announced": _("The results of this edition are announced already."),
    "announcement_running": _("The results are being announced just now."),
    "call_still_open": _("The call is still open."),
    "undecided": _("Some applications have no decision yet. How many: %(count)s."),
    "on_hold": _("Some decisions are still on hold. How many: %(count)s."),
    "templates_missing": _("Letters are missing: %(templates)s."),
    "nothing_to_announce": _("There is nothing to announce yet."),
}


def outcomes() -> Choices:
    """Choices of `Decision.outcome`."""
    return [(key.value, label) for key, label in OUTCOMES.items()]


def announcement_states() -> Choices:
    """Choices of `Announcement.state`."""
    return [(key.value, label) for key, label in ANNOUNCEMENT_STATES.items()]


def dimensions() -> Choices:
    """Choices of `Quota.dimension`."""
    return list(DIMENSIONS.items())
