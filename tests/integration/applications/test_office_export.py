"""The table to take away: CSV and XLSX that open with Cyrillic, carry no formula, and tell only what one may know."""

import csv
import io

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from kinolab.applications.actions import scores, submission
from kinolab.applications.queries.office import _cell as cell_of
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.files.tables import bare, harmless
from kinolab.foundation.questions.domain.kinds import Kind
from tests.factories import applications as make
from tests.integration.applications import office
from tests.kit import client_of

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://example.org","x")']
# A title and a name are kept without the white space around them, so these two begin with a sign there.
TRIMMED = {one: one.strip() for one in FORMULAS}


@pytest.fixture
def call():
    return office.call()


def taken(who, call, kind, query=""):
    response = client_of(who).get(office.address(call, f"export_{kind}") + query)
    return response, b"".join(response.streaming_content)


def csv_rows(who, call, query=""):
    text = taken(who, call, "csv", query)[1].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def xlsx_rows(who, call, query=""):
    head, *rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(taken(who, call, "xlsx", query)[1])).get_sheet_by_index(0).to_python()
    )
    return [dict(zip(head, row, strict=True)) for row in rows]


# --- Shape -----------------------------------------------------------------------------------------------------------
def test_csv_begins_with_a_byte_order_mark_streams_and_is_kept_by_no_cache(call):
    make.submitted_application(call)
    response, body = taken(office.owner(call), call, "csv")

    assert body.startswith(b"\xef\xbb\xbfnumber,code,stage,title,")
    assert "Суу бөлгүч".encode() in body
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="applications-impact-lab-2026.csv"'


def test_xlsx_is_a_download_that_no_cache_keeps(call):
    response, body = taken(office.owner(call), call, "xlsx")

    assert body.startswith(b"PK")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="applications-impact-lab-2026.xlsx"'


def test_both_tell_the_same_and_come_back_as_they_were(call):
    aigul = office.owner(call)
    one = make.submitted_application(
        call, title="Өзгөрүү, ң", logline="Биринчи сап\nЭкинчи «сап»; 'ү'", runtime=90, themes=["nature", "rights"],
        budget={"amount": 1500, "currency": "KGS"}, films=[{"title": "Ак", "year": 2020, "role": "director"}],
        shooting="2026-10-01", language="ky",
    )  # fmt: skip
    scores.keep_scores(application=one, whole=scores.Scored("-1.5", "0.25", 2), candidacies={})
    row, cells = csv_rows(aigul, call)[0], xlsx_rows(aigul, call)[0]

    told = ("number", "title", "country", "people", "checked", "readings_done", "score", "stage")
    assert {name: row[name] for name in told} == {
        "number": "1", "title": "Өзгөрүү, ң", "country": "KG", "people": "Meerim", "checked": "eligible",
        "readings_done": "2", "score": "-1.500", "stage": "submitted",
    }  # fmt: skip
    assert {name: text for name, text in row.items() if "." in name} == {
        "project.title": "Өзгөрүү, ң", "project.logline": "Биринчи сап\nЭкинчи «сап»; 'ү'", "project.country": "KG",
        "project.stage": "edit", "more.runtime": "90", "more.themes": "nature\nrights", "more.budget": "1500 KGS",
        "more.films": "Ак, 2020, director", "more.shooting": "2026-10-01", "more.language": "ky", "more.trailer": "",
        "more.agreed": "1",
    }  # fmt: skip
    assert (cells["number"], cells["more.runtime"], cells["score"]) == (1, 90, -1.5)
    same = ("title", "people", "project.logline", "more.themes", "more.films", "more.budget")
    assert {name: cells[name] for name in same} == {name: row[name] for name in same}


def test_export_is_the_same_in_every_language_of_the_page(call):
    make.submitted_application(call, runtime="1234.5", shooting="2026-10-01")
    client = client_of(office.owner(call))
    address = office.address(call, "export_csv")

    bodies = {
        language: b"".join(client.get(address.replace("/en/", f"/{language}/")).streaming_content)
        for language in ("en", "ky", "ru")
    }

    assert bodies["en"] == bodies["ky"] == bodies["ru"]


