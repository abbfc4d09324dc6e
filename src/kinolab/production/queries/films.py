"""Films in the making: those that a person makes, and one with the facts that its steps depend on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from kinolab.calls.domain import window
from kinolab.calls.domain.window import Phase
from kinolab.calls.models import Call
from kinolab.calls.queries.public import window_of
from kinolab.catalogue.domain.works import Kind
from kinolab.catalogue.models import Film
from kinolab.foundation.refusals import Refusal
from kinolab.labs.models import Edition, Organisation
from kinolab.production.domain import lifecycle
from kinolab.production.domain.lifecycle import (
    OUT,
    WAY,
    FilmFacts,
    FilmState,
    FilmStep,
    SegmentState,
)
from kinolab.production.models import Cut, Omnibus, Segment

# The page that each stage of the way opens; a stage without one is shown, not linked.
PAGES: dict[FilmState, str] = {
    FilmState.CONCEPT: "production:rules",
    FilmState.CALL: "production:call",
    FilmState.SCRIPT_SELECTION: "production:slots",
    FilmState.PRODUCTION: "production:calendar",
    FilmState.ASSEMBLY: "production:assembly",
    FilmState.LOCKED: "production:lock",
    FilmState.DELIVERED: "production:deliverables",
}
_OUT = [state.value for state in OUT]
_LOCKED = [SegmentState.LOCKED.value, SegmentState.IN_FILM.value]


def omnibuses() -> QuerySet[Omnibus]:
    """Films in the making with what every page of them shows."""
    return Omnibus.objects.select_related("film__organisation", "edition__programme")


def of_makers(organisations: Collection[int], editions: Collection[int]) -> QuerySet[Omnibus]:
    """Those of the organisations, and those whose script call is one of the editions; how many segments each has."""
    return (
        omnibuses()
        .filter(Q(film__organisation__in=organisations) | Q(edition__in=editions))
        .annotate(
            segments_in=Count("segments", filter=~Q(segments__state__in=_OUT), distinct=True),
            slots_all=Count("slots", distinct=True),
        )
    )


# --- The steps -------------------------------------------------------------------------------------------------------
def film_facts(omnibus: Omnibus, at: datetime) -> FilmFacts:
    """What the steps of the film depend on. Three statements."""
    inside = ~Q(state__in=_OUT)
    counts = Segment.objects.filter(omnibus=omnibus).aggregate(
        segments=Count("pk", filter=inside),
        with_cut=Count("pk", filter=inside & Q(length__isnull=False)),
        unlocked=Count("pk", filter=inside & ~Q(state__in=_LOCKED)),
        unplaced=Count("pk", filter=inside & Q(position=None)),
    )
    unsent = Cut.objects.filter(
        segment__omnibus=omnibus, segment__state__in=_OUT, notice_at=None, taken_back_at=None
    ).count()
    handed = omnibus.deliverables.aggregate(listed=Count("pk"), owed=Count("pk", filter=Q(accepted_at=None)))
    return FilmFacts(
        concept=bool(omnibus.concept),
        window=omnibus.shortest is not None and omnibus.longest is not None,
        call=omnibus.edition_id is not None,
        call_closed=call_closed(omnibus.edition, at),
        unsent=unsent,
        listed=handed["listed"] > 0,
        owed=handed["owed"],
        published=omnibus.film.published_at is not None,
        **counts,
    )


def call_closed(edition: Edition | None, at: datetime) -> bool:
    """Whether nobody may send a script any more."""
    call = Call.objects.filter(edition=edition).first() if edition else None
    dates = window_of(call) if call else None
    return dates is not None and window.phase(dates, at) is Phase.CLOSED


@dataclass(frozen=True, slots=True)
class Possible:
    """A step that leads on from here, why it cannot be taken now, and the page on which it is taken if it has its own."""

    step: FilmStep
    refusal: Refusal | None
    page: str = ""


def possible(omnibus: Omnibus, facts: FilmFacts) -> list[Possible]:
    """Every step from where the film stands, the one that leads on first, the one back last."""
    state = FilmState(omnibus.state)
    found = []
    for before, step in lifecycle.FILM_STEPS:
        if before is state:
            after = lifecycle.film_step(state, step, facts)
            page = PAGES[FilmState.LOCKED] if of_the_lock(state, step) else ""
            found.append(Possible(step, after if isinstance(after, Refusal) else None, page))
    return sorted(found, key=lambda one: list(FilmStep).index(one.step))


def of_the_lock(state: FilmState, step: FilmStep) -> bool:
    """Whether the step locks the film or opens it again: that settles more than where the film stands."""
    return step is FilmStep.LOCK or (step is FilmStep.BACK and state is FilmState.LOCKED)


def segments(omnibus: Omnibus) -> QuerySet[Segment]:
    """Its segments in the order of the assembly; those without a place last."""
    return omnibus.segments.select_related("film", "borough", "slot", "application")


# --- The rail --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the film's way as its rail shows it."""

    number: int
    state: FilmState
    stands: str  # done, now, next
    page: str


def rail(state: FilmState) -> list[Stage]:
    """The stages of the way; the one where the film stands is now."""
    here = WAY.index(state)
    return [
        Stage(number + 1, one, "done" if number < here else "now" if number == here else "next", PAGES.get(one, ""))
        for number, one in enumerate(WAY)
    ]


# --- To begin with ---------------------------------------------------------------------------------------------------
def to_begin(organisations: Collection[int]) -> Sequence[Film]:
    """Omnibus films of the catalogue that nobody makes here yet."""
    found = Film.objects.filter(organisation__in=organisations, kind=Kind.OMNIBUS.value, omnibus=None)
    return list(found.select_related("organisation").order_by("slug"))


def organisations_of(numbers: Collection[int]) -> Sequence[Organisation]:
    """The organisations by their keys, in order."""
    return list(Organisation.objects.filter(pk__in=numbers).order_by("slug"))


def slugs() -> set[str]:
    """Addresses of films that are taken."""
    return set(Film.objects.values_list("slug", flat=True))
