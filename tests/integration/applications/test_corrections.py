"""The lab opens chosen answers of a sent application; the team corrects only those; both versions are compared."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from kinolab.applications import access, jobs
from kinolab.applications.actions import corrections, draft, submission, team
from kinolab.applications.actions.merging import Typed
from kinolab.applications.models import Application, Correction
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Membership
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
AT = make.CLOSES + timedelta(days=2)
UNTIL = AT + timedelta(days=3)
NAMES = ("project.logline",)


@pytest.fixture
def sent(now) -> Application:
    """Meerim's application, sent in time with Azamat; it is two days after the close."""
    made = make.complete()
    make.member(made)
    submission.submit(application=fresh(made), by=made.lead, at=make.NOW)
    now.move_to(AT)
    return fresh(made)


def fresh(application: Application) -> Application:
    return access.get_application(application.lead, application.code)


def staff(application: Application, role: Role = Role.OWNER, name: str = "Aigul") -> Person:
    found = make.person(name)
    edition = application.call.edition
    organisation = edition.programme.organisation
    Membership.objects.get_or_create(
        person=found, organisation=organisation, edition=edition, role=role, defaults={"added_at": make.NOW}
    )
    return found


def ask(application: Application, *names: str, **fields: Any) -> Correction:
    given: dict[str, Any] = {"until": UNTIL, "message": "Бир сап кыскача болсун.", "at": AT} | fields
    by = given.pop("by", None) or staff(application)
    return corrections.ask(application=fresh(application), questions=names or NAMES, by=by, **given)


def write(application: Application, key: str, value: str, at: Any = AT) -> None:
    asked = make.question(application.call, key)
    answer = application.answers.get(question=asked)
    draft.save_answer(
        application=fresh(application), question=asked, value=value, version=answer.version, by=application.lead, at=at
    )


def refusal(action: Any, *given: Any, **named: Any) -> Refusal:
    with pytest.raises(Denied) as denied:
        action(*given, **named)
    return denied.value.refusal


# --- Asking ----------------------------------------------------------------------------------------------------------
def test_team_is_told_what_is_open_until_when_and_why(sent):
    made = ask(sent)

    sent.refresh_from_db()
    letters = Letter.objects.filter(kind="correction")
    assert (sent.stage, made.questions) == ("reopened", ["project.logline"])
    assert sorted(one.person.name for one in letters) == ["Azamat", "Meerim"]
    body = letters.get(person=sent.lead).body
    assert all(words in body for words in ("Бир сап кыскача болсун.", "- Logline", "16 September 2026"))
    assert Entry.objects.get(verb="asked_correction").after["questions"] == "project.logline"


@pytest.mark.parametrize(
    "names, fields, code",
    [
        (("project.nothing",), {}, "correction_needs_questions"),
        (NAMES, {"message": "  "}, "correction_needs_message"),
        (NAMES, {"until": AT}, "correction_needs_time"),
        (NAMES, {"until": None}, "correction_needs_time"),
    ],
)
def test_request_says_what_until_when_and_why(sent, names, fields, code):
    assert refusal(ask, sent, *names, **fields).code == code


def test_only_what_was_sent_and_can_no_longer_be_opened_by_the_team_is_opened_by_the_lab(sent, now):
    ask(sent)
    again = refusal(ask, sent).code
    draft_ = make.complete(sent.call, make.person("Timur"))
    never = refusal(ask, draft_).code
    now.move_to(make.NOW)
    other = make.submitted_application(sent.call, make.person("Nurlan"))

    assert (again, never, refusal(ask, other, at=make.NOW).code) == (
        "correction_is_open", "not_sent_yet", "team_may_reopen",
    )  # fmt: skip


def test_whoever_may_not_check_asks_for_nothing(sent):
    assert refusal(ask, sent, by=staff(sent, Role.JUROR, "Saule")).code == "not_permitted"


# --- Correcting ------------------------------------------------------------------------------------------------------
def test_team_changes_what_was_opened_and_nothing_else(sent):
    ask(sent)

    write(sent, "logline", "Кыз түн жарымында суу бөлөт.")

    assert refusal(write, sent, "title", "Башка") == Refusal("not_to_correct")
    invited = {"email": "t@example.org", "name": "", "role": "producer", "may_submit": False, "by": sent.lead, "at": AT}
    assert refusal(team.invite, application=fresh(sent), **invited).code == "past_deadline"
    strands = {"strands": ["all"], "by": sent.lead, "at": AT}
    assert refusal(submission.choose_strands, application=fresh(sent), **strands).code == "past_deadline"


def test_page_sent_whole_keeps_what_may_be_corrected_and_leaves_the_rest(sent):
    ask(sent)
    logline, title = (make.question(sent.call, key) for key in ("logline", "title"))
    values = {logline.pk: Typed("Жаңы сап", 1), title.pk: Typed("Башка", 1)}

    draft.save_page(application=fresh(sent), values=values, by=sent.lead, at=AT)

    assert {one.question.key: one.value for one in sent.answers.filter(question__in=[logline, title])} == {
        "logline": "Жаңы сап", "title": "Суу бөлгүч",
    }  # fmt: skip


