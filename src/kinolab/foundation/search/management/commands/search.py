"""`./kinolab search rebuild`: make everything that the search holds anew."""

from argparse import ArgumentParser
from collections.abc import Iterable

from django.core.management.base import BaseCommand
from tqdm import tqdm

from kinolab.foundation.search import actions
from kinolab.foundation.search.sources import Made


class Command(BaseCommand):
    """Rebuild the index."""

    help = "Make the index of the search anew, while the server runs; needed only after a database was changed by other means."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do."""
        parser.add_argument("what", choices=("rebuild",), help="make every document anew")

    def handle(self, *, what: str, **options: object) -> None:
        """Do it, with a bar for each kind."""
        number = actions.rebuild(_bar)
        self.stdout.write(f"The search holds {number} documents.")


def _bar(made: Iterable[Made], kind: str, number: int) -> Iterable[Made]:
    return tqdm(made, desc=kind, total=number, unit="", leave=False, disable=None)
