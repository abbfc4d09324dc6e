"""What the tools find: format, lint, types, import contracts, templates, migrations, deployment, sentences, pages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kinolab.config import ready
from tests import checking, covering

BIN = Path(sys.executable).parent
TEMPLATES = sorted(
    str(path.relative_to(ready.REPOSITORY)) for path in ready.SOURCE.rglob("templates/**/*") if path.suffix == ".html"
)
COMMAND = [sys.executable, "-m", "kinolab.config.command"]
DEPLOYED = {
    "DJANGO_SETTINGS_MODULE": "kinolab.config.settings",
    "KINOLAB_URL": "https://lab.example.org",
    "KINOLAB_SECRET_KEY": "a-key-for-this-check-alone-that-is-long-enough-to-pass-0123456789",
}

ON_POSTGRESQL = os.environ.get(checking.ON_POSTGRESQL, "")

NAMED = "tests/integration/search/test_search.py::test_different_words_stay_different"

TOOLS = {
    "ruff format": [str(BIN / "ruff"), "format", "--check", "."],
    "ruff check": [str(BIN / "ruff"), "check", "."],
    "import contracts": [str(BIN / "lint-imports")],
    "mypy": [str(BIN / "mypy")],
    "djade": [str(BIN / "djade"), "--check", "--target-version", "5.2", *TEMPLATES],
    "migrations": [*COMMAND, "makemigrations", "--check", "--dry-run"],
    "check": [*COMMAND, "check", "--fail-level", "WARNING"],
    "check --deploy": [*COMMAND, "check", "--deploy", "--fail-level", "WARNING"],
    "messages": [*COMMAND, "messages", "--check"],
    "reference": [*COMMAND, "reference", "--check"],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TOOLS)
def test_tool_when_run_finds_nothing(name: str, tmp_path: Path) -> None:
    more = {"KINOLAB_DATA": str(tmp_path)} | (DEPLOYED if name == "check --deploy" else {})
    of_tests = ("PYTEST_", "KINOLAB_", "DJANGO_ALLOW_")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(of_tests)}

    done = subprocess.run(
        TOOLS[name], cwd=ready.REPOSITORY, env=clean | {"PYTHONPATH": str(ready.SOURCE)} | more,
        capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-6000:]


def _done(*arguments: str, **more: str) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ready.REPOSITORY, env=clean | more,
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
def test_rules_when_tested_without_django_hold_in_every_branch(tmp_path: Path) -> None:
    plugins = ["-p", "no:django", "-p", "no:randomly", "-p", "tests.covering"]
    _done("pytest", "-q", *plugins, "tests/unit", **{covering.variable("rules"): str(tmp_path)})
    _done("tests.covering", str(tmp_path), "rules")


@pytest.mark.parametrize(("asked", "told"), [("rules", (100 * 6 / 9, "4, 2→4, 4→end")), ("rest", (100 * 4 / 5, "4"))])
def test_coverage_when_something_is_not_reached_names_it_and_counts_it(asked: str, told: tuple[float, str]) -> None:
    def file(lines: list[int], branches: list[tuple[int, int]]) -> dict[str, object]:
        of_branches = {"executed_branches": [(1, 2)], "missing_branches": branches}
        return {"executed_lines": [1, 2], "missing_lines": lines} | (
            of_branches if covering.PARTS[asked].branches else {}
        )

    seen = {"files": {"a/x.py": file([4], [(2, 4), (4, 0)]), "a/y.py": file([], [])}}

    assert covering.reached([seen]) == (pytest.approx(told[0]), {"a/x.py": told[1]})


@pytest.mark.skipif(not ON_POSTGRESQL, reason="./test runs the pages on PostgreSQL first")
def test_run_on_postgresql_holds() -> None:
    answer = Path(ON_POSTGRESQL, checking.ANSWER).read_text(encoding="utf-8")

    assert answer == "0", "The run on PostgreSQL failed: see above."
    _done("tests.covering", ON_POSTGRESQL, "rest")


@pytest.mark.skipif(not ON_POSTGRESQL, reason="./test runs the pages on PostgreSQL first")
def test_run_on_postgresql_names_only_what_asked_it_nothing() -> None:
    named = "\n".join(checking.asked_nothing(Path(ON_POSTGRESQL)))

    assert "search/test_folding.py::" in named
    assert "applications/test_submission.py::" not in named


def test_test_that_asked_postgresql_nothing_is_not_run_again(tmp_path: Path) -> None:
    (tmp_path / f"{checking.ASKED_NOTHING}-gw0.txt").write_text(f"{NAMED}[12-21]", encoding="utf-8")

    said = _done("pytest", "--collect-only", "-q", NAMED, **{checking.ON_POSTGRESQL: str(tmp_path)})

    assert "[12-21]" not in said
    assert "(1 deselected)" in said
