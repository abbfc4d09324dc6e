"""Decisions, pending until all are announced together, and the announcement itself; letters to chosen teams.

A decision is pending while its `announced_at` is empty, and may be changed; once announced it stands. The announcement
is `RUNNING` from the instant of announcing until every letter is written: started again, it goes on where it stopped. A
letter to teams is a draft until it is sent, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kinolab.foundation.refusals import Refusal

LONGEST_RATIONALE = 4_000  # characters


class Outcome(StrEnum):
    """What is decided about a candidacy."""

    SELECTED = "selected"
    WAITLIST = "waitlist"
    REJECTED = "rejected"
    INELIGIBLE = "ineligible"
    HOLD = "hold"


BEST_FIRST = (Outcome.SELECTED, Outcome.WAITLIST, Outcome.REJECTED, Outcome.INELIGIBLE)
FINAL = frozenset(BEST_FIRST)  # these can be announced


def best(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the best of what was decided about one application: its letter speaks of that first.

    Nothing that can be announced is on hold.
    """
    made = set(outcomes)
    return next((one for one in BEST_FIRST if one in made), Outcome.HOLD)


class AnnouncementState(StrEnum):
    """Where an announcement stands."""

    RUNNING = "running"
    DONE = "done"


class AnnouncementStep(StrEnum):
    """What may happen to an announcement."""

    FINISH = "finish"


STEPS: dict[tuple[AnnouncementState, AnnouncementStep], AnnouncementState] = {
    (AnnouncementState.RUNNING, AnnouncementStep.FINISH): AnnouncementState.DONE,
}


def step(state: AnnouncementState, taken: AnnouncementStep) -> AnnouncementState | Refusal:
    """Return the state after a step, or why it cannot be taken from here."""
    return STEPS.get((state, taken)) or Refusal("announcement_step_not_possible", {"state": state, "step": taken})


class TeamLetterState(StrEnum):
    """Where a letter to teams stands."""

    DRAFT = "draft"
    SENT = "sent"


class TeamLetterStep(StrEnum):
    """What may happen to a letter to teams."""

    SEND = "send"


TEAM_LETTER_STEPS: dict[tuple[TeamLetterState, TeamLetterStep], TeamLetterState] = {
    (TeamLetterState.DRAFT, TeamLetterStep.SEND): TeamLetterState.SENT,
}


def team_letter_step(state: TeamLetterState, taken: TeamLetterStep) -> TeamLetterState | Refusal:
    """Return the state after a step, or why it cannot be taken from here."""
    return TEAM_LETTER_STEPS.get((state, taken)) or Refusal("team_letter_sent")


@dataclass(frozen=True, slots=True)
class AnnounceFacts:
    """What stands in the way of announcing.

    `decided`, `undecided` and `on_hold` count candidacies in force; `templates_missing` names outcome and language
    of each letter that recipients would need and nobody has written.
    """

    decided: int
    undecided: int = 0
    on_hold: int = 0
    announcement: AnnouncementState | None = None
    call_open: bool = False
    templates_missing: tuple[str, ...] = ()


def why_not_decide(
    announcement: AnnouncementState | None, *, in_force: bool = True, version: int = 0, seen: int = 0
) -> Refusal | None:
    """Say why a decision may not be made or changed.

    Results that are announced stand; an application that was withdrawn or never sent has nothing to be decided; and
    nobody overwrites a decision (`version` grows with each change, 0 is none) that they have not seen.
    """
    if announcement is not None:
        return Refusal("already_announced")
    if not in_force:
        return Refusal("not_in_force")
    return Refusal("decision_changed") if version != seen else None


def why_not_announce(facts: AnnounceFacts) -> Refusal | None:
    """Say the first thing that stands in the way of announcing."""
    return next(iter(obstacles(facts)), None)


def obstacles(facts: AnnounceFacts) -> tuple[Refusal, ...]:
    """Return everything that stands in the way of announcing."""
    if facts.announcement is AnnouncementState.DONE:
        return (Refusal("already_announced"),)
    if facts.announcement is AnnouncementState.RUNNING:
        return (Refusal("announcement_running"),)
    problems = []
    if facts.call_open:
        problems.append(Refusal("call_still_open"))
    if facts.undecided:
        problems.append(Refusal("undecided", {"count": facts.undecided}))
    if facts.on_hold:
        problems.append(Refusal("on_hold", {"count": facts.on_hold}))
    if facts.templates_missing:
        problems.append(Refusal("templates_missing", {"templates": facts.templates_missing}))
    if not problems and not facts.decided:
        problems.append(Refusal("nothing_to_announce"))
    return tuple(problems)
