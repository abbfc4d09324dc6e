"""`./run`: make the place ready, fill it, and become the web server. Standard library only."""

import argparse
import errno
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from kinolab.config import ready

STAGES = ("open", "reading", "deciding", "announced", "impact")  # of the demonstration's year
# For the C library: with a thread for each request it would keep memory aside for each of them, and never give back what a
# large page has needed once. Bytes.
MEMORY = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "65536"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# Nobody speaks over web sockets: their library stays out of memory.
SERVER = ["--no-access-log", "--no-server-header", "--no-proxy-headers", "--log-level", "warning", "--ws", "none"]
# Connections that are open: each costs little, and in the last minutes before a close every applicant has one.
LIMITS = ["--limit-concurrency", "4000", "--timeout-graceful-shutdown", "5"]


def main() -> NoReturn:
    """Start Kinolab; Ctrl-C at any moment ends it quietly."""
    try:
        _start(_options())
    except KeyboardInterrupt:
        sys.exit(130)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run", description="Start Kinolab.")
    parser.add_argument("--port", type=int, default=8000, help="TCP port to answer on (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to answer on (127.0.0.1: this machine only)")
    parser.add_argument("--data", metavar="DIR", help="folder for everything that is kept (./data)")
    parser.add_argument("--empty", action="store_true", help="do not load the demonstration into an empty data folder")
    parser.add_argument(
        "--stage", choices=STAGES, default="open", help="how far the demonstration's year has come (open)"
    )
    parser.add_argument(
        "--applications", type=int, default=300, metavar="N", help="how many the demonstration invents (300)"
    )
    parser.add_argument("--dev", action="store_true", help="for developers: reload on change, show errors in full")
    return parser.parse_args()


def _start(options: argparse.Namespace) -> NoReturn:
    _stop_if_taken(options.host, options.port)
    python = ready.environment()
    ready.catalogues(python)
    ready.browser_scripts(python)
    data = ready.data_folder(options.data)
    given, settings = set(os.environ), _settings(options, data)
    os.environ.update(settings)
    demonstration = data / "demonstration"  # the marker that the demonstration lives here
    wanted = not options.empty and not demonstration.exists()
    fill = ["--demo", options.stage, "--applications", str(options.applications)] if wanted else []
    static = [] if options.dev else ["--static"]
    prepared = subprocess.run(
        [str(python), "-m", "kinolab.config.command", "prepare", *fill, *static], check=False, env=ready.variables()
    )
    if prepared.returncode:
        sys.exit(prepared.returncode)
    if demonstration.exists() and options.host in LOOPBACK:
        os.environ.setdefault("KINOLAB_DEMO_ENTRY", "yes")
    if options.host in LOOPBACK and "KINOLAB_URL" not in given:
        os.environ.setdefault("KINOLAB_MAIL_OPEN", "yes")
    (data / "address").write_text(settings["KINOLAB_URL"] + "\n", encoding="utf-8")
    _greet(settings["KINOLAB_URL"], demonstration)
    os.environ.update({name: value for name, value in MEMORY.items() if name not in os.environ})
    os.execve(python, server(python, options.host, options.port, dev=options.dev), ready.variables())


def server(python: Path, host: str, port: int, *, dev: bool = False) -> list[str]:
    """The command of the web server."""
    where = ["--host", host, "--port", str(port)]
    more = ["--reload", "--reload-dir", str(ready.SOURCE)] if dev else LIMITS
    return [str(python), "-m", "uvicorn", "kinolab.config.asgi:application", *where, *SERVER, *more]


def _stop_if_taken(host: str, port: int) -> None:
    """Say in one sentence that the port is not to be had, before anything else is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            if getattr(error, "errno", None) == errno.EADDRINUSE:
                sys.exit(f"Port {port} is taken by another program: choose another with --port.")
            sys.exit(f"Cannot answer on {host}:{port}: {error}.")


def _settings(options: argparse.Namespace, data: Path) -> dict[str, str]:
    shown = "127.0.0.1" if options.host in {"0.0.0.0", "::"} else options.host  # noqa: S104
    address = os.environ.get("KINOLAB_URL") or f"http://{shown}:{options.port}"
    settings = {"KINOLAB_DATA": str(data), "KINOLAB_URL": address}
    settings["KINOLAB_INSIDE"] = os.environ.get("KINOLAB_INSIDE", "yes")
    if "KINOLAB_URL" not in os.environ:
        names = dict.fromkeys([shown, "127.0.0.1", "localhost", socket.gethostname()])
        settings["KINOLAB_HOSTS"] = os.environ.get("KINOLAB_HOSTS", ",".join(names))
    if options.dev:
        settings["KINOLAB_DEBUG"] = "yes"
    return settings


def _greet(address: str, demonstration: Path) -> None:
    print(f"\nKinolab is at {address}/")
    if demonstration.exists():
        print(f"Enter at {address}/en/sign-in/ with one button for each of these people:\n")
        print(demonstration.read_text(encoding="utf-8"), end="")
    else:
        print("No lab is here yet? docs/how-to/open-a-call.md begins with nothing: one file, two commands.")
    print("Ctrl-C ends it.", flush=True)
