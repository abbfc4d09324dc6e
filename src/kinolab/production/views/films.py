"""Films in the making: the list, beginning one, and one of them with what comes next."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.production import access, forms, words
from kinolab.production.actions import starting
from kinolab.production.domain.lifecycle import FilmState, FilmStep
from kinolab.production.models import Omnibus
from kinolab.production.queries import films as queries

REFUSED = 422  # the status of a form that could not be taken; nothing typed is lost


@require_safe
def list_films(request: HttpRequest) -> HttpResponse:
    """Films in the making that the person works on."""
    workshop = access.get_workshop(request.user)
    rows = queries.of_makers(workshop.organisations, workshop.editions)
    shown = {"rows": rows, "may_begin": bool(workshop.organisations), "state_words": words.FILM_STATES}
    return render(request, "production/list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin to make a film."""
    workshop = access.get_workshop(request.user)
    if not workshop.organisations:
        raise PermissionDenied(Refusal("not_your_film"))
    form = forms.BeginForm(
        request.POST or None,
        films=queries.to_begin(workshop.organisations),
        organisations=queries.organisations_of(workshop.organisations),
    )
    if request.method == "POST" and form.is_valid():
        at, film = timezone.now(), form.chosen_film
        try:
            if film:
                made = starting.start_omnibus(film=film, by=request.user, at=at)
            else:
                title = {get_language(): form.cleaned_data["title"].strip()}
                made = starting.begin(organisation=form.chosen_organisation, title=title, by=request.user, at=at)
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            return redirect("production:film", made.film.slug)
    return render(request, "production/begin.html", {"form": form}, status=REFUSED if form.is_bound else 200)


@require_safe
def film(request: HttpRequest, film: str) -> HttpResponse:
    """One film in the making: how it stands and what comes next."""
    found = access.get_omnibus(request.user, film)
    at = timezone.now()
    facts = queries.film_facts(found, at)
    shown = {
        "facts": facts,
        "possible": [(one, _mended(found, one.refusal)) for one in queries.possible(found, facts)],
        "step_words": words.FILM_STEPS,
        "step_says": words.FILM_STEP_SAYS,
        "segments": queries.segments(found),
        "segment_words": words.SEGMENT_STATES,
        "kind_words": words.SEGMENT_KINDS,
    }
    return render(request, "production/film.html", frame(found) | shown)


# The page on which what stands in the way of a step is mended.
_MENDED = {
    "film_without_concept": "production:rules",
    "film_without_window": "production:rules",
    "film_without_call": "production:call",
    "script_call_not_closed": "production:call",
    "film_without_segments": "production:slots",
    "segments_not_locked": "production:assembly",
    "segments_without_place": "production:assembly",
    "notices_not_sent": "production:cuts",
    "deliverables_unlisted": "production:deliverables",
    "deliverables_owed": "production:deliverables",
    "film_not_public": "catalogue:film",
}


def _mended(omnibus: Omnibus, refusal: Refusal | None) -> str:
    name = _MENDED.get(refusal.code, "") if refusal else ""
    return reverse(name, args=[omnibus.film.slug]) if name else ""


@require_POST
def take(request: HttpRequest, film: str) -> HttpResponse:
    """Take a step of the film's way."""
    found = access.get_omnibus(request.user, film)
    if request.POST.get("step") not in set(FilmStep):
        raise Http404
    try:
        starting.take(omnibus=found, step=FilmStep(request.POST["step"]), by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("The film has moved on."))
    return redirect("production:film", film)


def frame(omnibus: Omnibus, current: str = "") -> dict[str, Any]:
    """What the head of every page of a film needs: the film and its rail; `current` is the stage whose page is open."""
    return {
        "omnibus": omnibus,
        "stages": queries.rail(FilmState(omnibus.state)),
        "current": current,
        "state_words": words.FILM_STATES,
    }
