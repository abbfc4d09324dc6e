"""What later rooms tell of applications: that they are being read, and what was announced. Nothing else comes down."""

from collections.abc import Callable, Collection, Mapping

from kinolab.applications.domain.lifecycle import LadderStep

Way = Callable[[Collection[int]], Mapping[int, LadderStep]]
_ways: list[Way] = []


def register_way(way: Way) -> None:
    """Let a later room tell which applications are being read, or what was announced. Called once, from its `ready`."""
    if way not in _ways:
        _ways.append(way)


def later_steps(applications: Collection[int]) -> list[Mapping[int, LadderStep]]:
    """What the later rooms tell of these applications: one mapping a room, one query each."""
    return [way(applications) for way in _ways]
