"""The results matrix: each result with its indicators, from where they began to where they are and shall be."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui.drawing import SMALL, TEXT, Drawing, Pen, Table, Theirs, height, wrapped
from kinolab.impact import words
from kinolab.impact.domain import figures, findings, layers
from kinolab.impact.domain.figures import Figure
from kinolab.impact.domain.plan import Goal, Indicator, Plan, Result
from kinolab.impact.domain.safety import Outward
from kinolab.impact.domain.vocabularies import Measure
from kinolab.impact.queries.drawings import marks
from kinolab.impact.queries.drawings.marks import WIDE
from kinolab.impact.queries.timeline import amount

# Shares of the width: result, indicator, before, way, by now, target, how.
SHARES = (0.22, 0.2, 0.08, 0.2, 0.09, 0.08, 0.13)
TOP, PAD = 44.0, 12.0
BESIDE = 560.0  # where there is less room, a result is a card
_Said = tuple[list[str], str, str]  # lines, their style, their colour


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with its figures."""

    indicator: Indicator
    now: Figure
    aim: Figure
    way: Decimal | None
    waits: bool


def line(plan: Plan, indicator: Indicator) -> Line:
    """What it says by now; the same figures as in every report and export."""
    now, aim = findings.figure_of(plan, indicator), findings.figure_of(plan, indicator, targets=True)
    approved = findings.figure_of(plan, indicator, approved=True)
    way = figures.way(indicator.baseline_value, now.value, aim.value)
    return Line(indicator, now, aim, way, (approved.value, approved.readings) != (now.value, now.readings))


def results_matrix(outward: Outward, *, wide: float = WIDE) -> Drawing:
    """Each result with its indicators: before, the way gone, by now, target, and how the value came about."""
    plan, title = outward.plan, gettext("Results matrix")
    if not plan.results:
        return marks.calm(
            "matrix", title, gettext("No result is written yet. The matrix is drawn from results and indicators."), wide
        )
    rows = [(goal, one, [line(plan, each) for each in _indicators(plan, one)]) for goal, one in _results(plan)]
    pen = Pen(f"matrix-{wide:.0f}")
    edges = _edges(wide)
    down = 0.0
    if wide >= BESIDE:
        _heads(pen, edges, wide)
        down = TOP
    known: list[Goal | None] = []
    for goal, result, lines in rows:
        first = goal not in known
        known.append(goal)
        if wide >= BESIDE:
            down += _result(pen, goal, result, lines, edges, down, wide, first=first)
        else:
            down += _card(pen, goal, result, lines, down, wide, first=first)
    pen.line(0, down, wide, down, stroke="edge")
    down += 12 + marks.legend(pen, 0, down + 12, wide, _keys(rows))
    return pen.done(wide, down, title, _summary(rows), _table(rows))


def _results(plan: Plan) -> list[tuple[Goal | None, Result]]:
    known = {one.number: one for one in plan.goals}
    found: list[tuple[Goal | None, Result]] = []
    for goal in (*layers.in_order(plan), None):
        found += [(goal, one) for one in plan.results if known.get(one.goal or 0) == goal]
    return found


def _indicators(plan: Plan, result: Result) -> list[Indicator]:
    return [one for one in plan.indicators if one.result == result.number and not one.retired]


def _edges(wide: float) -> list[float]:
    at, found = 0.0, []
    for share in SHARES:
        found.append(at)
        at += share * wide
    return [*found, wide]


def _heads(pen: Pen, edges: Sequence[float], wide: float) -> None:
    pen.rect(0, 0, wide, TOP, fill="felt")
    for number, name in enumerate(_names()):
        room = edges[number + 1] - edges[number] - PAD
        lines = wrapped(name, room, SMALL, "SemiBold")
        pen.text(
            edges[number] + (14 if not number else 6),
            (TOP - height(len(lines), SMALL, 1.2)) / 2,
            lines,
            style="SemiBold",
            lead=1.2,
        )


def _names() -> tuple[str, ...]:
    return (
        pgettext("column of a table", "Result"), pgettext("column of a table", "Indicator"), pgettext("value", "Before"),
        gettext("The way gone"), gettext("By now"), pgettext("column of a table", "Target"), gettext("How it was added up"),
    )  # fmt: skip


