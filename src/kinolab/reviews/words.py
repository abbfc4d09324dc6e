"""Labels and sentences of the room, in the reader's language when shown."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kinolab.reviews.domain.lifecycle import AbstainReason, ReadingState, Recommendation, Seeing

Choices = list[tuple[str, Promise]]

READING_STATES: dict[ReadingState, Promise] = {
    ReadingState.ASSIGNED: pgettext_lazy("reading", "Assigned"),
    ReadingState.OPENED: pgettext_lazy("reading", "Opened"),
    ReadingState.DRAFT: pgettext_lazy("reading", "Begun"),
    ReadingState.SUBMITTED: pgettext_lazy("reading", "Done"),
    ReadingState.ABSTAINED: pgettext_lazy("reading", "Abstained"),
    ReadingState.RELEASED: pgettext_lazy("reading", "Given back"),
}
RECOMMENDATIONS: dict[Recommendation, Promise] = {
    Recommendation.YES: pgettext_lazy("recommendation", "Yes"),
    Recommendation.YES_IF: pgettext_lazy("recommendation", "Yes, if"),
    Recommendation.DISCUSS: pgettext_lazy("recommendation", "To be discussed"),
    Recommendation.NO: pgettext_lazy("recommendation", "No"),
}
ABSTAIN_REASONS: dict[AbstainReason, Promise] = {
    AbstainReason.CONFLICT: pgettext_lazy("reason to abstain", "Conflict of interest"),
    AbstainReason.RECOGNISED_AUTHOR: pgettext_lazy("reason to abstain", "I recognised the author"),
    AbstainReason.NOT_COMPETENT: pgettext_lazy("reason to abstain", "Not my field"),
    AbstainReason.LANGUAGE: pgettext_lazy("reason to abstain", "I do not read this language"),
    AbstainReason.OTHER: pgettext_lazy("reason to abstain", "Another reason"),
}
SEEING: dict[Seeing, Promise] = {
    Seeing.NEVER: pgettext_lazy("others' readings", "Never"),
    Seeing.AFTER_OWN: pgettext_lazy("others' readings", "After one's own"),
    Seeing.ALWAYS: pgettext_lazy("others' readings", "Always"),
}
REASONS: dict[str, Promise] = {}


def reading_states() -> Choices:
    """Choices of `Reading.state`."""
    return [(key.value, label) for key, label in READING_STATES.items()]


def recommendations() -> Choices:
    """Choices of `Reading.recommendation`."""
    return [(key.value, label) for key, label in RECOMMENDATIONS.items()]


def abstain_reasons() -> Choices:
    """Choices of `Reading.abstain_reason`."""
    return [(key.value, label) for key, label in ABSTAIN_REASONS.items()]


def seeing() -> Choices:
    """Choices of `ReviewPhase.see_others`."""
    return [(key.value, label) for key, label in SEEING.items()]
