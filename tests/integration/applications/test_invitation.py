"""An invitation's letter came to a mailbox: it signs its reader in as a sign-in link does, once, and lets them join."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from kinolab.applications.actions import team
from kinolab.applications.models import Application, TeamMember
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.actions import send_due
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from tests.factories import applications as make
from tests.kit import client_of

pytestmark = pytest.mark.django_db
EMAIL = "azamat@example.org"
DEAD = "This link does not sign you in any more"


def invited(application: Application | None = None, email: str = EMAIL) -> tuple[TeamMember, str]:
    """Somebody who was invited, and the path and query of the link in their letter."""
    application = application or make.application()
    fields = {"name": "", "role": "producer", "may_submit": False, "by": application.lead, "at": make.NOW}
    part = team.invite(application=application, email=email, **fields)
    return part, link_to(email)


def link_to(email: str) -> str:
    link = urlsplit(re.search(r"https?://\S+", Letter.objects.filter(to_email=email).latest("pk").body)[0])
    return f"{link.path}?{link.query}"


def text(response: Any) -> str:
    return response.content.decode()


def press(client: Client, link: str) -> Any:
    """Open the link and press its first button."""
    page = text(client.get(link))
    key = re.search(r'name="key" value="([^"]*)"', page)
    return client.post(link.split("?")[0] + "join/", {"key": key[1] if key else unquote(link.partition("key=")[2])})


def who(client: Client) -> str | None:
    number = client.session.get("_auth_user_id")
    return Person.objects.get(pk=number).email if number else None


def test_letter_of_an_invitation_signs_a_new_person_in_and_opens_the_draft(client):
    part, link = invited()
    for _ in range(3):
        page = client_of().get(link)  # programs of mail look at links
        assert f"Join as {EMAIL}" in text(page)

    response = press(client, link)

    assert response.url == reverse("applications:team", args=[part.application.code])
    assert client.get(response.url).status_code == 200
    part.refresh_from_db()
    azamat = Person.objects.get(email=EMAIL)
    assert (who(client), part.state, part.person) == (EMAIL, "joined", azamat)
    told = Entry.objects.filter(actor=azamat).order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["came_in_invited", "joined"]


def test_letter_of_an_invitation_signs_in_once(client):
    _, link = invited()
    press(client_of(), link)

    page = client.get(link)
    assert (page.status_code, who(client)) == (200, None)
    assert "This invitation has been accepted" in text(page) and f'href="{reverse("people:sign_in")}?next=' in text(
        page
    )
    assert press(client, link).status_code == 410
    assert who(client) is None


def test_letter_when_its_reader_came_in_otherwise_is_used_up_but_still_invites(client):
    _, link = invited()
    Person.objects.create_user(EMAIL, last_login=make.NOW)

    response = press(client, link)
    assert (response.status_code, who(client)) == (410, None)
    assert DEAD in text(response) and f"Send a link to {EMAIL}" in text(response)


@pytest.mark.parametrize(("known", "lasts"), [(False, timedelta(days=7)), (True, timedelta(minutes=30))])
def test_letter_lets_in_for_days_where_nobody_is_known_else_as_long_as_a_sign_in_link(client, now, known, lasts):
    application = make.application(make.call(join_after_close=True))
    if known:
        make.person("Azamat")
    _, link = invited(application)
    now.move_to(make.NOW + lasts, tick=False)
    assert f"Join as {EMAIL}" in text(client.get(link))
    now.shift(1)

    assert DEAD in text(client.get(link))
    assert (press(client, link).status_code, who(client)) == (410, None)

    client.post(reverse("people:sign_in"), {"email": EMAIL, "next": link.partition("?")[0]})
    assert "/enter/?token=" in link_to(EMAIL)


def test_whoever_is_signed_in_as_another_is_asked_which(client):
    part, link = invited()
    client.force_login(make.person("Timur"))
    page = text(client.get(link))
    assert "As whom do you join?" in page
    assert "Join as timur@example.org" in page and f"Join as {EMAIL}" in page

    press(client, link)
    part.refresh_from_db()
    assert (who(client), part.person.email) == (EMAIL, EMAIL)


def test_refused_letter_signs_nobody_in_and_is_not_used_up(client, now):
    application = make.application(make.call(join_after_close=False))
    _, link = invited(application)
    now.move_to(make.CLOSES + timedelta(hours=1), tick=False)

    response = press(client, link)
    assert (response.status_code, who(client)) == (410, None)
    assert not Person.objects.filter(email=EMAIL).exists()


def test_letter_of_a_closed_account_lets_nobody_in(client):
    make.person("Azamat", is_active=False)
    _, link = invited()

    assert (press(client, link).status_code, who(client)) == (410, None)


@pytest.mark.parametrize("spoil", ["another", "cut", "none"])
def test_link_without_the_letters_key_shows_no_address_and_lets_nobody_in(client, spoil):
    _, other = invited(make.application())
    _, link = invited(make.application(), "nurlan@example.org")
    path = link.partition("?key=")[0]
    link = {"another": f"{path}?key={other.partition('key=')[2]}", "cut": link[:-3], "none": path}[spoil]

    page = text(client.get(link))
    assert "Sign in to join" in page and "nurlan@example.org" not in page and EMAIL not in page
    assert (press(client, link).status_code, who(client)) == (410, None)


def test_key_is_gone_from_the_outbox_when_the_letter_has_left():
    _, link = invited()
    send_due()

    letter = Letter.objects.get(kind="invitation")
    assert link.partition("key=")[2] not in letter.body and letter.secret == ""


def test_coming_in_by_an_invitation_is_no_proof_before_a_change_of_password(client):
    _, link = invited()
    press(client, link)

    client.post(reverse("people:set_password"), {"password": "three unusual words"})
    assert not Person.objects.get(email=EMAIL).has_usable_password()
