"""The room's entry in Django."""

from django.apps import AppConfig


class UiApp(AppConfig):
    """Base pages, components and the gallery; no tables."""

    name = "kinolab.foundation.ui"
    label = "ui"
