"""The organiser's board of reading: progress by reader, what lacks readings, the proposal that waits."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Q, QuerySet

from kinolab.applications.domain.lifecycle import IN_FORCE
from kinolab.applications.models import Application, Hiding
from kinolab.applications.queries.visible import visible_to
from kinolab.foundation.i18n import formats
from kinolab.labs.models import Edition
from kinolab.reviews.domain.lifecycle import ACTIVE, STARTED, AbstainReason, ReadingState
from kinolab.reviews.models import Conflict, Proposal, Reader, Reading, ReviewPhase

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
    abstained: Sequence[Reading]
    proposal: Proposal | None


def board_page(person: "Person", edition: Edition, phase: ReviewPhase | None, at: datetime) -> BoardPage:
    """Gather the board in a constant number of queries; nothing hidden from the person is shown or counted."""
    readers = readers_with_loads(person, edition, phase)
    lacking = list(lacking_readings(person, edition, phase)[:SHOWN]) if phase else []
    known = visible_to(person, Application.objects.filter(call__edition=edition)).values("pk")
    return BoardPage(
        phase=phase,
        readers=sorted(
            (one for one in readers if one.left_at is None), key=lambda one: formats.sort_key(str(one.person))
        ),
        given=sum(one.given for one in readers),
        done=sum(one.done for one in readers),
        days_left=(phase.ends_at - at).days if phase and phase.ends_at and phase.ends_at > at else None,
        lacking=lacking,
        lacking_count=lacking_readings(person, edition, phase).count() if len(lacking) == SHOWN else len(lacking),
        conflicts=list(
            Conflict.objects.filter(reader__edition=edition, application__in=known)
            .select_related("reader__person", "application")
            .order_by("-declared_at", "-pk")[:SHOWN]
        ),
        abstained=list(
            Reading.objects.filter(phase=phase, state=ReadingState.ABSTAINED.value, application__in=known)
            .exclude(abstain_reason=AbstainReason.CONFLICT.value)
            .select_related("reader__person", "application")
            .order_by("-changed_at", "-pk")[:SHOWN]
        )
        if phase
        else [],
        proposal=Proposal.objects.filter(phase=phase, accepted_at=None).order_by("-made_at").first() if phase else None,
    )


def readers_with_loads(person: "Person", edition: Edition, phase: ReviewPhase | None) -> list[Reader]:
    """Every reader with `given`, `begun`, `done` and `due` readings, those who left included. One query."""
    hidden = Hiding.objects.filter(person=person).values("application")
    live = Q(
        readings__phase=phase, readings__application__stage__in=[stage.value for stage in IN_FORCE]
    ) & ~Q(readings__application__in=hidden)  # fmt: skip
    found = (
        Reader.objects.filter(edition=edition)
        .select_related("person")
        .annotate(
            given=Count("readings", filter=live & Q(readings__state__in=[one.value for one in ACTIVE])),
            begun=Count("readings", filter=live & Q(readings__state=ReadingState.DRAFT.value)),
            done=Count("readings", filter=live & Q(readings__state=ReadingState.SUBMITTED.value)),
            latest=Max("readings__changed_at", filter=live & Q(readings__state__in=[one.value for one in STARTED])),
        )
        .order_by("person__name", "pk")
    )
    readers = list(found)
    for one in readers:
        one.due = one.given - one.done
    return readers


def lacking_readings(person: "Person", edition: Edition, phase: ReviewPhase | None) -> QuerySet[Application]:
    """Applications with fewer active readings than the phase asks for, the poorest first."""
    wanted = phase.readings_each if phase else 0
    active = Count("readings", filter=Q(readings__phase=phase, readings__state__in=[one.value for one in ACTIVE]))
    done = Count("readings", filter=Q(readings__phase=phase, readings__state=ReadingState.SUBMITTED.value))
    stages = [stage.value for stage in IN_FORCE]
    found = visible_to(person, Application.objects.filter(call__edition=edition, stage__in=stages))
    return (
        found.exclude(checked="ineligible")
        .annotate(active=active, finished=done)
        .annotate(going=F("active") - F("finished"))
        .filter(active__lt=wanted)
        .order_by("active", F("number").asc(nulls_last=True))
    )


def readings_given(person: "Person", reader: Reader) -> QuerySet[Reading]:
    """Everything that was ever given to a reader, as far as the person may know of it, by number."""
    known = visible_to(person, Application.objects.all()).values("pk")
    return (
        reader.readings.filter(application__in=known)
        .select_related("application")
        .order_by("application__number", "pk")
    )


def assignment_rows(person: "Person", phase: ReviewPhase) -> Iterator[tuple[int | None, str, str]]:
    """Who reads what now, as rows that the page for files takes back: number, address, state."""
    known = visible_to(person, Application.objects.filter(call__edition=phase.edition)).values("pk")
    found = Reading.objects.filter(
        phase=phase, state__in=[one.value for one in ACTIVE], application__in=known
    ).order_by("application__number", "reader__person__email")  # fmt: skip
    columns = found.values_list("application__number", "reader__person__email", "state")
    yield from columns.iterator(chunk_size=500)


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
    """A proposal in words: loads before and after, what is left short, without what is hidden. Three queries."""
    plan = proposal.plan
    hidden = {str(pk) for pk in Hiding.objects.filter(person=person).values_list("application_id", flat=True)}
    readers = Reader.objects.select_related("person").in_bulk([int(load["reader"]) for load in plan["loads"]])
    before, added = _loads(proposal, hidden)
    unmet = visible_to(person, Application.objects.all()).in_bulk([int(one["application"]) for one in plan["unmet"]])
    return {
        "proposal": proposal,
        "loads": [
            ShownLoad(one, before.get(one.pk, 0), before.get(one.pk, 0) + added.get(one.pk, 0))
            for one in sorted(readers.values(), key=lambda one: (one.person.name, one.pk))
        ],
        "unmet": [
            ShownUnmet(unmet[int(one["application"])], one["needed"], one["reasons"])
            for one in plan["unmet"]
            if int(one["application"]) in unmet
        ],
        "count": sum(added.values()),
    }


def _loads(proposal: Proposal, hidden: Collection[str]) -> tuple[dict[int, int], dict[int, int]]:
    """How many readings each reader has, and how many the proposal adds."""
    kept = (
        Reading.objects.filter(phase=proposal.phase, state__in=[one.value for one in ACTIVE])
        .exclude(application__in=[int(pk) for pk in hidden])
        .values_list("reader_id", flat=True)
    )
    added = (int(reader) for application, reader in proposal.plan["added"] if str(application) not in hidden)
    return dict(Counter(kept)), dict(Counter(added))


def milestones(edition: Edition) -> dict[str, datetime | None]:
    """When reading begins and ends, for the rail. One query."""
    known = ReviewPhase.objects.filter(edition=edition).order_by("order").values_list("starts_at", "ends_at").first()
    return {"reading_starts": known[0], "reading_ends": known[1]} if known else {}
