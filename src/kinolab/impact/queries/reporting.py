"""Reports as pages and rules need them: their days, what they ask with what was read, and lists for the lab."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from kinolab.foundation.i18n import formats
from kinolab.foundation.refusals import Refusal
from kinolab.impact import words
from kinolab.impact.domain import findings, reporting
from kinolab.impact.domain.lifecycle import ReportState
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.plan import Activity, Evidence, Learning, Plan
from kinolab.impact.domain.plan import Actual as Read
from kinolab.impact.domain.reporting import Asked, Span
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.domain.vocabularies import Measure
from kinolab.impact.models import Actual, Remark, Report, Rhythm, RoadMap
from kinolab.impact.queries import names
from kinolab.impact.queries.plan import outward

DIMENSIONS = ("sex", "age", "country", "place")
# What reports ask, and what was read.
ASKED = frozenset({Part.RESULT, Part.INDICATOR, Part.PERIOD, Part.TARGET, Part.ACTUAL, Part.EVIDENCE})


# --- Days --------------------------------------------------------------------------------------------------------------
def span_of(report: Report) -> Span:
    """The days of a report."""
    return Span(report.starts_on, report.ends_on)


def spans(road_map: RoadMap, *, but: Report | None = None) -> list[Span]:
    """The days of the road map's reports; of all others than this."""
    found = Report.objects.filter(road_map=road_map)
    if but is not None:
        found = found.exclude(pk=but.pk)
    return [Span(*days) for days in found.order_by("starts_on").values_list("starts_on", "ends_on")]


def rhythm_of(road_map: RoadMap) -> Rhythm | None:
    """The road map's own rhythm, else its edition's; None where nobody has said."""
    found = Rhythm.objects.filter(Q(road_map=road_map) | Q(edition=road_map.edition_id)).order_by("edition")
    own = [one for one in found if one.road_map_id]
    return (own or list(found) or [None])[0]


def rhythm_of_edition(edition: int) -> Rhythm | None:
    """How often the edition's teams report."""
    return Rhythm.objects.filter(edition=edition).first()


def reading(road_map: RoadMap, period: int, dimensions: Mapping[str, str], number: int = 0) -> Actual | None:
    """The row of what was read in a period: of all, of those of these dimensions, or of this number."""
    own = Actual.objects.filter(road_map=road_map, period=period).order_by("order", "pk")
    if number:
        return own.filter(pk=number).first()
    return own.filter(**{name: dimensions.get(name, "") for name in DIMENSIONS}).first()


# --- One report ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Portion:
    """One part of a value (of women, of one country): its words, its row if there is one."""

    key: str  # as its field is called
    label: str
    dimension: str
    row: Read | None
    version: int


@dataclass(frozen=True, slots=True)
class Card:
    """One value that a report asks, with all that helps to give it."""

    asked: Asked
    row: Read | None  # of all
    version: int
    last: tuple[str, Decimal, str] | None  # of which days; the number; in words
    before: str
    target: str
    value: str
    portions: Sequence[Portion]
    more: Sequence[Read]  # further values of all: they are added together
    problems: Sequence[Refusal]
    evidence: Sequence[Evidence]
    state: str  # next, done, bad, waits, frozen

    @property
    def number(self) -> int:
        """The number of its period, by which the page knows it."""
        return self.asked.period.number

    @property
    def in_words(self) -> bool:
        """Whether the indicator is told in words."""
        return self.asked.indicator.measure is Measure.QUALITATIVE

    @property
    def share(self) -> bool:
        """Whether it is a share of so many."""
        return self.asked.indicator.measure is Measure.PERCENTAGE

    @property
    def days(self) -> str:
        """The days of its period."""
        return formats.day_range(self.asked.period.starts_on, self.asked.period.ends_on)


def cards(plan: Plan, report: Report) -> list[Card]:
    """What the report asks, indicator by indicator. One query: the versions of the rows, and which wait in a report."""
    found = reporting.asked(plan, span_of(report))
    known = Actual.objects.filter(period__in=[one.period.number for one in found])
    rows = list(known.values_list("pk", "version", "period", "report__state"))
    versions = {number: version for number, version, _, _ in rows}
    waits = {period for _, _, period, state in rows if state == ReportState.HANDED_IN}
    return [_card(plan, one, versions, waits=one.period.number in waits) for one in found]


