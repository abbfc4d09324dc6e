"""Coming in: by a link, by a password, as somebody of the demonstration."""

import re
import threading
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people import actions, tokens
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied
from tests.integration.people.conftest import NOW, PASSWORD, ask_link, link_to, person, press
from tests.kit import client_of

DEAD = "This link does not work any more"


def who(client: Client) -> str | None:
    """The address of who is signed in."""
    pk = client.session.get("_auth_user_id")
    return Person.objects.get(pk=pk).email if pk else None


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- By a link -------------------------------------------------------------------------------------------------------
def test_link_when_pressed_lets_its_reader_in_and_leads_on(client):
    person()

    response = press(client, ask_link(next="/en/mine/"))

    assert (response.status_code, response.url) == (302, "/en/mine/")
    assert who(client) == "meerim@example.org"


def test_link_to_an_address_nobody_knows_makes_a_person_only_when_pressed(client):
    link = ask_link("new@example.org")
    assert not Person.objects.exists()

    press(client, link)

    assert list(Person.objects.values_list("email", "language", "date_joined")) == [("new@example.org", "en", NOW)]
    assert who(client) == "new@example.org"


def test_address_in_capitals_is_the_same_mailbox(client):
    person()

    press(client, ask_link("  MEERIM@Example.ORG "))

    assert Person.objects.count() == 1


def test_link_when_only_looked_at_is_not_used_up(client):
    person()
    link = ask_link()
    for _ in range(3):
        assert "One more press" in text(client_of().get(link))

    press(client, link)
    assert who(client) == "meerim@example.org"


def test_page_of_a_link_names_the_address_so_that_nobody_lands_in_another_account(client):
    person()

    assert "meerim@example.org" in text(client.get(ask_link()))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_letter_with_a_link_is_in_the_language_of_the_page_it_was_asked_on(client, language):
    client.post(f"/{language}/sign-in/", {"email": "new@example.org"})

    letter = Letter.objects.get()
    assert letter.language == language
    assert f"/{language}/enter/?token=" in letter.body
    press(client, link_to("new@example.org"))
    assert Person.objects.get().language == language


def _dead(client: Client, link: str) -> None:
    """The link leads to a clear sentence and a way out, by looking and by pressing; it lets nobody in."""
    for response in (client.get(link), client.post(link)):
        assert response.status_code == 410
        assert DEAD in text(response)
        assert "Send me a link" in text(response)
    assert who(client) is None


def test_link_when_used_says_so_and_offers_another(client):
    person()
    link = ask_link()
    press(client_of(), link)

    _dead(client, link)


def test_link_when_older_than_thirty_minutes_says_so(client, now):
    person()
    link = ask_link()
    now.move_to(NOW + timedelta(minutes=30))
    assert client.get(link).status_code == 200
    now.move_to(NOW + timedelta(minutes=30, seconds=1))

    _dead(client, link)


def test_link_when_dead_keeps_where_one_wanted_to_go(client):
    link = "/en/enter/?token=cut&next=%2Fen%2Fmine%2F"

    assert '<input type="hidden" name="next" value="/en/mine/">' in client.get(link).content.decode()


@pytest.mark.parametrize("spoil", [lambda t: t[:-3], lambda t: "x" + t, lambda t: t.replace(":", "!"),
                                   lambda t: "☃" * 3000, lambda t: t + "\x00"])  # fmt: skip
def test_link_when_forged_or_cut_short_says_so(client, spoil):
    person()
    token = spoil(tokens.for_sign_in("meerim@example.org"))

    _dead(client, f"/en/enter/?token={quote(token)}")


def test_page_of_a_link_without_a_link_leads_to_where_one_gets_one(client):
    assert client.get("/en/enter/").url == "/en/sign-in/"
    client.force_login(person())
    assert client.get("/en/settings/address/new/").url == "/en/settings/"


def test_link_when_made_for_another_use_lets_nobody_in(client):
    meerim = person()
    token = tokens.for_new_address(meerim, "other@example.org")

    _dead(client, f"/en/enter/?token={quote(token)}")


def test_link_when_the_password_changed_meanwhile_is_dead(client):
    meerim = person()
    link = ask_link()
    meerim.set_password(PASSWORD)
    meerim.save()
    press(client_of(), ask_link())
    old = ask_link()
    meerim.refresh_from_db()
    meerim.set_password(PASSWORD + "!")
    meerim.save()

    _dead(client, link)
    _dead(client, old)


def test_link_of_a_closed_account_lets_nobody_in(client):
    meerim = person()
    link = ask_link()
    Person.objects.filter(pk=meerim.pk).update(is_active=False)

    _dead(client, link)
    with pytest.raises(Denied):
        actions.come_in(token=tokens.for_sign_in(meerim.email), language="en", at=NOW)


def test_two_links_when_one_was_used_leave_the_other_dead(client):
    person()
    first, second = ask_link(), ask_link()
    press(client_of(), second)

    _dead(client, first)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [True, False])
