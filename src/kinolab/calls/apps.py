"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class CallsApp(AppConfig):
    """Open calls."""

    name = "kinolab.calls"
    label = "calls"

    def ready(self) -> None:
        """Give the room's reasons their words, and its dates to the rail."""
        from kinolab.calls import words
        from kinolab.calls.queries.manage import milestones
        from kinolab.labs.queries import register_milestones

        reasons.register(words.REASONS)
        register_milestones(milestones)
