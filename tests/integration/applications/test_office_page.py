"""One application on the office's desk: what is shown to whom, decided from the page, taken away; looks on the record."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinolab.applications.actions import files, hiding, screening, submission
from kinolab.applications.models import Attachment, TeamMember
from kinolab.calls.models import Call
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.labs.domain.roles import Role
from tests.factories import applications as make
from tests.integration.applications import office
from tests.kit import client_of, same_cost, shut

HOSTILE = "<script>alert(1)</script>"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LATER = make.NOW + timedelta(hours=1)


@pytest.fixture
def call():
    return office.call()


@pytest.fixture
def sent(call):
    """An application from a country that the rule does not name."""
    return make.submitted_application(call, country="DE", title="Берлин")


def page(who, application, **more):
    return client_of(who).get(office.address(application.call, "detail", application.code), **more)


def words(response):
    return " ".join(unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def sensitive(call, key="logline"):
    asked = make.question(call, key)
    asked.pii_level = 2
    asked.save()


def with_file(call, lead=None, *, sent=True):
    application = make.complete(call, lead)
    upload = SimpleUploadedFile("script.pdf", PDF, "application/pdf")
    files.attach(
        application=application, question=make.question(call, "script"), upload=upload, by=application.lead, at=make.NOW
    )
    application.refresh_from_db()
    if sent:
        submission.submit(application=application, by=application.lead, at=make.NOW)
        application.refresh_from_db()
    return application, Attachment.objects.get(application=application).file


# --- Who sees what ---------------------------------------------------------------------------------------------------
def test_page_shows_what_was_sent_what_the_rules_say_and_the_team(call):
    sent = office.sent_by_two(call, country="DE", title="Берлин")
    found = words(page(office.coordinator(call), sent))

    assert "Берлин" in found
    assert "Кыз түнкүсүн суу бөлөт." in found
    assert "country No Value seen: Germany" in found
    assert "runtime Not known yet The team has not said what the rule asks for." in found
    assert "Azamat" in found
    assert "meerim@example.org" in found


def test_page_is_not_there_for_strangers_other_editions_and_those_in_conflict(call, sent):
    other = office.member(make.call("teen-lab"), "Bermet", Role.OWNER)
    aigul = office.owner(call)
    hiding.hide(application=sent, person=aigul, reason="family", at=make.NOW)

    for who in (other, sent.lead, make.person("Farrukh"), aigul):
        assert page(who, sent).status_code == 404
    assert client_of(other).get(
        office.address(Call.objects.get(edition__programme__slug="teen-lab"), "detail", sent.code)
    ).status_code == 404  # fmt: skip


def test_contacts_are_for_those_who_may_see_them(call, sent):
    assert "meerim@example.org" in page(office.coordinator(call), sent).content.decode()
    assert "meerim@example.org" not in page(office.juror(call), sent).content.decode()


def test_every_look_at_contacts_is_on_the_record_once_an_hour(call, sent, now):
    bakyt = office.coordinator(call)
    for moment in (make.NOW, make.NOW + timedelta(minutes=50), make.NOW + timedelta(minutes=70)):
        now.move_to(moment)
        page(bakyt, sent)
    page(office.juror(call), sent)

    looks = Entry.objects.filter(verb="looked").order_by("at")
    assert [(one.actor, one.at, one.key) for one in looks] == [
        (bakyt, make.NOW, str(sent.pk)),
        (bakyt, make.NOW + timedelta(minutes=70), str(sent.pk)),
    ]


def test_answers_to_sensitive_questions_are_for_those_who_may_see_contacts(call, sent):
    sensitive(call)
    other = make.submitted_application(call, make.person("Farrukh"), logline="Купуя сөз")

    assert "Купуя сөз" in words(page(office.coordinator(call), other))
    assert "Купуя сөз" not in words(page(office.juror(call), other))


def test_draft_shows_its_team_and_no_word_of_its_text(call):
    draft = make.complete(call, logline="Жашыруун")
    found = words(page(office.owner(call), draft))

    assert "This application has not been sent. Its text is the team's alone until then." in found
    assert "Жашыруун" not in found
    assert "Note the decision" not in found


def test_reopened_application_shows_what_was_sent_not_what_is_typed(call, sent):
    submission.reopen(application=sent, by=sent.lead, at=make.NOW)
    make.answer(sent, "logline", "Жаңы сөз", at=LATER)
    found = words(page(office.owner(call), sent))

    assert "Жаңы сөз" not in found
    assert "Кыз түнкүсүн суу бөлөт." in found
    assert "What was sent counts until they send it again." in found


def test_withdrawn_application_shows_its_text_no_more(call, sent):
    submission.withdraw(application=sent, reason="", by=sent.lead, at=LATER)
    found = words(page(office.owner(call), sent))

    assert "This application was withdrawn. Its text is no longer shown." in found
    assert "Кыз түнкүсүн суу бөлөт." not in found


def test_what_happened_is_told_in_words(call, sent):
    screening.confirm(finding=office.finding(sent), tell=False, by=office.owner(call), at=LATER)

    assert re.findall(r"<li>([^<·]+) · ([^<]+)<br>", page(office.juror(call), sent).content.decode()) == [
        ("Finding confirmed", "Aigul"),
        ("Application sent", "Meerim"),
        ("Draft begun", "Meerim"),
    ]


@pytest.mark.parametrize(
    "came_from, back",
    [
        ("http://testserver{table}?tab=to_check&country=DE", "{table}?tab=to_check&amp;country=DE"),
        ("http://testserver{table}", "{table}"),
        ("http://evil.example{table}?q=x", "{table}"),
        ("http://testserver/en/my/?q=x", "{table}"),
        ("", "{table}"),
    ],
)
def test_way_back_leads_to_the_rows_one_came_from(call, sent, came_from, back):
    table = office.address(call, "table")
    found = page(office.owner(call), sent, headers={"Referer": came_from.format(table=table)}).content.decode()

    assert f'<a href="{back.format(table=table)}">Applications</a>' in found


def test_hostile_words_are_shown_as_they_are(call):
    application = make.submitted_application(
        call, make.person("A", name=HOSTILE), title=HOSTILE, logline=HOSTILE, country="DE"
    )
    screening.confirm(finding=office.finding(application), tell=True, by=office.owner(call), at=LATER, reason=HOSTILE)
    submission.object_to_finding(
        finding=office.finding(application), objection=HOSTILE, by=application.lead, at=LATER + timedelta(hours=1)
    )

    found = page(office.coordinator(call), application).content.decode()
    assert HOSTILE not in found
    assert found.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 6


def test_page_costs_the_same_for_teams_and_histories_of_any_size(call, sent):
    bakyt = client_of(office.coordinator(call))
    address = office.address(call, "detail", sent.code)
    names = iter(("Azamat", "Dana"))

    def grow():
        who = make.person(next(names))
        TeamMember.objects.create(
            application=sent, person=who, email=who.email, name=who.name, state="joined", invited_at=make.NOW
        )
        screening.check_again(application=sent, by=office.coordinator(call), at=make.NOW)

    same_cost(lambda: bakyt.get(address), grow)


# --- Deciding from the page ------------------------------------------------------------------------------------------
def decide(who, application, rule="country", **data):
    held = office.finding(application, rule)
    return client_of(who).post(office.address(application.call, "decide_finding", application.code, held.pk), data)


def test_decision_from_the_page_is_noted_with_its_reason(call, sent):
    response = decide(office.owner(call), sent, outcome="yes", reason="A co-production")

    assert response["Location"] == office.address(call, "detail", sent.code)
    assert (office.finding(sent).override, office.finding(sent).decision_reason) == ("yes", "A co-production")
    assert "Decided otherwise: Aigul" in words(page(office.juror(call), sent))


def test_confirming_keeps_the_reason_and_tells_the_team(call, sent):
    decide(office.coordinator(call), sent, outcome="no", reason="Produced in Germany", tell="on")

    assert office.finding(sent).decision_reason == "Produced in Germany"
    assert "Produced in Germany" in Letter.objects.get(kind="finding").body


@pytest.mark.parametrize(
    "data, sentence",
    [
        ({"outcome": "yes", "reason": "", "tell": "on"}, "Write a reason: the team and your colleagues will read it."),
        ({"outcome": "maybe", "reason": "Why not", "tell": "on"}, "Choose a decision."),
        ({"outcome": "yes", "reason": "x" * 2001}, "Choose a decision. A reason has at most two thousand characters."),
    ],
)
def test_refused_decision_says_why_beside_the_rule_and_loses_nothing(call, sent, data, sentence):
    response = decide(office.owner(call), sent, **data)

    assert response.status_code == 422
    body = response.content.decode()
    held = office.finding(sent)
    beside = body[
        body.index(f'id="finding-{held.pk}"') : body.index(f'id="finding-{office.finding(sent, "runtime").pk}"')
    ]
    assert sentence in unescape(beside)
    assert f">{data['reason']}</textarea>" in beside
    assert ('name="tell" value="on" checked' in beside) == ("tell" in data)
    assert "<title>Error:" in body
    assert held.decided_at is None


def test_coordinator_is_offered_what_they_may_do_and_told_why_not_more(call, sent):
    found = page(office.coordinator(call), sent).content.decode()

    assert 'type="radio"' not in found
    assert "To decide otherwise than the rule needs another role." in found
    assert decide(office.coordinator(call), sent, outcome="yes", reason="x").status_code == 422


def test_juror_decides_nothing_and_a_finding_of_another_application_is_not_there(call, sent):
    other = make.submitted_application(call, make.person("Farrukh"))
    wrong = office.address(call, "decide_finding", sent.code, office.finding(other).pk)

    assert decide(office.juror(call), sent, outcome="no").status_code == 403
    assert client_of(office.owner(call)).post(wrong, {"outcome": "no"}).status_code == 404


def test_checking_again_from_the_page(call, sent):
    address = office.address(call, "check_again", sent.code)
    rule = call.rules.get(code="country")
    rule.definition["value"] = ["DE"]
    rule.save()

    response = client_of(office.coordinator(call)).post(address, follow=True)

    assert "Checked again. What people decided stays." in words(response)
    assert office.finding(sent).outcome == "yes"
    submission.withdraw(application=sent, reason="", by=sent.lead, at=LATER)
    refused = client_of(office.coordinator(call)).post(address)
    assert (refused.status_code, "This application has not been sent." in words(refused)) == (422, True)


# --- The applicant's side --------------------------------------------------------------------------------------------
def test_team_reads_the_rule_answers_once_and_the_office_sees_the_answer(call, sent):
    own = client_of(sent.lead)
    address = f"/en/my/applications/{sent.code}/"
    assert "Answer a question from the check" not in words(own.get("/en/my/"))

    decide(office.owner(call), sent, outcome="no", reason="Produced in Germany", tell="on")

    assert "Answer a question from the check" in words(own.get("/en/my/"))
    assert "Produced in Germany" in words(own.get(address))
    own.post(f"{address}findings/{office.finding(sent).pk}/", {"objection": "Биз Ошто жашайбыз"})
    assert "Answer of the team Биз Ошто жашайбыз" in words(page(office.juror(call), sent))
    assert "Answer a question from the check" not in words(own.get("/en/my/"))


# --- Files and paper -------------------------------------------------------------------------------------------------
def file_address(application, stored):
    return office.address(application.call, "office_file", application.code, stored.code)


def test_file_that_was_sent_is_a_download_for_the_office(call):
    application, stored = with_file(call)
    response = client_of(office.juror(call)).get(file_address(application, stored))

    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="script.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    shut(response)


def test_file_of_a_draft_and_one_added_since_are_the_teams_alone(call):
    draft, early = with_file(call, make.person("Farrukh"), sent=False)
    application, first = with_file(call)
    submission.reopen(application=application, by=application.lead, at=make.NOW)
    application.refresh_from_db()
    files.detach(attachment=Attachment.objects.get(file=first), by=application.lead, at=LATER)
    upload = SimpleUploadedFile("new.pdf", PDF.replace(b"<<>>", b"<< >>"), "application/pdf")
    files.attach(
        application=application, question=make.question(call, "script"), upload=upload, by=application.lead, at=LATER
    )
    second = Attachment.objects.get(file__name="new.pdf").file
    aigul = client_of(office.owner(call))

    assert aigul.get(file_address(draft, early)).status_code == 404
    assert aigul.get(file_address(application, second)).status_code == 404
    still_sent = aigul.get(file_address(application, first))
    assert still_sent.status_code == 200
    shut(still_sent)


def test_sensitive_file_is_for_those_who_may_see_contacts(call):
    sensitive(call, "script")
    application, stored = with_file(call)

    assert client_of(office.juror(call)).get(file_address(application, stored)).status_code == 404
    assert not Entry.objects.filter(verb="looked").exists()
    allowed = client_of(office.coordinator(call)).get(file_address(application, stored))
    assert allowed.status_code == 200
    shut(allowed)
    assert Entry.objects.get(verb="looked").actor.name == "Bakyt"


@pytest.mark.slow
def test_paper_is_a_look_and_leaves_out_what_one_may_not_see(call, sent):
    sensitive(call)
    application = make.submitted_application(call, make.person("Farrukh"), logline="Купуя сөз")
    address = office.address(call, "office_pdf", application.code, 1)

    whole = client_of(office.coordinator(call)).get(address)
    open_part = client_of(office.juror(call)).get(address)

    assert (whole.status_code, whole["Content-Type"]) == (200, "application/pdf")
    assert len(whole.content) > len(open_part.content)
    assert [entry.actor.name for entry in Entry.objects.filter(verb="looked")] == ["Bakyt"]
    submission.withdraw(application=application, reason="", by=application.lead, at=LATER)
    assert client_of(office.coordinator(call)).get(address).status_code == 404
