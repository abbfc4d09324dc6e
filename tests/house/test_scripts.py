"""Scripts of others are set up as the lock names them; where that fails it is said, and the program goes on without."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kinolab.config import ready

SET_UP = "import pathlib, sys; from kinolab.config import ready; ready.BROWSER = pathlib.Path(sys.argv[1]); \
ready.browser_scripts(pathlib.Path(sys.executable))"


def _set_up(where: Path, npm: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Set them up with an npm that does this."""
    (tmp_path / "npm").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\n{npm}\n')
    (tmp_path / "npm").chmod(0o755)
    variables = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ready.SOURCE)}
    variables.pop("KINOLAB_INSTALLED", None)
    return subprocess.run(
        [sys.executable, "-c", SET_UP, str(where)], env=variables, capture_output=True, text=True, check=False
    )


def test_scripts_here_are_those_of_the_lock() -> None:
    lock = hashlib.sha256((ready.REPOSITORY / "package-lock.json").read_bytes()).hexdigest()

    assert (ready.BROWSER / "installed.txt").read_text() == lock
    for name in ready.SCRIPTS.values():
        script = (ready.BROWSER / "vendor" / name).read_text(encoding="utf-8")
        assert len(script) > 10_000
        assert "sourceMappingURL" not in script


def test_lock_names_no_host_and_sums_everything() -> None:
    import json

    packages = json.loads((ready.REPOSITORY / "package-lock.json").read_text())["packages"]
    named = {name: one for name, one in packages.items() if name}

    assert len(named) > 10
    assert [name for name, one in named.items() if not one.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, one in named.items() if "resolved" in one or one.get("hasInstallScript")] == []


@pytest.mark.parametrize("npm, why", [("exit 7", "7"), ("exit 0", "tus.min.js")])
def test_failure_is_said_and_tried_again_next_time(tmp_path: Path, npm: str, why: str) -> None:
    where = tmp_path / "vendored"

    done = _set_up(where, npm, tmp_path)

    assert done.returncode == 0
    assert "The scripts could not be set up" in done.stderr
    assert why in done.stderr
    assert not (where / "installed.txt").exists()
    assert (tmp_path / "asked").read_text().startswith("ci --ignore-scripts")


def test_scripts_once_set_up_are_left_alone(tmp_path: Path) -> None:
    where = tmp_path / "vendored"
    folder = "node_modules/tus-js-client/dist"
    made = f"mkdir -p {folder} && echo '1;\n//# sourceMappingURL=x' > {folder}/tus.min.js"

    first, second = _set_up(where, made, tmp_path), _set_up(where, "exit 7", tmp_path)

    assert ("Setting up" in first.stderr, second.stderr) == (True, "")
    assert (where / "vendor" / "tus.min.js").read_text() == "1;\n"
