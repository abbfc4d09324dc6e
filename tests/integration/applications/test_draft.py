"""Beginning a draft and writing answers: nothing is lost, nothing is overwritten, nothing is doubled."""

from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import translation

from kinolab.applications.actions import draft, submission
from kinolab.applications.domain import entries
from kinolab.applications.models import Answer, Application, TeamMember
from kinolab.applications.queries import form as pages
from kinolab.applications.queries.dossier import spec_of
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied
from tests.factories import applications as make
from tests.kit import client_of

pytestmark = pytest.mark.django_db
JSON = {"headers": {"Accept": "application/json"}}


def start_url(call):
    return reverse("applications:start", args=(call.edition.programme.slug, call.edition.slug))


def save(client, application, key, value, version=0):
    question = make.question(application.call, key)
    url = reverse("applications:save", args=(application.code,))
    return client.post(url, {"field": f"q{question.pk}", "value": value, "version": version}, **JSON)


# --- Beginning -------------------------------------------------------------------------------------------------------
def test_draft_begun_twice_from_one_page_is_one_draft():
    call, meerim = make.call(), make.person()
    visitor = client_of(meerim)
    first = visitor.post(start_url(call), {"key": "abcdefgh"})
    second = visitor.post(start_url(call), {"key": "abcdefgh"})
    assert first["Location"] == second["Location"]
    assert Application.objects.count() == 1


def test_two_pages_begin_two_drafts():
    call, meerim = make.call(), make.person()
    for key in ("abcdefgh", "ijklmnop"):
        client_of(meerim).post(start_url(call), {"key": key})
    assert Application.objects.count() == 2


def test_draft_without_a_script_keeps_what_was_typed():
    call, meerim = make.call(), make.person()
    title = make.question(call, "title")
    name = f"q{title.pk}"
    client_of(meerim).post(
        start_url(call), {"key": "abcdefgh", name: "Суу", f"{name}-version": "0", f"{name}-shown": "1"}
    )
    application = Application.objects.get()
    assert (application.title, application.lead, application.stage) == ("Суу", meerim, "draft")
    lead = TeamMember.objects.get()
    assert (lead.person, lead.is_lead, lead.state, lead.may_submit) == (meerim, True, "joined", True)
    assert Entry.objects.filter(verb="began").count() == 1


def test_countries_of_the_labs_are_the_first_of_all():
    with translation.override("ky"):
        named = [name for _code, name in pages.countries()]
    assert named[:7] == ["Казакстан", "Кыргызстан", "Өзбекстан", "Тажикстан", "Түркмөнстан", "Австралия", "Австрия"]
    assert len(set(named)) == len(named)


def test_visitor_writes_first_and_signs_in_after_in_any_tab_of_the_browser():
    call, meerim = make.call(), make.person()
    name = f"q{make.question(call, 'title').pk}"
    visitor = client_of()
    answer = visitor.post(start_url(call), {"key": "abcdefgh", name: "Суу", "q0": "not asked"})
    assert answer["Location"] == f"{reverse('people:sign_in')}?next={start_url(call).replace('/', '%2F')}"
    assert Application.objects.count() == 0
    visitor.force_login(meerim)
    page = visitor.get(start_url(call)).context
    assert (page["key"], page["brought"], page["fields"][0].texts) == ("abcdefgh", True, ["Суу"])
    visitor.post(start_url(call), {"key": page["key"], name: "Суу"})
    page = visitor.get(start_url(call)).context
    assert (page["key"] == "abcdefgh", page["brought"], page["fields"][0].texts) == (False, False, [""])


@pytest.mark.parametrize(
    "typed, later", [("Суу", timedelta(hours=3)), ("Суу" * 9000, timedelta(0)), (" ", timedelta(0))]
)
def test_what_a_visitor_typed_is_held_for_a_while_as_far_as_it_is_short(now, typed, later):
    call, visitor = make.call(), client_of()
    visitor.post(start_url(call), {"key": "abcdefgh", f"q{make.question(call, 'title').pk}": typed})
    now.move_to(make.NOW + later, tick=False)
    visitor.force_login(make.person())
    assert visitor.get(start_url(call)).context["brought"] is False


@pytest.mark.parametrize("shift, status", [(-timedelta(days=30), 422), (timedelta(days=30), 422)])
def test_draft_outside_the_window_is_refused_with_a_sentence(now, shift, status):
    call, meerim = make.call(), make.person()
    now.move_to(make.NOW + shift, tick=False)
    answer = client_of(meerim).post(start_url(call), {"key": "abcdefgh"})
    assert answer.status_code == status
    assert Application.objects.count() == 0


