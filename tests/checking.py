"""What `./test` does: get what a full check needs, run the tests on both databases. Standard library only."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kinolab.config import ready
from tests import tables

# The variable that names the folder in which the run on PostgreSQL leaves what the other asks: what pytest said, what the tests
# reached of the program, what was kept of the demonstration, and which tests had nothing to do with the database.
ON_POSTGRESQL = "KINOLAB_ON_POSTGRESQL"
ANSWER, DEMONSTRATION, ASKED_NOTHING = "answer.txt", "demonstration.txt", "asked-nothing"
# The first has no window to draw: it takes half the time of the others.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SPREAD = ["--dist", "loadgroup", "-n"]
# Two on two cores where each works together with its server of PostgreSQL; four where some mostly wait for a browser, a
# program or a mail.
BUSY, WAITING = [*SPREAD, "2"], [*SPREAD, "4"]


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; return pytest's exit code."""
    try:
        return _main(arguments)
    except KeyboardInterrupt:
        return 130


def _main(arguments: list[str]) -> int:
    quick = "--quick" in arguments
    chosen = [argument for argument in arguments if argument not in {"--quick", "--screenshots"}]
    python = str(ready.environment("dev"))
    pictures = "--screenshots" in arguments
    whole = not (quick or chosen or pictures)
    # What pages on PostgreSQL do without is installed beside them, where it can be; where not, it is asked for at once.
    later = BROWSER if whole and can_install() else ()
    provide(["gettext"] if quick or chosen else [name for name in WANTED if name not in later])
    ready.catalogues(Path(python))
    if not whole:
        ready.browser_scripts(Path(python))
    if pictures:
        return pytest(
            python, ["-p", "no:randomly", "tests/browser/test_screenshots.py", *chosen], KINOLAB_SCREENSHOTS="yes"
        )
    if chosen:
        return pytest(python, chosen)
    if quick:
        return pytest(python, [*WAITING, "tests/unit", "tests/integration", "tests/house"])
    with tempfile.TemporaryDirectory(prefix="kinolab-check-") as folder, ThreadPoolExecutor(1) as beside:
        browser_comes = beside.submit(_for_a_browser, later, Path(python))
        with postgresql() as address:
            ready.say("Pages on PostgreSQL, and how much of the program they reach …")
            more = {"KINOLAB_DATABASE": address, tables.OWN_SERVER: "yes"}
            more |= {ON_POSTGRESQL: folder, "KINOLAB_COVERED_REST": folder}
            asked = ["-p", "tests.covering", "-q", "-m", "not only_sqlite", "tests/integration"]
            answer = pytest(python, [*BUSY, *asked], **more)
        (Path(folder) / ANSWER).write_text(str(answer), encoding="utf-8")
        browser_comes.result()
        # Tests of the house read this folder, so that the last line below tells of both databases, and test the rules.
        rest = ["-m", "not only_postgresql", "tests/integration", "tests/house", "tests/browser"]
        return pytest(python, [*WAITING, *rest], **{ON_POSTGRESQL: folder})


def asked_nothing(folder: Path) -> set[str]:
    """The tests that had nothing to do with the database, as the run on PostgreSQL named them in the folder."""
    return {name for file in folder.glob(f"{ASKED_NOTHING}*") for name in file.read_text("utf-8").splitlines()}


def _for_a_browser(packages: Collection[str], python: Path) -> None:
    """What only tests in a browser need: packages of the system, and the scripts of others that pages load."""
    provide(packages)
    ready.browser_scripts(python)


def pytest(python: str, arguments: list[str], **more: str) -> int:
    """Run pytest in the repository with these arguments and variables; return its exit code."""
    return run(python, ["-m", "pytest", *arguments], **more)


def run(python: str, arguments: list[str], **more: str) -> int:
    """Run Python in the repository with these arguments and variables; return its exit code."""
    command, variables = [python, *arguments], ready.variables(**SETTINGS, **more)
    return subprocess.run(command, cwd=ready.REPOSITORY, env=variables, check=False).returncode


SETTINGS = {"DJANGO_SETTINGS_MODULE": "kinolab.config.settings_test"}


# --- Programs from outside -------------------------------------------------------------------------------------------
def browser() -> str | None:
    """The path of a Chromium or Chrome, if there is one."""
    return os.environ.get("KINOLAB_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)


def server_programs() -> Path | None:
    """The folder of the newest PostgreSQL server's programs, if there is one."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folders = [folder.parent for folder in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


# Debian's package → how to see that what it brings is there.
PACKAGES = {
    "gettext": lambda: shutil.which("xgettext"),
    "chromium-headless-shell": lambda: shutil.which("chromium-headless-shell"),
    "chromium": browser,
    "postgresql": server_programs,
}
INSTEAD = {"chromium-headless-shell": "chromium"}  # does as well where there is no such package
BROWSER = tuple(INSTEAD)
WANTED = tuple(name for name in PACKAGES if name not in INSTEAD.values())


def can_install() -> bool:
    """Whether this machine and its user let us install packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def provide(packages: Collection[str]) -> None:
    """Install with apt what is missing, where that is possible; else say what is missing and stop."""
    if (missing := _missing(packages)) and can_install():
        ready.say(f"Installing {', '.join(missing)} …")
        _apt("update")
        _apt_install(missing)
        _apt_install(_missing(INSTEAD[name] for name in _missing(missing) if name in INSTEAD))
    if missing := _missing(INSTEAD.get(name, name) for name in _missing(packages)):
        sys.exit(
            f"A full check needs programs that are missing here; install them first: apt-get install {' '.join(missing)}"
            "\n(./test --quick needs neither a browser nor PostgreSQL.)"
        )


def _missing(packages: Iterable[str]) -> list[str]:
    return [name for name in packages if not PACKAGES[name]()]


def _apt_install(packages: Iterable[str]) -> None:
    for name in packages:  # one by one: a name that is not known there would keep the others away
        _apt("install", "--yes", "--no-install-recommends", name)


def _apt(*arguments: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *arguments], check=False, env=quiet, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of our own on a free port, gone afterwards; yields its address for KINOLAB_DATABASE."""
    programs = server_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="kinolab-postgresql-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    told = subprocess.run([programs / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"\d+", told)
    collation = ["--locale-provider=icu", "--icu-locale=und"] if version and int(version[0]) >= 15 else []
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
    options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    control = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-s", "-w"]
    make = [
        *as_user,
        str(programs / "initdb"),
        "-D",
        str(data),
        *collation,
        "--locale=C.UTF-8",
        "-E",
        "UTF8",
        "-A",
        "trust",
    ]
    try:
        subprocess.run([*make, "-U", "kinolab", "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], check=True, cwd=folder)
        yield f"postgres://kinolab@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd="/", stderr=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":  # python -m tests.checking COMMAND …: with such a server
    with postgresql() as server:
        more = {"KINOLAB_DATABASE": server, tables.OWN_SERVER: "yes"}
        sys.exit(subprocess.run(sys.argv[1:], env=os.environ | more, check=False).returncode)
