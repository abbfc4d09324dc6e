"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class SelectionApp(AppConfig):
    """Decisions and results."""

    name = "kinolab.selection"
    label = "selection"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.selection import words

        reasons.register(words.REASONS)
