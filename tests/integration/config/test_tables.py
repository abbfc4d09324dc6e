"""The first migration of a room: models that point at each other are made in one go, and taken away."""

import pytest
from django.apps.registry import Apps
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from kinolab.foundation.tables import CreateModels

OWN_KEY = ("id", models.BigAutoField(primary_key=True))


def _operation() -> CreateModels:
    once = models.UniqueConstraint(fields=["second"], name="first_once_a_second")
    first = [OWN_KEY, ("second", models.ForeignKey("pair.second", models.CASCADE, related_name="+"))]
    second = [OWN_KEY, ("first", models.ForeignKey("pair.first", models.CASCADE, null=True, related_name="+"))]
    return CreateModels([CreateModel("First", first, {"constraints": [once]}), CreateModel("Second", second)])


@pytest.mark.slow
def test_create_models_when_they_point_at_each_other_makes_both_and_takes_both_away(transactional_db: None) -> None:
    operation, before, after = _operation(), ProjectState(), ProjectState()
    operation.state_forwards("pair", after)

    with connection.schema_editor() as editor:
        operation.database_forwards("pair", editor, before, after)
    made: Apps = after.apps
    first, second = made.get_model("pair", "First"), made.get_model("pair", "Second")
    there = {"pair_first", "pair_second"} & set(connection.introspection.table_names())
    one = second.objects.create()
    second.objects.update(first=first.objects.create(second=one))
    with pytest.raises(IntegrityError), transaction.atomic():
        first.objects.create(second=one)
    second.objects.update(first=None)
    with connection.schema_editor() as editor:
        operation.database_backwards("pair", editor, after, before)

    assert there == {"pair_first", "pair_second"}
    assert not there & set(connection.introspection.table_names())
    assert operation.describe() == "Create models First, Second"
    assert operation.deconstruct() == ("CreateModels", [], {"models": operation.models})


def test_create_models_when_the_state_was_drawn_draws_it_anew() -> None:
    state = ProjectState()
    drawn = state.apps

    _operation().state_forwards("pair", state)

    assert state.apps is not drawn
    assert {model.__name__ for model in state.apps.get_models()} == {"First", "Second"}
