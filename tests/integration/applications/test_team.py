"""The team: inviting, joining, declining, leaving, own parts; and what they may see afterwards."""

from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse

from kinolab.applications import access
from kinolab.applications.actions import submission, team
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import TeamMember
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied
from tests.factories import applications as make
from tests.kit import client_of

pytestmark = pytest.mark.django_db


def invite(application, email="azamat@example.org", **fields):
    said = {"email": email, "name": "", "role": "producer", "may_submit": False, "by": application.lead, "at": make.NOW}
    part = team.invite(application=application, **(said | fields))
    application.team_list = None
    return part


def refused(action, **arguments):
    with pytest.raises(Denied) as denied:
        action(**arguments)
    return denied.value.refusal.code


def url(name, application, *arguments):
    return reverse(f"applications:{name}", args=(application.code, *arguments))


# --- Inviting --------------------------------------------------------------------------------------------------------
def test_invitation_is_written_in_fixed_words():
    application = make.application(title="Суу бөлгүч")
    part = invite(application, name="Click http://evil.example")
    letter = Letter.objects.get(kind="invitation")
    assert (letter.to_email, letter.subject) == ("azamat@example.org", "Impact Lab 2026: invitation to a team")
    assert reverse("applications:invitation", args=(part.token,)) in letter.body
    assert "Meerim invites you to apply together." in letter.body
    assert "evil.example" not in letter.body
    assert Entry.objects.filter(verb="invited").count() == 1


def test_invitation_goes_out_in_the_language_of_a_known_person():
    application = make.application()
    make.person("Azamat", language="ru")
    invite(application)
    assert Letter.objects.get(kind="invitation").language == "ru"


def test_inviting_by_page_says_so_and_lists_the_person():
    application = make.application()
    page = client_of(application.lead).post(
        url("invite", application), {"email": "Azamat@Example.org", "name": "Азамат", "role": "producer"}, follow=True
    )
    assert "Invitation sent to azamat@example.org." in page.content.decode()
    assert TeamMember.objects.get(is_lead=False).email == "azamat@example.org"


def test_inviting_by_page_with_a_bad_address_shows_it_beside_the_field():
    application = make.application()
    page = client_of(application.lead).post(url("invite", application), {"email": "azamat", "role": "producer"})
    assert page.status_code == 422 and 'value="azamat"' in page.content.decode()


def test_address_is_invited_once():
    application = make.application()
    invite(application)
    assert refused(invite, application=application) == "already_invited"


def test_team_is_never_larger_than_the_call_allows():
    application = make.application(make.call(team_max=2))
    invite(application)
    assert refused(invite, application=application, email="timur@example.org") == "team_full"


def test_role_the_call_does_not_have_is_refused():
    assert refused(invite, application=make.application(), role="dentist") == "unknown_role"


def test_invitations_are_limited_by_member_person_and_application():
    application = make.application()
    part = invite(application)
    for _ in range(access.INVITATIONS_A_MEMBER - 1):
        team.invite_again(part=part, by=application.lead, at=make.NOW)
    assert refused(team.invite_again, part=part, by=application.lead, at=make.NOW) == "invited_often_enough"
    assert Letter.objects.filter(kind="invitation").count() == access.INVITATIONS_A_MEMBER
    with mock.patch.object(access, "INVITATIONS_A_DAY", 4):
        assert refused(invite, application=application, email="b@example.org") == "too_many_invitations"
        invite(application, email="b@example.org", at=make.NOW + timedelta(hours=25))
    with mock.patch.object(access, "INVITATIONS_EACH", 5):
        late = make.NOW + timedelta(hours=50)
        assert refused(invite, application=application, email="c@example.org", at=late) == "too_many_invitations"


# --- Answering -------------------------------------------------------------------------------------------------------
def test_invitation_page_shows_itself_without_an_account():
    part = invite(make.application(title="Суу бөлгүч"))
    page = client_of().get(reverse("applications:invitation", args=(part.token,)))
    assert page.status_code == 200 and "Суу бөлгүч" in page.content.decode()
    assert "no-store" in page["Cache-Control"] or "private" in page["Cache-Control"]


