"""A segment and its team."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import TeamMember
from kinolab.production.models import Demand, Segment
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Decision

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def segments() -> QuerySet[Segment]:
    """Segments with what every page of them shows."""
    return Segment.objects.select_related(
        "film", "borough", "slot", "application", "omnibus__film__organisation", "omnibus__edition__programme"
    )


def _joined() -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(state=MemberState.JOINED.value, person__isnull=False)


def team(segment: Segment) -> Sequence[TeamMember]:
    """Its team: those who have joined the application."""
    return of_application(segment.application_id) if segment.application_id else []


def of_application(application: int) -> list[TeamMember]:
    """Those who have joined the application, in their order."""
    return list(_joined().filter(application=application).select_related("person").order_by("order", "pk"))


def member(person: "Person", segment: Segment) -> TeamMember | None:
    """The person's place in its team."""
    if segment.application_id is None:
        return None
    return _joined().filter(application=segment.application_id, person=person).first()


_TOLD = Decision.objects.filter(outcome=Outcome.SELECTED.value, announced_at__isnull=False)


def is_announced(segment: Segment) -> bool:
    """Whether its team has been told that it was chosen."""
    return _TOLD.filter(application=segment.application_id).exists()


def own(person: "Person") -> QuerySet[Segment]:
    """Segments in whose team the person is, once they have been told."""
    theirs = _joined().filter(application=OuterRef("application"), person=person)
    told = _TOLD.filter(application=OuterRef("application"))
    return segments().filter(Q(Exists(theirs)) & Q(Exists(told))).order_by("-pk")


def demands(segment: Segment) -> list[tuple[Demand, bool]]:
    """The rules of the film, and whether the segment is said to keep each. Two statements."""
    kept = set(segment.keeps.values_list("pk", flat=True))
    return [(one, one.pk in kept) for one in segment.omnibus.demands.all()]