def test_unpublished_call_is_not_there():
    call = make.call(published_at=None)
    assert client_of(make.person()).get(start_url(call)).status_code == 404


def test_too_many_drafts_are_refused():
    call, meerim = make.call(), make.person()
    with mock.patch.object(draft, "DRAFTS_EACH", 1):
        make.application(call, meerim)
        with pytest.raises(Denied) as denied:
            draft.begin(call=call, key="zzzzzzzz", by=meerim, at=make.NOW, language="en")
    assert denied.value.refusal.code == "too_many_drafts"


# --- Writing ---------------------------------------------------------------------------------------------------------
def test_saved_answer_comes_back_with_version_time_and_meter():
    application = make.application()
    answer = save(client_of(application.lead), application, "title", "Суу бөлгүч").json()
    assert (answer["version"], answer["saved_at_text"]) == (1, "12:00")
    assert "data-kino" not in answer["meter"] and "%" in answer["meter"]


def test_answer_too_long_is_kept_whole():
    application = make.application()
    long = "сөз " * 400
    assert save(client_of(application.lead), application, "logline", long).status_code == 200
    assert Answer.objects.get().value == long
    page = client_of(application.lead).get(reverse("applications:section", args=(application.code, "project")))
    assert "Too long by 350" in page.content.decode()


def test_answer_of_impossible_shape_is_refused_beside_the_field():
    application = make.application()
    answer = save(client_of(application.lead), application, "title", "a\x00b")
    assert (answer.status_code, Answer.objects.count()) == (422, 0)
    assert answer.json()["error"]


def test_two_tabs_meet_and_nobody_overwrites_silently():
    application = make.application()
    make.member(application)
    director, producer = client_of(application.lead), client_of(make.person("Azamat"))
    save(director, application, "title", "Суу")
    assert save(producer, application, "title", "Суу бөлгүч", version=1).json()["version"] == 2
    clash = save(director, application, "title", "Арык", version=1)
    assert clash.status_code == 409
    told = clash.json()
    assert (told["value"], told["version"], told["by"]) == ("Суу бөлгүч", 2, "Azamat")
    assert Answer.objects.get().value == "Суу бөлгүч"
    assert save(director, application, "title", "Арык", version=2).json()["version"] == 3


def test_two_tabs_with_the_same_text_do_not_quarrel():
    application = make.application()
    visitor = client_of(application.lead)
    save(visitor, application, "title", "Суу")
    assert save(visitor, application, "title", "Суу", version=0).json()["version"] == 1


def test_line_breaks_are_one_character_each():
    application = make.application()
    save(client_of(application.lead), application, "logline", "бир\r\nэки")
    assert Answer.objects.get().value == "бир\nэки"


def test_answer_taken_back_leaves_no_text_and_a_version():
    application = make.application(title="Суу")
    save(client_of(application.lead), application, "title", "", version=1)
    assert (Answer.objects.get().value, Answer.objects.get().version) == ("", 2)
    application.refresh_from_db()
    assert application.title == ""


def test_columns_of_the_table_follow_the_answers():
    application = make.complete()
    application.refresh_from_db()
    assert (application.title, application.country, application.project_stage) == ("Суу бөлгүч", "KG", "edit")
    assert application.people == "Meerim"
    assert "su bulguch merim" in application.search_text
    assert (application.filled, application.asked) == (6, 6)


