"""Tables that come in: CSV in whatever encoding and with whatever delimiter, and XLSX, as rows of texts.

A spreadsheet of somebody else is not to be trusted: its size is looked at before it is opened, its formulas are named and
never worked out, and where two encodings stand in one file that is said instead of guessed.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.etree import ElementTree

from kinolab.foundation.files.tables import bare
from kinolab.foundation.lines import normalise
from kinolab.foundation.refusals import Denied, Refusal

MOST_BYTES = 10_000_000
MOST_UNPACKED = 80_000_000  # bytes of a workbook once its archive is open
MOST_ROWS = 2_000
MOST_COLUMNS = 200
LONGEST_CELL = 50_000  # characters
DELIMITERS = (";", ",", "\t")
# Whatever a workbook that is broken, or is none, makes of the library that opens it.
BROKEN = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, IndexError, TypeError, ValueError, AttributeError, OSError,
)  # fmt: skip
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Table:
    """The head, the rows (all as long as the head), and the places of formulas: (row from 1, column from 0)."""

    head: list[str]
    rows: list[list[str]]
    formulas: frozenset[tuple[int, int]] = frozenset()


def read_table(content: bytes, name: str = "") -> Table:
    """The table in a file.

    Refused: table_empty, table_too_large {limit}, table_unreadable, mixed_encodings {line}, table_too_long {limit},
    table_too_wide {limit}.
    """
    if not content.strip():
        raise Denied(Refusal("table_empty"))
    if len(content) > MOST_BYTES:
        raise Denied(Refusal("table_too_large", {"limit": MOST_BYTES // 1_000_000}))
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # .xls of the nineties
        raise Denied(Refusal("table_unreadable"))
    return _whole(list(_csv(decoded(content))), frozenset())


# --- CSV -------------------------------------------------------------------------------------------------------------
def decoded(content: bytes) -> str:
    """A text in UTF-8, UTF-16 or as Cyrillic Windows writes it. Refused: table_unreadable, mixed_encodings {line}."""
    if content.startswith(_UTF16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise Denied(Refusal("table_unreadable")) from None
    if b"\x00" in content:
        raise Denied(Refusal("table_unreadable"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows(content)


def _windows(content: bytes) -> str:
    """The text as Cyrillic Windows writes it, unless a part of it is UTF-8: then two files were glued together."""
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            raise Denied(Refusal("mixed_encodings", {"line": number}))
    try:
        return content.decode("cp1251")
    except UnicodeDecodeError:
        raise Denied(Refusal("table_unreadable")) from None


def _csv(text: str) -> Iterator[list[str]]:
    text = normalise(text)
    try:
        rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
        for number, row in enumerate(rows):
            if number > MOST_ROWS + 1:
                raise Denied(Refusal("table_too_long", {"limit": MOST_ROWS}))
            yield [bare(cell) for cell in row]
    except csv.Error:
        raise Denied(Refusal("table_unreadable")) from None


def _delimiter(text: str) -> str:
    """What stands most often between the names of the first line, outside of quotes."""
    head, quoted = [], False
    for letter in text[:20_000]:
        quoted ^= letter == '"'
        if letter == "\n" and not quoted:
            break
        if not quoted:
            head.append(letter)
    return max(DELIMITERS, key=head.count)


# --- XLSX ------------------------------------------------------------------------------------------------------------
def _workbook(content: bytes) -> Table:
    import openpyxl  # noqa: PLC0415  (heavy; only those who import pay for it)

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
                raise Denied(Refusal("table_too_large", {"limit": MOST_UNPACKED // 1_000_000}))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        rows, formulas = _sheet(book.worksheets[0])
    except BROKEN:
        raise Denied(Refusal("table_unreadable")) from None
    return _whole(rows, formulas)


def _sheet(sheet: Any) -> tuple[list[list[str]], frozenset[tuple[int, int]]]:
    rows: list[list[str]] = []
    formulas: set[tuple[int, int]] = set()
    sheet.reset_dimensions()  # what the file says of its own size may be anything
    for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1):
        cells = []
        for column, cell in enumerate(row):
            if cell.data_type == "f":
                formulas.add((len(rows), column))
            cells.append(_text(cell.value))
        if any(cells):
            rows.append(cells)
        if len(rows) > MOST_ROWS + 1:
            raise Denied(Refusal("table_too_long", {"limit": MOST_ROWS}))
    return rows, frozenset(place for place in formulas if place[0] < len(rows))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# --- Both ------------------------------------------------------------------------------------------------------------
def _whole(rows: list[list[str]], formulas: frozenset[tuple[int, int]]) -> Table:
    rows = [[_clean(cell) for cell in row] for row in rows]
    filled = [number for number, row in enumerate(rows) if any(row)]
    if len(filled) < 2:  # a head alone is no table
        raise Denied(Refusal("table_empty"))
    head = rows[filled[0]]
    width = max((place + 1 for place, cell in enumerate(head) if cell), default=0)
    width = max([width, *(place + 1 for number in filled for place, cell in enumerate(rows[number]) if cell)])
    if width > MOST_COLUMNS:
        raise Denied(Refusal("table_too_wide", {"limit": MOST_COLUMNS}))
    if len(filled) - 1 > MOST_ROWS:
        raise Denied(Refusal("table_too_long", {"limit": MOST_ROWS}))
    place = {number: order for order, number in enumerate(filled)}
    return Table(
        [*head, *[""] * width][:width],
        [[*rows[number], *[""] * width][:width] for number in filled[1:]],
        frozenset((place[row], column) for row, column in formulas if place.get(row, 0) > 0),
    )


def _clean(cell: str) -> str:
    return normalise(cell).replace("\x00", "").strip()[:LONGEST_CELL]
