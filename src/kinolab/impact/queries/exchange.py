"""Road maps as these eyes may take them away, and their tables: results, values, everything.

Every figure is one of `domain/figures.py`: the page, the drawing, the report and these files cannot differ.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinolab.foundation.files.tables import Cell
from kinolab.foundation.refusals import Refusal
from kinolab.impact import words
from kinolab.impact.domain import figures, findings, iati, safety
from kinolab.impact.domain.findings import Finding
from kinolab.impact.domain.parts import STEPS, Part
from kinolab.impact.domain.plan import Actual, Indicator, Plan, Reading, Result
from kinolab.impact.domain.safety import Eyes, Outward
from kinolab.impact.domain.vocabularies import Level
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import editor, names
from kinolab.impact.queries import plan as plans

Shown = tuple[RoadMap, Outward]
OF_ROAD_MAP = ("road_map", "project", "language", "state")
OF_INDICATOR = (
    "result",
    "result_kind",
    "indicator",
    "measure",
    "unit",
    "accumulation",
    "higher_is_better",
    "sdg_indicator",
)
RESULTS = (
    *OF_ROAD_MAP, "goal", "dynamic", *OF_INDICATOR, "baseline", "baseline_year", "baseline_note", "target", "value", "how",
    "until", "out_of", "readings", "by", "evidence", "retired",
)  # fmt: skip
VALUES = (
    *OF_ROAD_MAP, *OF_INDICATOR, "period_start", "period_end", "kind", "value", "out_of", "sex", "age", "country", "place",
    "comment", "recorded_on", "approved", "evidence",
)  # fmt: skip
PLAN = ("road_map", "project", "step", "part", "row", "column", "says")


# --- Who sees what -------------------------------------------------------------------------------------------------------
def why_not_out(road_map: RoadMap, eyes: Eyes) -> Refusal | None:
    """Why nothing of it leaves for these eyes: its level, or something in it that must not be shown."""
    return outgoing([road_map], eyes).refused.get(road_map.pk)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The road maps that these eyes may see, and why the others stay, by their number."""

    shown: Sequence[Shown]
    refused: dict[int, Refusal]


def outgoing(road_maps: Iterable[RoadMap], eyes: Eyes) -> Outgoing:
    """Each road map through the gate, as far as it may leave at all. The same queries for one and for a thousand."""
    known = list(road_maps)
    refused = {one.pk: why for one in known if (why := safety.why_not_look(Level(one.level), eyes)) is not None}
    known = [one for one in known if one.pk not in refused]
    whole, veils = plans.plans(known), names.veils(known)
    shown: list[Shown] = []
    for one in known:
        unsafe = [] if eyes is Eyes.LAB else findings.unsafe(findings.find(whole[one.pk], veils[one.pk]))
        if unsafe:
            refused[one.pk] = Refusal("not_safe_to_show", {"count": len(unsafe)})
        else:
            seen = safety.through(whole[one.pk], eyes, veils[one.pk])
            shown.append((one, safety.for_paper(seen, veils[one.pk])))  # a file travels, as paper does
    return Outgoing(shown, refused)


@dataclass(frozen=True, slots=True)
class Offered:
    """For whose eyes data may be taken away, and whether as IATI too: what is published leaves the lab."""

    eyes: Eyes
    name: object
    iati: bool


def offered(road_map: RoadMap, found: Iterable[Finding]) -> list[Offered]:
    """For whom this road map's data may be taken away now."""
    unsafe = bool(findings.unsafe(found))
    level = Level(road_map.level)
    return [
        Offered(one, words.PAPERS_FOR[one], one is not Eyes.LAB)
        for one in Eyes
        if safety.why_not_look(level, one) is None and (one is Eyes.LAB or not unsafe)
    ]


