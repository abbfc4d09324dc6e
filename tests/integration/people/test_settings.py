"""One's own settings: name, language, zone; the address and the password behind a proof."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people import tokens
from kinolab.foundation.people.domain import proof
from tests.integration.people.conftest import NOW, PASSWORD, ask_link, link_to, person, press
from tests.integration.people.test_sign_in import text
from tests.kit import client_of

NEW = "four more unusual words"


@pytest.fixture
def meerim() -> Any:
    """Somebody with a password."""
    return person(password=PASSWORD)


@pytest.fixture
def signed_in(client: Client, meerim: Any) -> Client:
    """Her browser, signed in by password."""
    client.post("/en/sign-in/password/", {"email": meerim.email, "password": PASSWORD})
    return client


@pytest.fixture
def by_link(client: Client) -> Client:
    """The browser of somebody without a password, who has just come in by a link."""
    person("Azamat")
    press(client, ask_link("azamat@example.org"))
    return client


def letters(kind: str) -> list[str]:
    return list(Letter.objects.filter(kind=kind).values_list("to_email", flat=True))


def record() -> list[tuple[str, Any, Any]]:
    return list(Entry.objects.order_by("pk").values_list("verb", "before", "after"))


# --- Name, language, zone --------------------------------------------------------------------------------------------
def test_settings_when_saved_are_kept_recorded_and_shown_in_the_chosen_language(signed_in, meerim):
    response = signed_in.post("/en/settings/", {"name": "Мээрим Асанова", "language": "ky", "timezone": "Asia/Almaty"})

    assert response.url == "/ky/settings/"
    assert "Жөндөөлөрүңүз сакталды" in text(signed_in.get(response.url))
    meerim.refresh_from_db()
    assert (meerim.name, meerim.language, meerim.timezone) == ("Мээрим Асанова", "ky", "Asia/Almaty")
    after = {"name": "Мээрим Асанова", "language": "ky", "timezone": "Asia/Almaty"}
    assert record() == [("changed", {"name": "Meerim", "language": "en", "timezone": ""}, after)]


def test_settings_when_nothing_changed_leave_no_row(signed_in):
    signed_in.post("/en/settings/", {"name": "Meerim", "language": "en", "timezone": ""})

    assert record() == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"timezone": "Asia/Nowhere"}, "There is no such time zone"),
        ({"language": "xx"}, "not among the choices"),
        ({"name": "n" * 201}, "200"),
    ],
)
def test_settings_when_wrong_say_so_and_keep_what_was_typed(signed_in, wrong, said):
    typed = {"name": "Мээрим", "language": "ky", "timezone": "Asia/Bishkek"} | wrong

    response = signed_in.post("/en/settings/", typed)

    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert "<title>Error:" in page
    assert f'value="{typed["name"]}"' in page
    assert f'value="{typed["timezone"]}"' in page


def test_settings_of_whom_no_language_is_known_offer_that_of_the_page(client):
    client.force_login(person(language=""))

    assert '<option value="tg" selected>' in client.get("/tg/settings/").content.decode()


def test_settings_are_for_oneself_alone():
    assert client_of().get("/en/settings/").status_code == 302


# --- The password ----------------------------------------------------------------------------------------------------
def set_password(client: Client, **fields: str) -> Any:
    return client.post("/en/settings/password/", {"password": NEW} | fields)


def test_password_when_the_present_one_is_given_changes_and_a_letter_tells(signed_in, meerim):
    response = set_password(signed_in, present=PASSWORD)

    assert response.url == "/en/settings/"
    meerim.refresh_from_db()
    assert meerim.check_password(NEW)
    assert letters("password") == [meerim.email]
    assert record() == [("set_password", None, None)]
    assert signed_in.get("/en/settings/").status_code == 200, "this browser stays signed in"


def test_password_when_changed_ends_every_other_session(signed_in, meerim):
    other = client_of(meerim)

    set_password(signed_in, present=PASSWORD)

    assert other.get("/en/settings/").status_code == 302


@pytest.mark.parametrize("present", ["", "wrong words"])
def test_password_when_the_present_one_is_wrong_stays(signed_in, meerim, present):
    response = set_password(signed_in, present=present)

    assert response.status_code == 422
    assert "This is not your present password" in text(response)
    meerim.refresh_from_db()
    assert meerim.check_password(PASSWORD)
    assert (letters("password"), record()) == ([], [])


def test_password_when_guessed_at_from_an_open_session_is_limited(signed_in):
    answers = [set_password(signed_in, present="wrong words").status_code for _ in range(9)]

    assert answers == [422] * 8 + [429]
    assert set_password(signed_in, present=PASSWORD).status_code == 429


@pytest.mark.parametrize("weak", ["short", "password123", "1234567890", "meerim@example"])
def test_password_when_weak_is_refused(signed_in, weak):
    response = set_password(signed_in, present=PASSWORD, password=weak)

    assert response.status_code == 422
    assert "<title>Error:" in response.content.decode()
    assert record() == []


def test_password_when_just_in_by_a_link_needs_no_present_one(by_link):
    assert "Present password" not in text(by_link.get("/en/settings/"))

    assert set_password(by_link).status_code == 302
    assert letters("password") == ["azamat@example.org"]


def test_password_when_the_link_was_long_ago_needs_another(by_link, now):
    now.move_to(NOW + proof.FRESH_FOR + timedelta(seconds=1))

    page = text(by_link.get("/en/settings/"))
    assert "Set a password" not in page
    assert "Sign in once more by a link" in page
    response = set_password(by_link)
    assert response.status_code == 422
    assert "Sign in once more by a link before this can be changed" in text(response)

    assert "Look into your mail" in text(by_link.post("/en/settings/prove/"))
    assert press(by_link, link_to("azamat@example.org")).url == "/en/settings/"
    assert set_password(by_link).status_code == 302


def test_password_when_forgotten_is_set_anew_after_a_link(signed_in, meerim):
    assert "Present password forgotten?" in text(signed_in.get("/en/settings/"))
    signed_in.post("/en/settings/prove/")
    press(signed_in, link_to(meerim.email))

    assert set_password(signed_in).status_code == 302


def test_link_to_prove_is_limited_like_every_letter(signed_in, now):
    for _ in range(6):
        now.shift(1)
        signed_in.post("/en/settings/prove/")
    now.shift(1)

    assert "Too many tries" in text(signed_in.post("/en/settings/prove/", follow=True))
    assert len(letters("link")) == 6


# --- The address -----------------------------------------------------------------------------------------------------
def ask(client: Client, email: str = "new@example.org", **fields: str) -> Any:
    return client.post("/en/settings/address/", {"email": email, "present": PASSWORD} | fields)


def confirm(client: Client, link: str) -> Any:
    page = client.get(link)
    assert page.status_code == 200
    return client.post("/en/settings/address/new/", {"token": page.context["token"]})


def test_address_when_asked_for_and_confirmed_changes_and_the_old_one_is_told(signed_in, meerim):
    assert "Look into your mail" in text(ask(signed_in, "New@Example.org"))
    meerim.refresh_from_db()
    assert meerim.email == "meerim@example.org"

    link = link_to("new@example.org")
    assert "new@example.org" in text(signed_in.get(link))
    assert confirm(signed_in, link).url == "/en/settings/"

    meerim.refresh_from_db()
    assert meerim.email == "new@example.org"
    assert letters("address") == ["meerim@example.org"]
    assert record() == [
        ("asked_for_address", None, {"email": "new@example.org"}),
        ("changed_address", {"email": "meerim@example.org"}, {"email": "new@example.org"}),
    ]
    assert signed_in.get(link).status_code == 410, "one use"


def test_address_when_changed_kills_links_that_were_sent_to_the_old_one(signed_in):
    old = ask_link("meerim@example.org")
    ask(signed_in)
    confirm(signed_in, link_to("new@example.org"))

    assert client_of().get(old).status_code == 410


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"present": "wrong"}, "This is not your present password"),
        ({"email": "MEERIM@example.org"}, "This is your address already"),
        ({"email": "nonsense"}, "Write an e-mail address"),
    ],
)
def test_address_when_refused_says_why_and_writes_to_nobody(signed_in, fields, said):
    response = ask(signed_in, **fields)

    assert response.status_code == 422
    assert said in text(response)
    assert not Letter.objects.exists()


def test_address_without_a_proof_is_refused(by_link, now):
    now.move_to(NOW + timedelta(minutes=16))

    response = ask(by_link, present="")
    assert response.status_code == 422
    assert "Sign in once more by a link" in text(response)
    assert letters("link") == ["azamat@example.org"], "only the one they came in by"


def test_address_of_another_account_gets_the_same_answer_and_nobody_loses_theirs(signed_in, meerim):
    other = person("Azamat")
    taken, free = ask(signed_in, "azamat@example.org"), ask(signed_in, "nobody@example.org")

    pages = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode()) for page in (taken, free)]
    assert pages[0].replace("azamat@", "nobody@") == pages[1]
    letter = Letter.objects.get(to_email="azamat@example.org")
    assert "already belongs to your Kinolab account" in letter.subject
    assert "token" not in letter.body
    assert other.email == "azamat@example.org"


def test_address_when_taken_between_asking_and_confirming_is_refused(signed_in, meerim):
    ask(signed_in)
    link = link_to("new@example.org")
    person("New")

    page = signed_in.get(link)
    response = signed_in.post("/en/settings/address/new/", {"token": page.context["token"]})

    assert response.status_code == 410
    assert "This link does not work" in text(response)
    meerim.refresh_from_db()
    assert meerim.email == "meerim@example.org"


def test_link_to_a_new_address_serves_only_the_person_who_asked(signed_in, meerim):
    token = tokens.for_new_address(meerim, "new@example.org")
    azamat = client_of(person("Azamat"))
    address = f"/en/settings/address/new/?token={quote(token)}"

    assert azamat.get(address).status_code == 410
    assert azamat.post("/en/settings/address/new/", {"token": token}).status_code == 410
    assert client_of().get(address).url.startswith("/en/sign-in/?next=")
    sign_in = tokens.for_sign_in("meerim@example.org")
    assert signed_in.get(f"/en/settings/address/new/?token={quote(sign_in)}").status_code == 410


def test_link_to_a_new_address_when_old_is_dead(signed_in, now):
    ask(signed_in)
    link = link_to("new@example.org")
    now.move_to(NOW + timedelta(minutes=31))

    assert signed_in.get(link).status_code == 410


def test_letters_to_new_addresses_are_limited(signed_in, now):
    answers = []
    for _ in range(7):
        now.shift(1)
        answers.append(ask(signed_in).status_code)

    assert answers == [200] * 6 + [429]


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_letters_about_credentials_are_in_the_language_of_the_person(client, language):
    someone = person(password=PASSWORD, language=language)
    client.post("/en/sign-in/password/", {"email": someone.email, "password": PASSWORD})

    ask(client)
    confirm(client, link_to("new@example.org"))
    set_password(client, present=PASSWORD)

    assert set(Letter.objects.values_list("language", flat=True)) == {language}
    bodies = " ".join(Letter.objects.values_list("body", flat=True))
    assert f"/{language}/settings/" in bodies
