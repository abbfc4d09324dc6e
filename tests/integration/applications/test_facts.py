"""What the rules of eligibility get to know of an application, and which days they count from."""

from datetime import date
from typing import Any

import pytest

from kinolab.applications.actions import submission
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Answer, Application, TeamMember
from kinolab.applications.queries import facts
from kinolab.applications.queries.dossier import dossier
from kinolab.calls.domain.regulations import ReferenceDate
from kinolab.foundation.questions.models import Question
from tests.factories import applications as make


def known(application: Application, *wanted: str) -> Any:
    return facts.facts(dossier(Application.objects.get(pk=application.pk)), wanted=set(wanted))


def asks(of: Application, key: str, fact: str) -> Question:
    """Let the answer to this question tell this fact."""
    question = make.question(of.call, key)
    question.fact = fact
    question.save()
    return question


# --- The team --------------------------------------------------------------------------------------------------------
def test_roles_of_a_team_in_which_nobody_has_said_theirs_are_not_known():
    application = make.application()
    TeamMember.objects.filter(application=application).update(role="")
    assert "team.roles" not in known(application).values

    make.member(application)
    assert known(application).values["team.roles"] == ["producer"]


# --- Answers ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "key, value, told",
    [
        ("runtime", "1 052,5", 1052.5),
        ("runtime", "about an hour", None),
        ("budget", {"amount": "12 000", "currency": "USD"}, 12000.0),
        ("budget", {"amount": "a lot", "currency": "USD"}, None),
        ("budget", {"amount": "", "currency": "USD"}, None),
        ("shooting", "2026-10-05", date(2026, 10, 5)),
        ("shooting", "in autumn", None),
        ("agreed", True, True),
        ("agreed", False, False),  # a box left open is an answer, not silence
        ("films", [{"title": "Эки суу", "year": 2021, "role": "director"}],
         [{"title": "Эки суу", "year": 2021, "role": "director"}]),
        ("films", [], None),
        ("stage", "edit", "edit"),
    ],
)  # fmt: skip
def test_answer_tells_its_fact_and_what_cannot_be_read_stays_unknown(key, value, told):
    application = make.application()
    question = asks(application, key, "project.told")
    Answer.objects.create(
        application=application, question=question, value=value, changed_at=make.NOW, changed_by=application.lead
    )

    values = known(application).values

    assert ("project.told" in values, values.get("project.told")) == (told is not None, told)


def test_question_without_a_fact_tells_nothing():
    application = make.application(logline="Кыз түнкүсүн суу бөлөт.")

    assert dict(known(application).values) == {
        "team.size": 1, "team.roles": ["director"], "application.language": "en", "application.without_project": False,
    }  # fmt: skip


# --- The team --------------------------------------------------------------------------------------------------------
def test_what_members_say_of_themselves_is_theirs_alone_and_the_rest_unknown():
    application = make.application()
    TeamMember.objects.update(residence="KG", citizenship="KZ", films_made=0)
    azamat = make.member(application)
    TeamMember.objects.filter(pk=azamat.pk).update(birth_date=date(1990, 2, 28), gender="эркек")
    lead = application.members.get(is_lead=True)

    people = {person.key: (person.roles, dict(person.values)) for person in known(application).people}

    assert people == {
        str(lead.pk): (frozenset({"director"}), {
            "residence": "KG", "citizenship": "KZ", "country": ["KG", "KZ"], "films_made": 0, "role": "director",
        }),
        str(azamat.pk): (frozenset({"producer"}), {
            "birth_date": date(1990, 2, 28), "gender": "эркек", "role": "producer",
        }),
    }  # fmt: skip


def test_question_about_a_person_speaks_of_the_lead_and_never_over_what_they_said():
    application = make.application(runtime="3", country="KG")
    asks(application, "runtime", "person.shorts")
    asks(application, "country", "person.residence")
    TeamMember.objects.update(residence="UZ")
    make.member(application)

    told = [(person.values.get("shorts"), person.values.get("residence")) for person in known(application).people]

    assert told == [(3.0, "UZ"), (None, None)]


def test_question_about_a_role_speaks_of_whoever_holds_it():
    application = make.application(runtime="3")
    asks(application, "runtime", "role_holder.producer.films")
    make.member(application)
    make.member(application, make.person("Timur"))

    assert [person.values.get("films") for person in known(application).people] == [None, 3.0, 3.0]


def test_invited_count_in_the_size_and_only_those_who_joined_are_people():
    application = make.application(make.call(roles=["director", "producer", "editor"]))
    make.member(application, state=MemberState.INVITED)
    make.member(application, make.person("Timur"), role="editor", state=MemberState.REMOVED)

    found = known(application)

    assert (found.values["team.size"], found.values["team.roles"]) == (2, ["director", "producer"])
    assert [person.roles for person in found.people] == [frozenset({"director"})]


# --- Other applications ----------------------------------------------------------------------------------------------
def test_others_of_the_call_are_counted_for_each_member_when_a_rule_asks():
    application = make.application()
    make.member(application)
    for title in ("Эки", "Үч"):
        other = make.complete(application.call, make.person("Azamat"), title=title)
        make.member(other, make.person("Timur"))  # who is not in the team that is asked about
        submission.submit(application=other, by=other.lead, at=make.NOW)
    make.application(application.call, application.lead)  # a draft is not in force
    make.submitted_application(make.call("teen-lab"), make.person("Azamat"))  # nor is it of this call

    found = known(application, "person.other_applications")

    assert [person.values["other_applications"] for person in found.people] == [0, 2]
    assert found.values["application.others"] == 2
    assert "application.others" not in known(application).values


def test_attempts_are_earlier_editions_of_the_programme_in_which_the_lead_sent_something():
    first, second, other = make.call(), make.call(), make.call("teen-lab")
    make.submitted_application(first)
    make.submitted_application(other)
    application = make.submitted_application(second)
    elsewhere = make.application(make.call(), make.person("Timur"))

    assert known(application, "history.attempts").values["history.attempts"] == 1
    assert known(elsewhere, "history.attempts").values["history.attempts"] == 0
    assert "history.attempts" not in known(application).values


# --- Days ------------------------------------------------------------------------------------------------------------
def test_age_is_counted_on_days_of_the_calls_own_calendar():
    call = make.call(closes_at=make.CLOSES.replace(hour=19))  # after midnight in Bishkek
    call.edition.starts_on = date(2026, 9, 26)

    assert facts.reference_dates(call, {"project.completion_date": "2027-03-01"}) == {
        ReferenceDate.CALL_CLOSE: date(2026, 9, 12),
        ReferenceDate.EDITION_START: date(2026, 9, 26),
        ReferenceDate.COMPLETION_DATE: date(2027, 3, 1),
    }


def test_days_that_are_not_known_are_left_out():
    call = make.call()
    call.closes_at, call.timezone = None, ""

    assert facts.reference_dates(call, {"project.completion_date": "some day"}) == {}
