from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from kinolab.foundation.refusals import Refusal
from kinolab.production.domain.cutting import Notice, Said, Told, notice, why_not_cut, why_not_public, why_not_take_back
from kinolab.production.domain.lifecycle import SegmentState
from kinolab.production.domain.terms import CutReason

TODAY = date(2026, 11, 26)
SAID = Said("A", "B", CutReason.LENGTH, TODAY, "With thanks to", True)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, None),
        ({"proposer": " "}, "cut_without_proposer"),
        ({"decider": ""}, "cut_without_decider"),
        ({"decider": "A"}, None),
        ({"reason": None}, "cut_without_reason"),
        ({"on": None}, "cut_without_date"),
        ({"on": date(2026, 11, 27)}, "cut_in_future"),
        ({"wording": " "}, "cut_without_wording"),
        ({"rights_returned": None}, "cut_without_rights"),
        ({"rights_returned": False}, "rights_kept_unexplained"),
        ({"rights_returned": False, "rights_note": "Until 2028"}, None),
    ],
)
def test_cut_says_who_why_when_and_what_becomes_of_the_rights(said, code) -> None:
    refusal = why_not_cut(replace(SAID, **said), TODAY)

    assert (refusal.code if refusal else None) == code


def test_segment_goes_back_to_where_it_was_dropped_from_and_nowhere_else() -> None:
    stands = SegmentState
    found = {pair for pair in product(stands, stands) if why_not_take_back(*pair) is None}

    assert found == set(
        product(
            (stands.SELECTED, stands.CONTRACTED, stands.SHOOTING, stands.ROUGH, stands.LOCKED),
            (stands.DROPPED, stands.STANDALONE_ONLY),
        )
    )


EVERYBODY = [Told(*given) for given in product((True, False), repeat=4)]


def test_only_who_does_not_know_and_cannot_be_written_to_is_called() -> None:
    for one in EVERYBODY:
        assert one.knows == (one.letter_left or one.by_hand)
        assert one.needs_hand == (not one.knows and (one.letter_failed or not one.reachable))


def test_notice_is_sent_exactly_when_everybody_knows() -> None:
    for people in product(EVERYBODY, repeat=2):
        for asked in (True, False):
            found = notice(people, asked=asked)
            assert (found is Notice.SENT) == all(one.knows for one in people)
            assert (found is Notice.BY_HAND) == (
                not all(one.knows for one in people) and all(one.knows or one.needs_hand for one in people)
            )
            assert found is not (Notice.UNSENT if asked else Notice.ON_ITS_WAY)
    assert notice([], asked=True) is Notice.NOBODY


@pytest.mark.parametrize("one", Notice)
def test_nothing_is_public_before_everybody_knows(one) -> None:
    expected = None if one is Notice.SENT else Refusal("notices_not_sent", {"count": 1})

    assert why_not_public([Notice.SENT, one]) == expected
    assert why_not_public([]) is None
