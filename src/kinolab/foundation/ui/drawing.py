"""Drawings that stand by themselves: SVG with the light palette as attributes, for pages, print and paper alike.

Every colour is written twice: as a plain attribute (paper and PDF know no stylesheet) and by its name in `data-fill` or
`data-stroke`, by which `impact/drawings.css` gives it the colour of the theme. No classes, no styles. All text is escaped here.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

from kinolab.foundation.ui import lettering

FAMILY = "Kino Text, Kino Text Fallback, sans-serif"
DISPLAY = "Kino Display, Kino Display Fallback, serif"
SMALL, TEXT, HEAD = 13.0, 14.0, 15.0  # nothing is smaller
_WEIGHTS = {"Regular": "400", "SemiBold": "600", "Bold": "700"}
LIGHT = {
    "paper": "#FFFFFF", "wool": "#F1F3F0", "felt": "#E4E9E5", "ink": "#151B1D", "ink-2": "#434D51", "ink-3": "#5B666A",
    "seam": "#CDD4CF", "edge": "#7A8589", "lamp": "#FFB81C", "night": "#151B1D", "lamp-text": "#795000",
    "lamp-tint": "#FFF0CC", "bad": "#B0201A",
}  # fmt: skip
# A dye's text colour and its tint, where `dye` and `dye-tint` are asked for.
DYES = {
    "": ("#151B1D", "#E4E9E5"), "madder": ("#A0262A", "#F8E4E1"), "larkspur": ("#765000", "#FBEDC9"),
    "spruce": ("#1E5B47", "#DDEBE3"), "firuza": ("#0A6670", "#D8ECEE"), "indigo": ("#27438F", "#E1E6F5"),
    "mulberry": ("#77305F", "#F2E1EC"),
}  # fmt: skip
# A dye as a fill, and what is written on it.
BANNERS = {
    "": ("#151B1D", "#FFFFFF"), "madder": ("#A92B2F", "#FFFFFF"), "larkspur": ("#F4B92F", "#151B1D"),
    "spruce": ("#1E5B47", "#FFFFFF"), "firuza": ("#0B7480", "#FFFFFF"), "indigo": ("#27438F", "#FFFFFF"),
    "mulberry": ("#77305F", "#FFFFFF"),
}  # fmt: skip
# What XML may not hold at all.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPRITE = Path(__file__).parent / "static" / "ui" / "icons" / "sprite.svg"


class Theirs(str):
    """Words of the people whose work it is, in their language, among words of the program."""

    __slots__ = ()
    theirs = True


@dataclass(frozen=True, slots=True)
class Table:
    """The same as the drawing says, in words and numbers."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, what it is called, what it says in a sentence, and the same as a table."""

    svg: SafeString
    title: str
    summary: str
    table: Table
    wide: float = 0.0
    high: float = 0.0
    narrow: str = ""  # the same for a phone, where it was drawn


def short(number: float) -> str:
    """A coordinate with at most two decimals and a point, whatever the language of the page."""
    return f"{number:.2f}".rstrip("0").rstrip(".") if number else "0"


def said(text: object) -> str:
    """Text as it may stand in XML."""
    return escape(_FORBIDDEN.sub("", str(text)))


@cache
def _icons() -> dict[str, str]:
    found = re.findall(r'<symbol id="i-([^"]+)"[^>]*>(.*?)</symbol>', _SPRITE.read_text(encoding="utf-8"), re.DOTALL)
    return dict(found)


