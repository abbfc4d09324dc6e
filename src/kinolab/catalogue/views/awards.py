"""Awards and places of shooting of a film at work."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import access, words
from kinolab.catalogue.actions import awards as actions
from kinolab.catalogue.domain.dates import pieces_of
from kinolab.catalogue.forms.fields import texts_of
from kinolab.catalogue.forms.pictures import AwardForm, PlaceForm
from kinolab.catalogue.models import Award, Film, Place
from kinolab.catalogue.queries import people as queries
from kinolab.catalogue.views.desk import frame, status_of
from kinolab.labs.domain.calendar import FuzzyDate, Precision


@require_safe
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """What the film was chosen for, and where it was shot."""
    film = access.get_film(request.user, slug)
    rows = list(film.awards.select_related("recipient"))
    context = frame(film, "awards", awards=rows, places=list(film.places.all()), results=words.AWARD_RESULTS)
    return render(request, "catalogue/desk/awards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_award(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an award."""
    film = access.get_film(request.user, slug)
    form = AwardForm(request.POST or None, offered=queries.named_by(film))
    if request.method == "POST" and form.is_valid():
        actions.add_award(film=film, by=request.user, at=timezone.now(), **form.said())
        messages.success(request, gettext("Added."))
        return redirect("catalogue:awards", film.slug)
    return render(
        request, "catalogue/desk/award.html", frame(film, "awards", form=form, award=None), status=status_of(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def award(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change an award."""
    film = access.get_film(request.user, slug)
    found = _award(film, number)
    pieces = pieces_of(FuzzyDate(found.on, Precision(found.precision)) if found.on else None, None)
    initial = texts_of(event=found.event.as_dict(), category=found.category.as_dict()) | {
        "result": found.result, "recipient": str(found.recipient_id or ""), "year": pieces.year, "month": pieces.month,
        "part": pieces.part, "day": pieces.day, "country": [found.country] if found.country else [],
    }  # fmt: skip
    form = AwardForm(request.POST or None, initial=initial, offered=queries.named_by(film))
    if request.method == "POST" and form.is_valid():
        actions.change_award(award=found, by=request.user, at=timezone.now(), **form.said())
        messages.success(request, gettext("Saved."))
        return redirect("catalogue:awards", film.slug)
    context = frame(film, "awards", form=form, award=found)
    return render(request, "catalogue/desk/award.html", context, status=status_of(form))


@require_POST
def remove_award(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an award out."""
    film = access.get_film(request.user, slug)
    actions.remove_award(award=_award(film, number), by=request.user, at=timezone.now())
    messages.success(request, gettext("Taken out."))
    return redirect("catalogue:awards", film.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def new_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a place."""
    film = access.get_film(request.user, slug)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_place(film=film, by=request.user, at=timezone.now(), **form.said())
        messages.success(request, gettext("Added."))
        return redirect("catalogue:awards", film.slug)
    return render(
        request, "catalogue/desk/place.html", frame(film, "awards", form=form, place=None), status=status_of(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a place."""
    film = access.get_film(request.user, slug)
    found = _place(film, number)
    country = [found.country] if found.country else []
    initial = texts_of(name=found.name.as_dict()) | {"country": country, "coordinates": found.coordinates}
    form = PlaceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_place(place=found, by=request.user, at=timezone.now(), **form.said())
        messages.success(request, gettext("Saved."))
        return redirect("catalogue:awards", film.slug)
    context = frame(film, "awards", form=form, place=found)
    return render(request, "catalogue/desk/place.html", context, status=status_of(form))


@require_POST
def remove_place(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a place out."""
    film = access.get_film(request.user, slug)
    actions.remove_place(place=_place(film, number), by=request.user, at=timezone.now())
    messages.success(request, gettext("Taken out."))
    return redirect("catalogue:awards", film.slug)


def _award(film: Film, number: int) -> Award:
    found = Award.objects.select_related("film").filter(film=film, pk=number).first()
    if found is None:
        raise Http404
    return found


def _place(film: Film, number: int) -> Place:
    found = Place.objects.select_related("film").filter(film=film, pk=number).first()
    if found is None:
        raise Http404
    return found
