import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.selection.domain.waiting import moved


@pytest.mark.parametrize(
    ("order", "one", "up", "after"),
    [
        ([1, 2, 3], 2, True, [2, 1, 3]),
        ([1, 2, 3], 2, False, [1, 3, 2]),
        ([1, 2, 3], 1, True, [1, 2, 3]),
        ([1, 2, 3], 3, False, [1, 2, 3]),
        ([1], 1, True, [1]),
    ],
)
def test_moved_when_asked_changes_places_with_the_neighbour(
    order: list[int], one: int, up: bool, after: list[int]
) -> None:
    assert moved(order, one, up=up) == after


def test_moved_when_it_does_not_wait_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="4"):
        moved([1, 2, 3], 4, up=True)


@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_moved_when_taken_back_is_as_it_was(order: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(order)) if len(order) > 1 else st.just(0))
    one = order[min(place, len(order) - 1)]
    if order.index(one) == 0:
        return

    assert moved(moved(order, one, up=True), one, up=False) == order
