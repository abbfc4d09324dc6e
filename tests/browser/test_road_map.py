"""A team and its tutor, in browsers of their own, take a road map from a template to adopted, and report on it twice.

Then everything that leaves (the public page, the PDF, the table, the IATI file) says the same figures.
"""

import csv
import io
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from kinolab.foundation.i18n import formats
from kinolab.impact.actions import making
from kinolab.impact.domain import findings, iati_reading
from kinolab.impact.domain.figures import Figure
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.models import Goal, Indicator, Period, Report, RoadMap
from kinolab.impact.queries import iati
from kinolab.impact.queries import plan as plans
from kinolab.labs.domain.roles import Role
from kinolab.selection.models import Decision
from tests.browser.conftest import axe_clean, no_sideways_scroll
from tests.factories import iati as files
from tests.factories import road_maps as make
from tests.factories import selection

pytestmark = pytest.mark.slow
TODAY = date.today()
SPANS = [
    (TODAY - timedelta(days=120), TODAY - timedelta(days=61)),
    (TODAY - timedelta(days=60), TODAY - timedelta(days=1)),
]
GROUPS, SHARE, WORDS = "Groups that meet", "Share who agree", "What neighbours say"
# What is read in each of the two reports: the value, out of how many, the words beside it.
READ = {GROUPS: [("4", "", ""), ("7", "", "")], SHARE: [("31", "200", ""), ("62,5", "120", "")],
        WORDS: [("", "", "They nod."), ("", "", "They ask for a board.")]}  # fmt: skip


def _template(call: Any, by: Any) -> RoadMap:
    """What the programme begins with: a goal, what is done for it, by what it is known and when."""
    made = making.make_template(edition=call.edition, title="Usual", language="en", by=by, at=timezone.now())
    goal = make.row(made, Part.GOAL, goal="Neighbours know their turn", success="Boards stand", is_primary=True)
    make.row(made, Part.AUDIENCE, name="Friends of the film", stance="ally")
    make.row(made, Part.ACTIVITY, goal=goal, starts_on=SPANS[0][0], ends_on=TODAY)
    result = make.row(made, Part.RESULT, goal=goal, kind="outcome")
    kinds = {GROUPS: ("unit", "periodic"), SHARE: ("percentage", ""), WORDS: ("qualitative", "")}
    for title, (measure, accumulation) in kinds.items():
        one = make.row(
            made, Part.INDICATOR, result=result, title=title, measure=measure, accumulation=accumulation, unit=""
        )
        for place, (first, last) in enumerate(SPANS):
            period = make.row(made, Part.PERIOD, indicator=one, starts_on=first, ends_on=last)
            if place and measure != "qualitative":
                make.row(made, Part.TARGET, period=period, value=Decimal(80))
    return made


class Way:
    """The people with their browsers, and where they are."""

    def __init__(self, open_page: Any) -> None:
        call = selection.closed_call()
        self.tutor = selection.staff(call, "Rustam", Role.LEAD)  # in a small lab whoever leads accompanies too
        film = selection.sent(call, "Meerim", selection.azamat())
        selection.decided(film)
        Decision.objects.update(announced_at=timezone.now())
        self.edition = call.edition
        _template(call, self.tutor)
        self.rustam: Page = open_page(person=self.tutor)
        self.meerim: Page = open_page(person=film.lead, size="phone")
        self.azamat: Page = open_page(person=selection.azamat())
        self.visitor: Page = open_page()

    @property
    def road_map(self) -> RoadMap:
        return RoadMap.objects.get()

    def goto(self, page: Page, name: str, **more: Any) -> Page:
        page.goto(reverse(f"impact:{name}", kwargs={"code": self.road_map.code} | more))
        return page

    def take(self, page: Page, step: str) -> None:
        """Take a step of the road map's way."""
        self.goto(page, "whole").get_by_role("button", name=step, exact=True).click()
        expect(page.get_by_text("Done. Whoever has to know has been told.")).to_be_visible()


