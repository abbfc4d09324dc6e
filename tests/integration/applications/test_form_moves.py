"""A form is corrected while drafts exist: answers move by code, nothing typed is lost, what was sent stays as it was."""

from typing import Any

import pytest
from django.urls import reverse

from kinolab.applications.actions import moving, submission
from kinolab.applications.models import Answer, Application, FormMove
from kinolab.applications.queries.dossier import dossier, field_name
from kinolab.applications.queries.moved import left_behind
from kinolab.applications.queries.sent import sent_dossier
from kinolab.calls.actions import asking, correcting
from kinolab.calls.events import FormCorrected
from kinolab.calls.models import Call
from kinolab.foundation.questions.models import Form, Question
from kinolab.foundation.refusals import Denied, Refusal
from tests.factories import applications as make
from tests.factories import labs
from tests.factories.applications import NOW
from tests.kit import client_of


@pytest.fixture
def call() -> Call:
    return make.call()


@pytest.fixture
def owner(call: Call) -> Any:
    aigul = labs.person("Aigul")
    labs.membership(aigul, organisation=call.edition.programme.organisation)
    return aigul


def asked(form: Form, key: str) -> Question:
    return Question.objects.select_related("section__form").get(section__form=form, key=key)


def begin(call: Call, owner: Any) -> Form:
    return correcting.begin(call=call, by=owner, at=NOW)


def change(call: Call, form: Form, key: str, owner: Any, **values: Any) -> None:
    one = asked(form, key)
    now = {name: getattr(one, name) for name in ("key", "label", "help", "kind", "limits", "choices", "details")}
    asking.change_question(call=call, question=one, values={**now, **values}, by=owner, at=NOW)


def drop(call: Call, form: Form, key: str, owner: Any) -> None:
    asking.delete_question(call=call, question=asked(form, key), by=owner, at=NOW)


def into_force(call: Call, owner: Any) -> None:
    correcting.put_into_force(call=call, by=owner, at=NOW)
    call.refresh_from_db()


def answered(application: Application) -> dict[str, object]:
    application.call.refresh_from_db()
    application.team_list = None
    whole = dossier(application)
    return {one.key: whole.value(one) for one in whole.questions if whole.value(one) is not None}


def test_drafts_move_by_code_and_keep_an_account(call: Call, owner: Any) -> None:
    application = make.complete(call, themes=["nature"], runtime="72", budget={"amount": "5", "currency": "USD"})
    before = {one.pk for one in dossier(application).questions}
    coming = begin(call, owner)
    change(call, coming, "logline", owner, limits=[{"unit": "words", "maximum": 30}])
    change(call, coming, "runtime", owner, kind="text", limits=[])
    drop(call, coming, "themes", owner)
    asking.add_question(
        call=call, section=asked(coming, "title").section, by=owner, at=NOW,
        values={"key": "diet", "kind": "text", "label": {"en": "Diet"}, "required": False},
    )  # fmt: skip
    into_force(call, owner)

    assert answered(application) == {
        **make.GOOD,
        "agreed": answered(application)["agreed"],
        "budget": {"amount": "5", "currency": "USD"},
    }
    assert {one.pk for one in dossier(application).questions}.isdisjoint(before)
    move = FormMove.objects.get(application=application)
    assert move.account == {
        "changes": [
            {"key": "logline", "change": "changed", "parts": ["limits"]},
            {"key": "diet", "change": "added", "parts": []},
            {"key": "runtime", "change": "other_kind", "parts": []},
            {"key": "themes", "change": "removed", "parts": []},
        ],
        "stayed": ["runtime", "themes"],
    }
    left = left_behind(application, dossier(application).numbers)
    assert [(str(one.label), list(one.lines)) for one in left] == [("Runtime", ["72"]), ("Themes", ["Nature"])]
    page = client_of(application.lead).get(reverse("applications:edit", args=[application.code])).content.decode()
    assert "Not asked any more: Themes" in page
    assert "Nature" in page


