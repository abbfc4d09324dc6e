"""The one place where values are read and added up: for the screen, for reports and for exports.

A value is a number or it is nothing; why there is none is said in words beside it. Values of one period are those of all, or
the parts that make up all (women and men), never both. Over periods a *periodic* count is summed; everything that already
counts from the beginning (*cumulative*), and every share, rank or class, is as it was read last. Over several indicators only
counts add up, and only with counts of the same unit and the same way of counting; shares add up by their people.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain.vocabularies import Accumulation, Measure

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")
_FRACTION = re.compile(r"\d+/\d+|[\u00bc-\u00be\u2150-\u215e]")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")  # 1,234: a thousand and more, or a little more than one
_WHOLE = frozenset({Measure.NOMINAL, Measure.ORDINAL})
DIMENSIONS = ("sex", "age", "country", "place")


def parse(text: str, measure: Measure) -> Decimal | Refusal | None:
    """Read what somebody typed into a value: None for nothing, a refusal for words."""
    typed = _SPACES.sub("", text)
    if not typed:
        return None
    if measure is Measure.QUALITATIVE:
        return Refusal("value_in_words", {})
    if measure is Measure.PERCENTAGE:
        typed = typed.removesuffix("%")
    facts = {"text": text.strip()[:40]}
    if _FRACTION.fullmatch(typed):
        return Refusal("value_is_a_fraction", facts)
    if typed.endswith("%") and _NUMBER.fullmatch(typed[:-1]):
        return Refusal("value_is_a_share", facts)
    if not _NUMBER.fullmatch(typed):
        return Refusal("value_not_a_number", facts)
    if _THOUSANDS.fullmatch(typed):
        return Refusal("value_read_two_ways", facts)
    value = Decimal(typed.replace(",", "."))
    if measure in _WHOLE and value != value.to_integral_value():
        return Refusal("value_not_a_whole_number", facts)
    return value


class How(StrEnum):
    """How a figure came about."""

    SUM = "sum"  # of what happened in each period
    LATEST = "latest"  # what was read last
    WORDS = "words"  # told, not counted
    NOTHING = "nothing"  # nobody has read it yet
    UNDECLARED = "undeclared"  # nobody has said how its periods add up


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one period. `out_of`: of how many people or things a share was taken."""

    starts: date
    ends: date
    value: Decimal | None
    out_of: int | None = None
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """What an indicator says by now: its value, how it came about, from how many values, and of whom it speaks."""

    value: Decimal | None
    how: How
    readings: int = 0
    until: date | None = None
    out_of: int | None = None
    by: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict, hash=False)


def figure(measure: Measure, accumulation: Accumulation | None, values: Iterable[Value]) -> Figure:
    """Sum up what was read of one indicator."""
    if measure is Measure.QUALITATIVE:
        return Figure(None, How.WORDS)
    known = [one for one in values if one.value is not None]
    if not known:
        return Figure(None, How.NOTHING)
    adds = measure is Measure.UNIT
    if adds and accumulation is None:
        return Figure(None, How.UNDECLARED, len(known))
    periods: dict[tuple[date, date], list[Value]] = {}
    for one in known:
        periods.setdefault((one.ends, one.starts), []).append(one)
    wholes = {when: whole(measure, periods[when]) for when in sorted(periods)}
    latest = max(wholes)
    parted = any(one.dimensions for one in known)
    by = {name: _by(measure, accumulation, name, periods) for name in DIMENSIONS} if parted else {}
    told = {name: parts for name, parts in by.items() if parts}
    if adds and accumulation is Accumulation.PERIODIC:
        total = sum((value for value, _ in wholes.values()), Decimal(0))
        return Figure(total, How.SUM, len(known), latest[0], None, told)
    value, out_of = wholes[latest]
    return Figure(value, How.LATEST, len(known), latest[0], out_of, told)


def whole(measure: Measure, values: Sequence[Value]) -> tuple[Decimal, int | None]:
    """Return what the values of one period say of all: the value of all, else the sum of its finest-named parts."""
    of_all = [one for one in values if not one.dimensions]
    if not of_all:
        kinds: dict[tuple[str, ...], list[Value]] = {}
        for one in values:
            kinds.setdefault(tuple(name for name, _ in one.dimensions), []).append(one)
        of_all = kinds[max(kinds, key=lambda names: (len(kinds[names]), -len(names), names))]
    return _joined(measure, of_all)


