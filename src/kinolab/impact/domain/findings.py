"""What is wrong with a road map, or could be better: named findings, each with the rows it is about.

Twelve validations, numbered as in `VALIDATIONS`, and what must be there at all (number 0). A finding that BLOCKS keeps the
road map from being presented and adopted; one of SAFETY keeps it from everybody outside the team; a WARNING is told and
decided by people.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from kinolab.impact.domain import dependencies, figures, sdg
from kinolab.impact.domain.figures import How
from kinolab.impact.domain.money import budget
from kinolab.impact.domain.names import Veil
from kinolab.impact.domain.parts import STEP_OF, Part, Step
from kinolab.impact.domain.plan import Actual, Indicator, Period, Plan, Reading, Row
from kinolab.impact.domain.safety import texts
from kinolab.impact.domain.vocabularies import (
    Accumulation,
    Anonymity,
    Funding,
    Measure,
    Progress,
    ResultKind,
    Sensitivity,
    Stance,
)


class Weight(StrEnum):
    """What a finding stops."""

    BLOCKS = "blocks"
    SAFETY = "safety"
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its code, what it stops, the part and rows it is about, values for its sentence."""

    code: str
    weight: Weight
    part: Part
    rows: tuple[int, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def step(self) -> Step:
        """The step of the path where it is mended."""
        return STEP_OF[self.part]


Rule = Callable[[Plan, Veil], Iterable[Finding]]
BLOCKS, SAFETY, WARNS = Weight.BLOCKS, Weight.SAFETY, Weight.WARNS


def find(plan: Plan, veil: Veil) -> list[Finding]:
    """Return everything found, in the order of the validations."""
    return [one for rule in RULES for one in rule(plan, veil)]


def blocking(found: Iterable[Finding]) -> list[Finding]:
    """Return those that keep a road map from being presented and adopted."""
    return [one for one in found if one.weight is BLOCKS]


def unsafe(found: Iterable[Finding]) -> list[Finding]:
    """Return those that keep it from everybody outside the team."""
    return [one for one in found if one.weight is SAFETY]


def covered(found: Iterable[Finding], veil: Veil) -> list[Finding]:
    """The same for somebody who is neither of the team nor a tutor: what their sentences quote is covered."""
    return [replace(one, facts={name: _covered(fact, veil) for name, fact in one.facts.items()}) for one in found]


def _covered(fact: object, veil: Veil) -> object:
    if isinstance(fact, tuple):
        return tuple(_covered(one, veil) for one in fact)
    return veil.covered(fact) if type(fact) is str else fact


# --- 0: what must be there -------------------------------------------------------------------------------------------
def missing(plan: Plan, _: Veil) -> Iterator[Finding]:
    """An issue, a vision with its horizon, goals of which exactly one is primary."""
    if not plan.issue.statement.strip():
        yield Finding("issue_missing", BLOCKS, Part.ISSUE)
    if not plan.vision.statement.strip():
        yield Finding("vision_missing", BLOCKS, Part.VISION)
    if plan.vision.horizon is None:
        yield Finding("horizon_missing", BLOCKS, Part.VISION)
    if not plan.goals:
        yield Finding("goals_missing", BLOCKS, Part.GOAL)
    elif not any(one.is_primary for one in plan.goals):
        yield Finding("primary_goal_missing", BLOCKS, Part.GOAL)


# --- 1: reach is not impact ------------------------------------------------------------------------------------------
def reach(plan: Plan, _: Veil) -> Iterator[Finding]:
    """A road map that only counts what was done says nothing of what changed."""
    kinds = {one.number: one.kind for one in plan.results}
    used = [one for one in _alive(plan) if one.result in kinds]
    if used and all(kinds[one.result] in (ResultKind.OUTPUT, ResultKind.OTHER) for one in used):
        yield Finding("reach_is_not_impact", BLOCKS, Part.RESULT, _numbers(plan.results))


# --- 2: a goal is more than a wish -----------------------------------------------------------------------------------
def goals(plan: Plan, _: Veil) -> Iterator[Finding]:
    """Each goal has something that is done for it, and something by which it is known."""
    done = {one.goal for one in plan.activities if one.progress is not Progress.DROPPED}
    results = {one.number: one.goal for one in plan.results}
    known = {results.get(one.result) for one in _alive(plan)}
    for goal in plan.goals:
        if goal.number not in done:
            yield Finding("goal_without_activity", BLOCKS, Part.GOAL, (goal.number,), {"goal": goal.goal})
        if goal.number not in known:
            yield Finding("goal_without_indicator", BLOCKS, Part.GOAL, (goal.number,), {"goal": goal.goal})


# --- 3: from where -----------------------------------------------------------------------------------------------------
def baselines(plan: Plan, _: Veil) -> Iterator[Finding]:
    """Each indicator says how it was before, in its own unit, or why nobody knows."""
    for one in _alive(plan):
        told = one.baseline_value is not None or (one.measure is Measure.QUALITATIVE and one.baseline_comment.strip())
        if not told and not one.no_baseline_reason.strip():
            yield Finding("baseline_missing", BLOCKS, Part.INDICATOR, (one.number,), {"indicator": one.title})
        elif one.baseline_value is not None and one.baseline_unit and _plain(one.baseline_unit) != _plain(one.unit):
            facts = {"indicator": one.title, "unit": one.unit, "baseline_unit": one.baseline_unit}
            yield Finding("baseline_in_another_unit", BLOCKS, Part.INDICATOR, (one.number,), facts)
        if one.baseline_value is not None and one.baseline_year is None and one.baseline_on is None:
            yield Finding("baseline_without_year", BLOCKS, Part.INDICATOR, (one.number,), {"indicator": one.title})


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().split())


