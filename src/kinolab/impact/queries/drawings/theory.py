"""The theory of change: for each goal a lane from what is done to what stays changed, and where all of them lead."""

from collections.abc import Sequence

from django.utils.translation import gettext, pgettext

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui.drawing import HEAD, Drawing, Pen, Table, Theirs, height, wrapped
from kinolab.impact import words
from kinolab.impact.domain import layers
from kinolab.impact.domain.layers import Lane, Layer
from kinolab.impact.domain.parts import Step
from kinolab.impact.domain.plan import Plan
from kinolab.impact.domain.safety import Outward
from kinolab.impact.queries.drawings import boxes, marks
from kinolab.impact.queries.drawings.boxes import Box
from kinolab.impact.queries.drawings.marks import WIDE

TOP, PAD, GAP = 40.0, 14.0, 34.0
BESIDE = 230.0  # the vision
SHEET = 1000.0  # where there is less, the vision stands below
UPRIGHT = 560.0  # where there is less, layers stand one below the other


def theory_of_change(outward: Outward, *, wide: float = WIDE, dye: str = "") -> Drawing:
    """The map from activities over outputs, outcomes and impact to the vision, which wears the edition's dye.

    Where there is little room, layers stand one below the other.
    """
    plan, title = outward.plan, gettext("Theory of change")
    lanes = layers.lanes(plan)
    if not lanes:
        sentence = gettext("No goal is written yet. The map is drawn from goals, activities and results.")
        return marks.calm(f"theory-{wide:.0f}", title, sentence, wide)
    pen = Pen(f"theory-{wide:.0f}")
    bottom = (_beside if wide >= UPRIGHT else _below)(pen, plan, lanes, wide, dye)
    used = {one.progress for lane in lanes for one in lane.activities if len(lane.activities) <= boxes.TOGETHER}
    keys = [(look, str(words.PROGRESS[progress])) for progress, look in boxes.LOOKS.items() if progress in used]
    bottom += 12 + marks.legend(pen, 0, bottom + 12, wide, keys) if keys else 0
    return pen.done(wide, bottom, title, _summary(plan, lanes), _table(plan, lanes))


def _beside(pen: Pen, plan: Plan, lanes: Sequence[Lane], wide: float, dye: str) -> float:
    """Layers as columns, the vision beside them or (on a sheet that stands upright) below; returns how high they are."""
    shown = [layer for layer in Layer if any(layer in lane.layers for lane in lanes)] or [Layer.ACTIVITY]
    inner = wide - BESIDE - GAP if wide >= SHEET else wide
    column = (inner - PAD * 2 - GAP * (len(shown) - 1)) / len(shown)
    places = {layer: PAD + number * (column + GAP) for number, layer in enumerate(shown)}
    _heads(pen, shown, places, wide)
    down, joins = TOP, []
    for lane in lanes:
        high, join = _lane(pen, lane, places, column, down, inner, on=wide >= SHEET)
        joins.append(join)
        down += high + 12
    if wide < SHEET:
        return _vision_below(pen, plan, down, wide, dye)
    bottom = max(down - 12, TOP + boxes.vision_height(plan.vision, BESIDE))
    for join in joins:
        if join:
            pen.arrow([join, (wide - BESIDE, join[1])])
    pen.text(wide - BESIDE, 8, str(words.PATH[Step.VISION]), style="SemiBold", fill="ink-2")
    with pen.dyed(dye):
        boxes.draw_vision(pen, plan.vision, wide - BESIDE, TOP, BESIDE, bottom - TOP)
    return bottom


def _heads(pen: Pen, shown: Sequence[Layer], places: dict[Layer, float], wide: float) -> None:
    for layer in shown:
        pen.text(places[layer], 8, str(words.LAYERS[layer]), style="SemiBold", fill="ink-2")
    pen.line(0, TOP - 6, wide, TOP - 6, stroke="edge")


def _below(pen: Pen, plan: Plan, lanes: Sequence[Lane], wide: float, dye: str) -> float:
    """Layers one below the other, for a phone; returns how high they are."""
    down = 0.0
    for lane in lanes:
        down += _upright(pen, lane, down, wide) + 12
    return _vision_below(pen, plan, down, wide, dye)


