"""A prepared query gives what the query itself gives, and is made once."""

from datetime import timedelta

import pytest
from django.db.models import Exists, F, OuterRef
from django.db.transaction import TransactionManagementError

from kinolab.applications.models import Application, TeamMember
from kinolab.foundation.people.models import Person
from kinolab.foundation.prepared import prepared
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
        assert (ask(person.pk), ask(0)) == ([person], [])
    assert len(made) == 1


@pytest.mark.django_db(transaction=True)
def test_rows_are_held_inside_a_transaction_only():
    with pytest.raises(TransactionManagementError):
        prepared(lambda number: Person.objects.select_for_update().filter(pk=number))(1)
