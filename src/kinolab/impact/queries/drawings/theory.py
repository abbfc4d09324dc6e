"""The theory of change: for each goal a lane from what is done to what stays changed, and where all of them lead."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui.drawing import HEAD, SMALL, Drawing, Pen, Table, Theirs, height, wrapped
from kinolab.impact import words
from kinolab.impact.domain import layers
from kinolab.impact.domain.layers import Lane, Layer
from kinolab.impact.domain.parts import Step
from kinolab.impact.domain.plan import Activity, Plan, Result, Vision
from kinolab.impact.domain.safety import Outward
from kinolab.impact.domain.vocabularies import Progress
from kinolab.impact.queries.drawings import marks
from kinolab.impact.queries.drawings.marks import WIDE

TOP, PAD, GAP, BETWEEN = 40.0, 14.0, 34.0, 8.0
BESIDE = 230.0  # the vision
TOGETHER = 8  # more activities of one goal are told by kind
LOOKS = {Progress.DONE: "solid", Progress.RUNNING: "framed", Progress.PLANNED: "dashed"}


@dataclass(frozen=True, slots=True)
class _Box:
    """A box to be drawn: its look, its lines, and what it takes for granted."""

    look: str
    lines: Sequence[str]
    high: float
    assumed: Sequence[str] = ()


def theory_of_change(outward: Outward, *, wide: float = WIDE, dye: str = "") -> Drawing:
    """The map from activities over outputs, outcomes and impact to the vision, which wears the edition's dye."""
    plan, title = outward.plan, gettext("Theory of change")
    lanes = layers.lanes(plan)
    if not lanes:
        return marks.calm(
            "theory",
            title,
            gettext("No goal is written yet. The map is drawn from goals, activities and results."),
            wide,
        )
    shown = [layer for layer in Layer if any(layer in lane.layers for lane in lanes)] or [Layer.ACTIVITY]
    pen = Pen("theory")
    inner = wide - BESIDE - GAP
    column = (inner - PAD * 2 - GAP * (len(shown) - 1)) / len(shown)
    places = {layer: PAD + number * (column + GAP) for number, layer in enumerate(shown)}
    down, joins = TOP, []
    for lane in lanes:
        high, join = _lane(pen, plan, lane, places, column, down, inner)
        joins.append(join)
        down += high + 12
    bottom = max(down - 12, TOP + _vision_height(plan.vision))
    _heads(pen, shown, places, wide)
    for join in joins:
        if join:
            pen.arrow([join, (wide - BESIDE, join[1])])
    with pen.dyed(dye):
        _vision(pen, plan.vision, wide - BESIDE, TOP, bottom - TOP)
    used = {one.progress for lane in lanes for one in lane.activities if len(lane.activities) <= TOGETHER}
    keys = [(look, str(words.PROGRESS[progress])) for progress, look in LOOKS.items() if progress in used]
    bottom += 12 + marks.legend(pen, 0, bottom + 12, wide, keys) if keys else 0
    return pen.done(wide, bottom, title, _summary(plan, lanes), _table(plan, lanes))


def _heads(pen: Pen, shown: Sequence[Layer], places: dict[Layer, float], wide: float) -> None:
    for layer in shown:
        pen.text(places[layer], 8, str(words.LAYERS[layer]), style="SemiBold", fill="ink-2")
    pen.text(wide - BESIDE, 8, str(words.PATH[Step.VISION]), style="SemiBold", fill="ink-2")
    pen.line(0, TOP - 6, wide, TOP - 6, stroke="edge")


