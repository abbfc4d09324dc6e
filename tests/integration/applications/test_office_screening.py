"""Findings on the office's desk: confirmed, decided otherwise, told, answered, checked again; one by one or many."""

from datetime import timedelta

import pytest

from kinolab.applications.actions import screening, submission
from kinolab.applications.models import Application
from kinolab.calls.domain.eligibility import Outcome
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal
from tests.factories import applications as make
from tests.factories import labs
from tests.integration.applications import office

LATER = make.NOW + timedelta(hours=1)
MUCH_LATER = make.NOW + timedelta(hours=2)
NOT_PERMITTED = "not_permitted"


@pytest.fixture
def call():
    return office.call()


@pytest.fixture
def elsewhere(call):
    """An application from a country that the rule does not name; its running time is not stated."""
    return make.submitted_application(call, country="DE")


def letters(kind="finding"):
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


def sum_of(application):
    application.refresh_from_db()
    return application.checked, application.objection_waits


# --- What rules find -------------------------------------------------------------------------------------------------
def test_finding_of_a_fact_that_nobody_stated_is_unknown_never_no(call, elsewhere):
    assert office.finding(elsewhere).outcome == "no"
    assert (office.finding(elsewhere, "runtime").outcome, office.finding(elsewhere, "runtime").value_seen) == (
        "unknown", None,
    )  # fmt: skip


def test_application_with_an_unknown_waits_for_a_person(call):
    assert make.submitted_application(call).checked == "attention"
    assert make.submitted_application(call, make.person("Farrukh"), runtime=90).checked == "eligible"


def test_no_that_nobody_has_confirmed_is_not_yet_ineligible(elsewhere):
    assert elsewhere.checked == "attention"


# --- Confirm ---------------------------------------------------------------------------------------------------------
def test_confirming_a_no_makes_it_ineligible_tells_the_team_and_is_on_the_record(call):
    bakyt = office.coordinator(call)
    elsewhere = office.sent_by_two(call, country="DE")

    screening.confirm(finding=office.finding(elsewhere), tell=True, by=bakyt, at=LATER, reason=" Germany ")

    held = office.finding(elsewhere)
    assert (held.decided_by, held.decided_at, held.told_at, held.decision_reason, held.override) == (
        bakyt, LATER, LATER, "Germany", "",
    )  # fmt: skip
    assert sum_of(elsewhere) == ("ineligible", False)
    entry = Entry.objects.get(verb="confirmed")
    assert (entry.actor, entry.at, entry.before, entry.after) == (
        bakyt, LATER, {"country": "no"}, {"country": "no", "reason": "Germany"},
    )  # fmt: skip
    assert [(letter.to_email, letter.language) for letter in letters()] == [
        ("meerim@example.org", "en"),
        ("azamat@example.org", "ru"),
    ]


def test_letter_names_the_rule_the_reason_and_the_page_where_to_answer(call, elsewhere, settings):
    screening.confirm(
        finding=office.finding(elsewhere), tell=True, by=office.owner(call), at=LATER, reason="Produced in Germany."
    )

    body = letters()[0].body
    assert "It does not meet this one:\n\ncountry\n\nNo.\n\nProduced in Germany.\n" in body
    assert body.endswith(f"{settings.KINOLAB_URL}/en/my/applications/{elsewhere.code}/\n")


def test_confirming_without_telling_writes_to_nobody(call, elsewhere):
    screening.confirm(finding=office.finding(elsewhere), tell=False, by=office.owner(call), at=LATER)

    assert letters() == []
    assert office.finding(elsewhere).told_at is None


def test_confirming_a_yes_tells_nobody(call):
    application = make.submitted_application(call)

    screening.confirm(finding=office.finding(application), tell=True, by=office.owner(call), at=LATER)

    assert letters() == []


def test_team_is_told_of_a_no_once(call, elsewhere):
    aigul = office.owner(call)

    screening.confirm(finding=office.finding(elsewhere), tell=True, by=aigul, at=LATER)
    screening.confirm(finding=office.finding(elsewhere), tell=True, by=aigul, at=MUCH_LATER)

    assert len(letters()) == 1


