"""What the tools find: format, lint, types, import contracts, templates, migrations, deployment, sentences, pages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kinolab.config import ready

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
    of_tests = ("COV_", "PYTEST_", "KINOLAB_", "DJANGO_ALLOW_")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(of_tests)}

    done = subprocess.run(
        TOOLS[name], cwd=ready.REPOSITORY, env=clean | {"PYTHONPATH": str(ready.SOURCE)} | more,
        capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-6000:]


@pytest.mark.slow
def test_rules_when_tested_without_django_hold_in_every_branch(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:randomly", "tests/unit"]
    measured = ["--cov", "--cov-config=tests/unit/coverage.ini", "--cov-report=term"]
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("COV_", "PYTEST_", "DJANGO_"))}

    done = subprocess.run(
        [*command, *measured], cwd=ready.REPOSITORY, env=clean | {"COVERAGE_FILE": str(tmp_path / "measured")},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.skipif("KINOLAB_POSTGRESQL_REPORT" not in os.environ, reason="./test runs the tests on PostgreSQL first")
def test_run_on_postgresql_holds() -> None:
    answer = Path(os.environ["KINOLAB_POSTGRESQL_REPORT"]).read_text(encoding="utf-8")

    assert answer == "0", "The run on PostgreSQL failed, or reached too little of the program: see above."
