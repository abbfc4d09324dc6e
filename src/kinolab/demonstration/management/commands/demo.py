"""`./kinolab demo`: build the demonstration lab at a stage of its year."""

from argparse import ArgumentParser
from collections.abc import Iterable

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from kinolab.demonstration import building
from kinolab.demonstration.dates import Until
from kinolab.foundation.people.models import Person


class Command(BaseCommand):
    """Build the demonstration."""

    help = "Build the demonstration lab in an empty installation, at a stage of its year."
    stealth_options = ("prepared",)  # `prepare` itself has us called

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How far, how many, which."""
        stages = [until.value for until in Until]
        parser.add_argument("--stage", choices=stages, default="open", help="how far its year has come (default: open)")
        parser.add_argument("--seed", type=int, default=1, help="whole number; the same seed builds the same lab")
        parser.add_argument(
            "--applications", type=int, default=300, help="how many invented applications (default: 300)"
        )

    def handle(self, *, stage: str, seed: int, applications: int, prepared: bool = False, **options: object) -> None:
        """Build, with a bar for each long part, in a data folder that may be quite empty."""
        if not prepared:
            call_command("prepare", stderr=self.stderr)
        if building.is_built():
            raise CommandError("The demonstration is here already. Use an empty data folder (--data).")
        quiet = options["verbosity"] == 0

        def bar(numbers: Iterable[int], what: str) -> Iterable[int]:
            return tqdm(numbers, desc=what, unit="", disable=quiet or None, leave=False)

        building.build(until=Until(stage), seed=seed, number=applications, now=timezone.now(), progress=bar)
        (settings.KINOLAB_DATA / "demonstration").write_text(_cast(), encoding="utf-8")
        self.stdout.write(f"The demonstration is built: {applications} applications, stage «{stage}».")


def _cast() -> str:
    """Who one may enter as, a line each; `./run` finds it, prints it and opens the doors to them."""
    cast = Person.objects.exclude(demo_role="").order_by("pk").values_list("name", "demo_role", "email")
    return "".join(f"  {name:<24} {role:<20} {email}\n" for name, role, email in cast)
