"""Sending, taking up again, withdrawing; what was sent as a page, as data and on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kinolab.applications import access
from kinolab.applications.actions import submission
from kinolab.applications.forms import ObjectionForm, WithdrawForm
from kinolab.applications.models import Application
from kinolab.applications.queries import paper, snapshot
from kinolab.applications.queries.until import draft_window
from kinolab.applications.views import home
from kinolab.applications.views.answers import in_zone
from kinolab.calls.domain import window
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.foundation.ui.arrival import came_at


@require_POST
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Send the application; pressing twice leads to the same receipt."""
    application = access.get_application(request.user, code)
    try:
        sent = submission.submit(application=application, by=request.user, at=came_at(request))
    except Denied as denied:
        if denied.refusal.code == "already_sent":
            return redirect("applications:snapshot", code, application.snapshots.count())
        return _home(request, application, denied.refusal)
    return redirect("applications:snapshot", code, sent.version)


@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Take a sent application up again."""
    application = access.get_application(request.user, code)
    try:
        submission.reopen(application=application, by=request.user, at=timezone.now())
    except Denied as denied:
        return _home(request, application, denied.refusal)
    messages.success(request, _("You can change the application now. What was sent counts until you send it again."))
    return redirect("applications:edit", code)


@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw the application."""
    application = access.get_application(request.user, code)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _home(request, application, Refusal("reason_too_long"))
    try:
        submission.withdraw(
            application=application, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        )
    except Denied as denied:
        return _home(request, application, denied.refusal)
    return redirect("applications:edit", code)


@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Make a withdrawn application a draft again."""
    application = access.get_application(request.user, code)
    try:
        submission.restore(application=application, by=request.user, at=timezone.now())
    except Denied as denied:
        return _home(request, application, denied.refusal)
    return redirect("applications:edit", code)


@require_POST
def answer_finding(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Answer a rule that the team was told of."""
    application = access.get_application(request.user, code)
    finding = access.get_finding(application, number)
    finding.application = application
    form = ObjectionForm(request.POST)
    text = form.cleaned_data["objection"] if form.is_valid() else ""
    try:
        submission.object_to_finding(finding=finding, objection=text, by=request.user, at=timezone.now())
    except Denied as denied:
        return _home(request, application, denied.refusal)
    messages.success(request, _("Your answer is with the lab."))
    return redirect("applications:edit", code)


@require_safe
def show(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """What was sent, and the receipt."""
    application = access.get_application(request.user, code)
    sent = access.get_snapshot(application, version)
    content = snapshot.for_member(sent.content, _own(request, application))
    at = timezone.now()
    context = {
        "application": application,
        "call": application.call,
        "edition": application.call.edition,
        "sent": sent,
        "content": content,
        "sections": snapshot.shown_sections(content),
        "open": window.why_not_start(draft_window(application), at) is None,
    }
    return render(request, "applications/sent/snapshot.html", context)


@require_safe
def as_json(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """What was sent, as data: exactly the bytes whose sum is on the receipt.

    Where others of the team have said something of themselves alone, it is left out, and the data say so.
    """
    application = access.get_application(request.user, code)
    sent = access.get_snapshot(application, version)
    content = snapshot.for_member(sent.content, _own(request, application))
    told = sent.content if content == sent.content else {**content, "left_out": "personal"}
    return _download(snapshot.written(told), "application/json", f"{application.code}-{version}.json")


@require_safe
def as_pdf(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """What was sent, on paper, in the language of the page."""
    application = access.get_application(request.user, code)
    sent = access.get_snapshot(application, version)
    made = paper.pdf(sent, get_language() or "en", member=_own(request, application))
    return _download(made, "application/pdf", f"{application.code}-{version}.pdf")


def _own(request: HttpRequest, application: Application) -> int | None:
    own = access.member(request.user, application)
    return own.pk if own else None


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _home(request: HttpRequest, application: Application, refusal: Refusal) -> HttpResponse:
    application.refresh_from_db(fields=["stage", "number", "submitted_at", "withdrawn_at"])
    return home.page(request, application, in_zone(refusal, application.call))