def _card(plan: Plan, one: Asked, versions: Mapping[int, int], *, waits: bool) -> Card:
    rows = reporting.of_period(plan, one.period)
    of_all = [row for row in rows if not row.dimensions]
    row = of_all[0] if of_all else None
    problems = reporting.problems(plan, one)
    last = reporting.last_read(plan, one)
    said = any(each.value is not None or each.comment.strip() for each in rows)
    measure = one.indicator.measure
    return Card(
        asked=one,
        row=row,
        version=versions.get(row.number, 0) if row else 0,
        last=(formats.day_range(last[0].starts_on, last[0].ends_on), last[1], amount(last[1], measure))
        if last
        else None,
        before=amount(one.indicator.baseline_value, measure),
        target=_target(plan, one),
        value=_said(plan, one),
        portions=_portions(rows, versions),
        more=of_all[1:],
        problems=problems,
        evidence=[proof for proof in plan.evidence if any(proof.number in each.evidence for each in rows)],
        state=_state(row, waits=waits, said=said, wrong=bool(problems)),
    )


def _state(row: Read | None, *, waits: bool, said: bool, wrong: bool) -> str:
    if row is not None and row.approved:
        return "frozen"
    if waits:
        return "waits"
    return "next" if not said else "bad" if wrong else "done"


def _target(plan: Plan, one: Asked) -> str:
    """The target of its period, else the next one."""
    days = {period.number: period for period in plan.periods if period.indicator == one.indicator.number}
    of_all = [row for row in plan.targets if row.period in days and not row.dimensions]
    ahead = sorted(
        (row for row in of_all if days[row.period].ends_on >= one.period.ends_on),
        key=lambda row: (days[row.period].ends_on, row.number),
    )
    return amount(ahead[0].value, one.indicator.measure) if ahead else ""


def _said(plan: Plan, one: Asked) -> str:
    value = findings.actual_values(plan).get(one.period.number)
    return amount(value, one.indicator.measure)


def amount(value: Decimal | None, measure: Measure) -> str:
    """A value as pages show it; nothing where there is none."""
    if value is None:
        return ""
    return formats.number(value) + (" %" if measure is Measure.PERCENTAGE else "")


def _portions(rows: Sequence[Read], versions: Mapping[int, int]) -> list[Portion]:
    """Each sex and age, whether read or not; then the countries, places and finer parts that there are."""
    fixed = [("sex", key, label) for key, label in words.SEXES.items()]
    fixed += [("age", key, label) for key, label in words.AGES.items()]  # type: ignore[misc]
    known = {one.dimensions: one for one in rows if one.dimensions}
    found = []
    for name, key, label in fixed:
        row = known.pop(((name, key.value),), None)
        found.append(Portion(f"{name}_{key.value}", str(label), name, row, versions.get(row.number, 0) if row else 0))
    for dimensions, row in known.items():
        text = formats.listing(in_words(name, value) for name, value in dimensions)
        found.append(Portion(f"row_{row.number}", text, dimensions[0][0], row, versions.get(row.number, 0)))
    return found


def in_words(name: str, value: str) -> str:
    """One dimension of a value as people read it."""
    if name == "sex":
        return str(words.SEXES[value])  # type: ignore[index]
    if name == "age":
        return str(words.AGES[value])  # type: ignore[index]
    return formats.country_name(value) if name == "country" else value


def activities(plan: Plan, report: Report) -> Sequence[Activity]:
    """The activities whose state the report asks."""
    return reporting.activities(plan, span_of(report))


def learned(plan: Plan, report: Report) -> list[Learning]:
    """What changed in the days of the report."""
    return [one for one in plan.learning if one.on and report.starts_on <= one.on <= report.ends_on]


def listed(report: Report, at: datetime) -> "Listed":
    """The report as lists name it: its days, its state in words, whether it is late."""
    return _listed(report, report.road_map, "", at, ())


def version_of(number: int) -> int:
    """The version in which a value is now."""
    return Actual.objects.filter(pk=number).values_list("version", flat=True).first() or 0


def remarks(said: Sequence[Remark], report: Report) -> list[Remark]:
    """What was said of it when it was given back, out of all that this person may read."""
    return [one for one in said if one.report_id == report.pk]


