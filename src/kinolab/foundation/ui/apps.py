"""The room's entry in Django."""

from django.apps import AppConfig

from kinolab.foundation.ui import mistakes


class UiApp(AppConfig):
    """Base pages, components and the gallery; no tables."""

    name = "kinolab.foundation.ui"
    label = "ui"

    def ready(self) -> None:
        """Forms speak as the pages do."""
        mistakes.speak()
