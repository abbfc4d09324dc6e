"""What is news of a link, and when it is asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.applications.domain.links import BAD, LinkState, Seen, address_of, is_broken, is_news, next_at

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
LETTERS = {
    "o": LinkState.OPENS, "w": LinkState.OPENS_WITH_PASSWORD, "a": LinkState.ASKS_PASSWORD, "x": LinkState.WRONG_PASSWORD,
    "g": LinkState.GONE, "s": LinkState.SILENT, "u": LinkState.UNKNOWN,
}  # fmt: skip


def history(said: str, *, password: bool = False) -> list[Seen]:
    """`og!` opened, then was gone, and that was told."""
    seen: list[Seen] = []
    for letter in said:
        if letter == "!":
            last = seen[-1]
            seen[-1] = Seen(last.state, last.at, last.had_password, told=True)
        else:
            seen.append(Seen(LETTERS[letter], NOON + timedelta(days=len(seen)), password))
    return seen


@pytest.mark.parametrize(
    "said, password, broken, news",
    [
        ("", False, False, False),
        ("o", False, False, False),
        ("g", False, True, True),  # never worked
        ("og", False, True, True),
        ("og!", False, True, False),  # once
        ("og!g", False, True, False),
        ("og!gs", False, False, False),
        ("og!o", False, False, False),
        ("og!og", False, True, True),  # it worked meanwhile
        ("g!ug", False, True, False),  # whether it worked meanwhile nobody knows
        ("x", True, True, True),
        ("wx", True, True, True),
        ("a", False, True, True),  # nobody gave a password
        ("a", True, False, False),  # one was given, only we could not try it
        ("s", False, False, False),
        ("ss", False, False, False),
        ("sss", False, True, True),
        ("oss", False, False, False),
        ("osss", False, True, True),
        ("osss!s", False, True, False),
        ("usu", False, False, False),
    ],
)
def test_team_is_told_once_when_its_link_stops(said, password, broken, news):
    seen = history(said, password=password)
    assert (is_broken(seen), is_news(seen)) == (broken, news)


@given(st.lists(st.sampled_from("owaxgsu"), max_size=40), st.booleans())
def test_nobody_is_told_twice_unless_it_worked_between(said, password):
    seen: list[Seen] = []
    told_since_it_worked = False
    for letter in said:
        seen += history(letter, password=password)
        if letter in "ow":
            told_since_it_worked = False
        if is_news(seen):
            assert not told_since_it_worked
            told_since_it_worked = True
            last = seen.pop()
            seen.append(Seen(last.state, last.at, last.had_password, told=True))
        if seen[-1].state in BAD:
            assert told_since_it_worked  # and what is certainly broken is always told


@pytest.mark.parametrize(
    "said, hours", [("", None), ("o", 24), ("g", 24), ("s", 3), ("os", 24 + 3), ("so", 24 + 24), ("u", 24)]
)
def test_link_is_asked_once_a_day_and_sooner_when_it_was_silent(said, hours):
    assert next_at(history(said)) == (None if hours is None else NOON + timedelta(hours=hours))


@pytest.mark.parametrize(
    "value, found",
    [
        ("https://vimeo.com/1 ", ("https://vimeo.com/1", "")),
        ({"url": " https://vimeo.com/1", "password": " kino "}, ("https://vimeo.com/1", "kino")),
        ({"url": None}, ("", "")),
        ({}, ("", "")),
        ("", ("", "")),
        (None, ("", "")),
        ([], ("", "")),
    ],
)
def test_address_and_password_of_any_answer(value, found):
    assert address_of(value) == found
