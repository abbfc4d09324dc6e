"""The room's entry in Django's list."""

from django.apps import AppConfig


class AuditApp(AppConfig):
    """The record."""

    name = "kinolab.foundation.audit"
    label = "audit"
