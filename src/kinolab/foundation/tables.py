"""The first migration of a room makes its tables in one go."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Create several models that may point at each other, in any order.

    Django draws all related models anew after each `CreateModel`, so the time of a first start grows with their square.
    Here they are drawn once a room.
    """

    def __init__(self, models: Sequence[CreateModel]) -> None:
        """Take them as `makemigrations` writes them, constraints and indexes among each one's options."""
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how it is written in a migration."""
        return type(self).__qualname__, [], {"models": self.models}

    def describe(self) -> str:
        """Name them, for `migrate --plan`."""
        return f"Create models {', '.join(model.name for model in self.models)}"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add all of them to the state; what was drawn of it is drawn anew when it is next asked for."""
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create their tables."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Delete their tables, the last one first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)