def _joined(measure: Measure, values: Sequence[Value]) -> tuple[Decimal, int | None]:
    """Several values of the same period as one: counts are added, shares weighed, of anything else the last stays."""
    if len(values) == 1 and measure is Measure.UNIT and values[0].value is not None:  # as it mostly is
        return values[0].value, None
    known = [(one.value, one.out_of) for one in values if one.value is not None]
    if measure is Measure.UNIT:
        return sum((value for value, _ in known), Decimal(0)), None
    weighed = [(value, out_of) for value, out_of in known if out_of]
    if measure is Measure.PERCENTAGE and len(weighed) == len(known):
        return weigh(weighed)
    return known[-1]


def weigh(shares: Sequence[tuple[Decimal, int]]) -> tuple[Decimal, int]:
    """Return the share of all, and of how many, that several shares of so many make."""
    people = sum(out_of for _, out_of in shares)
    return sum((share * out_of for share, out_of in shares), Decimal(0)) / people, people


def _by(
    measure: Measure, accumulation: Accumulation | None, name: str, periods: Mapping[tuple[date, date], Sequence[Value]]
) -> dict[str, Decimal]:
    """The figure of each value of one dimension: of all women, of all men."""
    parts: dict[str, list[Value]] = {}
    for when in sorted(periods):
        for one in periods[when]:
            if len(one.dimensions) == 1 and one.dimensions[0][0] == name:
                parts.setdefault(one.dimensions[0][1], []).append(Value(one.starts, one.ends, one.value, one.out_of))
    figures = {key: figure(measure, accumulation, values).value for key, values in parts.items()}
    return {key: value for key, value in figures.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Over:
    """Parts of one value (by sex, by age) that come to more than the whole."""

    dimensions: tuple[str, ...]
    parts: Decimal
    whole: Decimal


def parts_over(measure: Measure, values: Sequence[Value]) -> Over | None:
    """Return which parts of one period's values are more than all; of shares, those who were asked are compared."""
    counts = measure is Measure.UNIT
    if not counts and measure is not Measure.PERCENTAGE:
        return None

    def size(one: Value) -> Decimal | None:
        return one.value if counts else None if one.out_of is None else Decimal(one.out_of)

    of_all = [said for one in values if not one.dimensions and (said := size(one)) is not None]
    if not of_all or (limit := sum(of_all, Decimal(0))) < 0:
        return None
    kinds: dict[tuple[str, ...], Decimal] = {}
    for one in values:
        if one.dimensions and (said := size(one)) is not None:
            names = tuple(name for name, _ in one.dimensions)
            kinds[names] = kinds.get(names, Decimal(0)) + said
    over = [Over(names, parts, limit) for names, parts in sorted(kinds.items()) if parts > limit]
    return over[0] if over else None


@dataclass(frozen=True, slots=True)
class Kind:
    """What may be added to what."""

    measure: Measure
    unit: str
    accumulation: Accumulation | None


@dataclass(frozen=True, slots=True)
class Total:
    """Several indicators of one kind as one figure: of how many, and of which it could not be said."""

    kind: Kind
    value: Decimal | None
    indicators: int
    left_out: int
    by: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict, hash=False)


def roll_up(figures: Iterable[tuple[Kind, Figure]]) -> list[Total]:
    """Add up over road maps what may be added, kind by kind; periodic and cumulative counts are never one number."""
    kinds: dict[Kind, list[Figure]] = {}
    for kind, one in figures:
        kinds.setdefault(kind, []).append(one)
    return [
        _total(kind, kinds[kind])
        for kind in sorted(kinds, key=lambda one: (one.measure, one.unit, one.accumulation or ""))
    ]


def _total(kind: Kind, figures: Sequence[Figure]) -> Total:
    known = [one for one in figures if one.value is not None]
    if kind.measure is Measure.UNIT and kind.accumulation is not None:
        value = sum((one.value for one in known if one.value is not None), Decimal(0)) if known else None
        return Total(kind, value, len(known), len(figures) - len(known), _sum_by(known))
    weighed = [(one.value, one.out_of) for one in known if one.value is not None and one.out_of]
    if kind.measure is Measure.PERCENTAGE and weighed:
        return Total(kind, weigh(weighed)[0], len(weighed), len(figures) - len(weighed))
    return Total(kind, None, 0, len(figures))


def _sum_by(figures: Iterable[Figure]) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for one in figures:
        for name, parts in one.by.items():
            for key, value in parts.items():
                into = found.setdefault(name, {})
                into[key] = into.get(key, Decimal(0)) + value
    return found


def way(baseline: Decimal | None, value: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Return how much of the way from baseline (none: zero) to target is done, in per cent from 0 to 100; None: unknown.

    It holds whether more is better or less: the way leads from the one to the other.
    """
    start = baseline or Decimal(0)
    if value is None or target is None or target == start:
        return None
    done = (value - start) / (target - start) * 100
    return min(max(done, Decimal(0)), Decimal(100))
