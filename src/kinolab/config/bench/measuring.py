"""The whole bench, in order: a place of its own, the crowd, the server under requests, statements, letters."""

import contextlib
import json
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from aiosmtpd.controller import Controller
from psycopg import sql

from kinolab.config import ready, start
from kinolab.config.bench import plan, server
from kinolab.config.bench.plan import Row
from kinolab.config.bench.visits import visits

Say = Callable[[str], None]


@dataclass
class Measured:
    """A row with its figures; None where there is no such figure."""

    row: Row
    number: int = 0
    median_ms: float | None = None
    p95_ms: float | None = None
    per_second: float | None = None
    busy_ms: float | None = None
    statements: int | None = None
    kilobytes: float | None = None
    resident_megabytes: float | None = None  # of the worker, afterwards


@dataclass
class Result:
    """Everything that was measured."""

    database: str
    applications: int
    requests: int
    cold_seconds: float = 0.0
    cold_busy_seconds: float = 0.0
    resident_megabytes: float = 0.0
    rows: list[Measured] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bench lives: its variables for every process, and the name of its database on PostgreSQL."""

    variables: Mapping[str, str]
    port: int
    database: str


def measure(*, applications: int, requests: int, address: str, say: Say) -> Result:
    """Measure everything; `address` names a PostgreSQL server, or is empty for SQLite."""
    result = Result("PostgreSQL" if address else "SQLite", applications, requests)
    with _mail_server() as letters, _place(address, letters) as place:
        _prepare(place, say)
        turns = requests + plan.WARM + 2
        say(f"Making {applications} applications …")
        size = {
            "applications": applications,
            "people": max(plan.PEOPLE * applications // plan.APPLICATIONS, 1),
            "readers": plan.READERS,
            "drafts": turns,
            "due": min(turns, applications),
        }
        facts = _inside(place, "fill", size)
        first = facts["pages"]["call"][0]
        with server.running(place.variables, place.port, first, place.database) as running:
            result.cold_seconds, result.cold_busy_seconds = running.cold, running.cold_busy
            for row in plan.ASKED:
                say(f"{row.name} …")
                running.settle()
                result.rows.append(_ask(running, row, facts, requests))
            result.resident_megabytes = running.resident()
        say("Counting statements …")
        statements = _inside(place, "count", facts | {"keys": [row.key for row in plan.ASKED]})
        for measured in result.rows:
            measured.statements = statements[measured.row.key]
        say(f"{plan.LETTER.name} …")
        result.rows.append(Measured(plan.LETTER, **_inside(place, "letters", {"number": min(requests * 2, 200)})))
        say(f"{plan.ANNOUNCEMENT.name} …")
        announced = _inside(place, "announce", {})
        result.rows += [Measured(row, **announced[row.key]) for row in (plan.ANNOUNCEMENT, plan.RESULT_LETTER)]
    return result


# --- A place of its own ----------------------------------------------------------------------------------------------
@contextlib.contextmanager
def _place(address: str, letters: int) -> Iterator[Place]:
    """A data folder and a database that are gone afterwards; nobody's data is touched."""
    port = server.free_port()
    with tempfile.TemporaryDirectory(prefix="kinolab-bench-") as folder, _database(address) as (database, own):
        variables = {
            "KINOLAB_DATA": folder,
            "KINOLAB_STATIC": str(Path(folder) / "static"),
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
def _mail_server() -> Iterator[int]:
    """A real mail server on a free port of the loopback."""
    port = server.free_port()
    controller = Controller(_Letters(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def _prepare(place: Place, say: Say) -> None:
    say("Making the tables and the static files …")
    command = [sys.executable, "-m", "kinolab.config.command", "prepare", "--static"]
    done = subprocess.run(command, env=place.variables, check=False, stderr=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit("The bench's data folder could not be prepared: ./kinolab prepare says why.")


def _inside(place: Place, task: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Let a process inside the program do a task."""
    command = [sys.executable, "-m", "kinolab.config.bench.inside", task]
    done = subprocess.run(
        command, env=place.variables, input=json.dumps(asked).encode(), stdout=subprocess.PIPE, check=False
    )
    if done.returncode:
        raise SystemExit(f"The bench's task «{task}» failed; what it printed above says why.")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


# --- Asking ----------------------------------------------------------------------------------------------------------
def _ask(running: server.Server, row: Row, facts: Mapping[str, Any], requests: int) -> Measured:
    """One after another for the times, then several at once for requests a second."""
    number = max(1, requests // plan.ONCE.get(row.key, 1))
    if row.key == "review":  # each is handed in once; the last two are kept for counting
        number = min(number, len(facts["readings"]) - plan.WARM - 2)
    for turn in range(min(plan.WARM, number)):
        _visit(running, row.key, facts, turn)
    sizes, took, busy, began = [], [], running.busy(), time.monotonic()
    for turn in range(plan.WARM, plan.WARM + number):
        before = time.perf_counter()
        sizes.append(_visit(running, row.key, facts, turn))
        took.append(time.perf_counter() - before)
        if time.monotonic() - began > plan.SECONDS_A_ROW:
            break
    busy = running.busy() - busy
    ordered = sorted(took)
    return Measured(
        row,
        number=len(took),
        median_ms=median(ordered) * 1000,
        p95_ms=ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000,
        per_second=_a_second(running, row.key, facts, number) or len(took) / sum(took),
        busy_ms=busy / len(took) * 1000,
        kilobytes=median(sizes) / 1000,
        resident_megabytes=running.resident(),
    )


def _visit(running: server.Server, key: str, facts: Mapping[str, Any], turn: int) -> int:
    visit = visits(key, facts, turn)
    client = server.Client(running.port, visit.session)
    try:
        return visit.make(client)
    finally:
        client.close()


def _a_second(running: server.Server, key: str, facts: Mapping[str, Any], number: int) -> float:
    """Pages a second with several connections; 0 for rows that write, which can be done once only."""
    if key not in facts["pages"]:
        return 0.0
    began = time.perf_counter()
    with ThreadPoolExecutor(plan.TOGETHER) as together:
        list(together.map(lambda turn: _visit(running, key, facts, turn), range(number)))
    return number / (time.perf_counter() - began)