def _save(where: Page | Locator, column: str, value: str) -> None:
    """Type into a field that saves itself, and wait until the server has it."""
    field = where.locator(f"[name$='-{column}']").first
    name = field.get_attribute("name") or ""
    with field.page.expect_response(lambda answer: name in (answer.request.post_data or "")) as answer:
        field.fill(value)
        field.blur()
    assert answer.value.ok, (name, answer.value.status)


def _begin(way: Way) -> None:
    page = way.rustam
    page.goto(reverse("impact:list", args=["impact-lab", way.edition.slug]))
    page.get_by_role("button", name="Make its road map").click()
    page.get_by_text("Add a tutor").click()
    page.locator("#id_email").fill(way.tutor.email)
    page.get_by_role("button", name="Add and write to them").click()
    expect(page.get_by_text("Added. A letter with the way in is going out.")).to_be_visible()
    team = way.meerim
    team.goto(reverse("impact:mine"))
    team.get_by_role("link", name=way.road_map.title).click()
    team.get_by_role("button", name="Begin the road map").click()
    expect(team.get_by_text("Done. Whoever has to know has been told.")).to_be_visible()


def _write(way: Way) -> None:
    """The team says what is its own; two of it write in one row at once."""
    page = way.goto(way.meerim, "step", step="issue")
    _save(page, "statement", "The order of watering is written nowhere.")
    page = way.goto(page, "step", step="vision")
    _save(page, "statement", "Everybody sees whose turn it is.")
    _save(page, "horizon", f"{TODAY + timedelta(days=400)}")
    for one in Indicator.objects.filter(road_map=way.road_map):
        page = way.goto(page, "row", part="indicator", number=one.pk)
        if one.title == WORDS:
            _save(page, "no_baseline_reason", "Nobody has asked before.")
        else:
            _save(page, "baseline_value", "0")
            _save(page, "baseline_year", f"{TODAY.year - 1}")
    goal = Goal.objects.get(road_map=way.road_map)
    pages = [way.goto(one, "row", part="goal", number=goal.pk) for one in (way.meerim, way.azamat)]
    _save(pages[0], "success", "Forty boards stand")
    _save(pages[1], "success", "Boards stand here")
    expect(pages[1].locator("[name$='-success']")).to_have_value("Forty boards stand here")
    goal.refresh_from_db()
    assert goal.success == "Forty boards stand here"
    axe_clean(pages[0])
    no_sideways_scroll(pages[0])


def _adopt(way: Way) -> None:
    """Handed in, given back with a remark, revised, presented, adopted, begun, shown to everybody."""
    way.take(way.meerim, "Hand in to the tutors")
    tutor = way.goto(way.rustam, "step", step="audiences")
    tutor.get_by_label("Your remark").fill("Who of them disagrees?")
    tutor.get_by_label("I ask for a change").check()
    tutor.get_by_role("button", name="Say it").click()
    way.take(tutor, "Ask for a revision")
    team = way.goto(way.meerim, "step", step="audiences")
    expect(team.get_by_text("Who of them disagrees?")).to_be_visible()
    way.goto(team, "new_row", part="audience")
    team.locator("[name=name]").fill("Those whom a secret order suits")
    team.locator("[name=stance]").select_option("opponent")
    team.get_by_role("button", name="Add", exact=True).click()
    team.get_by_role("button", name="It is settled").click()
    way.take(team, "Hand in to the tutors")
    way.take(tutor, "It can be presented")
    way.take(tutor, "Adopt")
    way.take(team, "Begin to carry it out")


