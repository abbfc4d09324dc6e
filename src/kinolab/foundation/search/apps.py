"""The room's entry in Django's list."""

from django.apps import AppConfig


class SearchApp(AppConfig):
    """Search."""

    name = "kinolab.foundation.search"
    label = "search"
