"""Search and public pages over a catalogue of thousands of films: milliseconds, statements, bytes."""

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any
from urllib.parse import urlencode

from kinolab.config.bench import plan, server
from kinolab.config.bench.figures import percentile
from kinolab.config.bench.place import Say, mail_server, place_of_its_own

NAMES = {
    "search_word": "search: a word of a title",
    "search_title": "search: a whole title",
    "search_name": "search: a name",
    "search_common": "search: a word of thousands of texts",
    "search_slip": "search: a mistyped name",
    "suggest": "suggestions, two to five letters",
    "film": "a film, twenty credits",
    "films": "list of films, any page",
    "person": "a person",
    "article": "an article",
    "news": "list of news, any page",
    "sitemap": "site map: everything, or the index of its maps",
    "sitemap_part": "site map: one map, at most fifty thousand addresses",
}
SEARCHES = ("search_word", "search_title", "search_name", "search_common", "search_slip")
WHOLE = ("sitemap", "sitemap_part")  # as long as the site is large; nothing is aimed at


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of request."""

    key: str
    number: int
    median_ms: float  # until the whole page has come
    p95_ms: float
    busy_ms: float  # processor time of the server, and of PostgreSQL for it
    busy_p95_ms: float
    statements: int
    kilobytes: float

    @property
    def aims(self) -> tuple[float, int]:
        """The most milliseconds of processor time for 95 of 100, and the most statements; 0 where nothing is aimed at."""
        if self.key in SEARCHES:
            return plan.SEARCH_MS, plan.SEARCH_STATEMENTS
        if self.key == "suggest":
            return plan.SUGGEST_MS, 1
        return (0, 0) if self.key in WHOLE else (plan.PUBLIC_MS, plan.PUBLIC_STATEMENTS)


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out."""

    database: str
    films: int
    people: int
    credits: int
    articles: int
    rebuild_seconds: float
    memory: float
    rows: list[Row] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """What is not as it should be."""
        found = []
        for row in self.rows:
            milliseconds, statements = row.aims
            if milliseconds and row.busy_p95_ms > milliseconds:
                found.append(f"{NAMES[row.key]}: 95 % within {row.busy_p95_ms:.0f} ms, aim {milliseconds:g}")
            if statements and row.statements > statements:
                found.append(f"{NAMES[row.key]}: statements {row.statements}, aim {statements}")
        return found


def measure(*, films: int, requests: int, address: str, say: Say) -> Measured:
    """Measure it; `address` names a PostgreSQL server, or is empty for SQLite."""
    with mail_server() as letters, place_of_its_own(address, letters) as place:
        place.prepare(say)
        say(f"Making {films} films with their people and articles …")
        facts = place.inside("films", {"films": films, "requests": requests})
        pages = facts["pages"] | {key: _asking(key, typed) for key, typed in facts["typed"].items()}
        pages = {key: pages[key] for key in NAMES if key in pages}
        statements = place.inside("statements", {"pages": {key: some[:6] for key, some in pages.items()}})
        with server.running(place.variables, place.port, "/health/live", place.database) as running:
            running.settle()
            client = server.Client(running.port)
            say("Asking …")
            rows = [_row(running, client, key, some, statements[key]) for key, some in pages.items()]
            client.close()
            memory = running.resident()
    return Measured(
        "PostgreSQL" if address else "SQLite",
        **facts["size"],
        rebuild_seconds=facts["rebuild"],
        memory=memory,
        rows=rows,
    )


def _asking(key: str, typed: list[str]) -> list[str]:
    where = "/en/search/suggest/" if key == "suggest" else "/en/search/"
    return [f"{where}?{urlencode({'q': text})}" for text in typed]


def _row(running: server.Server, client: server.Client, key: str, addresses: list[str], statements: int) -> Row:
    """Each address once, so that nothing kept is given out; the first few warm up and are not counted."""
    took, busy, sizes = [], [], []
    for address in addresses:
        before, began = running.busy(), time.perf_counter()
        answer = client.get(address)
        took.append((time.perf_counter() - began) * 1000)
        busy.append((running.busy() - before) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{address} was answered with {answer.status}.")
        sizes.append(len(answer.body) / 1000)
    warm = min(3, len(took) - 1)
    waited, worked = sorted(took[warm:]), sorted(busy[warm:])
    times = (median(waited), percentile(waited, 95), median(worked), percentile(worked, 95))
    return Row(key, len(waited), *times, statements, median(sizes))


# --- Told ------------------------------------------------------------------------------------------------------------
def table(result: Measured) -> str:
    """For the screen."""
    head = f"{'':<38}{'median ms':>11}{'95 % ms':>9}{'processor ms':>14}{'95 %':>7}{'statements':>12}{'kB':>6}"
    lines = [
        f"{NAMES[row.key]:<38}{row.median_ms:>11.0f}{row.p95_ms:>9.0f}{row.busy_ms:>14.0f}{row.busy_p95_ms:>7.0f}"
        f"{row.statements:>12}{row.kilobytes:>6.0f}"
        for row in result.rows
    ]
    return "\n".join([_size(result), head, *lines, *(f"Not as it should be: {fault}" for fault in result.faults)])


def _size(result: Measured) -> str:
    return (
        f"{result.database}: {result.films} films, {result.people} people, {result.credits} credits, "
        f"{result.articles} articles in three languages; the index made in {result.rebuild_seconds:.0f} s; "
        f"worker {result.memory:.0f} MB"
    )


def _cells(results: list[Measured], key: str) -> Iterator[str]:
    for result in results:
        row = next((one for one in result.rows if one.key == key), None)
        yield f"{row.busy_ms:.0f} / {row.busy_p95_ms:.0f} | {row.median_ms:.0f} / {row.p95_ms:.0f}" if row else " | "


def page(results: list[Measured]) -> str:
    """The page of the reference, with a column for each database."""
    first = results[0]
    lines = []
    for row in first.rows:
        milliseconds, statements = row.aims
        cells = " | ".join(_cells(results, row.key))
        aim = f"{milliseconds:g}" if milliseconds else ""
        most = f"{row.statements}" + (f" of {statements}" if statements else "")
        lines.append(f"| {NAMES[row.key]} | {cells} | {aim} | {most} | {row.kilobytes:.0f} |")
    names = " | ".join(f"{one.database}, processor ms | waited ms" for one in results)
    sizes = "\n".join(f"- {_size(one)}." for one in results)
    figures = "\n".join(lines)
    return f"""# The catalogue and its search, measured

Written by `./kinolab bench catalogue --both --write docs/reference/catalogue-measured.md` from a run; run it again instead of
editing.

{sizes}

The server is started as `./run` starts it; requests come over one connection of this machine, each for another address, so
that no page is given out that was drawn before. *Processor ms* is the work of the server, and of PostgreSQL for it; *waited* is
the time until the whole page has come, on a machine that others worked on at the same time. Of each the middle request, and that
within which 95 of 100 stay. The aim is for the processor time of 95 of 100.

| | {names} | aim | statements | kB |
| --- |{" ---: |" * (2 * len(results) + 3)}
{figures}

## Repeating it

```console
./kinolab bench catalogue                  # two minutes, on SQLite
./kinolab bench catalogue --films 20000    # a large one
```
"""


def as_data(result: Measured) -> dict[str, Any]:
    """For programs."""
    return asdict(result) | {"faults": result.faults}
