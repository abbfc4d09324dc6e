"""Texts, dates and settings of a call as actions: what is kept, what is refused, what the record says."""

from datetime import date, timedelta
from typing import Any

import pytest

from kinolab.calls.actions import editing
from kinolab.calls.models import Call, Faq
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from tests.factories import calls, labs
from tests.factories.labs import NOW, text


@pytest.fixture
def call() -> Call:
    """A call that nobody has published."""
    return calls.draft_call()


@pytest.fixture
def aigul(call: Call) -> Person:
    """Who may do everything."""
    owner = labs.person("Aigul")
    labs.membership(owner, organisation=call.edition.programme.organisation)
    return owner


def refused(action: Any, **arguments: Any) -> str:
    with pytest.raises(Denied) as denied:
        action(**arguments, at=NOW)
    return denied.value.refusal.code


# --- Texts -----------------------------------------------------------------------------------------------------------
def test_texts_of_lists_and_choices_are_kept_by_language_and_counted(call: Call, aigul: Person) -> None:
    faq = Faq.objects.create(call=call, order=1, question=text("May I?"), answer=text("Yes"))
    stage = Question.objects.get(section__form=call.form)
    stage.kind, stage.choices = "choice", [{"key": "edit", "label": {"en": "Editing", "ru": "Монтаж"}}]
    stage.save()
    said = {
        f"faq.{faq.pk}.answer": {"ky": " Ооба ", "en": "Yes"},
        f"faq.{faq.pk}.question": {"en": "May I?"},  # as it was
        f"asked.{stage.pk}.choice-0": {"ky": "Монтаждоо", "ru": ""},
    }

    changed = editing.change_texts(call=call, texts=said, by=aigul, at=NOW)

    faq.refresh_from_db()
    stage.refresh_from_db()
    assert (changed, faq.answer.as_dict()) == (2, {"ky": "Ооба", "ru": "Yes", "en": "Yes"})
    assert stage.choices == [{"key": "edit", "label": {"en": "Editing", "ky": "Монтаждоо"}}]
    entry = Entry.objects.get(verb="changed_texts")
    assert entry.before == {
        f"faq.{faq.pk}.answer": text("Yes"), f"asked.{stage.pk}.choice-0": {"en": "Editing", "ru": "Монтаж"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "key",
    ["", "call", "call.x.headline", "call.{call}", "call.{call}.", "person.{call}.name", "call.0.headline",
     "call.{call}.timezone", "call.{call}.choice-0", "asked.{question}.choice-0", "asked.{question}.choice-x"],
)  # fmt: skip
def test_texts_when_one_place_is_not_there_then_none_is_kept(call: Call, aigul: Person, key: str) -> None:
    named = key.format(call=call.pk, question=Question.objects.get().pk)
    said = {f"call.{call.pk}.headline": {"en": "Come"}, named: {"en": "x"}}

    assert refused(editing.change_texts, call=call, texts=said, by=aigul) == "unknown_text"
    call.refresh_from_db()
    assert (call.headline["en"], Entry.objects.count()) == ("Open call", 0)


# --- Dates and settings ----------------------------------------------------------------------------------------------
def test_call_and_edition_are_changed_together_and_the_record_says_from_what_to_what(call: Call, aigul: Person) -> None:
    closes = call.closes_at + timedelta(days=1)

    editing.change_dates(
        call=call, changes={"closes_at": closes, "grace_minutes": call.grace_minutes},
        of_edition={"starts_on": date(2026, 9, 27), "name": text("Lab")}, by=aigul, at=NOW,
    )  # fmt: skip

    told = {entry.kind: (entry.before, entry.after) for entry in Entry.objects.filter(verb="changed")}
    assert told == {
        "calls.call": ({"closes_at": call.closes_at.isoformat()}, {"closes_at": closes.isoformat()}),
        "labs.edition": (
            {"starts_on": "2026-09-26", "name": text("Impact Lab 2026")}, {"starts_on": "2026-09-27", "name": text("Lab")},
        ),
    }  # fmt: skip


def test_what_is_as_it_was_leaves_no_record(call: Call, aigul: Person) -> None:
    editing.change_dates(
        call=call, changes={"opens_at": call.opens_at}, of_edition={"starts_on": call.edition.starts_on},
        by=aigul, at=NOW,
    )  # fmt: skip

    assert Entry.objects.count() == 0


def test_close_before_the_opening_is_refused_and_the_edition_stays_too(call: Call, aigul: Person) -> None:
    said = {"changes": {"closes_at": call.opens_at - timedelta(minutes=1)}, "of_edition": {"country": "KZ"}}

    assert refused(editing.change_dates, call=call, **said, by=aigul) == "closes_before_opens"
    call.refresh_from_db()
    assert (call.closes_at, call.edition.country) == (NOW + timedelta(days=40), "KG")


def test_dates_may_be_taken_away_before_anything_is_public(call: Call, aigul: Person) -> None:
    editing.change_call(call=call, changes={"closes_at": None}, by=aigul, at=NOW)

    call.refresh_from_db()
    assert call.closes_at is None


def test_open_call_is_only_extended_but_other_settings_change(aigul: Person, call: Call) -> None:
    Call.objects.update(published_at=NOW, opens_at=NOW - timedelta(days=1))

    later = {"closes_at": call.closes_at + timedelta(days=1)}
    assert refused(editing.change_call, call=call, changes=later, by=aigul) == "only_extend"
    editing.change_call(call=call, changes={"contact_email": "new@example.org"}, by=aigul, at=NOW)

    call.refresh_from_db()
    assert (call.contact_email, call.closes_at) == ("new@example.org", NOW + timedelta(days=40))


def test_nothing_is_changed_by_those_who_may_not_configure(call: Call) -> None:
    bakyt = labs.person("Bakyt")
    labs.membership(bakyt, Role.COORDINATOR, of=call.edition)

    for action, said in (
        (editing.change_call, {"call": call, "changes": {"grace_minutes": 9}}),
        (editing.change_edition, {"edition": call.edition, "changes": {"country": "KZ"}}),
        (editing.change_texts, {"call": call, "texts": {f"call.{call.pk}.headline": {"en": "x"}}}),
    ):
        assert refused(action, **said, by=bakyt) == "not_permitted"
    assert Entry.objects.count() == 0
