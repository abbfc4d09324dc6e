"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class ApplicationsApp(AppConfig):
    """Applications and their teams."""

    name = "kinolab.applications"
    label = "applications"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.applications import words

        reasons.register(words.REASONS)
