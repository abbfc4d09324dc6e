"""Who may make films, and the only ways for a view to get one or its segments."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from kinolab.foundation.refusals import Refusal
from kinolab.labs.domain.roles import ROLES, Permission
from kinolab.labs.models import Membership
from kinolab.production.models import Omnibus
from kinolab.production.queries import films

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