def test_link_when_pressed_twice_at_once_lets_one_in(known):
    if known:
        person(last_login=NOW - timedelta(days=1))
    token, gate, told = tokens.for_sign_in("meerim@example.org"), threading.Barrier(2), []

    def enter() -> None:
        gate.wait()
        try:
            told.append(actions.come_in(token=token, language="en", at=NOW).email)
        except Denied as denied:
            told.append(denied.refusal.code)
        except Exception as error:  # noqa: BLE001  (whatever a thread meets must be seen)
            told.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=enter) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(told) == ["link_dead", "meerim@example.org"]


def test_link_when_one_is_signed_in_as_another_changes_the_account(client):
    client.force_login(person("Azamat"))
    person()

    press(client, ask_link())

    assert who(client) == "meerim@example.org"


# --- By a password ---------------------------------------------------------------------------------------------------
def by_password(client: Client, password: str = PASSWORD, email: str = "meerim@example.org", **fields: Any) -> Any:
    return client.post("/en/sign-in/password/", {"email": email, "password": password, **fields})


def test_password_when_right_lets_in_and_leads_on(client):
    person(password=PASSWORD)

    response = by_password(client, email="Meerim@Example.org", next="/en/mine/")

    assert (response.status_code, response.url) == (302, "/en/mine/")
    assert who(client) == "meerim@example.org"


def test_password_when_wrong_unknown_unset_or_closed_gets_one_answer(client):
    person(password=PASSWORD)
    person("Linkonly")
    person("Closed", PASSWORD, is_active=False)

    answers = {
        re.sub(r'value="[^"]*"', "", by_password(client, *given).content.decode())
        for given in [
            ("wrong words here",), (PASSWORD, "linkonly@example.org"), (PASSWORD, "nobody@example.org"),
            (PASSWORD, "closed@example.org"),
        ]
    }  # fmt: skip

    assert len(answers) == 1
    assert "do not belong together" in answers.pop()
    assert who(client) is None


def test_password_when_missing_asks_for_it_and_keeps_the_address(client):
    response = by_password(client, "")

    assert response.status_code == 422
    assert 'value="meerim@example.org"' in response.content.decode()


def test_password_is_never_written_back_into_the_page(client):
    person(password=PASSWORD)

    assert "wrong words here" not in by_password(client, "wrong words here").content.decode()


# --- Who asks cannot learn who is known ------------------------------------------------------------------------------
def test_answer_to_an_address_is_the_same_whether_it_is_known_or_not(client):
    person()
    known = client.post("/en/sign-in/", {"email": "meerim@example.org"})
    unknown = client.post("/en/sign-in/", {"email": "nobody@example.org"})

    assert known.status_code == unknown.status_code
    assert known.content.replace(b"meerim@", b"nobody@") == unknown.content
    assert Letter.objects.values("subject", "kind").distinct().count() == 1


def test_work_for_an_answer_is_the_same_whether_the_address_is_known_or_not(monkeypatch):
    """What takes time is statements and hashing: the same number of both, whoever is asked for."""
    person(password=PASSWORD, last_login=NOW)
    person("Linkonly")
    hashed: list[str] = []
    real = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *given, **more: hashed.append("") or real(self, *given, **more)
    )

    def work(address: str, email: str) -> tuple[int, int]:
        hashed.clear()
        with CaptureQueriesContext(connection) as sent:
            client_of().post(f"/en/sign-in/{address}", {"email": f"{email}@example.org", "password": "wrong words"})
        return len(sent), len(hashed)

    work("password/", "warm")
    assert {work("", email) for email in ("meerim", "linkonly", "nobody")} == {(3, 0)}
    assert {work("password/", email) for email in ("meerim", "linkonly", "nobody")} == {(1, 1)}


# --- Where one is led ------------------------------------------------------------------------------------------------
FOREIGN = ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
           "/\t/evil.example", "http:evil.example", "/%09/evil.example\n", "https:/evil.example"]  # fmt: skip


@pytest.mark.parametrize("address", FOREIGN)
def test_next_never_leads_away(client, address):
    person(password=PASSWORD)

    assert by_password(client_of(), next=address).url == "/en/start/"
    link = ask_link(next=address)
    assert "next=" not in link
    assert press(client, f"{link}&next={quote(address)}").url == "/en/start/"
    assert client.get("/en/sign-in/", {"next": address}).url in {"/en/start/", "desk:after_sign_in"}


def test_page_that_needs_a_person_leads_to_sign_in_and_back(client):
    person(password=PASSWORD)

    away = client.get("/en/settings/")
    assert away.url == "/en/sign-in/?next=/en/settings/"
    page = client.get(away.url).content.decode()
    assert page.count('<input type="hidden" name="next" value="/en/settings/">') == 2
    assert "If you had typed something there, it is kept." in page


