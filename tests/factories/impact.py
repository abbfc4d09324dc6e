"""Impact: whole road maps as values for rules, and rows of them for pages. Minimal, silent, plain."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from kinolab.impact.domain.names import Veil, marks
from kinolab.impact.domain.plan import (
    Activity,
    Actual,
    Audience,
    Evidence,
    Goal,
    Indicator,
    Issue,
    Line,
    Partner,
    Period,
    Place,
    Plan,
    Reading,
    Result,
    Vision,
)
from kinolab.impact.domain.vocabularies import Accumulation, Funding, ResultKind, Sensitivity


def fold(word: str) -> str:
    """A plain stand-in for the folding of seven languages."""
    return word.casefold().translate(str.maketrans("айгүләдн", "aigulаdn"))


def seal(word: str) -> str:
    """A plain stand-in for the keyed digest."""
    return f"<{word[::-1]}>"


def veil(names: str = "") -> Veil:
    """A veil over these names."""
    return Veil(fold, seal, frozenset(marks(names, fold, seal)))


def plan(**changes: Any) -> Plan:
    """A small road map in which nothing is found wrong; `changes` replace its parts."""
    whole = Plan(
        code="abc",
        title="Суу бөлгүч",
        issue=Issue("Water", "The order of watering is written nowhere.", "The river falls."),
        vision=Vision("Everybody can see whose turn it is.", date(2027, 12, 31)),
        places=(Place(1, "Naryn", "KG"),),
        goals=(Goal(1, "Neighbours know their turn", is_primary=True),),
        audiences=(Audience(1, "Water masters", country="KG"),),
        activities=(Activity(1, "Screenings", goal=1, starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 1)),),
        partners=(Partner(1, "Water union", safe_to_name=True),),
        lines=(Line(1, "Projector", unit_cost=Decimal(100), funding=Funding.SECURED),),
        results=(Result(1, "Turns are known", goal=1, kind=ResultKind.OUTCOME),),
        indicators=(
            Indicator(
                1, "Villages with a board", 1, unit="villages", accumulation=Accumulation.CUMULATIVE,
                baseline_value=Decimal(0), baseline_year=2025,
            ),
        ),
        periods=(Period(1, 1, date(2026, 1, 1), date(2026, 6, 30)), Period(2, 1, date(2026, 7, 1), date(2026, 12, 31))),
        targets=(Reading(1, 2, Decimal(12)),),
        actuals=(Actual(1, 1, Decimal(5), approved=True, evidence=(1,)),),
        evidence=(Evidence(1, "Photographs", consent_ok=True, sensitivity=Sensitivity.PUBLIC),),
    )  # fmt: skip
    return replace(whole, **changes)
