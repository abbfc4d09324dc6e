"""The room's entry in Django's list."""

from django.apps import AppConfig


class PeopleApp(AppConfig):
    """People and how they sign in."""

    name = "kinolab.foundation.people"
    label = "people"