def _vision_below(pen: Pen, plan: Plan, down: float, wide: float, dye: str) -> float:
    pen.arrow([(wide / 2, down - 12), (wide / 2, down + 14)])
    pen.text(wide / 2 + 14, down - 7, str(words.PATH[Step.VISION]), style="SemiBold", fill="ink-2")
    high = boxes.vision_height(plan.vision, wide)
    with pen.dyed(dye):
        boxes.draw_vision(pen, plan.vision, 0, down + 14, wide, high)
    return down + 14 + high


def _upright(pen: Pen, lane: Lane, top: float, wide: float) -> float:
    """One lane from top to bottom; returns how high it is."""
    room = wide - 2 * PAD
    name = wrapped(marks.goal_name(lane.goal), room, HEAD, "SemiBold")
    cells = {layer: boxes.boxes(lane, layer, room) for layer in lane.layers}
    with pen.dyed(marks.dye_of(lane.goal)):
        start = len(pen.parts)
        at = top + 12
        if lane.goal:
            at += marks.tags(pen, PAD, at, lane.goal, room) + 6
        at += pen.text(PAD, at, name, size=HEAD, style="SemiBold") + 10
        if not cells:
            sentence = wrapped(gettext("Nothing is planned for this goal yet."), room)
            at += pen.text(PAD, at, sentence, fill="ink-2") + 8
        for number, (layer, found) in enumerate(cells.items()):
            if number:
                pen.arrow([(PAD + 12, at - 4), (PAD + 12, at + 20)])
            at += (
                pen.text(PAD + (26 if number else 0), at, str(words.LAYERS[layer]), style="SemiBold", fill="ink-2") + 5
            )
            for box in found:
                boxes.draw(pen, box, PAD, at, room)
                at += box.high + boxes.BETWEEN
        drawn, pen.parts = pen.parts[start:], pen.parts[:start]
        high = at + 4 - top
        pen.rect(0, top, wide, high, fill="paper", stroke="seam")
        pen.rect(0, top, 9 if lane.goal and lane.goal.is_primary else 5, high, fill="dye")
        pen.parts += drawn
    return high


# --- One lane ------------------------------------------------------------------------------------------------------------
def _lane(
    pen: Pen, lane: Lane, places: dict[Layer, float], column: float, top: float, room: float, *, on: bool
) -> tuple[float, tuple[float, float] | None]:
    """Draw a lane; returns its height, and from where it leads on to the vision."""
    name = wrapped(marks.goal_name(lane.goal), room - 2 * PAD, HEAD, "SemiBold")
    head = 12 + (30 if lane.goal else 0) + height(len(name), HEAD) + 10
    cells = {layer: boxes.boxes(lane, layer, column) for layer in lane.layers}
    stacks = {
        layer: sum(one.high for one in found) + boxes.BETWEEN * (len(found) - 1) for layer, found in cells.items()
    }
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
        _arrows(pen, cells, stacks, places, column, top + head, body, on=on)
        for layer, found in cells.items():
            y = top + head + (body - stacks[layer]) / 2
            for box in found:
                boxes.draw(pen, box, places[layer], y, column)
                y += box.high + boxes.BETWEEN
    return high, (places[lane.layers[-1]] + column + GAP / 2, top + head + body / 2)


def _arrows(
    pen: Pen, cells: dict[Layer, list[Box]], stacks: dict[Layer, float], places: dict[Layer, float], column: float,
    top: float, body: float, *, on: bool,
) -> None:  # fmt: skip
    """From every box of a layer to a spine, from the spine to every box of the next; after the last one `on` to the vision."""
    mids: dict[Layer, list[float]] = {}
    for layer, own in cells.items():
        y, found = top + (body - stacks[layer]) / 2, []
        for box in own:
            found.append(y + box.high / 2)
            y += box.high + boxes.BETWEEN
        mids[layer] = found
    order = list(cells)
    for here, there in zip(order, [*order[1:], None], strict=True):
        spine = places[here] + column + GAP / 2
        ends = mids[there] if there else [top + body / 2]
        if not there and not on:
            continue
        for y in mids[here]:
            pen.line(places[here] + column, y, spine, y, stroke="ink-3", weight=1.25)
        low, far = min([*mids[here], *ends]), max([*mids[here], *ends])
        if far > low:
            pen.line(spine, low, spine, far, stroke="ink-3", weight=1.25)
        if there:
            for y in ends:
                pen.arrow([(spine, y), (places[there], y)])


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
