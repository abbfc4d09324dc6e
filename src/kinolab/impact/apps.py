"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class ImpactApp(AppConfig):
    """Road maps and what became of them."""

    name = "kinolab.impact"
    label = "impact"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.impact import words

        reasons.register(words.REASONS)