def test_joining_with_another_address_after_the_close(now):
    application = make.submitted_application()
    TeamMember.objects.filter(application=application).update(order=0)
    submission.reopen(application=application, by=application.lead, at=make.NOW)
    application.refresh_from_db()
    part = invite(application)
    now.move_to(make.CLOSES + timedelta(days=3), tick=False)
    other = make.person("Timur")
    page = client_of(other).post(reverse("applications:accept", args=(part.token,)), follow=True)
    assert page.status_code == 200
    part.refresh_from_db()
    assert (part.state, part.person, part.name) == ("joined", other, "Timur")
    own = client_of(other).post(
        url("own_part", application), {"name": "Timur", "role": "producer", "residence": "KZ", "version": "0"}
    )
    assert own.status_code == 302


def test_accepting_twice_does_no_harm():
    part = invite(make.application())
    azamat = make.person("Azamat")
    for _ in range(2):
        team.accept(part=part, by=azamat, at=make.NOW)
    assert TeamMember.objects.filter(person=azamat).count() == 1
    assert Letter.objects.filter(kind="team").count() == 1
    assert Entry.objects.filter(verb="joined").count() == 1


def test_of_two_people_with_one_letter_the_first_joins():
    part = invite(make.application())
    team.accept(part=part, by=make.person("Azamat"), at=make.NOW)
    assert refused(team.accept, part=part, by=make.person("Farrukh"), at=make.NOW) == "invitation_used"
    page = client_of(make.person("Farrukh")).get(reverse("applications:invitation", args=(part.token,)))
    assert "Somebody has already joined" in page.content.decode()


def test_somebody_already_in_the_team_stays_once():
    application = make.application()
    make.member(application)
    part = invite(application, email="azamat2@example.org")
    own = team.accept(part=part, by=make.person("Azamat"), at=make.NOW)
    part.refresh_from_db()
    assert (own.email, part.state) == ("azamat@example.org", "removed")


def test_declining_needs_no_account_and_can_be_taken_back():
    application = make.application()
    part = invite(application)
    client_of().post(reverse("applications:decline", args=(part.token,)))
    part.refresh_from_db()
    assert part.state == "declined"
    assert Letter.objects.filter(kind="team", to_email=application.lead.email).count() == 1
    team.accept(part=part, by=make.person("Azamat"), at=make.NOW)
    part.refresh_from_db()
    assert part.state == "joined"


def test_invitation_taken_back_is_not_there():
    application = make.application()
    part = invite(application)
    team.remove(part=part, by=application.lead, at=make.NOW)
    assert client_of().get(reverse("applications:invitation", args=(part.token,))).status_code == 404


def test_somebody_removed_can_be_invited_again_and_begins_anew():
    application = make.application()
    part = make.member(application)
    TeamMember.objects.filter(pk=part.pk).update(residence="KZ")
    team.remove(part=part, by=application.lead, at=make.NOW)
    again = invite(application)
    assert (again.pk, again.state, again.person, again.residence) == (part.pk, "invited", None, "")
    assert again.token != part.token


# --- Access ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [MemberState.INVITED, MemberState.DECLINED, MemberState.REMOVED])
def test_whoever_has_not_joined_finds_nothing(state):
    application = make.application(title="Суу")
    make.member(application, state=state)
    azamat = client_of(make.person("Azamat"))
    for name in ("edit", "team"):
        assert azamat.get(url(name, application)).status_code == 404
    assert azamat.post(url("submit", application)).status_code == 404


def test_whoever_joined_sees_and_writes_everything():
    application = make.application(title="Суу")
    make.member(application)
    azamat = client_of(make.person("Azamat"))
    for name in ("edit", "team"):
        assert azamat.get(url(name, application)).status_code == 200
    make.answer(application, "title", "Суу бөлгүч", by=make.person("Azamat"))
    application.refresh_from_db()
    assert application.title == "Суу бөлгүч"


