"""A frozen form is read once by a process; one that may still change is read each time."""

from functools import lru_cache

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kinolab.applications.queries import dossier
from kinolab.calls.models import Call
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions.models import Question
from kinolab.labs.models import Module
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    """As a server keeps them; other tests keep none."""
    monkeypatch.setattr(dossier, "frozen_questions", lru_cache(maxsize=2)(dossier.frozen_questions.__wrapped__))


def _asked(call: Call) -> tuple[list[str], int]:
    fresh = Call.objects.select_related("form", "edition").get(pk=call.pk)
    with CaptureQueriesContext(connection) as seen:
        keys = [one.key for one in dossier.asked_in(fresh)]
    return keys, len(seen)


def test_frozen_form_is_asked_of_the_database_once():
    call = make.call()
    first, second = _asked(call), _asked(call)

    assert first[0] == second[0] != []
    assert (first[1], second[1]) == (1, 0)


def test_form_that_may_change_is_asked_each_time():
    call = make.call()
    call.form.frozen_at = None
    call.form.save(update_fields=["frozen_at"])

    assert [_asked(call)[1], _asked(call)[1]] == [1, 1]


def test_modules_of_a_frozen_form_are_those_of_the_edition_now():
    call = make.call()
    Question.objects.create(
        section=call.form.sections.first(), order=50, key="attends", kind="modules", label=Text({"en": "Modules"})
    )
    module = Module.objects.create(edition=call.edition, order=1, name=Text({"en": "Lab week"}))
    number = str(module.pk)

    before = _choices(call)
    module.delete()

    assert (before, _choices(call)) == ([number], [])


def _choices(call: Call) -> list[str]:
    fresh = Call.objects.select_related("form", "edition").get(pk=call.pk)
    asked = next(one for one in dossier.asked_in(fresh) if one.key == "attends")
    return [choice["key"] for choice in asked.choices]
