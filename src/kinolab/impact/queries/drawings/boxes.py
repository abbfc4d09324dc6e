"""Boxes of the theory of change: activities, results with what they take for granted, the vision."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui.drawing import HEAD, SMALL, Pen, height, wrapped
from kinolab.impact import words
from kinolab.impact.domain import layers
from kinolab.impact.domain.layers import Lane, Layer
from kinolab.impact.domain.plan import Activity, Result, Vision
from kinolab.impact.domain.vocabularies import Progress
from kinolab.impact.queries.drawings import marks

TOGETHER = 8  # more activities of one goal are told by kind
BETWEEN = 8.0
LOOKS = {Progress.DONE: "solid", Progress.RUNNING: "framed", Progress.PLANNED: "dashed"}


@dataclass(frozen=True, slots=True)
class Box:
    """A box to be drawn: its look, its lines, and what it takes for granted."""

    look: str
    lines: Sequence[str]
    high: float
    assumed: Sequence[str] = ()


def boxes(lane: Lane, layer: Layer, column: float) -> list[Box]:
    """What stands in one layer of a lane."""
    room = column - 20
    if layer is not Layer.ACTIVITY:
        return [_result(one, room) for one in lane.results[layer]]
    if len(lane.activities) <= TOGETHER:
        return [_activity(one, room) for one in lane.activities]
    told = []
    for kind, count in layers.by_kind(lane.activities).items():
        name = str(words.ACTIVITY_KINDS[kind]) if kind else gettext("Other activities")
        lines = wrapped(gettext("%(what)s: %(count)s") % {"what": name, "count": formats.number(count)}, room)
        told.append(Box("together", lines, height(len(lines)) + 14))
    return told


def _activity(one: Activity, room: float) -> Box:
    done = one.progress is Progress.DONE
    lines = wrapped(one.title, room - (20 if done else 0))
    return Box(LOOKS[one.progress], lines, height(len(lines)) + 14)


def _result(one: Result, room: float) -> Box:
    lines = wrapped(one.title, room, SMALL, "SemiBold")
    assumed = wrapped(one.assumption, room - 12) if one.assumption else []
    extra = height(len(assumed) + 1) + 10 if assumed else 0
    return Box("result", lines, height(len(lines)) + 14 + extra, assumed)


def draw(pen: Pen, box: Box, x: float, y: float, wide: float) -> None:
    """Draw a box."""
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
def _vision_lines(vision: Vision, wide: float) -> tuple[list[str], float, bool]:
    room = wide - 40
    said = vision.statement or gettext("No vision is written yet.")
    large = wrapped(said, room, 25, "SemiBold", display=True)
    if vision.statement and len(large) <= 12:
        return large, 25, True
    return wrapped(said, room, HEAD), HEAD, False


def vision_height(vision: Vision, wide: float) -> float:
    """How high the vision is at least."""
    lines, size, display = _vision_lines(vision, wide)
    return height(len(lines), size, 1.16 if display else 1.35) + 60 + (height(2) + 12 if vision.horizon else 0)


def draw_vision(pen: Pen, vision: Vision, x: float, y: float, wide: float, high: float) -> None:
    """The vision, or that there is none yet."""
    lines, size, display = _vision_lines(vision, wide)
    fill = "on-banner" if vision.statement else "ink-2"
    if vision.statement:
        pen.rect(x, y, wide, high, fill="banner")
    else:
        pen.rect(x, y, wide, high, fill="paper", stroke="edge", weight=1.5, dash="4 3")
    at = y + 20
    at += pen.text(
        x + 20, at, lines, size=size, style="SemiBold" if display else "Regular", fill=fill, display=display,
        lead=1.16 if display else 1.35,
    )  # fmt: skip
    if vision.horizon:
        at += 12
        at += pen.text(x + 20, at, gettext("By when"), fill=fill)
        pen.text(x + 20, at, formats.day(vision.horizon), style="SemiBold", fill=fill)
