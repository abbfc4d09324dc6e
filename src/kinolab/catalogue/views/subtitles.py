"""Subtitles: read on a page and taken away by visitors; brought and shown by those who edit."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import access
from kinolab.catalogue.actions import subtitling as actions
from kinolab.catalogue.forms.pictures import SubtitlesForm
from kinolab.catalogue.models import Film, Subtitles
from kinolab.catalogue.queries import pictures as queries
from kinolab.catalogue.queries.public import is_shown
from kinolab.catalogue.views.desk import frame, status_of
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied
from kinolab.foundation.ui.visitors import for_visitors

KEPT = 60  # seconds


# --- For visitors ----------------------------------------------------------------------------------------------------
@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def read(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Subtitles in the order of time, one of them on a frame of the film."""
    film, subtitles = _shown(request, slug, number)
    asked = request.GET
    shown = queries.subtitles_page(subtitles, asked.get("page"), asked.get("at", ""))
    context = {
        "film": film,
        "part": subtitles.film if subtitles.film_id != film.pk else None,
        "subtitles": subtitles,
        "page": shown.page,
        "now": shown.now,
        "cover": shown.cover,
    }
    return render(request, "catalogue/subtitles.html", context)


@login_not_required
@require_safe
def give(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """Subtitles as a file, in one of the two forms."""
    if form not in actions.CONTENT_TYPES:
        raise Http404
    film, subtitles = _shown(request, slug, number)
    text = queries.subtitles_text(subtitles, form)
    response = HttpResponse(text, content_type=f"{actions.CONTENT_TYPES[form]}; charset=utf-8")
    name = f"{subtitles.film.slug}.{subtitles.language}{'.sdh' if subtitles.hearing else ''}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    everybody = subtitles.shown and is_shown(film, timezone.now())
    response["Cache-Control"] = f"public, max-age={KEPT}" if everybody else "private, no-store"
    return response


def _shown(request: HttpRequest, slug: str, number: int) -> tuple[Film, Subtitles]:
    """The film whose page leads here, and the subtitles of it or of a part of it."""
    film, edits = access.get_shown(request.user, slug, timezone.now())
    return film, access.get_readable_subtitles(film, number, edits=edits)


# --- For those who edit ----------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """The subtitles of a film, and a form for more."""
    film = access.get_film(request.user, slug)
    form = SubtitlesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made, encoding = actions.add_subtitles(
                film=film, upload=given["file"], language=given["language"], hearing=given["hearing"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error("language" if denied.refusal.code in _OF_LANGUAGE else "file", explain(denied.refusal))
        else:
            said = gettext(
                "The subtitles are here; visitors do not see them yet. Read: %(number)s. Encoding: %(encoding)s."
            )
            messages.success(request, said % {"number": made.number, "encoding": encoding})
            return redirect("catalogue:subtitles", film.slug)
    return _page(request, film, form)


_OF_LANGUAGE = {"subtitles_language", "subtitles_twice"}


def _page(request: HttpRequest, film: Film, form: SubtitlesForm) -> HttpResponse:
    rows = queries.subtitles_of(film)
    context = frame(film, "subtitles", form=form, rows=rows, whole=queries.read_with(film) if rows else None)
    return render(request, "catalogue/desk/subtitles.html", context, status=status_of(form))


@require_POST
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let visitors have subtitles, or no longer."""
    film = access.get_film(request.user, slug)
    found = access.get_subtitles(film, number, shown=False)
    actions.show_subtitles(
        subtitles=found, shown=request.POST.get("shown") == "yes", by=request.user, at=timezone.now()
    )
    messages.success(request, gettext("Saved."))
    return redirect("catalogue:subtitles", film.slug)


@require_POST
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take subtitles away."""
    film = access.get_film(request.user, slug)
    found = access.get_subtitles(film, number, shown=False)
    actions.remove_subtitles(subtitles=found, by=request.user, at=timezone.now())
    messages.success(request, gettext("Taken out."))
    return redirect("catalogue:subtitles", film.slug)
