"""Who is in the form: seen for half a minute, by the team alone, for few statements."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kinolab.applications.models import Answer, Presence
from tests.factories import applications as make
from tests.kit import client_of, queries

pytestmark = pytest.mark.django_db
JSON = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def team():
    application = make.application(title="Суу")
    make.member(application)
    return application, client_of(application.lead), client_of(make.person("Azamat"))


def look(client, application, **fields):
    return client.post(reverse("applications:here", args=(application.code,)), fields, **JSON)


def test_two_people_see_each_other_and_where(team):
    application, director, producer = team
    name = f"q{make.question(application.call, 'title').pk}"
    assert look(director, application, field=name).json()["people"] == []
    assert look(producer, application).json()["people"] == [{"name": "Meerim", "field": name}]
    assert look(director, application, field="someone's own").json()["people"] == [{"name": "Azamat", "field": ""}]
    assert Presence.objects.count() == 2


def test_whoever_left_is_forgotten_after_half_a_minute(team, now):
    application, director, producer = team
    look(director, application)
    now.move_to(make.NOW + timedelta(seconds=29), tick=False)
    assert len(look(producer, application).json()["people"]) == 1
    now.move_to(make.NOW + timedelta(seconds=30), tick=False)
    assert look(producer, application).json()["people"] == []


def test_what_another_wrote_since_comes_along(team):
    application, director, producer = team
    question = make.question(application.call, "title")
    before = (make.NOW - timedelta(minutes=1)).isoformat()
    assert look(director, application, since=before).json()["changed"] == []  # one's own
    assert look(producer, application, since=before).json()["changed"] == [
        {"field": f"q{question.pk}", "version": 1, "value": "Суу"}
    ]
    assert look(producer, application, since=(make.NOW + timedelta(minutes=1)).isoformat()).json()["changed"] == []


def test_question_of_another_form_is_no_place(team):
    application, director, producer = team
    other = make.question(make.call("doc-lab"), "title")
    look(director, application, field=f"q{other.pk}")
    assert look(producer, application).json()["people"] == [{"name": "Meerim", "field": ""}]


def test_look_costs_six_statements_however_many_there_are(team):
    application, director, producer = team
    look(director, application)
    with queries(6):
        look(producer, application)
    for who in ("Aida", "Bolot"):
        make.member(application, make.person(who))
        look(client_of(make.person(who)), application)
    with queries(6):
        look(producer, application)


def test_stranger_removed_member_and_visitor_are_not_let_in(team):
    application, *_ = team
    assert look(client_of(make.person("Farrukh")), application).status_code == 404
    assert look(client_of(), application).json()["signed_out"] is True
    assert look(client_of(application.lead), application, person="another").json()["signed_out"] is True
    assert look(client_of(application.lead), application, since="noon").status_code == 400
    assert Presence.objects.count() == 0


def test_form_of_one_person_alone_asks_nothing(team):
    application, director, _ = team
    alone = make.application(make.call("doc-lab"))
    for of, asks in ((application, True), (alone, False)):
        page = director.get(reverse("applications:section", args=(of.code, "project"))).content
        assert (b"data-kino-here=" in page) is asks


def test_own_part_of_another_does_not_come_along(team):
    application, director, _producer = team
    question = make.question(application.call, "logline")
    azamat = application.members.get(person__name="Azamat")
    Answer.objects.create(
        application=application, question=question, member=azamat, value="Азаматтыкы",
        changed_at=make.NOW, changed_by=azamat.person,
    )  # fmt: skip
    assert look(director, application, since=make.NOW.isoformat()).json()["changed"] == []
