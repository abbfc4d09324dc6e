"""A programme's impact report: what its road maps have read, added up where it may be, and openable down to the evidence.

Everything goes through the gate; only what the lab has approved counts; `figures.roll_up` alone adds up. What was worked out
is kept under a stamp of everything that it was made of: when one value changes, the stamp is another, and it is worked out
anew. Nothing has to be told that something has changed.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, IntegerField, Max, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from kinolab.impact.domain import figures, findings, safety, sdg
from kinolab.impact.domain.figures import Figure, Kind, Total
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.plan import Actual, Indicator, Learning, Period, Plan
from kinolab.impact.domain.safety import Eyes, Outward
from kinolab.impact.domain.vocabularies import Dynamic, Level, Measure, ResultKind
from kinolab.impact.models import TABLES, RoadMap
from kinolab.impact.queries import names
from kinolab.impact.queries.plan import outward, plans
from kinolab.labs.models import Programme

# What the report is made of; whatever hides something from it (protected people, partners) belongs to its stamp too.
PARTS = frozenset(
    {Part.PLACE, Part.SDG, Part.GOAL, Part.RESULT, Part.INDICATOR, Part.PERIOD, Part.ACTUAL, Part.LEARNING}
)
_HIDING = frozenset({Part.PARTNER, Part.PROTECTED})
KEPT = 24 * 3600  # seconds; a stamp that nobody asks for goes
_NUMBER = 10  # letters of a line's address
APART = "apart"  # the address of what cannot be added to anything
_MADE_BY = "3"  # raise it when what is kept has another shape
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one indicator of one road map says by now."""

    road_map: str
    title: str
    edition: int
    indicator: int
    name: str
    result: ResultKind
    kind: Kind
    figure: Figure
    adds: bool  # its team lets it be added up with others
    dynamic: Dynamic | None = None
    countries: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unwanted:
    """What changed in a project that nobody had wanted, as its team tells it."""

    road_map: str
    title: str
    edition: int
    language: str
    said: Learning


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the report, and of how much it is made."""

    key: str
    result: ResultKind
    total: Total
    road_maps: int
    values: int
    until: date | None
    by: Mapping[str, Sequence[tuple[str, Total]]]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole: its figures, those told apart, and of how much all of it is made."""

    lines: Sequence[Line]
    apart: int  # so many cannot be added to anything: told one by one
    road_maps: int
    indicators: int
    values: int
    until: date | None

    def of(self, kinds: Collection[ResultKind]) -> list[Line]:
        """The figures of these kinds of results."""
        return [one for one in self.lines if one.result in kinds]


# --- Asking ----------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Asked:
    """Which report: of which road maps of a programme, through which eyes."""

    programme: Programme
    road_maps: tuple[RoadMap, ...]
    eyes: Eyes
    stamp: str


def ask(programme: Programme, road_maps: QuerySet[RoadMap], eyes: Eyes) -> Asked:
    """The report of these road maps, with the stamp of what they say now. Two statements, however many road maps."""
    shown = [level.value for level in Level if safety.why_not_look(level, eyes) is None]
    known = tuple(
        road_maps.filter(edition__programme=programme, level__in=shown, application__isnull=False)
        .select_related(None)
        .only("code", "title", "level", "language", "changed_at", "edition")
        .order_by("pk")
    )  # without an application it is a template
    seen = sha256(f"{_MADE_BY} {programme.pk} {eyes}".encode())
    for one in known:
        seen.update(f"{one.pk} {one.changed_at.timestamp()} {one.level} {one.title} {one.edition_id}\n".encode())
    for row in _state(programme, frozenset(Part) if eyes is Eyes.PUBLIC else PARTS | _HIDING):
        seen.update(f"{row}\n".encode())
    return Asked(programme, known, eyes, seen.hexdigest())


def _state(programme: Programme, parts: Collection[Part]) -> list[tuple[object, ...]]:
    """How many rows each part has, how often they were changed, and when last. One statement for all of them."""
    asked = []
    for part in (one for one in Part if one in parts):
        approved = Count("approved_at") if part is Part.ACTUAL else Value(0, output_field=IntegerField())
        last = Max("approved_at") if part is Part.ACTUAL else Max("changed_at")
        rows = TABLES[part].objects.filter(road_map__edition__programme=programme).order_by()
        asked.append(
            rows.annotate(part=Value(part.value))
            .values("part")
            .annotate(
                number=Count("pk"), newest=Max("pk"), versions=Coalesce(Sum("version"), 0), changed=Max("changed_at"),
                approved=approved, approved_last=last,
            )
            .values_list("part", "number", "newest", "versions", "changed", "approved", "approved_last")
        )  # fmt: skip
    return sorted(asked[0].union(*asked[1:], all=True), key=lambda row: str(row[0]))


