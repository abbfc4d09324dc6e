"""Where bars lie that must not touch, and how an arrow leads from one to the other. Pure geometry, y downwards."""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def end(self) -> float:
        """Its right edge."""
        return self.x + self.wide

    @property
    def middle(self) -> float:
        """Half its height."""
        return self.y + self.high / 2


def pack(extents: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """The lane of each extent: the first in which it stands clear of all that is there. Order is kept."""
    there: list[list[tuple[float, float]]] = []
    found = []
    for start, end in extents:
        clear = (
            lane
            for lane, others in enumerate(there)
            if all(start >= after + gap or end + gap <= before for before, after in others)
        )
        lane = next(clear, len(there))
        if lane == len(there):
            there.append([])
        there[lane].append((start, end))
        found.append(lane)
    return found


def tops(lanes: Sequence[int], heights: Sequence[float], gap: float) -> tuple[list[float], float]:
    """The upper edge of each thing in its lane, and how high all lanes are; a lane is as high as its highest."""
    high = [0.0] * (max(lanes, default=-1) + 1)
    for lane, height in zip(lanes, heights, strict=True):
        high[lane] = max(high[lane], height)
    starts, at = [], 0.0
    for one in high:
        starts.append(at)
        at += one + gap
    return [starts[lane] for lane in lanes], max(0.0, at - gap)


def route(before: Box, after: Box, *, inset: float = 5.0, clear: float = 9.0) -> list[Point]:
    """The way of an arrow from the end of one bar to the beginning of the other, straight lines and right angles.

    Where the later bar begins early (or dates contradict the order), the arrow comes in from above or below.
    """
    x = max(before.x, before.end - inset)
    if after.x >= x + clear:
        if abs(after.middle - before.middle) < 1:  # words may stand between them: the way leads below
            low, into = max(before.y + before.high, after.y + after.high), min(after.x + inset, after.end)
            return [(x, before.y + before.high), (x, low + clear), (into, low + clear), (into, after.y + after.high)]
        leaves = before.y + before.high if after.middle > before.middle else before.y
        return [(x, leaves), (x, after.middle), (after.x, after.middle)]
    down = after.middle >= before.middle
    leaves = before.y + before.high if down else before.y
    enters = after.y if down else after.y + after.high
    into = min(after.x + inset, after.end)
    if abs(into - x) < 1:
        return [(x, leaves), (x, enters)]
    between = (leaves + enters) / 2
    return [(x, leaves), (x, between), (into, between), (into, enters)]
