"""A form is built by page: ready questions, copies, moves, conditions, named people; what cannot hold is refused."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from kinolab.calls.actions import asking, editing
from kinolab.calls.models import Call
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.questions.domain.answers import spec_problems
from kinolab.foundation.questions.domain.kinds import FILE_KINDS, Kind
from kinolab.foundation.questions.models import Question, Section
from kinolab.foundation.questions.queries import library, spec
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import Role
from tests.factories import calls, labs
from tests.factories.labs import NOW
from tests.kit import client_of

WORDS = {"pii_level": "0", "required": "on", "label:en": "Genre"}


@pytest.fixture
def call() -> Call:
    return calls.draft_call(languages=["ky", "en"])


@pytest.fixture
def aigul(call: Call) -> Any:
    person = labs.person("Aigul")
    labs.membership(person, organisation=call.edition.programme.organisation)
    return person


@pytest.fixture
def owner(aigul: Any) -> Any:
    return client_of(aigul)


def address(name: str, call: Call, *rest: int) -> str:
    return reverse(f"calls:{name}", args=[call.edition.programme.slug, call.edition.slug, *rest])


def section(call: Call) -> Section:
    return Section.objects.get(form__calls=call)


def keys(call: Call) -> list[str]:
    found = Question.objects.filter(section__form__calls=call).order_by("section__order", "order")
    return list(found.values_list("key", flat=True))


def add(call: Call, aigul: Any, **values: Any) -> Question:
    given = {"kind": "text", "label": {"en": values["key"]}, **values}
    return asking.add_question(call=call, section=section(call), values=given, by=aigul, at=NOW)


def refused(act: Any, call: Call, by: Any, **given: Any) -> Refusal:
    with pytest.raises(Denied) as denied:
        act(call=call, by=by, at=NOW, **given)
    return denied.value.refusal


# --- One question by page --------------------------------------------------------------------------------------------
def test_question_with_everything_is_kept_and_shown_again(owner: Any, call: Call) -> None:
    sent = {
        **WORDS, "kind": "link", "choices": "trailer | Трейлер | Trailer\nscenes | Көрүнүш | Scenes", "password": "on",
        "minutes": "trailer: 3, scenes: 10", "unit": "minutes", "maximum": "15", "w0-question": "title",
        "w0-test": "answered", "seen_by": "deciders",
    }  # fmt: skip
    owner.post(address("add_question", call, section(call).pk), sent)
    kept = Question.objects.get(key="genre")

    assert kept.details == {"password": True, "minutes": {"trailer": 3, "scenes": 10}}
    assert [kept.limits, kept.shown_if, kept.seen_by] == [
        [{"unit": "minutes", "maximum": 15}],
        {"question": "title", "answered": True},
        "deciders",
    ]
    page = owner.get(address("question", call, section(call).pk, kept.pk)).context["form"]
    shown = {name: page[name].value() for name in ("password", "minutes", "unit", "seen_by")}
    assert shown == {"password": True, "minutes": "trailer: 3, scenes: 10", "unit": "minutes", "seen_by": "deciders"}
    assert [page.condition.looks[0][name].value() for name in ("question", "test")] == ["title", "answered"]


def test_question_keeps_two_limits_languages_and_columns(owner: Any, call: Call) -> None:
    text = {**WORDS, "kind": "long_text", "in_languages": ["ky", "en"], "unit": "words", "maximum": "50", "unit2": "chars",
            "minimum2": "10", "maximum2": "400"}  # fmt: skip
    table = {**WORDS, "kind": "films", "key": "films", "columns_films": ["title", "year", "festivals"]}
    file = {**WORDS, "kind": "file", "key": "budget", "accepts": ["pdf", "sheet"]}
    for sent in (text, table, file):
        owner.post(address("add_question", call, section(call).pk), sent)

    first, second = Question.objects.get(key="genre"), Question.objects.get(key="films")
    assert first.limits == [{"unit": "words", "maximum": 50}, {"unit": "chars", "maximum": 400, "minimum": 10}]
    assert [first.details, second.details] == [{"languages": ["ky", "en"]}, {"columns": ["title", "year", "festivals"]}]
    third = Question.objects.get(key="budget")
    assert third.details == {"accepts": ["pdf", "sheet"]}
    page = owner.get(address("question", call, section(call).pk, third.pk)).context["form"]
    assert page["accepts"].value() == ["pdf", "sheet"]


def test_outline_when_read_has_words_and_keeps_the_codes_in_one_place_below(owner: Any, call: Call, aigul: Any) -> None:
    add(call, aigul, key="made_in", kind="country", fact="project.country", label={"en": "Where?", "ky": "Кайда?"})
    compared = {"question": "made_in", "is": ["KG"]}
    add(call, aigul, key="permit", kind="text", shown_if=compared, label={"en": "Permit", "ky": "Уруксат"})

    outline, _, codes = owner.get(address("form", call)).content.decode().partition("Codes of the questions")

    assert "Country · for the regulations" in outline
    assert "Shows if: Where. One of these: Kyrgyzstan." in outline
    assert "<code" not in outline
    assert ">made_in</code>" in codes and ">project.country</code>" in codes


def test_conditions_within_conditions_are_put_together_shown_in_words_and_opened_again(
    owner: Any, call: Call, aigul: Any
) -> None:
    stage = [{"key": one, "label": {"en": one.title(), "ky": one}} for one in ("idea", "edit")]
    add(call, aigul, key="stage", kind="choice", choices=stage, label={"en": "Stage?", "ky": "Баскычы"})
    add(call, aigul, key="length", kind="number", label={"en": "Length", "ky": "Узундугу"})
    sent = {
        **WORDS, "kind": "text", "when-tree": "g0[p0 g1[p1 p2]]", "when-g0": "any", "when-g1": "none",
        "w0-question": "title", "w0-test": "answered", "w1-question": "stage", "w1-test": "is", "w1-ticked": ["idea"],
        "w2-question": "length", "w2-test": "at_least", "w2-value": "",
    }  # fmt: skip
    where = address("add_question", call, section(call).pk)
    more = owner.post(where, {**sent, "change": "group:g1"})
    assert (more.status_code, str(more.context["form"].condition.tree)) == (200, "g0[p0 g1[p1 p2 g2[p3 p4]]]")
    assert "The condition needs this." not in more.content.decode()
    wrong = owner.post(where, sent)
    assert (wrong.status_code, "The condition needs this." in wrong.content.decode()) == (422, True)

    owner.post(where, {**sent, "w2-value": "60"})
    kept = Question.objects.get(key="genre")
    assert kept.shown_if == {
        "any": [
            {"question": "title", "answered": True},
            {"none": [{"question": "stage", "is": ["idea"]}, {"question": "length", "at_least": 60}]},
        ]
    }
    outline = owner.get(address("form", call)).content.decode()
    assert (
        "Shows if: At least one of this holds: 1) Title. It is answered. 2) None of this holds: "
        "2.1) Stage. One of these: Idea. 2.2) Length. At least: 60."
    ) in outline.replace("Project title", "Title")
    page = owner.get(address("question", call, section(call).pk, kept.pk)).context["form"]
    assert str(page.condition.tree) == "g0[p0 g1[p1 p2]]"
    assert page.condition.looks[1]["ticked"].value() == ["idea"]
    assert [page.condition.ways[one].value() for one in ("g0", "g1")] == ["any", "none"]
    look = reverse("applications:preview_question", args=[call.edition.programme.slug, call.edition.slug])
    assert "Баскычы" in owner.post(look, {**sent, "w2-value": "60", "label:ky": "Жанры"}).content.decode()


def test_choices_are_ticked_in_a_condition_and_a_code_that_is_gone_stays(owner: Any, call: Call, aigul: Any) -> None:
    stage = [{"key": "idea", "label": {"en": "An idea"}}, {"key": "edit", "label": {}}]
    add(call, aigul, key="stage", kind="choice", choices=stage)
    where = address("add_question", call, section(call).pk)
    sent = {**WORDS, "kind": "text", "w0-question": "stage", "w0-test": "is_not", "w0-value": "idea"}

    offered = owner.post(where, {**sent, "change": "look"}).context["form"].condition.looks[0]
    assert (offered["ticked"].field.choices, offered.errors) == ([("idea", "An idea"), ("edit", "edit")], {})
    none = owner.post(where, sent)
    assert (none.status_code, "Tick at least one choice." in none.content.decode()) == (422, True)

    owner.post(where, {**sent, "w0-ticked": ["edit", "idea"]})
    kept = Question.objects.get(key="genre")
    assert kept.shown_if == {"question": "stage", "is_not": ["edit", "idea"]}
    Question.objects.filter(key="stage").update(choices=stage[:1])
    look = owner.get(address("question", call, section(call).pk, kept.pk)).context["form"].condition.looks[0]
    assert (look["ticked"].value(), look["ticked"].field.choices[-1]) == (["edit", "idea"], ("edit", "edit"))


def test_condition_larger_than_a_page_is_written_as_in_a_file(owner: Any, call: Call) -> None:
    many = "any:\n" + "".join(f"- {{question: title, is: [x{number}]}}\n" for number in range(13))
    owner.post(address("add_question", call, section(call).pk), {**WORDS, "kind": "text", "when_more": many})
    kept = Question.objects.get(key="genre")

    assert [len(kept.shown_if["any"]), kept.shown_if["any"][12]] == [13, {"question": "title", "is": ["x12"]}]
    page = owner.get(address("question", call, section(call).pk, kept.pk)).context["form"]
    assert "x12" in page["when_more"].value()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"when_more": "[1, 2"}, "This condition cannot be read"),
        ({"when_more": "colour: red"}, "The condition of this question cannot be read"),
        ({"minutes": "trailer: long"}, "Write codes with minutes"),
        ({"unit": "pages", "maximum": "3"}, "cannot be limited in this unit"),
        ({"seen_by": "named", "fact": "project.diet"}, "An answer for named people alone cannot be a fact"),
        ({"w0-question": "cv", "w0-test": "answered"}, "would show by an answer that others give"),
    ],
)
def test_question_that_cannot_be_is_refused_with_a_sentence(
    owner: Any, call: Call, aigul: Any, typed: dict[str, str], sentence: str
) -> None:
    add(call, aigul, key="cv", asked_of="each")
    page = owner.post(address("add_question", call, section(call).pk), {**WORDS, "kind": "text", **typed})

    assert (page.status_code, keys(call)) == (422, ["title", "cv"])
    assert sentence in page.content.decode()


# --- Conditions hold the form together -------------------------------------------------------------------------------
def test_question_that_others_depend_on_is_not_deleted_or_moved_behind_them(call: Call, aigul: Any) -> None:
    title = Question.objects.get(section__form__calls=call)
    genre = add(call, aigul, key="genre", shown_if={"question": "title", "answered": True})

    gone = Refusal("condition_on_removed", {"question": "genre", "other": "title"})
    later = Refusal("condition_on_later", {"question": "genre", "other": "title"})
    assert refused(asking.delete_question, call, aigul, question=Question.objects.get(pk=title.pk)) == gone
    assert refused(asking.shift_question, call, aigul, question=genre, up=True) == later
    assert refused(asking.change_question, call, aigul, question=title, values={"key": "name"}) == gone
    assert keys(call) == ["title", "genre"]


# --- Library, copies, moves ------------------------------------------------------------------------------------------
def test_every_ready_question_is_possible_and_has_words_in_three_languages() -> None:
    for key, ready in library().items():
        assert spec_problems(spec(Question(key=key, **ready))) == [], key
        assert {*ready["label"]} == {"ky", "ru", "en"}, key
        assert not ready["help"] or {*ready["help"]} == {"ky", "ru", "en"}, key


def test_ready_question_is_added_by_one_click_twice_under_two_codes(owner: Any, call: Call) -> None:
    for _ in range(2):
        page = owner.post(address("use_question", call, section(call).pk), {"use": "logline"})
    assert keys(call) == ["title", "logline", "logline_2"]
    assert page["Location"].endswith(f"#asked-{Question.objects.get(key='logline_2').pk}")
    owner.post(address("use_question", call, section(call).pk), {"use": "nonsense"})
    assert keys(call) == ["title", "logline", "logline_2"]


def test_question_is_duplicated_right_after_itself_and_moved_to_another_section(
    owner: Any, call: Call, aigul: Any
) -> None:
    title = Question.objects.get(section__form__calls=call)
    add(call, aigul, key="genre")
    other = asking.add_section(call=call, values={"key": "more", "title": {"en": "More"}}, by=aigul, at=NOW)

    owner.post(address("duplicate_question", call, title.section_id, title.pk))
    assert keys(call) == ["title", "title_2", "genre"]
    owner.post(address("shift_question", call, title.section_id, title.pk), {"to": str(other.pk)})
    assert keys(call) == ["title_2", "genre", "title"]
    title.refresh_from_db()
    assert title.section == other


def test_live_preview_shows_what_is_typed_in_each_language_and_keeps_nothing(owner: Any, call: Call) -> None:
    where = reverse("applications:preview_question", args=[call.edition.programme.slug, call.edition.slug])
    page = owner.post(where, {**WORDS, "kind": "finance_plan", "label:ky": "Каржы планы"})

    shown = page.content.decode()
    assert ["Каржы планы" in shown, "Genre" in shown, "Булагы" in shown, "Source" in shown] == [True] * 4
    assert owner.post(where, {"kind": "nonsense"}).status_code == 204
    sent = WORDS | dict.fromkeys((name for name in WORDS if name.startswith("label:")), "") | {"kind": "text"}
    assert owner.post(where, sent).status_code == 200  # the page asks for a look as it opens, before anything is typed
    assert keys(call) == ["title"]


def test_preview_of_the_whole_form_comes_in_the_languages_of_the_call(owner: Any, call: Call, aigul: Any) -> None:
    asking.add_from_library(call=call, section=section(call), use="finance_plan", by=aigul, at=NOW)
    where = reverse("applications:preview", args=[call.edition.programme.slug, call.edition.slug, 1])

    assert "Каржы планы" in owner.get(where).content.decode()
    assert "Finance plan" in owner.get(where, {"in": "en"}).content.decode()
    assert owner.get(where.replace("/1/", "/7/")).status_code == 404


def test_preview_of_the_whole_form_shows_every_kind_of_question_in_every_language(
    owner: Any, call: Call, aigul: Any
) -> None:
    call.languages = [tag for tag, _name in settings.LANGUAGES]
    call.save()
    details = {
        "text": {"languages": ["ky", "en"]}, "date": {"precision": "year"}, "link": {"password": True},
        "file": {"accepts": [*FILE_KINDS]},
    }  # fmt: skip
    choices = [{"key": "a", "label": {"ky": "Бир", "en": "One"}}]
    for kind in Kind:
        given = choices if kind in (Kind.CHOICE, Kind.MANY) else []
        for number, said in enumerate([{}, details[kind]] if kind in details else [{}]):
            add(
                call,
                aigul,
                key=f"{kind}{number}",
                kind=kind.value,
                choices=given,
                details=said,
                asked_of="each" * number,
            )
    where = reverse("applications:preview", args=[call.edition.programme.slug, call.edition.slug, 1])

    for tag in call.languages:
        page = owner.get(where, {"in": tag})
        shown = page.content.decode()
        asked = [field.question for _section, fields in page.context["sections"] for field in fields]
        assert (page.status_code, len(asked)) == (200, len(Kind) + len(details) + 1)
        assert [one.key for one in asked if f"q{one.pk}" not in shown] == []
        assert 'type="file"' in shown
        assert "OGG" in shown


# --- Named people ----------------------------------------------------------------------------------------------------
def test_named_people_are_named_also_once_the_form_is_frozen(owner: Any, call: Call, aigul: Any) -> None:
    bakyt = labs.person("Bakyt")
    labs.membership(bakyt, Role.COORDINATOR, of=call.edition)
    diet = add(call, aigul, key="diet", seen_by="named", pii_level=3)
    call.form.frozen_at = NOW
    call.form.save()

    page = owner.get(address("question", call, diet.section_id, diet.pk))
    assert [name for _number, name in page.context["form"].fields["named"].choices] == ["Aigul", "Bakyt"]
    owner.post(address("name_people", call, diet.section_id, diet.pk), {"named": [str(bakyt.pk)]})
    assert list(diet.named.all()) == [bakyt]
    assert Entry.objects.filter(verb="changed", after={"named": [bakyt.pk]}).count() == 1
    stranger = labs.person("Stranger")
    assert refused(asking.name_people, call, aigul, question=diet, people=[stranger.pk]) == Refusal("not_of_the_staff")
    assert refused(asking.name_people, call, stranger, question=diet, people=[]).code == "not_permitted"


def test_consent_that_people_may_have_given_is_not_reworded_but_may_be_translated(call: Call, aigul: Any) -> None:
    consent = add(call, aigul, key="agree", kind="consent")
    call.form.frozen_at = NOW
    call.form.save()
    key = f"asked.{consent.pk}.label"

    assert editing.change_texts(call=call, texts={key: {"ky": "Макулмун"}}, by=aigul, at=NOW) == 1
    for said in ({"ky": "Башка"}, {"ky": ""}):
        assert refused(editing.change_texts, call, aigul, texts={key: said}) == Refusal("consent_frozen")
