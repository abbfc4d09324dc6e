"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class CallsApp(AppConfig):
    """Open calls."""

    name = "kinolab.calls"
    label = "calls"

    def ready(self) -> None:
        """Give the room's reasons their words, its dates to the rail, the seal to roles."""
        from kinolab.calls import access, words
        from kinolab.calls.queries.manage import milestones
        from kinolab.labs.access import register_suspension
        from kinolab.labs.queries import register_milestones

        reasons.register(words.REASONS)
        register_milestones(milestones)
        register_suspension(access.suspended)
