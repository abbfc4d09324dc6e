"""The dashboard's numbers in the shapes that the interface draws."""

from typing import Any

from django.utils.translation import gettext

from kinolab.desk import words
from kinolab.desk.queries.edition import Counts, EditionPage
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


def received(page: EditionPage) -> LineChart | None:
    """Draw the curve over that of last year; nothing before the first application."""
    if len(page.curve) < 2:
        return None
    longest = max(day for day, _ in page.curve + page.before) or 1
    top = max(number for _, number in page.curve + page.before)
    total = page.curve[-1][1]
    series = [Series(formats.number(total), [(day / longest, number) for day, number in page.curve])]
    if page.before:
        past = [(day / longest, number) for day, number in page.before]
        series.append(Series(page.before_name, past, kind="past"))
    label = gettext("Applications received since the opening: %(total)s.") % {"total": formats.number(total)}
    return LineChart(
        label=label,
        series=series,
        top=top * 1.1,
        grid=[(round(top * line / GRID), formats.number(round(top * line / GRID))) for line in range(GRID + 1)],
        axis=[
            (0, gettext("the opening")),
            (1, gettext("day %(day)s") % {"day": formats.number(longest)}),
        ],
        heads=[gettext("Days since the opening"), gettext("Received")],
        rows=page.curve,
    )


def funnel(counts: Counts) -> list[dict[str, Any]]:
    """From begun to eligible."""
    return [
        {"label": gettext("Begun"), "value": counts.sent + counts.drafts + counts.withdrawn},
        {"label": gettext("Submitted"), "value": counts.sent},
        {"label": gettext("Eligible"), "value": counts.eligible},
        {"label": gettext("Needs a look"), "value": counts.attention},
        {"label": gettext("Not eligible"), "value": counts.ineligible},
    ]


def countries(numbers: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Countries by name."""
    return [{"label": formats.country_name(code), "value": number} for code, number in numbers]
