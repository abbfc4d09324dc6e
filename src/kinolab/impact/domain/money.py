"""The one place where money is added up: one currency at a time, by who pays and how certain it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinolab.impact.domain.plan import Line, Plan
from kinolab.impact.domain.vocabularies import Funding


@dataclass(frozen=True, slots=True)
class Pot:
    """What one payer gives ("" where nobody is named), by how certain it is."""

    source: str
    by: Mapping[Funding, Decimal]

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum(self.by.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Budget:
    """All lines of one currency. `reserve`: what is set aside, in the road map's own currency alone."""

    currency: str
    pots: tuple[Pot, ...]
    by: Mapping[Funding, Decimal]
    reserve: Decimal
    percent: Decimal

    @property
    def lines(self) -> Decimal:
        """What the lines come to."""
        return sum(self.by.values(), Decimal(0))

    @property
    def total(self) -> Decimal:
        """The lines and the reserve."""
        return self.lines + self.reserve

    @property
    def asked(self) -> Decimal:
        """What has been asked for, secured or spent."""
        return self.lines - self.by.get(Funding.PLANNED, Decimal(0))


def budgets(plan: Plan) -> list[Budget]:
    """A budget for each currency: the road map's own first."""
    own = plan.money.currency
    currencies = sorted({one.currency for one in plan.lines}, key=lambda one: (one != own, one))
    return [budget(plan, one) for one in currencies]


def budget(plan: Plan, currency: str) -> Budget:
    """The budget of one currency."""
    lines = [one for one in plan.lines if one.currency == currency]
    sources: dict[str, list[Line]] = {}
    for one in lines:
        sources.setdefault(" ".join(one.source.split()), []).append(one)
    pots = (Pot(source, _by(rows)) for source, rows in sources.items())
    by = _by(lines)
    percent = plan.money.contingency if currency == plan.money.currency else Decimal(0)
    reserve = sum(by.values(), Decimal(0)) * percent / 100
    return Budget(currency, tuple(sorted(pots, key=lambda pot: (-pot.total, pot.source))), by, reserve, percent)


def _by(lines: list[Line]) -> dict[Funding, Decimal]:
    found = {funding: sum((one.sum for one in lines if one.funding is funding), Decimal(0)) for funding in Funding}
    return {funding: value for funding, value in found.items() if value}