def test_co_author_leaves_and_the_answers_stay():
    application = make.application()
    part = make.member(application)
    azamat = make.person("Azamat")
    make.answer(application, "title", "Суу", by=azamat)
    gone = client_of(azamat).post(url("remove_member", application, part.pk))
    assert gone["Location"] == reverse("desk:mine")
    assert application.answers.get().value == "Суу"
    assert "Azamat has left the team." in Letter.objects.get(kind="team", body__contains="left").body


def test_only_the_lead_removes_others_and_nobody_removes_the_lead():
    application = make.application()
    make.member(application)
    other = make.member(application, make.person("Timur"))
    lead = TeamMember.objects.get(application=application, is_lead=True)
    azamat = make.person("Azamat")
    assert refused(team.remove, part=other, by=azamat, at=make.NOW) == "only_the_lead"
    assert refused(team.remove, part=lead, by=application.lead, at=make.NOW) == "lead_stays"


def test_member_of_another_application_is_not_there():
    mine, theirs = make.application(), make.application(make.call("teen-lab"), make.person("Farrukh"))
    part = make.member(theirs)
    assert client_of(mine.lead).post(url("remove_member", mine, part.pk)).status_code == 404


# --- One's own part --------------------------------------------------------------------------------------------------
def test_own_part_is_written_by_its_person_alone():
    application = make.application()
    part = make.member(application)
    azamat = client_of(make.person("Azamat"))
    said = {"name": "Азамат Т.", "role": "producer", "residence": "KZ", "birth_date": "1990-05-01", "films_made": "2",
            "gender": "эркек", "version": "0"}  # fmt: skip
    assert azamat.post(url("own_part", application), said).status_code == 302
    part.refresh_from_db()
    assert (part.name, part.residence, part.birth_date.year, part.films_made, part.version) == (
        "Азамат Т.",
        "KZ",
        1990,
        2,
        1,
    )
    assert "1990" not in client_of(application.lead).get(url("team", application)).content.decode()
    assert Entry.objects.get(verb="filled_own_part").after == {
        "member": "Азамат Т.",
        "fields": ["birth_date", "films_made", "gender", "name", "residence"],
    }


@pytest.mark.parametrize(("before", "after"), [("", "Айпери Сыдыкова"), ("Aiperi", "Aiperi")])
def test_whoever_has_no_name_yet_is_called_as_they_write_in_their_own_part(before, after):
    application = make.application()
    lead = application.lead
    type(lead).objects.filter(pk=lead.pk).update(name=before)
    said = {"name": "Айпери Сыдыкова", "role": "director", "version": "0"}

    assert client_of(lead).post(url("own_part", application), said).status_code == 302
    lead.refresh_from_db()
    assert lead.name == after


def test_own_part_in_two_windows_is_not_overwritten_silently():
    application = make.application()
    visitor = client_of(application.lead)
    said = {"name": "Meerim", "role": "director", "version": "0"}
    visitor.post(url("own_part", application), said | {"residence": "KG"})
    page = visitor.post(url("own_part", application), said | {"residence": "KZ"})
    assert page.status_code == 422
    assert 'name="version" value="1"' in page.content.decode()
    assert visitor.post(url("own_part", application), said | {"residence": "KZ", "version": "1"}).status_code == 302


def test_lead_lets_somebody_send_and_takes_it_back():
    application = make.application()
    part = make.member(application)
    lead = client_of(application.lead)
    lead.post(url("let_submit", application, part.pk))
    part.refresh_from_db()
    assert part.may_submit is True
    lead.post(url("let_not_submit", application, part.pk))
    part.refresh_from_db()
    assert part.may_submit is False
    client_of(make.person("Azamat")).post(url("let_submit", application, part.pk))
    part.refresh_from_db()
    assert part.may_submit is False
