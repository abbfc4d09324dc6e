"""The room's entry in Django's list."""

from django.apps import AppConfig


class AuditApp(AppConfig):
    """The record."""

    name = "kinolab.foundation.audit"
    label = "audit"

    def ready(self) -> None:
        """Pages drawn for visitors are kept until something that they see is recorded to have changed."""
        from kinolab.foundation.audit import queries
        from kinolab.foundation.ui import visitors

        visitors.register_teller(queries.times_changed)
