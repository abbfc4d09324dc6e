import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.lines import normalise
from kinolab.foundation.questions.domain.counting import TEXT_UNITS, Unit, count, is_blank

VECTORS = json.loads((Path(__file__).parents[1] / "counting_vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_count_when_given_a_shared_vector_agrees(vector: dict[str, object]) -> None:
    counted = {unit.value: count(str(vector["text"]), unit) for unit in sorted(TEXT_UNITS)}

    assert counted == {unit.value: vector[unit.value] for unit in sorted(TEXT_UNITS)}


@pytest.mark.parametrize("unit", sorted(set(Unit) - TEXT_UNITS))
def test_count_when_the_unit_does_not_measure_text_is_a_mistake(unit: Unit) -> None:
    with pytest.raises(ValueError, match="does not measure text"):
        count("a", unit)


@given(st.text())
def test_count_when_line_breaks_travel_as_crlf_stays_the_same(text: str) -> None:
    plain = normalise(text)

    assert normalise(plain) == plain
    assert [count(plain.replace("\n", "\r\n"), unit) for unit in sorted(TEXT_UNITS)] == [
        count(text, unit) for unit in sorted(TEXT_UNITS)
    ]


@given(st.text(), st.text())
def test_count_when_texts_are_joined_by_a_space_adds_up(left: str, right: str) -> None:
    joined = f"{left} {right}"

    assert count(joined, Unit.WORDS) == count(left, Unit.WORDS) + count(right, Unit.WORDS)
    assert count(joined, Unit.CHARS_NO_SPACES) == count(left, Unit.CHARS_NO_SPACES) + count(right, Unit.CHARS_NO_SPACES)
    assert count(joined, Unit.CHARS) == count(left, Unit.CHARS) + count(right, Unit.CHARS) + 1


@given(st.text())
def test_is_blank_when_no_characters_besides_spaces_is_true(text: str) -> None:
    assert is_blank(text) == (count(text, Unit.CHARS_NO_SPACES) == 0)
