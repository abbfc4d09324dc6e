"""Tables that leave the program: CSV and XLSX that open with Cyrillic and cannot carry formulas.

CSV: RFC 4180, UTF-8 with a byte order mark (spreadsheets need it to see Cyrillic), streamed row by row. A cell that
begins with = + - @, a tab or a carriage return gets an apostrophe in front, for spreadsheets would run it as a formula;
`bare` takes it off again on the way in. XLSX writes every text as text, so nothing needs escaping there.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

Cell = str | int | float | Decimal | date | datetime | bool | None
BYTE_ORDER_MARK = "\ufeff"
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_ROWS_A_CHUNK = 20
LONGEST_TEXT = 32_767  # characters in a cell of a workbook; a longer text ends in …


def harmless(cell: Cell) -> str | int | float | Decimal:
    """The cell as a spreadsheet may safely see it; dates and times in ISO 8601."""
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(int(cell))
    if isinstance(cell, int | float | Decimal):
        return cell
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return f"'{text}" if text.startswith(_RISKY) else text


def bare(text: str) -> str:
    """Undo `harmless` on a text read back."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_RISKY) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The file in chunks of some rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow([harmless(cell) for cell in header])
    for number, row in enumerate(rows, start=1):
        writer.writerow([harmless(cell) for cell in row])
        if number % _ROWS_A_CHUNK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """A download called `name`, never kept by a cache."""
    return StreamingHttpResponse(
        csv_lines(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def xlsx_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    """A workbook of one sheet with a bold, frozen head."""
    import xlsxwriter  # noqa: PLC0415  (heavy; only those who download pay for it)

    book_file = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    # Rows go to the disk as they come, so that a long table needs no more memory than a short one.
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(book_file, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                plain = _plain(cell)
                write = sheet.write_string if isinstance(plain, str) else sheet.write_number
                write(number, column, plain)
    book_file.seek(0)
    response = FileResponse(book_file, as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def _plain(cell: Cell) -> str | int | float:
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else int(cell)
    if isinstance(cell, int | float | Decimal):
        return float(cell) if isinstance(cell, Decimal) else cell
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
