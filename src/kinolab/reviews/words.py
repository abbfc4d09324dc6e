"""Labels and sentences of the room, in the reader's language when shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
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
YOUR_RECOMMENDATION = _("Your recommendation")
NOT_MARKED = pgettext_lazy("criterion", "no mark yet")
NOT_CHOSEN = pgettext_lazy("recommendation", "not chosen yet")
UNMET_REASONS: dict[str, Promise] = {
    "too_few_readers": _("there are too few readers"),
    "strand": _("too few readers read for its strand"),
    "language": _("too few readers read its language"),
    "conflict": _("too many readers have a conflict of interest"),
    "capacity": _("the readers who could read it have no room left"),
}
REASONS: dict[str, Promise] = {
    # Who and when
    "not_a_reader": _("You do not read for any edition at the moment."),
    "reads_first": _("You still have something to read here. What others think shows once you have handed it in."),
    "not_your_reading": _("This reading belongs to somebody else."),
    "phase_not_begun": _("Reading begins later: %(starts)s."),
    "phase_over": _("Reading has ended: %(ended)s. What you handed in stays."),
    "phase_ends_before_start": _("Reading cannot end before it begins."),
    "no_phase": _("Set the dates of reading first."),
    "reading_submitted": _("You have handed this reading in. Open it again to change something."),
    "reading_not_submitted": _("This reading has not been handed in."),
    "reading_step_not_possible": _("This cannot be done with the reading as it stands now. Load the page again."),
    "reading_changed": _("This was changed in another window meanwhile. Choose which one stays."),
    # The rubric
    "marks_missing": _("Some criteria have no mark yet. How many: %(count)s."),
    "recommendation_missing": _("Choose your recommendation."),
    "mark_out_of_range": _("A mark is a whole number from 0 to %(maximum)s."),
    "unknown_criterion": _("This criterion is not part of the rubric any more. Load the page again."),
    "unknown_field": _("This page is out of date. Load it again."),
    "note_too_long": _("The note is too long. The limit in characters: %(limit)s."),
    "rubric_empty": _("The rubric has no criteria yet."),
    # Readers
    "no_languages_read": _("Choose at least one language that this person reads."),
    "already_reader": _("%(name)s reads for this edition already."),
    "strands_read_already": _(
        "Readings are given already: whether each strand is read on its own cannot be changed any more."
    ),
    "reader_has_begun": _("%(name)s has begun a reading. It has to be finished or abstained from first."),
    "no_readers": _("Nobody reads for this edition yet. Add readers first."),
    "conflict_reason_needed": _("Write why the conflict is taken back. It stays on the record."),
    # Assignment
    "reading_begun": _(
        "%(name)s has begun reading “%(title)s”. What is begun is never taken away: ask them to abstain."
    ),
    "reader_left": _("%(name)s no longer reads for this edition."),
    "reads_it_already": _("%(name)s reads “%(title)s” already."),
    "proposal_accepted": _("This proposal was accepted already."),
    "facts_changed": _(
        "Something changed since this proposal was made: applications, readers or conflicts. Make a new one."
    ),
    "reader_in_conflict": _("%(name)s has a conflict of interest with “%(title)s”."),
    "reader_strand": _("%(name)s does not read for the strand of “%(title)s”."),
    "reader_language": _("%(name)s does not read the language of “%(title)s”."),
    "no_such_number": _("There is no application to read with this number: %(seen)s."),
    "no_such_reader": _("No reader of this edition has this address: %(seen)s."),
    "too_many_rows_in_file": _("The file has too many rows. The limit: %(limit)s."),
    "nothing_chosen": _("Choose a reader and at least one application."),
}


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
