"""`./kinolab clock`: turn the clock once, or for ever."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from kinolab.config import clock


class Command(BaseCommand):
    """Run what the clock does: send letters, remind, close, make documents."""

    help = "Turn the clock once (--once), or every KINOLAB_CLOCK seconds until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --once."""
        parser.add_argument("--once", action="store_true", help="one turn, then stop; exit code 1 if a job failed")

    def handle(self, *, once: bool, **options: object) -> None:
        """Turn."""
        if not once:
            clock.run()
        if failed := clock.turn():
            raise CommandError("Failed: " + ", ".join(failed))
