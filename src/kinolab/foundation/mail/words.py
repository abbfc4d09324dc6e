"""Labels of a letter's states, sentences for refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.foundation.mail.domain.lifecycle import LetterState

STATES: dict[LetterState, Promise] = {
    LetterState.HELD: pgettext_lazy("letter", "Held back"),
    LetterState.WAITING: pgettext_lazy("letter", "Waiting"),
    LetterState.SENDING: pgettext_lazy("letter", "On its way"),
    LetterState.SENT: pgettext_lazy("letter", "Sent"),
    LetterState.FAILED: pgettext_lazy("letter", "Not delivered"),
    LetterState.DISCARDED: pgettext_lazy("letter", "Discarded"),
}
REASONS: dict[str, Promise] = {
    "letter_changed": _(
        "Somebody else has changed this letter meanwhile. Your text is still here: compare, then save again."
    ),
    "letter_has_link": _(
        "A link in this letter is its reader’s alone. The letter can be held back, but not rewritten."
    ),
    "letter_not_now": _("This letter is no longer in a state in which that can be done."),
}


def states() -> list[tuple[str, Promise]]:
    """Choices of `Letter.state`."""
    return [(state.value, label) for state, label in STATES.items()]
