"""Corrections that the lab asks for, and what changed from one version to the next."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.applications import access, words
from kinolab.applications.actions import corrections as actions
from kinolab.applications.actions import looks
from kinolab.applications.forms import CorrectionForm
from kinolab.applications.models import Application
from kinolab.applications.queries import corrections as queries
from kinolab.applications.queries import office, snapshot, versions
from kinolab.applications.queries.versions import Comparison
from kinolab.calls.actions.building import in_zone
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission

Seen = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def _for_office(request: HttpRequest, programme: str, edition: str, code: str, permission: Permission) -> Application:
    return access.get_for_office(request.user, labs.get_edition(request.user, programme, edition, permission), code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def corrections(request: HttpRequest, programme: str, edition: str, code: str) -> HttpResponse:
    """Ask the team to correct chosen answers; what was asked before."""
    application = _for_office(request, programme, edition, code, Permission.SCREEN)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        zone = application.call.timezone or application.call.edition.timezone
        try:
            actions.ask(
                application=application,
                questions=request.POST.getlist("questions"),
                until=in_zone(form.cleaned_data["until"], zone),
                message=form.cleaned_data["message"],
                by=request.user,
                at=timezone.now(),
            )
        except Denied as denied:
            form.add_error(None, explain(denied.refusal))
        else:
            messages.success(
                request, _("The team has been asked by letter. What was sent counts until it sends again.")
            )
            return redirect("applications:corrections", programme, edition, code)
    context = {
        "edition": application.call.edition,
        "stage": "applications",
        "application": application,
        "form": form,
        "chosen": request.POST.getlist("questions"),
        "askable": queries.askable(application),
        "asked": queries.all_of(application),
        "ends": words.CORRECTION_ENDS,
        "why_not": access.why_not_ask_correction(request.user, application, timezone.now()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "applications/office/corrections.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, programme: str, edition: str, code: str, number: int) -> HttpResponse:
    """Take a request back."""
    application = _for_office(request, programme, edition, code, Permission.SCREEN)
    correction = access.get_correction(application, number)
    try:
        actions.take_back(correction=correction, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        messages.success(request, _("Taken back. What was sent before stands."))
    return redirect("applications:corrections", programme, edition, code)


# --- What changed ----------------------------------------------------------------------------------------------------
@require_safe
def changes(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """What changed in this version, for the team."""
    application = access.get_application(request.user, code)
    own = access.member(request.user, application)

    def seen(content: Mapping[str, Any]) -> Mapping[str, Any]:
        return snapshot.for_member(content, own.pk if own else None)

    return _changes(request, application, version, "applications/sent/changes.html", seen)


@never_cache
@require_safe
def office_changes(request: HttpRequest, programme: str, edition: str, code: str, version: int) -> HttpResponse:
    """What changed in this version, for the office: as far as the person may see the answers."""
    application = _for_office(request, programme, edition, code, Permission.READ_APPLICATIONS)
    sent = access.get_office_snapshot(application, version)
    granted = application.call.edition.granted
    eyes = office.eyes_of(request.user, granted)
    if Permission.SEE_CONTACTS in granted:
        looks.record_look(application=application, by=request.user, at=timezone.now())
    held = snapshot.closely_held(sent.content, eyes)
    looks.record_close_look(application=application, keys=held, by=request.user, at=timezone.now())

    def seen(content: Mapping[str, Any]) -> Mapping[str, Any]:
        return snapshot.for_eyes(content, eyes)

    return _changes(request, application, version, "applications/office/changes.html", seen)


def _changes(request: HttpRequest, application: Application, version: int, template: str, seen: Seen) -> HttpResponse:
    if version < 2:
        raise Http404
    before, after = (access.get_snapshot(application, number) for number in (version - 1, version))
    shown: Comparison = versions.compare(before, after, seen(before.content), seen(after.content))
    context = {
        "application": application,
        "edition": application.call.edition,
        "call": application.call,
        "stage": "applications",
        "shown": shown,
    }
    return render(request, template, context)
