import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.catalogue.domain.identifiers import Scheme, address, check_character, why_not, written
from kinolab.foundation.refusals import Refusal

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        (Scheme.EIDR, "10.5240/7791-8534-2C23-9030-8610-5"),
        (Scheme.EIDR, " 10.5240/ea73-79d7-1b2b-b378-3a73-m "),
        (Scheme.ISAN, "0000-0000-D07A-0090-Q"),
        (Scheme.ISAN, "ISAN 0000-0000-D07A-0090-Q-0000-0000-X"),
        (Scheme.IMDB, "TT0401711"),
        (Scheme.WIKIDATA, "q42"),
    ],
)
def test_identifier_that_a_register_gave_is_taken(scheme, value) -> None:
    assert why_not(scheme, value) is None


@pytest.mark.parametrize(
    ("scheme", "value", "code"),
    [
        (Scheme.EIDR, "10.5240/7791-8534-2C23-9030-8610-6", "identifier_check"),
        (Scheme.EIDR, "10.5240/7791-8534-2C23-9030-8601-5", "identifier_check"),
        (Scheme.EIDR, "10.5239/7791-8534-2C23-9030-8610-5", "identifier_shape"),
        (Scheme.ISAN, "0000-0000-D07A-0090-R", "identifier_check"),
        (Scheme.ISAN, "0000-0000-D07A-0090-Q-0000-0000-Y", "identifier_check"),
        (Scheme.ISAN, "0000-0000-D07A", "identifier_shape"),
        (Scheme.IMDB, "nm0401711", "identifier_shape"),
        (Scheme.WIKIDATA, "Q0", "identifier_shape"),
        (Scheme.WIKIDATA, "Q١", "identifier_shape"),
    ],
)
def test_identifier_with_another_shape_or_check_character_is_refused(scheme, value, code) -> None:
    assert why_not(scheme, value) == Refusal(code, {"value": value})


@given(st.text(LETTERS, min_size=1, max_size=24), st.data())
def test_one_wrong_character_is_always_found(plain, data) -> None:
    whole = plain + check_character(plain)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from([one for one in LETTERS if one != whole[place]]))
    wrong = whole[:place] + other + whole[place + 1 :]

    assert check_character(wrong[:-1]) != wrong[-1]


def test_identifier_leads_to_its_register_where_that_has_pages() -> None:
    value = written(Scheme.IMDB, " TT0401711")

    assert address(Scheme.IMDB, value) == "https://www.imdb.com/title/tt0401711/"
    assert address(Scheme.ISAN, "0000-0000-D07A-0090-Q") == ""
