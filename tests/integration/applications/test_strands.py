"""One application in several strands, each a candidacy; and people who apply without a project."""

from typing import Any

import pytest
from django.urls import reverse

from kinolab.applications.access import get_application
from kinolab.applications.actions import submission
from kinolab.applications.models import Application
from kinolab.applications.queries import facts, snapshot
from kinolab.applications.queries.dossier import dossier
from kinolab.calls.models import Call, Strand
from kinolab.foundation.questions.models import Section
from kinolab.foundation.refusals import Denied, Refusal
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


def call(**fields: Any) -> Call:
    """Three strands: producers, writing (writers, also without a project), and all."""
    made = make.call(roles=["director", "producer", "writer"], **fields)
    Strand.objects.create(call=made, order=2, slug="producers", name={"en": "Producers"}, roles=["producer"])
    Strand.objects.create(call=made, order=3, slug="writing", name={"en": "Writing"}, without_project=True)
    return made


def fresh(application: Application) -> Application:
    return get_application(application.lead, application.code)


def choose(application: Application, *strands: str, without: bool | None = None) -> None:
    submission.choose_strands(
        application=fresh(application), strands=strands, by=application.lead, at=make.NOW, without_project=without
    )


def refused(application: Application, *strands: str, without: bool | None = None) -> Refusal:
    with pytest.raises(Denied) as denied:
        choose(application, *strands, without=without)
    return denied.value.refusal


def submit(application: Application) -> Any:
    return submission.submit(application=fresh(application), by=application.lead, at=make.NOW)


def test_one_application_gives_a_candidacy_for_each_strand():
    application = make.complete(call())
    make.member(application)

    choose(application, "all", "producers")
    submit(application)

    assert sorted(application.candidacies.values_list("strand__slug", flat=True)) == ["all", "producers"]


def test_strand_is_chosen_before_sending():
    application = make.application(call(), **make.GOOD)

    with pytest.raises(Denied) as denied:
        submit(application)

    assert denied.value.refusal == Refusal("incomplete", {"count": 1})
    assert [one.refusal for one in dossier(fresh(application)).missing] == [Refusal("strand_needed")]


def test_call_says_how_many_strands_one_application_may_stand_in():
    application = make.complete(call(strands_max=1))

    assert refused(application, "all", "producers") == Refusal("too_many_strands", {"count": 2, "maximum": 1})
    assert refused(application) == Refusal("strand_needed")
    assert refused(application, "gaffers") == Refusal("strand_needed")


def test_strand_waits_for_somebody_with_its_role():
    application = make.complete(call())
    choose(application, "producers")
    lacking = [one.refusal.code for one in dossier(fresh(application)).missing]
    make.member(application)

    assert lacking == ["strand_role_missing"]
    assert dossier(fresh(application)).missing == []


# --- Without a project -----------------------------------------------------------------------------------------------
def test_person_without_a_project_is_asked_nothing_about_one():
    made = call()
    Section.objects.filter(form=made.form, key="project").update(of_project=True)
    application = make.application(made, agreed=True)

    choose(application, "writing", without=True)
    sent = submit(application)

    application.refresh_from_db()
    asked = [one["key"] for section in sent.content["sections"] for one in section["questions"]]
    assert (application.title, sent.content["without_project"]) == ("Meerim", True)
    assert "title" not in asked and "agreed" in asked
    assert facts.facts(dossier(fresh(application))).values["application.without_project"] is True


def test_question_that_tells_of_the_project_is_not_asked_wherever_it_stands():
    application = make.application(call(), logline="Бир сап", agreed=True)
    choose(application, "writing", without=True)

    assert {one.key for one in dossier(fresh(application)).questions} & {"title", "country", "stage"} == set()


def test_what_was_written_about_a_project_stays_in_the_draft():
    application = make.complete(call())
    choose(application, "writing", without=True)
    choose(application, "writing", without=False)

    title = make.question(application.call, "title")
    assert dossier(fresh(application)).value(title) == "Суу бөлгүч"


def test_strand_that_asks_for_a_project_takes_nobody_without():
    application = make.complete(call())

    assert refused(application, "writing", "producers", without=True).code == "strand_needs_project"


# --- The page --------------------------------------------------------------------------------------------------------
def test_page_says_what_each_strand_asks_and_keeps_the_choice(client_as):
    application = make.complete(call(strands_max=2))
    page, visitor = reverse("applications:strands", args=(application.code,)), client_as(application.lead)

    shown = visitor.get(page).content.decode()
    kept = visitor.post(page, {"strands": ["all", "producers"], "project-asked": "1"})

    assert "Somebody in the team has to have one of these roles: Producer" in shown.replace("\n", " ")
    assert "Open to people without a project too." in shown
    assert "At most: 2." in shown
    assert (kept.status_code, application.candidacies.count()) == (302, 2)


def test_refused_choice_stays_on_the_page(client_as):
    application = make.complete(call(strands_max=1))
    page, visitor = reverse("applications:strands", args=(application.code,)), client_as(application.lead)

    answer = visitor.post(page, {"strands": ["all", "producers"]})

    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Too many strands are chosen. Chosen: 2. Allowed: 1." in told
    assert told.count(" checked") == 2


def test_snapshot_shows_whoever_has_no_project_by_name():
    application = make.application(call(), agreed=True)
    Section.objects.filter(form=application.call.form, key="project").update(of_project=True)
    choose(application, "writing", without=True)

    sent = submit(application)

    assert (sent.content["title"], [section.key for section in snapshot.shown_sections(sent.content)]) == (
        "Meerim", ["more"],
    )  # fmt: skip