def report(asked: Asked) -> Report:
    """The report, as it was worked out for exactly this state."""
    return _kept(f"impact-report:{asked.stamp}", lambda: made_of(_entries(asked)))


def entries(asked: Asked, key: str) -> list[Entry]:
    """The indicators of which one figure is made, by the titles of their road maps."""
    keys = {line.key for line in report(asked).lines}
    apart = key == APART
    found = [one for one in _entries(asked) if (key_of(one) not in keys if apart else key_of(one) == key)]
    return sorted(found, key=lambda one: (one.title, one.name, one.indicator))


def all_entries(asked: Asked) -> list[Entry]:
    """Every indicator that has been read."""
    return _entries(asked)


def unwanted(asked: Asked) -> list[Unwanted]:
    """What changed that nobody had wanted, the latest first: a report that tells only what was wanted is not honest."""
    return _read(asked)[1]


def _entries(asked: Asked) -> list[Entry]:
    return _read(asked)[0]


def _read(asked: Asked) -> tuple[list[Entry], list[Unwanted]]:
    return _kept(f"impact-entries:{asked.stamp}", lambda: read(asked.road_maps, asked.eyes))


def _kept(key: str, make: Callable[[], _T]) -> _T:
    found: _T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT)
    return found


# --- Reading ---------------------------------------------------------------------------------------------------------------
def read(road_maps: Sequence[RoadMap], eyes: Eyes) -> tuple[list[Entry], list[Unwanted]]:
    """What each indicator says by now, and what nobody had wanted, as these eyes may see it. A constant number of statements."""
    seen = _safe(road_maps, PARTS) if eyes is Eyes.PUBLIC else outward(road_maps, eyes, PARTS)
    own = {one.pk: one for one in road_maps}
    told = [
        Unwanted(one.plan.code, one.plan.title, own[number].edition_id, own[number].language, said)
        for number, one in seen.items()
        for said in one.plan.learning
        if not said.intended
    ]
    told.sort(key=lambda one: (one.said.on or date.min, one.said.number), reverse=True)
    return [entry for number, one in seen.items() for entry in _of_plan(one.plan, own[number].edition_id)], told


def _safe(road_maps: Sequence[RoadMap], parts: Collection[Part] = frozenset(Part)) -> dict[int, Outward]:
    """Those that are safe to be shown to everybody, through the gate; these parts of them.

    Where names are protected every text is looked through, so all parts are read; elsewhere what is asked for, and what a rule
    of safety looks at.
    """
    veils = names.veils(road_maps)
    guarded = [one for one in road_maps if veils[one.pk].kept]
    others = [one for one in road_maps if not veils[one.pk].kept]
    whole = {**plans(guarded), **plans(others, {*parts, *_HIDING, *findings.GUARDED})}
    return {
        one.pk: safety.through(whole[one.pk], Eyes.PUBLIC, veils[one.pk])
        for one in road_maps
        if not findings.unsafe_in(whole[one.pk], veils[one.pk])
    }


def _of_plan(plan: Plan, edition: int) -> list[Entry]:
    results = {one.number: one for one in plan.results}
    goals = {one.number: one for one in plan.goals}
    countries = tuple(sorted({one.country for one in plan.places if one.country}))
    tags = findings.tags_for_export(plan)
    spans = {one.number: one for one in plan.periods}
    values: dict[int, list[figures.Value]] = defaultdict(list)
    for one in plan.actuals:
        span = spans.get(one.period)
        if one.approved and span is not None:
            values[span.indicator].append(findings.value_of(span, one))
    found = []
    for indicator in plan.indicators:
        result = results.get(indicator.result)
        if result is None or indicator.retired or indicator.number not in values:
            continue
        goal = goals.get(result.goal or 0)
        target = sdg.target_of(indicator.sdg_indicator)
        found.append(
            Entry(
                plan.code, plan.title, edition, indicator.number, indicator.title, result.kind, kind_of(indicator),
                figures.figure(indicator.measure, indicator.accumulation, values[indicator.number]), result.aggregable,
                goal.dynamic if goal else None, countries, (target,) if target else tags,
            )
        )  # fmt: skip
    return found


