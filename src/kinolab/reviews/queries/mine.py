"""The reader's home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.utils import timezone

from kinolab.applications.domain.lifecycle import IN_FORCE
from kinolab.applications.models import Application
from kinolab.applications.queries.visible import visible_to
from kinolab.foundation.prepared import prepared
from kinolab.reviews.domain.lifecycle import ACTIVE, DUE, ReadingState
from kinolab.reviews.models import Reading, ReviewPhase

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

_ORDER = {ReadingState.DRAFT: 0, ReadingState.OPENED: 1, ReadingState.ASSIGNED: 1, ReadingState.SUBMITTED: 2}
_SHOWN = (
    "pk", "state", "score", "corrected_at", "phase",
    "application__title", "application__number", "application__language", "application__code", "candidacy__strand__name",
)  # fmt: skip
_PHASE_SHOWN = "ends_at", "edition__name", "edition__timezone", "edition__slug", "edition__programme__slug"


@dataclass(frozen=True, slots=True)
class Pile:
    """The readings of one phase: what is begun first, then what waits, then what is done."""

    phase: ReviewPhase
    readings: Sequence[Reading]
    left: int
    done: int

    @property
    def given(self) -> int:
        """All of them."""
        return self.left + self.done


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """A reader's piles, how many readings are left, and the next one."""

    piles: Sequence[Pile]
    left: int
    done: int
    next: Reading | None


def readings_of(person: "Person | int", at: datetime | None = None) -> QuerySet[Reading]:
    """What the person reads now: given and not given back, sent and not withdrawn, not hidden by a conflict."""
    sent = Application.objects.filter(pk=OuterRef("application"), stage__in=[stage.value for stage in IN_FORCE])
    return Reading.objects.filter(
        Exists(visible_to(person, sent, at)),  # asked of each reading: of all applications it took as long as a page
        reader__person=person,
        reader__left_at=None,
        state__in=[state.value for state in ACTIVE],
    )


@prepared
def _one_of(person: int, number: int, at: datetime) -> QuerySet[Reading]:
    whole = "phase__edition__programme", "reader__person", "application", "candidacy__strand"
    return readings_of(person, at).select_related(*whole).filter(pk=number)


def reading_of(person: "Person", number: int) -> Reading | None:
    """The reading of this number with all that its room needs, if it is one of the person's. One query."""
    return _one_of.first(person.pk, number, timezone.now())


def read_by(person: "Person") -> dict[int, bool]:
    """The applications that the person reads now, and whether the phase shows names. One query."""
    return dict(readings_of(person).values_list("application_id", "phase__see_names"))


@prepared
def _shown_to(person: int, at: datetime) -> QuerySet[Reading]:
    return readings_of(person, at).select_related("application", "candidacy__strand").only(*_SHOWN)


@prepared
def _phases_of(person: int) -> QuerySet[ReviewPhase]:
    known = ReviewPhase.objects.filter(edition__readers__person=person)
    return known.select_related("edition__programme").only(*_PHASE_SHOWN)


def reader_page(person: "Person") -> ReaderPage:
    """The person's readings of every edition they read for. Two queries, however many readings: a phase is read once."""
    phases, found = {one.pk: one for one in _phases_of(person.pk)}, _shown_to(person.pk, timezone.now())
    found.sort(key=lambda one: (_ORDER[ReadingState(one.state)], one.application.number or 0, one.pk))
    piles = [
        _pile(phases[phase], [one for one in found if one.phase_id == phase])
        for phase in dict.fromkeys(one.phase_id for one in found)
    ]
    due = [one for pile in piles for one in pile.readings if ReadingState(one.state) in DUE]
    return ReaderPage(piles, len(due), len(found) - len(due), due[0] if due else None)


def next_due(person: "Person") -> int | None:
    """The reading that comes next, as on the home: what is begun first, then by number. One row, however many wait."""
    return next((one.pk for one in _next_of(person.pk, timezone.now())), None)


@prepared
def _next_of(person: int, at: datetime) -> QuerySet[Reading]:
    due = readings_of(person, at).filter(state__in=[state.value for state in DUE]).only("pk")
    begun_first = Case(When(state=ReadingState.DRAFT.value, then=0), default=1)
    return due.order_by(begun_first, "application__number", "pk")[:1]


def _pile(phase: ReviewPhase, readings: Sequence[Reading]) -> Pile:
    left = sum(ReadingState(one.state) in DUE for one in readings)
    return Pile(phase, readings, left, len(readings) - left)
