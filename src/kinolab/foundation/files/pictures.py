"""Pictures without what a camera writes beside them: where it stood, whose it is, its number, a small copy of the picture.

Not one pixel is touched and nothing is packed anew: pieces are left out of JPEG, PNG and WebP as they pass. How the picture
is to be turned stays, for without it many telephones' pictures lie on their side; colour profiles stay too. What follows the
end of a JPEG (a second picture, a film of the moment before) goes.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import IO, Any

from kinolab.foundation.later import Image

_CHUNK = 1 << 20  # bytes
_ORIENTATION = 0x0112
_AS_IT_LIES = 1
# JPEG: pieces that hold no picture. Of the others of their kind, APP2 with a colour profile and APP14 of Adobe (how colours
# are written) are needed, APP0 is the head.
_APPS, _COMMENT = range(0xE1, 0xF0), 0xFE
_NEEDED = ((0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_BARE = {0x01, 0xD8, *range(0xD0, 0xD8)}  # marks without a length
_SCAN, _END = 0xDA, 0xD9
_MARK = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # within the picture's data: what is no data
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_LEFT_OUT = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_LEFT_OUT = frozenset({b"EXIF", b"XMP "})
_HAS_EXIF, _HAS_XMP = 0x08, 0x04  # flags of the VP8X piece


class Unreadable(Exception):
    """The pieces do not follow one another as they must."""


def bare(picture: IO[bytes] | Any, content_type: str) -> Iterator[bytes]:
    """The picture without what is said beside it, a piece at a time. Raises Unreadable."""
    turned = _turned(picture)
    picture.seek(0)
    try:
        yield from {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}[content_type](picture, turned)
    except struct.error:
        raise Unreadable from None


def _turned(picture: Any) -> int:
    """How it is to be turned, from 1 (as it lies) to 8."""
    picture.seek(0)
    try:
        with Image.open(picture, formats=("JPEG", "PNG", "WEBP")) as opened:
            said = opened.getexif().get(_ORIENTATION, _AS_IT_LIES)
    except Exception:  # noqa: BLE001  (Pillow raises many kinds: what cannot be read is not kept)
        return _AS_IT_LIES
    return said if isinstance(said, int) and 1 <= said <= 8 else _AS_IT_LIES


def _exif(turned: int) -> bytes:
    """The whole of what stays: how to turn it; nothing where it lies as it should."""
    if turned == _AS_IT_LIES:
        return b""
    kept = Image.Exif()
    kept[_ORIENTATION] = turned
    return kept.tobytes().removeprefix(b"Exif\0\0")


def _all(picture: Any, size: int) -> bytes:
    held: bytes = picture.read(size)
    if len(held) < size:
        raise Unreadable
    return held


def _pass(picture: Any, size: int) -> Iterator[bytes]:
    while size:
        piece = _all(picture, min(size, _CHUNK))
        size -= len(piece)
        yield piece


# --- JPEG ------------------------------------------------------------------------------------------------------------
def _jpeg(picture: Any, turned: int) -> Iterator[bytes]:
    if _all(picture, 2) != b"\xff\xd8":
        raise Unreadable
    yield b"\xff\xd8"
    if said := _exif(turned):
        said = b"Exif\0\0" + said
        yield b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said
    while True:
        mark = _next_mark(picture)
        if mark == _END:
            yield b"\xff\xd9"
            return
        if mark in _BARE:
            yield bytes([0xFF, mark])
            continue
        (size,) = struct.unpack(">H", _all(picture, 2))
        said = _all(picture, size - 2) if size >= 2 else b""
        if (mark not in _APPS and mark != _COMMENT) or any(
            mark == one and said.startswith(name) for one, name in _NEEDED
        ):
            yield bytes([0xFF, mark]) + struct.pack(">H", size) + said
        if mark == _SCAN:
            yield from _scan(picture)


def _next_mark(picture: Any) -> int:
    if _all(picture, 1) != b"\xff":
        raise Unreadable
    mark = _all(picture, 1)
    while mark == b"\xff":  # padding
        mark = _all(picture, 1)
    return mark[0]


def _scan(picture: Any) -> Iterator[bytes]:
    """The data up to the next mark, at which the picture then stands."""
    while True:
        piece: bytes = picture.read(_CHUNK)
        if len(piece) < 2:
            raise Unreadable
        found = _MARK.search(piece)
        kept = piece[: found.start()] if found else piece[:-1] if piece.endswith(b"\xff") else piece
        picture.seek(len(kept) - len(piece), io.SEEK_CUR)
        yield kept
        if found:
            return


# --- PNG -------------------------------------------------------------------------------------------------------------
def _png(picture: Any, turned: int) -> Iterator[bytes]:
    if _all(picture, len(_PNG_HEAD)) != _PNG_HEAD:
        raise Unreadable
    yield _PNG_HEAD
    name = b""
    while name != b"IEND":
        head = _all(picture, 8)
        size, name = struct.unpack(">I4s", head)
        if name in _PNG_LEFT_OUT:
            picture.seek(size + 4, io.SEEK_CUR)
            continue
        yield head
        yield from _pass(picture, size + 4)
        if name == b"IHDR" and (said := _exif(turned)):
            yield _png_piece(b"eXIf", said)


def _png_piece(name: bytes, said: bytes) -> bytes:

    return struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said))


# --- WebP ------------------------------------------------------------------------------------------------------------
def _webp(picture: Any, turned: int) -> Iterator[bytes]:
    """Twice through: the head says how long the whole is."""
    pieces = list(_webp_pieces(picture))
    kept = [one for one in pieces if one[0] not in _WEBP_LEFT_OUT]
    said = _exif(turned) if any(name == b"VP8X" for name, _at, _size in kept) else b""
    length = 4 + sum(8 + size + size % 2 for _name, _at, size in kept) + (8 + len(said) + len(said) % 2 if said else 0)
    yield b"RIFF" + struct.pack("<I", length) + b"WEBP"
    for name, at, size in kept:
        picture.seek(at)
        yield name + struct.pack("<I", size)
        if name == b"VP8X":
            flags = _all(picture, size)
            yield bytes([flags[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if said else 0)]) + flags[1:]
        else:
            yield from _pass(picture, size)
        yield b"\0" * (size % 2)
    if said:
        yield b"EXIF" + struct.pack("<I", len(said)) + said + b"\0" * (len(said) % 2)


def _webp_pieces(picture: Any) -> Iterator[tuple[bytes, int, int]]:
    head = _all(picture, 12)
    end = struct.unpack("<I", head[4:8])[0] + 8
    at = 12
    while at + 8 <= end:
        picture.seek(at)
        name, size = struct.unpack("<4sI", _all(picture, 8))
        yield name, at + 8, size
        at += 8 + size + size % 2
