"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class CallsApp(AppConfig):
    """Open calls."""

    name = "kinolab.calls"
    label = "calls"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.calls import words

        reasons.register(words.REASONS)
