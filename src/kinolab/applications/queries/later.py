"""What later rooms tell of applications: that they are read, what was announced, what binds them. Nothing else comes down."""

from collections.abc import Callable, Collection, Mapping

from kinolab.applications.domain.lifecycle import LadderStep

Way = Callable[[Collection[int]], Mapping[int, LadderStep]]
InStrands = Callable[[Collection[int]], Mapping[int, Mapping[str, LadderStep]]]
Bound = Callable[[Collection[int]], Collection[int]]
_ways: list[Way] = []
_in_strands: list[InStrands] = []
_bound: list[Bound] = []


def register_way(way: Way) -> None:
    """Let a later room tell which applications are being read, or what was announced. Called once, from its `ready`."""
    if way not in _ways:
        _ways.append(way)


def later_steps(applications: Collection[int]) -> list[Mapping[int, LadderStep]]:
    """What the later rooms tell of these applications: one mapping a room, one query each."""
    return [way(applications) for way in _ways]


def register_in_strands(told: InStrands) -> None:
    """Let a later room tell what was announced in each strand ("": the call as a whole). Called once, from its `ready`."""
    if told not in _in_strands:
        _in_strands.append(told)


def announced_in_strands(applications: Collection[int]) -> dict[int, dict[str, LadderStep]]:
    """What was announced about these applications in each of their strands. One query a room."""
    found: dict[int, dict[str, LadderStep]] = {}
    for told in _in_strands:
        for application, steps in told(applications).items():
            found.setdefault(application, {}).update(steps)
    return found


def register_bound(bound: Bound) -> None:
    """Let a later room say which candidacies it has worked on, so that no team leaves them. Called from its `ready`."""
    if bound not in _bound:
        _bound.append(bound)


def bound_among(candidacies: Collection[int]) -> set[int]:
    """Those of these candidacies that have been read or decided upon. One query a room."""
    return {one for bound in _bound for one in bound(candidacies)}
