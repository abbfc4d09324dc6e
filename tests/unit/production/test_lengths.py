"""Lengths as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.production.domain.lengths import LONGEST, read, written


@given(st.integers(min_value=1, max_value=LONGEST))
def test_length_when_written_and_read_again_is_the_same(seconds: int) -> None:
    assert read(written(seconds)) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("7:30", 450), (" 07:05 ", 425), ("90:00", 5400), ("1:42:07", 6127), ("8", 480)],
)
def test_length_when_readable_is_read(text: str, seconds: int) -> None:
    assert read(text) == seconds


@pytest.mark.parametrize("text", ["", "7.30", "7:60", "0:00", "-1:00", "٧:٣٠", "25:00:00", "8 min"])
def test_length_when_unreadable_says_so(text: str) -> None:
    assert read(text) == Refusal("length_unreadable", {"text": text})
