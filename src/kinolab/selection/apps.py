"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class SelectionApp(AppConfig):
    """Decisions and results."""

    name = "kinolab.selection"
    label = "selection"

    def ready(self) -> None:
        """Give the room's reasons their words, the rail the announcement, applicants their result."""
        from kinolab.applications.queries.appeals import register_deciders
        from kinolab.applications.queries.later import register_bound, register_in_strands, register_way
        from kinolab.labs.queries import register_milestones
        from kinolab.selection import words
        from kinolab.selection.queries.public import (
            announced_in_strands,
            announced_steps,
            decided_upon,
            deciders,
            milestones,
        )

        reasons.register(words.REASONS)
        register_milestones(milestones)
        register_way(announced_steps)
        register_in_strands(announced_in_strands)
        register_bound(decided_upon)
        register_deciders(deciders)