# --- 4: numbers are numbers ------------------------------------------------------------------------------------------
def values(plan: Plan, _: Veil) -> Iterator[Finding]:
    """What is told in words has no number; what is counted has one, or says why not."""
    for part, indicator, one in _readings(plan):
        in_words = indicator.measure is Measure.QUALITATIVE
        facts = {"indicator": indicator.title}
        if in_words and one.value is not None:
            yield Finding("number_in_words_only", BLOCKS, part, (one.number,), facts)
        elif in_words and not one.comment.strip():
            yield Finding("words_missing", WARNS, part, (one.number,), facts)
        elif not in_words and one.value is None and not one.comment.strip():
            yield Finding("value_missing", WARNS, part, (one.number,), facts)
        elif indicator.measure in (Measure.NOMINAL, Measure.ORDINAL) and one.value is not None and one.value % 1:
            yield Finding("value_not_whole", BLOCKS, part, (one.number,), facts)


# --- 5: in time, and in an order that exists ---------------------------------------------------------------------------
def times(plan: Plan, _: Veil) -> Iterator[Finding]:
    """Activities lie before the horizon and after what they depend on; nothing waits for itself."""
    by_number = {one.number: one for one in plan.activities}
    for one in plan.activities:
        last = one.ends_on or one.starts_on
        facts: dict[str, object] = {"activity": one.title}
        if plan.vision.horizon and last and last > plan.vision.horizon:
            more = facts | {"horizon": plan.vision.horizon}
            yield Finding("activity_after_horizon", BLOCKS, Part.ACTIVITY, (one.number,), more)
        for before in (by_number[number] for number in one.depends_on if number in by_number):
            if one.starts_on and before.ends_on and one.starts_on < before.ends_on:
                more = facts | {"before": before.title}
                yield Finding("activity_before_its_condition", WARNS, Part.ACTIVITY, (one.number, before.number), more)
    if found := dependencies.circle({one.number: one.depends_on for one in plan.activities}):
        named: dict[str, object] = {"activities": tuple(by_number[number].title for number in found)}
        yield Finding("dependency_circle", BLOCKS, Part.ACTIVITY, found, named)


# --- 6: money ----------------------------------------------------------------------------------------------------------
def money(plan: Plan, _: Veil) -> Iterator[Finding]:
    """What is secured and asked for covers what is planned; sums are of one currency."""
    foreign = [one for one in plan.lines if one.currency != plan.money.currency]
    facts: dict[str, object] = {"currency": plan.money.currency}
    if foreign:
        more = facts | {"currencies": tuple(sorted({one.currency for one in foreign}))}
        yield Finding("currencies_mixed", WARNS, Part.LINE, _numbers(foreign), more)
    own = budget(plan, plan.money.currency)
    if own.total > own.asked:
        more = facts | {"missing": (own.total - own.asked).quantize(Decimal(1))}
        planned = (one for one in plan.lines if one.currency == own.currency and one.funding is Funding.PLANNED)
        yield Finding("money_not_asked_for", WARNS, Part.LINE, _numbers(planned), more)


# --- 7: the Sustainable Development Goals ------------------------------------------------------------------------------
def sdg_tags(plan: Plan, _: Veil) -> Iterator[Finding]:
    """An indicator of a target goes with the target's tag; the goal of a tagged target is not tagged again."""
    tags = {one.code: one.number for one in plan.sdg_tags}
    for one in _alive(plan):
        target = sdg.target_of(one.sdg_indicator)
        if target and target not in tags:
            facts = {"indicator": one.title, "target": target}
            yield Finding("sdg_target_missing", WARNS, Part.SDG, (one.number,), facts)
    refined = {sdg.goal_of(code) for code in tags if "." in code}
    for code in sorted(refined & tags.keys()):
        yield Finding("sdg_goal_doubled", WARNS, Part.SDG, (tags[code],), {"goal": code})