def kind_of(indicator: Indicator) -> Kind:
    """What its figure may be added to: counts of the same unit; without a unit, and for shares, only its own namesakes."""
    unit = indicator.unit if indicator.measure is Measure.UNIT else ""
    return Kind(indicator.measure, _plain(unit or indicator.title), indicator.accumulation)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


# --- Adding up -------------------------------------------------------------------------------------------------------------
def made_of(found: Iterable[Entry]) -> Report:
    """The report made of these."""
    known = list(found)
    groups: dict[tuple[ResultKind, Kind], list[Entry]] = defaultdict(list)
    for one in known:
        if one.adds:
            groups[one.result, one.kind].append(one)
    lines = [_line(result, own) for (result, _), own in groups.items()]
    told = [one for one in lines if one.total.value is not None]
    shown = {one.key for one in told}
    return Report(
        sorted(told, key=_order),
        sum(1 for one in known if key_of(one) not in shown),
        len({one.road_map for one in known}),
        len(known),
        sum(one.figure.readings for one in known),
        max((one.figure.until for one in known if one.figure.until), default=None),
    )


def _order(line: Line) -> tuple[int, int, str]:
    return (list(ResultKind).index(line.result), -line.road_maps, line.total.kind.unit)


def _line(result: ResultKind, own: Sequence[Entry]) -> Line:
    return Line(
        key_of(own[0]),
        result,
        _total(own),
        len({one.road_map for one in own}),
        sum(one.figure.readings for one in own),
        max((one.figure.until for one in own if one.figure.until), default=None),
        {
            "edition": _by(own, lambda one: [str(one.edition)]),
            "dynamic": _by(own, lambda one: [one.dynamic.value] if one.dynamic else []),
            "country": _by(own, lambda one: one.countries),
            "sdg": _by(own, lambda one: one.targets),
        },
    )


def _total(own: Sequence[Entry]) -> Total:
    return figures.roll_up([(one.kind, one.figure) for one in own])[0]


def _by(own: Sequence[Entry], of: Callable[[Entry], Iterable[str]]) -> list[tuple[str, Total]]:
    parts: dict[str, list[Entry]] = defaultdict(list)
    for one in own:
        for value in of(one):
            parts[value].append(one)
    return [(value, _total(parts[value])) for value in sorted(parts)]


def key_of(entry: Entry) -> str:
    """Under which address the figure that it belongs to is opened; that of a team that does not let it be added is apart."""
    if not entry.adds:
        return APART
    kind = entry.kind
    said = f"{entry.result}|{kind.measure}|{kind.unit}|{kind.accumulation or ''}"
    return sha256(said.encode()).hexdigest()[:_NUMBER]


# --- Down to the evidence ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OpenedValue:
    """A value with what it speaks of and what shows it."""

    actual: Actual
    evidence: Sequence[object]


@dataclass(frozen=True, slots=True)
class OpenedPeriod:
    """A period with what was to be reached in it, and what was read."""

    period: Period
    targets: Sequence[object]
    values: Sequence[OpenedValue]


@dataclass(frozen=True, slots=True)
class Opened:
    """An indicator, opened down to its evidence."""

    plan: Plan
    indicator: Indicator
    result: object
    goal: object
    figure: Figure
    periods: Sequence[OpenedPeriod]


def opened(asked: Asked, code: str, number: int) -> Opened | None:
    """One indicator of one road map of the report, down to the evidence of each value."""
    own = [one for one in asked.road_maps if one.code == code]
    seen = _safe(own) if asked.eyes is Eyes.PUBLIC else outward(own, asked.eyes)
    if not seen:
        return None
    plan = next(iter(seen.values())).plan
    indicator = next((one for one in plan.indicators if one.number == number and not one.retired), None)
    if indicator is None:
        return None
    result = next((one for one in plan.results if one.number == indicator.result), None)
    goal = next((one for one in plan.goals if result and one.number == result.goal), None)
    figure = findings.figure_of(plan, indicator, approved=True)
    return Opened(plan, indicator, result, goal, figure, [_opened(plan, one) for one in _periods(plan, number)])


def _periods(plan: Plan, indicator: int) -> list[Period]:
    return sorted(
        (one for one in plan.periods if one.indicator == indicator), key=lambda one: (one.starts_on, one.number)
    )


def _opened(plan: Plan, period: Period) -> OpenedPeriod:
    evidence = {one.number: one for one in plan.evidence}
    return OpenedPeriod(
        period,
        [one for one in plan.targets if one.period == period.number],
        [
            OpenedValue(one, [evidence[number] for number in one.evidence if number in evidence])
            for one in plan.actuals
            if one.period == period.number and one.approved
        ],
    )
