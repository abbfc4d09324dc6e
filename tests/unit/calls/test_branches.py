"""Conditions within conditions on a page: read from one line, and changed by its buttons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.calls.domain.branches import DEEPEST, MOST, Branch, changed, read, row

NESTED = "g0[p0 g1[p1 p2] p3]"


def test_read_when_groups_stand_in_groups_finds_each_in_its_place() -> None:
    assert read(NESTED) == Branch(0, (0, Branch(1, (1, 2)), 3))
    assert str(read(NESTED)) == NESTED
    assert read("g0[p0 p1]") == row(2)


@pytest.mark.parametrize(
    "line",
    [
        "", "p0", "g0[", "g0[]", "g0[p0", "g0[p0]]", "g0[p0] p1", "g1[p0]", "g0[p0 p0]", "g0[p0 g0[p1]]", "g0[p0 x]",
        "g0[g1[g2[g3[p0]]]]", f"g0[{' '.join(f'p{one}' for one in range(MOST + 1))}]", "]",
    ],
)  # fmt: skip
def test_read_when_a_line_makes_no_sense_says_none(line: str) -> None:
    assert read(line) is None


@pytest.mark.parametrize(
    ("button", "line"),
    [
        ("more:g0", "g0[p0 g1[p1 p2] p3 p4]"),
        ("more:g1", "g0[p0 g1[p1 p2 p4] p3]"),
        ("group:g0", "g0[p0 g1[p1 p2] p3 g2[p4 p5]]"),
        ("group:g1", "g0[p0 g1[p1 p2 g2[p4 p5]] p3]"),
        ("away:p1", "g0[p0 g1[p2] p3]"),
        ("away:g1", "g0[p0 p3]"),
        ("away:p9", NESTED),
        ("away:g0", NESTED),
        ("all", NESTED),
    ],
)
def test_changed_after_a_button(button: str, line: str) -> None:
    whole = read(NESTED)
    assert whole is not None
    assert str(changed(whole, button)) == line


def test_changed_when_a_group_is_emptied_takes_it_away() -> None:
    whole = read("g0[p0 g1[p1]]")
    assert whole is not None
    assert str(changed(whole, "away:p1")) == "g0[p0]"
    assert changed(row(1), "away:p0") == row(1)


BUTTONS = st.lists(
    st.builds("{}:{}{}".format, st.sampled_from(["more", "group", "away"]), st.sampled_from("gp"), st.integers(0, 6)),
    max_size=40,
)


@given(BUTTONS)
def test_changed_by_any_buttons_can_be_written_and_read_again(buttons: list[str]) -> None:
    whole = row(1)
    for button in buttons:
        whole = changed(whole, button)

    assert read(str(whole)) == whole
    assert len(whole.leaves) <= MOST
    assert whole.deep <= DEEPEST
