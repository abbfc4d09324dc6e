"""`./kinolab letters`: how the outbox stands, and what the mail server said."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from kinolab.foundation.mail import actions, queries, words


class Command(BaseCommand):
    """Show the outbox; try again what was given up."""

    help = "Show how many letters wait, left or failed, and why; --retry sends what was given up once more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --retry."""
        parser.add_argument("--retry", action="store_true", help="let every letter go again that was not delivered")

    def handle(self, *, retry: bool, **options: object) -> None:
        """Print states with their numbers, then each letter in trouble with the last answer of the mail server."""
        if retry:
            for letter in queries.undelivered():
                actions.retry(letter=letter, by=None, at=timezone.now())
        counted = queries.states()
        for state, label in words.STATES.items():
            self.stdout.write(f"{label:<16}{counted.get(state.value, 0):>8}")
        for letter in queries.in_trouble():
            told = f"{letter.to_email}  {letter.get_state_display()}, {letter.attempts}×: {letter.last_error}"
            self.stdout.write(f"  {letter.due_at:%Y-%m-%d %H:%M} UTC  {told}")
