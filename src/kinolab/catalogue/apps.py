"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons
from kinolab.foundation.search import sources


class CatalogueApp(AppConfig):
    """The catalogue of films."""

    name = "kinolab.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Give the room's reasons their words and the search its films; say who sees its pictures."""
        from kinolab.catalogue import access, searched, words
        from kinolab.foundation.files import showing

        reasons.register(words.REASONS)
        showing.register(access.picture_audience)
        sources.give(self, searched.SOURCES, searched.concerned)
