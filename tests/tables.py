"""The tables of a test's SQLite database: made by the migrations once, taken from there as long as these stay the same.

Running all migrations costs more than most folders of tests. Each process of each run did it anew; now the first one
that meets these migrations does, while the others wait, and keeps a copy. Django still looks through the migrations at
every start, so one that is missing from the copy would be run.
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

FOLDER = Path(tempfile.gettempdir()) / f"kinolab-test-tables-{os.getuid()}"

_turn: list[IO[str]] = []  # held while this process makes what others wait for


def take(connection: Any) -> bool:
    """Begin with the tables that are there; say whether the database is one that can (a file of SQLite)."""
    if connection.vendor != "sqlite":
        return False
    FOLDER.mkdir(exist_ok=True)
    made = kept()
    turn = (FOLDER / "turn").open("w")
    fcntl.flock(turn, fcntl.LOCK_EX)
    if made.exists():
        shutil.copyfile(made, connection.settings_dict["TEST"]["NAME"])
        turn.close()
    else:
        _turn.append(turn)
    return True


def keep(connection: Any) -> None:
    """Keep what this process has made, whole or not at all; let the others go on."""
    if not _turn:
        return
    half = FOLDER / "half"
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(half)) as copy:
        connection.connection.backup(copy)
    half.rename(kept())
    _turn.pop().close()


def kept() -> Path:
    """The file they are kept in: named by the text of every migration, and what runs them."""
    import django
    from django.db.migrations.loader import MigrationLoader

    made_of = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for name, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        made_of.update(repr(name).encode() + Path(str(sys.modules[migration.__module__].__file__)).read_bytes())
    return FOLDER / f"{made_of.hexdigest()}.sqlite3"
