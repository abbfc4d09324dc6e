"""Letters leave: over one connection, once, whatever the mail server does."""

import smtplib
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from kinolab.foundation.mail import actions, jobs
from kinolab.foundation.mail.domain.lifecycle import ABANDONED_AFTER, LONGEST_TRYING
from kinolab.foundation.mail.models import Letter
from tests.integration.mail.conftest import NOW, letter


def send(minutes: float = 0, **more: Any) -> int:
    return actions.send_due(clock=lambda: NOW + timedelta(minutes=minutes), **more)


def states() -> dict[str, str]:
    return dict(Letter.objects.values_list("key", "state"))


# --- The usual way ---------------------------------------------------------------------------------------------------
def test_letters_when_due_leave_over_one_connection_in_order(post):
    for key in ("a", "b", "c"):
        letter(key)

    assert send() == 3
    assert post.addresses == ["a@example.org", "b@example.org", "c@example.org"]
    assert post.connections == 1
    assert states() == dict.fromkeys("abc", "sent")
    assert send() == 0
    assert len(post.taken) == 3


def test_letter_when_sent_says_who_it_is_from_in_which_language_and_that_no_person_wrote_it(post):
    letter("a", subject="Кошуңуз", body="Салам, «Суу бөлгүч»", language="ky")
    send()

    taken = post.taken[0]
    assert (taken["Subject"], taken["Content-Language"], taken["Auto-Submitted"]) == ("Кошуңуз", "ky", "auto-generated")
    assert taken.get_content().strip() == "Салам, «Суу бөлгүч»"
    assert taken.get_content_type() == "text/plain"


def test_letter_when_not_yet_due_waits(post):
    letter(at=NOW + timedelta(minutes=1))

    assert send() == 0
    assert post.connections == 0
    assert send(minutes=1) == 1


def test_letter_with_a_secret_goes_before_a_thousand_others(post):
    letter("bulk")
    letter("link", body="https://…/?token=s3cret", secret="s3cret", at=NOW + timedelta(seconds=1))

    send(minutes=1, limit=1)
    assert post.addresses == ["link@example.org"]


def test_letter_when_sent_no_longer_holds_its_secret(post):
    written = letter(body="Follow https://lab.example/enter/?token=s3cret\n", secret="s3cret")
    send()

    assert "token=s3cret" in post.taken[0].get_content()
    written.refresh_from_db()
    assert (written.body, written.secret) == ("Follow https://lab.example/enter/?token=…\n", "")


def test_job_sends_until_nothing_is_due(post, monkeypatch):
    for number in range(5):
        letter(f"n{number}")
    real = actions.send_due
    monkeypatch.setattr(actions, "send_due", lambda: real(clock=lambda: NOW, limit=2))

    assert jobs.send_due.call() == 5


# --- The same key, hostile subjects ----------------------------------------------------------------------------------
def test_letter_when_written_twice_is_one():
    assert letter("one", subject="First") == letter("one", subject="Second")
    assert list(Letter.objects.values_list("subject", flat=True)) == ["First"]


def test_subject_when_it_carries_line_breaks_cannot_add_headers(post):
    letter(subject="Hello\r\nBcc: victim@example.org\n\nBody")
    send()

    assert post.taken[0]["Subject"] == "Hello Bcc: victim@example.org Body"
    assert post.taken[0]["Bcc"] is None


def test_address_when_it_cannot_be_written_in_a_header_fails_alone(post):
    letter("bad", to="a@example.org\nBcc: b@example.org")
    letter("good")

    assert send() == 1
    assert states() == {"bad": "failed", "good": "sent"}


# --- A mail server in trouble ----------------------------------------------------------------------------------------
def test_server_when_it_cannot_be_reached_leaves_all_waiting_with_the_reason(settings, post):
    settings.EMAIL_PORT = 1
    letter("a")
    letter("b")

    assert send() == 0
    kept = list(Letter.objects.values_list("state", "attempts", "due_at"))
    assert kept == [("waiting", 1, NOW + timedelta(minutes=1))] * 2
    assert all("refused" in error for error in Letter.objects.values_list("last_error", flat=True))


def test_server_when_it_comes_back_gets_what_was_kept(post, monkeypatch):
    letter("a")
    with monkeypatch.context() as broken:
        broken.setattr(smtplib.SMTP, "connect", _refuse)
        assert send() == 0
        assert send(minutes=1) == 0

    assert send(minutes=2) == 0, "five minutes of rest after the second try"
    assert send(minutes=6) == 1
    assert states() == {"a": "sent"}
    assert Letter.objects.get().last_error == ""


def test_letter_when_tried_in_vain_long_enough_is_given_up_and_can_be_tried_again(post, monkeypatch):
    written = letter("a")
    Letter.objects.update(attempts=LONGEST_TRYING - 1)
    with monkeypatch.context() as broken:
        broken.setattr(smtplib.SMTP, "connect", _refuse)
        send()
    assert states() == {"a": "failed"}

    written.refresh_from_db()
    actions.retry(letter=written, by=None, at=NOW)
    assert send() == 1


