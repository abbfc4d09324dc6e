"""Two people, one instant: numbers, snapshots, invitations and decisions under real threads."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from kinolab.applications.actions import draft, screening, submission, team
from kinolab.applications.models import Answer, AnswerAside, Application, Finding, Snapshot, TeamMember
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied
from tests.factories import applications as make
from tests.integration.applications import office

CALL = "call__edition__programme__organisation", "call__form"


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do all of it at the same time; what each returned, or the code of its refusal."""
    told: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        gate.wait()
        try:
            told[place] = work()
        except Denied as denied:
            told[place] = denied.refusal.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def send(application: Application) -> Snapshot:
    fresh = Application.objects.select_related(*CALL).get(pk=application.pk)
    return submission.submit(application=fresh, by=application.lead, at=make.NOW)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_numbers_when_many_send_at_once_follow_one_another():
    call = make.call()
    drafts = [make.complete(call, make.person(f"Person{number}")) for number in range(5)]
    at_once(*[lambda one=one: send(one) for one in drafts])
    assert sorted(Application.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_snapshot_when_sent_four_times_at_once_is_one():
    draft = make.complete()
    told = at_once(*[lambda: send(draft)] * 4)
    assert told.count("already_sent") == 3
    assert Snapshot.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_invitation_when_two_accept_at_once_lets_one_in():
    part = make.member(make.application(), state=make.MemberState.INVITED)
    people = [make.person("Azamat"), make.person("Farrukh")]

    def accept(who: Any) -> TeamMember:
        fresh = TeamMember.objects.select_related(*(f"application__{path}" for path in CALL)).get(pk=part.pk)
        return team.accept(part=fresh, by=who, at=make.NOW)

    told = at_once(*[lambda who=who: accept(who) for who in people])
    assert told.count("invitation_used") == 1
    assert TeamMember.objects.filter(state="joined", is_lead=False).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_team_when_two_of_the_office_confirm_at_once_gets_one_letter():
    call = office.call()
    refused = make.submitted_application(call, country="DE")
    found = office.finding(refused).pk

    def confirm(who: Any, second: int) -> None:
        fresh = Finding.objects.select_related("rule", *(f"application__{path}" for path in CALL)).get(pk=found)
        screening.confirm(finding=fresh, tell=True, by=who, at=make.NOW + timedelta(seconds=second))

    both = office.owner(call), office.coordinator(call)
    told = at_once(*[lambda who=who, second=second: confirm(who, second) for second, who in enumerate(both)])
    assert told == [None, None]
    assert Letter.objects.filter(kind="finding").count() == 1
    assert Entry.objects.filter(verb="confirmed").count() == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_answer_when_four_write_at_once_holds_what_each_has_written():
    lines = [f"{number}-сап ушундай" for number in range(4)]
    application = make.application(logline="\n\n".join(lines))
    question = make.question(application.call, "logline")

    def write(number: int) -> int:
        fresh = Application.objects.select_related(*CALL).get(pk=application.pk)
        text = "\n\n".join([*lines[:number], f"{lines[number]} болот", *lines[number + 1 :]])
        saved = draft.save_answer(
            application=fresh,
            question=question,
            value=text,
            version=1,
            by=application.lead,
            at=make.NOW,
            run=f"r{number}",
        )
        return saved.version

    told = at_once(*[lambda number=number: write(number) for number in range(4)])
    answer = Answer.objects.get(application=application, question=question)
    assert sorted(told) == [2, 3, 4, 5]
    assert answer.value == "\n\n".join(f"{line} болот" for line in lines)
    assert AnswerAside.objects.count() == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_first_words_when_two_write_them_at_once_are_both_kept():
    application = make.application()
    question = make.question(application.call, "logline")

    def write(text: str) -> int:
        fresh = Application.objects.select_related(*CALL).get(pk=application.pk)
        saved = draft.save_answer(
            application=fresh, question=question, value=text, version=0, by=application.lead, at=make.NOW, run=text
        )
        return saved.version

    told = at_once(lambda: write("Суу"), lambda: write("Арык"))
    assert sorted(map(str, told)) == ["1", "changed_meanwhile"]
    assert {Answer.objects.get().value, AnswerAside.objects.get().value} == {"Суу", "Арык"}
