"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class ReviewsApp(AppConfig):
    """Readers and readings."""

    name = "kinolab.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Give their words to reasons, dates to the rail, “being read” to applicants, limits to roles while one reads."""
        from kinolab.applications.queries.book import register_readers
        from kinolab.applications.queries.later import register_bound, register_way
        from kinolab.labs.access import register_suspension
        from kinolab.labs.queries import register_milestones
        from kinolab.reviews import access, words
        from kinolab.reviews.queries.board import milestones
        from kinolab.reviews.queries.mine import read_by
        from kinolab.reviews.queries.told import being_read, read_alone

        reasons.register(words.REASONS)
        register_milestones(milestones)
        register_way(being_read)
        register_bound(read_alone)
        register_suspension(access.suspended)
        register_readers(read_by)
