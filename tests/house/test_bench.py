"""`./kinolab bench`: a tiny run measures every row and touches nobody's data; figures become sentences and tables."""

import dataclasses
import json
import os
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kinolab.config import ready
from kinolab.config.bench import catalogue, impact, plan, report, rush
from kinolab.config.bench.measuring import Measured, Result
from kinolab.config.bench.plan import Aim, Row
from kinolab.config.bench.rush import Diary, Part, Rush
from tests import tables

ROWS = [*plan.ASKED, *plan.MEASURED_INSIDE]


def _bench(data: Path, *arguments: str, begun: Path) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("KINOLAB_", "DJANGO_"))}
    made = {"KINOLAB_STATIC": str(tables.STATIC), "BENCH_FROM": str(begun)}
    return subprocess.run(
        [str(ready.REPOSITORY / "kinolab"), "--data", str(data), "bench", *arguments],
        env=kept | made, capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.xdist_group("run")
def test_bench_when_run_small_measures_every_row_and_leaves_the_data_alone(tmp_path: Path, begun: Path) -> None:
    figures, page, data = tmp_path / "figures.json", tmp_path / "page.md", tmp_path / "data"

    done = _bench(
        data, "--applications", "10", "--requests", "2", "--json", str(figures), "--write", str(page), begun=begun
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


@pytest.mark.slow
@pytest.mark.xdist_group("run")
def test_upload_when_run_small_is_measured_against_a_copy(tmp_path: Path, begun: Path) -> None:
    figures, page = tmp_path / "figures.json", tmp_path / "page.md"

    done = _bench(
        tmp_path / "data", "upload", "--megabytes", "80", "--json", str(figures), "--write", str(page), begun=begun
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert told["faults"] == []  # of memory alone
    assert min(told["copy_seconds"], told["upload_seconds"], told["take_seconds"], told["busy_seconds"]) > 0
    assert told["memory_peak"] >= told["memory_before"] > 20
    assert "| upload against copy |" in page.read_text()


@pytest.mark.slow
@pytest.mark.xdist_group("run")
def test_impact_when_run_small_measures_report_and_editor(tmp_path: Path, begun: Path) -> None:
    figures, page = tmp_path / "figures.json", tmp_path / "page.md"

    done = _bench(
        tmp_path / "data", "impact", "--road-maps", "3", "--indicators", "2", "--periods", "2", "--requests", "1",
        "--json", str(figures), "--write", str(page), begun=begun,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert min(told[name] for name in ("cold_ms", "warm_ms", "public_cold_ms", "editor_ms", "paper_ms")) > 0
    assert 0 < told["warm_statements"] < told["cold_statements"]
    assert "| report, nothing has changed |" in page.read_text()


@pytest.mark.slow
@pytest.mark.xdist_group("run")
def test_catalogue_when_run_small_measures_search_and_pages(tmp_path: Path, begun: Path) -> None:
    figures, page = tmp_path / "figures.json", tmp_path / "page.md"

    done = _bench(
        tmp_path / "data", "catalogue", "--films", "20", "--requests", "2", "--json", str(figures), "--write", str(page),
        begun=begun,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(figures.read_text())
    assert (told["films"], told["people"], told["articles"]) == (20, 60, 10)
    assert {row["key"] for row in told["rows"]} == set(catalogue.NAMES)
    assert all(min(row["median_ms"], row["busy_ms"], row["statements"], row["kilobytes"]) > 0 for row in told["rows"])
    assert "| suggestions, two to five letters |" in page.read_text()


@pytest.mark.slow
@pytest.mark.xdist_group("run")
def test_rush_when_run_small_measures_every_part_and_asks_the_tables(tmp_path: Path, begun: Path) -> None:
    figures = tmp_path / "figures.json"

    done = _bench(
        tmp_path / "data", "applications", "--at-once", "2", "--arriving", "2", "--over", "0.1", "--people", "3",
        "--minutes", "0.1",
        "--json", str(figures), "--write", str(tmp_path / "page.md"), begun=begun,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert "| one after another | 2 |" in (tmp_path / "page.md").read_text()
    once, arriving, close = json.loads(figures.read_text())["parts"]
    assert (once["name"], once["people"], once["after"]["sent"], once["errors"]) == ("at once", 2, 2, 0)
    assert (arriving["name"], arriving["people"], arriving["after"]["sent"]) == ("one after another", 2, 2)
    assert (close["name"], close["people"], close["errors"]) == ("the close", 3, 0)
    assert [once["steps"][step]["number"] for step in rush.STEPS] == [2, 2, 2]
    for part in (once, arriving, close):
        assert {what: part["after"][what] for what in rush.FAULTS} == dict.fromkeys(rush.FAULTS, 0)
        assert min(part["processor_seconds"], part["steps"]["save"]["p95_ms"]) > 0


def test_impact_when_a_page_is_slow_says_so() -> None:
    figures = {one.name: 0 for one in dataclasses.fields(impact.Measured)}
    assert impact.Measured(**figures).faults == []

    slow = figures | {"editor_ms": plan.EDITOR_MS + 2, "cold_ms": plan.REPORT_COLD_MS + 1}
    assert impact.Measured(**slow).faults == [
        "the report, worked out anew: 2001 ms, aim 2000",
        "a whole road map: 152 ms, aim 150",
    ]


def _diary(**more: object) -> Diary:
    return Diary("abc", "q1", took={"open": [0.02], "save": [0.2, 0.1], "submit": [0.03]}, **more)


def test_rush_when_something_is_lost_or_slow_says_what() -> None:
    diaries = [_diary(), _diary(errors=["save: 503"])]
    after = {"sent": 2, "lost": 1, "receipts": 2, "receipts missing": 0}
    part = Part("the close", 2, 10.0, 0.2, diaries, 100.0, after)

    assert rush.faults(Rush("SQLite", [part])) == [
        "the close: lost: 1",
        "the close: errors: 1, the first: save: 503",
        "the close: 95 % of saves within 200 ms, aim 150",
    ]


def test_rush_when_a_head_costs_too_much_says_so() -> None:
    part = Part("at once", 2, 10.0, 0.2, [_diary(), _diary()], 100.0, {})

    assert rush.faults(Rush("SQLite", [part])) == ["at once: processor time a head: 100 ms, aim 75"]


def test_rush_when_written_tells_each_part_in_multiples_of_an_empty_request() -> None:
    after = dict.fromkeys(rush.FAULTS, 0) | {"lost": 1}
    part = Part("at once", 2, 120.0, 0.2, [_diary(), _diary(errors=["save: 503"])], 100.4, after)

    assert (
        "\n| at once | 2 | 2.0 | 0 | 50 | 20 / 20 / 20 | 200 / 200 / 200 | 30 / 30 / 30 | 100 | 1 | 0 | 0 | 0 | 0 | 1 |\n"
        in rush.page([Rush("SQLite", [part], 2.0)])
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["applications", "--at-once", "0", "--people", "0"], "From 1 to 5000 people."),
        (["applications", "--minutes", "0"], "From 0.1 to 60 minutes."),
        (["--applications", "0"], "From 10 to 20000 applications, and from 1 to 2000 requests."),
        (["--database"], "--database and --both need KINOLAB_DATABASE: the address of a PostgreSQL server."),
    ],
)
def test_bench_when_it_cannot_begin_says_why(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.delenv("KINOLAB_DATABASE", raising=False)

    with pytest.raises(CommandError) as refused:
        call_command("bench", *arguments)

    assert str(refused.value) == sentence


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
