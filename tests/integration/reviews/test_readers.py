"""Readers and the phase they read in: inviting, changing, letting go, reminding; and every refusal."""

from datetime import timedelta
from typing import Any

import pytest

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.reviews.actions import readers
from kinolab.reviews.models import Reader, Reading, ReviewPhase
from tests.factories import applications as teams
from tests.factories import reviews as make
from tests.factories.reviews import BEGINS, ENDS, NOW


def refused(action: Any, **arguments: Any) -> Refusal:
    with pytest.raises(Denied) as denied:
        action(**arguments)
    return denied.value.refusal


def invite(edition: Any, by: Any, email: str = "nodira@example.org", **more: Any) -> Reader:
    given = {"name": "Nodira", "languages": ["uz", "en"], "capacity": 12, "company": "Salt Film"} | more
    return readers.add_reader(edition=edition, email=email, **given, by=by, at=NOW)


# --- Inviting --------------------------------------------------------------------------------------------------------
def test_invited_reader_gets_a_letter_in_their_language_and_a_row_in_the_record(call, aigul):
    teams.person("Nodira", language="ru")

    reader = invite(call.edition, aigul)

    assert (reader.person.email, reader.languages, reader.capacity, reader.company, reader.added_by) == (
        "nodira@example.org",
        ["uz", "en"],
        12,
        "Salt Film",
        aigul,
    )
    letter = Letter.objects.get(kind="reader_invited")
    assert (letter.to_email, letter.language) == ("nodira@example.org", "ru")
    assert "/ru/reading/" in letter.body
    assert Entry.objects.get(verb="added_reader").after == {"languages": ["uz", "en"], "capacity": 12}


def test_reader_who_left_comes_back(call, aigul):
    reader = invite(call.edition, aigul)
    readers.remove_reader(reader=reader, by=aigul, at=NOW)

    back = invite(call.edition, aigul, languages=["ky"], capacity=3)

    assert (back.pk, back.left_at, back.languages, back.capacity) == (reader.pk, None, ["ky"], 3)


def test_who_and_what_may_not_be_added(call, aigul):
    invite(call.edition, aigul)

    assert refused(invite, edition=call.edition, by=make.saule(call.edition)).code == "not_permitted"
    assert refused(invite, edition=call.edition, by=aigul, languages=[]) == Refusal("no_languages_read")
    assert refused(invite, edition=call.edition, by=aigul) == Refusal("already_reader", {"name": "Nodira"})
    assert Reader.objects.count() == 1


# --- Changing --------------------------------------------------------------------------------------------------------
def test_change_is_recorded_before_and_after_and_no_change_is_not(nodira, aigul):
    change = {"reader": nodira, "languages": ["ky"], "capacity": 5, "company": "", "by": aigul, "at": NOW}

    readers.change_reader(**change)
    readers.change_reader(**change)

    nodira.refresh_from_db()
    assert (nodira.languages, nodira.capacity) == (["ky"], 5)
    entry = Entry.objects.get(verb="changed_reader")
    assert entry.before == {"languages": ["en", "ky"], "capacity": 40, "company": ""}
    assert entry.after == {"languages": ["ky"], "capacity": 5, "company": ""}


def test_change_without_a_language_or_a_right_is_refused(nodira, aigul):
    change = {"reader": nodira, "languages": [], "capacity": 5, "company": "", "at": NOW}

    assert refused(readers.change_reader, **change, by=aigul) == Refusal("no_languages_read")
    saule = make.saule(nodira.edition)
    assert refused(readers.change_reader, **(change | {"languages": ["ky"]}), by=saule).code == "not_permitted"


# --- Letting go ------------------------------------------------------------------------------------------------------
def test_reader_let_go_gives_back_what_is_not_begun_and_keeps_what_is_done(reading, phase, nodira, aigul, call):
    done = make.hand_in(make.reading(phase, nodira, make.application(call, "The Salt")))

    readers.remove_reader(reader=nodira, by=aigul, at=NOW)
    readers.remove_reader(reader=nodira, by=aigul, at=NOW + timedelta(days=1))  # twice changes nothing

    nodira.refresh_from_db()
    assert nodira.left_at == NOW
    assert dict(Reading.objects.values_list("pk", "state")) == {reading.pk: "released", done.pk: "submitted"}
    assert Entry.objects.filter(verb="removed_reader").count() == 1


