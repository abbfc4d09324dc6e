"""The room's entry in Django's list."""

from django.apps import AppConfig


class I18nApp(AppConfig):
    """Texts in several languages."""

    name = "kinolab.foundation.i18n"
    label = "i18n"
