"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.audit import words as audit


class DeskApp(AppConfig):
    """Pages made of many rooms."""

    name = "kinolab.desk"
    label = "desk"

    def ready(self) -> None:
        """Give the record its words."""
        from kinolab.desk import words

        audit.register(verbs=words.VERBS, kinds=words.KINDS, fields=words.FIELDS)
