"""The record: rows are added and read; neither the program nor the database changes one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from kinolab.foundation.audit import actions, queries
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.people.models import Person
from tests.factories import labs

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(**more):
    values = {"by": labs.person(), "at": NOW, "verb": "changed", "thing": labs.programme(), "scope": "programme:1"}
    return actions.record(**(values | {"before": {"name": "А"}, "after": {"name": "Б", "at": NOW}} | more))


def row(of: Entry) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM audit_entry WHERE id = {of.pk}")
        return cursor.fetchone()


def test_row_says_who_did_what_when_to_what_before_and_after():
    kept = entry()
    kept.refresh_from_db()

    assert (kept.at, kept.actor, kept.verb, kept.scope) == (NOW, labs.person(), "changed", "programme:1")
    assert (kept.kind, kept.key, kept.label) == ("labs.programme", str(labs.programme().pk), str(labs.programme()))
    assert (kept.before, kept.after) == ({"name": "А"}, {"name": "Б", "at": "2026-03-01T12:00:00Z"})
    assert str(kept) == f"2026-03-01 12:00 changed labs.programme {kept.key}"


def test_row_of_the_clock_has_nobody_and_need_not_say_what_changed():
    kept = entry(by=None, before=None, after=None)

    assert (kept.actor, kept.before, kept.after) == (None, None, None)


def test_row_is_written_with_what_it_tells_of_or_not_at_all():
    with transaction.atomic():
        entry()
        transaction.set_rollback(True)

    assert not Entry.objects.exists()


def test_rows_are_read_by_scope_and_by_thing_the_newest_first():
    first, second = entry(), entry(at=NOW + timedelta(hours=1))
    other = entry(thing=labs.person("Bakyt"), scope="programme:2")

    assert list(queries.entries(scope="programme:1")) == [second, first]
    assert list(queries.entries(thing=labs.person("Bakyt"))) == [other]
    assert list(queries.entries()) == [second, other, first]


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.save(),
        lambda one: one.delete(),
        lambda one: Entry.objects.update(verb="nothing"),
        lambda one: Entry.objects.filter(pk=one.pk).delete(),
        lambda one: Entry.objects.all()._raw_delete("default"),
        lambda one: Entry.objects.bulk_update([one], ["verb"]),
        lambda one: Entry.objects.update_or_create(defaults={"verb": "nothing"}, pk=one.pk),
    ],
)
def test_row_when_the_program_would_change_it_stays(change):
    kept = entry()
    before = row(kept)

    with pytest.raises(TypeError, match="never changed"):
        change(kept)

    assert row(kept) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'nothing'",
        "UPDATE audit_entry SET at = '2020-01-01', actor_id = NULL",
        "UPDATE audit_entry SET after = NULL",
        "UPDATE audit_entry SET actor_id = (SELECT max(id) FROM people_person)",
        "DELETE FROM audit_entry",
    ],
)
def test_row_when_the_database_is_asked_directly_stays(statement):
    kept = entry()
    labs.person("Somebody else")
    before = row(kept)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert row(kept) == before


def test_row_when_its_person_is_deleted_stays_and_forgets_who_it_was():
    gone = Person.objects.create_user("gone@example.org", name="Gone")
    kept = entry(by=gone)

    gone.delete()

    kept.refresh_from_db()
    assert (kept.actor, kept.verb, kept.after["name"]) == (None, "changed", "Б")


def test_long_names_and_markup_are_kept_as_text():
    kept = entry(thing=labs.programme("long", name={"en": "<b>" + "ы" * 400}), after={"name": "<script>"})

    assert kept.label == "<b>" + "ы" * 297
    assert kept.after == {"name": "<script>"}
