"""An indicator over its periods: what was to be, what was read, and how much of that has been approved."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kinolab.impact.domain import figures
from kinolab.impact.domain.findings import value_of
from kinolab.impact.domain.plan import Actual, Indicator, Period, Plan, Reading
from kinolab.impact.domain.vocabularies import Accumulation, Measure


@dataclass(frozen=True, slots=True)
class Point:
    """One period. None: nobody has read it, which is not zero."""

    period: Period
    target: Decimal | None
    value: Decimal | None
    approved: Decimal | None
    comment: str = ""

    @property
    def waits(self) -> bool:
        """Whether something of it waits for approval."""
        return self.value != self.approved


def points(plan: Plan, indicator: Indicator) -> list[Point]:
    """Its periods in order."""
    own = sorted(
        (one for one in plan.periods if one.indicator == indicator.number), key=lambda one: (one.starts_on, one.ends_on)
    )
    return [_point(plan, indicator, one) for one in own]


def _point(plan: Plan, indicator: Indicator, period: Period) -> Point:
    read = [one for one in plan.actuals if one.period == period.number]
    approved = [one for one in read if one.approved]
    aims = [one for one in plan.targets if one.period == period.number]
    said = "; ".join(one.comment.strip() for one in read if isinstance(one, Actual) and one.comment.strip())
    return Point(
        period,
        _whole(indicator, period, aims),
        _whole(indicator, period, read),
        _whole(indicator, period, approved),
        said,
    )


def _whole(indicator: Indicator, period: Period, rows: Iterable[Reading]) -> Decimal | None:
    known = [value_of(period, one) for one in rows if one.value is not None]
    if not known or indicator.measure is Measure.QUALITATIVE:
        return None
    return figures.whole(indicator.measure, known)[0]


def in_bars(indicator: Indicator) -> bool:
    """Whether each period stands for itself: counts of what happened in it. All else is one line that goes on."""
    return indicator.measure is Measure.UNIT and indicator.accumulation is not Accumulation.CUMULATIVE
