"""The last app to be ready: it connects the switchboard."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """Wires events to their answers once every room is loaded."""

    name = "kinolab.config"
    label = "config"

    def ready(self) -> None:
        """Connect each event to the actions that answer it."""
        from kinolab import switchboard

        switchboard.connect()
