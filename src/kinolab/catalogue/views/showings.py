"""Showings of a film at work: when, where and how exactly."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import access, words
from kinolab.catalogue.actions import releases as actions
from kinolab.catalogue.domain.dates import pieces_of
from kinolab.catalogue.domain.works import Season
from kinolab.catalogue.forms.credits import ReleaseForm
from kinolab.catalogue.forms.fields import texts_of
from kinolab.catalogue.models import Film, Release
from kinolab.catalogue.queries import facts
from kinolab.catalogue.views.credits import given_back_as_new, gone
from kinolab.catalogue.views.desk import beside_theirs, frame, status_of
from kinolab.foundation.i18n import formats, reasons
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.calendar import FuzzyDate, Precision


@require_safe
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """Every showing, in the order of time."""
    film = access.get_film(request.user, slug)
    context = frame(film, "releases", releases=list(film.releases.all()), release_kinds=words.RELEASE_KINDS)
    return render(request, "catalogue/desk/releases.html", context | {"seasons": words.SEASONS})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a showing."""
    film = access.get_film(request.user, slug)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_release(film=film, by=request.user, at=timezone.now(), **form.values)
        messages.success(request, gettext("Added."))
        return redirect("catalogue:releases", film.slug)
    return _form_page(request, film, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a showing."""
    film = access.get_film(request.user, slug)
    if gone(request, Release.objects.filter(film=film, pk=number)):
        return _form_page(request, film, given_back_as_new(ReleaseForm(request.POST)), None)
    release = _release(film, number)
    said = facts.said(release, ("kind", "on", "precision", "season", "event", "country"))
    pieces = pieces_of(
        FuzzyDate(release.on, Precision(release.precision)) if release.on else None,
        Season(release.season) if release.season else None,
    )
    initial = texts_of(event=release.event.as_dict()) | {
        "kind": release.kind, "year": pieces.year, "month": pieces.month, "part": pieces.part, "day": pieces.day,
        "season": pieces.season, "country": [release.country] if release.country else [], "seen": said,
    }  # fmt: skip
    form = ReleaseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values | {"event": form.keeping("event", release.event.as_dict())}
        try:
            actions.change_release(
                release=release, seen=form.cleaned_data["seen"], by=request.user, at=timezone.now(), **values
            )
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
            beside_theirs(form, denied.refusal, initial | _theirs(release), {"on": "year", "precision": "part"})
        else:
            messages.success(request, gettext("Saved."))
            return redirect("catalogue:releases", film.slug)
    return _form_page(request, film, form, release)


def _theirs(release: Release) -> dict[str, str]:
    """The date of a showing as the other person left it, in words."""
    when = formats.precise(release.on, release.precision) if release.on else ""
    return {"year": when, "part": when}


def _form_page(request: HttpRequest, film: Film, form: ReleaseForm, release: Release | None) -> HttpResponse:
    context = frame(film, "releases", form=form, release=release)
    return render(request, "catalogue/desk/release.html", context, status=status_of(form))


def _release(film: Film, number: int) -> Release:
    release = Release.objects.select_related("film__organisation").filter(film=film, pk=number).first()
    if release is None:
        raise Http404
    return release


@require_POST
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a showing out."""
    film = access.get_film(request.user, slug)
    actions.remove_release(release=_release(film, number), by=request.user, at=timezone.now())
    messages.success(request, gettext("Taken out."))
    return redirect("catalogue:releases", film.slug)
