"""Slots, who could fill them, and how boroughs, genres and languages lie."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kinolab.applications.domain.lifecycle import IN_FORCE
from kinolab.applications.models import Answer, Application
from kinolab.applications.queries.visible import may_know_of, visible_to
from kinolab.catalogue import words as catalogue
from kinolab.foundation.i18n import formats
from kinolab.foundation.questions.domain.kinds import as_number
from kinolab.foundation.refusals import Refusal
from kinolab.production.domain import balance, rules
from kinolab.production.domain.balance import Meter, Traits
from kinolab.production.domain.lengths import LONGEST
from kinolab.production.domain.lifecycle import OUT, SegmentState
from kinolab.production.models import Borough, Omnibus, Segment, Slot
from kinolab.production.queries.rules import BOROUGH, GENRE, LANGUAGE, LENGTH, READ
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Decision

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

_LEFT = [SegmentState.DROPPED.value, SegmentState.STANDALONE_ONLY.value]
_STAGES = [stage.value for stage in IN_FORCE]


@dataclass(frozen=True, slots=True)
class Told:
    """What an application says of its segment; nothing where the form does not ask."""

    borough: int | None = None
    genre: str = ""
    language: str = ""
    seconds: int | None = None

    @property
    def traits(self) -> Traits:
        """As the balance counts it."""
        return Traits(str(self.borough or ""), self.genre, self.language)


def read(answers: Mapping[str, Any], boroughs: Iterable[int]) -> Told:
    """What these answers (by code of the question) say; a borough that was taken away says nothing."""
    place = str(answers.get(BOROUGH) or "").removeprefix("b")
    known = {str(one) for one in boroughs}
    genre, minutes = str(answers.get(GENRE) or ""), as_number(answers.get(LENGTH))
    return Told(
        int(place) if place in known else None,
        genre if genre in catalogue.GENRES else "",
        str(answers.get(LANGUAGE) or "")[:12],
        round(minutes * 60) if minutes is not None and 0 < minutes * 60 <= LONGEST else None,
    )


def told_by(applications: Iterable[int], boroughs: Sequence[Borough]) -> dict[int, Told]:
    """What each of these applications says of its segment. One statement."""
    rows = Answer.objects.filter(application__in=applications, member=None, question__key__in=READ)
    answers: dict[int, dict[str, Any]] = {}
    for application, key, value in rows.values_list("application", "question__key", "value"):
        answers.setdefault(application, {})[key] = value
    keys = [one.pk for one in boroughs]
    return {application: read(said, keys) for application, said in answers.items()}


def is_chosen(application: Application) -> bool:
    """Whether the selection board has chosen it, announced or not."""
    return Decision.objects.filter(application=application, outcome=Outcome.SELECTED.value).exists()


def holder(slot: Slot) -> Segment | None:
    """The segment that stands in the slot; one that was dropped holds it no longer."""
    return Segment.objects.filter(slot=slot).exclude(state__in=_LEFT).first()


def wanted(slot: Slot) -> Traits:
    """What a slot asks for."""
    return Traits(str(slot.borough_id or ""), slot.genre, slot.language)


def traits(segment: Segment) -> Traits:
    """What a segment is."""
    return Traits(str(segment.borough_id or ""), segment.genre, segment.language)


# --- The script call -------------------------------------------------------------------------------------------------
def sent(person: "Person", omnibus: Omnibus) -> int:
    """How many scripts were sent, as far as the person may know of them."""
    if omnibus.edition_id is None:
        return 0
    of_call = Application.objects.filter(call__edition=omnibus.edition_id, stage__in=_STAGES)
    return visible_to(person, of_call).count()


# --- The page --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Fit:
    """A free slot, and in what an application is something else than it asks for."""

    slot: Slot
    number: int
    misfits: Sequence[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application that the board chose, or that waits, with what it says and the slots that are free for it."""

    application: Application
    told: Told
    borough: Borough | None
    length: Refusal | None
    waits: bool
    fits: Sequence[Fit]


