"""One application on the office's desk."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kinolab.applications import access, words
from kinolab.applications.actions import looks, screening
from kinolab.applications.forms import DecideFindingForm
from kinolab.applications.models import Application
from kinolab.applications.queries import office, paper
from kinolab.calls.domain.eligibility import Outcome
from kinolab.foundation.files.queries import as_attachment
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission


def _application(
    request: HttpRequest,
    programme: str,
    edition: str,
    code: str,
    permission: Permission = Permission.READ_APPLICATIONS,
) -> Application:
    found = labs.get_edition(request.user, programme, edition, permission)
    return access.get_for_office(request.user, found, code)


@never_cache
@require_safe
def detail(request: HttpRequest, programme: str, edition: str, code: str) -> HttpResponse:
    """What was sent, what the rules say, who is in the team, what happened."""
    application = _application(request, programme, edition, code)
    return _page(request, application)


def _page(request: HttpRequest, application: Application, refusal: Refusal | None = None) -> HttpResponse:
    edition = application.call.edition
    page = office.office_page(application, edition.granted)
    if page.see_contacts:
        looks.record_look(application=application, by=request.user, at=timezone.now())
    shown = {
        "edition": edition,
        "stage": "applications",
        "page": page,
        "application": application,
        "sentence": explain(refusal) if refusal else "",
        "check_words": words.CHECKS,
        "stage_words": words.STAGES,
        "why_not_screen": access.why_not_screen(request.user, application, timezone.now()),
        "why_not_override": access.why_not_override(request.user, application, timezone.now()),
    }
    return render(request, "applications/office/detail.html", shown, status=422 if refusal else 200)


@require_POST
def decide_finding(request: HttpRequest, programme: str, edition: str, code: str, number: int) -> HttpResponse:
    """Confirm or override what a rule found."""
    application = _application(request, programme, edition, code, Permission.SCREEN)
    finding = access.get_office_finding(application, number)
    form = DecideFindingForm(request.POST)
    if not form.is_valid():
        return _page(request, application, Refusal("reason_needed"))
    tell, outcome, at = form.cleaned_data["tell"], form.cleaned_data["outcome"], timezone.now()
    try:
        if outcome == finding.outcome:
            screening.confirm(finding=finding, tell=tell, by=request.user, at=at)
        else:
            screening.override(
                finding=finding,
                outcome=Outcome(outcome),
                reason=form.cleaned_data["reason"],
                tell=tell,
                by=request.user,
                at=at,
            )
    except Denied as denied:
        return _page(request, application, denied.refusal)
    messages.success(request, _("Noted."))
    return redirect("applications:detail", programme, edition, code)


@require_POST
def check_again(request: HttpRequest, programme: str, edition: str, code: str) -> HttpResponse:
    """Judge the application anew."""
    application = _application(request, programme, edition, code, Permission.SCREEN)
    try:
        screening.check_again(application=application, by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, application, denied.refusal)
    return redirect("applications:detail", programme, edition, code)


@never_cache
@require_safe
def file(request: HttpRequest, programme: str, edition: str, code: str, file: str) -> FileResponse:
    """A file of the application, as a download."""
    application = _application(request, programme, edition, code)
    return as_attachment(access.get_attachment(application, file).file)


@never_cache
@require_safe
def as_pdf(request: HttpRequest, programme: str, edition: str, code: str, version: int) -> HttpResponse:
    """What was sent, on paper."""
    application = _application(request, programme, edition, code)
    sent = access.get_snapshot(application, version)
    response = HttpResponse(paper.pdf(sent, get_language() or "en"), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{application.code}-{version}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
