"""The organiser's board of reading: progress by reader, what lacks readings, the proposal that waits."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Q, QuerySet

from kinolab.applications.domain.lifecycle import IN_FORCE
from kinolab.applications.models import Application, Candidacy, Hiding
from kinolab.applications.queries.visible import may_know_of, visible_to
from kinolab.calls.models import Strand
from kinolab.foundation.i18n import formats
from kinolab.foundation.prepared import prepared
from kinolab.labs.models import Edition
from kinolab.reviews.domain.lifecycle import ACTIVE, STARTED, AbstainReason, ReadingState
from kinolab.reviews.models import Conflict, Proposal, Reader, Reading, ReviewPhase
from kinolab.reviews.queries.pieces import by_key

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
    lacking: Sequence["Lacking"]
    lacking_count: int
    conflicts: Sequence[Conflict]
    abstained: Sequence[Reading]
    proposal: Proposal | None


def board_page(person: "Person", edition: Edition, phase: ReviewPhase | None, at: datetime) -> BoardPage:
    """Gather the board in a constant number of queries; nothing hidden from the person is shown or counted."""
    readers = readers_with_loads(person, edition, phase)
    lacking, lacking_count = lacking_readings(person, edition, phase) if phase else ([], 0)
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
        lacking_count=lacking_count,
        conflicts=list(
            Conflict.objects.filter(reader__edition=edition, application__in=known)
            .select_related("reader__person", "application")
            .order_by("-declared_at", "-pk")[:SHOWN]
        ),
        abstained=list(
            Reading.objects.filter(phase=phase, state=ReadingState.ABSTAINED.value, application__in=known)
            .exclude(abstain_reason=AbstainReason.CONFLICT.value)
            .select_related("reader__person", "application", "candidacy__strand")
            .order_by("-changed_at", "-pk")[:SHOWN]
        )
        if phase
        else [],
        proposal=Proposal.objects.filter(phase=phase, accepted_at=None).order_by("-made_at").first() if phase else None,
    )


def readers_with_loads(person: "Person", edition: Edition, phase: ReviewPhase | None) -> list[Reader]:
    """Every reader with `given`, `begun`, `done` and `due` readings, those who left too. One query, or two with strands."""
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
    readers = list(found.prefetch_related("strands") if phase and phase.each_strand else found)
    for one in readers:
        one.due = one.given - one.done
    return readers


@dataclass(frozen=True, slots=True)
class Lacking:
    """What has fewer readings than the phase asks for; where each strand is read on its own, in which."""

    application: Application
    strand: Strand | None
    finished: int
    going: int


def lacking_readings(person: "Person", edition: Edition, phase: ReviewPhase) -> tuple[list[Lacking], int]:
    """What has fewer active readings than the phase asks for, the poorest first, and how much there is of it."""
    stages = [stage.value for stage in IN_FORCE]
    found = visible_to(person, Application.objects.filter(call__edition=edition, stage__in=stages))
    found = found.exclude(checked="ineligible")
    of_phase = Q(readings__phase=phase)
    if phase.each_strand:
        standing = Candidacy.objects.filter(application__in=found).select_related("application", "strand")
        rows = _short_of(standing, of_phase, phase.readings_each, "application__number", "strand__order", "pk")
        shown = [Lacking(one.application, one.strand, one.finished, one.active - one.finished) for one in rows[:SHOWN]]
    else:
        rows = _short_of(found, of_phase, phase.readings_each, F("number").asc(nulls_last=True))
        shown = [Lacking(one, None, one.finished, one.active - one.finished) for one in rows[:SHOWN]]
    return shown, rows.count() if len(shown) == SHOWN else len(shown)


def _short_of(rows: QuerySet[Any], of_phase: Q, wanted: int, *order: object) -> QuerySet[Any]:
    active = Q(readings__state__in=[one.value for one in ACTIVE])
    done = Q(readings__state=ReadingState.SUBMITTED.value)
    counted = rows.annotate(
        active=Count("readings", filter=of_phase & active), finished=Count("readings", filter=of_phase & done)
    )
    return counted.filter(active__lt=wanted).order_by("active", *order)


def readings_given(person: "Person", reader: Reader) -> QuerySet[Reading]:
    """Everything that was ever given to a reader, as far as the person may know of it, by number."""
    return (
        reader.readings.filter(may_know_of(person))
        .select_related("application", "candidacy__strand")
        .order_by("application__number", "pk")
    )


def assignment_rows(person: "Person", phase: ReviewPhase) -> Iterator[tuple[Any, ...]]:
    """Who reads what now, as rows that the page for files takes back: number, address, state, strand if read alone."""
    found = Reading.objects.filter(
        may_know_of(person), phase=phase, state__in=[one.value for one in ACTIVE]
    ).order_by("application__number", "reader__person__email")  # fmt: skip
    columns = found.values_list(
        "application__number",
        "reader__person__email",
        "state",
        *(["candidacy__strand__slug"] if phase.each_strand else []),
    )
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
    strand: Strand | None
    needed: int
    reasons: Sequence[str]


def proposal_page(person: "Person", proposal: Proposal) -> dict[str, Any]:
    """A proposal in words: loads before and after, what is left short, without what is hidden. Six queries at most."""
    plan = proposal.plan
    hidden = set(Hiding.objects.filter(person=person).values_list("application_id", flat=True))
    readers = Reader.objects.select_related("person").in_bulk([int(load["reader"]) for load in plan["loads"]])
    before, added = _loads(proposal, hidden)
    pieces = by_key({one["application"] for one in plan["unmet"]})
    numbers = {one.application.pk for one in pieces.values()}
    known = set(visible_to(person, Application.objects.filter(pk__in=numbers)).values_list("pk", flat=True))
    unmet = [(pieces[one["application"]], one) for one in plan["unmet"] if one["application"] in pieces]
    return {
        "proposal": proposal,
        "loads": [
            ShownLoad(one, before.get(one.pk, 0), before.get(one.pk, 0) + added.get(one.pk, 0))
            for one in sorted(readers.values(), key=lambda one: (one.person.name, one.pk))
        ],
        "unmet": [
            ShownUnmet(piece.application, piece.candidacy and piece.candidacy.strand, one["needed"], one["reasons"])
            for piece, one in unmet
            if piece.application.pk in known
        ],
        "count": sum(added.values()),
    }


def _loads(proposal: Proposal, hidden: Collection[int]) -> tuple[dict[int, int], dict[int, int]]:
    """How many readings each reader has, and how many the proposal adds."""
    kept = (
        Reading.objects.filter(phase=proposal.phase, state__in=[one.value for one in ACTIVE])
        .exclude(application__in=hidden)
        .values_list("reader_id", flat=True)
    )
    away = {str(pk) for pk in hidden}
    away |= {f"c{pk}" for pk in Candidacy.objects.filter(application__in=hidden).values_list("pk", flat=True)}
    added = (int(reader) for key, reader in proposal.plan["added"] if str(key) not in away)
    return dict(Counter(kept)), dict(Counter(added))


def milestones(edition: Edition) -> dict[str, datetime | None]:
    """When reading begins and ends, for the rail. One query."""
    first = _phases.first(edition.pk)
    return {"reading_starts": first.starts_at, "reading_ends": first.ends_at} if first else {}


@prepared
def _phases(edition: int) -> QuerySet[ReviewPhase]:
    """The phases of reading in the edition with this number, the first one first."""
    return ReviewPhase.objects.filter(edition=edition).order_by("order")
