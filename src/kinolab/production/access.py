"""Who may make films, and the only ways for a view to get one or its segments."""

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from kinolab.applications.models import Application
from kinolab.foundation.refusals import Refusal
from kinolab.labs.domain.roles import ROLES, Permission
from kinolab.labs.models import Edition, Membership
from kinolab.production.domain import rules
from kinolab.production.domain.lifecycle import OUT, FilmState, SegmentState
from kinolab.production.models import Agreement, Omnibus, Segment, Slot
from kinolab.production.queries import agreements, cuts, films, segments, slots

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

_MAKING_ROLES = [role.value for role, granted in ROLES.items() if Permission.MAKE_FILMS in granted]


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a person makes films: all of these organisations, and those called for by these editions (primary keys)."""

    organisations: frozenset[int]
    editions: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.organisations or self.editions)

    def holds(self, omnibus: Omnibus) -> bool:
        """Whether the film is made here."""
        return omnibus.film.organisation_id in self.organisations or omnibus.edition_id in self.editions


def workshop_of(person: "Person") -> Workshop:
    """Where the person makes films. One query."""
    held = list(Membership.objects.filter(person=person, role__in=_MAKING_ROLES))
    return Workshop(
        frozenset(one.organisation_id for one in held if one.edition_id is None),
        frozenset(one.edition_id for one in held if one.edition_id is not None),
    )


def get_workshop(person: "Person") -> Workshop:
    """Where the person makes films; 404 for those who work nowhere, 403 for those whose roles do not include it."""
    workshop = workshop_of(person)
    if workshop:
        return workshop
    if Membership.objects.filter(person=person).exists():
        raise PermissionDenied(Refusal("not_your_film"))
    raise Http404


def why_not_begin(person: "Person", organisation_id: int) -> Refusal | None:
    """Say why the person may not begin a film of the organisation: it belongs to the whole, not to an edition."""
    return None if organisation_id in workshop_of(person).organisations else Refusal("not_your_film")


def why_not_make(person: "Person", omnibus: Omnibus) -> Refusal | None:
    """Say why the person may not work on the film."""
    return None if workshop_of(person).holds(omnibus) else Refusal("not_your_film")


def makes(person: "Person", film: int) -> bool:
    """Whether the person makes this film of the catalogue (by its key)."""
    found = films.omnibuses().filter(film=film).first()
    return found is not None and why_not_make(person, found) is None


def why_not_change(person: "Person", omnibus: Omnibus) -> Refusal | None:
    """Say why the person may not change what the film is made by: who first, then whether it is settled."""
    return why_not_make(person, omnibus) or rules.why_not_change(FilmState(omnibus.state))


def why_not_call(person: "Person", omnibus: Omnibus, edition: Edition | None) -> Refusal | None:
    """Say why this edition may not become the script call; without one, why the one it has may not go."""
    if omnibus.segments.filter(application__isnull=False).exists():
        return Refusal("call_in_use")
    if edition is None:
        return None
    if edition.programme.organisation_id != omnibus.film.organisation_id:
        return Refusal("call_of_another")
    taken = Omnibus.objects.filter(edition=edition).exclude(pk=omnibus.pk).exists()
    return Refusal("call_of_another_film") if taken else None


# --- Segments --------------------------------------------------------------------------------------------------------
def why_not_fill(person: "Person", omnibus: Omnibus, slot: Slot, application: Application | None) -> Refusal | None:
    """Say why this application may not fill the slot: the selection board chooses, and nobody with a conflict."""
    if refusal := why_not_change(person, omnibus):
        return refusal
    if application is None or omnibus.edition_id is None:
        return Refusal("not_of_script_call")
    if not slots.is_chosen(application):
        return Refusal("not_chosen_by_board")
    if slots.holder(slot) is not None:
        return Refusal("slot_is_filled")
    taken = Segment.objects.filter(application=application).first()
    return Refusal("has_a_slot_already") if taken is not None and taken.state != SegmentState.SUBMITTED else None


def why_not_place(person: "Person", segment: Segment, slot: Slot) -> Refusal | None:
    """Say why a segment that there is may not stand in the slot."""
    if refusal := why_not_change(person, segment.omnibus):
        return refusal
    if slot.omnibus_id != segment.omnibus_id:
        return Refusal("not_of_this_film")
    if segment.slot_id:
        return Refusal("has_a_slot_already")
    if segment.state in OUT - {SegmentState.SUBMITTED}:
        return Refusal("segment_is_out")
    if segment.application and not slots.is_chosen(segment.application):
        return Refusal("not_chosen_by_board")
    return Refusal("slot_is_filled") if slots.holder(slot) is not None else None


@dataclass(frozen=True, slots=True)
class Who:
    """What somebody is to a segment: a maker of the film, of its team, one who signs for the team."""

    maker: bool = False
    team: bool = False
    signs: bool = False


def who(person: "Person", segment: Segment) -> Who:
    """What the person is to it. A team learns of its segment when the results of the call are announced, not before."""
    maker = why_not_make(person, segment.omnibus) is None
    member = segments.member(person, segment)
    if member is None or not segments.is_announced(segment):
        return Who(maker=maker)
    return Who(maker=maker, team=True, signs=member.is_lead or member.may_submit)


def get_segment(person: "Person", code: str) -> tuple[Segment, Who]:
    """The segment, for makers of the film and its own team; 404 for everybody else."""
    found = segments.segments().filter(code=code).first()
    if found is None:
        raise Http404
    is_to = who(person, found)
    if not (is_to.maker or is_to.team):
        raise Http404
    if not is_to.maker:
        cuts.as_told([found])
    return found, is_to


def get_made_segment(person: "Person", code: str) -> Segment:
    """The segment, for makers of the film alone; 403 for its team, 404 for everybody else."""
    found, is_to = get_segment(person, code)
    if not is_to.maker:
        raise PermissionDenied(Refusal("not_your_film"))
    return found


def why_not_cut(person: "Person", segment: Segment) -> Refusal | None:
    """Say why the person may not add a cut of the segment: its team may, and whoever makes the film."""
    is_to = who(person, segment)
    if not (is_to.maker or is_to.team):
        return Refusal("not_of_segment")
    if not is_to.maker:
        [segment] = cuts.as_told([copy(segment)])
    if segment.state in OUT:
        return Refusal("segment_is_out")
    settled = segment.state in {SegmentState.LOCKED, SegmentState.IN_FILM}
    return Refusal("cut_is_locked") if settled else None


def why_not_send(person: "Person", segment: Segment, agreement: Agreement | None) -> Refusal | None:
    """Say why the agreement may not go to the team now: who first, then whether the team knows that it was chosen."""
    if refusal := why_not_make(person, segment.omnibus):
        return refusal
    if segment.state in OUT:
        return Refusal("segment_is_out")
    if agreement is None or agreement.signed_at:
        return Refusal("nothing_to_send")
    if agreement.sent_at:
        return Refusal("agreement_sent_already")
    if not segments.team(segment):
        return Refusal("segment_without_team")
    return None if segments.is_announced(segment) else Refusal("results_not_told")


def why_not_sign(person: "Person", segment: Segment, agreement: Agreement | None) -> Refusal | None:
    """Say why the person may not answer the agreement for the team."""
    is_to = who(person, segment)
    if not is_to.team:
        return Refusal("not_of_segment")
    if not is_to.signs:
        return Refusal("does_not_sign")
    return agreements.why_not_answer(agreement)


# --- Getting ---------------------------------------------------------------------------------------------------------
def get_omnibus(person: "Person", slug: str) -> Omnibus:
    """The film in the making; 404 for those who may not know of it, 403 for colleagues whose roles do not include it."""
    found = films.omnibuses().filter(film__slug=slug).first()
    if found is None:
        raise Http404
    refusal = why_not_make(person, found)
    if refusal is None:
        return found
    if Membership.objects.filter(person=person, organisation=found.film.organisation_id).exists():
        raise PermissionDenied(refusal)
    raise Http404
