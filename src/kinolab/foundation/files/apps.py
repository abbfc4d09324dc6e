"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class FilesApp(AppConfig):
    """Private files."""

    name = "kinolab.foundation.files"
    label = "files"

    def ready(self) -> None:
        """Give the room's reasons their words."""
        from kinolab.foundation.files import words

        reasons.register(words.REASONS)
