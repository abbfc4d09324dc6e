"""Where the points of a chart lie: values in, percentages out. Pure; drawing is the templates' work."""

from collections.abc import Sequence
from dataclasses import dataclass, field

TICKS = ("0", "20", "40", "60", "80", "100")


@dataclass(frozen=True)
class Series:
    """One line: points are (x, y) with x from 0 to 1 along the axis; kind "now", "past" or "maybe" (dashed)."""

    label: str
    points: Sequence[tuple[float, float]]
    kind: str = "now"


@dataclass(frozen=True)
class LineChart:
    """A line chart and its table.

    `label` is the sentence read out. `axis` holds (x from 0 to 1, text). `top` is the highest value shown.
    `band` holds (x, low, high) of a forecast. `dot` is today's point; `until` the x of a deadline.
    `heads` and `rows` are the same numbers as a table.
    """

    label: str
    series: Sequence[Series]
    top: float
    axis: Sequence[tuple[float, str]] = ()
    grid: Sequence[tuple[float, str]] = ()
    band: Sequence[tuple[float, float, float]] = ()
    dot: tuple[float, float, str] | None = None
    until: float | None = None
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = ()


@dataclass(frozen=True)
class Plot:
    """A chart in percentages of its box, y downwards, ready for SVG attributes."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    axis: list[tuple[str, str, str]] = field(default_factory=list)
    grid: list[tuple[str, str]] = field(default_factory=list)
    ends: list[tuple[str, str, str]] = field(default_factory=list)
    band: str = ""
    dot: tuple[str, str, str] | None = None
    until: str = ""


def share(value: float, of: float) -> float:
    """Return `value` as a percentage of `of`, held between 0 and 100; 0 when `of` is nothing."""
    return min(100.0, max(0.0, 100 * value / of)) if of > 0 else 0.0


def short(number: float) -> str:
    """Write a coordinate with at most two decimals and a point, whatever the language of the page."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def plot(chart: LineChart) -> Plot:
    """Lay the chart out."""

    def across(x: float) -> str:
        return short(share(x, 1))

    def down(y: float) -> str:
        return short(100 - share(y, chart.top))

    def path(points: Sequence[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{across(x)} {down(y)}" for x, y in points)

    edge = [(x, high) for x, _, high in chart.band] + [(x, low) for x, low, _ in reversed(chart.band)]
    return Plot(
        lines=[(one.kind, path(one.points)) for one in chart.series if one.points],
        axis=[(across(x), text, _anchor(x)) for x, text in chart.axis],
        grid=[(down(y), text) for y, text in chart.grid],
        ends=[(across(one.points[-1][0]), down(one.points[-1][1]), one.label) for one in chart.series if one.points],
        band=path(edge) + "Z" if edge else "",
        dot=(across(chart.dot[0]), down(chart.dot[1]), chart.dot[2]) if chart.dot else None,
        until=across(chart.until) if chart.until is not None else "",
    )


def spark_points(values: Sequence[float]) -> str:
    """Return points for a polyline in a box of 100 by 24."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    wide = 100 / (len(values) - 1)
    return " ".join(
        f"{short(i * wide)},{short(22 - 20 * (value - low) / ((high - low) or 1))}" for i, value in enumerate(values)
    )


def _anchor(x: float) -> str:
    """Keep the first and the last label inside the chart."""
    return "start" if x <= 0.02 else "end" if x >= 0.98 else "middle"
