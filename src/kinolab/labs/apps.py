"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class LabsApp(AppConfig):
    """Programmes, editions and their teams."""

    name = "kinolab.labs"
    label = "labs"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.labs import words

        reasons.register(words.REASONS)
