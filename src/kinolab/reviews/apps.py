"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class ReviewsApp(AppConfig):
    """Readers and readings."""

    name = "kinolab.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.reviews import words

        reasons.register(words.REASONS)
