"""One large file on its way in, against a plain copy on the same disk: megabytes a second, memory, and who waits meanwhile."""

import base64
import hashlib
import http.client
import os
import shutil
import struct
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kinolab.config.bench import plan, server
from kinolab.config.bench.place import Say, mail_server, place_of_its_own
from kinolab.config.bench.rush import percentile
from kinolab.config.bench.visits import Answer, token_of

MB = 1_000_000
PART = plan.PART_MB * 1024 * 1024
PAUSE = 0.05  # seconds between two questions whether pages still answer


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out."""

    database: str
    megabytes: float
    copy_seconds: float  # a plain copy on the same disk, until it is on it
    upload_seconds: float  # all parts with their checksums, until the last is on the disk
    take_seconds: float  # looking at it, adding it up, making it an answer
    busy_seconds: float  # of the processor, by the server, for the parts
    memory_before: float  # resident megabytes of the worker
    memory_peak: float  # the most while it came and was taken
    page_p95_ms: float  # an empty page asked for meanwhile
    pages: int

    @property
    def faults(self) -> list[str]:
        """What is not as it should be."""
        more = self.memory_peak - self.memory_before
        if more > plan.MORE_MEMORY_MB:
            return [f"{more:.0f} MB more memory, aim {plan.MORE_MEMORY_MB:g} MB"]
        return []


def measure(*, megabytes: int, address: str, say: Say) -> Measured:
    """Measure it; `address` names a PostgreSQL server, or is empty for SQLite."""
    with (
        mail_server() as letters,
        place_of_its_own(address, letters) as place,
        tempfile.TemporaryDirectory(prefix="kinolab-bench-film-") as folder,
    ):
        place.prepare(say)
        say(f"Making a film of {megabytes} MB …")
        film = Path(folder) / "film.mp4"
        size = _film(film, megabytes * MB)
        say("Copying it …")
        copied = _copied(film, Path(folder) / "copy.mp4")
        facts = place.inside("upload", {"bytes": size})
        with server.running(place.variables, place.port, "/health/live", place.database) as running:
            running.settle()
            sender = _Sender(running.port, facts["session"])
            sender.open_page(facts["page"])
            before, busy = running.resident(), running.busy()
            _forget_peak(running.process.pid)
            say("Sending it …")
            with _asking(running.port) as took:
                began = time.perf_counter()
                sender.send(film, facts["address"], size)
                sent = time.perf_counter() - began
            busy = running.busy() - busy
            say("Taking it …")
            began = time.perf_counter()
            sender.finish(facts["finish"])
            taken = time.perf_counter() - began
            peak = _peak(running.process.pid)
    ordered = sorted(took)
    return Measured(
        "PostgreSQL" if address else "SQLite", size / MB, copied, sent, taken, busy, before, peak,
        percentile(ordered, 95) * 1000, len(ordered),
    )  # fmt: skip


def _film(path: Path, size: int) -> int:
    """A film that is one by its boxes; its pictures are noise. How many bytes."""
    noise = os.urandom(16 * 1024 * 1024)
    with path.open("wb") as out:
        out.write(struct.pack(">I4s", 24, b"ftyp") + b"isom\0\0\2\0isomiso2")
        out.write(struct.pack(">I4sQ", 1, b"mdat", 16 + size))
        for _ in range(size // len(noise)):
            out.write(noise)
        out.write(noise[: size % len(noise)])
        head = struct.pack(">I4sB3xIIII", 112, b"mvhd", 0, 0, 0, 1000, 5_400_000).ljust(112, b"\0")
        out.write(struct.pack(">I4s", 8 + len(head), b"moov") + head)
        out.flush()
        os.fsync(out.fileno())
    return path.stat().st_size


def _copied(source: Path, target: Path) -> float:
    began = time.perf_counter()
    shutil.copyfile(source, target)
    with target.open("rb") as copy:
        os.fsync(copy.fileno())
    took = time.perf_counter() - began
    target.unlink()
    return took


class _Sender:
    """A browser's part: reads the file in parts, adds each up, sends it."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookies, self.token = port, f"kino_session={session}", ""

    def open_page(self, page: str) -> None:
        """The page of the form, for its secret against forged forms."""
        client = server.Client(self.port, self.cookies.partition("=")[2])
        answer: Answer = client.get(page)
        self.token = token_of(answer)["csrfmiddlewaretoken"]
        self.cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())

    def send(self, film: Path, address: str, size: int) -> None:
        """All of it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        with film.open("rb") as file:
            for offset in range(0, size, PART):
                part = file.read(PART)
                digest = base64.b64encode(hashlib.sha256(part).digest()).decode()
                headers = {
                    "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream", "Cookie": self.cookies,
                    "Upload-Offset": str(offset), "Upload-Checksum": f"sha256 {digest}",
                }  # fmt: skip
                connection.request("PATCH", address, part, headers)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 204:
                    raise SystemExit(f"A part of the file was answered with {answer.status}.")
        connection.close()

    def finish(self, address: str) -> None:
        """It is whole: become the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {
            "Cookie": self.cookies, "X-CSRFToken": self.token, "Accept": "application/json",
            "Origin": f"http://127.0.0.1:{self.port}",
        }  # fmt: skip
        connection.request("POST", address, b"", headers)
        answer = connection.getresponse()
        said = answer.read().decode()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"The whole file was answered with {answer.status}: {said[:200]}")


