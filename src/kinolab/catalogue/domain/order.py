"""Rows in an order, and where somebody means to put one of them."""

from collections.abc import Mapping, Sequence


def place_meant(order: Sequence[int], row: int, by_places: int, past: int | None = None) -> int:
    """Return the place (1 is the first) that is meant by moving a row up (negative) or down.

    `past` is the row that stood beside it on the page: it is moved past that one, wherever both stand by now, and stays
    where it has passed it already. Without one, or where that is gone, it is moved from where it stands.
    """
    now = order.index(row) + 1
    if past is None or past == row or past not in order:
        return now + by_places
    beside = order.index(past) + 1
    return min(now, beside) if by_places < 0 else max(now, beside)


def seen_beside(sent: Mapping[str, str], *, up: bool) -> int | None:
    """Return the row that a page says to have shown above (or below) the one that is moved; None where it says none."""
    said = sent.get("above" if up else "below", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < len(str(2**63)) else None
