"""`./kinolab bench`: how fast and how large, on data of its own."""

import importlib.util
import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kinolab.config.bench import plan
from kinolab.config.readers import text


class Command(BaseCommand):
    """Measure the pages under a large edition."""

    help = (
        "Measure speed and memory: a large edition in a folder of its own, the real server, requests from this machine."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How large, how often, where to."""
        parser.add_argument(
            "--applications",
            type=int,
            default=plan.APPLICATIONS,
            help=f"how many sent applications, {plan.FEWEST_APPLICATIONS} to {plan.MOST_APPLICATIONS}"
            f" (default: {plan.APPLICATIONS})",
        )
        parser.add_argument(
            "--requests",
            type=int,
            default=plan.REQUESTS,
            help=f"how many requests a row, up to {plan.MOST_REQUESTS} (default: {plan.REQUESTS})",
        )
        parser.add_argument(
            "--database",
            action="store_true",
            help="on the PostgreSQL server that KINOLAB_DATABASE names, in a new database that is dropped afterwards",
        )
        parser.add_argument(
            "--json", metavar="FILE", help="write the figures there too (milliseconds, kilobytes of 1000)"
        )
        parser.add_argument("--write", metavar="FILE", help="write the page of the reference there (Markdown)")

    def handle(self, *, applications: int, requests: int, database: bool, **options: object) -> None:
        """Measure, print, write."""
        fewest, most = plan.FEWEST_APPLICATIONS, plan.MOST_APPLICATIONS
        if not (fewest <= applications <= most and 1 <= requests <= plan.MOST_REQUESTS):
            raise CommandError(f"From {fewest} to {most} applications, and from 1 to {plan.MOST_REQUESTS} requests.")
        address = text("KINOLAB_DATABASE") if database else ""
        if database and not address:
            raise CommandError("--database needs KINOLAB_DATABASE: the address of a PostgreSQL server.")
        if importlib.util.find_spec("aiosmtpd") is None:
            raise CommandError("The bench needs the developers' tools (a mail server): ./test --quick installs them.")
        from kinolab.config.bench import measuring, report  # noqa: PLC0415  (needs the developers' tools)

        result = measuring.measure(applications=applications, requests=requests, address=address, say=self.stderr.write)
        self.stdout.write(report.table(result))
        if options["json"]:
            Path(str(options["json"])).write_text(json.dumps(report.as_data(result), indent=2) + "\n", encoding="utf-8")
        if options["write"]:
            Path(str(options["write"])).write_text(report.page(result), encoding="utf-8")
