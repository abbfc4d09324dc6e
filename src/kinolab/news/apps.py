"""The room's entry in Django's list."""

from django.apps import AppConfig

from kinolab.foundation.i18n import reasons
from kinolab.foundation.search import sources


class NewsApp(AppConfig):
    """The newsroom."""

    name = "kinolab.news"
    label = "news"

    def ready(self) -> None:
        """Give the room's reasons their words, the search its articles; let editions and films show what is told about them."""
        from kinolab.catalogue.queries import told
        from kinolab.foundation.files import showing
        from kinolab.foundation.ui import standing
        from kinolab.labs import queries as labs
        from kinolab.news import access, searched, words
        from kinolab.news.queries import public

        reasons.register(words.REASONS)
        labs.register_stories(public.stories_of)
        told.register_stories(public.stories_of_film)
        showing.register(access.audience)
        standing.register(public.standing)
        sources.give(self, searched.SOURCES, searched.concerned)
