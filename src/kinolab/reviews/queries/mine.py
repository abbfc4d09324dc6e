"""The reader's home."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinolab.applications.models import Application
from kinolab.applications.queries.visible import visible_to
from kinolab.reviews.domain.lifecycle import ACTIVE, DUE, ReadingState
from kinolab.reviews.models import Reading, ReviewPhase

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

_ORDER = {ReadingState.DRAFT: 0, ReadingState.OPENED: 1, ReadingState.ASSIGNED: 2, ReadingState.SUBMITTED: 3}


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """A reader's readings, what is begun first, and how many are left."""

    readings: Sequence[Reading]
    left: int
    done: int
    next: Reading | None
    phase: ReviewPhase | None


def reader_page(person: "Person") -> ReaderPage:
    """The person's readings of every edition they read for. One query."""
    found = (
        Reading.objects.filter(
            reader__person=person,
            reader__left_at=None,
            state__in=[state.value for state in ACTIVE],
            application__in=visible_to(person, Application.objects.all()).values("pk"),
        )
        .select_related("phase__edition__programme", "application")
        .only(
            "pk",
            "state",
            "score",
            "recommendation",
            "submitted_at",
            "application__title",
            "application__number",
            "application__language",
            "application__code",
            "application__kind",
            "phase__ends_at",
            "phase__starts_at",
            "phase__order",
            "phase__see_names",
            "phase__edition__name",
            "phase__edition__slug",
            "phase__edition__timezone",
            "phase__edition__dye",
            "phase__edition__programme__slug",
        )
    )
    readings = sorted(found, key=lambda one: (_ORDER[ReadingState(one.state)], one.application.number or 0, one.pk))
    due = [one for one in readings if ReadingState(one.state) in DUE]
    return ReaderPage(
        readings=readings,
        left=len(due),
        done=len(readings) - len(due),
        next=due[0] if due else None,
        phase=readings[0].phase if readings else None,
    )