def test_page_without_a_script_saves_what_it_can_and_shows_the_rest():
    application = make.application(title="Суу")
    make.member(application)
    make.answer(application, "title", "Суу бөлгүч", by=make.person("Azamat"))
    title, logline = (make.question(application.call, key) for key in ("title", "logline"))
    sent = {
        f"q{title.pk}": "Арык",
        f"q{title.pk}-version": "1",
        f"q{logline.pk}": "Кыз.",
        f"q{logline.pk}-version": "0",
    }
    url = reverse("applications:section", args=(application.code, "project"))
    page = client_of(application.lead).post(url, sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert 'value="Арык"' in text and "Суу бөлгүч" in text and "<title>Error:" in text
    assert Answer.objects.get(question=logline).value == "Кыз."
    again = client_of(application.lead).post(url, {f"q{title.pk}": "Арык", f"q{title.pk}-version": "2"})
    assert again["Location"] == reverse("applications:section", args=(application.code, "more"))


def test_every_kind_comes_back_as_it_was_sent():
    application = make.application()
    visitor = client_of(application.lead)
    sent = {
        "runtime": "72,5",
        "themes": ["nature", "rights"],
        "budget": ["15 000", "USD"],
        "films": ["Айпери", "2020", "Director"],
        "shooting": "2026-10-01",
        "language": "ky",
        "trailer": "https://example.org/t",
        "agreed": "yes",
    }
    for key, value in sent.items():
        assert save(visitor, application, key, value).status_code == 200, key
    kept = {one.question.key: entries.write(spec_of(one.question), one.value) for one in application.answers.all()}
    assert kept == {key: value if isinstance(value, list) else [value] for key, value in sent.items()}
    page = visitor.get(reverse("applications:section", args=(application.code, "more"))).content.decode()
    for shown in ("72,5", "15 000", "Айпери", "2026-10-01", "https://example.org/t"):
        assert shown in page


def test_switching_the_language_keeps_text_and_place():
    application = make.application(title="Суу бөлгүч")
    for language in ("ky", "ru", "en"):
        with translation.override(language):
            url = reverse("applications:section", args=(application.code, "project"))
        page = client_of(application.lead).get(url)
        assert (page.status_code, page.content.decode().count('value="Суу бөлгүч"')) == (200, 1)


# --- Who and when ----------------------------------------------------------------------------------------------------
def test_stranger_finds_nothing():
    application = make.application()
    stranger = client_of(make.person("Farrukh"))
    for name, arguments in (("edit", ()), ("team", ()), ("section", ("project",))):
        assert stranger.get(reverse(f"applications:{name}", args=(application.code, *arguments))).status_code == 404
    assert save(stranger, application, "title", "Х").status_code == 404
    assert Answer.objects.count() == 0


def test_signed_out_person_is_told_and_keeps_the_text():
    application = make.application()
    answer = save(client_of(), application, "title", "Суу")
    assert (answer.status_code, answer.json()["signed_out"]) == (403, True)
    assert answer.json()["sign_in"].startswith(reverse("people:sign_in"))


def test_removed_co_author_who_types_is_told_so_and_gets_the_text_back():
    application = make.application()
    make.member(application, state=make.MemberState.REMOVED)
    azamat = client_of(make.person("Azamat"))
    answer = save(azamat, application, "title", "Суу")
    assert (answer.status_code, answer.json()["code"]) == (403, "removed_from_team")
    title = make.question(application.call, "title")
    page = azamat.post(
        reverse("applications:section", args=(application.code, "project")), {f"q{title.pk}": "Менин текстим"}
    )
    assert page.status_code == 403 and "Менин текстим" in page.content.decode()
    assert azamat.get(reverse("applications:edit", args=(application.code,))).status_code == 404


@pytest.mark.parametrize(
    "moment, status",
    [
        (make.CLOSES - timedelta(seconds=1), 200),
        (make.CLOSES, 200),  # accepted until the end of the closing minute
        (make.CLOSES + timedelta(seconds=59), 200),
        (make.CLOSES + timedelta(seconds=60), 200),  # the grace begins
        (make.CLOSES + timedelta(minutes=6) - timedelta(seconds=1), 200),
        (make.CLOSES + timedelta(minutes=6), 403),
        (make.CLOSES + timedelta(minutes=6, seconds=1), 403),
    ],
)
def test_saving_around_the_close(now, moment, status):
    application = make.application(make.call(grace_minutes=5))
    now.move_to(moment, tick=False)
    answer = save(client_of(application.lead), application, "title", "Суу")
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["reason"].startswith("This call has closed.")


def test_text_sent_after_the_close_comes_back(now):
    application = make.application()
    now.move_to(make.CLOSES + timedelta(hours=1), tick=False)
    title = make.question(application.call, "title")
    url = reverse("applications:section", args=(application.code, "project"))
    page = client_of(application.lead).post(url, {f"q{title.pk}": "Кечиктим"})
    assert page.status_code == 403 and "Кечиктим" in page.content.decode()


def test_sent_application_takes_no_text_until_it_is_opened_again():
    application = make.submitted_application()
    assert save(client_of(application.lead), application, "title", "Х", version=1).json()["code"] == "already_sent"
    submission.reopen(application=application, by=application.lead, at=make.NOW)
    assert save(client_of(application.lead), application, "title", "Х", version=1).status_code == 200


# --- The record ------------------------------------------------------------------------------------------------------
def test_record_keeps_the_text_as_it_was_before_a_sitting():
    application = make.application(title="Бир")
    make.answer(application, "title", "Эки", at=make.NOW + timedelta(minutes=1))
    assert Entry.objects.filter(verb="answered").count() == 0
    make.answer(application, "title", "Үч", at=make.NOW + timedelta(hours=1))
    entry = Entry.objects.get(verb="answered")
    assert (entry.before, entry.after, entry.actor) == ({"title": "Эки"}, {"title": "Үч"}, application.lead)
