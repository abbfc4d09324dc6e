"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class MailApp(AppConfig):
    """Letters."""

    name = "kinolab.foundation.mail"
    label = "mail"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.foundation.mail import words

        reasons.register(words.REASONS)