# --- One lane ------------------------------------------------------------------------------------------------------------
def _lane(
    pen: Pen, plan: Plan, lane: Lane, places: dict[Layer, float], column: float, top: float, room: float
) -> tuple[float, tuple[float, float] | None]:
    """Draw a lane; returns its height, and from where it leads on to the vision."""
    name = wrapped(marks.goal_name(lane.goal), room - 2 * PAD, HEAD, "SemiBold")
    head = 12 + (30 if lane.goal else 0) + height(len(name), HEAD) + 10
    cells = {layer: _boxes(lane, layer, column) for layer in lane.layers}
    stacks = {layer: sum(one.high for one in boxes) + BETWEEN * (len(boxes) - 1) for layer, boxes in cells.items()}
    body = max(stacks.values(), default=height(1))
    high = head + body + 16
    with pen.dyed(marks.dye_of(lane.goal)):
        pen.rect(0, top, room, high, fill="paper", stroke="seam")
        pen.rect(0, top, 9 if lane.goal and lane.goal.is_primary else 5, high, fill="dye")
        at = top + 12
        if lane.goal:
            marks.tags(pen, PAD, at, lane.goal, room)
            at += 30
        pen.text(PAD, at, name, size=HEAD, style="SemiBold")
        if not cells:
            pen.text(PAD, top + head, gettext("Nothing is planned for this goal yet."), fill="ink-2")
            return high, None
        _arrows(pen, cells, stacks, places, column, top + head, body)
        for layer, boxes in cells.items():
            y = top + head + (body - stacks[layer]) / 2
            for box in boxes:
                _box(pen, box, places[layer], y, column)
                y += box.high + BETWEEN
    return high, (places[lane.layers[-1]] + column + GAP / 2, top + head + body / 2)


def _arrows(
    pen: Pen, cells: dict[Layer, list[_Box]], stacks: dict[Layer, float], places: dict[Layer, float], column: float,
    top: float, body: float,
) -> None:  # fmt: skip
    """From every box of a layer to a spine, from the spine to every box of the next, and after the last one on."""
    mids: dict[Layer, list[float]] = {}
    for layer, boxes in cells.items():
        y, found = top + (body - stacks[layer]) / 2, []
        for box in boxes:
            found.append(y + box.high / 2)
            y += box.high + BETWEEN
        mids[layer] = found
    order = list(cells)
    for here, there in zip(order, [*order[1:], None], strict=True):
        spine = places[here] + column + GAP / 2
        ends = mids[there] if there else [top + body / 2]
        for y in mids[here]:
            pen.line(places[here] + column, y, spine, y, stroke="ink-3", weight=1.25)
        low, far = min([*mids[here], *ends]), max([*mids[here], *ends])
        if far > low:
            pen.line(spine, low, spine, far, stroke="ink-3", weight=1.25)
        if there:
            for y in ends:
                pen.arrow([(spine, y), (places[there], y)])


def _boxes(lane: Lane, layer: Layer, column: float) -> list[_Box]:
    room = column - 20
    if layer is not Layer.ACTIVITY:
        return [_result(one, room) for one in lane.results[layer]]
    if len(lane.activities) <= TOGETHER:
        return [_activity(one, room) for one in lane.activities]
    told = []
    for kind, count in layers.by_kind(lane.activities).items():
        name = str(words.ACTIVITY_KINDS[kind]) if kind else gettext("Other activities")
        lines = wrapped(gettext("%(what)s: %(count)s") % {"what": name, "count": formats.number(count)}, room)
        told.append(_Box("together", lines, height(len(lines)) + 14))
    return told


def _activity(one: Activity, room: float) -> _Box:
    done = one.progress is Progress.DONE
    lines = wrapped(one.title, room - (20 if done else 0))
    return _Box(LOOKS[one.progress], lines, height(len(lines)) + 14)


def _result(one: Result, room: float) -> _Box:
    lines = wrapped(one.title, room, SMALL, "SemiBold")
    assumed = wrapped(one.assumption, room - 12) if one.assumption else []
    extra = height(len(assumed) + 1) + 10 if assumed else 0
    return _Box("result", lines, height(len(lines)) + 14 + extra, assumed)


def _box(pen: Pen, box: _Box, x: float, y: float, wide: float) -> None:
    marks.bar(pen, box.look, x, y, wide, box.high)
    if box.look == "solid":
        pen.icon("check", x + 8, y + 8, 15, stroke="paper")
        pen.text(x + 29, y + 7, box.lines, fill="paper")
        return
    at = y + 7 + pen.text(x + 10, y + 7, box.lines, style="SemiBold" if box.look == "result" else "Regular")
    if box.assumed:
        pen.line(x + 10, at + 6, x + 10, y + box.high - 8, stroke="edge", weight=1.5, dash="4 3")
        pen.text(x + 20, at + 3, gettext("Assumption"), style="SemiBold", fill="ink-2")
        pen.text(x + 20, at + 3 + height(1), box.assumed, fill="ink-2")


