"""tus 1.0: the bytes of an upload go to the disk as they come, past Django, which would first read them to the end.

PATCH alone is answered here; POST, HEAD, DELETE and OPTIONS are pages like others. A connection that breaks keeps what
had come, unless the part had a checksum: then it is whole and right, or not there. A full disk keeps nothing of the part.
"""

import asyncio
import base64
import binascii
import hashlib
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import parse_cookie
from django.utils import translation

from kinolab.foundation.files import coming, tickets
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal

VERSION = "1.0.0"
ALGORITHMS = ("sha256", "sha1")
PIECE = 1 << 20  # bytes written at once: what one upload needs of the memory
PATIENCE = 30.0  # seconds without a byte until a connection counts as broken, and its lock is free again
MIME = "application/offset+octet-stream"

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
# Which status says a refusal; tus has 460 for a checksum that does not fit.
STATUS = {
    "upload_of_another": 403,
    "upload_gone": 410,
    "upload_elsewhere": 409,
    "upload_too_long": 413,
    "upload_unreadable": 400,
    "upload_busy": 423,
    "upload_damaged": 460,
    "disk_full": 507,
}


class Cut(Exception):
    """The connection broke before the part was whole."""


@dataclass
class Part:
    """What one PATCH brings: where it begins, what it may reach, what it must add up to."""

    code: str
    hand: int
    begins: int
    size: int
    checksum: tuple[str, bytes] | None
    at: int = field(init=False)
    digest: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.at = self.begins
        if self.checksum:
            self.digest = hashlib.new(self.checksum[0], usedforsecurity=False)
            coming.note(self.code, self.begins)
        os.lseek(self.hand, self.begins, os.SEEK_SET)

    def write(self, piece: bytes) -> None:
        """Put it on the disk, all of it."""
        if self.at + len(piece) > self.size:
            raise Denied(Refusal("upload_too_long"))
        if self.digest:
            self.digest.update(piece)
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(self.hand, rest) :]
        self.at += len(piece)

    def end(self) -> None:
        """The part is whole: compare it with its checksum, and put a whole file on the disk for good."""
        if self.digest and self.checksum and self.digest.digest() != self.checksum[1]:
            raise Denied(Refusal("upload_damaged"))
        if self.at == self.size:
            os.fsync(self.hand)
        if self.digest:
            coming.settle(self.code)

    def keep(self, piece: bytes) -> None:
        """The connection broke: what came without a checksum is good, what should have had one cannot be told."""
        if self.digest:
            self.undo()
            return
        try:
            self.write(piece)
        except (Denied, OSError):
            self.undo()
            raise

    def undo(self) -> None:
        """As if it had never begun."""
        os.ftruncate(self.hand, self.begins)
        coming.settle(self.code)
        self.at = self.begins


class Receiver:
    """Stands before the program's own door and takes PATCH to uploads; everything else goes on to the door."""

    def __init__(self, door: Any) -> None:
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http" or not scope["path"].startswith(tickets.PREFIX) or _method(scope) != "PATCH":
            await self.door(scope, receive, send)
            return
        headers = _headers(scope)
        token = scope["path"].removeprefix(tickets.PREFIX).rstrip("/")
        session = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
        ticket = tickets.read(token, session)
        try:
            if ticket is None:
                raise Denied(Refusal("upload_of_another"))
            offset = await _patch(ticket, headers, receive)
        except Denied as denied:
            await _refuse(send, denied.refusal, ticket.language if ticket else _asked_language(headers))
        except Cut:
            await _reply(send, 408, {}, b"")
        else:
            await _reply(send, 204, {"Upload-Offset": str(offset)}, b"")


async def _patch(ticket: tickets.Ticket, headers: Mapping[str, str], receive: Receive) -> int:
    """Write the part; the offset after it."""
    asked, checksum, length = _read(headers)
    work = asyncio.get_running_loop().run_in_executor
    try:
        hand = await work(None, coming.hold, ticket.code)
    except coming.Busy:
        raise Denied(Refusal("upload_busy")) from None
    except FileNotFoundError:
        raise Denied(Refusal("upload_gone")) from None
    try:
        begins = os.fstat(hand).st_size
        if begins != asked:
            raise Denied(Refusal("upload_elsewhere"))
        if begins + length > ticket.size:
            raise Denied(Refusal("upload_too_long"))
        part = await work(None, Part, ticket.code, hand, begins, ticket.size, checksum)
        await _pour(part, receive)
        return part.at
    except OSError as error:
        if error.errno not in coming.FULL:
            raise
        raise Denied(Refusal("disk_full")) from None
    finally:
        os.close(hand)


async def _pour(part: Part, receive: Receive) -> None:
    """From the connection to the disk, a piece at a time; the connection waits while the disk does."""
    work = asyncio.get_running_loop().run_in_executor
    pieces = bytearray()
    try:
        more = True
        while more:
            try:
                message = await asyncio.wait_for(receive(), PATIENCE)
            except TimeoutError:
                raise Cut from None
            if message["type"] == "http.disconnect":
                raise Cut
            pieces += message.get("body", b"")
            more = message.get("more_body", False)
            if len(pieces) >= PIECE or not more:
                whole, pieces = bytes(pieces), bytearray()
                await work(None, part.write, whole)
        await work(None, part.end)
    except Cut:
        await work(None, part.keep, bytes(pieces))
        raise
    except (Denied, OSError):
        await work(None, part.undo)
        raise


def _read(headers: Mapping[str, str]) -> tuple[int, tuple[str, bytes] | None, int]:
    """Offset, checksum and length as the headers say them."""
    offset, length = headers.get("upload-offset", ""), headers.get("content-length", "0")
    known = headers.get("tus-resumable") == VERSION and headers.get("content-type", "") == MIME
    if not (known and offset.isdecimal() and length.isdecimal()):
        raise Denied(Refusal("upload_unreadable"))
    said = headers.get("upload-checksum", "")
    return int(offset), _checksum(said) if said else None, int(length)


def _checksum(said: str) -> tuple[str, bytes]:
    name, _, value = said.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        digest = b""
    if name not in ALGORITHMS or len(digest) != hashlib.new(name, usedforsecurity=False).digest_size:
        raise Denied(Refusal("upload_unreadable"))
    return name, digest


def _method(scope: Scope) -> str:
    """Some proxies let no PATCH through: tus then sends POST and says what it means."""
    meant = _headers(scope).get("x-http-method-override") if scope["method"] == "POST" else None
    return str(meant or scope["method"]).upper()


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _asked_language(headers: Mapping[str, str]) -> str:
    kept = parse_cookie(headers.get("cookie", "")).get(settings.LANGUAGE_COOKIE_NAME, "")
    return kept if kept in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


async def _refuse(send: Send, refusal: Refusal, language: str) -> None:
    with translation.override(language):
        sentence = str(explain(refusal))
    headers = {"Content-Type": "text/plain; charset=utf-8", "Content-Language": language}
    await _reply(send, STATUS[refusal.code], headers, sentence.encode())


async def _reply(send: Send, status: int, headers: Mapping[str, str], body: bytes) -> None:
    said = {
        "Tus-Resumable": VERSION,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        **({"Content-Length": str(len(body))} if status != 204 else {}),
        **headers,
    }
    listed = [(name.lower().encode(), value.encode()) for name, value in said.items()]
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": body})
