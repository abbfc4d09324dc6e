from itertools import product

import pytest

from kinolab.foundation.refusals import Refusal
from kinolab.selection.domain.lifecycle import (
    FINAL,
    STEPS,
    AnnounceFacts,
    AnnouncementState,
    AnnouncementStep,
    Outcome,
    best,
    obstacles,
    step,
    why_not_announce,
    why_not_decide,
)


@pytest.mark.parametrize(("state", "taken"), list(product(AnnouncementState, AnnouncementStep)))
def test_step_when_any_pair_is_tried_follows_the_table_or_refuses(
    state: AnnouncementState, taken: AnnouncementStep
) -> None:
    refused = Refusal("announcement_step_not_possible", {"state": state, "step": taken})

    assert step(state, taken) == STEPS.get((state, taken), refused)


def test_final_when_named_leaves_out_only_hold() -> None:
    assert frozenset(Outcome) - {Outcome.HOLD} == FINAL


@pytest.mark.parametrize(
    ("facts", "refusals"),
    [
        (AnnounceFacts(decided=3), ()),
        (AnnounceFacts(decided=0), (Refusal("nothing_to_announce"),)),
        (AnnounceFacts(3, announcement=AnnouncementState.DONE), (Refusal("already_announced"),)),
        (AnnounceFacts(3, 1, announcement=AnnouncementState.RUNNING), (Refusal("announcement_running"),)),
        (
            AnnounceFacts(0, 2, 1, None, call_open=True, templates_missing=("selected ky",)),
            (
                Refusal("call_still_open"),
                Refusal("undecided", {"count": 2}),
                Refusal("on_hold", {"count": 1}),
                Refusal("templates_missing", {"templates": ("selected ky",)}),
            ),
        ),
    ],
)
def test_announcing_when_something_is_in_the_way_says_all_of_it(
    facts: AnnounceFacts, refusals: tuple[Refusal, ...]
) -> None:
    assert obstacles(facts) == refusals
    assert why_not_announce(facts) == (refusals[0] if refusals else None)


@pytest.mark.parametrize("announcement", [None, *AnnouncementState])
def test_deciding_when_announced_is_refused(announcement: AnnouncementState | None) -> None:
    assert why_not_decide(announcement) == (Refusal("already_announced") if announcement else None)


def test_deciding_when_the_application_is_not_in_force_is_refused() -> None:
    assert why_not_decide(None, in_force=False) == Refusal("not_in_force")


@pytest.mark.parametrize(("version", "seen"), [(1, 0), (0, 1), (3, 2)])
def test_deciding_when_somebody_was_faster_is_refused(version: int, seen: int) -> None:
    assert why_not_decide(None, version=version, seen=seen) == Refusal("decision_changed")


def test_deciding_when_the_last_version_was_seen_is_open() -> None:
    assert why_not_decide(None, version=3, seen=3) is None


@pytest.mark.parametrize(
    ("outcomes", "leads"),
    [
        (("rejected", "selected"), Outcome.SELECTED),
        (("rejected", "waitlist", "hold"), Outcome.WAITLIST),
        (("ineligible", "rejected"), Outcome.REJECTED),
        (("ineligible",), Outcome.INELIGIBLE),
        (("hold",), Outcome.HOLD),
        ((), Outcome.HOLD),
    ],
)
def test_best_when_several_are_decided_leads_the_letter(outcomes: tuple[str, ...], leads: Outcome) -> None:
    assert best(Outcome(one) for one in outcomes) is leads
