"""Conflicts of interest: the application vanishes for the reader everywhere, and comes back only with a reason."""

from typing import Any

import pytest

from kinolab.applications.models import Hiding
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.reviews.actions import conflicts
from kinolab.reviews.models import Conflict
from tests.factories import reviews as make
from tests.factories.reviews import NOW


def refused(action: Any, **arguments: Any) -> Refusal:
    with pytest.raises(Denied) as denied:
        action(**arguments)
    return denied.value.refusal


def hidden_from(person: Any) -> list[int]:
    return list(Hiding.objects.filter(person=person).values_list("application_id", flat=True))


def test_declared_by_the_reader_it_hides_and_abstains(reading, application):
    make.hand_in(reading)

    conflicts.declare(reading=reading, note=" My student ", by=reading.reader.person, at=NOW)

    reading.refresh_from_db()
    application.refresh_from_db()
    kept = Conflict.objects.get()
    assert (kept.reader, kept.application, kept.note, kept.declared_by) == (
        reading.reader,
        application,
        "My student",
        reading.reader.person,
    )
    assert (reading.state, reading.abstain_reason) == ("abstained", "conflict")
    assert (application.score, application.readings_done) == (None, 0)
    assert hidden_from(reading.reader.person) == [application.pk]
    entry = Entry.objects.get(verb="declared_conflict")
    assert (entry.kind, entry.key) == ("applications.application", str(application.pk))


def test_declared_twice_it_stands_once(reading, application, nodira, aigul):
    conflicts.declare(reading=reading, note="", by=nodira.person, at=NOW)
    conflicts.declare_for(reader=nodira, application=application, note="Again", by=aigul, at=NOW)

    assert Conflict.objects.count() == 1


def test_noted_by_the_office_before_anything_was_given(nodira, application, aigul):
    conflicts.declare_for(reader=nodira, application=application, note="Cousins", by=aigul, at=NOW)

    assert hidden_from(nodira.person) == [application.pk]
    assert Conflict.objects.get().declared_by == aigul


def test_taken_back_with_a_reason_it_shows_again_and_stays_abstained(reading, application, aigul):
    conflicts.declare(reading=reading, note="My student", by=reading.reader.person, at=NOW)

    conflicts.take_back(conflict=Conflict.objects.get(), reason="Another person of that name", by=aigul, at=NOW)

    reading.refresh_from_db()
    assert (Conflict.objects.count(), hidden_from(reading.reader.person), reading.state) == (0, [], "abstained")
    entry = Entry.objects.get(verb="took_back_conflict")
    assert (entry.before, entry.after) == (
        {"reader": "Nodira", "note": "My student"},
        {"reason": "Another person of that name"},
    )


def test_what_is_refused(reading, application, nodira, aigul, call):
    saule, timur = make.saule(call.edition), make.reader(call.edition, "Timur")
    kept = make.conflict(timur, application, aigul)

    assert refused(conflicts.declare, reading=reading, note="", by=timur.person, at=NOW).code == "not_your_reading"
    assert (
        refused(conflicts.declare_for, reader=nodira, application=application, note="", by=saule, at=NOW).code
        == "not_permitted"
    )
    assert refused(conflicts.take_back, conflict=kept, reason="x", by=saule, at=NOW).code == "not_permitted"
    assert refused(conflicts.take_back, conflict=kept, reason="  ", by=aigul, at=NOW) == Refusal(
        "conflict_reason_needed"
    )
    assert Conflict.objects.count() == 1
