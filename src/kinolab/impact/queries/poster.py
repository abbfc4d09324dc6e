"""One road map on one sheet: vision, issue, goals with what is done and what was reached. Made of an `Outward`."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, pgettext

from kinolab.foundation.i18n import formats
from kinolab.impact import words
from kinolab.impact.domain import findings, sdg
from kinolab.impact.domain.parts import Part, Step
from kinolab.impact.domain.plan import Activity, Goal, Plan
from kinolab.impact.domain.safety import Outward
from kinolab.impact.domain.vocabularies import Progress
from kinolab.impact.queries import sheet
from kinolab.impact.queries.drawings import Drawing
from kinolab.impact.queries.reached import OfGoal, Reached, reached
from kinolab.impact.queries.timeline import DYES

GOALS, ACTIVITIES, INDICATORS, NAMES = 6, 5, 3, 8  # at most, on one sheet
_SIGNS = {Progress.DONE: "done", Progress.RUNNING: "now", Progress.PLANNED: "next"}


def poster(seen: Outward, drawn: Sequence[Drawing]) -> dict[str, Any]:
    """What stands on it, in words of the active language."""
    plan = seen.plan
    known = {group.goal.number: group for group in reached(seen) if group.goal}
    goals = sorted(plan.goals, key=lambda one: not one.is_primary)
    tags = [(code, str(words.SDG_GOALS[sdg.goal_of(code)])) for code in findings.tags_for_export(plan)]
    return {
        "issue": {"title": str(words.PATH[Step.ISSUE]), "head": plan.issue.title, "text": plan.issue.statement},
        "where": _named(words.PARTS[Part.PLACE], [one.name for one in plan.places]),
        "whom": _named(words.PARTS[Part.AUDIENCE], [one.name for one in plan.audiences]),
        "affected": _named(words.PARTS[Part.GROUP], [_sized(one.name, one.size) for one in plan.groups]),
        "sdg": {"title": str(words.PARTS[Part.SDG]), "items": [f"{code} · {name}" for code, name in tags[:NAMES]]},
        "goals_title": str(words.PATH[Step.GOALS]),
        "goals": [_goal(plan, one, known.get(one.number)) for one in goals[:GOALS]],
        "more": _more(gettext("More goals in the road map: %(count)s"), len(goals) - GOALS),
        "milestones": {"title": str(words.PATH[Step.MILESTONES]), "items": _milestones(plan)},
        "partners": _named(words.PARTS[Part.PARTNER], [one.organisation for one in plan.partners if one.organisation]),
        "drawings": [sheet.drawing(one) for one in drawn],
        "mind": sheet.contribution() if any(group.indicators for group in known.values()) else "",
    }


def _more(sentence: str, count: int) -> str:
    return sentence % {"count": formats.number(count)} if count > 0 else ""


def _sized(name: str, size: int | None) -> str:
    return f"{name} · {formats.number(size)}" if size else name


def _named(title: object, items: Sequence[str]) -> dict[str, Any]:
    shown = list(items[:NAMES])
    more = _more(gettext("and more: %(count)s"), len(items) - NAMES)
    return {"title": str(title), "items": shown, "more": more}


def _goal(plan: Plan, goal: Goal, known: OfGoal | None) -> dict[str, Any]:
    acts = [one for one in plan.activities if one.goal == goal.number and one.progress is not Progress.DROPPED]
    indicators = known.indicators if known else []
    return {
        "dye": DYES[goal.dynamic],
        "dynamic": str(words.DYNAMICS[goal.dynamic]),
        "says": str(words.DYNAMICS_SAY[goal.dynamic]),
        "primary": gettext("primary goal") if goal.is_primary else "",
        "goal": goal.goal,
        "acts": [_act(one) for one in sorted(acts, key=sheet.begins)[:ACTIVITIES]],
        "more": _more(gettext("and more: %(count)s"), len(acts) - ACTIVITIES),
        "proofs": [_proof(one) for one in indicators[:INDICATORS]],
    }


def _act(one: Activity) -> dict[str, str]:
    return {
        "title": one.title,
        "when": sheet.when(one.starts_on, one.ends_on),
        "state": _SIGNS.get(one.progress, "next"),
        "word": str(words.PROGRESS[one.progress]),
    }


def _proof(one: Reached) -> dict[str, Any]:
    before = f"{pgettext('value', 'Before')}: {one.proof.before}" if one.proof.before else ""
    aim = f"{pgettext('value', 'Target')}: {one.proof.aim}" if one.proof.aim else ""
    return {
        "title": one.indicator.title,
        "value": one.proof.value or ("—" if not one.in_words else ""),
        "words": one.in_words[-1] if one.in_words else "",
        "note": " · ".join(filter(None, (before, aim))),
        "until": f"{gettext('Read until')}: {one.until}" if one.until else "",
        "way": one.proof.way,
    }


def _milestones(plan: Plan) -> list[list[str]]:
    dated = sorted((one for one in plan.milestones if one.on), key=lambda one: (one.on, one.number))  # type: ignore[arg-type, return-value]
    return [[formats.precise(one.on, one.precision), one.title] for one in dated[:ACTIVITIES] if one.on]
