"""A prepared query gives what the query itself gives, and is made once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.models import Exists, F, OuterRef
from django.db.transaction import TransactionManagementError

from kinolab.applications.models import Answer, Application, TeamMember
from kinolab.foundation.people.models import Person
from kinolab.foundation.prepared import add_row, change_row, prepared
from tests.factories import applications as make
from tests.kit import queries

pytestmark = pytest.mark.django_db


def _query(code, before, lead):
    leads = TeamMember.objects.filter(application=OuterRef("pk"), person=lead, is_lead=True)
    found = Application.objects.select_related("lead", "call", "submitted_by").order_by("-pk")
    return found.annotate(is_led=Exists(leads), also=F("code")).filter(code=code, created_at__lt=before)


def _columns(thing):
    """What an object holds, its relations included."""
    held = {name: value for name, value in vars(thing).items() if name != "_state"}
    return held | {"_": {name: one and _columns(one) for name, one in thing._state.fields_cache.items()}}


def test_prepared_gives_objects_as_the_query_does():
    drafts = [make.application(make.call()), make.application(make.call(slug="other"), lead=make.person("Gulnara"))]
    ask = prepared(_query)
    for one in drafts:
        after = one.created_at + timedelta(seconds=1)
        expected = list(_query(one.code, after, one.lead_id))
        assert [_columns(found) for found in ask(one.code, after, one.lead_id)] == [_columns(expected[0])]
        assert expected[0].is_led and expected[0].also == one.code
        assert ask(one.code, one.created_at, one.lead_id) == []


def test_a_query_is_made_once_and_each_asking_is_one_statement():
    made, person = [], make.person()

    @prepared
    def ask(number):
        made.append(number)
        return Person.objects.filter(pk=number)

    with queries(2):
        assert (ask(person.pk), ask(0), ask(2**63)) == ([person], [], [])
    assert len(made) == 1


@pytest.mark.only_postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL what it keeps")
def test_postgresql_plans_once_what_is_asked_again():
    ask, person = prepared(lambda number: Person.objects.filter(pk=number)), make.person()
    kept = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%people_person%%' AND NOT from_sql"

    for _ in range(3):
        assert ask(person.pk) == [person]

    with connection.cursor() as cursor:
        assert cursor.execute(kept).fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_rows_are_held_inside_a_transaction_only():
    with pytest.raises(TransactionManagementError):
        prepared(lambda number: Person.objects.select_for_update().filter(pk=number))(1)


# --- Single rows -----------------------------------------------------------------------------------------------------
def test_a_row_added_and_changed_is_as_save_would_have_written_it():
    application = make.complete()
    saved = Answer(application=application, question=make.question(application.call, "budget"), value={"amount": "7"})
    saved.changed_at, saved.changed_by = make.NOW, application.lead
    saved.save()
    added = Answer.objects.get(pk=saved.pk)
    saved.delete()
    added.pk = None
    add_row(added)
    assert not added._state.adding
    added.value, added.sent, added.carried = ["Кыз"], {"amount": "8"}, True
    change_row(added, "value", "carried")
    held = Answer.objects.get(pk=added.pk)
    assert (held.value, held.sent, held.carried, held.changed_at) == (["Кыз"], None, True, make.NOW)
    assert (held.changed_by, held.member, held.version) == (application.lead, None, 1)


def test_a_row_that_has_gone_is_not_changed():
    person = make.person()
    Person.objects.filter(pk=person.pk).delete()
    with pytest.raises(DatabaseError):
        change_row(person, "name")
