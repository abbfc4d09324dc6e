"""`./kinolab prepare`: bring a data folder up to date before the server starts."""

import fcntl
import hashlib
import multiprocessing
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from kinolab.foundation.search import actions as search
from kinolab.foundation.ui import fonts


class Command(BaseCommand):
    """Migrate, collect static files when they changed, and load the demonstration into an empty database."""

    help = "Bring the database and the static files up to date; --demo STAGE fills an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --static and --demo."""
        parser.add_argument("--static", action="store_true", help="collect, hash and compress static files if changed")
        parser.add_argument(
            "--demo", metavar="STAGE", help="load the demonstration at this stage if the database was empty"
        )
        parser.add_argument(
            "--applications", type=int, default=300, metavar="N", help="how many the demonstration invents (300)"
        )

    def handle(self, *, static: bool, demo: str | None, applications: int, **options: object) -> None:
        """Do it, saying only what takes time."""
        # Beside the rest, so that nobody waits for it: not here, and not with the first PDF.
        lettering = None if fonts.are_made() else multiprocessing.get_context("fork").Process(target=fonts.ttf_folder)
        if lettering:
            lettering.start()
        was_empty = self._migrate()
        if not was_empty and search.is_stale():
            call_command("search", "rebuild", stdout=self.stderr)
        if static:
            self._collect()
        if demo and was_empty and "demo" in get_commands():
            self.stderr.write("Loading the demonstration …")
            call_command("demo", stage=demo, applications=applications, prepared=True)
        if lettering:
            lettering.join()
            if lettering.exitcode:
                raise CommandError("The fonts for PDFs could not be made; what is printed above says why.")

    def _migrate(self) -> bool:
        """Apply what is not applied; say whether the database had no tables before."""
        connection = connections[DEFAULT_DB_ALIAS]
        executor = MigrationExecutor(connection)
        was_empty = not executor.loader.applied_migrations
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stderr.write("Making the tables …" if was_empty else "Bringing the tables up to date …")
            call_command("migrate", verbosity=0, interactive=False)
        return was_empty

    def _collect(self) -> None:
        root = Path(settings.STATIC_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        with (root / "turn").open("w") as turn:  # two that start at once would take each other's files away
            fcntl.flock(turn, fcntl.LOCK_EX)
            stamp, now = root / "sources.txt", _static_sources()
            if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
                return
            self.stderr.write("Collecting and compressing style sheets, scripts and fonts …")
            call_command("collectstatic", verbosity=0, interactive=False)
            stamp.write_text(now, encoding="utf-8")


def _static_sources() -> str:
    """A digest of every static file's name, size and time of change, and of the settings' storage."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda found: found[0]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
