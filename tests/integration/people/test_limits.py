"""So many tries and no more, for each account and each real client."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people import limits
from tests.integration.people.conftest import NOW, PASSWORD, ask_link, person, press
from tests.kit import client_of


def ask(number: int, client: str = "198.51.100.7") -> Any:
    return client_of().post("/en/sign-in/", {"email": f"a{number}@example.org"}, REMOTE_ADDR=client)


def guess(email: str = "meerim@example.org", client: str = "198.51.100.7", password: str = "wrong words") -> int:
    given = {"email": email, "password": password}
    return client_of().post("/en/sign-in/password/", given, REMOTE_ADDR=client).status_code


# --- Links -----------------------------------------------------------------------------------------------------------
def test_mailbox_gets_six_links_in_a_quarter_of_an_hour_and_thirty_in_a_day(now):
    answers = []
    for number in range(7):
        now.shift(1)
        answers.append(ask(1, f"203.0.113.{number}").status_code)
    assert answers == [200] * 6 + [429]
    assert Letter.objects.count() == 6

    for quarter in range(1, 8):
        now.move_to(NOW + timedelta(minutes=16 * quarter))
        [(now.shift(1), ask(1)) for _ in range(6)]
    assert Letter.objects.count() == 30
    assert b"Too many tries today" in ask(1).content
    now.move_to(NOW + timedelta(days=1, minutes=1))
    assert ask(1).status_code == 200


def test_refusal_says_how_long_to_wait_and_is_the_same_for_known_and_unknown():
    person("A1")
    for number in (1, 2):
        [ask(number) for _ in range(6)]

    told = [ask(number) for number in (1, 2)]
    assert [response.status_code for response in told] == [429, 429]
    assert b"Wait 15 minutes" in told[0].content
    pages = [re.sub(r'value="[^"]*"', "", response.content.decode()) for response in told]
    assert pages[0] == pages[1]


def test_two_hundred_applicants_behind_one_address_are_let_in():
    """Each asks for two links and mistypes a password once; the last of them by page."""
    tries = ("link", "link", "password")
    for number in range(199):
        assert [limits.why_not_try(what, f"a{number}@example.org", "198.51.100.7") for what in tries] == [None] * 3

    assert [ask(199).status_code, ask(199).status_code, guess("a199@example.org")] == [200, 200, 422]


# --- Passwords -------------------------------------------------------------------------------------------------------
def test_guesses_at_one_account_from_one_place_are_eight():
    person(password=PASSWORD)

    assert [guess() for _ in range(9)] == [422] * 8 + [429]
    assert guess(password=PASSWORD) == 429


def test_guesses_elsewhere_do_not_shut_the_owner_out():
    person(password=PASSWORD)
    [guess(client="203.0.113.9") for _ in range(20)]

    assert guess(password=PASSWORD, client="198.51.100.7") == 302


def test_guesses_from_everywhere_at_one_account_are_forty():
    person(password=PASSWORD)
    answers = [guess(client=f"203.0.113.{number}") for number in range(41)]

    assert answers == [422] * 40 + [429]


def test_right_passwords_are_not_counted():
    person(password=PASSWORD)

    assert {guess(password=PASSWORD) for _ in range(20)} == {302}


def test_link_is_open_to_whom_guesses_shut_out(client):
    person(password=PASSWORD)
    [guess() for _ in range(9)]

    assert press(client, ask_link(client=client_of())).status_code == 302


def test_time_over_begins_anew(now):
    person(password=PASSWORD)
    [guess() for _ in range(9)]
    now.move_to(NOW + timedelta(minutes=15, seconds=1))

    assert guess() == 422


def test_counter_that_runs_out_between_two_lines_begins_anew(monkeypatch):
    counters = caches["limits"]
    real, calls = type(counters).incr, []

    def runs_out_the_first_time(self: Any, key: str, *given: Any) -> int:
        calls.append(key)
        if len(calls) == 1:
            self.delete(key)
        return real(self, key, *given)

    monkeypatch.setattr(type(counters), "incr", runs_out_the_first_time)

    assert limits.why_not_try("password", "a@example.org", "198.51.100.7") is None
    assert len(calls) == 4


def test_counters_are_not_pushed_out_by_making_others():
    [limits.why_not_try("password", "meerim@example.org", "198.51.100.7") for _ in range(8)]
    for number in range(2_000):
        limits.why_not_try("link", f"a{number}@example.org", f"203.0.113.{number % 250}")

    assert limits.why_not_try("password", "meerim@example.org", "198.51.100.7").code == "too_many_tries"


# --- Who the client is -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.1", "127.0.0.1"),  # nobody in front of us: the header is the client's own invention
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "6.6.6.6, 203.0.113.1", "203.0.113.1"),
        (2, "6.6.6.6, 203.0.113.1, 10.0.0.1", "203.0.113.1"),
        (2, "203.0.113.1", "127.0.0.1"),  # shorter than it must be: it did not come through our proxies
        (1, "", "127.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "unknown", "unknown"),
    ],
)
def test_client_is_the_nth_from_the_right_behind_n_proxies(settings, proxies, forwarded, seen):
    settings.KINOLAB_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert limits.client_of(RequestFactory().get("/", headers=headers)) == seen


def test_client_who_changes_the_low_half_of_its_address_is_the_same():
    one, other = (RequestFactory().get("/", REMOTE_ADDR=f"2001:db8::{end}") for end in ("1", "ffff:2"))

    assert limits.client_of(one) == limits.client_of(other) == "2001:db8::/64"