# --- Decide otherwise ------------------------------------------------------------------------------------------------
def test_override_with_a_reason_wins_over_the_rule_and_is_on_the_record(call, elsewhere):
    aigul = office.owner(call)

    screening.override(
        finding=office.finding(elsewhere), outcome=Outcome.YES, reason="A co-production", tell=True, by=aigul, at=LATER
    )
    screening.override(
        finding=office.finding(elsewhere, "runtime"), outcome=Outcome.YES, reason="Told by phone", tell=True, by=aigul,
        at=LATER,
    )  # fmt: skip

    held = office.finding(elsewhere)
    assert (held.outcome, held.override, held.decision_reason) == ("no", "yes", "A co-production")
    assert sum_of(elsewhere) == ("eligible", False)
    entry = Entry.objects.filter(verb="overrode").order_by("pk")[0]
    assert (entry.actor, entry.before, entry.after) == (
        aigul, {"country": "no"}, {"country": "yes", "reason": "A co-production"},
    )  # fmt: skip
    assert letters() == []  # the team knew of nothing


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_override_without_a_reason_is_refused_and_changes_nothing(call, elsewhere, reason):
    with pytest.raises(Denied) as denied:
        screening.override(
            finding=office.finding(elsewhere), outcome=Outcome.YES, reason=reason, tell=True, by=office.owner(call),
            at=LATER,
        )  # fmt: skip

    assert denied.value.refusal == Refusal("reason_needed")
    assert office.finding(elsewhere).decided_at is None
    assert not Entry.objects.filter(verb="overrode").exists()


def test_coordinator_may_confirm_and_not_override(call, elsewhere):
    bakyt = office.coordinator(call)
    screening.confirm(finding=office.finding(elsewhere), tell=False, by=bakyt, at=LATER)

    with pytest.raises(Denied) as denied:
        screening.override(
            finding=office.finding(elsewhere), outcome=Outcome.YES, reason="Because", tell=False, by=bakyt, at=LATER
        )

    assert denied.value.refusal.code == NOT_PERMITTED


def test_coordinator_may_not_take_back_what_an_organiser_decided_otherwise(call, elsewhere):
    screening.override(
        finding=office.finding(elsewhere), outcome=Outcome.YES, reason="A co-production", tell=False,
        by=office.owner(call), at=LATER,
    )  # fmt: skip

    with pytest.raises(Denied) as denied:
        screening.confirm(finding=office.finding(elsewhere), tell=False, by=office.coordinator(call), at=MUCH_LATER)

    assert denied.value.refusal.code == NOT_PERMITTED
    assert office.finding(elsewhere).override == "yes"


def test_team_that_was_told_of_a_no_is_told_of_the_change(call, elsewhere):
    aigul = office.owner(call)
    screening.confirm(finding=office.finding(elsewhere), tell=True, by=aigul, at=LATER)

    screening.override(
        finding=office.finding(elsewhere), outcome=Outcome.YES, reason="We were wrong", tell=False, by=aigul,
        at=MUCH_LATER,
    )  # fmt: skip

    body = letters()[1].body
    assert "changed the decision: it meets this rule." in body
    assert "We were wrong" in body
    assert "Thank you for your answer" not in body


def test_team_that_was_told_of_a_no_hears_that_it_is_open_again(call, elsewhere):
    aigul = office.owner(call)
    screening.confirm(finding=office.finding(elsewhere), tell=True, by=aigul, at=LATER)

    screening.override(
        finding=office.finding(elsewhere), outcome=Outcome.UNKNOWN, reason="Asking", tell=False, by=aigul, at=MUCH_LATER
    )

    assert "It is not decided yet whether it meets this rule:" in letters()[1].body
    assert sum_of(elsewhere) == ("attention", False)


# --- The team's answer -----------------------------------------------------------------------------------------------
def told(call, application):
    screening.confirm(finding=office.finding(application), tell=True, by=office.owner(call), at=LATER)
    return office.finding(application)


def test_answer_of_the_team_waits_for_a_person_and_is_on_the_record(call, elsewhere):
    held = told(call, elsewhere)

    submission.object_to_finding(finding=held, objection=" We live in Osh. ", by=elsewhere.lead, at=MUCH_LATER)

    assert sum_of(elsewhere) == ("ineligible", True)
    assert office.finding(elsewhere).objection == "We live in Osh."
    entry = Entry.objects.get(verb="objected")
    assert (entry.actor, entry.after) == (elsewhere.lead, {"rule": "country", "objection": "We live in Osh."})