def test_meter_of_moved_drafts_is_worked_out_by_the_clock(call: Call, owner: Any) -> None:
    application = make.complete(call)
    assert application.filled == application.asked
    coming = begin(call, owner)
    change(call, coming, "runtime", owner, required=True)
    into_force(call, owner)

    assert [moving.count_moved(at=NOW), moving.count_moved(at=NOW)] == [1, 0]
    application.refresh_from_db()
    assert application.asked - application.filled == 1


def test_consent_whose_text_is_corrected_is_asked_again(call: Call, owner: Any) -> None:
    application = make.complete(call)
    older = make.complete(call, make.person("Older"))
    Answer.objects.filter(application=older, question__key="agreed").update(value=True)  # as it was kept before
    coming = begin(call, owner)
    change(call, coming, "agreed", owner, label={"en": "We agree to more"})
    assert asked(coming, "agreed").details == {"version": 2}
    into_force(call, owner)

    for one in (application, older):
        one.team_list = None
        one.call = call
        assert [lack.refusal for lack in dossier(one).missing] == [Refusal("consent_changed", {"version": 2})]
    make.answer(application, "agreed", True)
    assert dossier(application).missing == []
    assert answered(application)["agreed"]["version"] == 2


def test_consent_whose_text_stays_is_not_asked_again(call: Call, owner: Any) -> None:
    application = make.complete(call)
    coming = begin(call, owner)
    change(call, coming, "agreed", owner)
    drop(call, coming, "themes", owner)
    into_force(call, owner)

    application.call = call
    assert [asked(coming, "agreed").details, dossier(application).missing] == [{}, []]


def test_what_was_sent_stays_as_it_was_and_moves_when_it_is_taken_up_again(call: Call, owner: Any) -> None:
    application = make.submitted_application(call, runtime="72")
    snapshot = application.snapshots.get().content
    coming = begin(call, owner)
    drop(call, coming, "runtime", owner)
    into_force(call, owner)

    application.call = call
    assert application.snapshots.get().content == snapshot
    assert {one.key for one in sent_dossier(application).questions} >= {"runtime", "title"}
    assert not FormMove.objects.exists()
    submission.reopen(application=application, by=application.lead, at=NOW)
    application.refresh_from_db()
    assert answered(application)["title"] == make.GOOD["title"]
    assert FormMove.objects.get(application=application).account["stayed"] == ["runtime"]


def test_who_types_on_an_old_page_loses_nothing(call: Call, owner: Any) -> None:
    application = make.application(call, title="Суу", runtime="72")
    old = {key: make.question(call, key) for key in ("title", "runtime", "themes")}
    coming = begin(call, owner)
    drop(call, coming, "runtime", owner)
    into_force(call, owner)
    visitor = client_of(application.lead)

    def save(key: str, value: str, version: int) -> Any:
        sent = {"field": field_name(old[key]), "value": value, "version": version}
        return visitor.post(
            reverse("applications:save", args=[application.code]), sent, headers={"Accept": "application/json"}
        )

    for key, value in (("title", "Суу бөлгүч"), ("runtime", "80")):
        told = save(key, value, 1)
        assert (told.status_code, told.json()["field"], told.json()["version"]) == (200, field_name(old[key]), 2)
        assert "has been corrected while this page was open" in told.json()["meter"]
    assert answered(application) == {"title": "Суу бөлгүч"}
    assert [list(one.lines) for one in left_behind(application, dossier(application).numbers)] == [["80"]]


def test_old_page_sent_as_a_whole_goes_where_its_questions_are(call: Call, owner: Any) -> None:
    application = make.application(call, title="Суу")
    old = {key: make.question(call, key) for key in ("runtime", "language")}
    sent = {}
    for key, value in (("runtime", "80"), ("language", "ky")):
        name = field_name(old[key])
        sent |= {name: value, f"{name}-version": "0", f"{name}-shown": "1"}
    coming = begin(call, owner)
    drop(call, coming, "runtime", owner)
    into_force(call, owner)

    page = client_of(application.lead).post(reverse("applications:section", args=[application.code, "more"]), sent)

    assert (page.status_code, answered(application)) == (302, {"title": "Суу", "language": "ky"})
    assert [list(one.lines) for one in left_behind(application, dossier(application).numbers)] == [["80"]]


