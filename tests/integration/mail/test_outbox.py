"""Letters are written in the reader's language, held, released, edited, discarded; the outbox tells how it stands."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from kinolab.config import clock
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail import actions, queries, words
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied
from tests.factories import labs
from tests.integration.mail.conftest import NOW, letter


def write(to: Any, key: str = "one", **more: Any) -> Letter:
    values = {"kind": "sign_in", "template": "people/mail/sign_in.txt", "at": NOW} | more
    return actions.write(key=key, to=to, context={"link": "https://lab.example/x", "minutes": 30}, **values)


# --- Writing ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Your link to sign in to Kinolab"),
        ("ky", "Kinolab’га кирүү шилтемеңиз"),
        ("ru", "Ваша ссылка для входа в Kinolab"),
    ],
)
def test_letter_is_in_the_language_of_its_reader_not_of_who_causes_it(language, subject):
    with translation.override("en"):
        written = write(labs.person("Aida", language=language))
        assert translation.get_language() == "en"

    assert (written.language, written.subject) == (language, subject)
    assert written.body.count("https://lab.example/x") == 1
    assert written.body.endswith("\n")


def test_letter_to_an_address_is_in_the_language_it_is_given_or_of_the_page():
    with translation.override("ru"):
        assert write("a@example.org", "a").language == "ru"
        assert write("b@example.org", "b", language="ky").language == "ky"
    assert Letter.objects.filter(person=None).count() == 2


def test_letter_belongs_to_its_person_and_says_to_whom_it_goes():
    written = write(labs.person("Aida"))

    assert (written.person, written.to_email) == (labs.person("Aida"), "aida@example.org")
    assert str(written) == "aida@example.org: Your link to sign in to Kinolab"


def test_links_lead_to_where_the_site_is_served_when_the_letter_leaves(settings, post):
    settings.KINOLAB_URL = "http://127.0.0.1:8000"
    letter(body=f"Here: {queries.absolute_url('/ky/my/')}\nElsewhere: http://127.0.0.1:80001/")
    settings.KINOLAB_URL = "https://lab.example"

    expected = "Here: https://lab.example/ky/my/\nElsewhere: http://127.0.0.1:80001/\n"
    assert Letter.objects.get().body == expected
    actions.send_due(clock=lambda: NOW)
    assert post.taken[0].get_content().replace("\r", "") == expected


def test_letters_in_bulk_leave_those_alone_that_are_there():
    letter("a", subject="First")
    values = {"kind": "x", "language": "en", "body": "b", "due_at": NOW, "created_at": NOW}
    actions.write_many([Letter(key=key, to_email=f"{key}@example.org", subject="Second", **values) for key in "ab"])

    assert dict(Letter.objects.values_list("key", "subject")) == {"a": "First", "b": "Second"}


def test_letter_of_a_transaction_that_fails_is_never_written():
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)

    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_letter_when_committed_wakes_the_one_who_sends():
    actions.written.clear()
    with transaction.atomic():
        letter("a")
        assert not actions.written.is_set()
    assert actions.written.is_set()

    actions.written.clear()
    actions.write_many([])
    assert actions.written.is_set()


def test_sender_goes_on_after_a_failure(monkeypatch, caplog):
    answers = iter([RuntimeError("no mail today"), KeyboardInterrupt()])

    def fails() -> None:
        actions.written.set()
        raise next(answers)

    monkeypatch.setattr(actions, "send_due", fails)
    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    actions.written.set()
    with pytest.raises(KeyboardInterrupt):
        clock.send_at_once()
    actions.written.clear()
    assert "Sending failed" in caplog.text


# --- By hand ---------------------------------------------------------------------------------------------------------
def by_hand(verb: str, of: Letter, **more: Any) -> None:
    getattr(actions, verb)(letter=of, by=labs.person(), at=NOW, **more)


@pytest.mark.parametrize(
    ("verb", "state", "after", "recorded"),
    [
        ("release", "held", "waiting", "released"),
        ("discard", "held", "discarded", "discarded"),
        ("discard", "waiting", "discarded", "discarded"),
        ("discard", "failed", "discarded", "discarded"),
        ("retry", "failed", "waiting", "retried"),
    ],
)
def test_letter_when_moved_by_hand_is_on_the_record(verb, state, after, recorded):
    written = letter(scope="edition:7")
    Letter.objects.filter(pk=written.pk).update(state=state)
    written.refresh_from_db()

    by_hand(verb, written)

    written.refresh_from_db()
    assert written.state == after
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.scope) == (recorded, labs.person(), "edition:7")
    assert (entry.before, entry.after) == ({"state": state}, {"state": after})


@pytest.mark.parametrize(
    ("verb", "state"),
    [("release", "waiting"), ("release", "sent"), ("retry", "sent"), ("retry", "held"), ("discard", "sent"),
     ("discard", "sending"), ("discard", "discarded")],
)  # fmt: skip
def test_letter_when_it_is_too_late_is_refused(verb, state):
    written = letter()
    Letter.objects.filter(pk=written.pk).update(state=state, sent_at=NOW)
    written.refresh_from_db()

    with pytest.raises(Denied) as denied:
        by_hand(verb, written)
    assert denied.value.refusal.code == "letter_not_now"
    assert not Entry.objects.exists()


def test_letter_when_it_left_since_it_was_read_is_not_discarded():
    written = letter()
    Letter.objects.filter(pk=written.pk).update(state="sent", sent_at=NOW)

    with pytest.raises(Denied):
        by_hand("discard", written)
    written.refresh_from_db()
    assert written.state == "sent"


def test_letter_when_held_can_be_edited_and_goes_only_when_released(post):
    written = letter()
    by_hand("hold", written)
    by_hand("edit", written, subject="New\nsubject", body="New body", seen=queries.fingerprint(written))

    assert actions.send_due(clock=lambda: NOW + timedelta(days=1)) == 0
    by_hand("release", written)
    assert actions.send_due(clock=lambda: NOW) == 1
    assert (post.taken[0]["Subject"], post.taken[0].get_content().strip()) == ("New subject", "New body")
    entry = Entry.objects.get(verb="edited")
    assert (entry.before["body"], entry.after["body"]) == ("Text\n", "New body\n")


def test_letter_when_given_up_is_held_back_and_tried_anew_as_often_as_the_first_time():
    written = letter()
    Letter.objects.filter(pk=written.pk).update(state="failed", attempts=24, last_error="550 no such user")
    written.refresh_from_db()
    by_hand("hold", written)
    by_hand("release", written)

    written.refresh_from_db()
    assert (written.state, written.attempts, written.due_at) == ("waiting", 0, NOW)


@pytest.mark.parametrize(
    ("state", "more", "seen", "code"),
    [
        ("waiting", {}, "", "letter_not_now"),
        ("held", {"body": "…?token=s3cret", "secret": "s3cret"}, "", "letter_has_link"),
        ("held", {}, "another", "letter_changed"),
    ],
)
def test_letter_is_not_edited_when(state, more, seen, code):
    written = letter(**more)
    Letter.objects.filter(pk=written.pk).update(state=state)

    with pytest.raises(Denied) as denied:
        by_hand("edit", written, subject="x", body="y", seen=seen or queries.fingerprint(written))
    assert denied.value.refusal.code == code
    assert Letter.objects.get(pk=written.pk).subject == written.subject


def test_letter_when_discarded_forgets_its_secret():
    written = letter(body="…?token=s3cret", secret="s3cret")
    by_hand("discard", written)

    written.refresh_from_db()
    assert (written.body, written.secret) == ("…?token=…\n", "")


# --- What is read ----------------------------------------------------------------------------------------------------
def test_outbox_tells_how_it_stands():
    letter("a", scope="edition:1", kind="receipt")
    second = letter("b", scope="edition:1", kind="result")
    letter("c", scope="edition:2")
    Letter.objects.filter(pk=second.pk).update(state="failed", attempts=24, last_error="550 no such user")

    assert [one.key for one in queries.letters(scope="edition:1")] == ["b", "a"]
    assert [one.key for one in queries.letters(scope="edition:1", kind="receipt")] == ["a"]
    assert queries.states(scope="edition:1") == {"waiting": 1, "failed": 1}
    assert queries.states(scope="edition:1", kind="receipt") == {"waiting": 1}
    assert queries.states() == {"waiting": 2, "failed": 1}
    assert [one.key for one in queries.undelivered()] == ["b"]


def test_command_shows_what_is_in_trouble_and_why_and_tries_again():
    bad = letter("bad")
    letter("good")
    Letter.objects.filter(pk=bad.pk).update(state="failed", attempts=24, last_error="550 no such user")

    told = io.StringIO()
    call_command("letters", stdout=told)
    lines = told.getvalue()
    assert re.search(r"Waiting +1\n", lines)
    assert re.search(r"Not delivered +1\n", lines)
    assert "bad@example.org  Not delivered, 24×: 550 no such user" in lines
    assert "good@example.org" not in lines

    call_command("letters", "--retry", stdout=io.StringIO())
    bad.refresh_from_db()
    assert (bad.state, bad.attempts) == ("waiting", 0)


def test_every_state_has_a_word():
    assert [key for key, _ in words.states()] == ["held", "waiting", "sending", "sent", "failed", "discarded"]


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"state": "sent", "sent_at": None}])
def test_database_refuses_a_state_that_is_none(wrong):
    written = letter()

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=written.pk).update(**wrong)