def _report(way: Way, place: int) -> None:
    """One report: values with their reasons, what stands behind one of them, handed in, approved."""
    first, last = SPANS[place]
    page = way.goto(way.meerim, "reports")
    for name, day in (("starts", first), ("ends", last), ("due", TODAY)):
        page.locator(f"[name={name}]").fill(f"{day}")
    page.get_by_role("button", name="Make the report").click()
    report = Report.objects.get(starts_on=first)
    page = way.goto(page, "report", number=report.pk)
    for title, values in READ.items():
        period = Period.objects.get(indicator__title=title, road_map=way.road_map, starts_on=first)
        card = page.locator(f"#v{period.pk}")
        for column, value in zip(("value", "out_of", "comment"), values[place], strict=True):
            if value:
                _save(card, column, value)
    if place == 0:
        period = Period.objects.get(indicator__title=GROUPS, road_map=way.road_map, starts_on=first)
        way.goto(page, "report_evidence", number=report.pk, period=period.pk)
        page.locator("[name=title]").fill("Photographs of the meetings")
        page.locator("[name=url]").fill("https://example.org/meetings.pdf")
        page.locator("[name=consent_ok]").check()
        page.locator("[name=sensitivity]").select_option("public")
        page.locator("form[action*=evidence] button, main form button.button--primary").first.click()
    way.goto(page, "report", number=report.pk).get_by_role("button", name="Hand in the report").click()
    tutor = way.goto(way.rustam, "report", number=report.pk)
    tutor.get_by_role("button", name="Approve what is ticked").click()
    report.refresh_from_db()
    assert report.state == "approved"


def _show(way: Way) -> None:
    page = way.goto(way.meerim, "showing")
    page.locator("button[name=level][value=public]").click()
    expect(page.get_by_text("Address for everybody")).to_be_visible()


# --- What leaves -----------------------------------------------------------------------------------------------------------
def _said(figure: Figure, indicator: Any) -> str:
    """A figure as a reader of English reads it."""
    if figure.value is None:
        return "—"
    return f"{formats.number(figure.value)}{' %' if indicator.measure == 'percentage' else ''}"


def _body(way: Way, address: str) -> bytes:
    answer = way.visitor.request.get(address)
    assert answer.status == 200, address
    return answer.body()


def _agree(way: Way) -> None:
    """Page, PDF, table and IATI file, as everybody gets them, against the one function that adds up."""
    code = way.road_map.code
    plan = plans.outward_of(way.road_map, Eyes.PUBLIC).plan
    wanted = {one.title: findings.figure_of(plan, one) for one in plan.indicators}
    assert {title: one.value for title, one in wanted.items()} == {GROUPS: 11, SHARE: Decimal("62.5"), WORDS: None}
    words = {one.title: _said(wanted[one.title], one) for one in plan.indicators}

    page = way.visitor
    page.goto(reverse("impact:shown", args=[code]))
    cards = page.locator(".shown-proofs > li")
    on_page = {
        one.locator("h4").inner_text(): " ".join(one.locator(".proof__top p").inner_text().split())
        for one in cards.all()
    }
    assert on_page == words
    expect(page.get_by_text("They ask for a board.").first).to_be_visible()
    axe_clean(page)

    paper = _body(way, reverse("impact:shown_paper", args=[code, "road-map"]))
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages).split())
    for title in (GROUPS, SHARE):
        assert re.search(rf"{title}.{{0,200}}?{re.escape(words[title])}", text), (title, words[title])

    def data(what: str, kind: str) -> bytes:
        return _body(way, reverse("impact:data", args=[code, "public", what, kind]))

    lines = list(csv.DictReader(io.StringIO(data("results", "csv").decode("utf-8-sig"))))
    assert {one["indicator"]: Decimal(one["value"]) if one["value"] else None for one in lines} == {
        title: one.value for title, one in wanted.items()
    }
    content = data("results", "xml")
    assert files.mistakes(content) == []
    read = iati_reading.read(iati.parsed(content)[0], plan.goals, "en").into(plan)
    assert {one.title: findings.figure_of(read, one) for one in read.indicators} == wanted
    assert "https://example.org/meetings.pdf" in content.decode()


def test_road_map_from_a_template_to_two_reports_says_the_same_figures_everywhere(open_page: Any) -> None:
    way = Way(open_page)
    _begin(way)
    _write(way)
    _adopt(way)
    _report(way, 0)
    _report(way, 1)
    _show(way)
    _agree(way)
