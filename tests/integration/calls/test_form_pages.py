"""The pages of a call's form: sections and questions are added, changed, moved, deleted; refusals have sentences."""

from typing import Any

import pytest
from django.urls import reverse

from kinolab.calls.models import Call
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.labs.domain.roles import Role
from tests.factories import calls, labs
from tests.factories.labs import NOW
from tests.kit import client_of

QUESTION = {"key": "logline", "kind": "long_text", "pii_level": "0", "label:en": "Logline"}


@pytest.fixture
def call() -> Call:
    """A call that nobody has published, with a section of one question."""
    return calls.draft_call()


@pytest.fixture
def owner(call: Call) -> Any:
    aigul = labs.person("Aigul")
    labs.membership(aigul, organisation=call.edition.programme.organisation)
    return client_of(aigul)


def _address(name: str, call: Call, *rest: int) -> str:
    return reverse(f"calls:{name}", args=[call.edition.programme.slug, call.edition.slug, *rest])


def _sections(call: Call) -> list[tuple[str, list[str]]]:
    sections = Section.objects.filter(form__calls=call).order_by("order")
    return [(one.key, [asked.key for asked in one.questions.order_by("order")]) for one in sections]


def _says(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


# --- Sections --------------------------------------------------------------------------------------------------------
def test_section_when_added_renamed_moved_and_deleted_then_the_form_follows_and_the_record_tells(
    owner: Any, call: Call
) -> None:
    owner.post(_address("add_section", call), {"key": "team", "title:en": "Team"})
    added = Section.objects.get(key="team")
    assert _sections(call) == [("project", ["title"]), ("team", [])]

    owner.post(_address("section", call, added.pk), {"key": "people", "title:en": "People"})
    owner.post(_address("shift_section", call, added.pk), {"up": "1"})
    owner.post(_address("shift_section", call, added.pk), {"up": "1"})  # first already: nowhere to go
    assert _sections(call) == [("people", []), ("project", ["title"])]
    owner.post(_address("shift_section", call, added.pk))
    owner.post(_address("delete_section", call, added.pk))

    assert _sections(call) == [("project", ["title"])]
    told = Entry.objects.filter(kind__endswith="section").order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["added", "changed", "reordered", "reordered", "deleted"]


def test_section_when_the_call_has_no_form_then_gets_one(owner: Any, call: Call) -> None:
    Call.objects.update(form=None)
    Form.objects.all().delete()
    assert owner.get(_address("form", call)).context["sections"] == []

    owner.post(_address("add_section", call), {"key": "project", "title:en": "Project"})

    call.refresh_from_db()
    assert (call.form.name, _sections(call)) == ("impact-lab 2026", [("project", [])])


def test_section_when_its_code_is_taken_or_it_has_questions_then_a_sentence(owner: Any, call: Call) -> None:
    taken = owner.post(_address("add_section", call), {"key": "project", "title:en": "Again"})
    full = owner.post(_address("delete_section", call, Section.objects.get().pk), follow=True)

    assert (taken.status_code, taken.context["form"].non_field_errors()) == (
        422, ["The form has this code already: project."],
    )  # fmt: skip
    assert _says(full) == ["The section still has questions. Move or delete them first."]
    assert _sections(call) == [("project", ["title"])]


# --- Questions -------------------------------------------------------------------------------------------------------
def test_question_when_changed_then_words_limits_and_choices_are_kept(owner: Any, call: Call) -> None:
    question = Question.objects.get()
    values = QUESTION | {"key": "stage", "kind": "choice", "choices": "edit | Монтаж | Монтаж | Editing\n\nidea | Идея"}

    answer = owner.post(_address("question", call, question.section_id, question.pk), values)

    assert answer.status_code == 302, answer.context["form"].errors
    question.refresh_from_db()
    assert (question.key, question.kind, question.required, question.label["en"]) == (
        "stage", "choice", False, "Logline",
    )  # fmt: skip
    assert question.choices == [
        {"key": "edit", "label": {"ky": "Монтаж", "ru": "Монтаж", "en": "Editing"}},
        {"key": "idea", "label": {"ky": "Идея"}},
    ]


@pytest.mark.parametrize(
    "changed, field",
    [
        ({"key": "title"}, "__all__"),
        ({"kind": "choice"}, "__all__"),
        ({"unit": "words", "minimum": "9", "maximum": "3"}, "__all__"),
        ({"kind": "choice", "choices": "edit"}, "choices"),
        ({"kind": "choice", "choices": "the edit | Монтаж"}, "choices"),
        ({"kind": "choice", "choices": "edit | 1 | 2 | 3 | 4"}, "choices"),
        ({"kind": "poem"}, "kind"),
        ({"label:en": ""}, "label:ky"),
    ],
)
def test_question_when_impossible_then_the_page_says_why_and_nothing_is_added(
    owner: Any, call: Call, changed: dict[str, str], field: str
) -> None:
    answer = owner.post(_address("add_question", call, Section.objects.get().pk), QUESTION | changed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert _sections(call) == [("project", ["title"])]


# --- When, who -------------------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_form_when_frozen_then_nothing_changes_and_each_way_says_so(owner: Any, call: Call) -> None:
    section, question = Section.objects.get(), Question.objects.get()
    Form.objects.update(frozen_at=NOW)
    sentence = "The form is frozen: the call that uses it has opened."
    pages = {
        _address("add_section", call): {"key": "team", "title:en": "Team"},
        _address("section", call, section.pk): {"key": "film", "title:en": "Film"},
        _address("add_question", call, section.pk): QUESTION,
        _address("question", call, section.pk, question.pk): QUESTION,
    }
    deeds = [
        _address("shift_section", call, section.pk), _address("delete_section", call, section.pk),
        _address("shift_question", call, section.pk, question.pk),
        _address("delete_question", call, section.pk, question.pk),
    ]  # fmt: skip

    refused = [owner.post(address, values) for address, values in pages.items()]
    told = [_says(owner.post(address, follow=True)) for address in deeds]

    assert [(one.status_code, one.context["form"].non_field_errors()) for one in refused] == [(422, [sentence])] * 4
    assert told == [[sentence]] * 4
    assert _sections(call) == [("project", ["title"])]


def test_section_and_question_of_another_call_are_not_there(owner: Any, call: Call) -> None:
    other = calls.draft_call(labs.edition(slug="other"))
    section = Section.objects.get(form=other.form)
    question = section.questions.get()

    for address in (
        _address("section", call, section.pk), _address("delete_section", call, section.pk),
        _address("question", call, section.pk, question.pk), _address("delete_question", call, section.pk, question.pk),
        _address("question", call, Section.objects.get(form=call.form).pk, question.pk),
    ):  # fmt: skip
        assert owner.post(address, QUESTION).status_code == 404
    assert _sections(other) == [("project", ["title"])]


def test_form_when_not_theirs_to_configure_then_closed(call: Call) -> None:
    bakyt = labs.person("Bakyt")
    labs.membership(bakyt, Role.COORDINATOR, of=call.edition)

    answer = client_of(bakyt).post(_address("add_section", call), {"key": "team", "title:en": "Team"})

    assert (answer.status_code, _sections(call)) == (403, [("project", ["title"])])
