"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class PeopleApp(AppConfig):
    """People and how they sign in."""

    name = "kinolab.foundation.people"
    label = "people"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.foundation.people import words

        reasons.register(words.REASONS)
