"""A set of applications as one printable book."""

import io
import json
from typing import Any

import pypdf
import pytest
from django.core.files.storage import default_storage

from kinolab.applications import jobs
from kinolab.applications.actions import books
from kinolab.applications.models import Application, Book
from kinolab.applications.queries import book as queries
from kinolab.calls.models import Call
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Membership
from tests.factories import applications as make
from tests.factories.applications import NOW
from tests.kit import client_of, shut

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
KYRGYZ = "Өңүр ү — ңаңөү"


@pytest.fixture
def call() -> Call:
    return make.call(roles=["director", "producer"])


def member_of(call: Call, role: Role, name: str) -> Person:
    who = make.person(name)
    Membership.objects.create(
        person=who, organisation=call.edition.programme.organisation, edition=call.edition, role=role, added_at=NOW
    )
    return who


@pytest.fixture
def bakyt(call: Call) -> Person:
    return member_of(call, Role.COORDINATOR, "Bakyt")


# --- Books -----------------------------------------------------------------------------------------------------------
def asked(call: Call, by: Person, applications: list[Application], **fields: Any) -> Book:
    said = {"eyes": "office", "more": False, "language": "ky"} | fields
    numbers = [one.pk for one in applications]
    return books.ask(call=call, applications=numbers, by=by, at=NOW, **said)


def chapters(book: Book) -> str:
    return json.dumps(
        [queries.chapter(book, sent) for sent in queries.snapshots(book.applications)], ensure_ascii=False
    )


@pytest.mark.slow
def test_book_has_contents_bookmarks_page_numbers_and_every_letter(call: Call, bakyt: Person) -> None:
    sent = [
        make.submitted_application(call, make.person(name), title=f"{KYRGYZ} {name}") for name in ("Meerim", "Zere")
    ]
    hostile = '#read("/etc/passwd") $x$ *b* <a>'
    sent.append(make.submitted_application(call, make.person("Azamat"), title=hostile))
    book = asked(call, bakyt, sent)

    assert (jobs.make_books.call(), jobs.make_books.call()) == (1, 0)

    book.refresh_from_db()
    with default_storage.open(book.file) as made:
        pdf = pypdf.PdfReader(io.BytesIO(made.read()))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    titles = [one.title for one in pdf.outline if not isinstance(one, list)]
    assert titles[-3:] == [f"{KYRGYZ} Meerim", f"{KYRGYZ} Zere", hostile]
    assert (f"{KYRGYZ} Zere" in pdf.pages[1].extract_text(), f"1 / {len(pdf.pages)}" in text) == (True, True)
    assert (book.gathered, pdf.metadata and pdf.metadata.title) == (3, "Окула турган өтүнмөлөр · Импакт-лаб 2026")


def test_book_of_the_office_holds_what_it_may_see_in_the_order_asked_for(call: Call, bakyt: Person) -> None:
    first, second = make.submitted_application(call), make.submitted_application(call)
    first.hidings.create(person=bakyt, reason="conflict", at=NOW)
    drafted = make.complete(call)

    assert asked(call, bakyt, [drafted, second, first]).applications == [second.pk]


def test_book_without_contacts_leaves_sensitive_answers_out(call: Call, bakyt: Person) -> None:
    asked_for = make.question(call, "logline")
    asked_for.pii_level = 3
    asked_for.save()
    one = make.submitted_application(call, logline="Купуя сөз")

    assert ("Купуя сөз" in chapters(asked(call, bakyt, [one])), "Купуя сөз" in chapters(asked(call, bakyt, [one], more=True))) == (
        False, True,
    )  # fmt: skip


def test_book_is_refused_where_nothing_may_be_read_or_too_much_is_asked_for(
    call: Call, bakyt: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Denied) as nothing:
        asked(call, bakyt, [make.complete(call)])
    monkeypatch.setattr(queries, "MOST", 1)
    with pytest.raises(Denied) as thick:
        asked(call, bakyt, [make.submitted_application(call), make.submitted_application(call)])

    assert (nothing.value.refusal.code, thick.value.refusal.code) == ("book_of_nothing", "book_too_thick")


def test_book_that_became_stale_is_not_given_out(call: Call, bakyt: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "typeset", lambda book, applications, at: PDF)
    one = make.submitted_application(call)
    client, address = client_of(bakyt), f"/en/desk/impact-lab/{call.edition.slug}/applications/book/"
    client.post(f"{address}?tab=sent")
    given = client.get(f"{address}book.pdf")
    shut(given)
    assert given["Content-Type"] == "application/pdf"

    one.hidings.create(person=bakyt, reason="conflict", at=NOW)

    refused = client.get(f"{address}book.pdf")
    assert (refused.status_code, "has changed since" in client.get(address).content.decode()) == (302, True)
    assert [entry.actor for entry in Entry.objects.filter(verb="took_book")] == [bakyt]


def test_book_of_nothing_that_may_still_be_read_says_so(call: Call, bakyt: Person) -> None:
    one = make.submitted_application(call)
    book = asked(call, bakyt, [one])
    one.hidings.create(person=bakyt, reason="conflict", at=NOW)

    assert jobs.make_books.call() == 0

    book.refresh_from_db()
    assert (book.failed, book.file) == (True, "")


def test_asking_anew_and_two_days_forget_the_file(
    call: Call, bakyt: Person, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(queries, "typeset", lambda book, applications, at: PDF)
    one = make.submitted_application(call)
    asked(call, bakyt, [one])
    books.make_waiting(at=NOW)
    first = Book.objects.get().file

    with django_capture_on_commit_callbacks(execute=True):
        asked(call, bakyt, [one])
    books.make_waiting(at=NOW)
    second = Book.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        assert (books.forget_old(at=NOW + books.KEPT), books.forget_old(at=NOW + books.KEPT * 2)) == (0, 1)

    assert [default_storage.exists(name) for name in (first, second)] == [False, False]


def test_page_of_a_book_asks_again_until_it_is_ready(call: Call, bakyt: Person) -> None:
    client, address = client_of(bakyt), f"/en/desk/impact-lab/{call.edition.slug}/applications/book/"
    assert client.get(f"{address}book.pdf").status_code == 404
    asked(call, bakyt, [make.submitted_application(call)])

    assert 'hx-trigger="every 2s"' in client.get(address).content.decode()
    assert "Gathered: 0 of 1" in client.get(f"{address}progress/").content.decode()
    assert client.get(f"{address}book.pdf").status_code == 302
    Book.objects.update(failed=True)
    assert "could not be made" in client.get(f"{address}progress/").content.decode()
