"""The applicant's home: every application of one's own, how it stands, what it needs, what is still ahead."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse

from kinolab.applications.actions import screening, submission, team
from kinolab.applications.domain.lifecycle import LadderStep, MemberState
from kinolab.applications.models import Application
from kinolab.desk.queries import mine
from tests.factories import applications as make
from tests.integration.applications import office
from tests.kit import client_of, same_cost

HOSTILE = "<b>bold</b>"


@pytest.fixture
def call():
    return office.call(results_on=date(2026, 10, 3), results_precision="early_month", contact_email="lab@example.org")


def page(who):
    return client_of(who).get(reverse("desk:mine"))


def words(response):
    return " ".join(unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def way(response):
    """The steps on the page: state, name, date."""
    found = re.findall(
        r'<li data-state="(\w+)"[^>]*><span class="steps__title">(.*?)</span><span class="sr">.*?</span>'
        r'(?:<span class="steps__when">(.*?)</span>)?',
        response.content.decode(),
    )
    return [(state, name, when) for state, name, when in found]


def test_home_shows_ones_own_applications_and_nobody_elses(call):
    meerim = make.person()
    make.application(call, meerim, title="Меники")
    make.application(call, make.person("Farrukh"), title="Башканыкы")
    removed = make.application(call, make.person("Dana"), title="Чыгып кеткен")
    part = make.member(removed, meerim)
    team.remove(part=part, by=removed.lead, at=make.NOW)

    found = words(page(meerim))

    assert "Меники" in found
    assert "Башканыкы" not in found
    assert "Чыгып кеткен" not in found
    assert client_of().get(reverse("desk:mine")).status_code == 302


def test_empty_home_says_what_will_be_here(call):
    found = words(page(make.person("Farrukh")))

    assert "Your applications appear here from the first letter you type." in found
    assert "Open calls" in found


def test_way_of_a_draft_shows_every_step_ahead_with_its_date(call):
    make.application(call, title="Суу")

    assert way(page(make.person())) == [
        ("now", "Draft", "1 September 2026"),
        ("next", "Sent", "Deadline: 11 September 2026, 12:00 (Bishkek, UTC+6)"),
        ("next", "Being checked", ""),
        ("next", "Being read", ""),
        ("next", "Results", "early October 2026"),
    ]


def test_way_of_a_sent_application(call, now):
    sent = make.submitted_application(call)
    assert way(page(sent.lead))[1] == ("now", "Sent", "1 September 2026, 12:00 (Bishkek, UTC+6)")

    now.move_to(make.CLOSES + timedelta(days=1))
    assert [(state, name) for state, name, _ in way(page(sent.lead))] == [
        ("done", "Draft"), ("done", "Sent"), ("now", "Being checked"), ("next", "Being read"), ("next", "Results"),
    ]  # fmt: skip


def test_way_ends_where_it_ended(call, now):
    gone = make.submitted_application(call)
    submission.withdraw(application=gone, reason="", by=gone.lead, at=make.NOW)
    make.application(call, make.person("Farrukh"))

    assert [(state, name) for state, name, _ in way(page(gone.lead))] == [("done", "Draft"), ("now", "Withdrawn")]
    now.move_to(make.CLOSES + timedelta(days=1))
    assert way(page(make.person("Farrukh")))[-1][:2] == ("now", "Not sent before the close")


@pytest.mark.parametrize("step", list(LadderStep))
def test_every_step_knows_what_is_ahead(step):
    ended = {
        LadderStep.WITHDRAWN, LadderStep.EXPIRED, LadderStep.NOT_ELIGIBLE, LadderStep.SELECTED, LadderStep.WAITLIST,
        LadderStep.NOT_CHOSEN,
    }  # fmt: skip

    assert (mine.coming(step) == ()) is (step in ended)
    assert step not in mine.coming(step)


def tasks(who, at=make.NOW):
    return [list(one.tasks) for one in mine.mine_page(who, at).own]


def test_what_is_needed_from_the_team(call, now):
    meerim = make.person()
    draft = make.application(call, meerim)
    assert tasks(meerim) == [["fill"]]

    for key, value in make.GOOD.items():
        make.answer(draft, key, value)
    assert tasks(meerim) == [["send"]]
    draft.refresh_from_db()
    draft.team_list = None
    submission.submit(application=draft, by=meerim, at=make.NOW)
    assert tasks(meerim) == [[]]
    assert "Nothing is needed from you now." in words(page(meerim))
    draft = Application.objects.select_related("call__edition").get(pk=draft.pk)
    submission.reopen(application=draft, by=meerim, at=make.NOW)
    assert tasks(meerim) == [["send_again"]]
    assert tasks(meerim, make.CLOSES + timedelta(days=1)) == [[]]


def test_a_rule_that_the_team_was_told_of_asks_for_an_answer_once(call):
    sent = make.submitted_application(call, country="DE")
    screening.confirm(finding=office.finding(sent), tell=True, by=office.owner(call), at=make.NOW)
    assert tasks(sent.lead) == [["answer"]]

    submission.object_to_finding(finding=office.finding(sent), objection="We live in Osh", by=sent.lead, at=make.NOW)
    assert tasks(sent.lead) == [[]]


def test_invitations_wait_on_top_and_go_when_answered(call):
    theirs = make.complete(call, make.person("Farrukh"), title="Көпүрө")
    meerim = make.person()
    part = make.member(theirs, meerim, state=MemberState.INVITED)

    found = words(page(meerim))
    assert "You are invited Көпүрө" in found
    assert "Invited by: Farrukh" in found
    team.accept(part=part, by=meerim, at=make.NOW)
    assert "You are invited" not in words(page(meerim))


def test_the_lab_s_address_stands_beside_each_application(call):
    make.application(call)

    assert "Questions to the lab: lab@example.org" in words(page(make.person()))


def test_hostile_titles_are_shown_as_they_are(call):
    make.application(call, make.person("A", name=HOSTILE), title=HOSTILE)

    assert HOSTILE not in page(make.person("A")).content.decode()


def test_home_costs_the_same_for_one_application_and_for_three(call):
    meerim = make.person()
    make.submitted_application(call, meerim)
    client = client_of(meerim)

    same_cost(lambda: client.get(reverse("desk:mine")), lambda: make.submitted_application(call, meerim))
