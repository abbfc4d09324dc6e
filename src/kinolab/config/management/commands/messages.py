"""`./kinolab messages`: every room's sentences, extracted, checked and compiled.

Each room has its own catalogues (`locale/ky/LC_MESSAGES/django.po`, …). Extraction needs GNU gettext, which only those
who write sentences must have; compiling is done by Babel and needs nothing.
"""

import contextlib
import io
import os
import re
import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands import makemessages

from kinolab.config import catalogues, ready

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Kinolab\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


class Extract(makemessages.Command):
    """Django's extraction, without guesses."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
    requires_system_checks: list[str] = []


class Command(BaseCommand):
    """Extract, check and compile the sentences of rooms."""

    help = "Extract and compile sentences; --check fails when one is missing, fuzzy or not extracted."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the rooms, the languages and --check."""
        parser.add_argument("rooms", nargs="*", help="rooms, as labs or foundation/people; all when none is named")
        parser.add_argument(
            "--language", action="append", help="a language tag; those kept complete when none is named"
        )
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit code 1 if something is to be done"
        )

    def handle(self, *, rooms: list[str], language: list[str] | None, check: bool, **options: object) -> None:
        """Do it room by room."""
        if not shutil.which("xgettext"):
            raise CommandError("Extracting needs GNU gettext: apt-get install gettext")
        languages = language or [tag for tag in settings.KINOLAB_COMPLETE_LANGUAGES if tag != "en"]
        problems = []
        for room in _rooms(rooms):
            with tempfile.TemporaryDirectory() as folder:
                fresh = Path(folder) / room.name
                shutil.copytree(
                    room, fresh, ignore=shutil.ignore_patterns("*.mo", "__pycache__", "static", *_inner(room))
                )
                extract(fresh, languages)
                if check:
                    problems += [f"{_name(room)} {found}" for found in _differences(room, fresh, languages)]
                else:
                    _take_over(room, fresh)
            problems += [f"{_name(room)} {found}" for found in _unfinished(room, languages)]
        if not check:
            catalogues.compile_all(ready.SOURCE / "kinolab")
        for problem in problems:
            self.stdout.write(problem)
        if problems and check:
            raise CommandError(f"{len(problems)} sentences to see to: ./kinolab messages, then translate.")
        self.stdout.write(f"{len(problems)} sentences to see to.")


def _rooms(names: list[str]) -> list[Path]:
    every = {_name(Path(app.path)): Path(app.path) for app in apps.get_app_configs() if app.name.startswith("kinolab.")}
    wanted = [name.removeprefix("src/kinolab/").strip("/").replace(".", "/") for name in names]
    short = {path.name: path for path in every.values()}
    if unknown := [name for name in wanted if name not in every and name not in short]:
        raise CommandError(f"No such room: {', '.join(unknown)}. Rooms: {', '.join(every)}.")
    return [every.get(name) or short[name] for name in wanted] or list(every.values())


def _name(room: Path) -> str:
    return room.relative_to(ready.SOURCE / "kinolab").as_posix()


def _inner(room: Path) -> list[str]:
    """Folders of the room that are rooms themselves."""
    return [Path(app.path).name for app in apps.get_app_configs() if Path(app.path).parent == room]


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def extract(room: Path, languages: list[str]) -> None:
    """Bring the room's catalogues up to date with its sources; sentences no longer used are dropped."""
    locale = room / "locale"
    locale.mkdir(exist_ok=True)
    with _inside(room), contextlib.redirect_stdout(io.StringIO()):
        call_command(
            Extract(stdout=io.StringIO()),
            locale=languages,
            no_obsolete=True,
            no_wrap=True,
            add_location="file",
            ignore_patterns=["migrations/*"],
            verbosity=0,
        )
    for catalogue in locale.glob("*/LC_MESSAGES/*.po"):
        _tidy(catalogue)
    if not any(locale.rglob("*.po")):
        shutil.rmtree(locale)


def _tidy(catalogue: Path) -> None:
    """Give the file our short header: no dates that change with each run, no places for names."""
    text = catalogue.read_text(encoding="utf-8")
    head, blank, body = text.partition("\n\n")
    plural = re.search(r'^"Plural-Forms:[^"]*"(?:\n"[^"]*")*?(?=\n|$)', head, re.MULTILINE)
    header = HEADER.format(language=catalogue.parent.parent.name)
    if plural:
        header += plural[0] + "\n"
    if forms := re.search(r"nplurals=(\d+)", header):  # as many empty forms as the language has
        empty = "".join(f'msgstr[{form}] ""\n' for form in range(int(forms[1])))
        body = re.sub(r'(?:^msgstr\[\d\] ""\n)+(?!")', empty, body, flags=re.MULTILINE)
    catalogue.write_text(header + (blank[1:] + body if body else ""), encoding="utf-8")


def _take_over(room: Path, fresh: Path) -> None:
    for catalogue in fresh.glob("locale/*/LC_MESSAGES/*.po"):
        target = room / catalogue.relative_to(fresh)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != catalogue.read_bytes():
            target.write_bytes(catalogue.read_bytes())


def _read(catalogue: Path) -> Catalog:
    if not catalogue.exists():
        return Catalog()
    with catalogue.open("rb") as file:
        return read_po(file, locale=catalogue.parent.parent.name)


def _identities(catalog: Catalog) -> set[tuple[str, str]]:
    return {(message.context or "", str(message.id)) for message in catalog if message.id}


def _differences(room: Path, fresh: Path, languages: list[str]) -> Iterator[str]:
    """Sentences in the sources and not in the catalogue, and the other way round."""
    for language in languages:
        place = Path("locale", language, "LC_MESSAGES", "django.po")
        kept, wanted = _identities(_read(room / place)), _identities(_read(fresh / place))
        yield from (f"{language} not extracted: {identity}" for _, identity in sorted(wanted - kept))
        yield from (f"{language} no longer used: {identity}" for _, identity in sorted(kept - wanted))


def _unfinished(room: Path, languages: list[str]) -> Iterator[str]:
    """Sentences that are missing, fuzzy, or whose placeholders differ from the original's."""
    for language in languages:
        for message in _read(room / "locale" / language / "LC_MESSAGES" / "django.po"):
            if message.id and (fault := _fault(message)):
                yield f"{language} {fault}: {message.id}"


def _fault(message: Message) -> str:
    originals = message.id if isinstance(message.id, tuple | list) else (message.id,)
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(strings):
        return "missing"
    if message.fuzzy:
        return "fuzzy"
    allowed = {name for original in originals for name in PLACEHOLDER.findall(original)}
    always = set(PLACEHOLDER.findall(originals[-1])) if len(originals) == 1 else set()
    for string in strings:
        found = set(PLACEHOLDER.findall(string))
        if found - allowed or always - found:
            return "other placeholders"
    return ""
