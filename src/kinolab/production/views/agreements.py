"""The agreement of a segment: makers write and send it, its team confirms it or asks for a change."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kinolab.foundation.files.queries import as_attachment
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied
from kinolab.production import access, forms
from kinolab.production.actions import agreements as actions
from kinolab.production.models import Segment
from kinolab.production.queries import agreements as queries
from kinolab.production.views.segments import page


@require_POST
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Write the terms."""
    found = access.get_made_segment(request.user, code)
    form = forms.TermsForm(request.POST, request.FILES)
    if form.is_valid():
        terms = {name: form.cleaned_data[name] for name in queries.TERMS}
        try:
            actions.write(
                segment=found, terms=terms, upload=form.cleaned_data["file"], by=request.user, at=timezone.now()
            )
        except Denied as denied:
            form.add_error(None, explain(denied.refusal))
        else:
            messages.success(request, gettext("The agreement is saved. The team sees it once you send it."))
            return redirect("production:segment", code)
    return page(request, found, access.who(request.user, found), terms_form=form)


@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Send the agreement to the team."""
    found = access.get_made_segment(request.user, code)
    return _done(request, found, gettext("The agreement is on its way to the team."), actions.send)


@require_POST
def note_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Note a signed paper."""
    found = access.get_made_segment(request.user, code)
    return _done(request, found, gettext("The signed paper is noted."), actions.note_paper)


@require_POST
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm the agreement for the team."""
    found, _who = access.get_segment(request.user, code)
    return _done(request, found, gettext("The agreement is confirmed."), actions.sign, version=_version(request))


@require_POST
def ask_for_change(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for another version."""
    found, _who = access.get_segment(request.user, code)
    given: dict[str, Any] = {"version": _version(request), "answer": request.POST.get("answer", "")[:4000]}
    return _done(
        request, found, gettext("The makers of the film have got your answer."), actions.ask_for_change, **given
    )


@require_safe
def file(request: HttpRequest, code: str, version: int) -> HttpResponseBase:
    """The contract of a version; a draft is the makers' own."""
    found, who = access.get_segment(request.user, code)
    versions = queries.agreements(found)
    seen = versions if who.maker else queries.shown_to_team(versions)
    one = next((one for one in seen if one.version == version and one.file), None)
    if one is None or one.file is None:
        raise Http404
    return as_attachment(one.file)


def _version(request: HttpRequest) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _done(
    request: HttpRequest, segment: Segment, sentence: str, action: Callable[..., object], **given: Any
) -> HttpResponse:
    try:
        action(segment=segment, by=request.user, at=timezone.now(), **given)
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        messages.success(request, sentence)
    return redirect("production:segment", segment.code)