class _asking:  # noqa: N801  (used as a word)
    """Asks for an empty page again and again, from a thread; how long each answer took."""

    def __init__(self, port: int) -> None:
        self.port, self.took, self.over = port, [], threading.Event()
        self.thread = threading.Thread(target=self.ask, daemon=True)

    def __enter__(self) -> list[float]:
        self.thread.start()
        return self.took

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def ask(self) -> None:
        """Until it is over."""
        client = server.Client(self.port)
        while not self.over.wait(PAUSE):
            began = time.perf_counter()
            client.get("/health/live")
            self.took.append(time.perf_counter() - began)
        client.close()


def _forget_peak(pid: int) -> None:
    """Linux keeps the most that a process ever held; from here on anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def rows(result: Measured) -> Iterator[tuple[str, str]]:
    """What was measured, and the figure in words."""
    copy, sent = result.megabytes / result.copy_seconds, result.megabytes / result.upload_seconds
    yield "size of the file", f"{result.megabytes:.0f} MB"
    yield "plain copy on the same disk", f"{copy:.0f} MB/s"
    yield f"upload, in parts of {plan.PART_MB} MiB with checksums", f"{sent:.0f} MB/s"
    yield "upload against copy", f"{sent / copy * 100:.0f} %"
    yield "taking it: looked at, added up, made an answer", f"{result.take_seconds:.1f} s"
    yield "processor of the server for 1000 MB", f"{result.busy_seconds / result.megabytes * 1000:.1f} s"
    yield "memory of the worker before", f"{result.memory_before:.0f} MB"
    yield "the most meanwhile", f"{result.memory_peak:.0f} MB"
    yield f"an empty page meanwhile, 95 of 100 (of {result.pages})", f"{result.page_p95_ms:.0f} ms"


def table(result: Measured) -> str:
    """For the screen."""
    lines = [result.database, *(f"{what:<55}{figure:>12}" for what, figure in rows(result))]
    return "\n".join([*lines, *(f"Not as it should be: {fault}" for fault in result.faults)])


def page(result: Measured) -> str:
    """The page of the reference."""
    figures = "\n".join(f"| {what} | {figure} |" for what, figure in rows(result))
    return f"""# Large files, measured

Written by `./kinolab bench upload --write docs/reference/large-files.md` from a run; run it again instead of editing.

One file is sent to the real server, as `./run` starts it, over one connection of this machine: in parts, each with its
SHA-256, as a browser sends it. The last part is answered when the file is on the disk. Then the form takes it: its contents
are looked at, all of it is added up, and it becomes the answer. The copy beside it is of the same file, on the same disk, and
ends when it is on the disk too.

| {result.database} | |
| --- | ---: |
{figures}

The worker needs no more memory for a larger file: bytes go to the disk a megabyte at a time. A browser’s own line is
nearly always the slower part.

## Repeating it

```console
./kinolab bench upload                  # a file of {plan.FILE_MB} MB
./kinolab bench upload --megabytes 5000 # the largest
```
"""


def as_data(result: Measured) -> dict[str, Any]:
    """For programs."""
    return {**{name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(result).items()},
            "faults": result.faults}  # fmt: skip
