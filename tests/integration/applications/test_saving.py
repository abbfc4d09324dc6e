"""Two people, two tabs, two devices on one answer: merged where the texts allow, otherwise both are kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kinolab.applications.actions import draft, merging
from kinolab.applications.models import Answer, AnswerAside, AnswerPast
from kinolab.foundation.refusals import Denied
from tests.factories import applications as make
from tests.kit import client_of, queries, same_cost

pytestmark = pytest.mark.django_db
JSON = {"headers": {"Accept": "application/json"}}
LONG = "Кыз түнкүсүн суу бөлөт.\nАгасы аны күндүз сатат."


def send(client, application, value, version, key="logline", **more):
    question = make.question(application.call, key)
    url = reverse("applications:save", args=(application.code,))
    return client.post(url, {"field": f"q{question.pk}", "value": value, "version": version, **more}, **JSON)


@pytest.fixture
def team():
    """A draft with a text, and clients of its director and its producer."""
    application = make.application(logline=LONG)
    make.member(application)
    return application, client_of(application.lead), client_of(make.person("Azamat"))


def logline(application):
    return Answer.objects.get(application=application, question__key="logline")


# --- Merging ---------------------------------------------------------------------------------------------------------
def test_unrelated_changes_of_two_people_both_stand(team):
    application, director, producer = team
    send(producer, application, LONG.replace("күндүз", "түштө"), 1)
    told = send(director, application, LONG.replace("Кыз", "Айзада"), 1).json()
    both = LONG.replace("күндүз", "түштө").replace("Кыз", "Айзада")
    assert (told["value"], told["version"]) == (both, 3)
    assert told["edits"] == [[37, 43, "түштө"]]
    assert logline(application).value == both
    assert AnswerAside.objects.count() == 0


def test_answer_without_a_merge_says_nothing_of_one(team):
    application, director, _ = team
    assert "value" not in send(director, application, LONG + " Баары.", 1).json()


def test_ticks_of_two_people_are_joined(team):
    application, director, producer = team
    send(producer, application, ["nature"], 0, key="themes")
    told = send(director, application, ["rights"], 0, key="themes").json()
    assert told["value"] == ["nature", "rights"] and "edits" not in told


def test_same_place_keeps_both_texts_on_the_server(team):
    application, director, producer = team
    send(producer, application, LONG.replace("түнкүсүн", "таңда"), 1)
    clash = send(director, application, LONG.replace("түнкүсүн", "кечинде"), 1)
    aside = AnswerAside.objects.get()
    assert (clash.status_code, clash.json()["aside"], clash.json()["by"]) == (409, aside.pk, "Azamat")
    assert logline(application).value == LONG.replace("түнкүсүн", "таңда")
    assert (aside.value, aside.seen, aside.kept_by) == (LONG.replace("түнкүсүн", "кечинде"), 1, application.lead)


def test_typing_on_while_two_texts_wait_writes_over_ones_own_aside(team):
    application, director, producer = team
    send(producer, application, "Арык", 1)
    for text in ("Дарыя", "Дарыя агат"):
        send(director, application, text, 1, run="r1")
    send(director, application, "Көл", 1, run="r2")  # another tab
    assert list(AnswerAside.objects.values_list("value", flat=True)) == ["Дарыя агат", "Көл"]


def test_choosing_ones_own_text_settles_it(team):
    application, director, producer = team
    send(producer, application, "Арык", 1)
    aside = send(director, application, "Дарыя", 1, run="r1").json()["aside"]
    assert send(director, application, "Дарыя", 2, run="r2", settles=aside).json()["version"] == 3
    settled = AnswerAside.objects.get()
    assert (settled.settled_by, logline(application).value) == (application.lead, "Дарыя")


def test_text_of_another_answer_is_not_settled(team):
    application, director, producer = team
    send(producer, application, "Арык", 1)
    aside = send(director, application, "Дарыя", 1).json()["aside"]
    send(director, application, "Суу", 0, key="title", settles=aside)
    assert AnswerAside.objects.get().settled_at is None


# --- Answers that were never heard ---------------------------------------------------------------------------------
def test_text_whose_answer_was_lost_goes_on_from_itself(team):
    application, director, _ = team
    send(director, application, LONG + " Түн", 1, run="r1")  # taken in; the network died before the answer
    told = send(director, application, LONG + " Түн узак", 1, run="r1")
    assert (told.status_code, told.json()["version"], "value" in told.json()) == (200, 3, False)


def test_text_whose_merge_was_never_heard_loses_nothing_of_the_other(team):
    application, director, producer = team
    send(producer, application, LONG.replace("күндүз", "түштө"), 1)
    send(director, application, LONG.replace("Кыз", "Айзада"), 1, run="r1")  # merged; the answer was lost
    told = send(director, application, LONG.replace("Кыз", "Айзада эже"), 1, run="r1").json()
    assert told["value"] == LONG.replace("күндүз", "түштө").replace("Кыз", "Айзада эже")


def test_lost_answer_and_another_who_wrote_since(team):
    application, director, producer = team
    send(director, application, LONG.replace("Кыз", "Айзада"), 1, run="r1")
    send(producer, application, LONG.replace("Кыз", "Айзада").replace("күндүз", "түштө"), 2)
    told = send(director, application, LONG.replace("Кыз", "Айзада эже"), 1, run="r1").json()
    assert told["value"] == LONG.replace("Кыз", "Айзада эже").replace("күндүз", "түштө")


def test_beginning_that_is_no_longer_kept_is_asked_of_the_browser(team):
    application, director, producer = team
    send(producer, application, LONG.replace("күндүз", "түштө"), 1)
    AnswerPast.objects.all().delete()
    mine = LONG.replace("Кыз", "Айзада")
    assert send(director, application, mine, 1).json() == {
        "field": f"q{make.question(application.call, 'logline').pk}",
        "base_wanted": True,
    }
    told = send(director, application, mine, 1, base=LONG).json()
    assert told["value"] == LONG.replace("күндүз", "түштө").replace("Кыз", "Айзада")


# --- The past --------------------------------------------------------------------------------------------------------
def test_past_keeps_one_version_of_ten_minutes_and_the_latest_of_all(team):
    application, *_ = team
    for number in range(60):
        make.answer(application, "logline", f"Сап {number}", at=make.NOW + timedelta(seconds=20 * number))
    kept = {one.version: one.passing for one in AnswerPast.objects.all()}
    assert [version for version, passing in kept.items() if not passing] == [31]
    assert [version for version, passing in kept.items() if passing] == list(range(41, 61))


def test_past_keeps_what_another_wrote_over(team):
    application, director, producer = team
    send(director, application, "Бир", 1)
    send(producer, application, "Эки", 2)
    assert list(AnswerPast.objects.order_by("version").values_list("value", "passing")) == [
        (LONG, True),
        ("Бир", False),
    ]


def test_merge_too_long_to_store_is_kept_aside(team, monkeypatch):
    application, director, producer = team
    monkeypatch.setattr("kinolab.foundation.questions.domain.answers.HARD_MAXIMUM", len(LONG) + 10)
    send(producer, application, LONG + " Баарыбыз", 1)
    assert send(director, application, "Бирөөлөр " + LONG, 1).status_code == 409
    assert AnswerAside.objects.get().value == "Бирөөлөр " + LONG


def test_stale_text_of_a_page_without_a_script_is_merged_too(team):
    application, director, producer = team
    send(producer, application, LONG.replace("күндүз", "түштө"), 1)
    name = f"q{make.question(application.call, 'logline').pk}"
    url = reverse("applications:section", args=(application.code, "project"))
    director.post(url, {name: LONG.replace("Кыз", "Айзада"), f"{name}-version": "1"})
    assert logline(application).value == LONG.replace("күндүз", "түштө").replace("Кыз", "Айзада")


# --- Cost ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("version, statements", [(2, 12), (1, 13)])
def test_save_costs_so_many_statements(team, version, statements):
    application, director, _ = team
    send(director, application, LONG + " ", 1)
    question = make.question(application.call, "logline")
    url = reverse("applications:save", args=(application.code,))
    with queries(statements):
        director.post(url, {"field": f"q{question.pk}", "value": LONG + " Түн", "version": version}, **JSON)


# --- Refusals --------------------------------------------------------------------------------------------------------
def test_unknown_beginning_is_refused_with_a_sentence(team):
    application, *_ = team
    with pytest.raises(Denied) as denied:
        draft.save_answer(
            application=application, question=make.question(application.call, "logline"), value="Арык", version=7,
            by=application.lead, at=make.NOW,
        )  # fmt: skip
    assert denied.value.refusal.code == "beginning_unknown"
    assert merging.PASSING_KEPT == 20


# --- Deciding between two texts ----------------------------------------------------------------------------------------
def page_url(application, section="project"):
    return reverse("applications:section", args=(application.code, section))


def clash(team):
    """Two texts of one answer: Арык is saved, Дарыя waits beside it."""
    application, director, producer = team
    send(producer, application, "Арык", 1)
    send(director, application, "Дарыя", 1, run="r1")
    return AnswerAside.objects.get()


def test_both_texts_stand_on_the_page_of_everybody_in_the_team(team):
    application, director, producer = team
    aside = clash(team)
    for client in (director, producer):
        shown = client.get(page_url(application)).content.decode()
        assert "<mark>Арык</mark>" in shown and "<mark>Дарыя</mark>" in shown and f'value="aside-{aside.pk}"' in shown
        assert (
            "Two texts of one answer wait"
            in client.get(reverse("applications:edit", args=(application.code,))).content.decode()
        )


@pytest.mark.parametrize("stays, text", [("aside", "Дарыя"), ("saved", "Арык"), ("both", "Арык\n\nДарыя")])
def test_person_says_which_text_stays(team, stays, text):
    application, _director, producer = team
    aside = clash(team)
    told = producer.post(page_url(application), {"decide": f"{stays}-{aside.pk}"})
    assert told["Location"] == f"{page_url(application)}#q{make.question(application.call, 'logline').pk}"
    assert (logline(application).value, AnswerAside.objects.get().settled_by.name) == (text, "Azamat")
    again = producer.post(page_url(application), {"decide": f"{stays}-{aside.pk}"})
    assert again.status_code == 403 and "decided about this text already" in again.content.decode()


def test_text_set_aside_in_another_application_is_not_there(team):
    aside = clash(team)
    other = make.application(make.call("doc-lab"))
    assert client_of(other.lead).post(page_url(other), {"decide": f"aside-{aside.pk}"}).status_code == 404
    assert client_of(other.lead).post(page_url(other), {"decide": "aside-x"}).status_code == 404


def test_page_without_a_script_keeps_both_texts_too(team):
    application, director, producer = team
    send(producer, application, "Арык", 1)
    name = f"q{make.question(application.call, 'logline').pk}"
    refused = director.post(page_url(application), {name: "Дарыя", f"{name}-version": "1"})
    aside = AnswerAside.objects.get()
    assert refused.status_code == 422 and f'name="{name}-settles" value="{aside.pk}"' in refused.content.decode()
    director.post(page_url(application), {name: "Дарыя", f"{name}-version": "2", f"{name}-settles": aside.pk})
    assert (logline(application).value, AnswerAside.objects.get().settled_by) == ("Дарыя", application.lead)


def test_page_sent_as_a_whole_goes_on_from_what_its_script_had_sent(team):
    application, director, _ = team
    send(director, application, "Арык", 1, run="r1")  # the answer was not heard before the button was pressed
    name = f"q{make.question(application.call, 'logline').pk}"
    told = director.post(page_url(application), {name: "Арык агат", f"{name}-version": "1", f"{name}-run": "r1"})
    assert (told.status_code, logline(application).value, AnswerAside.objects.count()) == (302, "Арык агат", 0)


def test_page_of_somebody_else_who_signed_out_here_is_not_taken(team):
    application, director, _ = team
    told = send(director, application, "Арык", 1, person="somebody")
    assert (told.status_code, told.json()["signed_out"]) == (403, True)
    assert send(director, application, "Арык", 1, person=application.lead.code).status_code == 200


# --- Bringing back -----------------------------------------------------------------------------------------------------
def past_url(application, key="logline"):
    return reverse("applications:past", args=(application.code, make.question(application.call, key).pk))


def test_earlier_versions_are_shown_and_brought_back(team):
    application, _director, producer = team
    send(producer, application, "Арык", 1)
    shown = producer.get(past_url(application)).content.decode()
    assert "Агасы аны" in shown and "Арык" in shown
    send(producer, application, LONG.replace(" түнкүсүн", ""), 2)
    page = producer.get(past_url(application)).context["page"]
    assert [page.now.changed[1], page.before[-1].changed] == [("gone", " түнкүсүн"), ()]
    told = producer.post(past_url(application), {"version": "version-1"})
    assert told.status_code == 302
    assert (logline(application).value, logline(application).version) == (LONG, 4)
    assert producer.post(past_url(application), {"version": "version-9"}).status_code == 404
    assert producer.post(past_url(application, "title"), {"version": "version-1"}).status_code == 404


def test_text_that_was_not_chosen_can_still_be_brought_back(team):
    application, director, _producer = team
    aside = clash(team)
    director.post(page_url(application), {"decide": f"saved-{aside.pk}"})
    assert "at the same time" in director.get(past_url(application)).content.decode()
    director.post(past_url(application), {"version": f"aside-{aside.pk}"})
    assert logline(application).value == "Дарыя"
    assert director.post(past_url(application, "title"), {"version": f"aside-{aside.pk}"}).status_code == 404


def test_past_after_the_close_is_shown_and_stays(team, now):
    application, director, _ = team
    send(director, application, "Арык", 1)
    now.move_to(make.CLOSES + timedelta(hours=1), tick=False)
    shown = director.get(past_url(application)).content.decode()
    assert "Агасы аны" in shown and '<button class="button button--small" name="version"' not in shown
    assert director.post(past_url(application), {"version": "version-1"}).status_code == 422


def test_past_is_the_teams_alone(team):
    application, *_ = team
    stranger = client_of(make.person("Farrukh"))
    assert stranger.get(past_url(application)).status_code == 404
    assert stranger.post(past_url(application), {"version": "version-1"}).status_code == 404


def test_past_of_choices_is_shown_by_their_names(team):
    application, director, _ = team
    send(director, application, "development", 0, key="stage")
    send(director, application, "edit", 1, key="stage")
    shown = director.get(past_url(application, "stage")).content.decode()
    assert "Development" in shown and "Editing" in shown
    assert "Nothing has been written" in director.get(past_url(application, "title")).content.decode()


def test_page_of_the_past_costs_the_same_however_long_it_is(team):
    application, director, _ = team
    texts = iter(range(1000))
    same_cost(
        lambda: director.get(past_url(application)),
        lambda: send(director, application, f"Сап {next(texts)}", logline(application).version),
    )


def test_form_costs_the_same_however_many_texts_wait(team):
    application, director, _producer = team
    names = iter(range(1000))
    clash(team)
    same_cost(
        lambda: director.get(page_url(application)),
        lambda: send(director, application, f"Көл {next(names)}", 1, run=f"r{next(names)}"),
    )


def test_page_sent_as_a_whole_leaves_alone_what_another_has_answered_meanwhile(team):
    application, director, producer = team
    for key, value in (("title", "Суу"), ("country", "KG"), ("stage", "edit")):
        send(producer, application, value, 0, key=key)
    send(producer, application, "Арык", 1)
    empty = {f"q{make.question(application.call, key).pk}-shown": "1" for key in ("title", "country", "stage")}
    name = f"q{make.question(application.call, 'logline').pk}"
    told = director.post(page_url(application), empty | {name: LONG, f"{name}-version": "1"})
    assert told.status_code == 302
    kept = {one.question.key: one.value for one in application.answers.all()}
    assert kept == {"title": "Суу", "country": "KG", "stage": "edit", "logline": "Арык"}
    assert AnswerAside.objects.count() == 0
