"""Reading books: asked for, watched, taken; by the office, and by each reader of what they read."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from kinolab.applications import jobs
from kinolab.applications.actions import books
from kinolab.applications.models import Book
from kinolab.applications.queries import book as queries
from kinolab.applications.queries import table
from kinolab.applications.queries.table import Asked
from kinolab.calls.models import Call
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition


@dataclass(frozen=True, slots=True)
class Place:
    """Where a book is asked for, and the addresses of its pages."""

    call: Call
    eyes: str
    template: str
    back: str
    page: str
    progress: str
    file: str

    def book(self, request: HttpRequest) -> Book | None:
        """The book of this person here, if there is one."""
        found = Book.objects.filter(call=self.call, person=request.user, eyes=self.eyes).first()
        if found is not None:
            found.call, found.person = self.call, request.user
        return found


def shown(request: HttpRequest, place: Place) -> HttpResponse:
    """The page: ask for a book, see how far it is, take it."""
    book = place.book(request)
    stale = book is not None and bool(book.file) and queries.is_stale(book)
    context = {"edition": place.call.edition, "place": place, "book": book, "stale": stale, "stage": "applications"}
    return render(request, place.template, context)


def asked(
    request: HttpRequest, place: Place, applications: list[int], *, more: bool, named: bool = False
) -> HttpResponse:
    """Ask for a book of these applications."""
    try:
        books.ask(
            call=place.call, eyes=place.eyes, more=more, applications=applications, language=get_language() or "en",
            by=request.user, at=timezone.now(), named=named,
        )  # fmt: skip
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        jobs.make_books.enqueue()
    return redirect(place.page)


def progress_of(request: HttpRequest, place: Place) -> HttpResponse:
    """How far it is."""
    book = place.book(request)
    if book is None:
        raise Http404
    return render(request, "applications/book/_progress.html", {"book": book, "place": place})


def taken(request: HttpRequest, place: Place) -> HttpResponseBase:
    """The PDF."""
    book = place.book(request)
    if book is None:
        raise Http404
    try:
        name = books.take(book=book, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
        return redirect(place.page)
    response = FileResponse(
        default_storage.open(name), as_attachment=True, filename=queries.name_of(book), content_type="application/pdf"
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


# --- The office ------------------------------------------------------------------------------------------------------
def _office(request: HttpRequest, programme: str, edition: str) -> tuple[Edition, Place]:
    found = labs.get_edition(request.user, programme, edition, Permission.EXPORT)
    call: Call = found.call
    call.edition = found
    page = [
        reverse(f"applications:{name}", args=(programme, edition)) for name in ("book", "book_progress", "book_file")
    ]
    back = reverse("applications:table", args=(programme, edition))
    return found, Place(call, "office", "applications/book/office.html", back, *page)


@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """A book of what the table shows now."""
    found, place = _office(request, programme, edition)
    if request.method != "POST":
        return shown(request, place)
    chosen = table.selection(request.user, place.call, Asked.read(request.GET).within(found.granted))
    numbers = list(chosen.values_list("pk", flat=True)[: queries.MOST + 1])
    named = request.POST.get("named") == "yes"
    return asked(request, place, numbers, more=Permission.SEE_CONTACTS in found.granted, named=named)


@require_safe
def office_progress(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """How far the office's book is."""
    return progress_of(request, _office(request, programme, edition)[1])


@require_safe
def office_file(request: HttpRequest, programme: str, edition: str) -> HttpResponseBase:
    """The office's book."""
    return taken(request, _office(request, programme, edition)[1])


# --- Readers ---------------------------------------------------------------------------------------------------------
def _reader(request: HttpRequest, programme: str, edition: str) -> tuple[dict[int, bool], Place]:
    """What the person reads in the edition; 404 where they read nothing."""
    calls = Call.objects.select_related("edition__programme__organisation")
    call = calls.filter(edition__slug=edition, edition__programme__slug=programme).first()
    reads = queries.to_read(request.user, call) if call else {}
    if call is None or not reads:
        raise Http404
    names = ("reader_book", "reader_book_progress", "reader_book_file")
    page = [reverse(f"applications:{name}", args=(programme, edition)) for name in names]
    return reads, Place(call, "reader", "applications/book/reader.html", "", *page)


@require_http_methods(["GET", "HEAD", "POST"])
def reader(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """A book of one's own readings."""
    reads, place = _reader(request, programme, edition)
    if request.method != "POST":
        return shown(request, place)
    return asked(request, place, list(reads), more=all(reads.values()))


@require_safe
def reader_progress(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """How far the reader's book is."""
    return progress_of(request, _reader(request, programme, edition)[1])


@require_safe
def reader_file(request: HttpRequest, programme: str, edition: str) -> HttpResponseBase:
    """The reader's book."""
    return taken(request, _reader(request, programme, edition)[1])
