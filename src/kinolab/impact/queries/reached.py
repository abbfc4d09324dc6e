"""What was reached, as it is shown to somebody: indicator by indicator, before and now, meant and read, with what shows it.

Made of an `Outward`; the figures are those of every page, report and export.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from kinolab.foundation.i18n import formats
from kinolab.impact import words
from kinolab.impact.domain.figures import How
from kinolab.impact.domain.plan import Actual, Evidence, Goal, Indicator, Period, Plan, Reading, Result
from kinolab.impact.domain.safety import Outward
from kinolab.impact.domain.vocabularies import ResultKind
from kinolab.impact.queries import timeline
from kinolab.impact.queries.timeline import Proof


@dataclass(frozen=True, slots=True)
class Told:
    """One value of one period: of whom it speaks, what was meant, what was read, in words, what shows it."""

    period: str
    of: str
    target: str
    value: str
    words: str
    read_on: str
    approved: bool
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Reached:
    """An indicator of a result. `before_when`: of when the value before is, or why there is none."""

    result: Result
    kind: object
    indicator: Indicator
    proof: Proof
    before_when: str
    until: str
    summed: bool
    in_words: Sequence[str]
    evidence: Sequence[Evidence]
    told: Sequence[Told]


@dataclass(frozen=True, slots=True)
class OfGoal:
    """What is known of one goal; None gathers what belongs to none."""

    goal: Goal | None
    indicators: Sequence[Reached]

    @property
    def dye(self) -> str:
        """The colour of its dynamic."""
        return timeline.DYES[self.goal.dynamic] if self.goal else ""


def reached(seen: Outward) -> list[OfGoal]:
    """Each goal with its indicators; goals that have none are left out."""
    plan = seen.plan
    goals: list[Goal | None] = [*sorted(plan.goals, key=lambda one: not one.is_primary), None]
    known = {one.number for one in plan.goals}
    found = []
    for goal in goals:
        number = goal.number if goal else None
        results = [one for one in plan.results if one.goal == number or (goal is None and one.goal not in known)]
        order = {one.number: place for place, one in enumerate(results)}
        indicators = [one for one in plan.indicators if one.result in order and not one.retired]
        shown = [
            _reached(plan, results[order[one.result]], one)
            for one in sorted(indicators, key=lambda one: order[one.result])
        ]
        if shown:
            found.append(OfGoal(goal, shown))
    return found


def _reached(plan: Plan, result: Result, indicator: Indicator) -> Reached:
    proof = timeline.proof(plan, indicator)
    periods = [one for one in plan.periods if one.indicator == indicator.number]
    told = [row for period in periods for row in _of_period(plan, indicator, period)]
    numbers = dict.fromkeys(one.number for row in told for one in row.evidence)
    rows = {one.number: one for one in plan.evidence}
    in_words = proof.figure.how is How.WORDS
    return Reached(
        result,
        words.RESULT_KINDS[ResultKind(result.kind)],
        indicator,
        proof,
        _before_when(indicator),
        formats.day(proof.figure.until) if proof.figure.until else "",
        proof.figure.how is How.SUM,
        [row.words for row in told if row.words and not row.target] if in_words else [],
        [rows[number] for number in numbers],
        told,
    )


def _before_when(indicator: Indicator) -> str:
    if indicator.baseline_on:
        return formats.day(indicator.baseline_on)
    if indicator.baseline_year:
        return str(indicator.baseline_year)
    return ""


def _of_period(plan: Plan, indicator: Indicator, period: Period) -> list[Told]:
    """What was read in it, beside what was meant for the same people; then what was meant and nobody read."""
    days = formats.day_range(period.starts_on, period.ends_on)
    meant = {one.dimensions: one for one in plan.targets if one.period == period.number}
    rows = {one.number: one for one in plan.evidence}
    found = []
    for one in (one for one in plan.actuals if one.period == period.number):
        target = meant.pop(one.dimensions, None)
        own = [rows[number] for number in one.evidence if number in rows]
        found.append(_told(indicator, days, one, target, own))
    found += [_told(indicator, days, None, target, []) for target in meant.values()]
    return found


def _told(
    indicator: Indicator, days: str, actual: Actual | None, target: Reading | None, evidence: Sequence[Evidence]
) -> Told:
    of = actual or target
    assert of is not None
    said = actual.comment if actual else (target.comment if target else "")
    return Told(
        days,
        of_whom(of),
        timeline.amount(indicator, target.value) if target else "",
        _amount(indicator, actual) if actual else "",
        said,
        formats.day(actual.recorded_on) if actual and actual.recorded_on else "",
        actual is None or actual.approved,
        evidence,
    )


def _amount(indicator: Indicator, one: Actual) -> str:
    shown = timeline.amount(indicator, one.value)
    if not shown or one.out_of is None:
        return shown
    return gettext("%(value)s (asked: %(number)s)") % {"value": shown, "number": formats.number(one.out_of)}


def of_whom(one: Reading) -> str:
    """Of whom a value speaks: women, 14–17, Kyrgyzstan; nothing when of all."""
    said = (
        str(words.SEXES[one.sex]) if one.sex else "",  # type: ignore[index]
        str(words.AGES[one.age]) if one.age else "",  # type: ignore[index]
        formats.country_name(one.country) if one.country else "",
        one.place,
    )
    return ", ".join(filter(None, said))