@dataclass(frozen=True, slots=True)
class Place:
    """A slot with what stands in it."""

    slot: Slot
    number: int
    segment: Segment | None
    misfits: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A meter with the name of its value."""

    meter: Meter
    name: str


@dataclass(frozen=True, slots=True)
class SlotsPage:
    """The slots and those who could fill them."""

    places: Sequence[Place]
    chosen: Sequence[Candidate]
    waiting: Sequence[Candidate]
    others: Sequence[Segment]  # without a slot: commissioned, transitions, or freed
    meters: Mapping[str, Sequence[Shown]]

    @property
    def free(self) -> int:
        """How many slots are free."""
        return sum(one.segment is None for one in self.places)


def slots_page(person: "Person", omnibus: Omnibus) -> SlotsPage:
    """Everything about the slots of a film, as far as this person may know of the applications. Six statements."""
    slots = list(omnibus.slots.select_related("borough"))
    boroughs = list(omnibus.boroughs.all())
    segments = list(omnibus.segments.select_related("film", "borough", "application"))
    by_slot = {one.slot_id: one for one in segments if one.slot_id and one.state not in _LEFT}
    places = [
        Place(
            slot, number, found := by_slot.get(slot.pk), balance.misfits(wanted(slot), traits(found)) if found else ()
        )
        for number, slot in enumerate(slots, start=1)
    ]
    standing = {one.application_id for one in segments if one.state != SegmentState.SUBMITTED}
    decided = _decided(person, omnibus, standing)
    told = told_by([one.pk for one, _waits in decided], boroughs)
    places_by_key = {one.pk: one for one in boroughs}
    candidates = [
        _candidate(omnibus, application, told.get(application.pk, Told()), places_by_key, places, waits=waits)
        for application, waits in decided
    ]
    inside = [traits(one) for one in segments if one.state not in OUT]
    return SlotsPage(
        places,
        [one for one in candidates if not one.waits],
        [one for one in candidates if one.waits],
        [one for one in segments if one.slot_id is None or one.state in _LEFT],
        _meters([wanted(slot) for slot in slots], inside, places_by_key),
    )


def _decided(person: "Person", omnibus: Omnibus, standing: set[int | None]) -> list[tuple[Application, bool]]:
    """Applications that the board chose and that have no slot, then those that wait, in their order."""
    if omnibus.edition_id is None:
        return []
    rows = (
        Decision.objects.filter(
            may_know_of(person),
            application__call__edition=omnibus.edition_id, application__stage__in=_STAGES,
            outcome__in=[Outcome.SELECTED.value, Outcome.WAITLIST.value],
        )
        .exclude(application__in=[one for one in standing if one])
        .select_related("application")
        .defer("application__search_text")
        .order_by("rank", "application__number")
    )  # fmt: skip
    found: dict[int, tuple[Application, bool]] = {}
    for one in sorted(rows, key=lambda one: one.outcome == Outcome.WAITLIST):
        found.setdefault(one.application_id, (one.application, one.outcome == Outcome.WAITLIST))
    return list(found.values())


def _candidate(
    omnibus: Omnibus, application: Application, told: Told, boroughs: Mapping[int, Borough], places: Sequence[Place],
    *, waits: bool,
) -> Candidate:  # fmt: skip
    free = [one for one in places if one.segment is None]
    fits = [Fit(one.slot, one.number, balance.misfits(wanted(one.slot), told.traits)) for one in free]
    length = rules.outside(told.seconds, omnibus.shortest, omnibus.longest)
    borough = boroughs.get(told.borough or 0)
    return Candidate(application, told, borough, length, waits, sorted(fits, key=lambda one: len(one.misfits)))


def _meters(
    wanting: Sequence[Traits], having: Sequence[Traits], boroughs: Mapping[int, Borough]
) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for meter in balance.meters(wanting, having):
        name = {
            "borough": lambda value: str(boroughs.get(int(value), "")),
            "genre": lambda value: str(catalogue.GENRES.get(value, value)),
            "language": formats.language_name,
        }[meter.dimension](meter.value)
        found.setdefault(meter.dimension, []).append(Shown(meter, name))
    return found