def tags_for_export(plan: Plan) -> tuple[str, ...]:
    """Return the tags as standards want them: no goal beside a target of it."""
    codes = {one.code for one in plan.sdg_tags}
    refined = {sdg.goal_of(code) for code in codes if "." in code}
    return tuple(sorted(codes - refined, key=lambda code: (int(sdg.goal_of(code)), code)))


# --- 8: names ------------------------------------------------------------------------------------------------------------
_ROWS: Mapping[Part, str] = {
    Part.PLACE: "places", Part.GROUP: "groups", Part.CAUSE: "causes", Part.SOURCE: "sources", Part.GOAL: "goals",
    Part.AUDIENCE: "audiences", Part.ACTIVITY: "activities", Part.PARTNER: "partners", Part.WINDOW: "windows",
    Part.LINE: "lines", Part.MILESTONE: "milestones", Part.RESULT: "results", Part.INDICATOR: "indicators",
    Part.TARGET: "targets", Part.ACTUAL: "actuals", Part.EVIDENCE: "evidence", Part.RISK: "risks",
    Part.PROTECTED: "protected", Part.LEARNING: "learning",
}  # fmt: skip
_SINGLE: Mapping[Part, str] = {Part.ISSUE: "issue", Part.VISION: "vision", Part.STORY: "story"}


def names(plan: Plan, veil: Veil) -> Iterator[Finding]:
    """A person who is not to be named stands nowhere; the finding says where, and never who."""
    if not veil.kept:
        return
    if veil.names_in(plan.title):
        yield Finding("name_said", SAFETY, Part.ISSUE)
    for part, where in _SINGLE.items():
        if any(veil.names_in(text) for _, text in texts(getattr(plan, where))):
            yield Finding("name_said", SAFETY, part)
    for part, where in _ROWS.items():
        rows: tuple[Row, ...] = getattr(plan, where)
        said = [one.number for one in rows if any(veil.names_in(text) for _, text in texts(one))]
        if said:
            yield Finding("name_said", SAFETY, part, tuple(said))


# --- 9: what is restricted -----------------------------------------------------------------------------------------------
def restricted(plan: Plan, _: Veil) -> Iterator[Finding]:
    """Risks stay with the team; what is shown has evidence that may be shown; consent was asked."""
    open_risks = [one for one in plan.risks if one.sensitivity is Sensitivity.PUBLIC]
    if open_risks:
        yield Finding("risk_made_public", SAFETY, Part.RISK, _numbers(open_risks))
    without = [one for one in plan.evidence if one.sensitivity is not Sensitivity.RESTRICTED and not one.consent_ok]
    if without:
        yield Finding("evidence_without_consent", SAFETY, Part.EVIDENCE, _numbers(without))
    shown = {one.number for one in plan.evidence if one.sensitivity is not Sensitivity.RESTRICTED and one.consent_ok}
    bare = [one for one in plan.actuals if one.value is not None and not shown.intersection(one.evidence)]
    if bare:
        yield Finding("value_without_evidence", WARNS, Part.ACTUAL, _numbers(bare))
    unasked = [one for one in plan.protected if one.anonymity is Anonymity.NAMED and one.consent != "given"]
    if unasked:
        yield Finding("named_without_consent", SAFETY, Part.PROTECTED, _numbers(unasked))


# --- 10, 11: audiences ---------------------------------------------------------------------------------------------------
def far_audiences(plan: Plan, _: Veil) -> Iterator[Finding]:
    """Screenings far from where the problem is are weak evidence."""
    home = {one.country for one in plan.places if one.country}
    far = [one for one in plan.audiences if home and one.country and one.country not in home]
    if far:
        yield Finding("audience_elsewhere", WARNS, Part.AUDIENCE, _numbers(far))


def choir(plan: Plan, _: Veil) -> Iterator[Finding]:
    """Whoever agrees already is not enough."""
    if plan.audiences and all(one.stance is Stance.ALLY for one in plan.audiences):
        yield Finding("only_the_choir", BLOCKS, Part.AUDIENCE, _numbers(plan.audiences))
    elif not plan.audiences:
        yield Finding("audiences_missing", BLOCKS, Part.AUDIENCE)


