"""What readings that are handed in tell those who decide, and what may be passed on to the team."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q, QuerySet

from kinolab.applications.domain.lifecycle import LadderStep
from kinolab.applications.models import Candidacy
from kinolab.reviews.domain import scoring
from kinolab.reviews.domain.lifecycle import ReadingState, Recommendation
from kinolab.reviews.models import Reading


def submitted_of(candidacies: Collection[Candidacy]) -> Mapping[int, Sequence[scoring.Reading]]:
    """Score and recommendation of every reading handed in, by candidacy; no names. One query.

    A reading of the whole application counts in each of its strands.
    """
    rows: dict[tuple[int, int | None], list[scoring.Reading]] = defaultdict(list)
    columns = ("application_id", "candidacy_id", "score", "recommendation")
    for application, candidacy, score, advice in _handed_in(candidacies).order_by("pk").values_list(*columns):
        rows[application, candidacy].append(
            scoring.Reading(ReadingState.SUBMITTED, float(score), Recommendation(advice) if advice else None)
        )
    return {one.pk: rows[one.application_id, None] + rows[one.application_id, one.pk] for one in candidacies}


def readings_of(candidacy: Candidacy) -> list[Reading]:
    """The readings of one candidacy that are handed in or abstained from, with their readers; notes for oneself stay."""
    said = [ReadingState.SUBMITTED.value, ReadingState.ABSTAINED.value]
    found = Reading.objects.filter(_about([candidacy]), state__in=said).select_related("reader__person")
    return list(found.defer("private_note").order_by("-state", "submitted_at", "pk"))


def feedback_of(candidacies: Collection[Candidacy]) -> Mapping[int, Sequence[str]]:
    """What readers wrote for the teams in these strands, by application, without their names. One query."""
    notes: dict[int, list[str]] = defaultdict(list)
    rows = _handed_in(candidacies).exclude(shareable_note="").order_by("submitted_at", "pk")
    for application, note in rows.values_list("application_id", "shareable_note"):
        notes[application].append(note)
    return notes


def read_alone(candidacies: Collection[int]) -> Collection[int]:
    """Those of these candidacies that are read on their own, so that no team leaves them. One query."""
    return set(Reading.objects.filter(candidacy__in=candidacies).values_list("candidacy_id", flat=True))


def _about(candidacies: Collection[Candidacy]) -> Q:
    """What is about these: alone, or about the whole of their applications."""
    whole = Q(candidacy=None, application__in={one.application_id for one in candidacies})
    return whole | Q(candidacy__in=[one.pk for one in candidacies])


def _handed_in(candidacies: Collection[Candidacy]) -> QuerySet[Reading]:
    return Reading.objects.filter(_about(candidacies), state=ReadingState.SUBMITTED.value)


def being_read(applications: Collection[int]) -> Mapping[int, LadderStep]:
    """Those of these applications that have been given to readers; not to whom, nor to how many. One query."""
    found = Reading.objects.filter(application__in=applications).values_list("application_id", flat=True)
    return dict.fromkeys(found.distinct(), LadderStep.BEING_READ)
