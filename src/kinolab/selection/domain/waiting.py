"""The order of the waiting list: whoever stands first gets the first place that falls free."""

from collections.abc import Sequence


def moved(order: Sequence[int], one: int, *, up: bool) -> list[int]:
    """Return the order in which `one` has changed places with its neighbour; at the end of the list nothing moves.

    `one` must stand in the order (ValueError).
    """
    after = list(order)
    place = after.index(one)
    other = place - 1 if up else place + 1
    if 0 <= other < len(after):
        after[place], after[other] = after[other], after[place]
    return after
