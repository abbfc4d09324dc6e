"""The ways of a film and of a segment."""

from dataclasses import replace

import pytest

from kinolab.foundation.refusals import Refusal
from kinolab.production.domain.lifecycle import (
    FILM_STEPS,
    SEGMENT_STEPS,
    WAY,
    FilmFacts,
    FilmState,
    FilmStep,
    SegmentState,
    SegmentStep,
    film_step,
    segment_step,
)

READY = FilmFacts(
    concept=True, window=True, call=True, call_closed=True, segments=6, with_cut=6, listed=True, published=True
)  # fmt: skip


def test_film_when_everything_is_ready_goes_its_whole_way_and_back() -> None:
    went = [state := FilmState.CONCEPT]
    for step in (one for one in FilmStep if one is not FilmStep.BACK):
        state = film_step(state, step, READY)
        went.append(state)
    back = [state := FilmState.DELIVERED]
    while isinstance(state := film_step(state, FilmStep.BACK, FilmFacts()), FilmState):
        back.append(state)

    assert tuple(went) == WAY
    assert tuple(back) == WAY[-2::-1]


def test_film_when_a_step_is_not_of_its_state_says_so() -> None:
    asked = {(state, step): film_step(state, step, READY) for state in FilmState for step in FilmStep}
    refused = {key for key, after in asked.items() if isinstance(after, Refusal) and after.code == "film_step_not_now"}

    assert refused == asked.keys() - FILM_STEPS.keys()


@pytest.mark.parametrize(
    ("state", "step", "lacking", "code"),
    [
        (FilmState.CONCEPT, FilmStep.OPEN_CALL, {"concept": False}, "film_without_concept"),
        (FilmState.CONCEPT, FilmStep.OPEN_CALL, {"window": False}, "film_without_window"),
        (FilmState.CONCEPT, FilmStep.OPEN_CALL, {"call": False}, "film_without_call"),
        (FilmState.CONCEPT, FilmStep.PRODUCE, {"segments": 0}, "film_without_segments"),
        (FilmState.CALL, FilmStep.CHOOSE, {"call": False}, "film_without_call"),
        (FilmState.CALL, FilmStep.CHOOSE, {"call_closed": False}, "script_call_not_closed"),
        (FilmState.SCRIPT_SELECTION, FilmStep.PRODUCE, {"segments": 0}, "film_without_segments"),
        (FilmState.PRODUCTION, FilmStep.ASSEMBLE, {"with_cut": 0}, "film_without_cuts"),
        (FilmState.ASSEMBLY, FilmStep.LOCK, {"segments": 0}, "film_without_segments"),
        (FilmState.ASSEMBLY, FilmStep.LOCK, {"unlocked": 2}, "segments_not_locked"),
        (FilmState.ASSEMBLY, FilmStep.LOCK, {"unplaced": 2}, "segments_without_place"),
        (FilmState.ASSEMBLY, FilmStep.LOCK, {"unsent": 2}, "notices_not_sent"),
        (FilmState.LOCKED, FilmStep.DELIVER, {"listed": False}, "deliverables_unlisted"),
        (FilmState.LOCKED, FilmStep.DELIVER, {"owed": 2}, "deliverables_owed"),
        (FilmState.DELIVERED, FilmStep.RELEASE, {"unsent": 2}, "notices_not_sent"),
        (FilmState.DELIVERED, FilmStep.RELEASE, {"published": False}, "film_not_public"),
    ],
)
def test_film_when_something_is_lacking_says_what(
    state: FilmState, step: FilmStep, lacking: dict[str, int], code: str
) -> None:
    refusal = film_step(state, step, replace(READY, **lacking))

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.facts.get("count")) == (code, 2 if 2 in lacking.values() else None)


def test_segment_when_every_step_is_tried_takes_those_of_its_state_alone() -> None:
    asked = {(state, step): segment_step(state, step) for state in SegmentState for step in SegmentStep}

    assert {key: after for key, after in asked.items() if isinstance(after, SegmentState)} == SEGMENT_STEPS
    assert {after.code for after in asked.values() if isinstance(after, Refusal)} == {"segment_step_not_now"}


def test_segment_when_shown_by_itself_alone_never_comes_back() -> None:
    assert [key for key in SEGMENT_STEPS if key[0] is SegmentState.STANDALONE_ONLY] == []
