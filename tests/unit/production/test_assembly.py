import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.production.domain.assembly import (
    Fit,
    Oddity,
    Piece,
    Ready,
    meter,
    missing,
    moved,
    oddities,
    strip,
    why_not_lock,
    why_not_order,
)
from kinolab.production.domain.terms import SegmentKind as Kind

ORDERS = st.lists(st.integers(0, 99), min_size=1, max_size=12, unique=True)
LENGTHS = st.none() | st.integers(0, 7200)


@pytest.mark.parametrize(
    ("key", "place", "after"),
    [
        (1, 1, (1, 2, 3, 4)),
        (1, 2, (2, 1, 3, 4)),
        (1, 4, (2, 3, 4, 1)),
        (4, 1, (4, 1, 2, 3)),
        (3, 0, (3, 1, 2, 4)),
        (2, 99, (1, 3, 4, 2)),
        (7, 2, (1, 7, 2, 3, 4)),
    ],
)
def test_piece_moves_to_the_place_it_is_given(key, place, after) -> None:
    assert moved((1, 2, 3, 4), key, place) == after


@given(ORDERS, st.data())
def test_move_keeps_every_other_piece_in_its_order_and_can_be_taken_back(order, data) -> None:
    key, place = data.draw(st.sampled_from(order)), data.draw(st.integers(-3, 15))

    after = moved(order, key, place)

    assert [one for one in after if one != key] == [one for one in order if one != key]
    assert moved(after, key, order.index(key) + 1) == tuple(order)
    assert after.index(key) + 1 == min(max(place, 1), len(order))


@pytest.mark.parametrize(
    ("order", "seen", "key", "code"),
    [
        ((1, 2), (1, 2), 1, None),
        ((1, 2), (1, 2), None, None),
        ((2, 1), (1, 2), 1, "assembly_changed"),
        ((1, 2, 3), (1, 2), 1, "assembly_changed"),
        ((1,), (1, 2), 2, "assembly_changed"),
        ((1, 2), (1, 2), 3, "not_in_assembly"),
    ],
)
def test_order_changes_only_for_who_saw_it_as_it_is(order, seen, key, code) -> None:
    refusal = why_not_order(order, seen, key)

    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("lengths", "aim", "fit"),
    [
        ((540, 600), None, Fit.NO_AIM),
        ((540, 600), 1140, Fit.FITS),
        ((540, 660), 1140, Fit.FITS),
        ((540, 540), 1140, Fit.FITS),
        ((540, 661), 1140, Fit.LONG),
        ((540, 539), 1140, Fit.SHORT),
        ((540, None), 1140, Fit.UNKNOWN),
        ((1201, None), 1140, Fit.LONG),
        ((), 1140, Fit.SHORT),
    ],
)
def test_meter_says_how_the_film_stands_to_its_aim(lengths, aim, fit) -> None:
    pieces = [Piece(number, length=length) for number, length in enumerate(lengths)]

    assert meter(pieces, aim, 60).fit is fit


@given(st.lists(LENGTHS), st.none() | st.integers(1, 9000), st.integers(0, 600))
def test_meter_counts_every_piece_once(lengths, aim, tolerance) -> None:
    found = meter([Piece(number, length=one) for number, one in enumerate(lengths)], aim, tolerance)

    assert (found.known, found.unknown) == (sum(one or 0 for one in lengths), lengths.count(None))
    assert found.off == (abs(found.known - aim) if aim is not None else 0)


S, T, B, O, C = Kind.STORY, Kind.TRANSITION, Kind.BRIDGE, Kind.OPENING, Kind.CLOSING  # noqa: E741


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ((), ()),
        ((O, S, T, S, B, S, C), ()),
        ((S, O, S), ((1, Oddity.OPENING_NOT_FIRST),)),
        ((S, C, S), ((1, Oddity.CLOSING_NOT_LAST),)),
        ((T, S), ((0, Oddity.JOINS_NOTHING),)),
        ((S, B), ((1, Oddity.JOINS_NOTHING),)),
        ((S, T, B, S), ((2, Oddity.JOINS_TWICE),)),
    ],
)
def test_order_that_looks_like_a_slip_is_pointed_out(kinds, found) -> None:
    assert oddities([Piece(number, kind) for number, kind in enumerate(kinds)]) == found


@given(st.lists(LENGTHS, max_size=40), st.none() | st.integers(1, 9000), st.integers(0, 600))
def test_strip_is_to_scale_and_without_gaps(lengths, aim, tolerance) -> None:
    found = strip([Piece(number, length=one) for number, one in enumerate(lengths)], aim, tolerance)

    shares, starts = [one.share for one in found.pieces], [one.at for one in found.pieces]
    assert starts == pytest.approx([sum(shares[:number]) for number in range(len(shares))], abs=1e-6)
    assert sum(shares) <= 100 + 1e-6
    scale = [one.share / one.piece.length for one in found.pieces if one.piece.length]
    scale += [found.aim / aim] if aim else []
    assert scale == pytest.approx(scale[:1] * len(scale))
    assert (found.aim is None) == (aim is None)
    assert found.aim is None or 0 <= found.least <= found.aim <= found.most <= 100 + 1e-6


def test_strip_says_where_a_piece_begins_until_a_length_is_not_known() -> None:
    found = strip([Piece(1, length=300), Piece(2, length=60), Piece(3), Piece(4, length=60)], 600, 0)

    assert [one.begins for one in found.pieces] == [0, 300, 360, None]
    assert [round(one.share) for one in found.pieces] == [50, 10, 23, 10]


WHOLE = Ready(1, 540, picture_locked=True, agreement_needed=True, agreement_signed=True, directors=1)


@pytest.mark.parametrize(
    ("pieces", "untold", "undecided", "codes", "reason"),
    [
        ([WHOLE], (), (), [], None),
        ([], (), (), [("assembly_empty", None)], Refusal("lock_lacks", {"count": 1})),
        ([WHOLE], (5,), (6,), [("cut_untold", 5), ("segment_undecided", 6)], Refusal("notices_not_sent", {"count": 1})),
        ([WHOLE], (), (6,), [("segment_undecided", 6)], Refusal("lock_lacks", {"count": 1})),
        (
            [Ready(1, None, picture_locked=False, agreement_needed=True, agreement_signed=False, directors=0)],
            (),
            (),
            [("length_unknown", 1), ("picture_open", 1), ("agreement_unsigned", 1), ("director_missing", 1)],
            Refusal("lock_lacks", {"count": 4}),
        ),
        (
            [Ready(2, 0, picture_locked=True, agreement_needed=False, agreement_signed=False, directors=2)],
            (),
            (),
            [],
            None,
        ),
    ],
)
def test_lock_waits_for_everything_that_is_missing(pieces, untold, undecided, codes, reason) -> None:
    found = missing(pieces, untold=untold, undecided=undecided)

    assert [(one.code, one.facts.get("segment")) for one in found] == codes
    assert why_not_lock(found) == reason
