"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class QuestionsApp(AppConfig):
    """Forms as data."""

    name = "kinolab.foundation.questions"
    label = "questions"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.foundation.questions import words

        reasons.register(words.REASONS)
