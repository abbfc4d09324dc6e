"""The team of an edition: who is added, changed, removed, and who may do it."""

from typing import Any

import pytest

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied
from kinolab.labs import actions
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition, Membership
from tests import kit
from tests.factories import labs
from tests.factories.labs import NOW


def _house() -> tuple[Edition, Any, Membership]:
    edition, aigul = labs.edition(), labs.person("Aigul")
    return edition, aigul, labs.membership(aigul, Role.OWNER, of=None)


def test_add_member_when_owner_adds_then_role_record_and_letter() -> None:
    edition, aigul, _ = _house()

    member = actions.add_member(edition=edition, email="Bakyt@Example.org", role=Role.COORDINATOR, by=aigul, at=NOW)

    assert (member.person.email, member.role, member.edition) == ("bakyt@example.org", "coordinator", edition)
    entry = Entry.objects.get(verb="added_member")
    assert (entry.actor, entry.after["role"], entry.scope) == (aigul, "coordinator", edition.scope)
    assert [letter.to_email for letter in Letter.objects.all()] == ["bakyt@example.org"]


def test_add_member_when_there_already_then_refused() -> None:
    edition, aigul, _ = _house()
    actions.add_member(edition=edition, email="b@example.org", role=Role.JUROR, by=aigul, at=NOW)

    with pytest.raises(Denied) as denied:
        actions.add_member(edition=edition, email="b@example.org", role=Role.JUROR, by=aigul, at=NOW)

    assert denied.value.refusal.code == "already_member"


def test_add_member_when_owner_role_then_for_the_whole_organisation() -> None:
    edition, aigul, _ = _house()

    member = actions.add_member(edition=edition, email="b@example.org", role=Role.OWNER, by=aigul, at=NOW)

    assert member.edition is None


def test_add_member_when_lead_makes_owner_then_refused() -> None:
    edition, _, _ = _house()
    bakyt = labs.person("Bakyt")
    labs.membership(bakyt, Role.LEAD, of=edition)

    with pytest.raises(Denied) as denied:
        actions.add_member(edition=edition, email="b@example.org", role=Role.OWNER, by=bakyt, at=NOW)

    assert denied.value.refusal.code == "only_an_owner"


def test_add_member_when_coordinator_then_refused() -> None:
    edition, _, _ = _house()
    bakyt = labs.person("Bakyt")
    labs.membership(bakyt, Role.COORDINATOR, of=edition)

    with pytest.raises(Denied) as denied:
        actions.add_member(edition=edition, email="b@example.org", role=Role.JUROR, by=bakyt, at=NOW)

    assert denied.value.refusal.code == "not_permitted"


def test_remove_member_when_last_owner_then_refused() -> None:
    edition, aigul, owner = _house()

    with pytest.raises(Denied) as denied:
        actions.remove_member(member=owner, edition=edition, by=aigul, at=NOW)

    assert denied.value.refusal.code == "last_owner"
    assert Membership.objects.filter(pk=owner.pk).exists()


def test_change_role_when_last_owner_then_refused() -> None:
    edition, aigul, owner = _house()

    with pytest.raises(Denied) as denied:
        actions.change_role(member=owner, edition=edition, role=Role.LEAD, by=aigul, at=NOW)

    assert denied.value.refusal.code == "last_owner"


def test_change_role_when_taken_then_before_and_after_are_kept() -> None:
    edition, aigul, _ = _house()
    member = labs.membership(labs.person("Bakyt"), Role.COORDINATOR, of=edition)

    actions.change_role(member=member, edition=edition, role=Role.SCREENER, by=aigul, at=NOW)

    entry = Entry.objects.get(verb="changed_member")
    assert (entry.before["role"], entry.after["role"]) == ("coordinator", "screener")


def test_remove_member_when_removed_then_gone_and_on_the_record() -> None:
    edition, aigul, _ = _house()
    member = labs.membership(labs.person("Bakyt"), Role.COORDINATOR, of=edition)

    actions.remove_member(member=member, edition=edition, by=aigul, at=NOW)

    assert not Membership.objects.filter(pk=member.pk).exists()
    assert Entry.objects.get(verb="removed_member").before["person"] == "bakyt@example.org"


# --- Pages -----------------------------------------------------------------------------------------------------------
def _page(edition: Edition) -> str:
    return f"/en/desk/{edition.programme.slug}/{edition.slug}/team/"


def test_team_page_when_owner_invites_then_listed(client_as: Any) -> None:
    edition, aigul, _ = _house()
    client = client_as(aigul)

    answer = client.post(
        _page(edition), {"email": "n@example.org", "name": "Nodira", "role": "juror", "language": "ru"}
    )

    assert (answer.status_code, answer["Location"]) == (302, _page(edition))
    assert "Nodira" in client.get(_page(edition)).content.decode()


def test_team_page_when_refused_then_says_why_and_keeps_what_was_typed(client_as: Any) -> None:
    edition, aigul, _ = _house()
    labs.membership(labs.person("Bakyt"), Role.JUROR, of=edition)

    answer = client_as(aigul).post(_page(edition), {"email": "bakyt@example.org", "role": "juror", "language": "ru"})

    assert answer.status_code == 422
    assert "already has that role" in answer.content.decode()
    assert 'value="bakyt@example.org"' in answer.content.decode()


def test_team_page_when_others_come_then_hidden_or_forbidden(client: Any, client_as: Any) -> None:
    edition, _, _ = _house()
    bakyt, farrukh = labs.person("Bakyt"), labs.person("Farrukh")
    labs.membership(bakyt, Role.COORDINATOR, of=edition)
    labs.membership(farrukh, Role.OWNER, organisation=labs.organisation("other"))

    answers = [one.get(_page(edition)).status_code for one in (client, client_as(bakyt), client_as(farrukh))]

    assert answers == [302, 403, 404]


def test_member_when_of_another_organisation_then_not_found(client_as: Any) -> None:
    edition, aigul, _ = _house()
    theirs = labs.membership(labs.person("Farrukh"), Role.OWNER, organisation=labs.organisation("other"))

    assert client_as(aigul).post(f"{_page(edition)}{theirs.pk}/remove/").status_code == 404


def test_member_when_changed_and_removed_on_the_page_then_done(client_as: Any) -> None:
    edition, aigul, owner = _house()
    member = labs.membership(labs.person("Bakyt"), Role.JUROR, of=edition)
    client = client_as(aigul)

    client.post(f"{_page(edition)}{member.pk}/role/", {"role": "observer"})
    member.refresh_from_db()
    assert member.role == "observer"
    client.post(f"{_page(edition)}{member.pk}/remove/")
    client.post(f"{_page(edition)}{owner.pk}/remove/")

    assert list(Membership.objects.all()) == [owner]
    assert "at least one owner" in client.get(_page(edition)).content.decode()


def test_team_page_when_grown_then_costs_the_same(client_as: Any) -> None:
    edition, aigul, _ = _house()
    client, names = client_as(aigul), iter(("Bakyt", "Nodira"))

    kit.same_cost(
        lambda: client.get(_page(edition)), lambda: labs.membership(labs.person(next(names)), Role.JUROR, of=edition)
    )
