"""A road map as its pages show it: the steps of the path, the rows of each part with their words, findings in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kinolab.foundation.i18n import formats, reasons
from kinolab.foundation.refusals import Refusal
from kinolab.impact import words
from kinolab.impact.domain import sdg
from kinolab.impact.domain.findings import Finding, Weight
from kinolab.impact.domain.parts import MOVABLE, SINGLE, STEPS, Part, Step
from kinolab.impact.domain.plan import Period, Plan
from kinolab.impact.models import Remark, RoadMap
from kinolab.impact.queries import names
from kinolab.impact.queries.plan import PLACES

# Which rows a column leads to.
LEADS_TO: Mapping[str, Part] = {
    "goal": Part.GOAL, "audience": Part.AUDIENCE, "activity": Part.ACTIVITY, "activities": Part.ACTIVITY,
    "depends_on": Part.ACTIVITY, "partners": Part.PARTNER, "result": Part.RESULT, "indicator": Part.INDICATOR,
    "period": Part.PERIOD, "evidence": Part.EVIDENCE,
}  # fmt: skip
# Which column of a part names its rows.
TITLES: Mapping[Part, str] = {
    Part.PLACE: "name", Part.GROUP: "name", Part.CAUSE: "text", Part.SOURCE: "title", Part.SDG: "code", Part.GOAL: "goal",
    Part.AUDIENCE: "name", Part.ACTIVITY: "title", Part.PARTNER: "organisation", Part.WINDOW: "kind", Part.LINE: "label",
    Part.MILESTONE: "title", Part.RESULT: "title", Part.INDICATOR: "title", Part.PERIOD: "starts_on", Part.TARGET: "value",
    Part.ACTUAL: "value", Part.EVIDENCE: "title", Part.RISK: "title", Part.PROTECTED: "code", Part.LEARNING: "what_changed",
}  # fmt: skip
_LISTS: Mapping[tuple[Part, str], Mapping[Any, object]] = {
    (Part.STORY, "known"): words.KNOWN, (Part.STORY, "mood"): words.MOODS, (Part.AUDIENCE, "kind"): words.AUDIENCE_KINDS,
    (Part.ACTIVITY, "kind"): words.ACTIVITY_KINDS, (Part.PARTNER, "role"): words.PARTNER_ROLES,
    (Part.PARTNER, "agreement"): words.AGREEMENTS, (Part.WINDOW, "kind"): words.WINDOW_KINDS,
    (Part.MILESTONE, "precision"): words.PRECISIONS, (Part.EVIDENCE, "kind"): words.EVIDENCE_KINDS,
    (Part.RISK, "who"): words.RISK_WHOS, (Part.RISK, "kind"): words.RISK_KINDS,
    (Part.PROTECTED, "consent"): words.CONSENTS,
}  # fmt: skip
_READINGS = frozenset({Part.TARGET, Part.ACTUAL})


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in words: its title, and each column that says something."""

    part: Part
    number: int
    title: str
    lines: Sequence[tuple[object, str]]
    retired: bool = False
    approved: bool | None = None
    file: str = ""  # what the file behind it is called
    above: int = 0  # the row before it, and the one after it, where people put rows in order
    below: int = 0


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part with its rows. `single`: there is one, and it is written in place."""

    part: Part
    name: object
    rows: Sequence[ShownRow]
    single: bool


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as a sentence, with the step where it is mended."""

    finding: Finding
    sentence: str
    step_name: object


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of the guided path, with what stands in it: how many rows, findings and open remarks."""

    step: Step
    name: object
    state: str  # done, next
    rows: int
    findings: int
    remarks: int


def path(
    plan: Plan, found: Sequence[Finding], remarks: Sequence[Remark], hidden: frozenset[Step] = frozenset()
) -> list[PathStep]:
    """The steps in order; one is done when something is written in it and nothing in it blocks."""
    shown = []
    for step in (one for one in Step if one not in hidden):
        own = [one for one in found if one.step is step and one.weight is not Weight.WARNS]
        rows = sum(_written(plan, part) for part in STEPS[step])
        waiting = sum(1 for one in remarks if one.path_step == step and one.settled_at is None)
        state = "done" if rows and not own else "next"
        shown.append(PathStep(step, words.PATH[step], state, rows, len(own), waiting))
    return shown


def _written(plan: Plan, part: Part) -> int:
    said = getattr(plan, PLACES[part][0])
    if part not in SINGLE:
        return len(said)
    return int(said != type(said)() if part is Part.MONEY else any(getattr(said, one.name) for one in fields(said)))


# --- Rows in words -------------------------------------------------------------------------------------------------------
def parts(plan: Plan, step: Step, *, deep: bool = False) -> list[ShownPart]:
    """The parts of a step with their rows; periods and values only where asked (`deep`): they stand with their indicator."""
    below = {Part.PERIOD, Part.TARGET, Part.ACTUAL} if not deep else set()
    return [part_of(plan, one) for one in STEPS[step] if one not in below]


def part_of(plan: Plan, part: Part) -> ShownPart:
    """One part with its rows in words."""
    said = getattr(plan, PLACES[part][0])
    rows = [shown(plan, part, one) for one in ([said] if part in SINGLE else said)]
    if part in MOVABLE:
        numbers = [0, *(one.number for one in rows), 0]
        rows = [replace(one, above=numbers[place], below=numbers[place + 2]) for place, one in enumerate(rows)]
    return ShownPart(part, words.PARTS[part], rows, part in SINGLE)


def shown(plan: Plan, part: Part, row: Any) -> ShownRow:
    """A row in words."""
    lines = []
    for one in fields(row):
        if one.name in ("number", "retired", "approved", "file") or one.name == TITLES.get(part):
            continue
        if text := in_words(plan, part, one.name, getattr(row, one.name)):
            lines.append((words.label(part, one.name), text))
    return ShownRow(
        part,
        getattr(row, "number", 0),
        title(plan, part, row),
        lines,
        getattr(row, "retired", False),
        getattr(row, "approved", None),
        getattr(row, "file", ""),
    )


def title(plan: Plan, part: Part, row: Any) -> str:
    """What a row is called where it is named in one line."""
    if part in SINGLE:
        return str(words.PARTS[part])
    if isinstance(row, Period):
        return formats.day_range(row.starts_on, row.ends_on)
    said = getattr(row, TITLES[part])
    if part is Part.SDG:
        return sdg_name(said)
    return in_words(plan, part, TITLES[part], said) or "—"


def sdg_name(code: str) -> str:
    """5 · Gender equality; a target with its English text."""
    goal = words.SDG_GOALS[sdg.goal_of(code)]
    return f"{code} · {goal}" if code in sdg.GOALS else f"{code} · {sdg.TARGETS[code]}"


def sdg_choices() -> list[tuple[str, object]]:
    """Each goal, under it the goal itself and its targets."""
    found: list[tuple[str, object]] = []
    for code in sdg.GOALS:
        targets = [(one, sdg_name(one)) for one in sdg.TARGETS if sdg.goal_of(one) == code]
        found.append((sdg_name(code), [(code, sdg_name(code)), *targets]))
    return found


def in_words(plan: Plan, part: Part, name: str, value: object) -> str:
    """What a column says, as a reader of the page reads it; nothing when it says nothing."""
    if value is None or value == "" or value == () or value is False:
        return ""
    if name in LEADS_TO and not isinstance(value, str):
        numbers = value if isinstance(value, tuple) else (value,)
        rows = [row_of(plan, LEADS_TO[name], one) for one in numbers]
        return formats.listing(_choice(plan, LEADS_TO[name], one) for one in rows if one is not None)
    if (part, name) in _LISTS:
        return str(_LISTS[part, name].get(value, value))
    if isinstance(value, StrEnum):
        return str(words.LISTS[type(value)][value])
    if name in ("sex", "age"):
        return str((words.SEXES if name == "sex" else words.AGES)[value])  # type: ignore[index]
    return _plain(name, value)


def _plain(name: str, value: object) -> str:
    match value:
        case bool():
            return str(words.YES)
        case date():
            return formats.day(value)
        case int() if name == "baseline_year":
            return str(value)
        case Decimal() | int():
            return formats.number(value)
        case _:
            return formats.country_name(str(value)) if name == "country" else str(value)


def row_of(plan: Plan, part: Part, number: int | None) -> Any:
    """The row of this number; None when there is none."""
    said = getattr(plan, PLACES[part][0])
    if part in SINGLE:
        return said
    return next((one for one in said if one.number == number), None)


def choices(plan: Plan, part: Part, *, leaving_out: int | None = None) -> list[tuple[int, str]]:
    """The rows of a part to choose from."""
    rows = getattr(plan, PLACES[part][0])
    return [(one.number, _choice(plan, part, one)) for one in rows if one.number != leaving_out]


def _choice(plan: Plan, part: Part, row: Any) -> str:
    if part is Part.PERIOD:  # the same days belong to several indicators
        of = row_of(plan, Part.INDICATOR, row.indicator)
        return f"{title(plan, part, row)} · {of.title if of else ''}"
    return title(plan, part, row)[:140]


# --- Indicators ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ShownPeriod:
    """A period of an indicator with its targets and what was read."""

    row: ShownRow
    targets: Sequence[ShownRow]
    actuals: Sequence[ShownRow]


def periods(plan: Plan, indicator: int) -> list[ShownPeriod]:
    """The periods of an indicator."""
    own = [one for one in plan.periods if one.indicator == indicator]
    return [
        ShownPeriod(
            shown(plan, Part.PERIOD, one),
            [shown(plan, Part.TARGET, row) for row in plan.targets if row.period == one.number],
            [shown(plan, Part.ACTUAL, row) for row in plan.actuals if row.period == one.number],
        )
        for one in own
    ]


# --- Findings ------------------------------------------------------------------------------------------------------------
def in_sentences(found: Sequence[Finding]) -> list[ShownFinding]:
    """Findings in words, those first that stop something."""
    order = {Weight.SAFETY: 0, Weight.BLOCKS: 1, Weight.WARNS: 2}
    sorted_ = sorted(found, key=lambda one: order[one.weight])
    return [ShownFinding(one, sentence(one), words.PATH[one.step]) for one in sorted_]


def sentence(finding: Finding) -> str:
    """A finding as a sentence, its facts shown the way the active language shows them."""
    shown_ = reasons.facts_shown(Refusal(finding.code, finding.facts))
    return str(words.FINDINGS[finding.code]) % shown_


def remarks_of(road_map: RoadMap) -> list[Remark]:
    """What has been said about it, in order."""
    return list(Remark.objects.filter(road_map=road_map).select_related("by", "settled_by").order_by("at", "pk"))


def remarks_outside(road_map: RoadMap, said: Sequence[Remark]) -> list[Remark]:
    """The same for somebody of the lab: names that must not be said are covered. Not to be saved."""
    veil = names.veils([road_map])[road_map.pk]
    for one in said:
        one.text = veil.covered(one.text)
    return list(said)
