"""Sending: snapshot, number, findings, letters; and everything that may be in the way."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kinolab.applications import jobs
from kinolab.applications.actions import submission
from kinolab.applications.models import Application, Finding, Snapshot, TeamMember
from kinolab.applications.queries import snapshot
from kinolab.calls.events import CallExtended
from kinolab.calls.models import Strand
from kinolab.foundation import events
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied
from tests.factories import applications as make
from tests.kit import client_of

pytestmark = pytest.mark.django_db

LONG_ENOUGH = {"code": "long", "scope": "project", "field": "runtime", "op": "gte", "value": 60}
FROM_KG = {
    "code": "from",
    "scope": "project",
    "field": "country",
    "op": "in",
    "value": ["KZ"],
    "severity": "block_submit",
}
GROWN_UP = {
    "code": "age",
    "scope": "person",
    "field": "birth_date",
    "op": "age_between_on",
    "value": [18, 99],
    "reference_date": "call_close",
}


def send(application, by=None, at=make.NOW):
    return submission.submit(application=application, by=by or application.lead, at=at)


def refused(action, **arguments):
    with pytest.raises(Denied) as denied:
        action(**arguments)
    return denied.value.refusal.code


def url(name, application, *arguments):
    return reverse(f"applications:{name}", args=(application.code, *arguments))


# --- What sending does -----------------------------------------------------------------------------------------------
def test_sending_gives_number_snapshot_record_and_letters_in_each_ones_language():
    application = make.complete()
    make.member(application)  # Azamat reads Russian, in Almaty
    sent = send(application)
    application.refresh_from_db()
    assert (application.stage, application.number, application.submitted_by) == ("submitted", 1, application.lead)
    assert (sent.version, sent.sha256) == (1, snapshot.digest(sent.content))
    entry = Entry.objects.get(verb="submitted")
    assert (entry.before, entry.after["number"], entry.after["sha256"]) == ({"stage": "draft"}, 1, sent.sha256)
    letters = {one.to_email: one for one in Letter.objects.filter(kind="receipt")}
    assert {email: one.language for email, one in letters.items()} == {
        "meerim@example.org": "en",
        "azamat@example.org": "ru",
    }
    english, russian = letters["meerim@example.org"].body, letters["azamat@example.org"].body
    assert "1 September 2026, 12:00 (Bishkek, UTC+6)" in english and "06:00 (UTC)" in english
    assert "11:00 (" in russian and "UTC+5" in russian  # Almaty
    assert "/en/my/applications/" in english and "/ru/my/applications/" in russian
    assert "Кыз түнкүсүн суу бөлөт." in english and sent.sha256 in russian


def test_numbers_follow_one_another_in_each_call():
    call, other = make.call(), make.call("teen-lab")
    for of, name in ((call, "Meerim"), (call, "Azamat"), (other, "Farrukh")):
        make.submitted_application(of, make.person(name))
    assert list(call.applications.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert other.applications.get().number == 1


def test_snapshot_holds_labels_answers_team_form_privacy_and_time():
    content = make.submitted_application().snapshots.get().content
    assert (content["number"], content["version"], content["title"]) == (1, 1, "Суу бөлгүч")
    assert content["taken_at"] == make.NOW.isoformat()
    assert content["privacy"] == {"en": "We keep your data in Bishkek."}
    assert content["form"]["frozen_at"] == make.OPENS.isoformat()
    stage = content["sections"][0]["questions"][3]
    assert (stage["value"], stage["choices"][0]["label"]["ru"]) == ("edit", "Монтаж")
    assert [one["name"] for one in content["team"]] == ["Meerim"]
    assert content["sections"][0]["questions"][1]["counts"] == {"words": 4}


def test_later_edits_do_not_touch_what_was_sent():
    application = make.submitted_application()
    before = application.snapshots.get().content
    submission.reopen(application=application, by=application.lead, at=make.NOW)
    application.refresh_from_db()
    make.answer(application, "title", "Башка ат")
    assert application.snapshots.get().content == before


# --- What is in the way ----------------------------------------------------------------------------------------------
def test_incomplete_application_is_not_sent_and_says_where():
    application = make.application(title="Суу")
    page = client_of(application.lead).post(url("submit", application))
    text = page.content.decode()
    logline = make.question(application.call, "logline")
    assert page.status_code == 422
    assert f"{url('section', application, 'project')}#q{logline.pk}" in text
    assert '<details class="more small" open>' in text  # the refusal speaks of the list, however long it is
    assert Snapshot.objects.count() == Letter.objects.count() == 0


def test_too_long_an_answer_stands_in_the_way():
    application = make.complete(logline="сөз " * 51)
    assert refused(send, application=application) == "incomplete"


def test_lead_without_a_role_stands_in_the_way():
    application = make.complete()
    TeamMember.objects.update(role="")
    assert refused(send, application=application) == "incomplete"


def test_blocking_rule_stands_in_the_way_and_is_shown_before():
    application = make.complete(make.call(rules=[FROM_KG]))
    home = client_of(application.lead).get(url("edit", application)).content.decode()
    assert "The application cannot be sent like this." in home
    assert refused(send, application=application) == "rule_blocks"
    make.answer(application, "country", "KZ")
    send(application)
    assert Finding.objects.get().outcome == "yes"


def test_rules_for_the_office_are_found_and_never_block():
    application = make.complete(make.call(rules=[LONG_ENOUGH, GROWN_UP]), runtime="52")
    send(application)
    application.refresh_from_db()
    found = {one.rule.code: (one.outcome, one.value_seen) for one in Finding.objects.select_related("rule")}
    assert found == {"long": ("no", 52.0), "age": ("unknown", None)}
    assert application.checked == "attention"  # a person says the no


def test_unknown_is_never_no():
    application = make.complete(make.call(rules=[GROWN_UP | {"severity": "block_submit"}]))
    send(application)
    application.refresh_from_db()
    assert (Finding.objects.get().outcome, application.checked) == ("unknown", "attention")


@pytest.mark.parametrize(
    "moment, outcome",
    [
        (make.CLOSES - timedelta(seconds=1), ""),
        (make.CLOSES, ""),
        (make.CLOSES + timedelta(minutes=1), ""),  # grace
        (make.CLOSES + timedelta(minutes=6) - timedelta(seconds=1), ""),
        (make.CLOSES + timedelta(minutes=6), "past_deadline"),
        (make.CLOSES + timedelta(minutes=6, seconds=1), "past_deadline"),
    ],
)
def test_sending_around_the_close(moment, outcome):
    application = make.complete(make.call(grace_minutes=5))
    if outcome:
        assert refused(send, application=application, at=moment) == outcome
        assert Snapshot.objects.count() == 0
    else:
        assert send(application, at=moment).version == 1


def test_grace_is_for_drafts_begun_before_the_close():
    late = make.CLOSES + timedelta(minutes=2)
    application = make.complete(make.call(grace_minutes=5))
    Application.objects.update(created_at=late)
    application.refresh_from_db()
    assert refused(send, application=application, at=late) == "past_deadline"


def test_sending_after_the_close_says_when_it_closed(now):
    application = make.complete()
    now.move_to(make.CLOSES + timedelta(hours=1), tick=False)
    page = client_of(application.lead).post(url("submit", application))
    assert page.status_code == 422
    assert "This call has closed. It closed: 11 September 2026, 12:00 (Bishkek, UTC+6)." in page.content.decode()


# --- Who -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who, may", [("lead", True), ("co-author who may", True), ("co-author", False)])
def test_draft_to_sent_for_every_way_in(who, may):
    application = make.application()
    person = application.lead
    if who != "lead":
        make.member(application, may_submit=who.endswith("may"))
        person = make.person("Azamat")
    for key, value in make.GOOD.items():
        make.answer(application, key, value, by=person)
    visitor = client_of(person)
    answer = visitor.post(url("submit", application))
    application.refresh_from_db()
    assert answer.status_code == (302 if may else 422)
    assert application.stage == ("submitted" if may else "draft")
    if may:
        assert visitor.get(answer["Location"]).status_code == 200
        assert Letter.objects.filter(kind="receipt").count() == (1 if who == "lead" else 2)
    else:
        assert "The application is sent by Meerim." in answer.content.decode()


def test_sending_twice_leads_to_the_same_receipt():
    application = make.complete()
    visitor = client_of(application.lead)
    first, second = (visitor.post(url("submit", application))["Location"] for _ in range(2))
    assert first == second == url("snapshot", application, 1)
    assert (Snapshot.objects.count(), Letter.objects.count()) == (1, 1)


def test_second_of_two_at_once_finds_it_sent():
    application = make.complete()
    stale = Application.objects.select_related("call__edition__programme__organisation", "call__form").get()
    send(application)
    assert refused(send, application=stale) == "already_sent"
    assert Snapshot.objects.count() == 1


# --- Again -----------------------------------------------------------------------------------------------------------
def test_reopened_and_sent_again_keeps_number_and_both_versions():
    application = make.submitted_application()
    visitor = client_of(application.lead)
    visitor.post(url("reopen", application))
    application.refresh_from_db()
    assert application.stage == "reopened"
    make.answer(application, "title", "Суу бөлгүч кыз")
    later = make.NOW + timedelta(hours=2)
    send(application, at=later)
    application.refresh_from_db()
    assert (application.number, application.stage, application.submitted_at) == (1, "submitted", later)
    assert [one.content["title"] for one in application.snapshots.all()] == ["Суу бөлгүч", "Суу бөлгүч кыз"]
    assert Letter.objects.filter(kind="receipt").count() == 2


def test_nothing_is_unsent_by_the_close(now):
    application = make.submitted_application()
    submission.reopen(application=application, by=application.lead, at=make.NOW)
    now.move_to(make.CLOSES + timedelta(seconds=30), tick=False)
    jobs.keep_at_close.call()
    application.refresh_from_db()
    assert application.stage == "reopened"  # still the closing minute
    now.move_to(make.CLOSES + timedelta(minutes=2), tick=False)
    assert jobs.keep_at_close.call() == 1
    assert jobs.keep_at_close.call() == 0
    application.refresh_from_db()
    assert (application.stage, application.snapshots.count()) == ("submitted", 1)
    assert Letter.objects.filter(kind="kept").count() == 1
    assert Entry.objects.get(verb="kept_at_close").actor is None


def test_after_the_close_nothing_is_opened_again():
    application = make.submitted_application()
    late = make.CLOSES + timedelta(minutes=2)
    assert refused(submission.reopen, application=application, by=application.lead, at=late) == "past_deadline"


def test_a_persons_override_survives_sending_again():
    application = make.submitted_application(make.call(rules=[LONG_ENOUGH]), runtime="52")
    bakyt = make.person("Bakyt")
    Finding.objects.update(override="yes", decided_at=make.NOW, decided_by=bakyt, decision_reason="Agreed by phone")
    submission.reopen(application=application, by=application.lead, at=make.NOW)
    application.refresh_from_db()
    send(application)
    application.refresh_from_db()
    assert (Finding.objects.get().override, Finding.objects.get().outcome, application.checked) == (
        "yes",
        "no",
        "eligible",
    )


# --- Withdrawing -----------------------------------------------------------------------------------------------------
def test_withdrawing_tells_the_team_and_keeps_the_reason():
    application = make.submitted_application()
    visitor = client_of(application.lead)
    visitor.post(url("withdraw", application), {"reason": "Акча жок"})
    application.refresh_from_db()
    assert (application.stage, application.withdrawn_by) == ("withdrawn", application.lead)
    assert Entry.objects.get(verb="withdrew").after == {"stage": "withdrawn", "reason": "Акча жок"}
    assert Letter.objects.filter(kind="withdrawn").count() == 1
    assert visitor.get(url("edit", application)).status_code == 200


def test_withdrawn_comes_back_as_a_draft_before_the_close_only():
    application = make.submitted_application()
    submission.withdraw(application=application, reason="", by=application.lead, at=make.NOW)
    application.refresh_from_db()
    late = make.CLOSES + timedelta(hours=1)
    assert refused(submission.restore, application=application, by=application.lead, at=late) == "past_deadline"
    submission.restore(application=application, by=application.lead, at=make.NOW)
    application.refresh_from_db()
    assert (application.stage, application.withdrawn_at, application.number) == ("draft", None, 1)
    assert send(application).version == 2


@pytest.mark.parametrize(
    "page, data, sentence",
    [
        ("reopen", {}, "This application has not been sent."),
        ("restore", {}, "This application is not withdrawn."),
        ("withdraw", {"reason": "x" * 2001}, "The reason is too long"),
        ("strands", {"strands": ["nowhere"]}, "Choose at least one strand."),
        ("strands", {}, "Choose at least one strand."),
    ],
)
def test_step_that_is_not_possible_comes_back_to_the_application_with_a_sentence(page, data, sentence):
    application = make.complete()

    answer = client_of(application.lead).post(url(page, application), data)

    application.refresh_from_db()
    assert (answer.status_code, application.stage) == (422, "draft")
    assert sentence in answer.content.decode()


@pytest.mark.slow
def test_steps_are_taken_from_the_pages_one_after_another():
    application = make.submitted_application()
    visitor = client_of(application.lead)
    stages = []
    for page in ("withdraw", "restore", "submit", "reopen"):
        assert visitor.post(url(page, application)).status_code == 302
        application.refresh_from_db()
        stages.append(application.stage)

    assert stages == ["withdrawn", "draft", "submitted", "reopened"]
    assert visitor.post(url("withdraw", application)).status_code == 302
    assert visitor.post(url("withdraw", application)).status_code == 422


def test_strands_are_chosen_from_those_of_the_call():
    application = make.complete()
    Strand.objects.create(call=application.call, order=2, slug="shorts", name={"en": "Shorts"})
    visitor = client_of(application.lead)

    assert visitor.post(url("strands", application), {"strands": ["shorts"]}).status_code == 302
    assert visitor.post(url("strands", application), {"strands": ["shorts", "nowhere"]}).status_code == 422

    assert list(application.candidacies.values_list("strand__slug", flat=True)) == ["shorts"]


def test_what_was_sent_leaves_as_exactly_the_bytes_of_the_receipt():
    application = make.submitted_application()

    answer = client_of(application.lead).get(url("snapshot_json", application, 1))

    assert hashlib.sha256(answer.content).hexdigest() == application.snapshots.get().sha256
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/json", f'attachment; filename="{application.code}-1.json"',
    )  # fmt: skip
    assert client_of(application.lead).get(url("snapshot_json", application, 2)).status_code == 404


# --- Answering the check ---------------------------------------------------------------------------------------------
def test_team_answers_a_rule_once_and_only_when_told():
    application = make.submitted_application(make.call(rules=[LONG_ENOUGH]), runtime="52")
    finding = Finding.objects.get()
    visitor = client_of(application.lead)
    where = url("answer_finding", application, finding.pk)
    assert visitor.post(where, {"objection": "Бул 62 мүнөт."}).status_code == 404
    assert "A question from the check" not in visitor.get(url("edit", application)).content.decode()
    Finding.objects.update(told_at=make.NOW)
    assert "A question from the check" in visitor.get(url("edit", application)).content.decode()
    assert visitor.post(where, {"objection": "  "}).status_code == 422
    assert visitor.post(where, {"objection": "Бул 62 мүнөт."}).status_code == 302
    finding.refresh_from_db()
    application.refresh_from_db()
    assert (finding.objection, finding.objected_by, application.objection_waits) == (
        "Бул 62 мүнөт.",
        application.lead,
        True,
    )
    assert visitor.post(where, {"objection": "Дагы"}).status_code == 422


# --- Reminders -------------------------------------------------------------------------------------------------------
def test_unfinished_drafts_are_reminded_once_for_each_moment(now):
    draft = make.application(title="Суу", at=make.OPENS)
    make.member(draft, at=make.OPENS)
    make.submitted_application(draft.call, make.person("Farrukh"), at=make.OPENS)
    now.move_to(make.CLOSES - timedelta(days=3, minutes=-1), tick=False)
    assert jobs.remind_drafts.call() == 2
    assert jobs.remind_drafts.call() == 0
    now.move_to(make.CLOSES - timedelta(hours=23), tick=False)
    assert jobs.remind_drafts.call() == 2
    subjects = sorted(Letter.objects.filter(kind="reminder", language="en").values_list("subject", flat=True))
    assert subjects == ["Impact Lab 2026: one day left", "Impact Lab 2026: three days left"]


def test_draft_begun_after_the_moment_is_not_reminded_of_it(now):
    at = make.CLOSES - timedelta(days=2)
    make.application(title="Суу", at=at)
    now.move_to(at + timedelta(minutes=5), tick=False)
    assert jobs.remind_drafts.call() == 0


def test_extended_call_is_told_to_drafts_once():
    """The answer is `submission.on_extended`, wired in the switchboard."""
    draft = make.application(title="Суу")
    call = draft.call
    call.extended_from, call.closes_at = call.closes_at, call.closes_at + timedelta(hours=48)
    call.save()
    for _ in range(2):
        events.publish(CallExtended(call=call.pk, at=make.NOW))
    letter = Letter.objects.get(kind="extended")
    assert "13 September 2026, 12:00 (Bishkek, UTC+6)" in letter.body and "11 September 2026" in letter.body
    draft.refresh_from_db()
    assert draft.stage == "draft"


# --- Cost ------------------------------------------------------------------------------------------------------------
def test_open_save_and_send_cost_few_statements():
    application = make.complete(make.call(rules=[LONG_ENOUGH, GROWN_UP]))
    visitor, title = client_of(application.lead), make.question(application.call, "title")
    visitor.get(url("edit", application))
    with CaptureQueriesContext(connection) as seen:
        visitor.get(url("section", application, "project"))
        visitor.post(url("save", application), {"field": f"q{title.pk}", "value": "Жаңы ат", "version": 1})
        visitor.post(url("submit", application))
    sent = [one["sql"] for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(sent) <= 40, f"{len(sent)}\n" + "\n".join(sent)


def test_form_costs_the_same_with_more_answers_and_people():
    application = make.application()
    visitor = client_of(application.lead)
    costs = []
    for step in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert visitor.get(url("section", application, "project")).status_code == 200
        costs.append(len(seen))
        if step == 0:
            for key, value in make.GOOD.items():
                make.answer(application, key, value)
            make.member(application)
            make.member(application, make.person("Timur"))
    assert costs[0] == costs[1]
