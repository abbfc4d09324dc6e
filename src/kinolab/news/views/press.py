"""Press kits of organisations and films: a page, and everything as one archive."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinolab.catalogue.queries import public as films
from kinolab.foundation.files.archives import zipped
from kinolab.foundation.ui.visitors import for_visitors
from kinolab.labs.models import Organisation
from kinolab.news.queries import press as queries

KEPT = 300  # seconds


def _of_film(slug: str, at: datetime) -> queries.Kit:
    found = films.published(at).filter(slug=slug).first()
    if found is None:
        raise Http404
    return queries.of_film(found, at)


def _of_organisation(slug: str, at: datetime) -> queries.Kit:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return queries.of_organisation(found, at)


@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def film(request: HttpRequest, slug: str) -> HttpResponse:
    """The press kit of a film."""
    return render(request, "news/press.html", {"kit": _of_film(slug, timezone.now()), "slug": slug, "of": "film"})


@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """The press kit of an organisation."""
    kit = _of_organisation(slug, timezone.now())
    return render(request, "news/press.html", {"kit": kit, "slug": slug, "of": "organisation"})


@login_not_required
@require_safe
def film_archive(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All of a film's kit as one archive that leaves while it is made."""
    return _archive(_of_film(slug, timezone.now()))


@login_not_required
@require_safe
def organisation_archive(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All of an organisation's kit as one archive that leaves while it is made."""
    return _archive(_of_organisation(slug, timezone.now()))


def _archive(kit: queries.Kit) -> HttpResponseBase:
    response = StreamingHttpResponse(zipped(queries.archive(kit)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{kit.name}-press.zip"'
    response["Cache-Control"] = f"public, max-age={KEPT}"
    return response
