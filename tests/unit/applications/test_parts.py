"""Each person's own part: of whom a question is asked, and a sum that says whether two parts are the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinolab.applications.domain.parts import digest, is_asked


@pytest.mark.parametrize(
    ("asked_of", "role", "asked"),
    [
        ("", "director", False),  # of the team, not of one of them
        ("", "", False),
        ("each", "director", True),
        ("each", "", True),
        ("director", "director", True),
        ("director", "producer", False),
    ],
)
def test_question_is_asked_of_each_or_of_a_role(asked_of: str, role: str, asked: bool) -> None:
    assert is_asked(asked_of, role) is asked


def test_sum_is_that_of_the_written_part() -> None:
    assert digest({"б": [1, None], "a": "Суу"}) == "2e57c068a288102d620fb83e9db7fb6845d413b5099657d0d819dd2a2fd15e5f"


PART = st.dictionaries(
    st.text(max_size=3), st.one_of(st.none(), st.booleans(), st.text(max_size=4), st.lists(st.text(max_size=2), max_size=2)),
    max_size=3,
)  # fmt: skip


@settings(max_examples=30)
@given(PART, PART)
def test_sums_are_the_same_for_the_same_part_in_any_order_and_for_no_other(
    one: dict[str, object], other: dict[str, object]
) -> None:
    assert digest(dict(reversed(one.items()))) == digest(one)
    assert (digest(one) == digest(other)) is (one == other)
