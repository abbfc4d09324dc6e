"""Slots filled from the applications that the selection board chose, and segments of one's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kinolab.applications.models import Application
from kinolab.applications.queries.visible import visible_to
from kinolab.catalogue import words as catalogue
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied
from kinolab.production import access, forms, words
from kinolab.production.actions import segments as actions
from kinolab.production.domain.lifecycle import FilmState
from kinolab.production.domain.terms import SegmentKind
from kinolab.production.models import Omnibus
from kinolab.production.queries import slots as queries
from kinolab.production.views.films import REFUSED, frame


@require_safe
def slots(request: HttpRequest, film: str) -> HttpResponse:
    """The slots of the film and who could fill them."""
    found = access.get_omnibus(request.user, film)
    return _page(request, found, forms.CommissionForm(omnibus=found))


def _page(request: HttpRequest, found: Omnibus, form: Any) -> HttpResponse:
    shown = {
        "page": queries.slots_page(request.user, found),
        "form": form,
        "why_not": access.why_not_change(request.user, found),
        "kind_words": words.SEGMENT_KINDS,
        "segment_words": words.SEGMENT_STATES,
        "genre_words": catalogue.GENRES,
        "misfit_words": words.MISFITS,
        "dimension_words": words.DIMENSIONS,
        "balance_words": words.BALANCE,
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "production/slots.html", frame(found, FilmState.SCRIPT_SELECTION) | shown, status=status)


@require_POST
def fill(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Let a chosen application stand in a slot."""
    found = access.get_omnibus(request.user, film)
    slot = get_object_or_404(found.slots, pk=number)
    of_call = (
        Application.objects.filter(call__edition=found.edition_id) if found.edition_id else Application.objects.none()
    )
    application = visible_to(request.user, of_call).filter(code=request.POST.get("application", "")).first()
    try:
        actions.fill_slot(omnibus=found, slot=slot, application=application, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        messages.success(request, gettext("The slot is filled. The segment is a draft of the catalogue now."))
    return redirect("production:slots", film)


@require_POST
def give(request: HttpRequest, code: str) -> HttpResponse:
    """Let a segment of one's own, or a freed one, stand in a slot."""
    segment = access.get_made_segment(request.user, code)
    number = request.POST.get("slot", "")
    slot = get_object_or_404(segment.omnibus.slots, pk=int(number) if number.isascii() and number.isdigit() else 0)
    try:
        actions.give_slot(segment=segment, slot=slot, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        messages.success(request, gettext("The slot is filled."))
    return redirect("production:slots", segment.omnibus.film.slug)


@require_POST
def free(request: HttpRequest, code: str) -> HttpResponse:
    """Take a segment out of its slot."""
    segment = access.get_made_segment(request.user, code)
    try:
        actions.free_slot(segment=segment, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        messages.success(request, gettext("The slot is free again."))
    return redirect("production:slots", segment.omnibus.film.slug)


@require_POST
def commission(request: HttpRequest, film: str) -> HttpResponse:
    """Add a segment of one's own."""
    found = access.get_omnibus(request.user, film)
    form = forms.CommissionForm(request.POST, omnibus=found)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.commission(
                omnibus=found, kind=SegmentKind(given["kind"]), title=given["title"], language=given["language"],
                planned=given["planned"], slot=given["slot"], by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, explain(denied.refusal))
        else:
            return redirect("production:segment", made.code)
    return _page(request, found, form)
