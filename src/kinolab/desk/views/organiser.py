"""The organiser's home, an edition's dashboard, its record."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinolab.applications.actions import saved_views as exports
from kinolab.catalogue.access import catalogues_of
from kinolab.desk import words
from kinolab.desk.queries import edition as edition_queries
from kinolab.desk.queries import record as record_queries
from kinolab.desk.queries import shapes
from kinolab.foundation.files.tables import csv_response
from kinolab.labs import access
from kinolab.labs.domain.roles import Permission
from kinolab.labs.queries import editions_of
from kinolab.news.access import newsroom_of
from kinolab.production.access import workshop_of
from kinolab.reviews.access import is_reader

ENTRIES_A_PAGE = 50


@require_safe
def after_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Bring each person to the page of their work: organisers, then readers, then applicants."""
    if request.user.memberships.exists():
        return redirect("desk:organiser")
    if is_reader(request.user):
        return redirect("reviews:mine")
    return redirect("desk:mine")


@require_safe
def organiser(request: HttpRequest) -> HttpResponse:
    """The editions in which the person has a role."""
    shown = {
        "editions": editions_of(request.user),
        "reads": is_reader(request.user),
        "makes": bool(workshop_of(request.user)),
        "catalogues": bool(catalogues_of(request.user)),
        "writes": bool(newsroom_of(request.user)),
    }
    return render(request, "desk/organiser.html", shown)


@require_safe
def edition(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The dashboard of one edition."""
    found = access.get_edition(request.user, programme, edition, Permission.SEE_DASHBOARD)
    page = edition_queries.edition_page(found, request.user, timezone.now())
    shown = {
        "edition": found,
        "page": page,
        "tasks": [(task, *words.TASKS[task.code]) for task in page.tasks],
        "next": shapes.steps(page, found.timezone),
        "chart": shapes.received(page),
        "funnel": shapes.funnel(page.counts),
        "countries": shapes.countries(page.countries),
    }
    return render(request, "desk/edition.html", shown)


@require_safe
def record(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Who did what and when, page by page."""
    found = access.get_edition(request.user, programme, edition, Permission.SEE_RECORD)
    asked = record_queries.Asked.read(request.GET)
    visible = record_queries.visible(found, request.user)
    entries = Paginator(record_queries.asked_for(visible, asked), ENTRIES_A_PAGE)
    shown = {
        "edition": found,
        "page": entries.get_page(request.GET.get("page")),
        "asked": asked,
        "verbs": record_queries.verbs_of(visible),
    }
    return render(request, "desk/record.html", shown)


@require_safe
def record_export(request: HttpRequest, programme: str, edition: str) -> StreamingHttpResponse:
    """The record as asked for, as CSV."""
    found = access.get_edition(request.user, programme, edition, Permission.SEE_RECORD)
    asked = record_queries.Asked.read(request.GET)
    exports.record_export(edition=found, kind="record.csv", by=request.user, at=timezone.now())
    name = f"record-{found.programme.slug}-{found.slug}.csv"
    return csv_response(name, record_queries.HEADER, record_queries.record_rows(found, request.user, asked))