# --- Tables --------------------------------------------------------------------------------------------------------------
def results(shown: Iterable[Shown]) -> Iterator[list[Cell]]:
    """A line for each indicator: where it began, where it is to go, what it says by now."""
    for road_map, outward in shown:
        plan = outward.plan
        for result, indicator in _indicators(plan):
            yield [*_of_road_map(road_map, plan), *_of_goal(plan, result), *_of_indicator(result, indicator),
                   *_figures(plan, indicator)]  # fmt: skip


def values(shown: Iterable[Shown]) -> Iterator[list[Cell]]:
    """A line for each target and each value that was read, with of whom it speaks."""
    for road_map, outward in shown:
        plan = outward.plan
        titles = {one.number: one.title for one in plan.evidence}
        for result, indicator in _indicators(plan):
            head = [*_of_road_map(road_map, plan), *_of_indicator(result, indicator)]
            for period in (one for one in plan.periods if one.indicator == indicator.number):
                both: tuple[tuple[str, Sequence[Reading]], ...] = (("target", plan.targets), ("actual", plan.actuals))
                for kind, rows in both:
                    for one in (row for row in rows if row.period == period.number):
                        yield [*head, period.starts_on, period.ends_on, kind, *_reading(one, titles)]


def everything(shown: Iterable[Shown]) -> Iterator[list[Cell]]:
    """A line for each column of each row that says something, in the reader's words."""
    for _, outward in shown:
        plan = outward.plan
        for step, parts in STEPS.items():
            for part in (editor.part_of(plan, one) for one in parts):
                for place, row in enumerate(part.rows, start=1):
                    head: list[Cell] = [plan.code, plan.title, step.value, str(part.name), place]
                    if not part.single:
                        yield [*head, str(words.label(part.part, editor.TITLES[part.part])), row.title]
                    for label, text in row.lines:
                        yield [*head, str(label), text]


def _indicators(plan: Plan) -> Iterator[tuple[Result, Indicator]]:
    for result in plan.results:
        yield from ((result, one) for one in plan.indicators if one.result == result.number)


def _of_road_map(road_map: RoadMap, plan: Plan) -> list[Cell]:
    return [plan.code, plan.title, road_map.language, road_map.state]


def _of_goal(plan: Plan, result: Result) -> list[Cell]:
    goal = editor.row_of(plan, Part.GOAL, result.goal)
    return [goal.goal, goal.dynamic.value] if goal else ["", ""]


def _of_indicator(result: Result, one: Indicator) -> list[Cell]:
    return [
        result.title, result.kind.value, one.title, one.measure.value, one.unit, one.accumulation or "", one.higher_is_better,
        one.sdg_indicator,
    ]  # fmt: skip


def _figures(plan: Plan, one: Indicator) -> list[Cell]:
    now, aim = findings.figure_of(plan, one), findings.figure_of(plan, one, targets=True)
    own = {period.number for period in plan.periods if period.indicator == one.number}
    evidence = {number for actual in plan.actuals if actual.period in own for number in actual.evidence}
    return [
        _number(one.baseline_value), one.baseline_year, one.baseline_comment or one.no_baseline_reason,
        _number(aim.value), _number(now.value), now.how.value, now.until, now.out_of, now.readings, _by(now),
        len(evidence), one.retired,
    ]  # fmt: skip


def _by(figure: figures.Figure) -> str:
    """Of whom: sex:female=8; sex:male=4."""
    said = [f"{name}:{key}={iati.plain(value)}" for name, parts in figure.by.items() for key, value in parts.items()]
    return "; ".join(said)


def _number(value: Decimal | None) -> Decimal | None:
    """A value without zeros behind it."""
    return None if value is None else Decimal(iati.plain(value))


def _reading(one: Reading, titles: dict[int, str]) -> list[Cell]:
    read = one if isinstance(one, Actual) else None
    return [
        _number(one.value), one.out_of, one.sex, one.age, one.country, one.place, one.comment,
        read.recorded_on if read else None, read.approved if read else None,
        "; ".join(titles[number] for number in read.evidence if number in titles) if read else "",
    ]  # fmt: skip


TABLES = {"results": (RESULTS, results), "values": (VALUES, values), "plan": (PLAN, everything)}