@pytest.mark.parametrize(("said", "state"), [("550 no such user", "failed"), ("450 try later", "waiting")])
def test_recipient_when_refused_concerns_that_letter_alone(post, said, state):
    post.answers["bad@example.org"] = said
    letter("bad")
    letter("good")

    assert send() == 1
    assert states() == {"bad": state, "good": "sent"}
    assert said[4:] in Letter.objects.get(key="bad").last_error
    assert post.connections == 1


def test_server_when_it_hangs_up_after_some_letters_is_called_again(post):
    post.hang_up_after = 2
    for key in "abcdef":
        letter(key)

    assert send() == 4, "the letters at which it hung up wait a minute"
    assert [send(minutes=1), send(minutes=2)] == [2, 0]
    assert sorted(post.addresses) == [f"{key}@example.org" for key in "abcdef"]


def test_server_when_it_says_goodbye_at_once_is_left_alone(post):
    post.answers = {f"{key}@example.org": "421 closing" for key in "abc"}
    for key in "abc":
        letter(key)

    assert send() == 0
    assert list(Letter.objects.order_by("key").values_list("attempts", flat=True)) == [1, 0, 0]


def _refuse(*arguments: Any) -> None:
    raise ConnectionRefusedError("Connection refused")


# --- Two processes, slow servers, crashes ----------------------------------------------------------------------------
def test_claim_when_a_process_died_is_taken_over_after_five_minutes(post):
    Letter.objects.filter(pk=letter("a").pk).update(state="sending", claim="dead", claimed_at=NOW)

    assert send(minutes=5) == 0
    assert send(minutes=5.1) == 1
    assert timedelta(minutes=5) == ABANDONED_AFTER


def test_batch_when_the_process_dies_half_way_is_finished_by_the_next(post):
    for key in "abc":
        letter(key)

    class Power(BaseException):
        """Nothing catches it, like a lost power supply."""

    def die_at_the_second() -> None:
        if len(post.taken) == 1:
            raise Power

    real = actions._hand_over
    with pytest.raises(Power):
        _with(actions, "_hand_over", lambda *given: (die_at_the_second(), real(*given))[1], send)
    assert states() == {"a": "sent", "b": "sending", "c": "waiting"}

    assert send() == 1, "the third did not wait for the dead one"
    assert send(minutes=6) == 1
    assert post.addresses == ["a@example.org", "c@example.org", "b@example.org"]


def _with(place: Any, name: str, value: Any, work: Any) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, name, value)
        return work()


def test_slow_server_when_a_batch_takes_an_hour_gets_no_letter_twice(post):
    """Each letter takes four minutes; after each a second process looks for work."""
    for number in range(15):
        letter(f"n{number:02}")
    hours = [NOW]

    def slowly() -> None:
        hours[0] += timedelta(minutes=4)

    post.before_yes = slowly
    real = actions._note

    def note_and_let_another_process_look(*given: Any) -> None:
        real(*given)
        if len(post.taken) == 1:
            actions.send_due(clock=lambda: hours[0], limit=5)

    _with(actions, "_note", note_and_let_another_process_look, lambda: actions.send_due(clock=lambda: hours[0]))

    assert sorted(post.addresses) == [f"n{number:02}@example.org" for number in range(15)]
    assert set(states().values()) == {"sent"}


def test_letter_when_taken_over_meanwhile_is_noted_by_the_one_who_has_it(post, caplog):
    written = letter("a")
    post.before_yes = lambda: None
    real = actions._hand_over

    def so_slow_that_it_is_taken_over(*given: Any) -> Any:
        Letter.objects.filter(pk=written.pk).update(claim="another's")
        return real(*given)

    _with(actions, "_hand_over", so_slow_that_it_is_taken_over, send)

    written.refresh_from_db()
    assert (written.state, written.claim) == ("sending", "another's")
    assert "another process has taken it over" in caplog.text


def test_letter_when_discarded_after_it_was_read_is_not_sent(post):
    first, second = letter("a"), letter("b")
    real = actions._note

    def then_discard(*given: Any) -> None:
        real(*given)
        actions.discard(letter=Letter.objects.get(pk=second.pk), by=None, at=NOW)

    _with(actions, "_note", then_discard, send)

    assert post.addresses == [first.to_email]
    assert states() == {"a": "sent", "b": "discarded"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_letters_when_four_processes_send_at_once_go_once_each(post):
    for number in range(40):
        letter(f"n{number:02}")
    gate = threading.Barrier(4)
    sent: list[int] = []

    def process() -> None:
        gate.wait()
        try:
            sent.append(send())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=process) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(post.addresses) == [f"n{number:02}@example.org" for number in range(40)]
    assert sum(sent) == 40
