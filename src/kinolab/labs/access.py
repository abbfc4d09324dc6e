"""Who may do what in an edition, and the only way for a view to get one."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from kinolab.foundation.prepared import prepared
from kinolab.foundation.refusals import Refusal
from kinolab.labs.domain import roles
from kinolab.labs.domain.roles import Permission, Role, permissions
from kinolab.labs.models import Edition, Membership

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


Withheld = Mapping[Permission, Refusal]
Suspension = Callable[["Person", Edition], Withheld]
_suspensions: list[Suspension] = []


def register_suspension(suspension: Suspension) -> None:
    """Let a later room take permissions of a role away for a while, and say why. Called once, from its `ready`."""
    if suspension not in _suspensions:
        _suspensions.append(suspension)


def _not_permitted(permission: Permission) -> Refusal:
    return Refusal("not_permitted", {"permission": permission})


def roles_in(person: "Person", edition: Edition) -> frozenset[Role]:
    """The person's roles in the edition, those in the whole organisation included. One query."""
    if not person.is_authenticated:
        return frozenset()
    held = _memberships(person.pk, edition.pk, edition.programme.organisation_id)
    return frozenset(Role(one.role) for one in held)


@prepared
def _memberships(person: int, edition: int, organisation: int) -> QuerySet[Membership]:
    """What the person is in the edition, and in its organisation as a whole."""
    return Membership.objects.filter(Q(edition=edition) | Q(edition=None), person=person, organisation=organisation)


@prepared
def _edition(programme: str, edition: str) -> QuerySet[Edition]:
    """The edition at these two slugs."""
    found = Edition.objects.select_related("programme__organisation")
    return found.filter(programme__slug=programme, slug=edition)


def permissions_of(person: "Person", edition: Edition) -> frozenset[Permission]:
    """Everything the person may do in the edition now. Asked once for an edition that `get_edition` brought."""
    return _held(person, edition)[0]


def _held(person: "Person", edition: Edition) -> tuple[frozenset[Permission], Withheld]:
    """What the roles grant now, and what is taken from them for a while, with the reason."""
    if getattr(edition, "granted_to", None) == person.pk:
        return edition.granted, edition.withheld
    held, withheld = permissions(roles_in(person, edition)), {}
    for suspension in _suspensions if held else ():
        withheld |= {one: why for one, why in suspension(person, edition).items() if one in held}
    return held - withheld.keys(), withheld


def why_not(person: "Person", edition: Edition, permission: Permission) -> Refusal | None:
    """None when the person's roles include the permission."""
    granted, withheld = _held(person, edition)
    return None if permission in granted else withheld.get(permission) or _not_permitted(permission)


def get_edition(person: "Person", programme: str, edition: str, permission: Permission) -> Edition:
    """The edition at these two slugs, with `granted` permissions on it.

    404 for those who have no role in it and need not know that it exists; 403 with the reason for those who have one
    that does not include `permission`.
    """
    found = _edition.first(programme, edition)
    if found is None:
        raise Http404
    granted, withheld = _held(person, found)
    if not granted:
        raise Http404
    found.granted, found.withheld, found.granted_to = granted, withheld, person.pk
    if permission not in granted:
        raise PermissionDenied(withheld.get(permission) or _not_permitted(permission))
    return found


# --- The team --------------------------------------------------------------------------------------------------------
def why_not_grant(person: "Person", edition: Edition, role: Role) -> Refusal | None:
    """Why the person may not give somebody this role, or take it away: only an owner makes an owner."""
    return roles.why_not_grant(roles_in(person, edition), role)


def why_not_part(person: "Person", edition: Edition, member: Membership) -> Refusal | None:
    """Why the person may not take this role away: an organisation keeps at least one owner."""
    held = Role(member.role)
    refusal = why_not_grant(person, edition, held)
    if refusal is None and held is Role.OWNER:
        owners = Membership.objects.filter(organisation=member.organisation_id, role=Role.OWNER, edition=None)
        return Refusal("last_owner") if not owners.exclude(pk=member.pk).exists() else None
    return refusal


def get_member(edition: Edition, member: int) -> Membership:
    """One role of the edition's team (the organisation's own included); 404 for those of others."""
    found = (
        Membership.objects.select_related("person")
        .filter(Q(edition=edition) | Q(edition=None), pk=member, organisation=edition.programme.organisation_id)
        .first()
    )
    if found is None:
        raise Http404
    return found
