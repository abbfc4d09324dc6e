"""Who may be one by their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.catalogue.domain.namesakes import ALONE, Likeness, alike
from kinolab.foundation.search.domain.slips import SHORTEST, one_slip
from kinolab.foundation.search.folding import fold

SAME, FEWER, SLIP = Likeness


def folded(name: str) -> str:
    return " ".join(sorted(fold(name).split()))


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Айгүл Сатыбалдиева", "Сатыбалдиева Айгүл", SAME),
        ("Елена Ким", "Yelena Kim", SAME),
        ("Жаңыл Асанова", "Janyl Asanova", SAME),
        ("Чингиз Торекулович Айтматов", "Chingiz Aitmatov", FEWER),
        ("Мээрим Асанова", "Асанова Мээрим Бакытовна", FEWER),
        ("Мээрим Асанова", "Мээрим Асанва", SLIP),
        ("Мээрим Асанова", "Meerim Asanvoa", SLIP),
        ("Қыдыр Асанов", "Кадыр Асанов", SLIP),
        ("Бекзат Асанов", "Азат Асанов", None),  # two slips
        ("Мээрим Асанова", "Мээрим Бекова", None),
        ("Асан Ким", "Асан Кин", None),  # a short word has too many neighbours
        ("jeltoksan", "jeltoksn", SLIP),
        ("Салам", "Салат", None),
        ("Асанов Бек", "Асанов", None),
    ],
)
def test_names_are_alike(one, other, likeness):
    assert alike([(2, folded(one)), (1, folded(other))]) == ({} if likeness is None else {(1, 2): likeness})


def test_somebody_with_several_names_is_met_by_the_nearest_and_never_by_themselves():
    names = [(1, "aida asanova"), (1, "aida asanva"), (2, "aida asanova"), (3, "aida asanova bek"), (4, "aida asamova")]

    assert alike(names) == {(1, 2): SAME, (1, 3): FEWER, (2, 3): FEWER, (1, 4): SLIP, (2, 4): SLIP}
    assert list(alike(names).values()) == [SAME, FEWER, FEWER, SLIP, SLIP]


words = st.text("ab", min_size=3, max_size=7)


@given(st.lists(st.lists(words, min_size=1, max_size=3), max_size=12))
def test_blocks_find_what_comparing_all_with_all_finds(names):
    plain = [" ".join(sorted(one)) for one in names]

    def slip(one: str, other: str) -> bool:
        mine, theirs = one.split(), other.split()
        return any(
            mine[:a] + mine[a + 1 :] == theirs[:b] + theirs[b + 1 :]
            and min(len(mine[a]), len(theirs[b])) >= (SHORTEST if len(mine) > 1 else ALONE)
            and one_slip(mine[a], theirs[b])
            for a in range(len(mine))
            for b in range(len(theirs))
        )

    found = {pair for pair, likeness in alike(enumerate(plain)).items() if likeness is SLIP}
    expected = {
        (a, b) for b in range(len(plain)) for a in range(b) if plain[a] != plain[b] and slip(plain[a], plain[b])
    }
    assert found == expected