@pytest.mark.parametrize(
    "outcome, sentence, checked",
    [
        (Outcome.NO, "We read it, and the decision stays.", "ineligible"),
        (Outcome.YES, "We read it and changed the decision", "attention"),
    ],
)
def test_every_answer_of_a_team_is_answered(call, elsewhere, outcome, sentence, checked):
    held = told(call, elsewhere)
    submission.object_to_finding(finding=held, objection="We live in Osh.", by=elsewhere.lead, at=MUCH_LATER)
    decided = MUCH_LATER + timedelta(hours=1)
    given = {"tell": False, "by": labs.person("Aigul"), "at": decided}

    if outcome is Outcome.NO:
        screening.confirm(finding=office.finding(elsewhere), **given)
    else:
        screening.override(finding=office.finding(elsewhere), outcome=outcome, reason="They do", **given)

    assert sentence in letters()[1].body
    assert "answer on the page of your application" not in letters()[1].body  # one answer, one decision
    assert sum_of(elsewhere) == (checked, False)


@pytest.mark.parametrize("text, code", [(" ", "objection_empty"), ("Again", "already_objected")])
def test_answer_that_is_empty_or_the_second_is_refused(call, elsewhere, text, code):
    held = told(call, elsewhere)
    if code == "already_objected":
        submission.object_to_finding(finding=held, objection="Once", by=elsewhere.lead, at=MUCH_LATER)

    with pytest.raises(Denied) as denied:
        submission.object_to_finding(finding=held, objection=text, by=elsewhere.lead, at=MUCH_LATER)

    assert denied.value.refusal.code == code


def test_stranger_may_not_answer_and_nobody_answers_a_yes(call, elsewhere):
    held = told(call, elsewhere)
    with pytest.raises(Denied) as denied:
        submission.object_to_finding(finding=held, objection="Me too", by=make.person("Farrukh"), at=MUCH_LATER)
    assert denied.value.refusal == Refusal("not_in_team")

    screening.override(
        finding=held, outcome=Outcome.YES, reason="Yes", tell=False, by=labs.person("Aigul"), at=MUCH_LATER
    )
    with pytest.raises(Denied) as denied:
        submission.object_to_finding(
            finding=office.finding(elsewhere), objection="Thanks", by=elsewhere.lead, at=MUCH_LATER
        )
    assert denied.value.refusal == Refusal("nothing_to_object")


# --- Who and when ----------------------------------------------------------------------------------------------------
def _confirm(application, by):
    screening.confirm(finding=office.finding(application), tell=False, by=by, at=LATER)


def _override(application, by):
    screening.override(
        finding=office.finding(application), outcome=Outcome.YES, reason="x", tell=False, by=by, at=LATER
    )


def _check_again(application, by):
    screening.check_again(application=application, by=by, at=LATER)


ACTS = [_confirm, _override, _check_again]


@pytest.mark.parametrize("act", ACTS)
def test_those_without_the_permission_change_nothing(call, elsewhere, act):
    other = office.owner(make.call("teen-lab"))
    for who in (office.juror(call), other, elsewhere.lead, make.person("Farrukh")):
        with pytest.raises(Denied) as denied:
            act(elsewhere, who)
        assert denied.value.refusal.code == NOT_PERMITTED
    assert office.finding(elsewhere).decided_at is None


@pytest.mark.parametrize("act", ACTS)
def test_withdrawn_application_is_not_screened(call, elsewhere, act):
    submission.withdraw(application=elsewhere, reason="", by=elsewhere.lead, at=LATER)

    with pytest.raises(Denied) as denied:
        act(elsewhere, office.owner(call))

    assert denied.value.refusal == Refusal("not_sent_yet")


# --- Check again -----------------------------------------------------------------------------------------------------
def changed_rule(call, value):
    rule = call.rules.get(code="country")
    rule.definition["value"] = value
    rule.save()


def test_checking_again_judges_by_the_rules_as_they_stand(call, elsewhere):
    aigul = office.owner(call)
    changed_rule(call, ["DE"])

    screening.check_again(application=elsewhere, by=aigul, at=LATER)

    held = office.finding(elsewhere)
    assert (held.outcome, held.value_seen, held.found_at) == ("yes", "DE", LATER)
    entry = Entry.objects.get(verb="checked_again")
    assert (entry.actor, entry.before, entry.after) == (aigul, {"checked": "attention"}, {"checked": "attention"})


def test_checking_again_keeps_what_people_decided_otherwise(call, elsewhere):
    aigul = office.owner(call)
    screening.override(
        finding=office.finding(elsewhere), outcome=Outcome.YES, reason="A co-production", tell=False, by=aigul, at=LATER
    )

    screening.check_again(application=elsewhere, by=aigul, at=MUCH_LATER)

    assert (office.finding(elsewhere).outcome, office.finding(elsewhere).override) == ("no", "yes")