class Pen:
    """Draws one picture. `name` keeps its patterns apart from those of other pictures on the same page."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.dye = ""
        self.parts: list[str] = []
        self.patterns: dict[str, str] = {}

    # --- Colours ---------------------------------------------------------------------------------------------------
    def _colour(self, name: str) -> str:
        dye, tint = DYES[self.dye]
        banner, on_banner = BANNERS[self.dye]
        dyed = {"dye": dye, "dye-tint": tint, "banner": banner, "on-banner": on_banner}
        return dyed.get(name) or LIGHT[name]

    def _line(self, stroke: str, weight: float, dash: str = "") -> str:
        """How a line looks; one that is 1 wide says nothing of it."""
        width = f' stroke-width="{short(weight)}"' if weight != 1 else ""
        return (self._paint("stroke", stroke) + width if stroke else "") + (
            f' stroke-dasharray="{dash}"' if dash else ""
        )

    def _paint(self, kind: str, name: str) -> str:
        if name == "none":
            return f' {kind}="none"'
        if name.startswith("hatch:"):
            return f' {kind}="url(#{self.hatch(name.removeprefix("hatch:"))})"'
        return f' {kind}="{self._colour(name)}" data-{kind}="{name}"'

    def hatch(self, colour: str) -> str:
        """The name of a pattern of slanting lines in this colour; colour alone never tells."""
        name = f"{self.name}-hatch-{self.dye or 'plain'}-{colour}"
        dye = f' data-dye="{self.dye}"' if self.dye else ""
        self.patterns.setdefault(
            name,
            f'<pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"{dye}>'
            f'<rect width="7" height="7"{self._paint("fill", "paper")}/>'
            f'<path d="M1.25 0V7" stroke-width="2.5"{self._paint("stroke", colour)}/></pattern>',
        )
        return name

    @contextmanager
    def dyed(self, dye: str) -> Iterator[None]:
        """What is drawn inside takes its dye from here."""
        before, self.dye = self.dye, dye
        self.parts.append(f'<g data-dye="{dye}">' if dye else "<g>")
        yield
        self.parts.append("</g>")
        self.dye = before

    # --- Marks -------------------------------------------------------------------------------------------------------
    def rect(
        self, x: float, y: float, wide: float, high: float, *, fill: str = "none", stroke: str = "", weight: float = 1.0,
        dash: str = "",
    ) -> None:  # fmt: skip
        """A rectangle; its line lies inside, so that neighbours meet without a gap."""
        half = weight / 2 if stroke else 0
        self.parts.append(
            f'<rect x="{short(x + half)}" y="{short(y + half)}" width="{short(max(0.5, wide - 2 * half))}" '
            f'height="{short(max(0.5, high - 2 * half))}"{self._paint("fill", fill)}{self._line(stroke, weight, dash)}/>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = "seam", weight: float = 1.0, dash: str = ""
    ) -> None:
        """A straight line."""
        self.path([(x1, y1), (x2, y2)], stroke=stroke, weight=weight, dash=dash)

    def path(
        self, points: Sequence[tuple[float, float]], *, stroke: str = "ink", weight: float = 1.0, dash: str = "",
        fill: str = "none", closed: bool = False,
    ) -> None:  # fmt: skip
        """A line through points, or a filled shape."""
        way = "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points) + ("Z" if closed else "")
        joins = ' stroke-linejoin="round"' if stroke and len(points) > 2 else ""
        self.parts.append(f'<path d="{way}"{self._paint("fill", fill)}{self._line(stroke, weight, dash)}{joins}/>')

    def arrow(self, points: Sequence[tuple[float, float]], *, stroke: str = "ink-3", weight: float = 1.25) -> None:
        """A line that ends in an arrow head; the last stretch says where it points."""
        (x0, y0), (x, y) = points[-2], points[-1]
        away, side = 6.0, 3.5
        if abs(x - x0) >= abs(y - y0):
            to = away if x >= x0 else -away
            head = [(x - to, y - side), (x, y), (x - to, y + side)]
        else:
            to = away if y >= y0 else -away
            head = [(x - side, y - to), (x, y), (x + side, y - to)]
        self.path(points, stroke=stroke, weight=weight)
        self.path(head, stroke="", fill=stroke, closed=True)

    def dot(self, x: float, y: float, radius: float, *, fill: str, stroke: str = "", weight: float = 2.0) -> None:
        """A disc."""
        self.parts.append(
            f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}"{self._paint("fill", fill)}'
            f"{self._line(stroke, weight)}/>"
        )

    def icon(self, name: str, x: float, y: float, size: float, *, stroke: str = "ink") -> None:
        """A sign of the sprite."""
        scale = short(size / 24)
        self.parts.append(
            f'<g transform="translate({short(x)} {short(y)}) scale({scale})" fill="none"{self._paint("stroke", stroke)} '
            f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{_icons()[name]}</g>'
        )

    # --- Words -------------------------------------------------------------------------------------------------------
    def text(
        self, x: float, y: float, lines: Sequence[str] | str, *, size: float = SMALL, style: str = "Regular",
        fill: str = "ink", anchor: str = "start", display: bool = False, halo: str = "", struck: bool = False,
        lead: float = 1.35,
    ) -> float:  # fmt: skip
        """Lines of text below `y`; returns how high they are. `halo`: a rim that keeps lines behind it away."""
        lines = [lines] if isinstance(lines, str) else lines
        more = f' font-family="{DISPLAY}"' if display else ""
        more += f' font-size="{short(size)}"' if size != SMALL else ""
        more += f' font-weight="{_WEIGHTS[style]}"' if style != "Regular" else ""
        more += f' text-anchor="{anchor}"' if anchor != "start" else ""
        more += f'{self._paint("stroke", halo)} stroke-width="4" paint-order="stroke"' if halo else ""
        for number, line in enumerate(lines):
            down = y + size * (lead * (number + 0.5) + 0.35)
            self.parts.append(
                f'<text x="{short(x)}" y="{short(down)}"{self._paint("fill", fill)}{more}>{said(line)}</text>'
            )
            if struck:
                self._strike(x, down - size * 0.32, wide(line, size, style), anchor, fill)
        return height(len(lines), size, lead)

    def _strike(self, x: float, y: float, long: float, anchor: str, stroke: str) -> None:
        """A line through a line of text: a decoration would take the halo's rim."""
        left = {"start": x, "middle": x - long / 2, "end": x - long}[anchor]
        self.line(left, y, left + long, y, stroke=stroke, weight=1.25)

    # --- Done --------------------------------------------------------------------------------------------------------
    def done(self, wide: float, high: float, title: str, summary: str, table: Table) -> Drawing:
        """The picture with its name, its sentence and its table."""
        patterns = f"<defs>{''.join(self.patterns.values())}</defs>" if self.patterns else ""
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{short(wide)}" height="{short(high)}" '
            f'viewBox="0 0 {short(wide)} {short(high)}" role="img" data-drawing="{self.name}" '
            f'font-family="{FAMILY}" font-size="{short(SMALL)}" font-weight="{_WEIGHTS["Regular"]}">'
            f"<title>{said(title)}</title><desc>{said(summary)}</desc>{patterns}{''.join(self.parts)}</svg>"
        )
        return Drawing(mark_safe(svg), title, summary, table, wide, high)


def height(lines: int, size: float = SMALL, lead: float = 1.35) -> float:
    """How high so many lines are."""
    return lines * size * lead


def wrapped(
    text: object, room: float, size: float = SMALL, style: str = "Regular", *, display: bool = False
) -> list[str]:
    """The text in lines that fit."""
    return lettering.wrap(str(text), room, size, style, "Kino Display" if display else "Kino Text")


def wide(text: object, size: float = SMALL, style: str = "Regular") -> float:
    """How wide the text is."""
    return lettering.width(str(text), size, style)
