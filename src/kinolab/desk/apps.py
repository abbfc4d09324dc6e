"""The room's entry in Django's list."""

from django.apps import AppConfig


class DeskApp(AppConfig):
    """Pages made of many rooms."""

    name = "kinolab.desk"
    label = "desk"
