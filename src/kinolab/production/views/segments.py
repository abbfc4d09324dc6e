"""A segment, for makers of the film and for its own team; its cuts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from kinolab.applications import words as applications
from kinolab.catalogue import access as catalogue_access
from kinolab.catalogue import words as catalogue
from kinolab.foundation.files.queries import as_attachment
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied
from kinolab.production import access, forms, words
from kinolab.production.access import Who
from kinolab.production.actions import segments as actions
from kinolab.production.domain import lifecycle, rules
from kinolab.production.domain.lifecycle import FilmState, SegmentState, SegmentStep
from kinolab.production.models import Agreement, Segment
from kinolab.production.queries import agreements, cuts, shooting
from kinolab.production.queries import segments as queries
from kinolab.production.views.films import REFUSED, frame


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The segments in whose teams the person is."""
    shown = {"rows": cuts.as_told(list(queries.own(request.user))), "segment_words": words.SEGMENT_STATES}
    return render(request, "production/own.html", shown)


@require_safe
def segment(request: HttpRequest, code: str) -> HttpResponse:
    """One segment."""
    found, who = access.get_segment(request.user, code)
    return page(request, found, who)


def page(request: HttpRequest, found: Segment, who: Who, **forms_typed: Any) -> HttpResponse:
    """The page of a segment, with a form as it was typed where one could not be taken."""
    shown = (
        _agreement(request, found, who)
        | {
            "segment": found,
            "days": shooting.days_of(found),
            "who": who,
            "team": queries.team(found),
            "versions": found.versions.select_related("file", "made_by"),
            "demands": queries.demands(found),
            "figures": found.figures.all(),
            "edits": who.maker and catalogue_access.why_not_edit(request.user, found.film.organisation_id) is None,
            "steps": _steps(found) if who.maker else [],
            "form": forms.SegmentForm(segment=found) if who.maker else None,
            "version_form": None if access.why_not_cut(request.user, found) else forms.VersionForm(),
            "outside": rules.outside(found.length or found.planned, found.omnibus.shortest, found.omnibus.longest),
            "way": _way(found),
            "cut": cuts.cut_for(found, maker=who.maker),
            "may_drop": who.maker and (SegmentState(found.state), SegmentStep.DROP) in lifecycle.SEGMENT_STEPS,
            "reason_words": words.CUT_REASONS,
            "segment_words": words.SEGMENT_STATES,
            "kind_words": words.SEGMENT_KINDS,
            "demand_words": words.DEMAND_KINDS,
            "genre_words": catalogue.GENRES,
            "role_words": applications.ROLES,
        }
        | forms_typed
    )
    base = frame(found.omnibus, FilmState.PRODUCTION) if who.maker else {"omnibus": found.omnibus}
    return render(request, "production/segment.html", base | shown, status=REFUSED if forms_typed else 200)


def _agreement(request: HttpRequest, found: Segment, who: Who) -> dict[str, Any]:
    versions = agreements.agreements(found)
    last = versions[0] if versions else None
    seen = versions if who.maker else agreements.shown_to_team(versions)
    stands = agreements.standing(seen[0] if seen else None)
    why_not_sign = access.why_not_sign(request.user, found, last) if who.team else None
    return {
        "agreements": seen,
        "agreement_stands": stands,
        "agreement_tone": {"signed": "ok", "none": ""}.get(stands, "lamp"),
        "agreement_words": words.AGREEMENTS,
        "signing": who.team and why_not_sign is None and seen and seen[0] == last,
        "why_not_sign": why_not_sign if seen and stands == "sent" else None,
        "terms_form": forms.TermsForm(initial=_terms(last)) if who.maker else None,
        "why_not_send": access.why_not_send(request.user, found, last),
    }


def _terms(last: Agreement | None) -> dict[str, Any]:
    return {name: getattr(last, name) for name in agreements.TERMS} if last else {"language": get_language()}


def _steps(found: Segment) -> list[tuple[SegmentStep, Any]]:
    possible = [one for one in actions.BY_HAND if (SegmentState(found.state), one) in lifecycle.SEGMENT_STEPS]
    return [(one, words.SEGMENT_STEPS[one]) for one in possible]


_WAY = (
    SegmentState.SELECTED, SegmentState.CONTRACTED, SegmentState.SHOOTING, SegmentState.ROUGH, SegmentState.LOCKED,
    SegmentState.IN_FILM,
)  # fmt: skip


def _way(found: Segment) -> list[dict[str, Any]]:
    """The way of the segment as steps; one that is out of the film has none."""
    state = SegmentState(found.state)
    if state not in _WAY:
        return []
    here = _WAY.index(state)
    signs = ["done" if number < here else "now" if number == here else "next" for number in range(len(_WAY))]
    return [{"title": words.SEGMENT_STATES[one], "state": sign} for one, sign in zip(_WAY, signs, strict=True)]


@require_POST
def describe(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is known of a segment."""
    found = access.get_made_segment(request.user, code)
    form = forms.SegmentForm(request.POST, segment=found)
    if form.is_valid():
        try:
            actions.describe(
                segment=found, values=form.values(), seen=form.cleaned_data["version"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("production:segment", code)
    return page(request, found, access.who(request.user, found), form=form)


@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a step of the segment's way."""
    found = access.get_made_segment(request.user, code)
    if request.POST.get("step") not in set(SegmentStep):
        raise Http404
    try:
        actions.take(segment=found, step=SegmentStep(request.POST["step"]), by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        messages.success(request, gettext("The segment has moved on."))
    return redirect("production:segment", code)


@require_POST
def add_version(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a cut."""
    found, who = access.get_segment(request.user, code)
    form = forms.VersionForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_version(
                segment=found, length=given["length"], link=given["link"], upload=given["file"], note=given["note"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, explain(denied.refusal))
        else:
            messages.success(request, gettext("The cut is saved."))
            return redirect("production:segment", code)
    return page(request, found, who, version_form=form)


@require_safe
def version_file(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The file of a cut."""
    found, _who = access.get_segment(request.user, code)
    version = get_object_or_404(found.versions.select_related("file"), number=number, file__isnull=False)
    return as_attachment(version.file)
