"""Tables of other people: encodings, delimiters, formulas, and what is not a table at all."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from kinolab.foundation.files import reading
from kinolab.foundation.files.reading import Table, read_table
from kinolab.foundation.files.tables import csv_lines
from kinolab.foundation.refusals import Denied

HEAD, ROW = ["Аты-жөнү", "Project Title"], ["Мээрим Ө.", "Суу бөлгүч; «бир»"]


def refused(content: bytes) -> tuple[str, dict[str, object]]:
    with pytest.raises(Denied) as denied:
        read_table(content)
    return denied.value.refusal.code, dict(denied.value.refusal.facts)


def text(delimiter: str, rows: list[list[str]]) -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_table_is_read_in_each_encoding_with_each_delimiter(encoding: str, delimiter: str) -> None:
    assert read_table(text(delimiter, [HEAD, ROW]).encode(encoding)) == Table(HEAD, [ROW])


def test_table_of_cyrillic_windows_is_read() -> None:
    rows = [["Имя", "Название"], ["Мээрим Ё.", "Водораздел — «один»"]]

    assert read_table(text(";", rows).encode("cp1251")) == Table(rows[0], [rows[1]])


def test_table_of_two_encodings_is_refused_with_the_line_that_differs() -> None:
    glued = "Имя;Название\nМээрим;Вода\n".encode("cp1251") + "Азамат;Тоо\n".encode()

    assert refused(glued) == ("mixed_encodings", {"line": 3})


def test_delimiter_is_looked_for_outside_of_quotes_in_the_first_line_alone() -> None:
    said = read_table(b'"a,b,c";d\n"1,2";3,4\n')

    assert said == Table(["a,b,c", "d"], [["1,2", "3,4"]])


def test_lines_inside_a_cell_and_old_line_ends_are_kept_and_empty_rows_left_out() -> None:
    said = read_table(b'a,b\r"1\r\n2",x\r,\r\r3,y\r')

    assert said == Table(["a", "b"], [["1\n2", "x"], ["3", "y"]])


def test_our_own_export_comes_back_as_it_was() -> None:
    rows = [["=1+1", "-5"], ["@x", "plain"]]
    written = "".join(csv_lines(["number", "title"], rows)).encode()

    assert read_table(written) == Table(["number", "title"], rows)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table_empty"),
        (b"  \n ", "table_empty"),
        (b"a,b\n", "table_empty"),
        (b"\xd0\xcf\x11\xe0rest", "table_unreadable"),
        (b"a,b\n\x00,1\n", "table_unreadable"),
        (b'a,b\n"1,2\n', "table_unreadable"),
        (b"PK\x03\x04 but no archive", "table_unreadable"),
        (b"\xff\xfea", "table_unreadable"),
        (b"\x98\x98\n\x98\n", "table_unreadable"),
        (b",".join([b"a"] * 201) + b"\n1", "table_too_wide"),
        (b"a\n" + b"1\n" * 2001, "table_too_long"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, code: str) -> None:
    assert refused(content)[0] == code


def test_table_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000_000)

    assert refused(b"a" * 1_000_001) == ("table_too_large", {"limit": 1})


# --- Workbooks -------------------------------------------------------------------------------------------------------
def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_workbook_is_read_with_days_numbers_and_boxes_as_texts() -> None:
    made = workbook([
        ["Аты", "n", "d", "t", "b", "e"], ["Ө", 95.0, date(2026, 8, 5), datetime(2026, 8, 5, 18, 30), True, None],
        [None, None, None, None, None, None], ["Ү", 1.5, None, None, False, "x"],
    ])  # fmt: skip

    assert read_table(made) == Table(
        ["Аты", "n", "d", "t", "b", "e"],
        [["Ө", "95", "2026-08-05", "2026-08-05 18:30", "yes", ""], ["Ү", "1.5", "", "", "no", "x"]],
    )


def test_formulas_of_a_workbook_are_named_by_their_places() -> None:
    made = workbook([["a", "b"], ["1", '=HYPERLINK("http://x")'], ["=1+1", "2"]])

    assert read_table(made).formulas == {(1, 1), (2, 0)}


def test_workbook_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    monkeypatch.setattr(reading, "MOST_UNPACKED", 1_000_000)

    assert refused(out.getvalue()) == ("table_too_large", {"limit": 1})
