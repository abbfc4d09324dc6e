"""The room's entry in Django's list."""

from django.apps import AppConfig


class DemonstrationApp(AppConfig):
    """The demonstration lab."""

    name = "kinolab.demonstration"
    label = "demonstration"
