"""Text documents and spreadsheets by their contents: DOCX and XLSX, ODT and ODS, RTF, plain text and CSV.

What carries something that runs is not taken: macros, controls, other files packed inside. An archive is asked for the
list of what it holds before anything of it is unpacked, and only its main part ever is.
"""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from kinolab.foundation.files import reading
from kinolab.foundation.refusals import Denied, Refusal

ENDINGS = {"document": (".docx", ".odt", ".rtf", ".txt"), "sheet": (".xlsx", ".ods", ".csv")}
MOST_UNPACKED = 300_000_000  # bytes of everything in a document
LARGEST_TEXT = 20_000_000  # bytes of a text without form, and of an RTF
_LARGEST_PART = 60_000_000  # bytes of the one part that is read
_MOST_PARTS = 20_000
_PACKED, _RTF = b"PK\x03\x04", b"{\\rtf"
_END = b"PK\x05\x06"
_TYPES = "[Content_Types].xml"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_RUNS = re.compile(r"(vbaproject|activex\d*|oleobject\d*)\.bin\Z|\A(basic|scripts)/", re.IGNORECASE)
_RTF_RUNS = re.compile(rb"\\obj(data|ocx|link)", re.IGNORECASE)
_PLAIN = {".txt": ("document", "text/plain"), ".csv": ("sheet", "text/csv")}
_SPACES = frozenset("\t\n\r\f")


@dataclass(frozen=True, slots=True)
class Document:
    """Which kind, its media type, the endings that names of it have."""

    kind: str
    content_type: str
    endings: Collection[str]


# The media type of the main part → what the document is, and where that part lies.
_OF_OFFICE = {
    f"{_OFFICE}wordprocessingml.document": ("document", ".docx", "word/document.xml"),
    f"{_OFFICE}spreadsheetml.sheet": ("sheet", ".xlsx", "xl/workbook.xml"),
}
_OPEN = {
    "application/vnd.oasis.opendocument.text": ("document", ".odt"),
    "application/vnd.oasis.opendocument.spreadsheet": ("sheet", ".ods"),
}


def look(file: Any, ending: str) -> Document | None:
    """The document; None for whatever is none. Refused: document_unreadable, document_runs, document_bomb."""
    file.seek(0)
    head = file.read(len(_RTF))
    if head.startswith(_PACKED):
        return _packed(file)
    if head == _RTF:
        return _rich(file)
    return _plain(file, ending) if ending in _PLAIN else None


def _packed(file: Any) -> Document | None:
    file.seek(-22, 2)
    if not file.read().startswith(_END):  # an archive with a comment, or with something behind it, is no document
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if not parts or min(one.header_offset for one in parts) != 0:
                return None
            return _of_parts(archive, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise Denied(Refusal("document_unreadable")) from None


def _of_parts(archive: zipfile.ZipFile, parts: Collection[zipfile.ZipInfo]) -> Document | None:
    sizes = {one.filename: one.file_size for one in parts}
    found = _open_document(archive, sizes) or _office_document(archive, sizes)
    if found is None:
        return None
    kind, content_type, ending, main = found
    if len(parts) > _MOST_PARTS or sum(sizes.values()) > MOST_UNPACKED or sizes.get(main, 0) > _LARGEST_PART:
        raise Denied(Refusal("document_bomb", {"limit": MOST_UNPACKED // 1_000_000}))
    if any(_RUNS.search(name) for name in sizes):
        raise Denied(Refusal("document_runs"))
    if main not in sizes:
        raise Denied(Refusal("document_unreadable"))
    archive.read(main)  # its checksum says whether it came whole
    return Document(kind, content_type, {ending})


def _open_document(archive: zipfile.ZipFile, sizes: dict[str, int]) -> tuple[str, str, str, str] | None:
    if not 0 < sizes.get("mimetype", 0) < 100:
        return None
    said = archive.read("mimetype").decode("ascii", "replace").strip()
    return (_OPEN[said][0], said, _OPEN[said][1], "content.xml") if said in _OPEN else None


def _office_document(archive: zipfile.ZipFile, sizes: dict[str, int]) -> tuple[str, str, str, str] | None:
    if not 0 < sizes.get(_TYPES, 0) < 2_000_000:
        return None
    said = archive.read(_TYPES).decode("utf-8", "replace")
    if "macroEnabled" in said:
        raise Denied(Refusal("document_runs"))
    for content_type, (kind, ending, main) in _OF_OFFICE.items():
        if f"{content_type}.main+xml" in said:
            return kind, content_type, ending, main
    return None


def _rich(file: Any) -> Document:
    file.seek(0)
    text = file.read(LARGEST_TEXT + 1)
    if len(text) > LARGEST_TEXT:
        raise Denied(Refusal("document_bomb", {"limit": LARGEST_TEXT // 1_000_000}))
    if not text.rstrip(b"\0\r\n\t ").endswith(b"}"):
        raise Denied(Refusal("document_unreadable"))
    if _RTF_RUNS.search(text):
        raise Denied(Refusal("document_runs"))
    return Document("document", "application/rtf", {".rtf"})


def _plain(file: Any, ending: str) -> Document | None:
    file.seek(0)
    held = file.read(LARGEST_TEXT + 1)
    if len(held) > LARGEST_TEXT:
        raise Denied(Refusal("document_bomb", {"limit": LARGEST_TEXT // 1_000_000}))
    try:
        text = reading.decoded(held)
    except Denied:
        return None
    if any(unicodedata.category(one) == "Cc" and one not in _SPACES for one in set(text)):
        return None
    kind, content_type = _PLAIN[ending]
    return Document(kind, content_type, {ending})
