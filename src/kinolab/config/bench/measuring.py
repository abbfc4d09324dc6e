"""The whole bench, in order: a place of its own, the crowd, the server under requests, statements, letters."""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from kinolab.config.bench import plan, server
from kinolab.config.bench.figures import percentile
from kinolab.config.bench.place import Say, mail_server, place_of_its_own
from kinolab.config.bench.plan import Row
from kinolab.config.bench.visits import visits


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


def measure(*, applications: int, requests: int, address: str, say: Say) -> Result:
    """Measure everything; `address` names a PostgreSQL server, or is empty for SQLite."""
    result = Result("PostgreSQL" if address else "SQLite", applications, requests)
    with mail_server() as letters, place_of_its_own(address, letters) as place:
        place.prepare(say)
        turns = requests + plan.WARM + 2
        say(f"Making {applications} applications …")
        size = {
            "applications": applications,
            "people": max(plan.PEOPLE * applications // plan.APPLICATIONS, 1),
            "readers": plan.READERS,
            "drafts": turns,
            "due": min(turns, applications),
        }
        facts = place.inside("fill", size)
        first = facts["pages"]["call"][0]
        with server.running(place.variables, place.port, first, place.database) as running:
            result.cold_seconds, result.cold_busy_seconds = running.cold, running.cold_busy
            for row in plan.ASKED:
                say(f"{row.name} …")
                running.settle()
                result.rows.append(_ask(running, row, facts, requests))
            result.resident_megabytes = running.resident()
        say("Counting statements …")
        statements = place.inside("count", facts | {"keys": [row.key for row in plan.ASKED]})
        for measured in result.rows:
            measured.statements = statements[measured.row.key]
        say(f"{plan.LETTER.name} …")
        result.rows.append(Measured(plan.LETTER, **place.inside("letters", {"number": min(requests * 2, 200)})))
        say(f"{plan.ANNOUNCEMENT.name} …")
        announced = place.inside("announce", {})
        result.rows += [Measured(row, **announced[row.key]) for row in (plan.ANNOUNCEMENT, plan.RESULT_LETTER)]
    return result


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
        p95_ms=percentile(ordered, 95) * 1000,
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
