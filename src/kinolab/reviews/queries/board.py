"""The organiser's board of reading: progress by reader, what lacks readings, the proposal that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet

from kinolab.applications.models import Application
from kinolab.applications.queries.visible import visible_to
from kinolab.labs.models import Edition
from kinolab.reviews.domain.lifecycle import ACTIVE, DUE
from kinolab.reviews.models import Conflict, Proposal, Reader, ReviewPhase

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

SHOWN = 50


@dataclass(frozen=True, slots=True)
class BoardPage:
    """What the board shows."""

    phase: ReviewPhase | None
    readers: Sequence[Reader]
    given: int
    done: int
    days_left: int | None
    lacking: Sequence[Application]
    lacking_count: int
    conflicts: Sequence[Conflict]
    proposal: Proposal | None


def board_page(person: "Person", edition: Edition, phase: ReviewPhase | None, at: datetime) -> BoardPage:
    """Gather the board in a constant number of queries."""
    active, due = [one.value for one in ACTIVE], [one.value for one in DUE]
    readers = list(
        Reader.objects.filter(edition=edition, left_at=None)
        .select_related("person")
        .annotate(
            given=Count("readings", filter=Q(readings__state__in=active, readings__phase=phase)),
            due=Count("readings", filter=Q(readings__state__in=due, readings__phase=phase)),
        )
        .order_by("person__name", "pk")
    )
    lacking = list(lacking_readings(person, edition, phase)[:SHOWN]) if phase else []
    given = sum(one.given for one in readers)
    return BoardPage(
        phase=phase,
        readers=readers,
        given=given,
        done=given - sum(one.due for one in readers),
        days_left=(phase.ends_at - at).days if phase and phase.ends_at and phase.ends_at > at else None,
        lacking=lacking,
        lacking_count=lacking_readings(person, edition, phase).count() if len(lacking) == SHOWN else len(lacking),
        conflicts=list(
            Conflict.objects.filter(
                reader__edition=edition, application__in=visible_to(person, Application.objects.all()).values("pk")
            )
            .select_related("reader__person", "application")
            .order_by("-declared_at")[:SHOWN]
        ),
        proposal=Proposal.objects.filter(phase=phase, accepted_at=None).order_by("-made_at").first() if phase else None,
    )


def lacking_readings(person: "Person", edition: Edition, phase: ReviewPhase | None) -> QuerySet[Application]:
    """Applications with fewer active readings than the phase asks for, the poorest first."""
    wanted = phase.readings_each if phase else 0
    active = Count("readings", filter=Q(readings__phase=phase, readings__state__in=[one.value for one in ACTIVE]))
    found = visible_to(person, Application.objects.filter(call__edition=edition, stage__in=("submitted", "reopened")))
    return (
        found.exclude(checked="ineligible")
        .annotate(active=active)
        .filter(active__lt=wanted)
        .order_by("active", F("number").asc(nulls_last=True))
    )


@dataclass(frozen=True, slots=True)
class ShownLoad:
    """A reader's load before and after a proposal."""

    reader: Reader
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ShownUnmet:
    """An application that a proposal leaves short, and why."""

    application: Application
    needed: int
    reasons: Sequence[str]


def proposal_page(person: "Person", proposal: Proposal) -> dict[str, Any]:
    """A proposal in words: loads before and after, what is left short. Three queries."""
    plan = proposal.plan
    readers = Reader.objects.select_related("person").in_bulk([int(load["reader"]) for load in plan["loads"]])
    added: dict[int, int] = {}
    for _, reader in plan["added"]:
        added[int(reader)] = added.get(int(reader), 0) + 1
    unmet = visible_to(person, Application.objects.all()).in_bulk([int(one["application"]) for one in plan["unmet"]])
    return {
        "proposal": proposal,
        "loads": [
            ShownLoad(
                readers[int(load["reader"])], load["readings"] - added.get(int(load["reader"]), 0), load["readings"]
            )
            for load in plan["loads"]
            if int(load["reader"]) in readers
        ],
        "unmet": [
            ShownUnmet(unmet[int(one["application"])], one["needed"], one["reasons"])
            for one in plan["unmet"]
            if int(one["application"]) in unmet
        ],
        "count": len(plan["added"]),
    }


def milestones(edition: Edition) -> dict[str, datetime | None]:
    """When reading begins and ends, for the rail. One query."""
    known = ReviewPhase.objects.filter(edition=edition).order_by("order").values_list("starts_at", "ends_at").first()
    return {"reading_starts": known[0], "reading_ends": known[1]} if known else {}
