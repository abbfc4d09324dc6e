"""Rules in a real browser: put together while the network is slow, tried, and appealed against."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Route, expect

from kinolab.applications.actions import screening
from kinolab.applications.models import Appeal
from kinolab.labs.domain.roles import Role
from tests.browser.conftest import axe_clean, no_sideways_scroll
from tests.factories import applications as make
from tests.integration.applications import office

pytestmark = pytest.mark.slow


@pytest.fixture
def call():
    now = timezone.now()
    return office.call(
        opens_at=now - timedelta(days=5), closes_at=now + timedelta(days=5), appeals_until=now + timedelta(days=9)
    )


def test_rule_put_together_on_a_slow_line_keeps_what_is_typed_meanwhile(open_page, call):
    page = open_page(person=office.owner(call))
    page.goto(reverse("calls:add_rule", args=[call.edition.programme.slug, call.edition.slug]))
    page.get_by_label("What is asked").select_option("age")
    expect(page.get_by_label("On which day the age is counted")).to_be_visible()
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/lists/rules/build/", hold)

    with page.expect_request("**/lists/rules/build/"):  # the form is fetched again, slowly
        page.get_by_label("What it looks at").select_option("person.birth_date")
    page.get_by_label("At least").fill("18")
    page.get_by_label("At most").fill("35")
    page.wait_for_timeout(300)
    for route in waiting:
        route.continue_()
    expect(page.locator("#rule-preview")).to_contain_text("Full years, at least: 18; at most: 35")

    page.unroute("**/lists/rules/build/")
    assert len(waiting) == 1
    expect(page.get_by_label("At least")).to_have_value("18")
    axe_clean(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Date of birth. Full years, at least: 18")).to_be_visible()


def test_team_appeals_and_the_panel_answers(open_page, call):
    office.member(call, "Saltanat", Role.APPEALS)
    application = make.submitted_application(call, country="DE", at=timezone.now())
    screening.confirm(finding=office.finding(application), tell=True, by=office.coordinator(call), at=timezone.now())

    team = open_page(person=application.lead, size="phone")
    team.goto(reverse("applications:edit", args=[application.code]))
    team.get_by_label("Your statement").fill("We live in Osh.")
    no_sideways_scroll(team)
    axe_clean(team)
    team.get_by_role("button", name="Send the appeal").click()
    expect(team.get_by_text("Your appeal waits for the panel.")).to_be_visible()

    panel = open_page(person=make.person("Saltanat"))
    panel.goto(office.address(call, "appeals"))
    panel.get_by_label("Upheld", exact=True).check()
    panel.get_by_label("Reason. The team reads it").fill("So you do.")
    axe_clean(panel)
    panel.get_by_role("button", name="Decide and write to the team").click()
    expect(panel.get_by_text("So you do.")).to_be_visible()

    team.reload()
    expect(team.get_by_text("Your appeal was upheld.")).to_be_visible()
    assert Appeal.objects.get().state == "upheld"
