"""The tables of a test's database: made by the migrations once, taken from there as long as these stay the same.

Running all migrations costs more than most folders of tests. Each process of each run did it anew; now the first one
that meets these migrations does, while the others wait, and keeps a copy: a file of SQLite for all runs to come, on the
PostgreSQL server that `tests.checking` starts a template for as long as the server lives. What is taken is whole, so
Django is told not to work out again what all migrations together would make.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from kinolab.config import ready

OWN_SERVER = "KINOLAB_TEST_SERVER"  # set where the PostgreSQL server is ours alone and goes when the tests are over
FOLDER = Path(tempfile.gettempdir()) / f"kinolab-test-tables-{os.getuid()}"
# Style sheets, scripts and fonts as a server gives them out: of this checkout alone, for another's differ.
STATIC = FOLDER / f"static-{hashlib.sha256(str(ready.REPOSITORY).encode()).hexdigest()[:12]}"

TEMPLATE = "kinolab_tables"

_turn: list[IO[str]] = []  # held while this process makes what others wait for


def take(connection: Any) -> bool:
    """Begin with the tables that are there; say whether the database is one that can."""
    if connection.vendor != "sqlite" and OWN_SERVER not in os.environ:
        return False
    FOLDER.mkdir(exist_ok=True)
    turn = (FOLDER / f"turn-{connection.vendor}").open("w")
    fcntl.flock(turn, fcntl.LOCK_EX)
    if (_take_file if connection.vendor == "sqlite" else _take_template)(connection):
        connection.settings_dict["TEST"]["MIGRATE"] = False
        turn.close()
    else:
        _turn.append(turn)
    return True


def _take_file(connection: Any) -> bool:
    if made := kept().exists():
        shutil.copyfile(kept(), connection.settings_dict["TEST"]["NAME"])
    return made


def _take_template(connection: Any) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        if made := cursor.fetchone() is not None:
            _copy(cursor, TEMPLATE, connection.creation._get_test_db_name())
    return made


def _copy(cursor: Any, source: str, name: str) -> None:
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
    cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def keep(connection: Any) -> None:
    """Keep what this process has made, whole or not at all; let the others go on."""
    if not _turn:
        return
    if connection.vendor == "sqlite":
        half = FOLDER / "half"
        half.unlink(missing_ok=True)
        with closing(sqlite3.connect(half)) as copy:
            connection.connection.backup(copy)
        half.rename(kept())
    else:
        connection.close()
        connection.close_pool()  # a database that somebody is connected to is not copied
        with connection._nodb_cursor() as cursor:
            _copy(cursor, connection.settings_dict["NAME"], TEMPLATE)
    _turn.pop().close()


def give_up() -> None:
    """Let the others go on, if this process was to make them and could not."""
    while _turn:
        _turn.pop().close()


def kept() -> Path:
    """The file they are kept in: named by the text of every migration, and what runs them."""
    import django
    from django.db.migrations.loader import MigrationLoader

    made_of = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for name, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        made_of.update(repr(name).encode() + Path(str(sys.modules[migration.__module__].__file__)).read_bytes())
    return FOLDER / f"{made_of.hexdigest()}.sqlite3"
