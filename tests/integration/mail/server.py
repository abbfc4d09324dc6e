"""A mail server on this machine: speaks SMTP, keeps what it takes, and misbehaves when told to."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any


class Server(socketserver.ThreadingTCPServer):
    """Takes letters. `answers` maps a recipient to what is said to RCPT TO; `before_yes` runs before a letter is taken."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken: list[Any] = []
        self.connections = 0
        self.answers: dict[str, str] = {}
        self.hang_up_after = 0  # letters per connection; 0: never
        self.before_yes: Callable[[], None] = lambda: None

    @property
    def addresses(self) -> list[str]:
        """To whom letters were taken, in order."""
        return [letter["To"] for letter in self.taken]


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: Server

    def handle(self) -> None:
        self.server.connections += 1
        taken = 0
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line.split(":")[0].upper()
            if word == "RCPT TO":
                address = line[line.index("<") + 1 : line.index(">")]
                self._say(self.server.answers.get(address, "250 fine"))
            elif word == "DATA":
                self._say("354 go on")
                body = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.before_yes()
                self.server.taken.append(message_from_bytes(body, policy=policy.default))
                self._say("250 taken")
                taken += 1
                if taken == self.server.hang_up_after:
                    return
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def running(settings: Any) -> Iterator[Server]:
    """A server that Kinolab's settings name, for as long as the block lasts."""
    with Server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
