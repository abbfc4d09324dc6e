"""A road map as its public page tells it: the issue, goals with what is done for them, what was reached. From an `Outward`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kinolab.foundation.i18n import formats
from kinolab.impact import words
from kinolab.impact.domain import findings, money
from kinolab.impact.domain.plan import Activity, Goal, Plan
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.domain.vocabularies import Progress
from kinolab.impact.queries import editor, papers, reached, sheet, timeline
from kinolab.impact.queries.reached import OfGoal
from kinolab.impact.queries.shown import Look


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal with its dynamic, dye and sign."""

    goal: Goal
    dye: str
    sign: str
    dynamic: object
    says: object


@dataclass(frozen=True, slots=True)
class ShownAct:
    """An activity with its days and how far it has come: done, now, next."""

    activity: Activity
    when: str
    state: str
    word: object
    dye: str
    kind: object


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything on the page."""

    plan: Plan
    makers: str
    goals: Sequence[ShownGoal]
    acts: Sequence[ShownAct]
    milestones: Sequence[tuple[str, str]]
    reached: Sequence[OfGoal]
    sdg: Sequence[str]
    budgets: Sequence[money.Budget]
    pictures: sheet.Pictures


_STATES = {Progress.PLANNED: "next", Progress.RUNNING: "now", Progress.DONE: "done"}


def summary(look: Look, eyes: Eyes, today: date) -> Summary:
    """What these eyes see on the page."""
    seen = look.through(eyes)
    plan = seen.plan
    dyes = {one.number: timeline.DYES[one.dynamic] for one in plan.goals}
    alive = (one for one in plan.activities if one.progress is not Progress.DROPPED)
    milestones = sorted((one for one in plan.milestones if one.on), key=lambda one: (one.on or today, one.number))
    return Summary(
        plan,
        look.covered(look.road_map.application.people) if look.road_map.application else "",
        [_goal(one) for one in sorted(plan.goals, key=lambda one: not one.is_primary)],
        [_act(one, dyes.get(one.goal or 0, "")) for one in sorted(alive, key=sheet.begins)],
        [(formats.precise(one.on, one.precision), one.title) for one in milestones if one.on],
        reached.reached(seen),
        [editor.sdg_name(code) for code in findings.tags_for_export(plan)],
        money.budgets(plan),
        papers.pictures(seen, today, look.road_map.edition.dye, phones=True),
    )


def _goal(one: Goal) -> ShownGoal:
    dynamic = one.dynamic
    return ShownGoal(
        one, timeline.DYES[dynamic], timeline.SIGNS[dynamic], words.DYNAMICS[dynamic], words.DYNAMICS_SAY[dynamic]
    )


def _act(one: Activity, dye: str) -> ShownAct:
    kind = words.ACTIVITY_KINDS.get(one.kind, "")  # type: ignore[call-overload]
    return ShownAct(
        one, sheet.when(one.starts_on, one.ends_on), _STATES[one.progress], words.PROGRESS[one.progress], dye, kind
    )
