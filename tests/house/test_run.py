"""`./run` as a person would: from an empty folder to the first page, a second start, Ctrl-C."""

import gzip
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kinolab.config import ready
from tests import tables

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _running(*arguments: str, port: int, data: Path, **more: str) -> Iterator[subprocess.Popen[str]]:
    """The program, answering on the port; killed at the end if it has not ended by itself."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("KINOLAB_", "DJANGO_"))}
    kept |= {"KINOLAB_STATIC": str(tables.STATIC), **more}
    program = subprocess.Popen(
        [str(ready.REPOSITORY / "run"), "--port", str(port), "--data", str(data), *arguments],
        env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        _wait(program, port)
        yield program
    finally:
        program.kill()
        program.wait()


def _wait(program: subprocess.Popen[str], port: int, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if program.poll() is not None:
            pytest.fail(f"./run ended with {program.returncode}:\n{program.stdout.read()}")  # type: ignore[union-attr]
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"No answer within {seconds} s")


def _end(program: subprocess.Popen[str]) -> str:
    """Press Ctrl-C; return everything the program said."""
    program.send_signal(signal.SIGINT)
    said, _ = program.communicate(timeout=30)
    assert program.returncode in {0, 130, -signal.SIGINT}
    assert "Traceback" not in said
    return said


def test_run_when_started_twice_answers_and_ends_quietly(tmp_path: Path, record_property: object) -> None:
    data, port = tmp_path / "data", _free_port()

    with _running("--applications", "20", port=port, data=data) as program:
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=30)
        html = page.read().decode()
        style = html.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{style}", headers={"Accept-Encoding": "gzip"}
        )  # fmt: skip
        static = urllib.request.urlopen(request, timeout=30)
        first = _end(program)
    began = time.monotonic()
    with _running(port=port, data=data) as program:
        took = time.monotonic() - began
        _end(program)

    assert (page.status, f"http://127.0.0.1:{port}/" in first) == (200, True)
    assert "immutable" in static.headers["Cache-Control"]
    assert len(gzip.decompress(static.read())) > 0
    assert len(list((data / "fonts").glob("*/*.ttf"))) == 6  # the first PDF does not wait for them
    assert (data / "secret.key").stat().st_mode & 0o777 == 0o600
    print(f"The second start took {took:.1f} s.", file=sys.stderr)
    assert took < 20  # aim: 5 s on a quiet machine


def test_run_when_empty_is_asked_for_loads_nothing(begun: Path) -> None:
    with _running("--empty", port=(port := _free_port()), data=begun) as program:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=30).close()
        said = _end(program)

    assert "No lab is here yet? docs/how-to/open-a-call.md" in said
    assert not (begun / "demonstration").exists()


def test_run_when_its_address_is_elsewhere_tells_this_machine_that_it_is_well(begun: Path) -> None:
    where: dict[str, Any] = {"port": _free_port(), "data": begun}
    with _running("--empty", **where, KINOLAB_URL="https://lab.example.org") as program:
        told = [
            urllib.request.urlopen(f"http://127.0.0.1:{where['port']}/health/{name}", timeout=30).read()
            for name in ("live", "ready")
        ]
        _end(program)

    assert told == [b"live\n", b'{"database": true}']


def test_run_when_the_port_is_taken_says_so(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [str(ready.REPOSITORY / "run"), "--port", str(port), "--data", str(tmp_path / "data")],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    assert (done.returncode, done.stderr) == (
        1,
        f"Port {port} is taken by another program: choose another with --port.\n",
    )


def test_kinolab_when_asked_for_help_lists_our_commands_first(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(ready.REPOSITORY / "kinolab"), "--data", str(tmp_path), "help"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip

    ours, _, djangos = done.stdout.partition("From Django")
    assert {"messages", "reference", "prepare", "clock", "lock"} <= {
        line.split()[0] for line in ours.splitlines() if line
    }
    assert "migrate" in djangos
