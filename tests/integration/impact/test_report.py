"""A programme's impact report: added up as it may be, through the gate, never older than the last value."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.models import FollowingUp, Place, RoadMap
from kinolab.impact.queries import names, report
from kinolab.labs.domain.roles import Role
from tests.factories import road_maps as make
from tests.factories import selection
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db
FIRST, SECOND = (date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31))


def measured(
    of: RoadMap, *values: object, kind: str = "outcome", country: str = "KG", approved: bool = True, **indicator: Any
) -> Any:
    """An indicator of the road map with a value in each period; returns the last value."""
    goal = make.row(of, Part.GOAL, dynamic="behaviours")
    result = make.row(of, Part.RESULT, goal=goal, kind=kind)
    row = make.row(of, Part.INDICATOR, result=result, **({"accumulation": "periodic"} | indicator))
    if not Place.objects.filter(road_map=of).exists():
        make.row(of, Part.PLACE, country=country)
    last = None
    for (starts, ends), value in zip((FIRST, SECOND), values, strict=False):
        period = make.row(of, Part.PERIOD, indicator=row, starts_on=starts, ends_on=ends)
        last = make.row(
            of, Part.ACTUAL, period=period, value=Decimal(str(value)), approved_at=make.NOW if approved else None
        )
    return last


@pytest.fixture
def other(road_map: RoadMap) -> RoadMap:
    return make.road_map(selection.sent(road_map.application.call, "Azamat"), level="public")


def asked(of: RoadMap, eyes: Eyes = Eyes.LAB) -> report.Asked:
    return report.ask(of.edition.programme, RoadMap.objects.all(), eyes)


def figures(of: RoadMap, eyes: Eyes = Eyes.LAB) -> list[tuple[str, str, Decimal | None, int]]:
    found = report.report(asked(of, eyes))
    return [(one.result.value, one.total.kind.unit, one.total.value, one.road_maps) for one in found.lines]


def desk(of: RoadMap, name: str, **more: Any) -> str:
    edition = of.edition
    return reverse(f"impact:{name}", kwargs={"programme": edition.programme.slug, "edition": edition.slug} | more)


def test_figures_when_added_keep_units_counting_and_outputs_apart(road_map: RoadMap, other: RoadMap) -> None:
    measured(road_map, 3, 4)
    measured(other, 5, country="KZ")
    measured(other, 2, 6, accumulation="cumulative")
    measured(other, 900, unit="people", kind="output")
    measured(other, 50, approved=False)
    measured(other, 3, measure="ordinal", title="Step")

    assert figures(road_map) == [
        ("output", "people", Decimal(900), 1),
        ("outcome", "villages", Decimal(12), 2),
        ("outcome", "villages", Decimal(6), 1),
    ]
    found = report.report(asked(road_map))
    assert (found.road_maps, found.indicators, found.values, found.apart) == (2, 5, 7, 1)
    periodic = found.lines[1]
    assert [(value, total.value) for value, total in periodic.by["country"]] == [("KG", Decimal(7)), ("KZ", Decimal(5))]
    assert [(value, total.value) for value, total in periodic.by["dynamic"]] == [("behaviours", Decimal(12))]
    assert [one.title for one in report.entries(asked(road_map), report.APART)] == ["Azamat’s film"]


def test_report_when_anything_changes_is_never_old(road_map: RoadMap) -> None:
    value = measured(road_map, 3, 4)
    assert figures(road_map)[0][2] == 7
    stamps = {asked(road_map).stamp}

    def changed(**of_value: Any) -> None:
        type(value).objects.filter(pk=value.pk).update(**of_value)
        stamps.add(asked(road_map).stamp)

    changed(value=Decimal(9), version=2)
    assert figures(road_map)[0][2] == 12
    changed(approved_at=None)
    assert figures(road_map)[0][2] == 3
    make.row(road_map, Part.PROTECTED, marks=list(names.marks("villages")))
    stamps.add(asked(road_map).stamp)
    assert figures(road_map)[0][1] == "•••"
    assert len(stamps) == 4


def test_public_report_when_asked_holds_only_what_is_shown_and_safe(road_map: RoadMap, other: RoadMap) -> None:
    measured(road_map, 3)  # private
    measured(other, 5)
    assert figures(road_map, Eyes.PUBLIC) == [("outcome", "villages", Decimal(5), 1)]

    make.row(other, Part.ACTIVITY, title="A talk with Aizhan")  # her name is protected, and stands in a text
    protected = make.row(other, Part.PROTECTED, marks=list(names.marks("Aizhan")))
    assert figures(road_map, Eyes.PUBLIC) == []
    protected.delete()
    assert figures(road_map, Eyes.PUBLIC) == [("outcome", "villages", Decimal(5), 1)]

    make.row(other, Part.RISK, sensitivity="public")  # unsafe: nobody outside sees any of it
    assert figures(road_map, Eyes.PUBLIC) == []
    assert figures(road_map) == [("outcome", "villages", Decimal(8), 2)]


def test_public_pages_when_switched_on_open_down_to_what_is_shown(road_map: RoadMap, other: RoadMap) -> None:
    private, shown = measured(road_map, 3), measured(other, 5)
    programme, visitor = road_map.edition.programme, client_of(None)
    whole = reverse("impact:public_report", args=[programme.slug])

    def of(value: Any) -> str:
        kwargs = {"programme": programme.slug, "code": value.road_map.code, "number": value.period.indicator_id}
        return reverse("impact:public_report_indicator", kwargs=kwargs)

    before = visitor.get(whole)
    FollowingUp.objects.create(programme=programme, report_public=True, changed_at=make.NOW)

    after = visitor.get(whole)
    assert [one.status_code for one in (before, after, visitor.get(of(shown)), visitor.get(of(private)))] == [
        404, 200, 200, 404,
    ]  # fmt: skip
    assert after.headers["Cache-Control"] == "public, max-age=0"


def test_figure_when_opened_leads_down_to_the_evidence_that_these_eyes_may_see(road_map: RoadMap) -> None:
    value = measured(road_map, 3)
    seen = make.row(road_map, Part.EVIDENCE, sensitivity="public", consent_ok=True, title="Photographs")
    hidden = make.row(road_map, Part.EVIDENCE, sensitivity="restricted", title="A letter")
    value.evidence.set([seen, hidden])
    office = client_of(selection.staff(road_map.application.call, "Bakyt", Role.COORDINATOR))

    page = office.get(desk(road_map, "programme_report"))
    key = report.report(asked(road_map)).lines[0].key
    line = office.get(desk(road_map, "programme_report_line", key=key))
    indicator = value.period.indicator_id
    opened = office.get(
        desk(road_map, "programme_report_indicator", code=road_map.code, number=indicator)
    ).content.decode()

    assert f"made-of/{key}/" in page.content.decode()
    assert f"of/{road_map.code}/{indicator}/" in line.content.decode()
    assert "Photographs" in opened
    assert "A letter" not in opened


def test_files_when_taken_say_the_same_as_the_page(road_map: RoadMap) -> None:
    measured(road_map, 3, 4)
    office = client_of(selection.owner(road_map.application.call))

    table = b"".join(office.get(desk(road_map, "programme_report_csv")).streaming_content).decode("utf-8-sig")
    data = json.loads(office.get(desk(road_map, "programme_report_json")).content)
    paper = office.get(desk(road_map, "programme_report_pdf"))

    (row,) = csv.DictReader(io.StringIO(table))
    assert (row["value"], row["values"], row["unit"], row["countries"]) == ("7", "2", "villages", "KG")
    assert [one["value"] for one in data["figures"]] == ["7"]
    assert data["made_of"]["values"] == 2
    assert paper.content.startswith(b"%PDF")


def test_report_when_there_are_more_road_maps_costs_the_same(road_map: RoadMap) -> None:
    measured(road_map, 3, 4)
    office = client_of(selection.owner(road_map.application.call))
    people = iter(["Aida", "Beka", "Cholpon"])

    def grow() -> None:
        measured(make.road_map(selection.sent(road_map.application.call, next(people))), 2, 2)

    same_cost(lambda: office.get(desk(road_map, "programme_report")), grow)  # each time worked out anew


def test_report_when_something_changed_that_nobody_wanted_tells_it_to_whom_it_may_be_told(road_map: RoadMap) -> None:
    measured(road_map, 3)
    for said, sensitivity in (("Quarrels grew", "public"), ("Masters stopped talking", "partners")):
        make.row(road_map, Part.LEARNING, what_changed=said, intended=False, positive=False, sensitivity=sensitivity)
    make.row(road_map, Part.LEARNING, what_changed="As hoped", intended=True, sensitivity="public")
    programme = road_map.edition.programme
    RoadMap.objects.filter(pk=road_map.pk).update(level="public")
    FollowingUp.objects.create(programme=programme, report_public=True, changed_at=make.NOW)
    visitor, office = client_of(None), client_of(selection.owner(road_map.application.call))

    page = visitor.get(reverse("impact:public_report", args=[programme.slug]))
    assert [one.said.what_changed for one in page.context["unwanted"]] == ["Quarrels grew"]
    assert b"Quarrels grew" in page.content
    data = json.loads(visitor.get(reverse("impact:public_report_json", args=[programme.slug])).content)
    assert [one["what_changed"] for one in data["unwanted"]] == ["Quarrels grew"]
    paper = office.get(desk(road_map, "programme_report_pdf")).content
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages).split())
    told = [said for said in ("Quarrels grew", "Masters stopped talking", "As hoped") if said in text]
    assert told == ["Quarrels grew", "Masters stopped talking"]
