"""Reading books: asked for on a page, made by a job, taken by their person, forgotten after two days."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.crypto import get_random_string

from kinolab.applications.actions import looks
from kinolab.applications.models import Book
from kinolab.applications.queries import book as queries
from kinolab.applications.queries.office import named_in
from kinolab.calls.models import Call
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal

KEPT = timedelta(days=2)


def ask(
    *,
    call: Call,
    eyes: str,
    more: bool,
    applications: Sequence[int],
    language: str,
    by: Person,
    at: datetime,
    named: bool = False,
) -> Book:
    """Ask for a book; it takes the place of the last one of the same kind. What may not be read is left out.

    With `named` it holds the answers that are for this person alone, and each such look is on the record.

    Refused: book_of_nothing, book_too_thick {limit}.
    """
    with transaction.atomic():
        _forget(Book.objects.select_for_update().filter(call=call, person=by, eyes=eyes))
        book = Book(call=call, person=by, eyes=eyes, shows_more=more, language=language, asked_at=at,
                    holds_named=named and eyes == "office")  # fmt: skip
        book.applications = queries.may_hold(book, applications)
        if not book.applications:
            raise Denied(Refusal("book_of_nothing"))
        if len(book.applications) > queries.MOST:
            raise Denied(Refusal("book_too_thick", {"limit": queries.MOST}))
        book.save()
        audit.record(by=by, at=at, verb="asked_book", thing=book, scope=call.edition.scope,
                     after={"applications": len(book.applications), "eyes": eyes})  # fmt: skip
    return book


def make_waiting(*, at: datetime) -> int:
    """Make every book that was asked for; returns how many. Safe to run twice: the second finds it made."""
    made = 0
    waiting = Book.objects.filter(finished_at=None, failed=False).order_by("pk")
    for book in waiting.select_related("call__edition__programme__organisation", "person"):
        made += _make(book, at)
    return made


def _make(book: Book, at: datetime) -> int:
    held = queries.may_hold(book, book.applications)
    chapters = []
    with translation.override(book.language):
        for sent in queries.snapshots(held):
            chapters.append(queries.chapter(book, sent))
            if len(chapters) % queries.CHUNK == 0:
                Book.objects.filter(pk=book.pk).update(gathered=len(chapters))
    if not chapters:
        Book.objects.filter(pk=book.pk, finished_at=None).update(failed=True)
        return 0
    made = queries.typeset(book, chapters, at)
    name = default_storage.save(f"books/{get_random_string(32)}.pdf", ContentFile(made))
    kept = Book.objects.filter(pk=book.pk, finished_at=None).update(
        applications=held, gathered=len(chapters), finished_at=at, file=name
    )
    if not kept:  # another process was faster, or it was asked for anew
        default_storage.delete(name)
    return kept


def take(*, book: Book, by: Person, at: datetime) -> str:
    """Where the book lies, for its person alone. Refused: book_not_ready, book_stale."""
    if not book.file:
        raise Denied(Refusal("book_not_ready"))
    if queries.is_stale(book):
        raise Denied(Refusal("book_stale"))
    audit.record(by=by, at=at, verb="took_book", thing=book, scope=book.call.edition.scope,
                 after={"applications": len(book.applications), "eyes": book.eyes})  # fmt: skip
    if book.holds_named:
        keys = list(named_in(by, book.call.form_id).values())
        looks.record_close_looks(call=book.call, numbers=book.applications, keys=keys, by=by, at=at)
    return book.file


def forget_old(*, at: datetime) -> int:
    """Forget books of two days ago; returns how many."""
    return _forget(Book.objects.filter(asked_at__lt=at - KEPT))


def _forget(books: QuerySet[Book]) -> int:
    gone = list(books)
    for book in gone:
        if book.file:
            transaction.on_commit(partial(default_storage.delete, book.file))
    Book.objects.filter(pk__in=[book.pk for book in gone]).delete()
    return len(gone)
