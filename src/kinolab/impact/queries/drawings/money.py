"""The budget by who pays and how certain it is, one currency at a time."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui.drawing import SMALL, TEXT, Drawing, Pen, Table, Theirs, height, wrapped
from kinolab.foundation.ui.drawing import wide as width_of
from kinolab.impact import words
from kinolab.impact.domain import money
from kinolab.impact.domain.money import Budget
from kinolab.impact.domain.safety import Outward
from kinolab.impact.domain.vocabularies import Funding
from kinolab.impact.queries.drawings import marks

WIDE, BESIDE, BAR = 1160.0, 560.0, 26.0
# From what is certain to what is not.
ORDER = (Funding.SPENT, Funding.SECURED, Funding.REQUESTED, Funding.PLANNED)
_LOOKS = {Funding.SPENT: "ink", Funding.SECURED: "solid", Funding.REQUESTED: "hatched", Funding.PLANNED: "dashed"}


def budget_charts(outward: Outward, *, wide: float = WIDE) -> list[Drawing]:
    """A drawing for each currency, the road map's own first; a calm sentence where there are no lines."""
    found = money.budgets(outward.plan)
    if not found:
        return [
            marks.calm(
                "budget", pgettext("step of a road map", "Budget"), gettext("No budget line is written yet."), wide
            )
        ]
    return [_chart(one, wide) for one in found]


def _chart(budget: Budget, wide: float) -> Drawing:
    title = gettext("Budget, %(currency)s") % {"currency": budget.currency}
    rows = [(pot.source, pot.total, [(one, pot.by[one]) for one in ORDER if one in pot.by]) for pot in budget.pots]
    if budget.reserve:
        rows.append((_reserve_name(budget), budget.reserve, [(Funding.PLANNED, budget.reserve)]))
    pen = Pen(f"budget-{budget.currency.lower()}-{wide:.0f}")
    side = wide * 0.3 if wide >= BESIDE else 0.0  # names beside bars, or above them where there is little room
    room = wide - side - max(width_of(_sum(budget, value), SMALL, "SemiBold") for _, value, _ in rows) - 10
    most = max(value for _, value, _ in rows) or Decimal(1)
    down = 4.0
    with pen.dyed("indigo"):
        for source, value, pieces in rows:
            bars = [(_LOOKS[funding], room * float(max(one, Decimal(0)) / most)) for funding, one in pieces]
            down += _row(pen, source, _sum(budget, value), bars, side, down, wide)
        if side:
            pen.line(side, 0, side, down, stroke="edge")
        pen.line(0, down, wide, down, stroke="edge")
        pen.text(0, down + 8, gettext("All together"), size=TEXT, style="SemiBold")
        whole, at = _sum(budget, budget.total), (side + 8, "start") if side else (wide, "end")
        down += pen.text(at[0], down + 8, whole, size=TEXT, style="SemiBold", anchor=at[1]) + 22
        keys = [(_LOOKS[funding], _said(budget, funding)) for funding in ORDER if funding in budget.by]
        down += marks.legend(pen, 0, down, wide, keys)
    return pen.done(wide, down, title, _summary(budget), _table(budget))


def _row(
    pen: Pen, source: str, told: str, bars: Sequence[tuple[str, float]], side: float, top: float, wide: float
) -> float:  # fmt: skip
    """Who pays, a bar of pieces, and what it comes to; returns how high it is."""
    lines = wrapped(source or gettext("Nobody is named yet"), (side or wide) - 16, TEXT)
    tall = height(len(lines), TEXT)
    high = max(BAR, tall) + 12 if side else tall + BAR + 18
    pen.text(0, top + ((high - tall) / 2 if side else 4), lines, size=TEXT, fill="ink" if source else "ink-2")
    y = top + ((high - BAR) / 2 if side else tall + 6)
    x = side
    for look, long in bars:
        marks.bar(pen, look, x, y, max(long, 3.0), BAR)
        x += max(long, 3.0)
    pen.text(x + 8, y + (BAR - height(1)) / 2, told, style="SemiBold")
    return high


def _reserve_name(budget: Budget) -> str:
    return gettext("Reserve, %(percent)s") % {"percent": formats.percent(float(budget.percent) / 100)}


def _sum(budget: Budget, value: Decimal) -> str:
    return formats.money(value, budget.currency)


def _said(budget: Budget, funding: Funding) -> str:
    return gettext("%(what)s: %(count)s") % {"what": words.FUNDINGS[funding], "count": _sum(budget, budget.by[funding])}


def _summary(budget: Budget) -> str:
    parts = [_said(budget, funding) for funding in ORDER if funding in budget.by]
    if budget.reserve:
        parts.append(
            gettext("%(what)s: %(count)s") % {"what": _reserve_name(budget), "count": _sum(budget, budget.reserve)}
        )
    whole = gettext("%(what)s: %(count)s") % {"what": gettext("All together"), "count": _sum(budget, budget.total)}
    return f"{whole}. {'; '.join(parts)}."


def _table(budget: Budget) -> Table:
    used = [funding for funding in ORDER if funding in budget.by]
    head = (
        pgettext("column of a table", "Who pays"),
        *(str(words.FUNDINGS[one]) for one in used),
        gettext("All together"),
    )
    rows: list[Sequence[str]] = []
    for pot in budget.pots:
        source = Theirs(pot.source) if pot.source else gettext("Nobody is named yet")
        rows.append((source, *_cells(budget, used, pot.by), _sum(budget, pot.total)))
    if budget.reserve:
        rows.append((_reserve_name(budget), *[marks.none()] * len(used), _sum(budget, budget.reserve)))
    rows.append((gettext("All together"), *_cells(budget, used, budget.by), _sum(budget, budget.total)))
    return Table(head, rows)


def _cells(budget: Budget, used: Sequence[Funding], by: Mapping[Funding, Decimal]) -> list[str]:
    return [_sum(budget, by[one]) if by.get(one) else marks.none() for one in used]
