"""What was measured, as a table, as JSON, and as the page of the reference."""

from typing import Any

from kinolab.config.bench import plan
from kinolab.config.bench.measuring import Measured, Result

HEAD = ("", "median", "p95", "a second", "processor", "aim", "statements", "page", "memory")
UNITS = ("", "ms", "ms", "", "ms", "ms", "", "kB", "MB")


def table(result: Result) -> str:
    """For the screen: one line a row, units under the heads."""
    rows = [HEAD, UNITS, *(_cells(one) for one in result.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]
    lines += [
        "",
        f"{result.database}, applications: {result.applications}, requests a row: {result.requests}",
        (
            f"Cold start to the first answer: {result.cold_seconds:.2f} s (aim {plan.COLD_SECONDS:g} s),"
            f" processor {result.cold_busy_seconds:.2f} s"
        ),
        f"Resident memory of the worker: {result.resident_megabytes:.0f} MB (aim {plan.WORKER_MEGABYTES:g} MB)",
    ]
    if missed := misses(result):
        lines += ["", "Aims not reached:", *(f"  {one}" for one in missed)]
    return "\n".join(line.rstrip() for line in lines)


def _cells(one: Measured) -> tuple[str, ...]:
    return (
        one.row.name,
        _number(one.median_ms, 1),
        _number(one.p95_ms, 1),
        _number(one.per_second, 0),
        _number(one.busy_ms, 1),
        _number(one.row.aim.milliseconds, 0),
        _number(one.statements, 0),
        _number(one.kilobytes, 1),
        _number(one.resident_megabytes, 0),
    )


def _number(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"


def misses(result: Result) -> list[str]:
    """Every aim that was not reached, as a sentence."""
    found = []
    for one in result.rows:
        for what, unit, seen, aim in (
            ("processor time", "ms", one.busy_ms, one.row.aim.milliseconds),
            ("statements", "", one.statements, one.row.aim.statements),
            ("page", "kB", one.kilobytes, one.row.aim.kilobytes),
        ):
            if seen is not None and aim is not None and seen > aim:
                found.append(f"{one.row.name}: {what} {seen:.0f} {unit}".rstrip() + f", aim {aim:g}")
    if result.cold_seconds > plan.COLD_SECONDS:
        found.append(f"cold start: {result.cold_seconds:.2f} s, aim {plan.COLD_SECONDS:g}")
    if result.resident_megabytes > plan.WORKER_MEGABYTES:
        found.append(f"resident memory: {result.resident_megabytes:.0f} MB, aim {plan.WORKER_MEGABYTES:g}")
    return found


def as_data(result: Result) -> dict[str, Any]:
    """For programs."""
    return {
        "database": result.database,
        "applications": result.applications,
        "requests": result.requests,
        "cold_start_seconds": round(result.cold_seconds, 3),
        "cold_start_processor_seconds": round(result.cold_busy_seconds, 3),
        "resident_megabytes": round(result.resident_megabytes, 1),
        "rows": [
            {
                "key": one.row.key,
                "name": one.row.name,
                "number": one.number,
                "median_ms": _round(one.median_ms),
                "p95_ms": _round(one.p95_ms),
                "per_second": _round(one.per_second),
                "processor_ms": _round(one.busy_ms),
                "aim_ms": one.row.aim.milliseconds,
                "statements": one.statements,
                "aim_statements": one.row.aim.statements,
                "kilobytes": _round(one.kilobytes),
                "aim_kilobytes": one.row.aim.kilobytes,
                "resident_megabytes": _round(one.resident_megabytes),
            }
            for one in result.rows
        ],
        "aims_missed": misses(result),
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def page(result: Result) -> str:
    """For the reference: figures as multiples of an empty request of the same run, so that the machine drops out."""
    empty = next(one.busy_ms for one in result.rows if one.row.key == plan.EMPTY.key) or 1.0
    lines = [
        "# Performance",
        "",
        "Written by `./kinolab bench --write docs/reference/performance.md` from a run; run it again instead of editing.",
        "",
        "## What is measured",
        "",
        f"An edition with {result.applications} applications, {plan.READERS} readers and three readings for each",
        "application, in a data folder of its own that is removed afterwards. The server is started as `./run` starts it,",
        "with the clock inside, on a free port of this machine; requests come over one connection after another. For each",
        "row the processor time of the server, of its clock and of PostgreSQL is read before and after, and divided by the",
        "number of requests. Statements are counted in a second process that has answered the same request once before;",
        "where a transaction begins and ends is not counted.",
        "",
        "Figures are multiples of the processor time of an empty request in the same run: another machine changes all of",
        "them together. Aims are milliseconds of one core on a small server.",
        "",
        f"## Figures ({result.database})",
        "",
        "| | processor time, empty request = 1 | aim, ms | statements | aim | page, kB | aim |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [_line(one, empty) for one in result.rows]
    lines += [
        "",
        "A page for strangers is drawn once in ten seconds and kept meanwhile, which is what the first row of the call",
        "page shows; the second is what somebody with a session pays for.",
        "",
        (
            f"Cold start to the first answer: aim {plan.COLD_SECONDS:g} s; the processor works for"
            f" {result.cold_busy_seconds / plan.COLD_SECONDS * 100:.0f} % of that time."
        ),
        (
            f"Resident memory of the worker: {_resident(result, plan.EMPTY.key):.0f} MB after the start,"
            f" {result.resident_megabytes:.0f} MB after all of the above with {plan.TOGETHER} downloads at once;"
            f" aim {plan.WORKER_MEGABYTES:g} MB."
        ),
        "",
        "## Repeating it",
        "",
        "```console",
        "./kinolab bench                       # some minutes; a table on the screen",
        "./kinolab bench --applications 200 --requests 20 --json figures.json",
        "KINOLAB_DATABASE=postgres://… ./kinolab bench --database",
        "```",
        "",
        "It needs the developers’ tools (`./test --quick` installs them) for the mail server to which letters are handed.",
    ]
    return "\n".join(lines) + "\n"


def _line(one: Measured, empty: float) -> str:
    aim = one.row.aim
    cells = [
        one.row.name,
        _number(one.busy_ms / empty if one.busy_ms is not None else None, 1),
        _number(aim.milliseconds, 0),
        _number(one.statements, 0),
        _number(aim.statements, 0),
        _number(one.kilobytes, 0),
        _number(aim.kilobytes, 0),
    ]
    return "| " + " | ".join(cells) + " |"


def _resident(result: Result, key: str) -> float:
    return next((one.resident_megabytes or 0.0 for one in result.rows if one.row.key == key), 0.0)