# --- Formulas --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_csv_is_a_formula_and_the_text_comes_back(call, formula):
    make.submitted_application(call, make.person("Evil", name=formula), title=formula, logline=formula)
    body = taken(office.owner(call), call, "csv")[1].decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(body, newline="")))
    cells = [cell for row in csv.reader(io.StringIO(body, newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert bare(rows[0]["project.logline"]) == formula
    assert bare(rows[0]["title"]).strip() == TRIMMED[formula]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(call, formula):
    import zipfile

    make.submitted_application(call, make.person("Evil", name=formula), title=formula, logline=formula)
    body = taken(office.owner(call), call, "xlsx")[1]

    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    logline = xlsx_rows(office.owner(call), call)[0]["project.logline"]
    assert logline.replace("_x000D_", "\r").strip() == formula.strip()


def test_text_too_long_for_a_cell_of_a_workbook_is_cut_with_a_sign(call):
    application = make.submitted_application(call)
    sent = application.snapshots.get()
    for section in sent.content["sections"]:
        for one in section["questions"]:
            if one["key"] == "logline":
                one["value"] = "ү" * 40_000
    type(sent).objects.filter(pk=sent.pk).update(content=sent.content)

    cell = xlsx_rows(office.owner(call), call)[0]["project.logline"]
    assert (len(cell), cell[-2:]) == (32_767, "ү…")


# --- What one may know -----------------------------------------------------------------------------------------------
def test_export_tells_what_was_sent_and_nothing_of_drafts(call):
    aigul = office.owner(call)
    changed = make.submitted_application(call, logline="Жөнөтүлгөн")
    submission.reopen(application=changed, by=changed.lead, at=make.NOW)
    make.answer(changed, "logline", "Жазылып жаткан")
    make.complete(call, make.person("Farrukh"), title="Каралама", logline="Жашыруун")
    gone = make.submitted_application(call, make.person("Dana"), logline="Кайтарылган")
    submission.withdraw(application=gone, reason="", by=gone.lead, at=make.NOW)

    assert [row["project.logline"] for row in csv_rows(aigul, call)] == ["Жөнөтүлгөн"]
    assert [(row["title"], row["project.logline"]) for row in csv_rows(aigul, call, "?tab=drafts")] == [
        ("Каралама", "")
    ]
    assert [row["project.logline"] for row in csv_rows(aigul, call, "?tab=withdrawn")] == [""]


def test_export_leaves_out_files_and_sensitive_answers(call):
    asked = make.question(call, "logline")
    asked.pii_level = 2
    asked.save()
    make.submitted_application(call)

    assert {"project.logline", "more.script"} & set(csv_rows(office.owner(call), call)[0]) == set()


def test_export_has_the_rows_asked_for_in_their_order(call):
    aigul = office.owner(call)
    for name, country in (("Алма", "KG"), ("Береке", "KZ"), ("Суусар", "KG")):
        make.submitted_application(call, make.person(name), title=name, country=country)

    assert [row["title"] for row in csv_rows(aigul, call, "?country=KG&sort=number")] == ["Алма", "Суусар"]
    assert [row["title"] for row in xlsx_rows(aigul, call, "?country=KG&sort=-number")] == ["Суусар", "Алма"]
    assert [row["title"] for row in csv_rows(aigul, call, "?q=береке")] == ["Береке"]


def test_contacts_are_exported_by_those_who_may_see_them(call):
    make.submitted_application(call)

    assert csv_rows(office.coordinator(call), call)[0]["lead_email"] == "meerim@example.org"
    for kind in ("csv", "xlsx"):
        assert client_of(office.juror(call)).get(office.address(call, f"export_{kind}")).status_code == 403
        assert client_of(make.person("Farrukh")).get(office.address(call, f"export_{kind}")).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_is_on_the_record(call, kind):
    aigul = office.owner(call)
    taken(aigul, call, kind)

    entry = Entry.objects.get(verb="exported")
    assert (entry.actor, entry.at, entry.after, entry.scope) == (aigul, make.NOW, {"as": kind}, call.edition.scope)


# --- What it costs ---------------------------------------------------------------------------------------------------
def statements(visit):
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        visit()
    return len(seen.captured_queries)


@pytest.mark.slow
def test_export_sends_the_same_statements_for_ten_and_for_a_thousand(call):
    aigul = office.owner(call)
    make.many(call, 10)
    taken(aigul, call, "csv")

    few = [statements(lambda kind=kind: taken(aigul, call, kind)) for kind in ("csv", "xlsx")]
    make.many(call, 990)

    assert [statements(lambda kind=kind: taken(aigul, call, kind)) for kind in ("csv", "xlsx")] == few
    assert len(csv_rows(aigul, call)) == 1000


@pytest.mark.parametrize("formula", ["=1+1 Өң", "@SUM(A1) Ү", "+1 ң", "\t=1 Ө"])
@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        (Kind.TEXT, lambda text: text),
        (Kind.TEXT, lambda text: {"ky": text, "ru": text}),
        (Kind.LONG_TEXT, lambda text: text),
        (Kind.CHOICE, lambda text: text),
        (Kind.MANY, lambda text: [text, text]),
        (Kind.MODULES, lambda text: [text]),
        (Kind.NUMBER, lambda text: text),
        (Kind.MONEY, lambda text: {"amount": text, "currency": "KGS"}),
        (Kind.DATE, lambda text: text),
        (Kind.LINK, lambda text: text),
        (Kind.LINK, lambda text: {"url": text, "kind": "other"}),
        (Kind.PERSON, lambda text: [{"name": text, "role": text}]),
        (Kind.FILMS, lambda text: [{"title": text, "year": text, "role": text}]),
        (Kind.FINANCE_PLAN, lambda text: [{"source": text, "amount": text}]),
    ],
)
def test_answer_of_every_kind_leaves_as_text_with_its_letters(kind, shape, formula):
    cell = cell_of(kind, shape(formula))

    assert str(harmless(cell))[0] not in "=+-@\t\r"
    assert formula.strip()[-1] in str(cell) or cell == ""
