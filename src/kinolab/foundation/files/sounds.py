"""Sound by its first bytes, and how long it lasts: MP3, WAV, M4A, FLAC, OGG with Vorbis or Opus."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from tinytag import TinyTag
from tinytag.tinytag import TinyTagException

from kinolab.foundation.files import films

ENDINGS = (".mp3", ".wav", ".m4a", ".flac", ".ogg", ".oga", ".opus")
_OF_BOXES = (b"M4A ", b"M4B ")
_IN_OGG = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC")
# Whatever a sound that is broken, or is none, makes of the library that reads it.
_BROKEN = (TinyTagException, ValueError, LookupError, TypeError, ArithmeticError, OSError, EOFError, MemoryError)


class Unreadable(Exception):
    """The sound is cut off, or there is none in it."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Which format."""

    content_type: str
    endings: Collection[str]


_MP3 = Sound("audio/mpeg", {".mp3"})
_WAV = Sound("audio/wav", {".wav"})
_M4A = Sound("audio/mp4", {".m4a"})
_FLAC = Sound("audio/flac", {".flac"})
_OGG = Sound("audio/ogg", {".ogg", ".oga", ".opus"})


def kind_of(file: Any) -> Sound | None:
    """The format, by the first bytes; None for whatever is no sound."""
    file.seek(0)
    head = file.read(64)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return _WAV
    if head[:4] == b"OggS":
        return _OGG if head[28:].startswith(_IN_OGG) else None
    if head[4:8] == b"ftyp" and head[8:12] in _OF_BOXES:
        return _M4A
    if head[:4] == b"fLaC":
        return _FLAC
    return _MP3 if head[:3] == b"ID3" or _is_frame(head[:4]) else None


def _is_frame(head: bytes) -> bool:
    """Whether a frame of MPEG layer III begins here, with a bit rate and a sampling rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4
    return version != 1 and layer == 1 and rate not in (0, 15) and head[2] >> 2 & 3 != 3


def length(file: Any, sound: Sound, size: int) -> float:
    """Seconds. Raises Unreadable where a part is missing or nothing can be heard."""
    if sound is _M4A:
        try:
            seconds = films.length(file, films.MP4, size)
        except films.Unreadable:
            raise Unreadable from None
    else:
        file.seek(0)
        if sound is _WAV and int.from_bytes(file.read(8)[4:], "little") + 8 > size:
            raise Unreadable
        file.seek(0)
        try:
            seconds = TinyTag.get(file_obj=file, tags=False).duration
        except _BROKEN:
            raise Unreadable from None
    if not seconds or seconds <= 0:
        raise Unreadable
    return float(seconds)
