"""What changed between two versions, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.applications.domain.versions import Change, changes
from kinolab.foundation.comparing import MOST_WORDS, Piece, compared

SAME, GONE, NEW = Piece.SAME, Piece.GONE, Piece.NEW


@pytest.mark.parametrize(
    "before, after, pieces",
    [
        ("", "", ()),
        ("Кыз суу бөлөт.", "Кыз суу бөлөт.", ((SAME, "Кыз суу бөлөт."),)),
        ("", "Кыз", ((NEW, "Кыз"),)),
        ("Кыз", "", ((GONE, "Кыз"),)),
        ("Кыз суу бөлөт", "Кыз түнкүсүн суу бөлөт", ((SAME, "Кыз"), (NEW, " түнкүсүн"), (SAME, " суу бөлөт"))),
        ("ал келди", "ал кетти", ((SAME, "ал "), (GONE, "келди"), (NEW, "кетти"))),
        (
            "ал кечээ келди.",
            "ал бүгүн кетти.",
            ((SAME, "ал "), (GONE, "кечээ келди"), (NEW, "бүгүн кетти"), (SAME, ".")),
        ),
        ("Суу, туз", "Суу; туз", ((SAME, "Суу"), (GONE, ","), (NEW, ";"), (SAME, " туз"))),
        ("oʻzim-dan", "oʻzim-da", ((GONE, "oʻzim-dan"), (NEW, "oʻzim-da"))),
        ("и\u0306од", "йод", ((GONE, "и\u0306од"), (NEW, "йод"))),
        ("水流过", "水走过", ((SAME, "水"), (GONE, "流"), (NEW, "走"), (SAME, "过"))),
        ("น้ำไหล", "น้าไหล", ((SAME, "น้"), (GONE, "ำ"), (NEW, "า"), (SAME, "ไหล"))),
        ("مرحبا يا عالم", "مرحبا يا قمر", ((SAME, "مرحبا يا "), (GONE, "عالم"), (NEW, "قمر"))),
        ("नमस्ते दुनिया", "नमस्ते मित्र", ((SAME, "नमस्ते "), (GONE, "दुनिया"), (NEW, "मित्र"))),
        ("a 👩‍🚀 b", "a 👩‍🎨 b", ((SAME, "a 👩‍"), (GONE, "🚀"), (NEW, "🎨"), (SAME, " b"))),
    ],
)
def test_words_that_stayed_went_and_came(before, after, pieces):
    assert compared(before, after) == pieces


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_from_the_pieces(before, after):
    pieces = compared(before, after)

    assert "".join(text for piece, text in pieces if piece is not NEW) == before
    assert "".join(text for piece, text in pieces if piece is not GONE) == after


def test_very_long_texts_stand_whole():
    long = "суу " * MOST_WORDS

    assert [piece for piece, _text in compared(long, long + "!")] == [GONE, NEW]


def test_changes_are_the_answers_that_differ_the_gone_last():
    before = {"title": ["Суу"], "logline": ["Бир"], "old": ["Эски"]}
    after = {"new": ["Жаңы"], "title": ["Суу"], "logline": ["Эки"]}

    assert changes(before, after) == [
        Change("new", (), ("Жаңы",)), Change("logline", ("Бир",), ("Эки",)), Change("old", ("Эски",), ()),
    ]  # fmt: skip


def test_change_says_both_texts_in_one():
    change = Change("logline", ("one", "two"), ("one", "three"))

    assert change.pieces == compared("one\ntwo", "one\nthree")
