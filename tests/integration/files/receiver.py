"""A real server that takes the bytes of uploads, and a client that sends them as a browser would, or breaks off."""

import base64
import contextlib
import hashlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import uvicorn

from kinolab.foundation.files import coming, tickets
from kinolab.foundation.files.receiving import Receiver

SESSION = "s" * 32


async def _no_door(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"the door"})


@contextlib.contextmanager
def running() -> Iterator[int]:
    """The port of a server in this process."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(Receiver(_no_door), lifespan="off", log_level="critical", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.005)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(5)


@dataclass
class Answer:
    """Status, headers and text."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def offset(self) -> int:
        return int(self.headers["upload-offset"])


class Sender:
    """Sends parts of one upload."""

    def __init__(self, port: int, size: int, code: str = "upload", session: str = SESSION) -> None:
        self.port, self.size, self.code, self.session = port, size, code, session
        self.address = tickets.address(code, size, SESSION)

    def patch(self, body: bytes, offset: int, *, method: str = "PATCH", **headers: str | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        said = {key: value for key, value in (self.headers(offset) | named).items() if value is not None}
        try:
            connection.request(method, self.address, body, said)
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read().decode())
        finally:
            connection.close()

    def headers(self, offset: int) -> dict[str, str | None]:
        return {
            "Tus-Resumable": "1.0.0",
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Cookie": f"kino_session={self.session}",
        }

    def open(self, announced: int, offset: int, **headers: str) -> socket.socket:
        """A connection on which a part was announced and nothing was sent yet."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"PATCH {self.address} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {announced}"]
        lines += [f"{name}: {value}" for name, value in (self.headers(offset) | named).items()]
        line = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return line

    def arrives(self, size: int, within: float = 5) -> None:
        """Wait until so much has come, and whoever wrote it has let go."""
        until = time.monotonic() + within
        while True:
            with contextlib.suppress(coming.Busy), coming.held(self.code):
                if coming.arrived(self.code) == size:
                    return
            assert time.monotonic() < until, f"{coming.arrived(self.code)} instead of {size}"
            time.sleep(0.01)


def checksum(part: bytes, algorithm: str = "sha256") -> str:
    digest = hashlib.new(algorithm, part).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"
