"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons


class ProductionApp(AppConfig):
    """Films of several films in the making."""

    name = "kinolab.production"
    label = "production"

    def ready(self) -> None:
        """Give the room's reasons their words, and tell the catalogue who makes a film."""
        from kinolab.catalogue.access import register_makers
        from kinolab.production import words
        from kinolab.production.access import makes

        reasons.register(words.REASONS)
        register_makers(makes)
