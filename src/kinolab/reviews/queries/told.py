"""What readings that are handed in tell those who decide, and what may be passed on to the team."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from kinolab.applications.domain.lifecycle import LadderStep
from kinolab.applications.models import Application
from kinolab.reviews.domain import scoring
from kinolab.reviews.domain.lifecycle import ReadingState, Recommendation
from kinolab.reviews.models import Reading


def submitted_of(applications: Collection[int]) -> Mapping[int, Sequence[scoring.Reading]]:
    """Score and recommendation of every reading handed in, by application; no names. One query."""
    rows: dict[int, list[scoring.Reading]] = defaultdict(list)
    found = Reading.objects.filter(application__in=applications, state=ReadingState.SUBMITTED.value)
    for application, score, advice in found.order_by("pk").values_list("application_id", "score", "recommendation"):
        rows[application].append(
            scoring.Reading(ReadingState.SUBMITTED, float(score), Recommendation(advice) if advice else None)
        )
    return rows


def readings_of(application: Application) -> list[Reading]:
    """The readings of one application that are handed in or abstained from, with their readers; notes for oneself stay."""
    said = [ReadingState.SUBMITTED.value, ReadingState.ABSTAINED.value]
    found = Reading.objects.filter(application=application, state__in=said).select_related("reader__person")
    return list(found.defer("private_note").order_by("-state", "submitted_at", "pk"))


def feedback_of(applications: Collection[int]) -> Mapping[int, Sequence[str]]:
    """What readers wrote for the teams, by application, without their names. One query."""
    notes: dict[int, list[str]] = defaultdict(list)
    found = Reading.objects.filter(application__in=applications, state=ReadingState.SUBMITTED.value)
    rows = found.exclude(shareable_note="").order_by("submitted_at", "pk")
    for application, note in rows.values_list("application_id", "shareable_note"):
        notes[application].append(note)
    return notes


def being_read(applications: Collection[int]) -> Mapping[int, LadderStep]:
    """Those of these applications that have been given to readers; not to whom, nor to how many. One query."""
    found = Reading.objects.filter(application__in=applications).values_list("application_id", flat=True)
    return dict.fromkeys(found.distinct(), LadderStep.BEING_READ)