def waiting(report: Report) -> dict[int, int]:
    """The values of the report that nobody has approved: number → version."""
    return dict(Actual.objects.filter(report=report, approved_at=None).values_list("pk", "version"))


# --- Lists -----------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Value:
    """One value of a report in a list: what it was before, what it is now, and what stands behind it."""

    number: int
    version: int
    title: str
    of: str
    before: str
    value: str
    comment: str
    evidence: int
    approved: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in a list. `values` only where somebody is to look at them."""

    report: Report
    title: str
    state: ReportState
    word: object
    days: str
    late: bool
    values: Sequence[Value]

    @property
    def waiting(self) -> list[Value]:
        """The values that nobody has approved."""
        return [one for one in self.values if not one.approved]


def of_road_map(road_map: RoadMap, at: datetime) -> list[Listed]:
    """The reports of one road map, the newest first. One query."""
    found = Report.objects.filter(road_map=road_map).order_by("-starts_on", "-pk")
    return [_listed(one, road_map, "", at, ()) for one in found]


def next_of(road_map: RoadMap, at: datetime) -> Listed | None:
    """The report that somebody has to do something about first. One query."""
    waiting = Report.objects.filter(road_map=road_map).exclude(state=ReportState.APPROVED.value)
    found = waiting.order_by("starts_on", "pk").first()
    return _listed(found, road_map, "", at, ()) if found else None


def of_edition(reports: QuerySet[Report], at: datetime) -> list[Listed]:
    """Reports of an edition: what waits first, then what is late, then by the day when they are due.

    A constant number of queries. Values and titles come through the gate, as the lab sees them.
    """
    found = list(reports.select_related("road_map__edition", "handed_in_by"))
    road_maps = {one.road_map_id: one.road_map for one in found}
    veils = names.veils(list(road_maps.values()))
    rows = list(Actual.objects.filter(report__in=found).values_list("pk", "report", "version"))
    told = {one for _, one, _ in rows}
    shown = outward({one.road_map_id: one.road_map for one in found if one.pk in told}.values(), Eyes.LAB, ASKED)
    of: dict[int, dict[int, int]] = {}
    for number, report, version in rows:
        of.setdefault(report, {})[number] = version
    listed = [
        _listed(
            one,
            one.road_map,
            veils[one.road_map_id].covered(one.road_map.title),
            at,
            _values(shown[one.road_map_id].plan, of[one.pk]) if one.pk in of else (),
        )
        for one in found
    ]
    return sorted(listed, key=_order)


def _order(one: Listed) -> tuple[bool, bool, date, str]:
    return (not (one.state is ReportState.HANDED_IN or bool(one.waiting)), not one.late, one.report.due_on, one.title)


def _listed(report: Report, road_map: RoadMap, title: str, at: datetime, values: Sequence[Value]) -> Listed:
    state = ReportState(report.state)
    return Listed(
        report=report,
        title=title,
        state=state,
        word=words.REPORT_STATES[state],
        days=formats.day_range(report.starts_on, report.ends_on),
        late=reporting.is_late(state, report.due_on, at, road_map.edition.timezone),
        values=values,
    )


def _values(plan: Plan, versions: Mapping[int, int]) -> list[Value]:
    periods = {one.number: one for one in plan.periods}
    indicators = {one.number: one for one in plan.indicators}
    found = []
    for row in plan.actuals:
        if row.number not in versions:
            continue
        period = periods[row.period]
        indicator = indicators[period.indicator]
        last = reporting.last_read(plan, Asked(indicator, period, must=True))
        found.append(
            Value(
                number=row.number,
                version=versions[row.number],
                title=indicator.title,
                of=formats.listing(in_words(*one) for one in row.dimensions),
                before=amount(last[1], indicator.measure) if last and not row.dimensions else "",
                value=amount(row.value, indicator.measure),
                comment=row.comment,
                evidence=len(row.evidence),
                approved=row.approved,
            )
        )
    return found


def named(refusal: Refusal) -> Refusal:
    """A problem with its dimensions in words."""
    facts: dict[str, Any] = dict(refusal.facts)
    if "dimensions" in facts:
        facts["dimensions"] = formats.listing(str(words.DIMENSIONS[one]) for one in facts["dimensions"])
    return Refusal(refusal.code, facts)
