"""The dashboard's numbers in the shapes that the interface draws."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext

from kinolab.applications.domain.lifecycle import LadderStep
from kinolab.applications.queries.until import draft_window
from kinolab.applications.words import LADDER
from kinolab.desk import words
from kinolab.desk.queries.edition import Counts, EditionPage
from kinolab.desk.queries.mine import Own
from kinolab.foundation.i18n import formats
from kinolab.foundation.ui.charts import LineChart, Series

GRID = 4  # lines


def steps(page: EditionPage, zone: str) -> list[dict[str, Any]]:
    """The dates of the edition's way, as `{% steps %}` takes them."""
    return [
        {
            "title": words.NEXT[step.code],
            "when": formats.moment(step.at, page.call.timezone or zone if page.call else zone)
            if step.at
            else formats.precise(step.on, step.precision),
            "state": step.state.value,
        }
        for step in page.next
    ]


def way(one: Own) -> list[dict[str, Any]]:
    """The steps that an application has taken and those ahead of it, as `{% steps %}` takes them."""
    application, call = one.application, one.application.call
    zone = call.timezone or "UTC"
    when: dict[object, str] = {
        LadderStep.DRAFT: formats.day(formats.day_in(application.created_at, zone)),
        LadderStep.SUBMITTED: formats.moment(application.submitted_at, zone) if application.submitted_at else "",
        LadderStep.WITHDRAWN: formats.moment(application.withdrawn_at, zone) if application.withdrawn_at else "",
    }
    ahead: dict[object, str] = {
        LadderStep.SUBMITTED: gettext("Deadline: %(moment)s")
        % {"moment": formats.moment(draft_window(application).closes, zone)},
        "results": formats.precise(call.results_on, call.results_precision) if call.results_on else "",
    }
    taken = [
        {"title": LADDER[step], "when": when.get(step, ""), "state": "now" if step is one.stands else "done"}
        for step in one.taken
    ]
    return taken + [
        {
            "title": LADDER[step] if isinstance(step, LadderStep) else words.NEXT[step],
            "when": ahead.get(step, ""),
            "state": "next",
        }
        for step in one.coming
    ]


def received(page: EditionPage) -> LineChart | None:
    """Draw the curve over that of the edition before, from the opening to the close; nothing before an application."""
    curve, before = page.curve, page.before
    if curve is None:
        return None
    until = curve.length if curve.today is None else min(curve.today, curve.length)
    total = curve.points[-1][1]
    points = _on_axis([*curve.points, (until, total)], curve.length)
    series = [Series("" if curve.today is not None else formats.number(total), points)]
    top = total
    if before:
        series.append(Series(page.before_name, _on_axis(before.points, max(before.length, curve.length)), kind="past"))
        top = max(total, before.points[-1][1])
    step = _round_step(top)
    label = gettext("Applications received since the opening: %(total)s.") % {"total": formats.number(total)}
    here = gettext("%(number)s today") % {"number": formats.number(total)}
    return LineChart(
        label=label,
        series=series,
        top=max(step * (top // step + 1), top * 1.1),
        grid=[(step * line, formats.number(step * line)) for line in range(top // step + 1)],
        axis=[
            (day / curve.length, formats.short_day(curve.first + timedelta(days=day)))
            for day in _axis_days(curve.length, until)
        ],
        dot=(until / curve.length, total, here) if curve.today is not None else None,
        until=1 if curve.today is not None else None,
        heads=[gettext("Day"), gettext("Received")],
        rows=[
            (formats.short_day(curve.first + timedelta(days=day)), formats.number(number))
            for day, number in curve.points[1:]
        ],
    )


def _on_axis(points: list[tuple[int, int]], length: int) -> list[tuple[float, float]]:
    return [(min(day / length, 1), number) for day, number in points]


def _round_step(top: int) -> int:
    """The distance of grid lines: 1, 2 or 5 with noughts, so that there are at most four above zero."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if top // step <= GRID:
                return step
        size *= 10


def _axis_days(length: int, today: int) -> list[int]:
    """The opening, the close, and today where there is room for its name."""
    return [0, *([today] if 0.25 < today / length < 0.75 else []), length]


def funnel(counts: Counts) -> list[dict[str, Any]]:
    """From begun to eligible, each with its share of the step above."""
    steps = [
        (gettext("Begun"), counts.sent + counts.drafts + counts.withdrawn),
        (gettext("Submitted"), counts.sent),
        (gettext("Eligible"), counts.eligible),
    ]
    above = [None, *(number for _, number in steps)]
    return [
        {"label": name, "value": number, "note": formats.percent(number / before) if before else ""}
        for (name, number), before in zip(steps, above, strict=False)
    ]


def countries(numbers: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Countries by name."""
    return [{"label": formats.country_name(code), "value": number} for code, number in numbers]
