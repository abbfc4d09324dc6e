"""The server as `./run` starts it, watched from outside: processor time, memory, the time to its first answer."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

from kinolab.config import start
from kinolab.config.bench.visits import Answer

PATIENCE = 60  # seconds until the server must have answered
QUIET, QUIET_AFTER = 0.03, 40  # processor seconds in a second; seconds after which it is measured all the same


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, database: str) -> None:
        self.process, self.port, self.database = process, port, database
        self.cold = self.cold_busy = 0.0  # seconds to the first answer, and processor seconds until then

    def busy(self) -> float:
        """Processor seconds used so far: the server with all its threads, and what PostgreSQL does for it."""
        return sum(_processor_seconds(pid) for pid in (self.process.pid, *_backends(self.database)))

    def settle(self) -> None:
        """Wait until it is idle: after its start, and after pages that write, the clock has work to do."""
        for _ in range(QUIET_AFTER):
            before = self.busy()
            time.sleep(1)
            if self.busy() - before < QUIET:
                return

    def resident(self) -> float:
        """Resident megabytes of the worker."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0


@contextlib.contextmanager
def running(variables: Mapping[str, str], port: int, first: str, database: str = "") -> Iterator[Server]:
    """Start it and wait for the first answer to `first`; ended as Ctrl-C does."""
    command = start.server(Path(sys.executable), "127.0.0.1", port)
    began = time.perf_counter()
    process = subprocess.Popen(command, env=dict(variables))
    server = Server(process, port, database)
    try:
        _wait(server, first)
        server.cold, server.cold_busy = time.perf_counter() - began, server.busy()
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(server: Server, path: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise SystemExit("The server ended before it had answered; what it printed above says why.")
        with contextlib.suppress(OSError):
            if (status := Client(server.port).get(path).status) == 200:
                return
            raise SystemExit(f"The server's first answer was {status}.")
        time.sleep(0.02)
    raise SystemExit(f"The server did not answer within {PATIENCE} seconds.")


def _processor_seconds(pid: int) -> float:
    """Of one process with all its threads, to the nanosecond: Linux has a clock for every process."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:  # it has ended
        return 0.0


def _backends(database: str) -> list[int]:
    """PostgreSQL's processes for this database, by their titles: «postgres: user database …»."""
    found = []
    for folder in Path("/proc").iterdir() if database else ():
        if folder.name.isdecimal():
            with contextlib.suppress(OSError):
                title = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if title.startswith("postgres:") and f" {database} " in title:
                    found.append(int(folder.name))
    return found


class Client:
    """One connection, kept open, with its cookies."""

    def __init__(self, port: int, session: str = "") -> None:
        self.port, self.connection = port, http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies = {"kino_session": session} if session else {}

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Mapping[str, str], *, script: bool = False) -> Answer:
        """Send a form."""
        accept = {"Accept": "application/json"} if script else {}
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        return self._ask("POST", path, urlencode(fields).encode(), {**form, **accept})

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {**headers, "Cookie": cookies} if cookies else dict(headers)
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, content)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def keeps_to_itself(variables: Mapping[str, str]) -> dict[str, str]:
    """These variables without any setting of the installation that the bench was called in."""
    mine = ("KINOLAB_INSTALLED",)
    return {
        name: value for name, value in os.environ.items() if not name.startswith("KINOLAB_") or name in mine
    } | dict(variables)
