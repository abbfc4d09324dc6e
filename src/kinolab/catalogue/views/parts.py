"""Parts of a film at work: which films stand in it, in which order, and which were dropped."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import access, words
from kinolab.catalogue.actions import parts as actions
from kinolab.catalogue.domain.parts import running_time
from kinolab.catalogue.domain.works import PartKind, PartState
from kinolab.catalogue.forms.credits import PartForm, PlacedPartForm
from kinolab.catalogue.forms.fields import looking
from kinolab.catalogue.models import Film, Part
from kinolab.catalogue.queries import editing, public
from kinolab.catalogue.views.credits import step_of
from kinolab.catalogue.views.desk import frame, status_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied


@require_safe
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """Every part in its order, and those that were dropped."""
    film = access.get_film(request.user, slug)
    found = editing.parts_of(film)
    context = frame(
        film, "parts", parts=[one for one in found if one.state == PartState.IN_FILM],
        dropped=[one for one in found if one.state != PartState.IN_FILM], part_kinds=words.PART_KINDS,
        running=running_time(film.running_time, [(PartState(one.state), one.film.running_time) for one in found]),
    )  # fmt: skip
    return render(request, "catalogue/desk/parts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a film of the catalogue, or a new one, stand in this one."""
    film = access.get_film(request.user, slug)
    form = PartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"].strip()
        chosen = _chosen(film, form)
        try:
            actions.add_part(
                whole=film, film=chosen or ({get_language(): title} if title else {}),
                kind=PartKind(form.cleaned_data["kind"]), by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error("title", reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Added."))
            return redirect("catalogue:parts", film.slug)
    form.fields["title"].widget.attrs |= looking(reverse("catalogue:find_part", args=[film.slug]))
    context = frame(film, "parts", form=form, **_found(film, form))
    return render(request, "catalogue/desk/part.html", context, status=status_of(form))


def _chosen(film: Film, form: PartForm) -> Film | None:
    if form.chosen is None:
        return None
    found = public.films().filter(pk=form.chosen, organisation=film.organisation_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """The films that may be meant by what is being typed."""
    film = access.get_film(request.user, slug)
    if not request.htmx:
        return redirect("catalogue:new_part", film.slug)
    return render(request, "catalogue/desk/_found_films.html", _found(film, PartForm(request.GET)))


def _found(film: Film, form: PartForm) -> dict[str, Any]:
    offered = [
        one
        for one in editing.films_named(film.organisation_id, str(form["title"].value() or ""), form.chosen)
        if one.pk != film.pk
    ]
    chosen = str(form["film"].value() or "") or ("" if offered else "new")
    return {
        "offered": offered,
        "chosen": chosen,
        "none": "new",
        "none_words": gettext("A new part"),
        "kinds": words.KINDS,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a part is for, and its place."""
    film = access.get_film(request.user, slug)
    part = _part(film, number)
    form = PlacedPartForm(request.POST or None, initial={"kind": part.kind})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_part(
                part=part, kind=PartKind(form.cleaned_data["kind"]), place=form.cleaned_data["place"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("catalogue:parts", film.slug)
    context = frame(film, "parts", form=form, part=part, part_kinds=words.PART_KINDS)
    return render(request, "catalogue/desk/placed_part.html", context, status=status_of(form))


@require_POST
def move(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Move a part up or down."""
    film = access.get_film(request.user, slug)
    try:
        actions.move_part(part=_part(film, number), **step_of(request), by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    return redirect("catalogue:parts", film.slug)


@require_POST
def take_out_or_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Drop a part, or put one that was dropped back at the end."""
    film = access.get_film(request.user, slug)
    part = _part(film, number)
    try:
        if part.state == PartState.IN_FILM:
            actions.drop_part(part=part, by=request.user, at=timezone.now())
            messages.success(request, gettext("Dropped. It stays here with its credits; the page no longer shows it."))
        else:
            actions.put_back(part=part, by=request.user, at=timezone.now())
            messages.success(request, gettext("It stands in the film again, behind all the others."))
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    return redirect("catalogue:parts", film.slug)


def _part(film: Film, number: int) -> Part:
    part = Part.objects.select_related("whole", "film").filter(whole=film, pk=number).first()
    if part is None:
        raise Http404
    return part