def test_reader_with_a_reading_begun_is_not_let_go(reading, nodira, aigul, phase, call):
    make.reading(phase, nodira, make.application(call, "The Salt"))
    make.write(reading, private_note="Begun")

    assert refused(readers.remove_reader, reader=nodira, by=aigul, at=NOW) == Refusal(
        "reader_has_begun", {"name": "Nodira"}
    )
    nodira.refresh_from_db()
    assert nodira.left_at is None
    assert sorted(Reading.objects.values_list("state", flat=True)) == ["assigned", "draft"]


def test_who_may_not_let_a_reader_go(nodira):
    saule = make.saule(nodira.edition)

    assert refused(readers.remove_reader, reader=nodira, by=saule, at=NOW).code == "not_permitted"


# --- The phase -------------------------------------------------------------------------------------------------------
def test_phase_is_made_the_first_time_and_changed_then(call, aigul):
    first = readers.set_phase(edition=call.edition, changes={"readings_each": 3}, by=aigul, at=NOW)
    again = readers.set_phase(edition=call.edition, changes={"see_names": True}, by=aigul, at=NOW)

    assert first.pk == again.pk
    assert list(ReviewPhase.objects.values_list("readings_each", "see_names")) == [(3, True)]
    entries = Entry.objects.filter(verb="set_phase").order_by("pk").values_list("before", "after")
    assert list(entries) == [({}, {"readings_each": 3}), ({"see_names": False}, {"see_names": True})]


def test_phase_cannot_end_before_it_begins_nor_be_set_by_a_coordinator(call, aigul):
    changes = {"starts_at": ENDS, "ends_at": BEGINS}
    set_phase = {"edition": call.edition, "changes": changes, "at": NOW}

    assert refused(readers.set_phase, **set_phase, by=aigul) == Refusal("phase_ends_before_start")
    assert refused(readers.set_phase, **set_phase, by=make.bakyt(call.edition)).code == "not_permitted"
    assert ReviewPhase.objects.count() == 0


# --- Reminding -------------------------------------------------------------------------------------------------------
def test_reminders_go_to_those_who_are_not_done_once_a_day(reading, phase, nodira, aigul, application):
    timur, idle = make.reader(phase.edition, "Timur"), make.reader(phase.edition, "Inga")
    make.hand_in(make.reading(phase, timur, application))
    everybody = [nodira.pk, timur.pk, idle.pk]

    sent = [
        readers.remind(edition=phase.edition, numbers=everybody, by=aigul, at=NOW + timedelta(hours=hours))
        for hours in (0, 2, 24)
    ]

    assert sent == [1, 0, 1]
    letters = Letter.objects.filter(kind="reader_reminder")
    assert {letter.to_email for letter in letters} == {"nodira@example.org"}
    assert "Reading ends: 21 September 2026" in letters.first().body
    assert list(Entry.objects.filter(verb="reminded_readers").order_by("pk").values_list("after", flat=True)) == [
        {"letters": 1}, {"letters": 0}, {"letters": 1},
    ]  # fmt: skip


def test_reminding_needs_a_phase_and_the_right(call, aigul):
    remind = {"edition": call.edition, "numbers": [1], "at": NOW}

    assert refused(readers.remind, **remind, by=aigul) == Refusal("no_phase")
    assert refused(readers.remind, **remind, by=make.saule(call.edition)).code == "not_permitted"


def test_readers_of_another_edition_are_not_reminded(reading, aigul):
    other = make.call("teen-lab")
    make.phase(other)

    nobody = readers.remind(edition=other.edition, numbers=[reading.reader_id], by=make.aigul(other.edition), at=NOW)

    assert nobody == 0
