"""Films by their first bytes, whether they are whole, and how long they last: MP4 and MOV (boxes), MKV and WebM (EBML).

Only heads of boxes are read, so a film of five gigabytes is looked at as quickly as one of five megabytes.
"""

import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

ENDINGS = (".mp4", ".m4v", ".mov", ".mkv", ".webm")
# Brands of ISO files that are films; pictures (heic, avif) are built of the same boxes.
_BRANDS = {
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"M4VH",
    b"M4VP", b"MSNV", b"XAVC", b"f4v ", b"3gp4", b"3gp5", b"hvc1",
}  # fmt: skip
_QUICKTIME = b"qt  "
_SOUND = (b"M4A ", b"M4B ")  # sound in the same boxes, often with a film's brands beside its own
_OLD_QUICKTIME = (b"moov", b"wide", b"mdat")  # cameras of old begin without naming a brand
_EBML, _SEGMENT, _INFO, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1F43B675
_SCALE, _DURATION = 0x2AD7B1, 0x4489
_MOST_BOXES = 100_000


class Unreadable(Exception):
    """The film is cut off, or has no table of contents."""


@dataclass(frozen=True, slots=True)
class Film:
    """Which container."""

    content_type: str
    endings: Collection[str]
    boxes: bool  # of ISO; else EBML


MP4 = Film("video/mp4", {".mp4", ".m4v", ".mov"}, True)
_MOV = Film("video/quicktime", {".mov", ".mp4"}, True)
_MKV = Film("video/x-matroska", {".mkv"}, False)
_WEBM = Film("video/webm", {".webm", ".mkv"}, False)


def kind_of(file: Any) -> Film | None:
    """The container, by the first bytes; None for whatever is no film."""
    file.seek(0)
    head = file.read(64)
    if head[4:8] == b"ftyp":
        if head[8:12] in _SOUND:
            return None
        size = int.from_bytes(head[:4], "big")
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)) - 3, 4))}
        if head[8:12] == _QUICKTIME:
            return _MOV
        return (
            MP4 if head[8:12] in _BRANDS or (brands & _BRANDS and not head[8:12].startswith((b"he", b"av"))) else None
        )
    if head[4:8] in _OLD_QUICKTIME:
        return _MOV
    if int.from_bytes(head[:4], "big") == _EBML:
        return _WEBM if b"webm" in head else _MKV if b"matroska" in head else None
    return None


def length(file: Any, film: Film, size: int) -> float | None:
    """Seconds, where the film says them. Raises Unreadable where a part of it is missing."""
    try:
        return _of_boxes(file, size) if film.boxes else _of_ebml(file, size)
    except (struct.error, IndexError):
        raise Unreadable from None


# --- MP4 and MOV -----------------------------------------------------------------------------------------------------
def _of_boxes(file: Any, size: int) -> float | None:
    found: dict[bytes, tuple[int, int]] = {}
    for name, begins, ends in _boxes(file, 0, size):
        found.setdefault(name, (begins, ends))
    if b"moov" not in found or not {b"mdat", b"moof"} & found.keys():
        raise Unreadable
    for name, begins, _ends in _boxes(file, *found[b"moov"]):
        if name == b"mvhd":
            return _movie_head(file, begins)
    raise Unreadable


def _boxes(file: Any, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, beginning and end of what is in each box between two places; every box must end where it may."""
    for _ in range(_MOST_BOXES):
        if end - at < 8:  # up to seven bytes of padding are nobody's box
            return
        file.seek(at)
        size, name = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", file.read(8))[0], 16
        elif size == 0:  # the last box: all the rest
            size = end - at
        if size < head or at + size > end:
            raise Unreadable
        yield name, at + head, at + size
        at += size
    raise Unreadable


def _movie_head(file: Any, begins: int) -> float | None:
    file.seek(begins)
    version = file.read(4)[0]
    if version == 1:
        _made, _changed, scale, units = struct.unpack(">QQIQ", file.read(28))
    else:
        _made, _changed, scale, units = struct.unpack(">IIII", file.read(16))
    return units / scale if scale and units else None


# --- MKV and WebM ----------------------------------------------------------------------------------------------------
def _of_ebml(file: Any, size: int) -> float | None:
    file.seek(0)
    _name, begins, ends = _element(file)
    file.seek(ends)
    name, begins, ends = _element(file)
    if name != _SEGMENT or (ends is not None and ends > size):
        raise Unreadable
    at, until = begins, size if ends is None else ends
    for _ in range(_MOST_BOXES):
        if at >= until:
            raise Unreadable  # a film without a single picture
        file.seek(at)
        name, begins, ends = _element(file)
        if name == _INFO and ends is not None:
            return _info(file, begins, ends)
        if name == _CLUSTER or ends is None:
            return None
        at = ends
    raise Unreadable


def _info(file: Any, at: int, end: int) -> float | None:
    scale, units = 1_000_000, None
    while at < end:
        file.seek(at)
        name, begins, ends = _element(file)
        if ends is None or ends > end:
            raise Unreadable
        value = file.read(ends - begins) if ends - begins <= 8 else b""
        if name == _SCALE:
            scale = int.from_bytes(value, "big")
        elif name == _DURATION:
            units = struct.unpack(">f" if len(value) == 4 else ">d", value)[0]
        at = ends
    return units * scale / 1_000_000_000 if units else None


def _element(file: Any) -> tuple[int, int, int | None]:
    """Name, beginning and end of the element that begins here; no end where it does not know its size."""
    name, _ = _number(file, keep_mark=True)
    size, unknown = _number(file, keep_mark=False)
    begins = file.tell()
    return name, begins, None if unknown else begins + size


def _number(file: Any, *, keep_mark: bool) -> tuple[int, bool]:
    first = file.read(1)[0]
    width = 9 - first.bit_length()
    if width > 8:
        raise Unreadable
    rest = file.read(width - 1)
    if len(rest) < width - 1:
        raise Unreadable
    mask = (1 << (8 - width)) - 1
    value = int.from_bytes(bytes([first if keep_mark else first & mask]) + rest, "big")
    return value, not keep_mark and value == (1 << (7 * width)) - 1
