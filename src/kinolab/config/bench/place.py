"""Where a bench lives: a data folder, a database and a mail server of its own, all gone afterwards."""

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from aiosmtpd.controller import Controller
from psycopg import sql

from kinolab.config import ready, start
from kinolab.config.bench import server

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Its variables for every process, and the name of its database on PostgreSQL."""

    variables: Mapping[str, str]
    port: int
    database: str

    def prepare(self, say: Say) -> None:
        """Make the tables, the fonts and the static files; BENCH_FROM may name a data folder to take the first two from."""
        say("Making the tables and the static files …")
        if made := os.environ.get("BENCH_FROM"):
            shutil.copytree(made, self.variables["KINOLAB_DATA"], dirs_exist_ok=True)
        command = [sys.executable, "-m", "kinolab.config.command", "prepare", "--static"]
        done = subprocess.run(command, env=self.variables, check=False, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise SystemExit(f"The bench's data folder could not be prepared:\n{done.stderr}")

    def inside(self, task: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Let a process inside the program do a task."""
        command = [sys.executable, "-m", "kinolab.config.bench.inside", task]
        done = subprocess.run(
            command, env=self.variables, input=json.dumps(asked).encode(), stdout=subprocess.PIPE, check=False
        )
        if done.returncode:
            raise SystemExit(f"The bench's task «{task}» failed; what it printed above says why.")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


@contextlib.contextmanager
def place_of_its_own(address: str, letters: int) -> Iterator[Place]:
    """A data folder and a database that are gone afterwards; nobody's data is touched."""
    port = server.free_port()
    with tempfile.TemporaryDirectory(prefix="kinolab-bench-") as folder, _database(address) as (database, own):
        variables = {
            "KINOLAB_DATA": folder,
            "KINOLAB_STATIC": os.environ.get("KINOLAB_STATIC", str(Path(folder) / "static")),
            "KINOLAB_URL": f"http://127.0.0.1:{port}",
            "KINOLAB_SECRET_KEY": secrets.token_urlsafe(50),
            "KINOLAB_MAIL": f"smtp://127.0.0.1:{letters}",
            "KINOLAB_INSIDE": "yes",
            **start.MEMORY,
            **({"KINOLAB_DATABASE": own} if own else {}),
        }
        yield Place(ready.variables() | server.keeps_to_itself(variables) | _source(), port, database)


def _source() -> dict[str, str]:
    return {"PYTHONPATH": str(ready.SOURCE), "DJANGO_SETTINGS_MODULE": "kinolab.config.settings"}


@contextlib.contextmanager
def _database(address: str) -> Iterator[tuple[str, str]]:
    """A new database beside the one that `address` names, and its address; nothing for SQLite."""
    if not address:
        yield "", ""
        return
    name = f"kinolab_bench_{secrets.token_hex(4)}"
    with psycopg.connect(address.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield name, urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


class _Letters:
    """Takes every letter and keeps none."""

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        return "250 Taken"


@contextlib.contextmanager
def mail_server() -> Iterator[int]:
    """A real mail server on a free port of the loopback."""
    port = server.free_port()
    controller = Controller(_Letters(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
