"""Who may do what with readings, and the only ways for a view to get one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kinolab.applications.models import Application, Attachment
from kinolab.applications.queries.visible import may_know_of, visible_to
from kinolab.foundation.prepared import prepared
from kinolab.foundation.questions.domain.seeing import SeenBy
from kinolab.foundation.refusals import Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition
from kinolab.reviews.domain.lifecycle import DUE, ReadingState, Seeing
from kinolab.reviews.models import Conflict, Reader, Reading, ReviewPhase
from kinolab.reviews.queries import mine

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

LONGEST_NUMBER = 9  # digits


# --- Getting ---------------------------------------------------------------------------------------------------------
def get_reading(person: "Person", number: int) -> Reading:
    """One's own reading; 404 for anybody else's, for one given back, and for an application hidden by a conflict."""
    found = mine.reading_of(person, number)
    if found is None:
        raise Http404
    return found


def numbers(typed: Iterable[str]) -> list[int]:
    """Those of these that can be the number of a row: whatever else a browser or a file says names nothing."""
    return [int(one) for one in typed if one.isdecimal() and len(one) <= LONGEST_NUMBER]


def given(person: "Person", edition: Edition, named: Sequence[str]) -> list[Reading]:
    """Those of these readings of the edition whose applications the person may know of."""
    found = Reading.objects.filter(may_know_of(person), pk__in=numbers(named), phase__edition=edition)
    readings = list(found.select_related("reader__person", "application", "candidacy__strand", "phase").order_by("pk"))
    for one in readings:
        one.phase.edition = edition
    return readings


def get_file(reading: Reading, code: str) -> Attachment:
    """A file of what was sent, if readers see the question it answers; the pair reading and file is what counts."""
    found = (
        Attachment.objects.select_related("file", "question")
        .filter(application=reading.application_id, file__code=code, question__seen_by=SeenBy.READERS.value)
        .first()
    )
    if found is None:
        raise Http404
    return found


def get_phase(edition: Edition) -> ReviewPhase | None:
    """The edition's phase of reading, once somebody has set it up."""
    return ReviewPhase.objects.filter(edition=edition).order_by("order").first()


def get_reader(edition: Edition, number: int) -> Reader:
    """A reader of the edition; 404 if there is none of this number."""
    found = Reader.objects.select_related("person").filter(edition=edition, pk=number).first()
    if found is None:
        raise Http404
    found.edition = edition
    return found


def get_conflict(person: "Person", edition: Edition, number: int) -> Conflict:
    """A conflict noted in the edition; 404 for one with an application hidden from the person."""
    found = (
        Conflict.objects.select_related("reader__person", "application")
        .filter(may_know_of(person), pk=number, reader__edition=edition)
        .first()
    )
    if found is None:
        raise Http404
    found.reader.edition = edition
    return found


def find_application(person: "Person", edition: Edition, number: str) -> Application | None:
    """The application of the edition with this number, if the person may know of it."""
    named = numbers([number.strip()])
    return visible_to(person, Application.objects.filter(call__edition=edition, number__in=named)).first()


# --- May they --------------------------------------------------------------------------------------------------------
def why_not_assign(person: "Person", edition: Edition) -> Refusal | None:
    """Whether the person may choose readers and give them work."""
    return labs.why_not(person, edition, Permission.ASSIGN)


def why_not_configure(person: "Person", edition: Edition) -> Refusal | None:
    """Whether the person may set the switches of the phase."""
    return labs.why_not(person, edition, Permission.CONFIGURE)


def why_not_in_time(phase: ReviewPhase, at: datetime) -> Refusal | None:
    """Whether the phase lets readers write now."""
    zone = phase.edition.timezone
    if phase.starts_at is not None and at < phase.starts_at:
        return Refusal("phase_not_begun", {"starts": phase.starts_at, "zone": zone})
    if phase.ends_at is not None and at > phase.ends_at:
        return Refusal("phase_over", {"ended": phase.ends_at, "zone": zone})
    return None


def why_not_write(person: "Person", reading: Reading, at: datetime) -> Refusal | None:
    """Whether the reader may write in this reading now."""
    if reading.reader.person_id != person.pk:
        return Refusal("not_your_reading")
    if reading.state == ReadingState.SUBMITTED:
        return Refusal("reading_submitted")
    return why_not_in_time(reading.phase, at)


def why_not_submit(person: "Person", reading: Reading, at: datetime) -> Refusal | None:
    """Whether the reader may hand the reading in now; what it lacks is asked apart."""
    return why_not_write(person, reading, at)


def why_not_reopen(person: "Person", reading: Reading, at: datetime) -> Refusal | None:
    """Whether a reading handed in may be taken up again: until the phase ends."""
    if reading.reader.person_id != person.pk:
        return Refusal("not_your_reading")
    if reading.state != ReadingState.SUBMITTED:
        return Refusal("reading_not_submitted")
    return why_not_in_time(reading.phase, at)


def why_not_abstain(person: "Person", reading: Reading, at: datetime) -> Refusal | None:
    """Whether the reader may decline to judge: at any time while the reading is theirs."""
    return None if reading.reader.person_id == person.pk else Refusal("not_your_reading")


def suspended(person: "Person", edition: Edition) -> Mapping[Permission, Refusal]:
    """Whoever of the team still has something to read does not see what others think, unless the phase shows it.

    It ends with their last reading, or with the phase.
    """
    due = _due(person.pk, edition.pk, timezone.now())
    return {Permission.READ_REVIEWS: Refusal("reads_first")} if due else {}


@prepared
def _due(person: int, edition: int, at: datetime) -> QuerySet[Reading]:
    """One of the readings that the person has yet to do before seeing those of others."""
    due = Reading.objects.filter(
        Q(phase__ends_at=None) | Q(phase__ends_at__gt=at),
        phase__edition=edition,
        reader__person=person,
        reader__left_at=None,
        state__in=[state.value for state in DUE],
    )
    return due.exclude(phase__see_others=Seeing.ALWAYS.value).only("pk")[:1]


def is_reader(person: "Person") -> bool:
    """Whether the person reads for any edition."""
    return Reader.objects.filter(person=person, left_at=None).exists()


def stop_strangers(person: "Person") -> None:
    """403 for those who read for nobody."""
    if not is_reader(person):
        raise PermissionDenied(Refusal("not_a_reader"))
