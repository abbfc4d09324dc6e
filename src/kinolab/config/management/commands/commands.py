"""`./kinolab help`: our own commands with a line each, then Django's that operators need."""

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

FROM_DJANGO = ("migrate", "makemigrations", "check", "createsuperuser", "changepassword", "shell", "dbshell")


def own_commands() -> dict[str, str]:
    """Name → one line of help, for every command that a room of Kinolab brings."""
    found = {name: app for name, app in get_commands().items() if app.startswith("kinolab.") and name != "commands"}
    return {name: _line(app, name) for name, app in sorted(found.items())}


def _line(app: str, name: str) -> str:
    return " ".join(load_command_class(app, name).help.split())


class Command(BaseCommand):
    """List the commands."""

    help = "List the commands."
    requires_system_checks: list[str] = []

    def handle(self, **options: object) -> None:
        """Print name and help in two columns."""
        own = own_commands()
        known = get_commands()
        django = {name: _line(known[name], name) for name in FROM_DJANGO if name in known}
        width = max(map(len, own | django)) + 2
        self.stdout.write("Usage: ./kinolab [--data DIR] COMMAND [options]; ./kinolab COMMAND --help says more.\n\n")
        for title, listed in (("Kinolab", own), ("From Django", django)):
            self.stdout.write(title)
            for name, line in listed.items():
                self.stdout.write(f"  {name:<{width}}{line}")
            self.stdout.write("")
