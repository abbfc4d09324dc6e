"""Where somebody means to put a row who pressed up or down on a page that may be old."""

import pytest

from kinolab.catalogue.domain.order import place_meant, seen_beside


@pytest.mark.parametrize(
    ("order", "by_places", "past", "place"),
    [
        ("abcx", -1, "c", 3),  # nothing has changed
        ("axcb", -1, "c", 2),  # it has passed it already: pressed twice
        ("cabx", -1, "c", 1),  # the other has gone further
        ("nabcx", -1, "c", 4),  # another came before all
        ("xcab", 1, "c", 2),
        ("cxab", 1, "c", 2),
        ("xabc", 1, "c", 4),
        ("abx", -1, "c", 2),  # the other is gone
        ("abx", -1, None, 2),
        ("abx", 0, None, 3),
        ("axb", 1, "x", 3),  # nobody passes themselves
    ],
)
def test_a_row_is_moved_past_the_one_that_was_seen_beside_it(order, by_places, past, place):
    keys = [ord(one) for one in order]

    assert place_meant(keys, ord("x"), by_places, past and ord(past)) == place


def test_what_a_page_says_to_have_shown_is_a_number_or_nothing():
    assert seen_beside({"above": "7", "below": "8"}, up=True) == 7
    assert seen_beside({"above": "7", "below": "8"}, up=False) == 8
    for said in ({}, {"above": "x"}, {"above": "-1"}, {"above": "٣"}, {"above": "9" * 30}):
        assert seen_beside(said, up=True) is None