def test_question_of_another_call_is_nowhere(call: Call) -> None:
    application = make.application(call)
    other = make.question(make.call("other"), "title")
    sent = {"field": field_name(other), "value": "x", "version": 0}
    page = client_of(application.lead).post(reverse("applications:save", args=[application.code]), sent)

    assert page.status_code == 404


def test_answer_that_was_on_its_way_follows_at_the_next_turn_and_overwrites_nothing(call: Call, owner: Any) -> None:
    application, second = make.application(call), make.application(call, make.person("Second"), title="Жаңы")
    old = {one: make.question(call, "title") for one in (application, second)}
    coming = begin(call, owner)
    drop(call, coming, "runtime", owner)
    into_force(call, owner)
    for one in (application, second):
        Answer.objects.create(application=one, question=old[one], value="Эски", changed_at=NOW)

    moving.count_moved(at=NOW)

    assert [answered(application), answered(second)] == [{"title": "Эски"}, {"title": "Жаңы"}]
    assert [list(one.lines) for one in left_behind(second, dossier(second).numbers)] == [["Эски"]]


# --- Refusals --------------------------------------------------------------------------------------------------------
def refused(act: Any, **given: Any) -> Refusal:
    with pytest.raises(Denied) as denied:
        act(at=NOW, **given)
    return denied.value.refusal


def test_correction_is_refused_to_others_twice_and_empty(call: Call, owner: Any) -> None:
    stranger = make.person("Stranger")
    for act in (correcting.begin, correcting.drop, correcting.put_into_force):
        assert refused(act, call=call, by=stranger).code == "not_permitted"
    assert refused(correcting.drop, call=call, by=owner) == Refusal("no_correction")
    assert refused(correcting.put_into_force, call=call, by=owner) == Refusal("no_correction")
    begin(call, owner)
    assert refused(correcting.begin, call=call, by=owner) == Refusal("correcting_already")
    assert refused(correcting.put_into_force, call=call, by=owner) == Refusal("nothing_corrected")
    correcting.drop(call=call, by=owner, at=NOW)
    assert Form.objects.filter(replaces=call.form).count() == 0


def test_correction_that_leaves_a_rule_without_its_answer_is_refused(owner: Any, call: Call) -> None:
    make.Rule.objects.create(
        call=call, order=1, code="stage", sentence={"en": "Stage"},
        definition={"code": "stage", "scope": "project", "field": "stage", "op": "in", "value": ["edit"]},
    )  # fmt: skip
    coming = begin(call, owner)

    needed = Refusal("rule_needs_fact", {"fact": "project.stage", "rules": ("stage",)})
    assert refused(asking.delete_question, call=call, question=asked(coming, "stage"), by=owner) == needed
    Question.objects.filter(pk=asked(coming, "stage").pk).delete()
    assert refused(correcting.put_into_force, call=call, by=owner) == needed


def test_form_in_force_stays_frozen_while_it_is_corrected(call: Call, owner: Any) -> None:
    begin(call, owner)

    frozen = refused(asking.delete_question, call=call, question=asked(call.form, "title"), by=owner)
    assert frozen == Refusal("form_frozen")


def test_move_told_twice_moves_once(call: Call, owner: Any) -> None:
    application = make.complete(call)
    before = call.form
    coming = begin(call, owner)
    drop(call, coming, "themes", owner)
    into_force(call, owner)

    moving.on_form_corrected(FormCorrected(call.pk, before.pk, coming.pk, NOW))

    assert FormMove.objects.filter(application=application).count() == 1
    assert answered(application)["title"] == make.GOOD["title"]