# --- Sessions --------------------------------------------------------------------------------------------------------
def test_session_when_signing_in_gets_a_new_key(client):
    person(password=PASSWORD)
    client.get("/en/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies[django_settings.SESSION_COOKIE_NAME] = before

    by_password(client)
    after = client.session.session_key
    assert after != before
    assert not client.session.exists(before)

    client.post("/en/sign-out/")
    assert not client.session.exists(after)


def test_session_cookie_is_for_the_server_alone_and_for_this_site(client):
    person(password=PASSWORD)
    by_password(client)

    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


@pytest.mark.parametrize(
    "address", ["/en/sign-in/", "/en/sign-in/password/", "/en/enter/", "/en/sign-out/", "/en/settings/"]
)
def test_form_from_another_site_is_refused(address):
    strict = Client(enforce_csrf_checks=True)
    person(password=PASSWORD)

    response = strict.post(address, {"email": "meerim@example.org", "password": PASSWORD})

    assert response.status_code == 403
    assert who(strict) is None
    assert "kept on this device" in text(response)


def test_signing_out_ends_it_and_needs_a_press(client):
    client.force_login(person())

    assert client.get("/en/sign-out/").status_code == 405
    assert client.post("/en/sign-out/").url == "/en/"
    assert client.get("/en/settings/").status_code == 302


def test_page_to_sign_in_when_signed_in_leads_on(client):
    client.force_login(person())

    assert client.get("/en/sign-in/?next=/en/mine/").url == "/en/mine/"
    assert client.post("/en/sign-in/", {"email": "x@example.org"}).status_code == 302
    assert not Letter.objects.exists()


# --- Hostile strings -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("email", ["<script>alert(1)</script>@example.org", "a@b\r\nBcc: c@example.org", "", "meerim",
                                   "a" * 300 + "@example.org", "\x00@example.org"])  # fmt: skip
def test_address_that_is_none_is_refused_and_shown_as_text(client, email):
    response = client.post("/en/sign-in/", {"email": email})

    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()
    assert not Letter.objects.exists()


def test_name_with_markup_is_text_everywhere(client):
    client.force_login(Person.objects.create_user("named@example.org", name="<b>x</b>", language="en"))

    page = client.get("/en/settings/").content.decode()
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


# --- The demonstration -----------------------------------------------------------------------------------------------
def test_demonstration_lets_one_enter_as_each_of_its_people(client, settings):
    settings.KINOLAB_DEMO_ENTRY = True
    director = person("Aida", demo_role="director", language="")
    person("Stranger")
    client.force_login(person("Before"))

    page = client_of().get("/ru/sign-in/").content.decode()
    assert re.findall(r'action="/ru/enter/(\w+)/"', page) == [director.code]
    response = client.post(f"/ru/enter/{director.code}/")
    assert (response.status_code, response.url) == (302, "/ru/start/")
    assert who(client) == "aida@example.org"
    director.refresh_from_db()
    assert director.language == "ru"


def test_demonstration_lets_nobody_enter_as_a_real_person_or_in_a_real_lab(client, settings):
    real, invented = person("Real"), person("Aida", demo_role="director")
    assert client.post(f"/en/enter/{invented.code}/").status_code == 404

    settings.KINOLAB_DEMO_ENTRY = True
    assert client.post(f"/en/enter/{real.code}/").status_code == 404
    assert client.get(f"/en/enter/{invented.code}/").status_code == 405
    assert who(client) is None
    assert person("Juror", demo_role="juror").demo_role_name == "Juror"


# --- What people are ------------------------------------------------------------------------------------------------
def test_person_when_two_make_it_at_once_is_one(monkeypatch):
    other = person("New")
    real = Person.objects.filter
    monkeypatch.setattr(type(Person.objects), "filter", lambda _, **by: real(pk=0))  # not there yet when looked for

    made = actions.ensure_person(email="New@example.org", at=NOW, name="New")
    assert made == other


def test_person_who_had_no_name_gets_the_one_they_are_invited_by():
    nameless = Person.objects.create_user("new@example.org")

    actions.ensure_person(email="new@example.org", at=NOW, name="Нургүл")
    actions.ensure_person(email="new@example.org", at=NOW, name="Somebody else")

    nameless.refresh_from_db()
    assert (str(nameless), str(Person(email="azamat@example.org"))) == ("Нургүл", "azamat@example.org")


def test_operator_of_the_server_can_be_made():
    operator = Person.objects.create_superuser("Root@Example.org", PASSWORD)

    assert (operator.email, operator.is_staff, operator.is_superuser) == ("root@example.org", True, True)
    assert Person.objects.get_by_natural_key(" ROOT@example.org") == operator


def test_clock_that_is_wrong_by_an_hour_does_not_open_old_links(client):
    person()
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        link = ask_link()

    _dead(client, link)


@pytest.mark.parametrize(
    "email", ["a" * 60 + "@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + ".org", "aida@" + "ы" * 50 + ".рф"]
)
def test_address_of_any_length_gets_links_that_work(client, now, email):
    first = ask_link(email)
    now.shift(1)
    second = ask_link(email)

    assert first != second
    assert press(client, second).status_code == 302
