"""`./kinolab bench`: a tiny run measures every row and touches nobody's data; figures become sentences and tables."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from kinolab.config import ready
from kinolab.config.bench import plan, report
from kinolab.config.bench.measuring import Measured, Result
from kinolab.config.bench.plan import Aim, Row

ROWS = [*plan.ASKED, *plan.MEASURED_INSIDE]


def _bench(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("KINOLAB_", "DJANGO_", "COV_"))}
    return subprocess.run(
        [str(ready.REPOSITORY / "kinolab"), "--data", str(data), "bench", *arguments],
        env=kept, capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.xdist_group("run")
def test_bench_when_run_small_measures_every_row_and_leaves_the_data_alone(tmp_path: Path) -> None:
    figures, page, data = tmp_path / "figures.json", tmp_path / "page.md", tmp_path / "data"

    done = _bench(
        data, "--applications", "20", "--requests", "2", "--json", str(figures), "--write", str(page)
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert [row["key"] for row in told["rows"]] == [row.key for row in ROWS]
    for row in told["rows"]:
        assert min(row["number"], row["median_ms"], row["p95_ms"], row["per_second"], row["processor_ms"]) > 0, row
        assert isinstance(row["statements"], int)
    asked = {row["key"]: row["kilobytes"] for row in told["rows"][: len(plan.ASKED)] if row["key"] != plan.EMPTY.key}
    assert min(asked.values()) > 1
    assert told["cold_start_seconds"] > 0
    assert told["resident_megabytes"] > 20
    for row in ROWS:
        assert row.name in done.stdout
        assert f"| {row.name} |" in page.read_text()
    assert [path.name for path in data.iterdir()] == ["secret.key"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--applications", "0"], "From 10 to 20000 applications, and from 1 to 2000 requests."),
        (["--database"], "--database needs KINOLAB_DATABASE: the address of a PostgreSQL server."),
    ],
)
@pytest.mark.slow
def test_bench_when_it_cannot_begin_says_why(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = _bench(tmp_path, *arguments)

    assert (done.returncode, done.stderr) == (1, f"CommandError: {sentence}\n")


def _result(*rows: Measured) -> Result:
    empty = Measured(plan.EMPTY, 10, 2.0, 3.0, 400.0, 2.0, 0, 0.1, 90.4)
    return Result(
        "SQLite", 20, 10, cold_seconds=1.5, cold_busy_seconds=1.2, resident_megabytes=130.4, rows=[empty, *rows]
    )


def test_report_when_an_aim_is_missed_says_by_how_much() -> None:
    row = Row("table", "the table", Aim(45, 12, 120))
    result = _result(Measured(row, 10, 50.0, 70.0, 20.0, 51.2, 13, 90.0))

    assert report.misses(result) == [
        "the table: processor time 51 ms, aim 45",
        "the table: statements 13, aim 12",
        "resident memory: 130 MB, aim 120",
    ]


def test_page_when_written_gives_multiples_of_an_empty_request() -> None:
    row = Row("table", "the table", Aim(45, 12, 120))
    result = _result(Measured(row, 10, 50.0, 70.0, 20.0, 51.2, 13, 90.4))

    assert "| the table | 25.6 | 45 | 13 | 12 | 90 | 120 |" in report.page(result)
    assert "Cold start to the first answer: aim 2 s; the processor works for 60 % of that time." in report.page(result)
    assert "90 MB after the start, 130 MB after all of the above with 4 downloads at once" in report.page(result)


def test_table_when_a_figure_is_missing_leaves_its_cell_empty() -> None:
    result = _result(Measured(Row("letter", "a letter"), 5, 3.0, 4.0, 300.0, 2.5, 6, None))

    line = next(line for line in report.table(result).splitlines() if line.startswith("a letter"))
    assert line.split() == ["a", "letter", "3.0", "4.0", "300", "2.5", "6"]
