"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class ReviewsApp(AppConfig):
    """Readers and readings."""

    name = "kinolab.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Give the room's reasons their words, the rail its dates of reading, applicants the step “being read”."""
        from kinolab.applications.queries.mine import register_way
        from kinolab.labs.queries import register_milestones
        from kinolab.reviews import words
        from kinolab.reviews.queries.board import milestones
        from kinolab.reviews.queries.told import being_read

        reasons.register(words.REASONS)
        register_milestones(milestones)
        register_way(being_read)
