"""Who works on an edition, and what each role may do.

Being a project's author, or its reader, is a relation asked of the room that owns it, not a role: readers of
applications appear here only when they also screen or decide. Owner and lead may do the same things; an owner does
them in every edition of the organisation, a lead in one. Appeals alone are theirs who sit in the panel, and nobody else's.
"""

from collections.abc import Iterable
from enum import StrEnum

from kinolab.foundation.refusals import Refusal


class Permission(StrEnum):
    """One thing that somebody of the team may do."""

    SEE_DASHBOARD = "see_dashboard"
    CONFIGURE = "configure"
    PUBLISH = "publish"
    SEE_CONTACTS = "see_contacts"
    READ_APPLICATIONS = "read_applications"
    SCREEN = "screen"
    OVERRIDE_RULE = "override_rule"
    ASSIGN = "assign"
    READ_REVIEWS = "read_reviews"
    DECIDE = "decide"
    DECIDE_APPEALS = "decide_appeals"
    ANNOUNCE = "announce"
    SEE_LETTERS = "see_letters"
    SEE_RECORD = "see_record"
    EDIT_NEWS = "edit_news"
    EDIT_CATALOGUE = "edit_catalogue"
    MAKE_FILMS = "make_films"
    MANAGE_TEAM = "manage_team"
    EXPORT = "export"
    READ_ROAD_MAPS = "read_road_maps"
    GUIDE_ROAD_MAPS = "guide_road_maps"


class Role(StrEnum):
    """What somebody of the team is; one person may be several."""

    OWNER = "owner"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    SCREENER = "screener"
    JUROR = "juror"
    APPEALS = "appeals"
    OBSERVER = "observer"


_EVERYTHING = frozenset(Permission) - {Permission.DECIDE_APPEALS}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _EVERYTHING,
    Role.LEAD: _EVERYTHING,
    Role.COORDINATOR: frozenset(
        {
            Permission.SEE_DASHBOARD,
            Permission.SEE_CONTACTS,
            Permission.READ_APPLICATIONS,
            Permission.SCREEN,
            Permission.ASSIGN,
            Permission.READ_REVIEWS,
            Permission.SEE_LETTERS,
            Permission.SEE_RECORD,
            Permission.EDIT_NEWS,
            Permission.EDIT_CATALOGUE,
            Permission.MAKE_FILMS,
            Permission.EXPORT,
            Permission.READ_ROAD_MAPS,
        }
    ),
    Role.SCREENER: frozenset({Permission.SEE_DASHBOARD, Permission.READ_APPLICATIONS, Permission.SCREEN}),
    Role.JUROR: frozenset(
        {
            Permission.SEE_DASHBOARD,
            Permission.READ_APPLICATIONS,
            Permission.READ_REVIEWS,
            Permission.DECIDE,
        }
    ),
    Role.APPEALS: frozenset({Permission.SEE_DASHBOARD, Permission.READ_APPLICATIONS, Permission.DECIDE_APPEALS}),
    Role.OBSERVER: frozenset({Permission.SEE_DASHBOARD}),
}


def permissions(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything that somebody with these roles may do."""
    return frozenset[Permission]().union(*(ROLES[role] for role in roles))


def why_not(roles: Iterable[Role], permission: Permission) -> Refusal | None:
    """Say why these roles do not allow it."""
    if permission in permissions(roles):
        return None
    return Refusal("not_permitted", {"permission": permission})


def why_not_grant(own_roles: Iterable[Role], role: Role) -> Refusal | None:
    """Say why somebody with `own_roles` may not give or take away `role`: only an owner makes an owner."""
    own = tuple(own_roles)
    if role is Role.OWNER and Role.OWNER not in own:
        return Refusal("only_an_owner", {"role": role})
    return why_not(own, Permission.MANAGE_TEAM)
