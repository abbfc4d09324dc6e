"""The soundtrack of a film at work."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import access, words
from kinolab.catalogue.actions import credits as actions
from kinolab.catalogue.forms.credits import TrackForm
from kinolab.catalogue.models import Film, Track
from kinolab.catalogue.queries import facts
from kinolab.catalogue.views.credits import found, given_back_as_new, gone, step_of, who_of
from kinolab.catalogue.views.desk import beside_theirs, frame, status_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied


@require_safe
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """Every piece with its artist."""
    film = access.get_film(request.user, slug)
    tracks = list(Track.objects.filter(film=film).select_related("artist"))
    context = frame(film, "tracks", tracks=tracks, agent_kinds=words.AGENT_KINDS)
    return render(request, "catalogue/desk/tracks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a piece."""
    film = access.get_film(request.user, slug)
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (who := who_of(film, form)):
        try:
            actions.add_track(
                film=film, artist=who, title=form.cleaned_data["title"].strip(), by=request.user, at=timezone.now()
            )
        except Denied as denied:
            form.add_error("name", reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Added."))
            return redirect("catalogue:tracks", film.slug)
    return _form_page(request, film, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a piece."""
    film = access.get_film(request.user, slug)
    if gone(request, Track.objects.filter(film=film, pk=number)):
        return _form_page(request, film, given_back_as_new(TrackForm(request.POST)), None)
    track = _track(film, number)
    said = facts.said(track, ("artist", "title"))
    initial = {"title": track.title, "name": str(track.artist.name), "who": track.artist_id, "seen": said}
    form = TrackForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and (who := who_of(film, form)):
        try:
            actions.change_track(
                track=track, artist=who, title=form.cleaned_data["title"].strip(), seen=form.cleaned_data["seen"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
            beside_theirs(form, denied.refusal, initial, {"artist": "name"})
        else:
            messages.success(request, gettext("Saved."))
            return redirect("catalogue:tracks", film.slug)
    return _form_page(request, film, form, track)


def _form_page(request: HttpRequest, film: Film, form: TrackForm, track: Track | None) -> HttpResponse:
    form.look_in(reverse("catalogue:find_agent", args=[film.slug]))
    context = frame(film, "tracks", form=form, track=track, **found(film, form))
    return render(request, "catalogue/desk/track.html", context, status=status_of(form))


def _track(film: Film, number: int) -> Track:
    track = Track.objects.select_related("artist", "film__organisation").filter(film=film, pk=number).first()
    if track is None:
        raise Http404
    return track


@require_POST
def move(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Move a piece up or down."""
    film = access.get_film(request.user, slug)
    actions.move_track(track=_track(film, number), **step_of(request), by=request.user, at=timezone.now())
    return redirect("catalogue:tracks", film.slug)


@require_POST
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a piece out."""
    film = access.get_film(request.user, slug)
    actions.remove_track(track=_track(film, number), by=request.user, at=timezone.now())
    messages.success(request, gettext("Taken out. Whoever it was about stays in the catalogue."))
    return redirect("catalogue:tracks", film.slug)
