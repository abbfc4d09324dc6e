"""`./kinolab lock`: make the hashed locks from what we ask for."""

import os
import subprocess
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kinolab.config import ready

OPTIONS = ["--quiet", "--no-header", "--universal", "--generate-hashes", "--python-version", "3.11"]


class Command(BaseCommand):
    """Compile requirements/*.in to requirements/*.lock."""

    help = "For developers: make requirements/*.lock from requirements/*.in (newer versions with --upgrade)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --upgrade."""
        parser.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")

    def handle(self, *, upgrade: bool, **options: object) -> None:
        """Run uv, which is among the developers' tools, without letting it fetch a Python."""
        uv = Path(ready.ENVIRONMENT) / "bin" / "uv"
        if not uv.exists():
            raise CommandError("uv is not here: ./test --quick installs the developers' tools.")
        folder = ready.REPOSITORY / "requirements"
        more = ["--upgrade"] if upgrade else []
        quiet = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
        for name, constraint in (
            ("main", []),
            ("dev", ["-c", "main.lock"]),
            ("browser", []),
            ("installer", ["-c", "dev.lock"]),
        ):
            command = [str(uv), "pip", "compile", *OPTIONS, *more, *constraint, f"{name}.in", "-o", f"{name}.lock"]
            if subprocess.run(command, cwd=folder, env=quiet, check=False).returncode:
                raise CommandError(f"requirements/{name}.lock could not be made; what uv printed above says why.")
            self.stdout.write(f"requirements/{name}.lock")
