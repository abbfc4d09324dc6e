"""The organiser's home and an edition's dashboard: how things stand, what needs a person, what comes next."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse

from kinolab.applications.actions import screening, submission
from kinolab.desk.queries import edition as queries
from kinolab.desk.queries import shapes
from kinolab.foundation.mail.models import Letter
from kinolab.labs.domain.calendar import StageState
from kinolab.labs.domain.roles import Role
from kinolab.selection.actions import announcing
from kinolab.selection.domain.lifecycle import Outcome
from tests.factories import applications as make
from tests.factories import labs
from tests.factories import selection as results
from tests.integration.applications import office
from tests.kit import client_of, same_cost


@pytest.fixture
def call():
    return office.call()


def address(call):
    return reverse("desk:edition", args=(call.edition.programme.slug, call.edition.slug))


def words(response):
    return " ".join(unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def tasks(call, at=make.NOW):
    found = queries.edition_page(call.edition, labs.person(), at).tasks
    return {task.code: (task.count, task.url.partition("/desk/impact-lab/2026/")[2]) for task in found}


# --- Who -------------------------------------------------------------------------------------------------------------
def test_dashboard_is_for_the_edition_s_team(call):
    other = office.member(make.call("teen-lab"), "Bermet", Role.OWNER)

    for role in Role:
        assert client_of(office.member(call, role.value.title(), role)).get(address(call)).status_code == 200
    for who in (other, make.person("Farrukh")):
        assert client_of(who).get(address(call)).status_code == 404
    assert client_of().get(address(call)).status_code == 302


def test_organiser_s_home_lists_ones_own_editions_and_costs_the_same_for_three(call):
    aigul = office.owner(call)
    make.call("teen-lab")
    slugs = iter("abc")

    def grow():
        labs.membership(aigul, Role.LEAD, of=make.call(next(slugs)).edition)

    client = client_of(aigul)
    page = client.get(reverse("desk:organiser")).content.decode()
    assert re.findall(r'<a class="title" href="([^"]+)">', page) == [address(call)]
    same_cost(lambda: client.get(reverse("desk:organiser")), grow)


def test_from_the_organiser_s_home_one_comes_to_films_and_news(call):
    aigul = office.owner(call)
    labs.membership(aigul, organisation=call.edition.programme.organisation)

    page = client_of(aigul).get(reverse("desk:organiser")).content.decode()

    for room in ("catalogue:desk", "production:list", "news:desk"):
        assert f'href="{reverse(room)}"' in page


def test_whoever_has_no_role_is_told_how_to_get_one():
    assert "You have no role in an edition yet" in words(client_of(make.person()).get(reverse("desk:organiser")))


@pytest.mark.parametrize("role, home", [(Role.COORDINATOR, "/en/desk/"), (None, "/en/my/")])
def test_after_sign_in_each_comes_to_their_work(call, role, home):
    who = office.member(call, "Bakyt", role) if role else make.person()

    assert client_of(who).get(reverse("desk:after_sign_in"))["Location"] == home


# --- How things stand ------------------------------------------------------------------------------------------------
def test_headline_tells_what_is_in_what_is_in_drafts_and_how_long_there_is(call):
    make.many(call, 2)
    make.application(call, make.person("Farrukh"))

    assert "2 applications in, 1 still in drafts, 10 days to go." in words(
        client_of(office.owner(call)).get(address(call))
    )


def test_headline_after_the_close_and_before_publication(call, now):
    make.many(call, 2)
    now.move_to(make.CLOSES + timedelta(seconds=1))
    assert "Applications in: 2. Eligible: 2." in words(client_of(office.owner(call)).get(address(call)))

    type(call).objects.filter(pk=call.pk).update(published_at=None)
    found = words(client_of(office.owner(call)).get(address(call)))
    assert "The call is being prepared." in found
    assert "The call is not published" in found


def test_dashboard_after_the_announcement_tells_how_many_were_selected_and_when(call, now):
    results.decided(make.submitted_application(call, make.person("Meerim")), Outcome.SELECTED)
    results.decided(make.submitted_application(call, make.person("Gulnara")), Outcome.REJECTED)
    results.written(call)
    announcing.announce(edition=call.edition, letters=2, by=results.owner(call), at=results.NOW)
    now.move_to(results.NOW + timedelta(hours=1))

    page = client_of(office.owner(call)).get(address(call))

    assert "Selected: 1. Applications: 2." in words(page)
    step = next(one for one in page.context["page"].next if one.code == "results")
    assert (step.state, step.at, "to_decide" in tasks(call)) == (StageState.DONE, results.NOW, False)


def test_edition_without_a_call_says_so(call):
    edition = labs.edition("2030", programme=call.edition.programme)
    aigul = labs.person()
    labs.membership(aigul, Role.OWNER, of=edition)

    page = client_of(aigul).get(reverse("desk:edition", args=("impact-lab", "2030")))
    assert "The call is being prepared." in words(page)


def test_funnel_tells_each_step_with_its_share_of_the_one_above():
    counts = queries.Counts(sent=80, drafts=18, withdrawn=2, eligible=60, attention=15, ineligible=5)

    assert [(row["label"], row["value"], row["note"]) for row in shapes.funnel(counts)] == [
        ("Begun", 100, ""),
        ("Submitted", 80, "80%"),
        ("Eligible", 60, "75%"),
    ]
    assert [row["note"] for row in shapes.funnel(queries.Counts())] == ["", "", ""]


# --- What needs a person ---------------------------------------------------------------------------------------------
def test_nothing_to_do_is_said(call):
    assert tasks(call) == {}
    assert "Nothing waits for you. New tasks appear here by themselves." in words(
        client_of(office.owner(call)).get(address(call))
    )


def test_each_task_leads_to_the_rows_it_counts(call):
    aigul = office.owner(call)
    make.submitted_application(call, make.person("A"))
    refused = make.submitted_application(call, make.person("B"), country="DE")
    screening.confirm(finding=office.finding(refused), tell=True, by=aigul, at=make.NOW)
    submission.object_to_finding(
        finding=office.finding(refused), objection="No", by=refused.lead, at=make.NOW + timedelta(hours=1)
    )
    Letter.objects.filter(kind="finding").update(state="failed")

    found = tasks(call)

    assert found == {
        "letters_failed": (1, "outbox/?state=failed"),
        "objections": (1, "applications/?tab=objections"),
        "to_check": (1, "applications/?tab=to_check"),
    }
    client = client_of(aigul)
    for count, where in (found["objections"], found["to_check"]):
        rows = client.get(address(call) + where).content.decode()
        assert rows.count('<a class="title"') == count


def test_applications_that_nobody_has_checked_count_like_the_table_counts_them(call):
    make.many(call, 3, checked="unchecked")

    assert tasks(call)["to_check"][0] == 3


# --- The curve -------------------------------------------------------------------------------------------------------
def sent_on(call, *days):
    """Applications sent so many days after the opening."""
    for place, day in enumerate(days):
        one = make.many(call, 1)[0]
        at = make.OPENS + timedelta(days=day, minutes=place)
        type(one).objects.filter(pk=one.pk).update(submitted_at=at)


def test_curve_counts_by_the_call_s_own_days_and_runs_to_the_close(call):
    sent_on(call, 0, 3, 3)
    late_evening = datetime(2026, 8, 20, 19, 0, tzinfo=UTC)  # already the 21st in Bishkek
    one = make.many(call, 1)[0]
    type(one).objects.filter(pk=one.pk).update(submitted_at=late_evening)

    curve = queries.edition_page(call.edition, labs.person(), make.NOW).curve

    assert (curve.first, curve.length, curve.today) == (date(2026, 8, 12), 30, 20)
    assert curve.points == [(0, 0), (0, 1), (3, 3), (9, 4)]


def test_curve_shows_the_edition_that_this_one_was_copied_from(call):
    sent_on(call, 1)
    later = make.call()
    type(later.edition).objects.filter(pk=later.edition.pk).update(copied_from=call.edition)
    sent_on(later, 2)
    later.edition.refresh_from_db()

    page = queries.edition_page(later.edition, labs.person(), make.NOW)
    chart = shapes.received(page)

    assert page.before.points == [(0, 0), (1, 1)]
    assert [(series.kind, series.label) for series in chart.series] == [("now", ""), ("past", "Impact Lab 2026")]


def test_chart_has_round_lines_todays_dot_and_the_deadline(call):
    sent_on(call, *range(12))
    chart = shapes.received(queries.edition_page(call.edition, labs.person(), make.NOW))

    assert [text for _, text in chart.grid] == ["0", "5", "10"]
    assert (chart.dot, chart.until) == ((20 / 30, 12, "12 today"), 1)
    assert [text for _, text in chart.axis] == ["12 August", "1 September", "11 September"]
    assert chart.rows[-1] == ("23 August", "12")
    over = shapes.received(queries.edition_page(call.edition, labs.person(), make.CLOSES))
    assert (over.dot, over.until, over.series[0].label) == (None, None, "12")


def test_no_chart_before_the_first_application(call):
    assert shapes.received(queries.edition_page(call.edition, labs.person(), make.NOW)) is None


@pytest.mark.parametrize("top, step", [(1, 1), (4, 1), (5, 2), (12, 5), (99, 20), (251, 100), (2000, 500)])
def test_lines_of_a_chart_are_few_and_round(top, step):
    assert shapes._round_step(top) == step


# --- What it costs ---------------------------------------------------------------------------------------------------
def test_dashboard_costs_the_same_for_one_and_three(call):
    make.many(call, 1)
    client = client_of(office.owner(call))

    assert same_cost(lambda: client.get(address(call)), lambda: make.many(call, 1, country="KZ")) <= 18


@pytest.mark.parametrize(
    ("role", "led"),
    [
        (Role.OWNER, ["Call", "Applications", "Reading", "Selection", "Results", "Impact", "Outcomes"]),
        (Role.COORDINATOR, ["Call", "Applications", "Reading", "Selection", "Results", "Impact", "Outcomes"]),
        (Role.JUROR, ["Call", "Applications", "Selection"]),
        (Role.SCREENER, ["Call", "Applications"]),
        (Role.OBSERVER, ["Call"]),
    ],
)
def test_rail_leads_where_the_person_may_go(call, role, led):
    page = client_of(office.member(call, "Nur", role)).get(address(call)).content.decode()

    rail = page.partition('class="rail"')[2].partition("</nav>")[0]
    assert (
        re.findall(r'<a href="[^"]+"[^>]*><span class="rail__n">\d+</span><span class="rail__t">([^<]+)', rail) == led
    )
