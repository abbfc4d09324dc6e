"""What the lab's staff enter for somebody beside the texts: files, people of the team and their own parts."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kinolab.applications.actions import entering, files, signing, typing
from kinolab.applications.actions.merging import Typed
from kinolab.applications.models import Application, Attachment, TeamMember
from kinolab.applications.queries import snapshot
from kinolab.applications.queries.dossier import dossier
from kinolab.applications.queries.own import sum_of
from kinolab.calls.models import Call
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Question, Section
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Membership
from tests.factories import applications as make
from tests.factories.applications import NOW

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("письмо.pdf", PDF)


@pytest.fixture
def call() -> Call:
    """A call that asks each of the team for a word and for a file of their own."""
    made = make.call(team_max=3)
    section = Section.objects.create(form=made.form, order=9, key="people", title={"en": "People"})
    for order, (key, kind) in enumerate((("word", "text"), ("letter", "file"))):
        Question.objects.create(
            section=section, order=order, key=key, kind=kind, label={"en": key}, asked_of="each", required=False
        )
    return made


@pytest.fixture
def bakyt(call: Call) -> Person:
    somebody = make.person("Bakyt")
    organisation = call.edition.programme.organisation
    Membership.objects.create(
        person=somebody, organisation=organisation, edition=call.edition, role=Role.COORDINATOR, added_at=NOW
    )
    return somebody


@pytest.fixture
def entered(call: Call, bakyt: Person) -> Application:
    said = {"email": "sezim@example.org", "name": "Сезим", "language": "ky", "role": "director", "reason": ""}
    return entering.enter(call=call, by=bakyt, at=NOW, **said)


def refused(action: Any, **arguments: Any) -> str:
    with pytest.raises(Denied) as denied:
        action(**arguments)
    return denied.value.refusal.code


def lead_of(application: Application) -> TeamMember:
    part = TeamMember.objects.get(application=application, is_lead=True)
    part.application = application
    return part


def word(call: Call, text: str) -> dict[int, Typed]:
    return {make.question(call, "word").pk: Typed(text, 0)}


def test_staff_attach_files_until_the_person_takes_the_application_over(
    client: Client, entered: Application, call: Call, bakyt: Person
) -> None:
    lead, asked = lead_of(entered), make.question(call, "script")
    client.force_login(bakyt)
    own = f"/en/my/applications/{entered.code}/"

    team = client.post(f"{own}files/{asked.pk}/", {"file": paper()})
    part = client.post(f"{own}files/{make.question(call, 'letter').pk}/?member={lead.pk}", {"file": paper()})

    desk = f"/en/desk/impact-lab/{call.edition.slug}/applications/enter/{entered.code}/"
    assert (team.headers["Location"], part.headers["Location"]) == (desk, f"{desk}team/{lead.pk}/")
    found = Attachment.objects.order_by("pk")
    assert [(one.question.key, one.member, one.added_by) for one in found] == [
        ("script", None, bakyt), ("letter", lead, bakyt),
    ]  # fmt: skip
    page = client.get(f"{desk}team/{lead.pk}/").content.decode()
    assert f"?member={lead.pk}" in page
    download = f"{own}files/{found[1].file.code}/download/"
    given = client.get(download)
    assert b"".join(given.streaming_content) == PDF  # type: ignore[arg-type]
    files.detach(attachment=found[1], by=bakyt, at=NOW)
    entering.take_over(application=entered, by=entered.lead, at=NOW)
    assert [client.get(download).status_code, client.post(f"{own}files/{asked.pk}/").status_code] == [404, 404]


def test_file_sent_in_parts_for_somebodys_own_part_lies_in_that_part(
    entered: Application, call: Call, bakyt: Person
) -> None:
    begun = files.begin_upload(
        application=entered, question=make.question(call, "letter"), name="a.pdf", size=9, mark="m", by=bakyt, at=NOW,
        whose=lead_of(entered),
    )  # fmt: skip
    assert begun.target == f"application:{entered.pk}:{make.question(call, 'letter').pk}:{lead_of(entered).pk}"
    stranger = lead_of(make.application(call))
    given = {"application": entered, "question": make.question(call, "letter"), "upload": paper(), "at": NOW}
    assert refused(files.attach, by=bakyt, whose=stranger, **given) == "not_asked_of_you"
    assert refused(files.attach, by=make.person("Nobody"), **given) == "not_permitted"


def test_own_part_typed_by_staff_is_marked_until_its_person_confirms_it(
    client: Client, entered: Application, call: Call, bakyt: Person
) -> None:
    lead = lead_of(entered)
    typing.type_part(part=lead, said={"residence": "KG"}, values=word(call, "Сөзүм"), by=bakyt, at=NOW)
    assert typing.ask_to_confirm(part=lead_of(entered), by=bakyt, at=NOW)
    letter = Letter.objects.get(kind="typed_part")
    assert (letter.to_email, f"/my/applications/{entered.code}/team/part/" in letter.body) == (
        "sezim@example.org",
        True,
    )
    assert Entry.objects.get(verb="typed_part").after == {"member": "Сезим", "fields": ["residence"]}
    sent = snapshot.content(dossier(entered), version=1, by=bakyt, at=NOW)["team"][0]["typed"]
    assert (sent["by"], sent["confirmed_at"]) == (bakyt.name, None)

    client.force_login(entered.lead)
    own = f"/en/my/applications/{entered.code}/team/part/"
    page = client.get(own).content.decode()
    entered.team_list = None
    seen = sum_of(dossier(entered), lead)
    assert ("Is this right about you?" in page, f'value="{seen}"' in page) == (True, True)
    stale = client.post(f"{own}confirm/", {"seen": "0" * 64})
    right = client.post(f"{own}confirm/", {"seen": seen})

    assert (stale.status_code, right.status_code) == (422, 302)
    assert lead_of(entered).confirmed_at == NOW
    assert not lead_of(entered).signatures.exists()  # a yes is no signature, and nobody signs for anybody
    assert "Is this right about you?" not in client.get(own).content.decode()
    assert refused(typing.confirm, application=entered, seen=seen, by=entered.lead, at=NOW) == "nothing_typed"
    entered.team_list = None
    typing.type_part(part=lead_of(entered), said={"residence": "KZ"}, values={}, by=bakyt, at=NOW)
    assert lead_of(entered).confirmed_at is None  # what changed asks for another yes


def test_staff_add_people_of_the_team_who_are_invited(
    client: Client, entered: Application, call: Call, bakyt: Person
) -> None:
    client.force_login(bakyt)
    desk = f"/en/desk/impact-lab/{call.edition.slug}/applications/enter/{entered.code}/"
    said = {"email": "azamat@example.org", "name": "Азамат", "role": "producer"}

    added = client.post(f"{desk}team/", said)
    again = client.post(f"{desk}team/", said)

    azamat = TeamMember.objects.get(email="azamat@example.org")
    assert (added.headers["Location"], again.status_code) == (f"{desk}team/{azamat.pk}/", 422)
    assert (azamat.state, azamat.invited_by) == ("invited", bakyt)
    own = {"name": "Азамат", "role": "producer", "version": "0", "residence": "KZ", "ask": "yes"}
    asked = make.question(call, "word")
    typed = client.post(f"{desk}team/{azamat.pk}/", own | {f"q{asked.pk}": "Моё слово", f"q{asked.pk}-version": "0"})
    assert typed.status_code == 302
    assert azamat.own_answers.get().value == "Моё слово"
    letter = Letter.objects.get(kind="typed_part")
    assert (letter.to_email, azamat.token in letter.body) == ("azamat@example.org", True)
    assert "has not confirmed it yet" in client.get(desk).content.decode()
    team_of_three = {"application": entered, "name": "", "role": "director", "by": bakyt, "at": NOW}
    entered.team_list = None
    typing.add_member(email="third@example.org", **team_of_three)
    entered.team_list = None
    assert refused(typing.add_member, email="fourth@example.org", **team_of_three) == "team_full"


def test_call_that_asks_for_a_signature_gets_it_from_the_person_alone(
    entered: Application, call: Call, bakyt: Person
) -> None:
    call.signatures = "before"
    call.save()
    entered.call = call
    typing.type_part(part=lead_of(entered), said={}, values=word(call, "Сөзүм"), by=bakyt, at=NOW)

    entered.team_list = None
    assert "not_signed" in {one.refusal.code for one in dossier(entered).missing}
    seen = sum_of(dossier(entered), lead_of(entered))
    assert refused(signing.sign, application=entered, seen=seen, by=bakyt, at=NOW) == "not_in_team"
