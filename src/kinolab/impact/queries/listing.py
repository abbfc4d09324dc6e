"""Lists of road maps: those of an edition for the lab, and one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from kinolab.applications.models import Application
from kinolab.applications.queries.visible import visible_to
from kinolab.impact.domain.lifecycle import TURN, ReportState, RoadMapState, Turn
from kinolab.impact.models import Report, RoadMap, Tutoring
from kinolab.impact.queries import shown
from kinolab.labs.models import Edition
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Decision

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class Listed:
    """A road map in a list, with whose turn it is, who accompanies it, how many remarks wait, and the report that is next.

    `title` is what somebody outside the team may read of it.
    """

    road_map: RoadMap
    title: str
    turn: Turn
    tutors: Sequence[Tutoring]
    waiting: int
    report: Report | None


def listed(road_maps: QuerySet[RoadMap]) -> list[Listed]:
    """The road maps in order of their titles. Four queries."""
    waiting = Count("remarks", filter=Q(remarks__settled_at=None), distinct=True)
    tutors = Prefetch("tutorings", Tutoring.objects.select_related("person").order_by("added_at", "pk"))
    unread = Report.objects.exclude(state=ReportState.APPROVED.value).order_by("starts_on", "pk")
    reports = Prefetch("reports", unread, to_attr="unread")
    found = road_maps.annotate(waiting=waiting).prefetch_related(tutors, reports).order_by("title", "pk")
    titles = shown.titles(found)
    return [
        Listed(
            one,
            titles[one.pk],
            TURN[RoadMapState(one.state)],
            list(one.tutorings.all()),
            one.waiting,
            next(iter(one.unread), None),
        )
        for one in found
    ]


def without(person: "Person", edition: Edition) -> QuerySet[Application]:
    """Projects of the edition that were chosen, as everybody knows, and have no road map yet."""
    told = Decision.objects.filter(
        application=OuterRef("pk"), outcome=Outcome.SELECTED.value, announced_at__isnull=False
    )
    chosen = Application.objects.filter(Exists(told), call__edition=edition, road_map=None)
    return visible_to(person, chosen).order_by("title", "pk")
