"""Rows become values, whole and at a constant cost."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from kinolab.impact.domain.names import COVER
from kinolab.impact.domain.parts import SINGLE, Part
from kinolab.impact.domain.plan import Actual, Evidence, Indicator, ProtectedPerson, Reading
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.domain.vocabularies import Accumulation, Anonymity, Measure, Sensitivity
from kinolab.impact.models import COLUMNS, TABLES, RoadMap
from kinolab.impact.queries import names
from kinolab.impact.queries import plan as queries
from tests.factories import road_maps as make
from tests.factories import selection
from tests.kit import same_cost

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", list(Part))
def test_columns_when_compared_with_values_have_the_same_names(part: Part) -> None:
    told = {one.name for one in fields(queries.PLACES[part][1])} - {"number", "approved", "file", "retired"}

    assert set(COLUMNS[part]) == told
    assert set(TABLES) == set(queries.PLACES) == set(Part)


def whole_road_map(of: RoadMap) -> dict[Part, int]:
    """One row in each part, leading to one another."""
    made = {part: make.row(of, part) for part in (Part.PLACE, Part.GROUP, Part.CAUSE, Part.SOURCE, Part.SDG)}
    made |= {part: make.row(of, part) for part in (Part.GOAL, Part.AUDIENCE, Part.PARTNER, Part.WINDOW, Part.RISK)}
    made[Part.ACTIVITY] = make.row(of, Part.ACTIVITY, goal=made[Part.GOAL], audience=made[Part.AUDIENCE])
    made[Part.ACTIVITY].partners.add(made[Part.PARTNER])
    first = make.row(of, Part.ACTIVITY, title="First", order=1)
    made[Part.ACTIVITY].depends_on.add(first)
    made[Part.LINE] = make.row(of, Part.LINE, activity=made[Part.ACTIVITY])
    made[Part.MILESTONE] = make.row(of, Part.MILESTONE)
    made[Part.MILESTONE].activities.add(made[Part.ACTIVITY], first)
    made[Part.RESULT] = make.row(of, Part.RESULT, goal=made[Part.GOAL])
    made[Part.INDICATOR] = make.row(of, Part.INDICATOR, result=made[Part.RESULT], accumulation="cumulative")
    made[Part.PERIOD] = make.row(of, Part.PERIOD, indicator=made[Part.INDICATOR])
    made[Part.TARGET] = make.row(of, Part.TARGET, period=made[Part.PERIOD], value=Decimal(12))
    made[Part.EVIDENCE] = make.row(of, Part.EVIDENCE)
    made[Part.ACTUAL] = make.row(
        of, Part.ACTUAL, period=made[Part.PERIOD], value=Decimal("4.5"), sex="female", approved_at=make.NOW
    )
    made[Part.ACTUAL].evidence.add(made[Part.EVIDENCE])
    made[Part.PROTECTED] = make.row(of, Part.PROTECTED, marks=list(names.marks("Айгүл")))
    made[Part.LEARNING] = make.row(of, Part.LEARNING)
    return {part: one.pk for part, one in made.items()} | {Part.VISION: first.pk}


def test_plan_when_read_holds_every_row_with_its_links() -> None:
    of = make.road_map()
    pk = whole_road_map(of)

    found = queries.plan_of(of)

    said = {part: getattr(found, queries.PLACES[part][0]) for part in Part if part not in SINGLE}
    assert {part: len(rows) for part, rows in said.items()} == dict.fromkeys(said, 1) | {Part.ACTIVITY: 2}
    activity = found.activities[0]
    assert (activity.goal, activity.audience) == (pk[Part.GOAL], pk[Part.AUDIENCE])
    assert (activity.partners, activity.depends_on) == ((pk[Part.PARTNER],), (pk[Part.VISION],))
    assert found.milestones[0].activities == (pk[Part.ACTIVITY], pk[Part.VISION])
    assert found.indicators == (
        Indicator(
            pk[Part.INDICATOR], "Villages with a board", pk[Part.RESULT], Measure.UNIT, "villages",
            accumulation=Accumulation.CUMULATIVE,
        ),
    )  # fmt: skip
    assert found.targets == (Reading(pk[Part.TARGET], pk[Part.PERIOD], Decimal(12)),)
    assert found.actuals == (
        Actual(
            pk[Part.ACTUAL], pk[Part.PERIOD], Decimal("4.5"), sex="female", approved=True, evidence=(pk[Part.EVIDENCE],)
        ),
    )
    assert found.evidence == (Evidence(pk[Part.EVIDENCE], "Photographs", "report", sensitivity=Sensitivity.RESTRICTED),)
    assert found.protected == (ProtectedPerson(pk[Part.PROTECTED], "P1", Anonymity.MASKED, "not_asked"),)
    assert found.periods[0].starts_on == date(2026, 1, 1)


def test_plans_when_several_are_read_cost_the_same() -> None:
    call = selection.closed_call()
    whole_road_map(make.road_map(selection.sent(call)))

    def grow() -> None:
        who = f"Azamat{RoadMap.objects.count()}"
        whole_road_map(make.road_map(selection.sent(call, who)))

    cost = same_cost(lambda: queries.plans(RoadMap.objects.all()), grow)

    assert cost == 1 + len(Part) + 4  # the road maps, each part, each way to many rows


def test_name_when_protected_is_found_and_covered_in_both_alphabets() -> None:
    of = make.road_map()
    make.row(of, Part.PROTECTED, marks=list(names.marks("Айгүл Асанова")))
    make.row(of, Part.PROTECTED, code="P2", anonymity="named", marks=list(names.marks("Bakyt")))
    make.row(of, Part.LEARNING, what_changed="Aigul Asanovanyn uyu, Айгүлгө жардам. Бакыт сүйлөдү.")

    seen = queries.outward_of(of, Eyes.PARTNERS)
    found = queries.findings_of(of, queries.plan_of(of))

    covered = f"{COVER} {COVER} uyu, {COVER} жардам. Бакыт сүйлөдү."
    assert [one.what_changed for one in seen.plan.learning] == [covered]
    assert [one.part for one in found if one.code == "name_said"] == [Part.LEARNING]
