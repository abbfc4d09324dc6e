"""Rules of the film, and the balance of its slots."""

import pytest

from kinolab.foundation.refusals import Refusal
from kinolab.production.domain.balance import Balance, Meter, Traits, meters, misfits
from kinolab.production.domain.lifecycle import FilmState
from kinolab.production.domain.rules import outside, why_not_change, why_not_window


def test_rules_when_the_film_is_locked_stand() -> None:
    settled = {state for state in FilmState if why_not_change(state) == Refusal("film_is_settled")}

    assert settled == {FilmState.LOCKED, FilmState.DELIVERED, FilmState.RELEASED}


def test_window_when_turned_round_is_refused_and_may_be_open() -> None:
    assert why_not_window(600, 300) == Refusal("window_turned")
    assert [why_not_window(*one) for one in ((300, 300), (None, 300), (300, None))] == [None, None, None]


@pytest.mark.parametrize(
    ("length", "refusal"),
    [
        (None, None),
        (299, Refusal("too_short_for_film", {"seconds": 1})),
        (300, None),
        (600, None),
        (607, Refusal("too_long_for_film", {"seconds": 7})),
    ],
)
def test_length_when_outside_of_the_window_is_told_by_how_much(length: int | None, refusal: Refusal | None) -> None:
    assert outside(length, 300, 600) == refusal
    assert outside(length, None, None) is None


def test_balance_when_counted_names_what_is_wanted_and_what_is_there() -> None:
    slots = [Traits("1", "drama"), Traits("1", "comedy", "ky"), Traits()]
    segments = [Traits("1", "drama", "ru"), Traits("2", "drama", "ky")]

    found = meters(slots, segments)

    assert [(one.dimension, one.value, one.have, one.wanted, one.state) for one in found] == [
        ("borough", "1", 1, 2, Balance.SHORT),
        ("borough", "2", 1, 0, Balance.OVER),
        ("genre", "comedy", 0, 1, Balance.SHORT),
        ("genre", "drama", 2, 1, Balance.OVER),
        ("language", "ky", 1, 1, Balance.KEPT),
        ("language", "ru", 1, 0, Balance.OVER),
    ]
    assert meters([], []) == []
    assert Meter("genre", "drama", 1, 1).state is Balance.KEPT


def test_segment_when_compared_with_a_slot_differs_only_where_both_say_something() -> None:
    assert misfits(Traits("1", "drama", "ky"), Traits("2", "", "ru")) == ("borough", "language")
    assert misfits(Traits(), Traits("2", "drama", "ru")) == ()
