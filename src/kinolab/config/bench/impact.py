"""A programme's impact report over many road maps, and a road map's own pages: seconds, statements, memory."""

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from kinolab.config.bench import plan, server
from kinolab.config.bench.figures import percentile
from kinolab.config.bench.place import Say, mail_server, place_of_its_own

COLD_TURNS = 3  # at most: before each a process of its own changes a value


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out."""

    database: str
    road_maps: int
    indicators: int
    periods: int
    requests: int
    first_ms: float  # the report, the first time after the start
    cold_ms: float  # after a value has changed: worked out anew
    warm_ms: float  # nothing has changed
    warm_p95_ms: float
    public_cold_ms: float  # as everybody sees it: every road map is looked through for what is not safe
    public_warm_ms: float
    cold_statements: int
    warm_statements: int
    editor_ms: float  # the whole road map, as its team sees it
    editor_p95_ms: float
    editor_statements: int
    step_ms: float  # one step of it, with all its indicators
    paper_ms: float  # the report as a PDF
    book_ms: float  # a road map of so many pages as a PDF
    book_pages: int
    memory_before: float
    memory_after: float

    @property
    def faults(self) -> list[str]:
        """What is not as it should be."""
        aims = (
            ("the report, worked out anew", self.cold_ms, plan.REPORT_COLD_MS),
            ("the report, unchanged", self.warm_ms, plan.REPORT_WARM_MS),
            ("a whole road map", self.editor_ms, plan.EDITOR_MS),
            ("a step of a road map", self.step_ms, plan.EDITOR_MS),
            ("a road map as a PDF", self.book_ms, plan.BOOK_MS),
        )
        return [f"{what}: {seen:.0f} ms, aim {aim:g}" for what, seen, aim in aims if seen > aim]


def measure(
    *, road_maps: int, indicators: int, periods: int, requests: int, address: str, say: Say
) -> Measured:  # fmt: skip
    """Measure it; `address` names a PostgreSQL server, or is empty for SQLite."""
    with mail_server() as letters, place_of_its_own(address, letters) as place:
        place.prepare(say)
        say(f"Making {road_maps} road maps …")
        facts = place.inside("road_maps", {"road_maps": road_maps, "indicators": indicators, "periods": periods})
        statements = place.inside("road_map_statements", facts)
        with server.running(place.variables, place.port, "/health/live", place.database) as running:
            running.settle()
            before = running.resident()
            office, stranger = facts["session"], ""

            def turn(session: str, page: str) -> float:
                who = server.Client(running.port, session)  # an idle connection is closed while a value changes
                began = time.perf_counter()
                answer = who.get(facts[page])
                if answer.status != 200:
                    raise SystemExit(f"{facts[page]} was answered with {answer.status}.")
                took = (time.perf_counter() - began) * 1000
                who.close()
                return took

            def cold(who: str, page: str) -> float:
                took = []
                for _ in range(min(COLD_TURNS, requests)):
                    place.inside("change_value", {})
                    took.append(turn(who, page))
                return median(took)

            say("Asking for the report …")
            first, worked_out = turn(office, "report"), cold(office, "report")
            warm = _many(lambda: turn(office, "report"), requests)
            public_cold = cold(stranger, "public")
            public_warm = median(_many(lambda: turn(stranger, "public"), requests))
            say("Asking for a road map …")
            editor = _many(lambda: turn(office, "editor"), requests)
            step = _many(lambda: turn(office, "step"), requests)
            turn(office, "paper")
            paper = turn(office, "paper")
            say("Printing a thick road map …")
            book = turn(office, "book")
            pages = _pages(server.Client(running.port, facts["session"]).get(facts["book"]).body)
            after = running.resident()
    return Measured(
        "PostgreSQL" if address else "SQLite", road_maps, indicators, periods, requests, first, worked_out, median(warm),
        percentile(sorted(warm), 95), public_cold, public_warm, statements["cold"], statements["warm"], median(editor),
        percentile(sorted(editor), 95), statements["editor"], median(step), paper, book, pages,
        before, after,
    )  # fmt: skip


def _pages(content: bytes) -> int:
    from pypdf import PdfReader  # noqa: PLC0415  (only who counts pages needs it)

    return len(PdfReader(io.BytesIO(content)).pages)


def _many(ask: Callable[[], float], number: int) -> list[float]:
    ask()
    return [ask() for _ in range(number)]


def rows(result: Measured) -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and what is aimed at."""
    yield "report, the first time after the start", f"{result.first_ms:.0f} ms", ""
    yield "report, worked out anew after a value changed", f"{result.cold_ms:.0f} ms", f"{plan.REPORT_COLD_MS:g} ms"
    yield "report, nothing has changed", f"{result.warm_ms:.0f} ms", f"{plan.REPORT_WARM_MS:g} ms"
    yield "the same, 95 of 100", f"{result.warm_p95_ms:.0f} ms", ""
    yield "report for everybody, worked out anew", f"{result.public_cold_ms:.0f} ms", ""
    yield "report for everybody, nothing has changed", f"{result.public_warm_ms:.0f} ms", ""
    yield "statements of the report, worked out anew", f"{result.cold_statements}", ""
    yield "statements of the report, nothing has changed", f"{result.warm_statements}", ""
    yield "a whole road map", f"{result.editor_ms:.0f} ms", f"{plan.EDITOR_MS:g} ms"
    yield "the same, 95 of 100", f"{result.editor_p95_ms:.0f} ms", ""
    yield "statements of it", f"{result.editor_statements}", ""
    yield "the step of its indicators", f"{result.step_ms:.0f} ms", f"{plan.EDITOR_MS:g} ms"
    yield "the report as a PDF", f"{result.paper_ms:.0f} ms", ""
    yield f"a road map of {result.book_pages} pages as a PDF", f"{result.book_ms:.0f} ms", f"{plan.BOOK_MS:g} ms"
    yield "memory of the worker before", f"{result.memory_before:.0f} MB", ""
    yield "memory afterwards", f"{result.memory_after:.0f} MB", ""


def table(result: Measured) -> str:
    """For the screen."""
    size = (
        f"{result.database}: {result.road_maps} road maps × {result.indicators} indicators × {result.periods} periods"
    )
    lines = [size, *(f"{what:<52}{figure:>12}{aim:>12}".rstrip() for what, figure, aim in rows(result))]
    return "\n".join([*lines, *(f"Not as it should be: {fault}" for fault in result.faults)])


def page(result: Measured) -> str:
    """The page of the reference."""
    figures = "\n".join(f"| {what} | {figure} | {aim} |" for what, figure, aim in rows(result))
    return f"""# Impact, measured

Written by `./kinolab bench impact --write docs/reference/impact-measured.md` from a run; run it again instead of editing.

A programme with {result.road_maps} road maps in five editions, each with {result.indicators} indicators read in
{result.periods} periods: {result.road_maps * result.indicators * result.periods} values, and as many targets. The server is
started as `./run` starts it; requests come over one connection of this machine, and what is told is the time until the whole page
has come, the middle one of {result.requests}.

| {result.database} | | aim |
| --- | ---: | ---: |
{figures}

The report is kept under a stamp of everything that it is made of, worked out in one statement at each look. One changed value makes
another stamp: between two of the looks «worked out anew» another process changes one.

## Repeating it

```console
./kinolab bench impact                                              # some minutes
./kinolab bench impact --road-maps 100 --indicators 12 --periods 8  # a smaller one
```
"""


def as_data(result: Measured) -> dict[str, Any]:
    """For programs."""
    return {**{name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(result).items()},
            "faults": result.faults}  # fmt: skip
