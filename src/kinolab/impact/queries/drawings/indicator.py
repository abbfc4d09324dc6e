"""One indicator over its periods: the value before, targets, what was read; and of whom the values speak."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui.drawing import SMALL, Drawing, Pen, Table, Theirs, height, wrapped
from kinolab.foundation.ui.drawing import wide as width_of
from kinolab.impact import words
from kinolab.impact.domain import axis, findings, layers, series
from kinolab.impact.domain.plan import Goal, Indicator, Period, Plan
from kinolab.impact.domain.safety import Outward
from kinolab.impact.domain.series import Point
from kinolab.impact.domain.vocabularies import Measure
from kinolab.impact.queries.drawings import marks
from kinolab.impact.queries.timeline import amount

NARROW, MORE, MOST = 288.0, 90.0, 1160.0  # of the whole: of three periods, of each further one, at most
HIGH = 230.0  # of the field in which values stand
TOP, RIGHT = 30.0, 16.0


def chosen(outward: Outward) -> list[Indicator]:
    """The indicators that are still read, in the order of goals and results."""
    plan = outward.plan
    goals = {goal.number: place for place, goal in enumerate(layers.in_order(plan))}
    order = {one.number: (goals.get(one.goal or 0, len(goals)), place) for place, one in enumerate(plan.results)}
    alive = [one for one in plan.indicators if not one.retired]
    return sorted(alive, key=lambda one: order.get(one.result, (len(goals) + 1, 0)))


def _found(plan: Plan, number: int) -> tuple[Indicator, Goal | None]:
    indicator = next(one for one in plan.indicators if one.number == number)
    result = next((one for one in plan.results if one.number == indicator.result), None)
    return indicator, next((one for one in plan.goals if result and one.number == result.goal), None)


def indicator_charts(outward: Outward, *, wide: float | None = None) -> list[Drawing]:
    """Every indicator, each followed by the parts of which its values speak; a calm sentence where there is none."""
    found: list[Drawing] = []
    for one in chosen(outward):
        parts = parts_chart(outward, one.number, wide=wide or NARROW)
        found += [indicator_chart(outward, one.number, wide=wide), *([parts] if parts else [])]
    return found or [
        marks.calm(
            "indicators",
            pgettext("part of a road map", "Indicators"),
            gettext("No indicator is written yet."),
            wide or NARROW,
        )
    ]


def indicator_chart(outward: Outward, number: int, *, wide: float | None = None) -> Drawing:
    """Bars for what happened in each period, a line for what goes on; a period that nobody has read is a gap.

    As wide as its periods need, unless somebody says how wide.
    """
    plan = outward.plan
    indicator, goal = _found(plan, number)
    points = series.points(plan, indicator)
    wide = wide or min(MOST, NARROW + MORE * max(0, len(points) - 3))
    table, name = _table(indicator, points), f"indicator-{number}"
    if indicator.measure is Measure.QUALITATIVE:
        return marks.calm(
            name, indicator.title, gettext("This indicator is told in words; they stand in the table."), wide, table
        )
    if not any(value is not None for one in points for value in (one.value, one.target)):
        return marks.calm(
            name, indicator.title, gettext("Nobody has read a value and no target is set yet."), wide, table
        )
    pen = Pen(name)
    with pen.dyed(marks.dye_of(goal)):
        down = _Chart(pen, indicator, points, wide).draw()
        down += 8 + marks.legend(pen, 0, down + 8, wide, _keys(indicator, points))
    return pen.done(wide, down, indicator.title, _summary(plan, indicator), table)


class _Chart:
    """The field of one chart: where values and periods stand in it."""

    def __init__(self, pen: Pen, indicator: Indicator, points: Sequence[Point], wide: float) -> None:
        self.pen, self.indicator, self.points = pen, indicator, points
        known = [value for one in points for value in (one.value, one.target) if value is not None]
        known += [indicator.baseline_value] if indicator.baseline_value is not None else []
        whole = indicator.measure is not Measure.PERCENTAGE and all(
            value == value.to_integral_value() for value in known
        )
        self.ticks = axis.values(known, whole=whole)
        self.left = max(width_of(amount(indicator, one)) for one in self.ticks) + 12
        self.end = wide - RIGHT
        self.band = (self.end - self.left) / len(points)

    def y(self, value: Decimal) -> float:
        """How far down a value stands."""
        low, high = self.ticks[0], self.ticks[-1]
        return TOP + HIGH * (1 - float((value - low) / (high - low)))

    def x(self, place: int) -> float:
        """The middle of a period."""
        return self.left + self.band * (place + 0.5)

    def draw(self) -> float:
        """Everything; returns how high it is."""
        pen = self.pen
        pen.rect(self.left, TOP, self.end - self.left, HIGH, fill="paper")
        for tick in self.ticks:
            y = self.y(tick)
            pen.line(self.left, y, self.end, y, stroke="edge" if not tick else "seam")
            pen.text(self.left - 8, y - height(1) / 2, amount(self.indicator, tick), anchor="end", fill="ink-2")
        self._before()
        if series.in_bars(self.indicator):
            self._bars()
        else:
            self._line()
        self._targets()
        self._values()
        return self._names()

    def _before(self) -> None:
        value = self.indicator.baseline_value
        if value is not None:
            y = self.y(value)
            self.pen.line(self.left, y, self.end, y, stroke="ink-3", weight=1.5, dash="2 3")

    def _bars(self) -> None:
        wide = min(64.0, self.band * 0.56)
        zero = self.y(Decimal(0))
        for place, one in enumerate(self.points):
            x = self.x(place) - wide / 2
            if one.value is not None and one.waits:
                self._bar(x, zero, self.y(one.value), wide, "hatched")
            if one.approved is not None:
                self._bar(x, zero, self.y(one.approved), wide, "solid")

    def _bar(self, x: float, zero: float, y: float, wide: float, look: str) -> None:
        marks.bar(self.pen, look, x, min(y, zero), wide, max(abs(zero - y), 1.5))

    def _line(self) -> None:
        """From reading to reading; where a period is missing between two, nothing is drawn between them."""
        for place in range(1, len(self.points)):
            before, one = self.points[place - 1], self.points[place]
            if before.value is not None and one.value is not None:
                ends = [(self.x(place - 1), self.y(before.value)), (self.x(place), self.y(one.value))]
                self.pen.path(ends, stroke="dye", weight=2.5, dash="5 4" if before.waits or one.waits else "")
        for place, one in enumerate(self.points):
            if one.value is not None:
                marks.dot(self.pen, self.x(place), self.y(one.value), waits=one.waits)

    def _values(self) -> None:
        """Numbers at the marks, where there is room for them (the table has them all); words where there is no number."""
        for place, one in enumerate(self.points):
            text = gettext("no value") if one.value is None else amount(self.indicator, one.value)
            if width_of(text, SMALL, "SemiBold") > self.band - 4:
                continue
            if one.value is None:
                self.pen.text(self.x(place), self.y(Decimal(0)) - 22, text, anchor="middle", fill="ink-2", halo="paper")
            else:
                y = self.y(one.value) + (-25 if one.value >= 0 else 6)
                self.pen.text(self.x(place), y, text, style="SemiBold", anchor="middle", halo="paper")

    def _targets(self) -> None:
        for place, one in enumerate(self.points):
            if one.target is not None:
                y, half = self.y(one.target), min(40.0, self.band * 0.38)
                self.pen.line(self.x(place) - half, y, self.x(place) + half, y, stroke="ink", weight=3)

    def _names(self) -> float:
        """The periods under the field, as exactly as months; returns where they end."""
        names = [_months(one.period) for one in self.points]
        need = max(width_of(line) for lines in names for line in lines) + 8
        every = axis.every(len(names), self.end - self.left, need)
        for place, lines in enumerate(names):
            x = self.left + self.band * place
            self.pen.line(x, TOP + HIGH, x, TOP + HIGH + 5, stroke="edge")
            if place % every == 0:
                self.pen.text(self.x(place), TOP + HIGH + 6, lines, anchor="middle", fill="ink-2", lead=1.25)
        return TOP + HIGH + 10 + height(2, lead=1.25)


def _months(period: Period) -> tuple[str, str]:
    """Jan – Jun over 2026; each month with its year where the years differ."""
    first, last = period.starts_on, period.ends_on
    names = (formats.short_month(first), formats.short_month(last))
    if first.year != last.year:
        return f"{names[0]} {first.year} –", f"{names[1]} {last.year}"
    return names[0] if first.month == last.month else " – ".join(names), str(first.year)


def _keys(indicator: Indicator, points: Sequence[Point]) -> list[marks.Key]:
    bars = series.in_bars(indicator)
    keys: list[marks.Key] = []
    if any(one.value is not None and not one.waits for one in points):
        keys.append(("solid" if bars else "dot", pgettext("value", "approved")))
    if any(one.waits for one in points):
        keys.append(("hatched" if bars else "ring", gettext("not approved yet")))
    if any(one.target is not None for one in points):
        keys.append(("target", pgettext("value", "target")))
    if indicator.baseline_value is not None:
        before = amount(indicator, indicator.baseline_value, unit=True)
        keys.append(("before", gettext("%(what)s: %(count)s") % {"what": pgettext("value", "before"), "count": before}))
    return keys


def _summary(plan: Plan, indicator: Indicator) -> str:
    now, aim = findings.figure_of(plan, indicator), findings.figure_of(plan, indicator, targets=True)

    def shown(value: Decimal | None) -> str:
        return amount(indicator, value, unit=True) or marks.none()

    return gettext("By now: %(now)s (%(how)s). Before: %(before)s, target: %(aim)s.") % {
        "now": shown(now.value), "how": marks.how(now), "before": shown(indicator.baseline_value), "aim": shown(aim.value),
    }  # fmt: skip


def _table(indicator: Indicator, points: Sequence[Point]) -> Table:
    head = (
        pgettext("column of a table", "Period"), pgettext("column of a table", "Target"), pgettext("column of a table", "Value"),
        gettext("of this, approved"), gettext("Comment"),
    )  # fmt: skip
    rows = [
        (
            formats.day_range(one.period.starts_on, one.period.ends_on), *(
                amount(indicator, value) or none for value, none in
                ((one.target, marks.none()), (one.value, gettext("no value")), (one.approved, marks.none()))
            ),
            Theirs(one.comment) if one.comment else marks.none(),
        )
        for one in points
    ]  # fmt: skip
    before = amount(indicator, indicator.baseline_value) or marks.none()
    year = str(indicator.baseline_year or "")
    first = (
        gettext("%(what)s: %(count)s") % {"what": pgettext("value", "Before"), "count": year}
        if year
        else pgettext("value", "Before")
    )
    said = indicator.baseline_comment or indicator.no_baseline_reason
    return Table(head, [(first, marks.none(), before, marks.none(), Theirs(said) if said else marks.none()), *rows])


# --- Of whom -------------------------------------------------------------------------------------------------------------
def parts_chart(outward: Outward, number: int, *, wide: float = NARROW) -> Drawing | None:
    """Of whom the values speak: women and men, ages, countries, places. None where nobody has said it."""
    plan = outward.plan
    indicator, goal = _found(plan, number)
    figure = findings.figure_of(plan, indicator)
    if not figure.by:
        return None
    title = gettext("%(what)s: %(count)s") % {"what": indicator.title, "count": gettext("of whom the values speak")}
    rows = [
        (dimension, [(_part(dimension, key), value) for key, value in parts.items()])
        for dimension, parts in figure.by.items()
    ]
    pen = Pen(f"parts-{number}")
    with pen.dyed(marks.dye_of(goal)):
        down = _parts(pen, indicator, rows, wide)
    table = Table(
        (
            pgettext("column of a table", "By"),
            pgettext("column of a table", "Who"),
            pgettext("column of a table", "Value"),
        ),
        [(str(words.DIMENSIONS[by]), who, amount(indicator, value)) for by, parts in rows for who, value in parts],
    )
    summary = gettext("These parts are not added to the value of all.")
    return pen.done(wide, down, title, summary, table)


def _parts(
    pen: Pen, indicator: Indicator, rows: Sequence[tuple[str, Sequence[tuple[str, Decimal]]]], wide: float
) -> float:
    top = max([Decimal(0), *(value for _, parts in rows for _, value in parts)]) or Decimal(1)
    side = wide * 0.34
    room = wide - side - 70
    down = 0.0
    for dimension, parts in rows:
        down += pen.text(0, down, str(words.DIMENSIONS[dimension]), style="SemiBold") + 4
        for who, value in parts:
            lines = wrapped(who, side - 12)
            high = max(24.0, height(len(lines)) + 4)
            pen.text(0, down + (high - height(len(lines))) / 2, lines)
            long = max(2.0, room * float(max(value, Decimal(0)) / top))
            pen.rect(side, down + high / 2 - 7, long, 14, fill="dye")
            pen.text(side + long + 8, down + (high - height(1)) / 2, amount(indicator, value), style="SemiBold")
            down += high
        down += 10
    return down


def _part(dimension: str, key: str) -> str:
    if dimension == "sex":
        return str(words.SEXES.get(key, key))  # type: ignore[call-overload]
    if dimension == "age":
        return str(words.AGES.get(key, key))  # type: ignore[call-overload]
    return formats.country_name(key) if dimension == "country" else Theirs(key)
