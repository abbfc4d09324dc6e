"""Long words break between syllables, and only long ones."""

import pytest

from kinolab.foundation.ui.breaking import HELD, SOFT, breakable


@pytest.mark.parametrize(
    "word, broken",
    [
        ("катышуучуларынын", "ка-ты-шуу-чу-ла-ры-нын"),
        ("«Лабораториялардын»", "«Ла-бо-ра-то-рия-лар-дын»"),
        ("объективность", "объек-тив-ность"),
        ("Құттықтаймыз", "Құттықтаймыз"),  # twelve letters stand whole on any phone
        ("internationalisation", "internationalisation"),
    ],
)
def test_long_word_may_break_between_its_syllables(word, broken):
    assert breakable(word).replace(SOFT, "-") == broken


def test_a_word_of_one_letter_stays_with_the_next():
    assert breakable("Almaty, I love you") == f"Almaty, I{HELD}love you"
    assert breakable("Алматы, я люблю тебя!") == f"Алматы, я{HELD}люблю тебя!"
