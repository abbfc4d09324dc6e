"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class NewsApp(AppConfig):
    """The newsroom."""

    name = "kinolab.news"
    label = "news"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.news import words

        reasons.register(words.REASONS)
