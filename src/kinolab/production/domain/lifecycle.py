"""The ways of a film of several films and of a segment: which step goes where, and why one cannot be taken now."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kinolab.foundation.refusals import Refusal


# --- The film --------------------------------------------------------------------------------------------------------
class FilmState(StrEnum):
    """Where the making of a film stands."""

    CONCEPT = "concept"
    CALL = "call"
    SCRIPT_SELECTION = "script_selection"
    PRODUCTION = "production"
    ASSEMBLY = "assembly"
    LOCKED = "locked"
    DELIVERED = "delivered"
    RELEASED = "released"


class FilmStep(StrEnum):
    """What can be done next with the film as a whole."""

    OPEN_CALL = "open_call"
    CHOOSE = "choose"
    PRODUCE = "produce"
    ASSEMBLE = "assemble"
    LOCK = "lock"
    DELIVER = "deliver"
    RELEASE = "release"
    BACK = "back"


WAY = tuple(FilmState)
_FORWARD = tuple(step for step in FilmStep if step is not FilmStep.BACK)
FILM_STEPS: dict[tuple[FilmState, FilmStep], FilmState] = {
    **{(before, step): after for before, step, after in zip(WAY, _FORWARD, WAY[1:], strict=False)},
    # All novellas may be commissioned: then nobody is called.
    (FilmState.CONCEPT, FilmStep.PRODUCE): FilmState.PRODUCTION,
    **{(after, FilmStep.BACK): before for before, after in pairwise(WAY[:-1])},
}


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """What the steps of a film depend on; `segments` and what follows count those that are not dropped."""

    concept: bool = False  # a concept is written
    window: bool = False  # shortest and longest part are said
    call: bool = False  # a script call is linked
    call_closed: bool = False
    segments: int = 0
    with_cut: int = 0  # have a length
    unlocked: int = 0  # not locked yet
    unplaced: int = 0  # without a place in the assembly
    unsent: int = 0  # dropped segments whose notice has not been sent
    listed: bool = False  # it is written what must be handed over
    owed: int = 0  # deliverables that nobody has accepted
    published: bool = False  # the film is public in the catalogue


def _count(code: str, number: int) -> Refusal | None:
    return Refusal(code, {"count": number}) if number else None


def _no(code: str, held: bool) -> Refusal | None:
    return None if held else Refusal(code)


# What stands in the way of each step, the first of them said.
_IN_THE_WAY: dict[FilmStep, Callable[[FilmFacts], Refusal | None]] = {
    FilmStep.OPEN_CALL: lambda facts: (
        _no("film_without_concept", facts.concept)
        or _no("film_without_window", facts.window)
        or _no("film_without_call", facts.call)
    ),
    FilmStep.CHOOSE: lambda facts: (
        _no("film_without_call", facts.call) or _no("script_call_not_closed", facts.call_closed)
    ),
    FilmStep.PRODUCE: lambda facts: _no("film_without_segments", facts.segments > 0),
    FilmStep.ASSEMBLE: lambda facts: _no("film_without_cuts", facts.with_cut > 0),
    FilmStep.LOCK: lambda facts: (
        _no("film_without_segments", facts.segments > 0)
        or _count("segments_not_locked", facts.unlocked)
        or _count("segments_without_place", facts.unplaced)
        or _count("notices_not_sent", facts.unsent)
    ),
    FilmStep.DELIVER: lambda facts: (
        _no("deliverables_unlisted", facts.listed) or _count("deliverables_owed", facts.owed)
    ),
    FilmStep.RELEASE: lambda facts: _count("notices_not_sent", facts.unsent) or _no("film_not_public", facts.published),
    FilmStep.BACK: lambda facts: None,
}


def film_step(state: FilmState, taken: FilmStep, facts: FilmFacts) -> FilmState | Refusal:
    """Return the state after a step, or why it cannot be taken."""
    after = FILM_STEPS.get((state, taken))
    if after is None:
        return Refusal("film_step_not_now", {"state": state, "step": taken})
    return _IN_THE_WAY[taken](facts) or after


# --- A segment -------------------------------------------------------------------------------------------------------
class SegmentState(StrEnum):
    """Where the making of a segment stands."""

    SUBMITTED = "submitted"
    SELECTED = "selected"
    CONTRACTED = "contracted"
    SHOOTING = "shooting"
    ROUGH = "rough"
    LOCKED = "locked"
    IN_FILM = "in_film"
    DROPPED = "dropped"
    STANDALONE_ONLY = "standalone_only"


class SegmentStep(StrEnum):
    """What can be done next with a segment."""

    SELECT = "select"  # it gets a slot
    RELEASE = "release"  # its slot is free again, before anything was agreed
    CONTRACT = "contract"
    SHOOT = "shoot"
    CUT = "cut"  # a first cut is there
    LOCK = "lock"
    UNLOCK = "unlock"
    JOIN = "join"  # the film is locked with it
    PART = "part"  # the film is opened again
    DROP = "drop"
    LET_GO = "let_go"  # it is shown by itself alone


_IN_WORK = (
    SegmentState.SELECTED,
    SegmentState.CONTRACTED,
    SegmentState.SHOOTING,
    SegmentState.ROUGH,
    SegmentState.LOCKED,
)
SEGMENT_STEPS: dict[tuple[SegmentState, SegmentStep], SegmentState] = {
    (SegmentState.SUBMITTED, SegmentStep.SELECT): SegmentState.SELECTED,
    (SegmentState.SELECTED, SegmentStep.RELEASE): SegmentState.SUBMITTED,
    (SegmentState.SELECTED, SegmentStep.CONTRACT): SegmentState.CONTRACTED,
    (SegmentState.CONTRACTED, SegmentStep.SHOOT): SegmentState.SHOOTING,
    (SegmentState.CONTRACTED, SegmentStep.CUT): SegmentState.ROUGH,
    (SegmentState.SHOOTING, SegmentStep.CUT): SegmentState.ROUGH,
    (SegmentState.ROUGH, SegmentStep.LOCK): SegmentState.LOCKED,
    (SegmentState.LOCKED, SegmentStep.UNLOCK): SegmentState.ROUGH,
    (SegmentState.LOCKED, SegmentStep.JOIN): SegmentState.IN_FILM,
    (SegmentState.IN_FILM, SegmentStep.PART): SegmentState.LOCKED,
    **{(before, SegmentStep.DROP): SegmentState.DROPPED for before in _IN_WORK},
    (SegmentState.LOCKED, SegmentStep.LET_GO): SegmentState.STANDALONE_ONLY,
    (SegmentState.DROPPED, SegmentStep.LET_GO): SegmentState.STANDALONE_ONLY,
}
OUT = frozenset({SegmentState.SUBMITTED, SegmentState.DROPPED, SegmentState.STANDALONE_ONLY})  # not of the film
AGREED = frozenset(SegmentState) - {SegmentState.SUBMITTED, SegmentState.SELECTED}


def segment_step(state: SegmentState, taken: SegmentStep) -> SegmentState | Refusal:
    """Return the state after a step, or why it cannot be taken from here."""
    return SEGMENT_STEPS.get((state, taken)) or Refusal("segment_step_not_now", {"state": state, "step": taken})