def _result(
    pen: Pen, goal: Goal | None, result: Result, lines: Sequence[Line], edges: Sequence[float], top: float, wide: float,
    *, first: bool,
) -> float:  # fmt: skip
    """Draw a result with its indicators; returns how high it is."""
    name = wrapped(result.title, edges[1] - 26, TEXT, "SemiBold")
    kind = wrapped(words.RESULT_KINDS[result.kind], edges[1] - 26)
    goal_lines = wrapped(marks.goal_name(goal), edges[1] - 26) if first else []
    head = PAD + height(len(name), TEXT) + height(len(kind)) + PAD
    if first:
        head += height(len(goal_lines)) + 4 + (marks.tags_high(goal, edges[1] - 26) + 8 if goal else 0)
    drawn = [_cells(one, edges) for one in lines]
    highs = [_high(cells) for cells in drawn]
    high = max(head, sum(highs) or height(1) + 2 * PAD)
    with pen.dyed(marks.dye_of(goal)):
        pen.rect(0, top, wide, high, fill="paper")
        pen.line(0 if first else 14, top, wide, top, stroke="edge" if first else "seam")
        pen.rect(0, top, 9 if goal and goal.is_primary else 5, high, fill="dye")
        at = top + PAD
        if first and goal:
            at += marks.tags(pen, 18, at, goal, edges[1] - 26) + 8
        if first:
            at += pen.text(18, at, goal_lines, fill="ink-2") + 4
        at += pen.text(18, at, name, size=TEXT, style="SemiBold")
        pen.text(18, at, kind, fill="ink-2")
        if not lines:
            pen.text(edges[1] + 6, top + PAD, gettext("No indicator yet"), fill="ink-2")
        down = top
        for number, (one, cells, tall) in enumerate(zip(lines, drawn, highs, strict=True)):
            if number:
                pen.line(edges[1], down, wide, down, stroke="seam")
            _line(pen, one, cells, edges, down)
            down += tall
    return high


def _cells(one: Line, edges: Sequence[float]) -> dict[int, list[_Said]]:
    """What stands in each column: pieces of text one below the other."""

    def piece(column: int, text: str, style: str = "Regular", fill: str = "ink") -> _Said:
        return wrapped(text, edges[column + 1] - edges[column] - PAD, SMALL, style), style, fill

    of, unknown = one.indicator, marks.none()
    found = {
        1: [piece(1, of.title, "SemiBold"), piece(1, of.unit, fill="ink-2")],
        2: [piece(2, amount(of, of.baseline_value) or unknown)],
        4: [piece(4, amount(of, one.now.value) or unknown, "SemiBold")],
        5: [piece(5, amount(of, one.aim.value) or unknown)],
        6: [piece(6, marks.how(one.now), fill="ink-2")],
    }
    if one.waits:
        found[4].append(piece(4, gettext("not approved yet"), fill="ink-2"))
    return found


def _high(cells: dict[int, list[_Said]]) -> float:
    return max(sum(height(len(lines)) for lines, _, _ in cell) for cell in cells.values()) + 2 * PAD


def _line(pen: Pen, one: Line, cells: dict[int, list[_Said]], edges: Sequence[float], top: float) -> None:
    for column, cell in cells.items():
        at = top + PAD
        for lines, style, fill in cell:
            at += pen.text(edges[column] + 6, at, lines, style=style, fill=fill)
    _bar(pen, one, edges[3] + 6, top + PAD, edges[4] - edges[3] - 22)


def _bar(pen: Pen, one: Line, x: float, y: float, room: float) -> None:
    """From the value before (left) to the target (the tick on the right): how much of the way is gone."""
    if one.way is None:
        in_words = one.indicator.measure is Measure.QUALITATIVE
        text = gettext("told in words") if in_words else gettext("no way to show yet")
        pen.text(x, y, wrapped(text, room), fill="ink-2")
        return
    share = float(one.way) / 100
    text = formats.percent(round(share, 2))
    bar = room - 46
    pen.rect(x, y + 2, bar, 13, fill="felt")
    if share:
        marks.bar(pen, "hatched" if one.waits else "solid", x, y + 2, bar * share, 13)
    pen.line(x + bar, y - 2, x + bar, y + 19, stroke="ink", weight=2)
    pen.text(x + bar + 8, y, text, fill="ink-2")


