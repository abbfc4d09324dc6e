"""How films stand in films and series in series, and how long the whole runs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kinolab.catalogue.domain.works import PartState
from kinolab.foundation.refusals import Refusal

TOLERANCE = 60  # seconds by which a whole may differ from its parts: titles before and after, leader, rounding


@dataclass(frozen=True, slots=True)
class Standing:
    """A part in a whole (primary keys of films)."""

    whole: int
    part: int
    state: PartState = PartState.IN_FILM


@dataclass(frozen=True, slots=True)
class RunningTime:
    """What is stated for the whole, and what its parts come to: nothing while one of them is not known (seconds)."""

    stated: int | None
    parts: int | None

    @property
    def agrees(self) -> bool:
        """Whether there is nothing to report."""
        return self.stated is None or self.parts is None or abs(self.stated - self.parts) <= TOLERANCE


def in_a_circle(child: int, parent: int, parents: Mapping[int, Collection[int]]) -> bool:
    """Whether `child` would stand above itself if it were put under `parent`."""
    seen: set[int] = set()
    waiting = [parent]
    while waiting:
        one = waiting.pop()
        if one == child:
            return True
        if one not in seen:
            seen.add(one)
            waiting.extend(parents.get(one, ()))
    return False


def why_not_place(new: Standing, standings: Iterable[Standing]) -> Refusal | None:
    """Say why the part may not stand in the whole. One that was dropped elsewhere is free."""
    parents: dict[int, set[int]] = {}
    for one in standings:
        parents.setdefault(one.part, set()).add(one.whole)
        in_both = one.state is PartState.IN_FILM and new.state is PartState.IN_FILM
        if in_both and one.part == new.part and one.whole != new.whole:
            return Refusal("segment_elsewhere", {"film": one.whole})
    return Refusal("parts_in_a_circle") if in_a_circle(new.part, new.whole, parents) else None


def running_time(stated: int | None, parts: Iterable[tuple[PartState, int | None]]) -> RunningTime:
    """Add up what stands in the film. Nothing is corrected: whoever edits is told."""
    lengths = [seconds for state, seconds in parts if state is PartState.IN_FILM]
    known = [seconds for seconds in lengths if seconds is not None]
    return RunningTime(stated, sum(known) if known and len(known) == len(lengths) else None)
