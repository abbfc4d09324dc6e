"""The door for commands: `./kinolab COMMAND` ends here, inside the virtual environment."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named by the arguments; without one, list them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinolab.config.settings")
    arguments = sys.argv[1:]
    if not arguments or arguments in (["help"], ["--help"], ["-h"]):
        arguments = ["commands"]
    try:
        execute_from_command_line(["./kinolab", *arguments])
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