# --- 12: periods ---------------------------------------------------------------------------------------------------------
def periods(plan: Plan, _: Veil) -> Iterator[Finding]:
    """Periods do not overlap; it is said how they add up; what counts from the beginning never falls."""
    of: dict[int, list[Period]] = {}
    for one in sorted(plan.periods, key=lambda one: (one.starts_on, one.ends_on)):
        of.setdefault(one.indicator, []).append(one)
    read = actual_values(plan)
    explained = {one.period for one in plan.actuals if one.value is not None and one.comment.strip()}
    for indicator in _alive(plan):
        own = of.get(indicator.number, [])
        facts: dict[str, object] = {"indicator": indicator.title}
        for before, after in pairwise(own):
            if after.starts_on <= before.ends_on:
                yield Finding("periods_overlap", BLOCKS, Part.PERIOD, (before.number, after.number), facts)
            elif after.starts_on - before.ends_on > timedelta(days=1):
                yield Finding("gap_between_periods", WARNS, Part.PERIOD, (before.number, after.number), facts)
        if own and indicator.measure is Measure.UNIT and indicator.accumulation is None:
            yield Finding("accumulation_undeclared", BLOCKS, Part.INDICATOR, (indicator.number,), facts)
        if indicator.measure is Measure.UNIT and indicator.accumulation is Accumulation.CUMULATIVE:
            yield from _falls(own, read, explained, facts)


def _falls(
    own: list[Period], read: Mapping[int, Decimal], explained: set[int], facts: dict[str, object]
) -> Iterator[Finding]:  # fmt: skip
    """Values that are lower than the one before; a real fall is told in words."""
    said = [(one, read[one.number]) for one in own if one.number in read]
    for (before, earlier), (after, later) in pairwise(said):
        if later < earlier:
            more = facts | {"before": earlier, "after": later}
            rows = (before.number, after.number)
            if after.number in explained:
                yield Finding("fall_explained", WARNS, Part.ACTUAL, rows, more)
            else:
                yield Finding("cumulative_falls", BLOCKS, Part.ACTUAL, rows, more)


def actual_values(plan: Plan) -> dict[int, Decimal]:
    """What each period says of all, where it says a number."""
    measures = {one.number: one.measure for one in plan.indicators}
    spans = {one.number: one for one in plan.periods}
    rows: dict[int, list[figures.Value]] = {}
    for one in plan.actuals:
        if one.value is not None and one.period in spans:
            rows.setdefault(one.period, []).append(value_of(spans[one.period], one))
    return {
        number: figures.whole(measures[spans[number].indicator], found)[0]
        for number, found in rows.items()
        if spans[number].indicator in measures
    }


# --- What several need ---------------------------------------------------------------------------------------------------
def value_of(period: Period, reading: Reading) -> figures.Value:
    """A reading as the figures take it."""
    return figures.Value(period.starts_on, period.ends_on, reading.value, reading.out_of, reading.dimensions)


def figure_of(plan: Plan, indicator: Indicator, *, targets: bool = False, approved: bool = False) -> figures.Figure:
    """What the indicator says by now, or what it is to say."""
    own = {one.number: one for one in plan.periods if one.indicator == indicator.number}
    rows: Iterable[Reading] = plan.targets if targets else plan.actuals
    taken = [
        value_of(own[one.period], one)
        for one in rows
        if one.period in own and not (approved and isinstance(one, Actual) and not one.approved)
    ]
    return figures.figure(indicator.measure, indicator.accumulation, taken)


def is_told(figure: figures.Figure) -> bool:
    """Whether there is a number to show."""
    return figure.how in (How.SUM, How.LATEST)


def _alive(plan: Plan) -> list[Indicator]:
    return [one for one in plan.indicators if not one.retired]


def _numbers(rows: Iterable[Row]) -> tuple[int, ...]:
    return tuple(one.number for one in rows)


def _readings(plan: Plan) -> Iterator[tuple[Part, Indicator, Reading]]:
    indicators = {one.number: one for one in plan.indicators}
    of = {one.number: indicators[one.indicator] for one in plan.periods if one.indicator in indicators}
    both: tuple[tuple[Part, Iterable[Reading]], ...] = ((Part.TARGET, plan.targets), (Part.ACTUAL, plan.actuals))
    for part, rows in both:
        yield from ((part, of[one.period], one) for one in rows if one.period in of)


VALIDATIONS: Mapping[int, tuple[Rule, ...]] = {
    0: (missing,),
    1: (reach,),
    2: (goals,),
    3: (baselines,),
    4: (values,),
    5: (times,),
    6: (money,),
    7: (sdg_tags,),
    8: (names,),
    9: (restricted,),
    10: (far_audiences,),
    11: (choir,),
    12: (periods,),
}
RULES: tuple[Rule, ...] = tuple(rule for rules in VALIDATIONS.values() for rule in rules)
# Those that can find something unsafe, and beside every text the parts that they look at.
GUARDS: tuple[Rule, ...] = (names, restricted)
GUARDED = frozenset({Part.RISK, Part.EVIDENCE, Part.PROTECTED})


def unsafe_in(plan: Plan, veil: Veil) -> list[Finding]:
    """Return what is unsafe in it, asking only those who can find it."""
    return unsafe(one for rule in GUARDS for one in rule(plan, veil))
