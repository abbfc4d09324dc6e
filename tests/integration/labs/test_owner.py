"""`./kinolab owner`: the first person of a lab."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.labs import access
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Membership
from tests.factories import labs


def _owner(*arguments: str) -> str:
    out = StringIO()
    call_command("owner", *arguments, stdout=out)
    return out.getvalue()


def test_owner_when_made_then_may_do_everything_in_every_edition() -> None:
    edition = labs.edition()
    organisation = edition.programme.organisation

    said = _owner("Aigul@Example.org", organisation.slug, "--name", "Aigul", "--language", "ky")

    member = Membership.objects.get()
    assert (member.person.email, member.person.name, member.person.language) == ("aigul@example.org", "Aigul", "ky")
    assert access.permissions_of(member.person, edition) == frozenset(Permission) - {Permission.DECIDE_APPEALS}
    assert said == f"aigul@example.org owns {organisation} now, and signs in at http://127.0.0.1:8000/en/sign-in/\n"
    assert (Entry.objects.get().verb, Entry.objects.get().actor, Letter.objects.count()) == ("added_member", None, 0)


@pytest.mark.parametrize(
    "email, organisation, reason",
    [("aigul", "alternativa", "not an address"), ("a@example.org", "nobody", "There is no organisation nobody")],
)
def test_owner_when_address_or_organisation_is_wrong_then_says_so(email: str, organisation: str, reason: str) -> None:
    labs.edition()

    with pytest.raises(CommandError, match=reason):
        _owner(email, organisation)


def test_owner_when_made_twice_then_refused() -> None:
    organisation = labs.edition().programme.organisation
    _owner("a@example.org", organisation.slug)

    with pytest.raises(CommandError, match=r"a@example\.org: "):
        _owner("a@example.org", organisation.slug)
    assert Membership.objects.count() == 1
