"""A ZIP that leaves while it is made: large files pass through a megabyte at a time, and nothing is collected first."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

EARLIEST = (1980, 1, 1, 0, 0, 0)  # no earlier time fits into a ZIP


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive; `packed` for what becomes smaller by it."""

    name: str
    pieces: Iterable[bytes]
    at: datetime
    packed: bool = False


class _Out:
    """Where the archive is written to, and taken from at once."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, piece: bytes) -> int:
        """Hold it."""
        self.held += piece
        return len(piece)

    def flush(self) -> None:
        """There is nothing behind it."""

    def taken(self) -> bytes:
        """What was written since."""
        held, self.held = bytes(self.held), bytearray()
        return held


def zipped(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The archive, in pieces. Two entries of one name get numbers."""
    out, names = _Out(), set[str]()
    with zipfile.ZipFile(out, "w", allowZip64=True) as archive:  # type: ignore[call-overload]
        for entry in entries:
            info = zipfile.ZipInfo(_unused(entry.name, names), max(entry.at.timetuple()[:6], EARLIEST))
            info.compress_type = zipfile.ZIP_DEFLATED if entry.packed else zipfile.ZIP_STORED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w", force_zip64=True) as file:
                for piece in entry.pieces:
                    file.write(piece)
                    yield out.taken()
    yield out.taken()


def _unused(name: str, names: set[str]) -> str:
    path, number, found = PurePosixPath(name), 1, name
    while found.casefold() in names:
        number += 1
        found = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    names.add(found.casefold())
    return found
