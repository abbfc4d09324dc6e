"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons
from kinolab.foundation.search import sources


class CallsApp(AppConfig):
    """Open calls."""

    name = "kinolab.calls"
    label = "calls"

    def ready(self) -> None:
        """Give the room's reasons their words, its dates to the rail, the seal to roles, its calls to the search."""
        from kinolab.calls import access, searched, words
        from kinolab.calls.queries.manage import milestones
        from kinolab.labs.access import register_suspension
        from kinolab.labs.models import Edition
        from kinolab.labs.queries import register_milestones

        reasons.register(words.REASONS)
        register_milestones(milestones)
        register_suspension(access.suspended)
        sources.give(self, searched.SOURCES, searched.concerned, Edition)
