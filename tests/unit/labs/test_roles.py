import pytest

from kinolab.foundation.refusals import Refusal
from kinolab.labs.domain.roles import ROLES, Permission, Role, permissions, why_not, why_not_grant


def test_roles_when_listed_all_have_permissions_and_see_the_dashboard() -> None:
    assert set(ROLES) == set(Role)
    assert [role for role in Role if Permission.SEE_DASHBOARD not in ROLES[role]] == []


def test_observer_when_looking_sees_only_the_dashboard() -> None:
    assert ROLES[Role.OBSERVER] == {Permission.SEE_DASHBOARD}


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.SEE_CONTACTS, {Role.OWNER, Role.LEAD, Role.COORDINATOR}),
        (Permission.CONFIGURE, {Role.OWNER, Role.LEAD}),
        (Permission.PUBLISH, {Role.OWNER, Role.LEAD}),
        (Permission.OVERRIDE_RULE, {Role.OWNER, Role.LEAD}),
        (Permission.ANNOUNCE, {Role.OWNER, Role.LEAD}),
        (Permission.MANAGE_TEAM, {Role.OWNER, Role.LEAD}),
        (Permission.DECIDE, {Role.OWNER, Role.LEAD, Role.JUROR}),
        (Permission.SCREEN, {Role.OWNER, Role.LEAD, Role.COORDINATOR, Role.SCREENER}),
        (Permission.EXPORT, {Role.OWNER, Role.LEAD, Role.COORDINATOR}),
        (Permission.READ_APPLICATIONS, set(Role) - {Role.OBSERVER}),
    ],
)
def test_permission_when_asked_belongs_to_these_roles(permission: Permission, roles: set[Role]) -> None:
    assert {role for role in Role if why_not([role], permission) is None} == roles


def test_permissions_when_several_roles_are_held_add_up() -> None:
    assert permissions([]) == frozenset()
    assert permissions([Role.SCREENER, Role.JUROR]) == ROLES[Role.SCREENER] | ROLES[Role.JUROR]


def test_why_not_when_no_role_allows_it_names_the_permission() -> None:
    assert why_not([Role.OBSERVER], Permission.EXPORT) == Refusal("not_permitted", {"permission": Permission.EXPORT})


@pytest.mark.parametrize(
    ("own", "role", "code"),
    [
        (Role.OWNER, Role.OWNER, None),
        (Role.OWNER, Role.JUROR, None),
        (Role.LEAD, Role.LEAD, None),
        (Role.LEAD, Role.OWNER, "only_an_owner"),
        (Role.COORDINATOR, Role.OBSERVER, "not_permitted"),
    ],
)
def test_why_not_grant_when_asked_lets_nobody_rise_above_themselves(own: Role, role: Role, code: str | None) -> None:
    refusal = why_not_grant([own], role)

    assert (refusal.code if refusal else None) == code
