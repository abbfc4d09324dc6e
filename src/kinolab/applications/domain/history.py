"""What earlier calls of the same programme make known about an application: facts for «never a third time» and its like.

What was decided counts from its announcement on. An application that was withdrawn is no attempt.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kinolab.applications.domain.lifecycle import RESULTS, LadderStep

DECISIONS: dict[LadderStep, str] = {
    LadderStep.SELECTED: "selected",
    LadderStep.WAITLIST: "waitlist",
    LadderStep.NOT_CHOSEN: "rejected",
    LadderStep.NOT_ELIGIBLE: "ineligible",
}
assert frozenset(DECISIONS) == RESULTS


@dataclass(frozen=True, slots=True)
class Earlier:
    """An application that was sent to an earlier call of the programme, and what it has in common with the present one.

    `people` are those who were in its team; `decision` is one of DECISIONS, "" until announced, the best where it stood in
    several strands; `in_strands` what was decided in each.
    """

    call: int
    same_lead: bool = False
    same_project: bool = False
    people: frozenset[int] = frozenset()
    strands: frozenset[str] = frozenset()
    decision: str = ""
    in_strands: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Known:
    """What history says. `participants` are those of the present team who were selected before, by number."""

    attempts: int
    project_attempts: int
    decisions: tuple[str, ...]
    decisions_in_category: tuple[str, ...]
    participants: frozenset[int]


def known(earlier: Iterable[Earlier], people: frozenset[int], strands: frozenset[str]) -> Known:
    """Sum up what was sent before, for a team of these people and an application in these strands (none: all the same)."""
    rows = list(earlier)
    own = [one for one in rows if one.same_lead or one.same_project]
    category = [one for one in own if not strands or one.strands & strands]
    selected = [one for one in rows if one.decision == DECISIONS[LadderStep.SELECTED]]
    return Known(
        attempts=len({one.call for one in own}),
        project_attempts=len({one.call for one in rows if one.same_project}),
        decisions=_decisions(own),
        decisions_in_category=_decisions(category, strands),
        participants=people & frozenset[int]().union(*(one.people for one in selected)),
    )


def _decisions(rows: Iterable[Earlier], strands: frozenset[str] = frozenset()) -> tuple[str, ...]:
    made = {decision for one in rows for decision in _made(one, strands)}
    return tuple(decision for decision in DECISIONS.values() if decision in made)


def _made(one: Earlier, strands: frozenset[str]) -> set[str]:
    """What was decided about it in these strands (none: in any)."""
    if not one.in_strands:
        return {one.decision}
    return {decision for slug, decision in one.in_strands.items() if not strands or slug in strands}
