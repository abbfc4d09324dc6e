"""Pages of a document are counted by its own list; what cannot be told stays unknown, and is no reason to refuse."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as some
from pypdf import PdfWriter

from kinolab.foundation.files import actions, pages
from tests.factories import applications as make
from tests.factories import labs

CROOKED = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def document(number: int, **locked: str) -> bytes:
    kept, made = io.BytesIO(), PdfWriter()
    for _ in range(number):
        made.add_blank_page(width=200, height=300)
    if locked:
        made.encrypt(**locked)
    made.write(kept)
    return kept.getvalue()


@pytest.mark.parametrize("number", [1, 3, 40])
def test_pages_are_counted(number):
    assert pages.count(io.BytesIO(document(number))) == number


def test_document_locked_against_printing_alone_is_counted():
    locked = document(2, user_password="", owner_password="secret", algorithm="RC4-128")

    assert pages.count(io.BytesIO(locked)) == 2


@pytest.mark.parametrize("content", [CROOKED, b"", document(2)[:-60]], ids=["crooked", "empty", "cut"])
def test_what_cannot_be_told_is_unknown_or_right(content):
    assert pages.count(io.BytesIO(content)) in (None, 2)


def test_large_document_is_not_read(monkeypatch):
    monkeypatch.setattr(pages, "LARGEST", 100)

    assert pages.count(io.BytesIO(document(1))) is None


@given(some.integers(0, 700), some.binary(min_size=1, max_size=30))
def test_damaged_document_never_fails(place, damage):
    whole = document(2)
    damaged = whole[:place] + damage + whole[place + len(damage) :]

    assert pages.count(io.BytesIO(damaged)) is None or pages.count(io.BytesIO(damaged)) >= 1


@pytest.mark.django_db
def test_kept_document_knows_its_pages_and_answers_to_a_limit():
    stored = actions.keep(
        upload=SimpleUploadedFile("treatment.pdf", document(12)), by=labs.person(), at=make.NOW, kinds=["pdf"],
        max_bytes=1_000_000,
    )  # fmt: skip

    assert stored.pages == 12
