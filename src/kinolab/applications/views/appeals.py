"""Appeals: the team's side, and the page of the panel."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kinolab.applications import access, words
from kinolab.applications.actions import appeals as actions
from kinolab.applications.domain import appeals as rules
from kinolab.applications.forms import AppealForm, AppealsUntilForm, VerdictForm
from kinolab.applications.queries import appeals as queries
from kinolab.applications.views import home
from kinolab.applications.views.answers import in_zone
from kinolab.calls.access import why_not_configure
from kinolab.calls.actions import building, editing
from kinolab.calls.queries.manage import call_of
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition


# --- The team --------------------------------------------------------------------------------------------------------
@require_POST
def lodge(request: HttpRequest, code: str) -> HttpResponse:
    """Appeal against what was decided."""
    application = access.get_application(request.user, code)
    form = AppealForm(request.POST)
    typed = form.cleaned_data["statement"] if form.is_valid() else request.POST.get("statement", "")
    try:
        actions.lodge(application=application, statement=typed, by=request.user, at=timezone.now())
    except Denied as denied:
        return home.page(request, application, in_zone(denied.refusal, application.call), statement=typed)
    messages.success(request, _("Your appeal is with the panel. Everybody in the team gets a letter."))
    return redirect("applications:edit", code)


@require_POST
def take_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take an appeal back."""
    application = access.get_application(request.user, code)
    try:
        actions.take_back(appeal=access.get_appeal(application, number), by=request.user, at=timezone.now())
    except Denied as denied:
        return home.page(request, application, denied.refusal)
    messages.success(request, _("The appeal is taken back."))
    return redirect("applications:edit", code)


# --- The panel -------------------------------------------------------------------------------------------------------
@require_safe
def appeals(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Every appeal with its statement; until when they are taken, and who decides."""
    return _page(request, labs.get_edition(request.user, programme, edition, Permission.READ_APPLICATIONS))


def _page(
    request: HttpRequest, edition: Edition, refused: Mapping[str, object] | None = None,
    until: AppealsUntilForm | None = None,
) -> HttpResponse:  # fmt: skip
    person, call = request.user, call_of(edition)
    rows = queries.appeals(person, edition)
    context = {
        "edition": edition,
        "call": call,
        "stage": "applications",
        "rows": [(row, _why_not(edition, row, person.pk)) for row in rows],
        "panel": queries.panel(edition),
        "until": until or AppealsUntilForm(initial={"until": _local(call)}),
        "may_configure": call is not None and why_not_configure(person, call) is None,
        "refused": refused or {},
        "against_words": words.APPEALED,
        "state_words": words.APPEAL_STATES,
        "result_words": words.APPEAL_RESULTS,
    }
    bad = bool(refused) or (until is not None and until.is_bound)
    return render(request, "applications/office/appeals.html", context, status=422 if bad else 200)


def _why_not(edition: Edition, row: queries.AppealRow, person: int) -> Refusal | None:
    """Why the person cannot decide this one, by what the page knows already."""
    if Permission.DECIDE_APPEALS not in edition.granted:
        return Refusal("not_permitted", {"permission": Permission.DECIDE_APPEALS})
    return rules.why_not_sit(person, row.deciders, row.team)


def _local(call: object) -> str:
    at = getattr(call, "appeals_until", None)
    zone = getattr(call, "timezone", "") or "UTC"
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""


@require_POST
def decide(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Decide one appeal."""
    found = labs.get_edition(request.user, programme, edition, Permission.DECIDE_APPEALS)
    appeal = access.get_appeal_for_panel(request.user, found, number)
    against = queries.strands_against([appeal.application_id]).get(appeal.application_id, ())
    form = VerdictForm(request.POST, strands=against)
    try:
        if not form.is_valid():
            raise Denied(Refusal("appeal_unreadable"))
        actions.decide(appeal=appeal, **form.cleaned_data, by=request.user, at=timezone.now())
    except Denied as denied:
        typed: dict[str, object] = {name: request.POST.get(name, "") for name in ("upheld", "reason", "result")}
        typed["strands"] = request.POST.getlist("strands")
        return _page(request, found, {"number": number, "sentence": explain(denied.refusal), **typed})
    messages.success(request, _("Noted. The team gets a letter with the reason."))
    return redirect("applications:appeals", programme, edition)


@require_POST
def until(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Say until when appeals are taken."""
    found = labs.get_edition(request.user, programme, edition, Permission.CONFIGURE)
    call, form = call_of(found), AppealsUntilForm(request.POST)
    if call is None or not form.is_valid():
        return _page(request, found, until=form)
    at = building.in_zone(form.cleaned_data["until"], call.timezone or "UTC")
    try:
        editing.change_call(call=call, changes={"appeals_until": at}, by=request.user, at=timezone.now())
    except Denied as denied:
        form.add_error("until", explain(denied.refusal))
        return _page(request, found, until=form)
    messages.success(request, _("Saved."))
    return redirect("applications:appeals", programme, edition)
