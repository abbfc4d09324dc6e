"""`./kinolab programme`: programme files in and out."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinolab.calls.actions import files
from kinolab.calls.queries.programme_file import programme_file
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.labs.models import Edition


class Command(BaseCommand):
    """Make an edition from a file, or write one to a file."""

    help = "Programme files: import FILE makes an edition of it; export PROGRAMME/EDITION FILE writes one (- is the screen)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="import|export")
        taking = verbs.add_parser("import", help="make the edition that the file describes")
        taking.add_argument("file", help="a programme file (YAML, UTF-8), or - to read it from the input")
        taking.add_argument("--replace", action="store_true", help="make it anew if it is there and not public")
        giving = verbs.add_parser("export", help="write an edition as a programme file")
        giving.add_argument("edition", metavar="PROGRAMME/EDITION", help="its address, for example impact-lab/2026")
        giving.add_argument("file", help="where to write it, or - for the screen")

    def handle(self, *, verb: str, **options: object) -> None:
        """Do one of the two."""
        if verb == "import":
            self._import(str(options["file"]), replace=bool(options["replace"]))
        else:
            self._export(str(options["edition"]), str(options["file"]))

    def _import(self, name: str, *, replace: bool) -> None:
        try:
            source = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "it is not written in UTF-8"
            raise CommandError(f"{name} cannot be read: {why}") from None
        try:
            made = files.import_programme(source=source, by=None, at=timezone.now(), replace=replace)
        except files.FileRefused as refused:
            told = [f"{name}:{problem.line}: {reasons.explain(problem.refusal)}" for problem in refused.problems]
            raise CommandError("\n".join(told)) from None
        except Denied as denied:
            raise CommandError(f"{name}: {reasons.explain(denied.refusal)}") from None
        self.stdout.write(f"{made.programme.slug}/{made.slug}: {made}")
        organisation = made.programme.organisation
        if not organisation.memberships.exists():
            self.stdout.write(
                f"Nobody works for {organisation} yet: ./kinolab owner ADDRESS {organisation.slug} --name NAME"
            )

    def _export(self, edition: str, name: str) -> None:
        programme, _, slug = edition.partition("/")
        found = Edition.objects.select_related("programme__organisation").filter(programme__slug=programme, slug=slug)
        if not found:
            raise CommandError(f"There is no edition {edition}.")
        text = programme_file(found[0])
        if name == "-":
            self.stdout.write(text)
        else:
            Path(name).write_text(text, encoding="utf-8")
