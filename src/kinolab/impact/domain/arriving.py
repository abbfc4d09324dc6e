"""What of a file comes into a road map: rows that are not there yet, under those that are. Nothing there is written over.

A result is the same when its title and kind are, an indicator when its title and measure are, a period by its two days, a
value by of whom it speaks. So the same file brought a second time brings nothing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, TypeVar

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain import iati
from kinolab.impact.domain.iati_reading import Found, Note, Weight
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.plan import Evidence, Indicator, Period, Plan, Reading, Result, Row

WhyNot = Callable[[Part], Refusal | None]
_R = TypeVar("_R", bound=Row)
# In the order in which they are made, with what each leads to.
ORDER: Mapping[Part, tuple[str, ...]] = {
    Part.EVIDENCE: (), Part.RESULT: (), Part.INDICATOR: ("result",), Part.PERIOD: ("indicator",), Part.TARGET: ("period",),
    Part.ACTUAL: ("period", "evidence"),
}  # fmt: skip
_LEADS = {"result": Part.RESULT, "indicator": Part.INDICATOR, "period": Part.PERIOD, "evidence": Part.EVIDENCE}


@dataclass(slots=True)
class Arrival:
    """The rows that come, by part; `there`: which number of the file is which row of the road map; the account."""

    rows: dict[Part, list[Any]] = field(default_factory=lambda: {part: [] for part in ORDER})
    there: dict[Part, dict[int, int]] = field(default_factory=lambda: {part: {} for part in ORDER})
    notes: list[Note] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows come."""
        return sum(len(rows) for rows in self.rows.values())


def arrive(found: Found, plan: Plan, why_not: WhyNot, waiting: Collection[int] = ()) -> Arrival:
    """Say what of the file comes.

    `why_not` says of a part why nobody may write in it now; `waiting` are periods whose values lie in a report that was
    handed in.
    """
    return _Arriving(found, plan, why_not, waiting).all()


class _Arriving:
    def __init__(self, found: Found, plan: Plan, why_not: WhyNot, waiting: Collection[int]) -> None:
        self.found, self.plan, self.waiting = found, plan, waiting
        self.refused = {part: why_not(part) for part in ORDER}
        self.arrival = Arrival(notes=list(found.notes))
        self.names = {part: dict(_named(found, part)) for part in ORDER}
        self.coming: dict[Part, set[int]] = {part: set() for part in ORDER}

    def all(self) -> Arrival:
        plan, found = self.plan, self.found
        self.part(Part.EVIDENCE, found.evidence, plan.evidence, lambda one: (one.title, one.url))
        self.part(Part.RESULT, found.results, plan.results, lambda one: (_same(one.title), one.kind))
        self.part(
            Part.INDICATOR, found.indicators, plan.indicators, lambda one: (one.result, _same(one.title), one.measure)
        )
        self.part(Part.PERIOD, found.periods, plan.periods, lambda one: (one.indicator, one.starts_on, one.ends_on))
        for part, rows, there in (
            (Part.TARGET, found.targets, plan.targets),
            (Part.ACTUAL, found.actuals, plan.actuals),
        ):
            self.part(part, rows, there, lambda one: (one.period, one.dimensions))
        self.without_evidence()
        return self.arrival

    def part(self, part: Part, rows: Iterable[_R], there: Iterable[_R], key: Callable[[Any], object]) -> None:
        """Meet the rows of a part with those of the road map; a row below one that does not come, does not come."""
        known: dict[object, list[Any]] = {}
        for one in there:
            known.setdefault(key(one), []).append(one)
        for row in rows:
            led = self.led(part, row)
            if led is None:
                continue
            if like := known.get(key(led)):  # of several alike the first of the file is the first that is there
                same = like.pop(0)
                self.arrival.there[part][row.number] = same.number
                self.compare(part, row, led, same)
            elif (refusal := self.refused[part]) is not None:
                self.left(part, row, refusal.code)
            elif part is Part.ACTUAL and led.period in self.waiting:
                self.left(part, row, "value_handed_in")
            else:
                self.arrival.rows[part].append(row)
                self.coming[part].add(row.number)

    def led(self, part: Part, row: Any) -> Any:
        """The row leading to those of the road map; below a new row it leads to a number that no row has."""
        said: dict[str, int] = {}
        for name in ORDER[part]:
            if name == "evidence":
                continue
            number, above = getattr(row, name), _LEADS[name]
            if number in self.arrival.there[above]:
                said[name] = self.arrival.there[above][number]
            elif number in self.coming[above]:
                said[name] = -number
            else:
                return None  # what it belongs to is told of already
        return replace(row, **said)

    def compare(self, part: Part, row: Any, led: Any, same: Any) -> None:
        """Tell where the file says something else than the row that is there."""
        differs = [name for name in _TOLD[part] if _plain(getattr(led, name)) not in ("", _plain(getattr(same, name)))]
        if differs:
            self.left(part, row, "arriving_otherwise", columns=tuple(differs))

    def left(self, part: Part, row: Row, code: str, **facts: object) -> None:
        self.arrival.notes.append(Note(Weight.LEFT, code, self.names[part].get(row.number, ()), facts))

    def without_evidence(self) -> None:
        """Evidence that nothing which comes speaks of, does not come."""
        used = {number for one in self.arrival.rows[Part.ACTUAL] for number in one.evidence}
        evidence = self.arrival.rows[Part.EVIDENCE]
        evidence[:] = [one for one in evidence if one.number in used]


_NOT_TOLD = {"number", "result", "indicator", "period", "evidence", "goal", "retired", "approved", "recorded_on"}
_TOLD: Mapping[Part, tuple[str, ...]] = {
    part: tuple(one.name for one in fields(row) if one.name not in _NOT_TOLD)
    for part, row in (
        (Part.EVIDENCE, Evidence), (Part.RESULT, Result), (Part.INDICATOR, Indicator), (Part.PERIOD, Period),
        (Part.TARGET, Reading), (Part.ACTUAL, Reading),
    )
}  # fmt: skip
_TOLD = {**_TOLD, Part.EVIDENCE: ()}  # whether it may be shown is decided here, not in a file


def _named(found: Found, part: Part) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where each row of a part stands in the file: the titles above it."""
    results = {one.number: (one.title,) for one in found.results}
    indicators = {one.number: (*results[one.result], one.title) for one in found.indicators}
    periods = {one.number: (*indicators[one.indicator], f"{one.starts_on} – {one.ends_on}") for one in found.periods}
    match part:
        case Part.RESULT:
            yield from results.items()
        case Part.INDICATOR:
            yield from indicators.items()
        case Part.PERIOD:
            yield from periods.items()
        case Part.EVIDENCE:
            yield from ((one.number, (one.title,)) for one in found.evidence)
        case _:
            rows = found.targets if part is Part.TARGET else found.actuals
            yield from ((one.number, (*periods[one.period], _told(one))) for one in rows)


def _told(reading: Reading) -> str:
    said = [value for _, value in reading.dimensions]
    return ", ".join([iati.plain(reading.value) if reading.value is not None else "—", *said])


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _plain(value: object) -> str:
    """A value to compare: 5 is 5.00, and a text is the same however its lines end."""
    if isinstance(value, Decimal):
        return iati.plain(value)
    return "" if value is None else iati.clean(str(value))
