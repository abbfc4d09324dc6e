"""Asking addresses that people have typed, without letting them lead into our own network or keep us busy.

A name is looked up once, every address it has must be public, and the connection goes to the address that was looked
at, so that the name cannot mean something else a moment later. The same again after every redirect. What comes back is
read up to a limit, and all of it within a time. What a site's robots.txt forbids is not asked.
"""

import contextlib
import errno
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

NAME = "Kinolab"
# Names that mean nobody (RFC 2606): the demonstration's films are there.
NOBODY = ("example.com", "example.net", "example.org", "example", "test", "invalid", "localhost")
ALWAYS_THERE = ("example.org", "www.iana.org")  # looked up, never asked, where another name is not found
PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 5
MOST_BYTES = 512 * 1024
SECONDS = 12.0  # for one address with all its redirects

Resolver = Callable[[str, int], list[str]]


class Forbidden(Exception):
    """The address may not be asked: it is not of the web, leads into a private network, or its robots.txt says no."""


class Silent(Exception):
    """No answer: no such name, no connection, too slow, or too many redirects."""


class Offline(Silent):
    """Nobody could be asked: this machine has no way out just now. It says nothing about the address."""


class TooLarge(Exception):
    """There is more than was asked for."""


@dataclass(frozen=True, slots=True)
class Sink:
    """Where what comes is poured, and how much of it at most."""

    file: BinaryIO
    most: int


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: str = ""

    @property
    def media_type(self) -> str:
        """What it says it is, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text, as far as it was read."""
        return self.body.decode("utf-8", "replace")


def lookup(host: str, port: int) -> list[str]:
    """Every address that a name has."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass
class Visitor:
    """Asks addresses. `private` lets it into the network of this machine, for a lab whose videos are there."""

    about: str
    private: bool = False
    resolve: Resolver = lookup
    seconds: float = SECONDS
    rules: dict[str, RobotFileParser] = field(default_factory=dict)

    def get(self, url: str) -> Page:
        """The page, wherever it has moved to. Raises Forbidden and Silent."""
        return self._follow("GET", url, b"", "")

    def fetch(self, url: str, into: BinaryIO, most: int) -> Page:
        """A file, poured out as it comes; of any answer but 200 the page. Raises Forbidden, Silent and TooLarge."""
        return self._follow("GET", url, b"", "", Sink(into, most))

    def post(self, url: str, body: bytes, cookies: str = "") -> Page:
        """Send a form; where it leads to. Raises Forbidden and Silent."""
        return self._follow("POST", url, body, cookies)

    def _follow(self, method: str, url: str, body: bytes, cookies: str, sink: Sink | None = None) -> Page:
        end = time.monotonic() + self.seconds
        for _ in range(MOST_REDIRECTS + 1):
            self._stop_if_robots_say_no(url, end)
            page = self._ask(method, url, body, cookies, end, sink)
            cookies = "; ".join(filter(None, [cookies, page.cookies]))
            moved = page.headers.get("location")
            if page.status not in {301, 302, 303, 307, 308} or not moved:
                return Page(page.url, page.status, page.headers, page.body, cookies)
            there = urljoin(url, moved)
            if urlsplit(there).hostname != urlsplit(url).hostname:
                cookies = ""
                if method == "POST" and page.status in {307, 308}:
                    raise Forbidden(there)  # what was typed is for this site alone
            if page.status not in {307, 308}:
                method, body = "GET", b""
            url = there
        raise Silent("redirects")

    def _stop_if_robots_say_no(self, url: str, end: float) -> None:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.rules:
            rules = RobotFileParser()
            said = self._ask("GET", f"{site}/robots.txt", b"", "", end)
            rules.parse(said.text.splitlines() if said.status == 200 else [])
            self.rules[site] = rules
        if not self.rules[site].can_fetch(NAME, url):
            raise Forbidden(url)

    def _ask(self, method: str, url: str, body: bytes, cookies: str, end: float, sink: Sink | None = None) -> Page:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in PORTS or not host or parts.username or parts.password:
            raise Forbidden(url)
        try:
            port = parts.port or PORTS[parts.scheme]
            connection = self._connect(parts.scheme, host, port, end)
        except (OSError, ValueError, UnicodeError) as error:
            raise (Offline if self._is_ours(error) else Silent)(str(error)) from error
        headers = {"User-Agent": f"{NAME} ({self.about})", "Accept": "*/*", "Accept-Encoding": "identity"}
        headers |= {"Cookie": cookies} if cookies else {}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        try:
            asked = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            connection.request(method, asked, body or None, headers)
            with connection.getresponse() as answer:  # what is not read to its end holds the line open
                said = {name.lower(): value for name, value in answer.getheaders()}
                kept = "; ".join(one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie", []))
                read = _read(answer, end) if sink is None or answer.status != 200 else _pour(answer, end, sink)
                return Page(url, answer.status, said, read, kept)
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise Silent(str(error)) from error
        finally:
            connection.close()

    def _is_ours(self, error: Exception) -> bool:
        """Whether it is our own network that is down: no way out, or not even names that are always there are found."""
        if not isinstance(error, socket.gaierror):
            return isinstance(error, OSError) and error.errno in (errno.ENETUNREACH, errno.ENETDOWN)
        for name in ALWAYS_THERE:
            with contextlib.suppress(OSError):
                self.resolve(name, PORTS["https"])
                return False
        return True

    def _connect(self, scheme: str, host: str, port: int, end: float) -> http.client.HTTPConnection:
        """A connection to the very address that was looked at."""
        if not self.private and any(host == name or host.endswith(f".{name}") for name in NOBODY):
            raise Forbidden(host)
        found = self.resolve(host, port)
        if not self.private:
            if port != PORTS[scheme]:
                raise Forbidden(f"{host}:{port}")
            if not found or not all(_is_public(address) for address in found):
                raise Forbidden(host)
        left = max(0.1, end - time.monotonic())
        line = socket.create_connection((found[0], port), timeout=min(left, 6))
        connection = http.client.HTTPConnection(host, port)
        connection.sock = line
        if scheme == "https":
            try:
                connection.sock = ssl.create_default_context().wrap_socket(line, server_hostname=host)
            except BaseException:
                line.close()
                raise
        return connection


def _read(answer: http.client.HTTPResponse, end: float) -> bytes:
    """Up to the limit; a drip of single bytes ends with the time."""
    pieces = bytearray()
    while len(pieces) < MOST_BYTES:
        if time.monotonic() > end:
            raise Silent("slow")
        piece = answer.read1(65_536)
        if not piece:
            break
        pieces += piece
    return bytes(pieces[:MOST_BYTES])


def _pour(answer: http.client.HTTPResponse, end: float, sink: Sink) -> bytes:
    """Everything, piece by piece; nothing is kept of it here."""
    arrived = 0
    if (answer.length or 0) > sink.most:
        raise TooLarge
    while piece := answer.read1(262_144):
        arrived += len(piece)
        if arrived > sink.most:
            raise TooLarge
        if time.monotonic() > end:
            raise Silent("slow")
        sink.file.write(piece)
    return b""


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    plain = inner or found
    return bool(plain.is_global and found.is_global | bool(inner) and not plain.is_multicast and not plain.is_reserved)