# --- For a phone -----------------------------------------------------------------------------------------------------------
def _card(
    pen: Pen, goal: Goal | None, result: Result, lines: Sequence[Line], top: float, wide: float, *, first: bool
) -> float:  # fmt: skip
    """A result with its indicators one below the other; returns how high it is."""
    start, room = len(pen.parts), wide - 32
    with pen.dyed(marks.dye_of(goal)):
        at = top + PAD
        if first and goal:
            at += marks.tags(pen, 18, at, goal, room) + 8
        if first:
            at += pen.text(18, at, wrapped(marks.goal_name(goal), room), fill="ink-2") + 4
        at += pen.text(18, at, wrapped(result.title, room, TEXT, "SemiBold"), size=TEXT, style="SemiBold")
        at += pen.text(18, at, wrapped(words.RESULT_KINDS[result.kind], room), fill="ink-2") + 10
        if not lines:
            at += pen.text(18, at, gettext("No indicator yet"), fill="ink-2") + 8
        for one in lines:
            at += _told(pen, one, 18, at, room)
        drawn, pen.parts = pen.parts[start + 1 :], pen.parts[: start + 1]  # the frame lies below
        pen.rect(0, top, wide, at + 4 - top, fill="paper")
        pen.line(0 if first else 14, top, wide, top, stroke="edge" if first else "seam")
        pen.rect(0, top, 9 if goal and goal.is_primary else 5, at + 4 - top, fill="dye")
        pen.parts += drawn
    return at + 4 - top


def _told(pen: Pen, one: Line, x: float, y: float, room: float) -> float:
    """An indicator: its name, its bar, its values; returns how high it is."""
    of, at = one.indicator, y
    at += pen.text(x, at, wrapped(of.title, room, SMALL, "SemiBold"), style="SemiBold")
    at += pen.text(x, at, wrapped(of.unit, room), fill="ink-2") + 4
    _bar(pen, one, x, at, room)
    at += height(1) + 6
    values = zip(
        (_names()[2], _names()[4], _names()[5]), (of.baseline_value, one.now.value, one.aim.value), strict=True
    )
    for name, value in values:
        told = gettext("%(what)s: %(count)s") % {"what": name, "count": amount(of, value) or marks.none()}
        at += pen.text(x, at, wrapped(told, room))
    state = f"{marks.how(one.now)}; {gettext('not approved yet')}" if one.waits else marks.how(one.now)
    return at + pen.text(x, at, wrapped(state, room), fill="ink-2") + 14 - y


_Rows = Sequence[tuple[Goal | None, Result, Sequence[Line]]]


def _keys(rows: _Rows) -> list[marks.Key]:
    lines = [one for _, _, found in rows for one in found]
    keys = [("solid", gettext("the way from the value before to the target"))]
    if any(one.waits for one in lines):
        keys.append(("hatched", gettext("not approved yet")))
    return [*keys, ("tick", pgettext("value", "target"))]


def _summary(rows: _Rows) -> str:
    lines = [one for _, _, found in rows for one in found]
    read = sum(1 for one in lines if marks.told(one.now))
    there = sum(1 for one in lines if one.way == 100)
    return gettext("Results: %(results)s. Indicators: %(indicators)s, read: %(read)s, at their target: %(there)s.") % {
        "results": formats.number(len(rows)),
        "indicators": formats.number(len(lines)),
        "read": formats.number(read),
        "there": formats.number(there),
    }


def _table(rows: _Rows) -> Table:
    head = (
        pgettext("road map", "Goal"), gettext("Kind"), pgettext("column of a table", "Result"),
        pgettext("column of a table", "Indicator"), pgettext("value", "Before"), gettext("By now"),
        pgettext("column of a table", "Target"), gettext("The way gone"), gettext("How it was added up"), gettext("State"),
    )  # fmt: skip
    found: list[Sequence[str]] = []
    for goal, result, lines in rows:
        first = (
            Theirs(goal.goal) if goal else gettext("Without a goal"),
            str(words.RESULT_KINDS[result.kind]),
            Theirs(result.title),
        )
        found += [(*first, *_said(one)) for one in lines] or [
            (*first, gettext("No indicator yet"), *[marks.none()] * 6)
        ]
    return Table(head, found)


def _said(one: Line) -> tuple[str, ...]:
    of = one.indicator
    way = formats.percent(round(float(one.way) / 100, 2)) if one.way is not None else marks.none()
    state = marks.none()
    if marks.told(one.now):
        state = gettext("not approved yet") if one.waits else pgettext("value", "approved")
    return (
        Theirs(of.title),
        *(amount(of, value, unit=True) or marks.none() for value in (of.baseline_value, one.now.value, one.aim.value)),
        way,
        marks.how(one.now),
        state,
    )