def test_sent_again_it_is_another_version_and_the_correction_has_ended(sent):
    made = ask(sent)
    write(sent, "logline", "Жаңы сап")

    submission.submit(application=fresh(sent), by=sent.lead, at=AT)

    made.refresh_from_db()
    sent.refresh_from_db()
    assert (sent.stage, sent.snapshots.count(), made.ended_as, made.ended_at) == ("submitted", 2, "sent", AT)
    assert refusal(write, sent, "logline", "Дагы").code == "past_deadline"


def test_time_runs_out_and_what_was_sent_before_stands(sent, now):
    made = ask(sent)
    write(sent, "logline", "Жаңы сап")
    assert (jobs.keep_at_close.call(), jobs.lapse_corrections.call()) == (0, 0)
    now.move_to(UNTIL)

    assert refusal(write, sent, "logline", "Кеч", at=UNTIL).code == "past_deadline"
    assert (jobs.lapse_corrections.call(), jobs.lapse_corrections.call()) == (1, 0)

    made.refresh_from_db()
    sent.refresh_from_db()
    assert (sent.stage, sent.snapshots.count(), made.ended_as) == ("submitted", 1, "lapsed")
    assert Letter.objects.filter(kind="correction_over").count() == 2


def test_lab_takes_its_request_back(sent):
    made = ask(sent)

    corrections.take_back(correction=made, by=staff(sent), at=AT)

    sent.refresh_from_db()
    made.refresh_from_db()
    assert (sent.stage, made.ended_as) == ("submitted", "taken_back")
    assert refusal(corrections.take_back, correction=made, by=staff(sent), at=AT).code == "correction_over"


def test_withdrawn_application_has_nothing_to_correct(sent):
    made = ask(sent)

    submission.withdraw(application=fresh(sent), reason="", by=sent.lead, at=AT)

    made.refresh_from_db()
    assert made.ended_as == "lapsed"


# --- Pages -----------------------------------------------------------------------------------------------------------
def test_office_asks_on_a_page(sent, client_as):
    edition = sent.call.edition
    page = reverse("applications:corrections", args=(edition.programme.slug, edition.slug, sent.code))
    visitor = client_as(staff(sent))
    given = {"questions": ["project.logline"], "message": "Кыскача.", "until": "2026-09-16T12:00"}

    half = visitor.post(page, given | {"until": "soon"})
    whole = visitor.post(page, given)

    assert (half.status_code, whole.status_code) == (422, 302)
    assert half.content.decode().count(" checked") == 1
    assert "The team is at it." in visitor.get(page).content.decode()
    back = reverse(
        "applications:take_correction_back",
        args=(edition.programme.slug, edition.slug, sent.code, Correction.objects.get().pk),
    )
    assert visitor.post(back)["Location"] == page


def test_team_sees_what_to_correct_and_only_that(sent, client_as):
    ask(sent)
    visitor = client_as(sent.lead)

    home = visitor.get(reverse("applications:edit", args=(sent.code,))).content.decode()
    section = visitor.get(reverse("applications:section", args=(sent.code, "project"))).content.decode()
    mine = visitor.get(reverse("desk:mine")).content.decode()

    logline, title = (f'name="q{make.question(sent.call, key).pk}"' for key in ("logline", "title"))
    assert "The lab asks for a correction" in home and "Бир сап кыскача болсун." in home
    assert (logline in section, title in section) == (True, False)
    assert "Correct it" in mine


def test_pages_of_a_correction_name_the_answers_and_the_time_that_count(sent, client_as):
    ask(sent)
    edition = sent.call.edition
    office = client_as(staff(sent)).get(
        reverse("applications:corrections", args=(edition.programme.slug, edition.slug, sent.code))
    )
    assert [one.labels for one in office.context["asked"]] == [["Logline"]]
    page = client_as(sent.lead).get(reverse("applications:edit", args=(sent.code,))).content.decode()
    assert page.count("Open until:") == 2
    assert "Last day:" not in page and "With it the correction ends." in page


def test_both_versions_are_compared_for_the_team_and_for_the_office(sent, client_as):
    ask(sent)
    write(sent, "logline", "Кыз түн жарымында суу бөлөт.")
    submission.submit(application=fresh(sent), by=sent.lead, at=AT)
    edition = sent.call.edition
    office = reverse("applications:office_changes", args=(edition.programme.slug, edition.slug, sent.code, 2))

    for who, page in ((sent.lead, reverse("applications:changes", args=(sent.code, 2))), (staff(sent), office)):
        shown = client_as(who).get(page).content.decode()
        told = re.sub(r'<span class="sr">(.*?)</span>', r"\1", shown)
        assert "<del> [struck out: түнкүсүн until here] </del><ins> [new: түн жарымында until here] </ins>" in told
        assert shown.count('class="stack gap-2 change"') == 1
    assert client_as(sent.lead).get(reverse("applications:changes", args=(sent.code, 1))).status_code == 404


def test_first_version_and_others_applications_have_nothing_to_compare(sent, client_as):
    edition = sent.call.edition
    office = reverse("applications:office_changes", args=(edition.programme.slug, edition.slug, sent.code, 2))

    assert client_as(staff(sent)).get(office).status_code == 404
    assert client_as(make.person("Farrukh")).get(office).status_code == 404
