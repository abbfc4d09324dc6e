"""What several drawings share: how a goal is marked, how values are written, legends, a calm sentence instead of a box."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext

from kinolab.foundation.ui.drawing import SMALL, Drawing, Pen, Table, height, wide, wrapped
from kinolab.impact import words
from kinolab.impact.domain.figures import Figure, How
from kinolab.impact.domain.plan import Goal
from kinolab.impact.queries.timeline import DYES, SIGNS

WIDE = 1160.0
PHONE, PHONE_TIMELINE = 288.0, 700.0  # time needs more room than a phone has: its drawing scrolls
Key = tuple[str, str]  # how a mark looks, what it means


def twice(draw: Callable[[float], Sequence[Drawing]], narrow: float = PHONE) -> list[Drawing]:
    """Drawn for a desk and for a phone; a page shows the one that fits."""
    both = zip(draw(WIDE), draw(narrow), strict=True)
    return [replace(one, narrow=small.svg) for one, small in both]


def dye_of(goal: Goal | None) -> str:
    """The dye of a goal's dynamic; none for what has no goal."""
    return DYES[goal.dynamic] if goal else ""


def goal_name(goal: Goal | None) -> str:
    """What a goal is called where it is named in one line."""
    return goal.goal if goal else gettext("Without a goal")


def how(figure: Figure) -> str:
    """How a figure came about, in words."""
    return str(words.HOW[figure.how])


def told(figure: Figure) -> bool:
    """Whether there is a number."""
    return figure.how in (How.SUM, How.LATEST)


def tag(pen: Pen, x: float, y: float, goal: Goal) -> float:
    """The dynamic of a goal as sign and word; returns where it ends."""
    word = str(words.DYNAMICS[goal.dynamic])
    room = wide(word, SMALL, "SemiBold") + 38
    pen.rect(x, y, room, 24, fill="dye-tint")
    pen.icon(SIGNS[goal.dynamic], x + 8, y + 4, 16, stroke="dye")
    pen.text(x + 30, y + 12 - height(1) / 2, word, style="SemiBold", fill="dye")
    return x + room


def primary(pen: Pen, x: float, y: float) -> None:
    """That a goal is the primary one."""
    word = gettext("primary goal")
    pen.rect(x, y, wide(word, SMALL, "SemiBold") + 16, 24, fill="dye")
    pen.text(x + 8, y + 12 - height(1) / 2, word, style="SemiBold", fill="paper")


def tags(pen: Pen, x: float, y: float, goal: Goal, room: float) -> float:
    """Both: beside one another where there is room, else one below the other; returns how high they are."""
    end = tag(pen, x, y, goal)
    if not goal.is_primary:
        return 24
    beside = end + 8 + wide(gettext("primary goal"), SMALL, "SemiBold") + 16 <= x + room
    primary(pen, *((end + 8, y) if beside else (x, y + 30)))
    return 24 if beside else 54


def tags_high(goal: Goal, room: float) -> float:
    """How high they will be."""
    return tags(Pen(""), 0, 0, goal, room)


def legend(pen: Pen, x: float, y: float, room: float, keys: Sequence[Key]) -> float:
    """What the marks mean, in as many rows as it takes; returns how high that is."""
    at, down, high = x, y, 0.0
    for look, word in keys:
        lines = wrapped(word, room - 30)
        need = 30 + max(wide(line) for line in lines)
        if at > x and at + need > x + room:
            at, down, high = x, down + high, 0.0
        swatch(pen, look, at, down + 3)
        high = max(high, pen.text(at + 30, down + 11 - height(1) / 2, lines, fill="ink-2") + 6.5)
        at += need + 20
    return down + high - y


# What bars look like: colour alone never tells them apart.
LOOKS: dict[str, dict[str, Any]] = {
    "solid": {"fill": "dye"},
    "framed": {"fill": "dye-tint", "stroke": "dye", "weight": 2},
    "dashed": {"fill": "paper", "stroke": "edge", "weight": 1.5, "dash": "4 3"},
    "hatched": {"fill": "hatch:dye", "stroke": "dye", "weight": 1.5},
    "result": {"fill": "paper", "stroke": "dye", "weight": 1.5},
    "window": {"fill": "hatch:seam", "stroke": "ink-2", "weight": 1.5},
    "open": {"fill": "paper", "stroke": "ink-2", "weight": 1.5, "dash": "4 3"},
    "dropped": {"fill": "felt", "stroke": "edge", "weight": 1, "dash": "1 3"},
    "ink": {"fill": "ink"},
    "together": {"fill": "felt"},
}


def bar(pen: Pen, look: str, x: float, y: float, long: float, high: float) -> None:
    """A bar or a box."""
    pen.rect(x, y, long, high, **LOOKS[look])


def swatch(pen: Pen, look: str, x: float, y: float) -> None:
    """A small piece of what a mark looks like: 22 by 16."""
    if look in LOOKS:
        bar(pen, look, x, y, 22, 16)
        return
    mid, end, low = x + 11, x + 22, y + 8
    lines: dict[str, Callable[[], None]] = {
        "today": lambda: pen.rect(x + 8, y, 5, 16, fill="lamp", stroke="night"),
        "horizon": lambda: pen.line(mid, y, mid, y + 16, stroke="ink", weight=2, dash="5 3"),
        "milestone": lambda: diamond(pen, mid, low),
        "arrow": lambda: pen.arrow([(x, low), (end - 1, low)]),
        "target": lambda: pen.line(x + 2, low, end - 2, low, stroke="ink", weight=3),
        "before": lambda: pen.line(x, low, end, low, stroke="ink-3", weight=1.5, dash="2 3"),
        "dot": lambda: dot(pen, mid, low),
        "ring": lambda: dot(pen, mid, low, waits=True),
        "tick": lambda: pen.line(mid, y, mid, y + 16, stroke="ink", weight=2),
    }
    lines[look]()


def dot(pen: Pen, x: float, y: float, *, waits: bool = False) -> None:
    """A reading on a line; one that waits for approval is hollow."""
    pen.dot(x, y, 6, fill="paper" if waits else "dye", stroke="dye" if waits else "paper", weight=2.5 if waits else 1.5)


def diamond(pen: Pen, x: float, y: float, radius: float = 8) -> None:
    """The mark of a day by which something is there."""
    pen.path(
        [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], stroke="ink", weight=1.5, fill="paper",
        closed=True,
    )  # fmt: skip


def calm(name: str, title: str, sentence: str, room: float = WIDE, table: Table | None = None) -> Drawing:
    """A sentence where there is nothing to draw yet."""
    pen = Pen(name)
    lines = wrapped(sentence, room - 32, 15)
    pen.rect(0, 0, room, height(len(lines), 15) + 40, fill="paper", stroke="edge", weight=1.5, dash="4 3")
    pen.text(16, 20, lines, size=15, fill="ink-2")
    return pen.done(room, height(len(lines), 15) + 40, title, sentence, table or Table((), ()))


def none() -> str:
    """What stands in a table where nothing is known."""
    return "—"
