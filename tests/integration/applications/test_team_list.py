"""The list of the team: its own close, who leads it, joining after the close, what goes with whoever leaves."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from kinolab.applications.access import get_application
from kinolab.applications.actions import draft, submission, team
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Answer, Application, TeamMember
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal
from tests.factories import applications as make
from tests.integration.applications.test_parts import call as call_of_parts
from tests.integration.applications.test_parts import say
from tests.kit import client_of

LATE = make.CLOSES + timedelta(days=1)


def fresh(application: Application) -> Application:
    return get_application(application.lead, application.code)


def part_of(application: Application, who: str) -> TeamMember:
    found = TeamMember.objects.select_related("application__call__edition__programme__organisation").get(
        application=application, person=make.person(who)
    )
    found.application.call = application.call
    return found


def refusal(action: Any, **given: Any) -> Refusal:
    with pytest.raises(Denied) as denied:
        action(**given)
    return denied.value.refusal


def invite(application: Application, at: Any = make.NOW, who: str = "timur") -> TeamMember:
    return team.invite(
        application=fresh(application), email=f"{who}@example.org", name="", role="producer", may_submit=False,
        by=application.lead, at=at,
    )  # fmt: skip


# --- The list closes by itself ---------------------------------------------------------------------------------------
def test_list_may_close_before_the_texts():
    locks = make.NOW - timedelta(hours=1)
    application = make.application(make.call(team_locks_at=locks))
    part = make.member(application, at=locks - timedelta(hours=1))

    assert refusal(invite, application=application) == Refusal("team_locked", {"at": locks})
    assert refusal(team.remove, part=part, by=application.lead, at=make.NOW).code == "team_locked"
    make.answer(application, "title", "Суу")  # the texts are open


def test_list_may_stay_open_after_the_texts(now):
    application = make.submitted_application(make.call(team_locks_at=LATE + timedelta(days=1)))
    now.move_to(LATE)

    part = invite(application, at=LATE)

    assert part.state == "invited"
    assert refusal(make.answer, of=application, key="title", value="Башка", at=LATE).code == "past_deadline"


def test_leaving_is_free_though_the_list_is_closed():
    application = make.application(make.call(team_locks_at=make.NOW - timedelta(hours=1)))
    make.member(application, at=make.NOW - timedelta(hours=2))

    team.remove(part=part_of(application, "Azamat"), by=make.person("Azamat"), at=make.NOW)

    assert application.members.get(person=make.person("Azamat")).state == "removed"


@pytest.mark.parametrize("allowed, state", [(True, "joined"), (False, "joining_has_ended")])
def test_invitation_survives_the_close_where_the_call_says_so(now, allowed, state):
    application = make.complete(make.call(join_after_close=allowed))
    part = make.member(application, state=MemberState.INVITED)
    submission.submit(application=fresh(application), by=application.lead, at=make.NOW)
    now.move_to(LATE)
    part = TeamMember.objects.select_related("application__call__edition").get(pk=part.pk)

    if allowed:
        assert team.accept(part=part, by=make.person("Azamat"), at=LATE).state == state
    else:
        assert refusal(team.accept, part=part, by=make.person("Azamat"), at=LATE).code == state


# --- Leaving and being removed ---------------------------------------------------------------------------------------
def test_what_was_written_for_the_team_stays_and_what_is_personal_goes(client_as):
    application = make.complete(call_of_parts())
    make.member(application)
    azamat = make.person("Azamat")
    say(application, azamat, "Моё слово")
    make.answer(application, "title", "Суу", by=azamat)
    TeamMember.objects.filter(person=azamat).update(birth_date="1990-01-01", about="О себе", organisation="Фонд")
    page = reverse("applications:edit", args=(application.code,))
    assert client_as(azamat).get(page).status_code == 200

    team.remove(part=part_of(application, "Azamat"), by=application.lead, at=make.NOW)

    gone = application.members.get(person=azamat)
    assert (gone.birth_date, gone.about, gone.organisation) == (None, "", "")
    assert not Answer.objects.filter(member=gone).exists()
    assert Answer.objects.get(question__key="title").changed_by == azamat
    assert client_as(azamat).get(page).status_code == 404
    assert Entry.objects.filter(verb="removed").count() == 1
    letter = Letter.objects.get(kind="team", person=azamat)
    assert "вас больше нет в команде" in letter.subject


def test_somebody_removed_after_sending_stands_in_what_was_sent_and_not_in_the_next_version():
    application = make.complete(call_of_parts())
    make.member(application)
    for who in ("Meerim", "Azamat"):
        say(application, make.person(who), "Сөз")
    submission.submit(application=fresh(application), by=application.lead, at=make.NOW)
    submission.reopen(application=fresh(application), by=application.lead, at=make.NOW)
    team.remove(part=part_of(application, "Azamat"), by=application.lead, at=make.NOW)
    submission.submit(application=fresh(application), by=application.lead, at=make.NOW)

    versions = [[one["name"] for one in sent.content["team"]] for sent in application.snapshots.all()]
    assert versions == [["Meerim", "Azamat"], ["Meerim"]]
    assert [one["by"] for one in application.snapshots.last().content["sections"][-1]["questions"]] == [
        "Meerim", "Meerim",
    ]  # fmt: skip


def test_invitation_taken_back_is_told_by_letter():
    application = make.application()
    part = make.member(application, state=MemberState.INVITED)

    team.remove(part=TeamMember.objects.get(pk=part.pk), by=application.lead, at=make.NOW)

    assert Letter.objects.filter(kind="team", to_email="azamat@example.org").count() == 1


# --- Who leads -------------------------------------------------------------------------------------------------------
def test_lead_is_handed_over_when_it_is_accepted(client_as):
    application = make.application()
    make.member(application)
    meerim, azamat = make.person("Meerim"), make.person("Azamat")
    part = part_of(application, "Azamat")

    client_as(meerim).post(reverse("applications:offer_lead", args=(application.code, part.pk)))
    application.refresh_from_db()
    assert (application.lead, application.offered_to) == (meerim, part)
    client_as(azamat).post(reverse("applications:take_lead", args=(application.code,)))

    application.refresh_from_db()
    team_now = {one.person: (one.is_lead, one.may_submit) for one in application.members.all()}
    assert (application.lead, application.offered_to) == (azamat, None)
    assert team_now == {meerim: (False, True), azamat: (True, True)}
    assert [one.verb for one in Entry.objects.filter(verb__endswith="_lead").order_by("pk")] == [
        "offered_lead", "took_lead",
    ]  # fmt: skip


def test_lead_who_handed_over_may_leave():
    application = make.application()
    make.member(application)
    meerim, azamat = make.person("Meerim"), make.person("Azamat")
    team.offer_lead(part=part_of(application, "Azamat"), by=meerim, at=make.NOW)
    assert refusal(team.remove, part=part_of(application, "Meerim"), by=meerim, at=make.NOW).code == "lead_stays"

    team.take_lead(application=fresh(application), by=azamat, at=make.NOW)
    team.remove(part=part_of(application, "Meerim"), by=meerim, at=make.NOW)

    assert application.members.get(person=meerim).state == "removed"
    told = Letter.objects.filter(kind="team").order_by("pk").values_list("to_email", flat=True)
    assert list(told)[-3:] == [azamat.email, meerim.email, azamat.email]  # asked; told who leads; told who left


@pytest.mark.parametrize("who, verb", [("Azamat", "declined_lead"), ("Meerim", "took_back_lead")])
def test_lead_stays_when_it_is_declined_or_taken_back(who, verb):
    application = make.application()
    make.member(application)
    team.offer_lead(part=part_of(application, "Azamat"), by=application.lead, at=make.NOW)

    team.take_back_offer(application=fresh(application), by=make.person(who), at=make.NOW)

    application.refresh_from_db()
    other = {"Azamat": "Meerim", "Meerim": "Azamat"}[who]
    assert (application.lead.name, application.offered_to) == ("Meerim", None)
    assert Entry.objects.filter(verb=verb).count() == 1
    assert Letter.objects.filter(kind="team").order_by("pk").last().person == make.person(other)
    refused = refusal(team.take_lead, application=fresh(application), by=make.person("Azamat"), at=make.NOW)
    assert refused == Refusal("lead_not_offered")


def test_lead_is_offered_by_the_lead_alone_to_somebody_who_has_joined():
    application = make.application()
    make.member(application)
    invited = make.member(application, make.person("Timur"), state=MemberState.INVITED)
    azamat, meerim = make.person("Azamat"), make.person("Meerim")

    given = [
        (part_of(application, "Meerim"), azamat), (part_of(application, "Meerim"), meerim),
        (TeamMember.objects.get(pk=invited.pk), meerim), (part_of(application, "Azamat"), make.person("Farrukh")),
    ]  # fmt: skip
    assert [refusal(team.offer_lead, part=part, by=by, at=make.NOW).code for part, by in given] == [
        "only_the_lead", "leads_already", "members_not_joined", "not_in_team",
    ]  # fmt: skip


# --- Roles -----------------------------------------------------------------------------------------------------------
def test_roles_are_needed_in_the_numbers_that_the_call_says():
    numbers = {"director": {"min": 1, "max": 1}, "producer": {"min": 2, "max": None}}
    application = make.complete(make.call(role_needs=numbers, team_max=5))
    make.member(application)
    make.member(application, make.person("Timur"), role="director")

    refused = refusal(submission.submit, application=fresh(application), by=application.lead, at=make.NOW)
    page = reverse("applications:edit", args=(application.code,))

    told = client_of(application.lead).get(page).content.decode()

    assert refused == Refusal("incomplete", {"count": 2})
    assert "Too many people have this role: Director. In the team: 2. Allowed: 1." in told
    assert "Too few people have this role: Producer. In the team: 1. Needed: 2." in told


def test_holder_of_a_sending_role_sends_and_nobody_gives_it_to_themselves():
    application = make.complete(make.call(senders=["producer"]))
    make.member(application)
    make.member(application, make.person("Timur"), role="director")
    given = {"values": {}, "name": "Timur", "role": "producer", "version": 0, "at": make.NOW}

    refused = refusal(team.fill_own_part, application=fresh(application), by=make.person("Timur"), **given)
    submission.submit(application=fresh(application), by=make.person("Azamat"), at=make.NOW)

    assert refused == Refusal("role_is_given", {"lead": "Meerim"})


def test_whoever_speaks_for_an_organisation_names_it():
    application = make.complete(make.call(roles=["director", "organisation"]))
    make.member(application, role="organisation")

    refused = refusal(submission.submit, application=fresh(application), by=application.lead, at=make.NOW)
    team.fill_own_part(
        application=fresh(application), values={"organisation": "Фонд «Суу»", "position": "Директор"}, name="Azamat",
        role="organisation", version=0, by=make.person("Azamat"), at=make.NOW,
    )  # fmt: skip
    sent = submission.submit(application=fresh(application), by=application.lead, at=make.NOW)

    assert refused == Refusal("incomplete", {"count": 1})
    assert [(one["organisation"], one["position"]) for one in sent.content["team"]] == [
        ("", ""), ("Фонд «Суу»", "Директор"),
    ]  # fmt: skip


def test_removed_member_writes_nothing_any_more():
    application = make.application()
    make.member(application, state=MemberState.REMOVED)

    refused = refusal(
        draft.save_answer, application=fresh(application), question=make.question(application.call, "title"),
        value="Башка", version=0, by=make.person("Azamat"), at=make.NOW,
    )  # fmt: skip

    assert refused == Refusal("not_in_team")


@pytest.mark.parametrize("allowed, words", [(True, "works after the close too"), (False, "before the close:")])
def test_letter_of_invitation_says_until_when_one_may_join(allowed, words):
    application = make.application(make.call(join_after_close=allowed))

    invite(application)

    assert words in Letter.objects.get(kind="invitation").body
