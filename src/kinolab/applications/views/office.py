"""One application on the office's desk."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kinolab.applications import access, words
from kinolab.applications.actions import looks, screening
from kinolab.applications.forms import DecideFindingForm
from kinolab.applications.models import Application, Finding
from kinolab.applications.queries import office, paper, snapshot
from kinolab.calls.domain.eligibility import Outcome
from kinolab.foundation.files.queries import as_attachment
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.questions.domain.seeing import SENSITIVE, SeenBy
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition


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


def _page(request: HttpRequest, application: Application, refused: Mapping[str, object] | None = None) -> HttpResponse:
    """The page; `refused` holds what was decided and could not be noted: number, sentence, and what was typed."""
    edition, at = application.call.edition, timezone.now()
    page = office.office_page(application, edition.granted, request.user)
    if page.see_contacts:
        looks.record_look(application=application, by=request.user, at=at)
    looks.record_close_look(application=application, keys=page.closely_held, by=request.user, at=at)
    shown = {
        "edition": edition,
        "stage": "applications",
        "page": page,
        "application": application,
        "refused": refused or {},
        "may_type": access.why_not_type_for(request.user, application, at) is None,
        "back": _table_before(request, edition),
        "outcome_words": words.OUTCOMES,
        "why_not_screen": access.why_not_screen(request.user, application, at),
        "why_not_override": access.why_not_override(request.user, application, at),
    }
    return render(request, "applications/office/detail.html", shown, status=422 if refused else 200)


def _table_before(request: HttpRequest, edition: Edition) -> str:
    """The table as the visitor came from it, filters and all; else the table as it opens."""
    table = reverse("applications:table", args=(edition.programme.slug, edition.slug))
    before = urlsplit(request.headers.get("Referer", ""))
    same = before.netloc == request.get_host() and before.path == table
    return f"{table}?{before.query}" if same and before.query else table


@require_POST
def decide_finding(request: HttpRequest, programme: str, edition: str, code: str, number: int) -> HttpResponse:
    """Confirm or override what a rule found."""
    application = _application(request, programme, edition, code, Permission.SCREEN)
    finding = access.get_office_finding(application, number)
    form = DecideFindingForm(request.POST)
    try:
        if not form.is_valid():
            raise Denied(Refusal("decision_unreadable"))
        _decide(request, finding, form.cleaned_data)
    except Denied as denied:
        typed = {name: request.POST.get(name, "") for name in ("outcome", "reason", "tell")}
        return _page(request, application, {"number": number, "sentence": explain(denied.refusal), **typed})
    messages.success(request, _("Noted."))
    return redirect("applications:detail", programme, edition, code)


def _decide(request: HttpRequest, finding: Finding, decided: Mapping[str, Any]) -> None:
    given = {"reason": decided["reason"], "tell": decided["tell"], "by": request.user, "at": timezone.now()}
    if decided["outcome"] == finding.outcome:
        screening.confirm(finding=finding, **given)
    else:
        screening.override(finding=finding, outcome=Outcome(decided["outcome"]), **given)


@require_POST
def check_again(request: HttpRequest, programme: str, edition: str, code: str) -> HttpResponse:
    """Judge the application anew."""
    application = _application(request, programme, edition, code, Permission.SCREEN)
    try:
        screening.check_again(application=application, by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, application, {"number": 0, "sentence": explain(denied.refusal)})
    messages.success(request, _("Checked again. What people decided stays."))
    return redirect("applications:detail", programme, edition, code)


@never_cache
@require_safe
def file(request: HttpRequest, programme: str, edition: str, code: str, file: str) -> FileResponse:
    """A file of the application, as a download."""
    application = _application(request, programme, edition, code)
    attachment = access.get_office_file(application.call.edition, application, file, request.user)
    if attachment.question.pii_level >= SENSITIVE:
        at, closely = timezone.now(), attachment.question.seen_by == SeenBy.NAMED
        looks.record_look(application=application, by=request.user, at=at)
        looks.record_close_look(
            application=application, keys=[attachment.question.key] if closely else [], by=request.user, at=at
        )
    return as_attachment(attachment.file)


@never_cache
@require_safe
def as_pdf(request: HttpRequest, programme: str, edition: str, code: str, version: int) -> HttpResponse:
    """What was sent, on paper."""
    application = _application(request, programme, edition, code)
    sent = access.get_office_snapshot(application, version)
    eyes, at = office.eyes_of(request.user, application.call.edition.granted), timezone.now()
    if eyes.sensitive:
        looks.record_look(application=application, by=request.user, at=at)
    held = snapshot.closely_held(sent.content, eyes)
    looks.record_close_look(application=application, keys=held, by=request.user, at=at)
    made = paper.pdf(sent, get_language() or "en", eyes=eyes)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{application.code}-{version}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