# --- The vision ----------------------------------------------------------------------------------------------------------
def _vision_lines(vision: Vision) -> tuple[list[str], float, bool]:
    room = BESIDE - 40
    said = vision.statement or gettext("No vision is written yet.")
    large = wrapped(said, room, 25, "SemiBold", display=True)
    if vision.statement and len(large) <= 12:
        return large, 25, True
    return wrapped(said, room, HEAD), HEAD, False


def _vision_height(vision: Vision) -> float:
    lines, size, display = _vision_lines(vision)
    return height(len(lines), size, 1.16 if display else 1.35) + 60 + (height(2) + 12 if vision.horizon else 0)


def _vision(pen: Pen, vision: Vision, x: float, y: float, high: float) -> None:
    lines, size, display = _vision_lines(vision)
    fill = "on-banner" if vision.statement else "ink-2"
    if vision.statement:
        pen.rect(x, y, BESIDE, high, fill="banner")
    else:
        pen.rect(x, y, BESIDE, high, fill="paper", stroke="edge", weight=1.5, dash="4 3")
    at = y + 20
    at += pen.text(
        x + 20, at, lines, size=size, style="SemiBold" if display else "Regular", fill=fill, display=display,
        lead=1.16 if display else 1.35,
    )  # fmt: skip
    if vision.horizon:
        at += 12
        at += pen.text(x + 20, at, gettext("By when"), fill=fill)
        pen.text(x + 20, at, formats.day(vision.horizon), style="SemiBold", fill=fill)


# --- In words ------------------------------------------------------------------------------------------------------------
def _summary(plan: Plan, lanes: Sequence[Lane]) -> str:
    counts = {layer: sum(len(lane.results.get(layer, ())) for lane in lanes) for layer in Layer}
    return gettext(
        "Goals: %(goals)s. Activities: %(activities)s, outputs: %(outputs)s, outcomes: %(outcomes)s, impact: %(impact)s."
    ) % {
        "goals": formats.number(len(plan.goals)),
        "activities": formats.number(sum(len(lane.activities) for lane in lanes)),
        "outputs": formats.number(counts[Layer.OUTPUT]),
        "outcomes": formats.number(counts[Layer.OUTCOME]),
        "impact": formats.number(counts[Layer.IMPACT]),
    }


def _table(plan: Plan, lanes: Sequence[Lane]) -> Table:
    """One row for each thing, in the order of the arrows."""
    head = (
        pgettext("road map", "Goal"), gettext("What changes"), pgettext("column of a table", "Layer"),
        pgettext("column of a table", "What"), gettext("Assumption"),
    )  # fmt: skip
    rows: list[Sequence[str]] = []
    for lane in lanes:
        goal = Theirs(lane.goal.goal) if lane.goal else gettext("Without a goal")
        dynamic = str(words.DYNAMICS[lane.goal.dynamic]) if lane.goal else marks.none()
        if lane.goal and lane.goal.is_primary:
            dynamic = f"{dynamic} ({gettext('primary goal')})"
        if not lane.layers:
            rows.append((goal, dynamic, marks.none(), gettext("Nothing is planned for this goal yet."), marks.none()))
        for one in lane.activities:
            rows.append((goal, dynamic, str(words.LAYERS[Layer.ACTIVITY]), Theirs(one.title), marks.none()))
        for layer, results in lane.results.items():
            for result in results:
                assumed = Theirs(result.assumption) if result.assumption else marks.none()
                rows.append((goal, dynamic, str(words.LAYERS[layer]), Theirs(result.title), assumed))
    if plan.vision.statement:
        rows.append(
            (marks.none(), marks.none(), str(words.PATH[Step.VISION]), Theirs(plan.vision.statement), marks.none())
        )
    return Table(head, rows)
