"""A form is built section by section, question by question, until it is frozen."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.questions import actions, queries, words
from kinolab.foundation.questions.domain.answers import Kind, Limit
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.foundation.refusals import Denied
from tests.factories import labs
from tests.kit import queries as statements

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHO = {"at": NOW, "scope": "edition:1"}


@pytest.fixture
def form() -> Form:
    """A form of one section, "project", with one question, "title"."""
    made = Form.objects.create(name="Lab 2026")
    add_question(add_section(made, "project"), "title")
    Entry.objects.all()
    return made


def text(words: str) -> dict[str, str]:
    return {"en": words, "ky": words}


def add_section(form: Form, key: str) -> Section:
    return actions.add_section(form=form, values={"key": key, "title": text(key)}, by=labs.person(), **WHO)


def add_question(section: Section, key: str, **more: Any) -> Question:
    values = {"key": key, "kind": Kind.TEXT.value, "label": text(key)} | more
    return actions.add_question(section=section, values=values, by=labs.person(), **WHO)


def refusal(act: Any, *given: Any, **more: Any) -> str:
    with pytest.raises(Denied) as denied:
        act(*given, **more)
    return denied.value.refusal.code


def keys(form: Form) -> dict[str, list[str]]:
    return {one.key: [question.key for question in one.questions.all()] for one in queries.sections(form)}


def recorded(verb: str) -> Entry:
    return Entry.objects.filter(verb=verb).latest("pk")


# --- Sections --------------------------------------------------------------------------------------------------------
def test_section_when_added_stands_last_and_is_recorded(form):
    added = add_section(form, "team")

    assert keys(form) == {"project": ["title"], "team": []}
    entry = recorded("added")
    assert (entry.key, entry.scope, entry.actor) == (str(added.pk), "edition:1", labs.person())
    assert entry.after == {"key": "team", "title": text("team")}


def test_section_when_changed_keeps_only_the_difference_on_the_record(form):
    section = form.sections.get()

    actions.change_section(section=section, values={"key": "project", "title": text("New")}, by=labs.person(), **WHO)

    section.refresh_from_db()
    assert dict(section.title) == text("New")
    entry = recorded("changed")
    assert (entry.before, entry.after) == ({"title": text("project")}, {"title": text("New")})


def test_section_when_nothing_changed_leaves_no_row(form):
    rows = Entry.objects.count()
    section = form.sections.get()

    actions.change_section(
        section=section, values={"key": "project", "title": text("project")}, by=labs.person(), **WHO
    )

    assert Entry.objects.count() == rows


def test_section_when_its_code_is_taken_is_refused(form):
    assert refusal(add_section, form, "project") == "key_taken"
    other = add_section(form, "team")
    change = {"section": other, "values": {"key": "project"}, "by": labs.person(), **WHO}
    assert refusal(actions.change_section, **change) == "key_taken"
    assert add_section(Form.objects.create(name="Other"), "project").key == "project", "codes are of one form"


def test_section_with_questions_is_not_deleted_an_empty_one_is(form):
    assert refusal(actions.delete_section, section=form.sections.get(), by=labs.person(), **WHO) == "not_empty"

    actions.delete_section(section=add_section(form, "team"), by=labs.person(), **WHO)
    assert keys(form) == {"project": ["title"]}
    assert recorded("deleted").before == {"key": "team", "title": text("team")}


def test_section_when_shifted_changes_places_with_its_neighbour(form):
    second, third = add_section(form, "team"), add_section(form, "files")

    actions.shift_section(section=third, up=True, by=labs.person(), **WHO)
    assert list(keys(form)) == ["project", "files", "team"]
    actions.shift_section(section=second, up=False, by=labs.person(), **WHO)
    assert list(keys(form)) == ["project", "files", "team"], "the last one cannot go further"
    assert recorded("reordered").after == {"order": ["project", "files", "team"]}
    assert Entry.objects.filter(verb="reordered").count() == 1


# --- Questions -------------------------------------------------------------------------------------------------------
def test_question_when_added_changed_shifted_and_deleted(form):
    section = form.sections.get()
    second = add_question(section, "logline", limits=[{"unit": "chars", "maximum": 300}])
    assert keys(form) == {"project": ["title", "logline"]}

    values = {"key": "logline", "kind": "long_text", "label": text("Logline"), "limits": []}
    actions.change_question(question=second, values=values, by=labs.person(), **WHO)
    assert recorded("changed").before["limits"] == [{"unit": "chars", "maximum": 300}]

    actions.shift_question(question=second, up=True, by=labs.person(), **WHO)
    assert keys(form) == {"project": ["logline", "title"]}

    actions.delete_question(question=second, by=labs.person(), **WHO)
    assert keys(form) == {"project": ["title"]}
    assert recorded("deleted").before == {"key": "logline", "label": text("Logline")}


def test_question_when_its_code_is_taken_anywhere_in_the_form_is_refused(form):
    other = add_section(form, "team")

    assert refusal(add_question, other, "title") == "key_taken"
    second = add_question(other, "name")
    change = {"question": second, "values": {"key": "title"}, "by": labs.person(), **WHO}
    assert refusal(actions.change_question, **change) == "key_taken"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": "choice"}, "choices_missing"),
        ({"kind": "many", "choices": [{"key": "a", "label": {}}, {"key": "a", "label": {}}]}, "choices_repeated"),
        ({"limits": [{"unit": "pages", "maximum": 3}]}, "unit_not_for_kind"),
        ({"limits": [{"unit": "chars", "maximum": 3, "minimum": 5}]}, "impossible_limit"),
    ],
)
def test_question_that_nobody_could_answer_is_refused(form, values, code):
    section = form.sections.get()

    assert refusal(add_question, section, "new", **values) == code
    kept = section.questions.get()
    change = {"question": kept, "values": {"key": "title", **values}, "by": labs.person(), **WHO}
    assert refusal(actions.change_question, **change) == code
    kept.refresh_from_db()
    assert (kept.kind, kept.limits, kept.choices) == ("text", [], [])


# --- Frozen ----------------------------------------------------------------------------------------------------------
def test_form_when_frozen_keeps_its_first_instant_and_says_so_once(form):
    first = actions.freeze(form=form, at=NOW)
    again = actions.freeze(form=form, at=NOW + timedelta(hours=1))

    assert first.frozen_at == again.frozen_at == NOW
    assert Entry.objects.filter(verb="froze").count() == 1
    assert str(form) == "Lab 2026"


@pytest.mark.parametrize(
    "act",
    [
        lambda s, q: add_section(s.form, "new"),
        lambda s, q: actions.change_section(section=s, values={"key": "x"}, by=labs.person(), **WHO),
        lambda s, q: actions.delete_section(section=s, by=labs.person(), **WHO),
        lambda s, q: actions.shift_section(section=s, up=True, by=labs.person(), **WHO),
        lambda s, q: add_question(s, "new"),
        lambda s, q: actions.change_question(question=q, values={"key": "x"}, by=labs.person(), **WHO),
        lambda s, q: actions.delete_question(question=q, by=labs.person(), **WHO),
        lambda s, q: actions.shift_question(question=q, up=True, by=labs.person(), **WHO),
    ],
)
def test_form_when_frozen_refuses_every_change(form, act):
    section = form.sections.get()
    actions.freeze(form=form, at=NOW)

    assert refusal(act, section, section.questions.get()) == "form_frozen"
    assert keys(form) == {"project": ["title"]}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_organisers_who_add_at_once_both_get_a_place():
    section = add_section(Form.objects.create(name="Lab"), "project")
    labs.person()
    gate, told = threading.Barrier(4), []

    def add(number: int) -> None:
        gate.wait()
        try:
            told.append(add_question(Section.objects.select_related("form").get(pk=section.pk), f"q{number}").order)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(told) == [0, 1, 2, 3]


# --- What the database keeps, what is read ---------------------------------------------------------------------------
@pytest.mark.parametrize("wrong", [{"kind": "nonsense"}, {"pii_level": 4}, {"order": 0}, {"key": "title"}])
def test_database_refuses_what_no_action_would_write(form, wrong):
    values = {"section": form.sections.get(), "order": 9, "key": "new", "kind": "text", "label": text("x")} | wrong

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(**values)


def test_form_is_read_in_two_statements_however_long_it_is(form):
    for number in range(3):
        add_question(add_section(form, f"s{number}"), f"q{number}")

    with statements(2):
        assert keys(form) == {"project": ["title"], "s0": ["q0"], "s1": ["q1"], "s2": ["q2"]}


def test_question_is_told_to_the_rules_as_values(form):
    question = add_question(
        form.sections.get(), "about", kind="many", choices=[{"key": "a", "label": text("A")}],
        limits=[{"unit": "items", "maximum": 2, "minimum": 1}], required=False,
    )  # fmt: skip

    spec = queries.spec(question)
    assert (spec.key, spec.kind, spec.required, spec.choices) == ("about", Kind.MANY, False, ("a",))
    assert spec.limits == (Limit(Unit.ITEMS, 2, 1),)
    assert (str(question), str(question.section)) == ("about", "project")


def test_every_kind_and_unit_has_a_word():
    assert [key for key, _ in words.kinds()] == [kind.value for kind in Kind]
    assert [key for key, _ in words.units()] == ["", *(unit.value for unit in Unit)]
