"""`./kinolab bench`: how fast and how large, on data of its own."""

import importlib.util
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kinolab.config.bench import plan
from kinolab.config.readers import text


class Command(BaseCommand):
    """Measure the pages under a large edition, or the last minutes before a close."""

    help = (
        "Measure speed and memory in a folder of its own, on the real server, with requests from this machine: "
        "«pages» of a large edition, «applications» that many people write and send in the last minutes, the «upload» of one "
        "large file, the «impact» report of a programme over many road maps, or the «catalogue»: its search and public pages."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, how large, how often, where to."""
        parser.add_argument(
            "what",
            nargs="?",
            choices=("pages", "applications", "upload", "impact", "catalogue"),
            default="pages",
            help="what to measure (pages)",
        )
        pages = parser.add_argument_group("pages")
        pages.add_argument(
            "--applications",
            type=int,
            default=plan.APPLICATIONS,
            help=f"how many sent applications, {plan.FEWEST_APPLICATIONS} to {plan.MOST_APPLICATIONS}"
            f" (default: {plan.APPLICATIONS})",
        )
        pages.add_argument(
            "--requests",
            type=int,
            default=plan.REQUESTS,
            help=f"how many requests a row, up to {plan.MOST_REQUESTS} (default: {plan.REQUESTS})",
        )
        rush = parser.add_argument_group("applications")
        rush.add_argument(
            "--at-once",
            type=int,
            default=plan.AT_ONCE,
            help=f"how many open, save and send at the same instant, up to {plan.MOST_PEOPLE} (default: {plan.AT_ONCE})",
        )
        rush.add_argument(
            "--arriving",
            type=int,
            default=0,
            help=f"how many do the same one after another, up to {plan.MOST_PEOPLE} (default: 0)",
        )
        rush.add_argument(
            "--over",
            type=float,
            default=plan.OVER,
            metavar="MINUTES",
            help=f"how many minutes these arrive in (default: {plan.OVER:g})",
        )
        rush.add_argument(
            "--people",
            type=int,
            default=plan.PEOPLE_TYPING,
            help=f"how many type until the close, one save in {plan.PAUSE:g} s, and send in the last minute,"
            f" up to {plan.MOST_PEOPLE} (default: {plan.PEOPLE_TYPING})",
        )
        rush.add_argument(
            "--minutes",
            type=float,
            default=plan.MINUTES,
            help=f"how many minutes those type until the close (default: {plan.MINUTES:g})",
        )
        large = parser.add_argument_group("upload")
        large.add_argument(
            "--megabytes",
            type=int,
            default=plan.FILE_MB,
            help=f"how large the file is, {plan.FEWEST_MB} to {plan.MOST_MB} (default: {plan.FILE_MB})",
        )
        impact = parser.add_argument_group("impact")
        impact.add_argument(
            "--road-maps",
            type=int,
            default=plan.ROAD_MAPS,
            help=f"how many road maps, up to {plan.MOST_ROAD_MAPS} (default: {plan.ROAD_MAPS})",
        )
        impact.add_argument(
            "--indicators",
            type=int,
            default=plan.INDICATORS,
            help=f"how many indicators each has (default: {plan.INDICATORS})",
        )
        impact.add_argument(
            "--periods",
            type=int,
            default=plan.PERIODS,
            help=f"in how many periods each is read (default: {plan.PERIODS})",
        )
        catalogue = parser.add_argument_group("catalogue")
        catalogue.add_argument(
            "--films",
            type=int,
            default=plan.FILMS,
            help=f"how many films, {plan.FEWEST_FILMS} to {plan.MOST_FILMS}, with three people, twenty credits and half an"
            f" article for each (default: {plan.FILMS})",
        )
        parser.add_argument("--write", metavar="FILE", help="write the page of the reference there (Markdown)")
        parser.add_argument(
            "--database",
            action="store_true",
            help="on the PostgreSQL server that KINOLAB_DATABASE names, in a new database that is dropped afterwards",
        )
        parser.add_argument(
            "--both", action="store_true", help="applications, catalogue: on SQLite, then on that PostgreSQL server"
        )
        parser.add_argument(
            "--json", metavar="FILE", help="write the figures there too (milliseconds, kilobytes of 1000)"
        )

    def handle(self, *, what: str, database: bool, **asked: Any) -> None:
        """Measure, print, write."""
        database = database or asked["both"]
        address = text("KINOLAB_DATABASE") if database else ""
        if database and not address:
            raise CommandError("--database and --both need KINOLAB_DATABASE: the address of a PostgreSQL server.")
        if importlib.util.find_spec("aiosmtpd") is None:
            raise CommandError("The bench needs the developers' tools (a mail server): ./test --quick installs them.")
        measures = {
            "pages": self._pages,
            "applications": self._applications,
            "upload": self._upload,
            "impact": self._impact,
            "catalogue": self._catalogue,
        }
        figures = measures[what](address, **asked)
        if asked["json"]:
            Path(asked["json"]).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")

    def _pages(self, address: str, *, applications: int, requests: int, write: str | None, **_: object) -> Any:
        fewest, most = plan.FEWEST_APPLICATIONS, plan.MOST_APPLICATIONS
        if not (fewest <= applications <= most and 1 <= requests <= plan.MOST_REQUESTS):
            raise CommandError(f"From {fewest} to {most} applications, and from 1 to {plan.MOST_REQUESTS} requests.")
        from kinolab.config.bench import measuring, report  # noqa: PLC0415  (needs the developers' tools)

        result = measuring.measure(applications=applications, requests=requests, address=address, say=self.stderr.write)
        self.stdout.write(report.table(result))
        if write:
            Path(write).write_text(report.page(result), encoding="utf-8")
        return report.as_data(result)

    def _upload(self, address: str, *, megabytes: int, write: str | None, **_: object) -> Any:
        if not plan.FEWEST_MB <= megabytes <= plan.MOST_MB:
            raise CommandError(f"From {plan.FEWEST_MB} to {plan.MOST_MB} megabytes.")
        from kinolab.config.bench import upload  # noqa: PLC0415  (needs the developers' tools)

        result = upload.measure(megabytes=megabytes, address=address, say=self.stderr.write)
        self.stdout.write(upload.table(result))
        if write:
            Path(write).write_text(upload.page(result), encoding="utf-8")
        return upload.as_data(result)

    def _impact(
        self,
        address: str,
        *,
        road_maps: int,
        indicators: int,
        periods: int,
        requests: int,
        write: str | None,
        **_: object,
    ) -> Any:
        if not (1 <= road_maps <= plan.MOST_ROAD_MAPS and min(indicators, periods, requests) >= 1):
            raise CommandError(f"From 1 to {plan.MOST_ROAD_MAPS} road maps, each with indicators and periods.")
        from kinolab.config.bench import impact  # noqa: PLC0415  (needs the developers' tools)

        result = impact.measure(
            road_maps=road_maps, indicators=indicators, periods=periods, requests=min(requests, plan.IMPACT_REQUESTS),
            address=address, say=self.stderr.write,
        )  # fmt: skip
        self.stdout.write(impact.table(result))
        if write:
            Path(write).write_text(impact.page(result), encoding="utf-8")
        return impact.as_data(result)

    def _catalogue(self, address: str, *, films: int, requests: int, both: bool, write: str | None, **_: object) -> Any:
        if not (plan.FEWEST_FILMS <= films <= plan.MOST_FILMS and requests >= 1):
            raise CommandError(f"From {plan.FEWEST_FILMS} to {plan.MOST_FILMS} films.")
        from kinolab.config.bench import catalogue  # noqa: PLC0415  (needs the developers' tools)

        results = []
        for where in ("", address) if both else (address,):
            requests = min(requests, plan.FILM_REQUESTS)
            result = catalogue.measure(films=films, requests=requests, address=where, say=self.stderr.write)
            self.stdout.write(catalogue.table(result))
            results.append(result)
        if write:
            Path(write).write_text(catalogue.page(results), encoding="utf-8")
        told = [catalogue.as_data(result) for result in results]
        return told if both else told[0]

    def _applications(
        self,
        address: str,
        *,
        at_once: int,
        arriving: int,
        over: float,
        people: int,
        minutes: float,
        both: bool,
        write: str | None,
        **_: object,
    ) -> Any:
        parts = (at_once, arriving, people)
        if min(parts) < 0 or max(parts) > plan.MOST_PEOPLE or not any(parts):
            raise CommandError(f"From 1 to {plan.MOST_PEOPLE} people.")
        if not plan.FEWEST_MINUTES <= min(over, minutes) <= max(over, minutes) <= plan.MOST_MINUTES:
            raise CommandError(f"From {plan.FEWEST_MINUTES:g} to {plan.MOST_MINUTES:g} minutes.")
        from kinolab.config.bench import rush  # noqa: PLC0415  (needs the developers' tools)

        results = []
        for where in ("", address) if both else (address,):
            result = rush.measure(
                at_once=at_once, arriving=arriving, over=over, people=people, minutes=minutes, address=where,
                say=self.stderr.write,
            )  # fmt: skip
            self.stdout.write(rush.table(result))
            results.append(result)
        if write:
            Path(write).write_text(rush.page(results), encoding="utf-8")
        told = [rush.as_data(result) for result in results]
        return told if both else told[0]
