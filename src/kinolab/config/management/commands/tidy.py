"""`./kinolab tidy`: put code and templates into the one format that the check asks for."""

import subprocess

from django.core.management.base import BaseCommand, CommandError

from kinolab.config import ready


class Command(BaseCommand):
    """Format Python with ruff and templates with djade."""

    help = "For developers: format code and templates as the check wants them."
    requires_system_checks: list[str] = []

    def handle(self, **options: object) -> None:
        """Format everything; say what no tool could mend."""
        tools = ready.ENVIRONMENT / "bin"
        if not (tools / "ruff").exists():
            raise CommandError("The developers' tools are not here: ./test --quick installs them.")
        templates = [str(path) for path in sorted(ready.SOURCE.rglob("templates/**/*.html"))]
        for command in (
            [str(tools / "ruff"), "check", "--fix", "--quiet", "."],
            [str(tools / "ruff"), "format", "--quiet", "."],
            [str(tools / "djade"), "--target-version", "5.2", *templates],
        ):
            subprocess.run(command, cwd=ready.REPOSITORY, check=False)