def test_confirmation_falls_once_the_rule_says_something_else(call, elsewhere):
    aigul = office.owner(call)
    held = told(call, elsewhere)
    submission.object_to_finding(finding=held, objection="We live in Osh.", by=elsewhere.lead, at=LATER)
    changed_rule(call, ["DE"])

    screening.check_again(application=elsewhere, by=aigul, at=MUCH_LATER)

    held = office.finding(elsewhere)
    assert (held.outcome, held.decided_at, held.decided_by, held.told_at, held.objected_at) == (
        "yes", None, None, None, None,
    )  # fmt: skip
    assert sum_of(elsewhere) == ("attention", False)  # the running time is not known yet


def test_checking_again_judges_what_was_sent_not_what_is_being_typed(call):
    application = make.submitted_application(call)
    submission.reopen(application=application, by=application.lead, at=LATER)
    make.answer(application, "country", "DE", at=LATER)

    screening.check_again(application=application, by=office.owner(call), at=MUCH_LATER)

    assert (office.finding(application).outcome, office.finding(application).value_seen) == ("yes", "KG")


def test_sending_anew_judges_the_new_text_and_asks_for_a_person_again(call, elsewhere):
    told(call, elsewhere)
    submission.reopen(application=elsewhere, by=elsewhere.lead, at=LATER)
    make.answer(elsewhere, "country", "KG", at=LATER)
    elsewhere.team_list = None

    submission.submit(application=elsewhere, by=elsewhere.lead, at=MUCH_LATER)

    assert (office.finding(elsewhere).outcome, office.finding(elsewhere).decided_at) == ("yes", None)
    assert sum_of(elsewhere) == ("attention", False)


def test_rule_about_the_team_sees_the_team_that_was_sent():
    call = make.call(rules=[{"code": "two", "scope": "team", "field": "size", "op": "gte", "value": 2}, office.COUNTRY])
    application = make.complete(call)
    make.member(application)
    application.team_list = None
    submission.submit(application=application, by=application.lead, at=make.NOW)

    screening.check_again(application=application, by=office.owner(call), at=LATER)

    assert (office.finding(application, "two").outcome, office.finding(application, "two").value_seen) == ("yes", 2)


# --- Many at once ----------------------------------------------------------------------------------------------------
def test_confirming_many_tells_the_teams_and_reports_those_left_out(call, elsewhere):
    bakyt = office.coordinator(call)
    good = make.submitted_application(call, make.person("Farrukh"), runtime=90)
    draft = make.complete(call, make.person("Dana"))

    report = screening.confirm_many(applications=[elsewhere, good, draft], tell=True, by=bakyt, at=LATER)

    assert (report.done, report.refused) == (2, {Refusal("not_sent_yet"): [draft]})
    assert list(Application.objects.order_by("pk").values_list("checked", flat=True)) == [
        "ineligible", "eligible", "unchecked",
    ]  # fmt: skip
    assert [letter.to_email for letter in letters()] == ["meerim@example.org"]
    assert [entry.after for entry in Entry.objects.filter(verb="confirmed").order_by("pk")] == [
        {"country": "no", "runtime": "unknown"},
        {"country": "yes", "runtime": "yes"},
    ]


def test_confirming_many_leaves_alone_what_is_decided_and_an_unknown_waits_on(call, elsewhere):
    aigul = office.owner(call)
    screening.override(
        finding=office.finding(elsewhere), outcome=Outcome.YES, reason="A co-production", tell=False, by=aigul, at=LATER
    )

    screening.confirm_many(applications=[elsewhere], tell=True, by=aigul, at=MUCH_LATER)

    assert office.finding(elsewhere).decided_at == LATER
    assert office.finding(elsewhere, "runtime").decided_at == MUCH_LATER
    assert sum_of(elsewhere) == ("attention", False)


def test_confirming_many_twice_writes_nothing_twice(call, elsewhere):
    aigul = office.owner(call)

    for at in (LATER, MUCH_LATER):
        screening.confirm_many(applications=[elsewhere], tell=True, by=aigul, at=at)

    assert len(letters()) == 1
    assert Entry.objects.filter(verb="confirmed").count() == 1


def test_confirming_many_without_the_permission_is_refused_for_each(call, elsewhere):
    report = screening.confirm_many(applications=[elsewhere], tell=True, by=office.juror(call), at=LATER)

    assert report.done == 0
    assert [refusal.code for refusal in report.refused] == [NOT_PERMITTED]
    assert office.finding(elsewhere).decided_at is None
