"""The outbox of an edition: who sees which letter, what can be done with it, and that nobody writes over another."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from kinolab.applications import actions as application_actions
from kinolab.applications.actions import hiding
from kinolab.calls.models import Call
from kinolab.desk import actions, words
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.mail.queries import fingerprint
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import Role
from tests.factories import applications as make
from tests.integration.applications import office
from tests.kit import client_of, same_cost


@pytest.fixture
def call():
    return office.call()


def letter(call, to="Meerim", key="one", **more):
    given = {"kind": "receipt", "subject": f"To {to}", "body": "Your application has arrived.", "at": make.NOW} | more
    return mail.write_text(key=key, to=make.person(to), scope=call.edition.scope, **given)


def outbox(call, query=""):
    return reverse("desk:outbox", args=(call.edition.programme.slug, call.edition.slug)) + query


def page(call, one):
    return reverse("desk:letter", args=(call.edition.programme.slug, call.edition.slug, one.pk))


def press(who, call, one, what):
    client_of(who).post(f"{page(call, one)}{what}/")
    one.refresh_from_db()
    return one.state


def subjects(who, call, query=""):
    return re.findall(r'class="title"[^>]*>([^<]+)<', client_of(who).get(outbox(call, query)).content.decode())


# --- Who -------------------------------------------------------------------------------------------------------------
def test_outbox_is_for_those_who_may_see_letters(call):
    one, other = letter(call), office.member(make.call("teen-lab"), "Bermet", Role.OWNER)
    allowed = {Role.OWNER, Role.LEAD, Role.COORDINATOR}

    for role in Role:
        client = client_of(office.member(call, role.value.title(), role))
        seen = [client.get(where).status_code for where in (outbox(call), page(call, one))]
        assert seen == ([200, 200] if role in allowed else [403, 403])
    for who in (other, make.person("Farrukh")):
        assert [client_of(who).get(where).status_code for where in (outbox(call), page(call, one))] == [404, 404]


def test_letter_of_another_edition_is_not_there(call):
    elsewhere = letter(make.call("teen-lab"))

    assert client_of(office.owner(call)).get(page(call, elsewhere)).status_code == 404


def test_letters_to_the_team_of_a_hidden_application_are_hidden_and_no_others(call):
    aigul, hidden = office.owner(call), make.submitted_application(call, title="Берлин")
    letter(call, "Rustam", "other")
    mail.write_text(key="mail", to="meerim@example.org", kind="team", subject="By address", body="x", at=make.NOW,
                    scope=call.edition.scope)  # fmt: skip
    to_the_team = Letter.objects.get(kind="receipt", person=hidden.lead)
    assert {"To Rustam", "By address", to_the_team.subject} <= set(subjects(aigul, call))

    hiding.hide(application=hidden, person=aigul, reason="conflict", at=make.NOW)

    assert subjects(aigul, call) == ["To Rustam"]
    assert client_of(aigul).get(page(call, to_the_team)).status_code == 404


def test_coordinator_reads_letters_and_changes_none(call):
    bakyt, one = office.coordinator(call), letter(call)

    assert "Hold it back" not in client_of(bakyt).get(page(call, one)).content.decode()
    assert press(bakyt, call, one, "hold") == "waiting"
    with pytest.raises(Denied) as denied:
        actions.edit_letter(edition=call.edition, letter=one, subject="x", body="y", seen="", by=bakyt, at=make.NOW)
    assert denied.value.refusal == Refusal("not_permitted", {"permission": "announce"})


# --- What one finds --------------------------------------------------------------------------------------------------
def test_letters_are_found_by_state_kind_and_words(call):
    aigul, failed = office.owner(call), letter(call, "Rustam", "two", kind="invitation")
    letter(call)
    Letter.objects.filter(pk=failed.pk).update(state="failed", attempts=24, last_error="550 no such user")

    assert subjects(aigul, call) == ["To Meerim", "To Rustam"]
    assert subjects(aigul, call, "?state=failed") == ["To Rustam"]
    assert subjects(aigul, call, "?kind=receipt") == ["To Meerim"]
    assert subjects(aigul, call, "?q=rustam@") == ["To Rustam"]
    assert subjects(aigul, call, "?state=lost") == ["To Meerim", "To Rustam"]
    assert "No letter matches" in client_of(aigul).get(outbox(call, "?q=%25")).content.decode()
    assert "550 no such user" in client_of(aigul).get(page(call, failed)).content.decode()


def test_outbox_costs_the_same_for_one_letter_and_for_three(call):
    client, numbers = client_of(office.owner(call)), iter(range(9))

    def more():
        letter(call, f"Person{(number := next(numbers))}", str(number))

    more()
    assert same_cost(lambda: client.get(outbox(call)), more) == 14


def test_every_kind_of_letter_has_a_word():
    rooms = Path(application_actions.__file__).parents[2]
    written = set()
    for source in rooms.glob("*/actions/*.py"):
        text = source.read_text("utf-8")
        if "foundation.mail import" in text or "tell_team(" in text:
            written |= set(re.findall(r'\bkind="([a-z_]+)"|tell_team\(\s*\w+,\s*"([a-z_]+)"', text))
    kinds = {one or other for one, other in written} - {"form"}

    assert sorted(kinds - set(words.LETTERS)) == []
    assert len(kinds) > 15


# --- What one does ---------------------------------------------------------------------------------------------------
def test_letter_is_held_back_written_anew_and_let_go(call):
    aigul, one = office.owner(call), letter(call)
    assert press(aigul, call, one, "hold") == "held"
    typed = {"subject": "Your receipt", "body": "Dear Meerim", "seen": fingerprint(one)}
    assert client_of(aigul).post(page(call, one), typed).status_code == 302

    assert press(aigul, call, one, "release") == "waiting"
    assert (one.subject, one.body) == ("Your receipt", "Dear Meerim\n")
    told = list(Entry.objects.filter(kind="mail.letter").order_by("pk").values_list("verb", flat=True))
    assert told == ["held_letter", "edited", "released"]


def test_two_who_write_one_letter_lose_nothing(call):
    aigul, one = office.owner(call), letter(call)
    press(aigul, call, one, "hold")
    seen = fingerprint(one)
    client_of(aigul).post(page(call, one), {"subject": "First", "body": "First text", "seen": seen})
    second = client_of(aigul).post(page(call, one), {"subject": "Second", "body": "Second text", "seen": seen})

    shown = second.content.decode()
    assert (second.status_code, "Somebody else has changed this letter" in shown) == (422, True)
    assert "First text" in shown and "Second text" in shown
    assert re.search(r'name="subject" value="Second"', shown)
    assert re.search(r'<textarea name="body"[^>]*>\s*Second text</textarea>', shown)
    one.refresh_from_db()
    again = re.search(r'name="seen" value="(\w+)"', shown)[1]
    assert (one.subject, again) == ("First", fingerprint(one))
    client_of(aigul).post(page(call, one), {"subject": "Second", "body": "Second text", "seen": again})
    one.refresh_from_db()
    assert one.subject == "Second"


def test_letter_that_has_left_is_said_to_have_left(call):
    aigul, one = office.owner(call), letter(call)
    Letter.objects.filter(pk=one.pk).update(state="sent", sent_at=make.NOW)

    answer = client_of(aigul).post(f"{page(call, one)}discard/", follow=True)
    assert "no longer in a state in which that can be done" in answer.content.decode()
    assert client_of(aigul).post(f"{page(call, one)}burn/").status_code == 404


def test_link_that_is_its_readers_alone_is_not_shown(call):
    aigul = office.owner(call)
    one = letter(call, body="https://lab.example/join/s3cret/", secret="s3cret", kind="invitation")
    press(aigul, call, one, "hold")

    shown = client_of(aigul).get(page(call, one)).content.decode()
    assert ("s3cret" in shown, "https://lab.example/join/…/" in shown, 'name="body"' in shown) == (False, True, False)


def test_look_at_a_letter_is_on_the_record_once_an_hour(call):
    aigul, one = office.owner(call), letter(call)
    for minutes in (0, 30, 90):
        actions.note_look(letter=one, by=aigul, at=make.NOW + timedelta(minutes=minutes))

    assert Entry.objects.filter(verb="read_letter", actor=aigul).count() == 2


def test_letters_to_teams_of_a_sealed_call_wait_for_its_close(call):
    aigul = office.owner(call)
    make.submitted_application(call, title="Берлин")
    letter(call, "Rustam", "other")
    Call.objects.filter(pk=call.pk).update(sealed_until=timezone.now() + timedelta(days=1))

    assert subjects(aigul, call) == ["To Rustam"]
