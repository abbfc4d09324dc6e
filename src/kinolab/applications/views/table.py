"""The office's table of applications."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kinolab.applications import words
from kinolab.applications.actions import looks, saved_views, screening
from kinolab.applications.models import Application
from kinolab.applications.queries import office, sealed, table
from kinolab.applications.queries.table import Asked
from kinolab.calls.models import Call
from kinolab.foundation.files.tables import csv_response, xlsx_response
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition

MOST_CHOSEN = 500


def _edition(request: HttpRequest, programme: str, edition: str, permission: Permission) -> tuple[Edition, Call]:
    found = labs.get_edition(request.user, programme, edition, permission)
    return found, found.call


@require_safe
def rows(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """A page of the table; of a sealed call only how many there are."""
    try:
        found, call = _edition(request, programme, edition, Permission.READ_APPLICATIONS)
    except PermissionDenied as denied:
        why = denied.args[0]
        if why.code != "sealed":
            raise
        return _sealed(request, labs.get_edition(request.user, programme, edition, Permission.SEE_DASHBOARD), why)
    asked = Asked.read(request.GET).within(found.granted)
    page = table.table_page(request.user, found, call, asked, request.GET.get("page"))
    shown = {
        "edition": found,
        "call": call,
        "stage": "applications",
        "page": page,
        "granted": found.granted,
        "named": Permission.EXPORT in found.granted and table.is_named(request.user, call),
        "address": _address(request),
        "cleared": f"?tab={page.asked.tab}",
        "empty": words.EMPTY[page.asked.tab],
        "few_words": words.few_choices(page.asked.few),
        "tab_words": words.TABS,
    }
    return render(request, "applications/office/table.html", shown)


def _sealed(request: HttpRequest, edition: Edition, why: Refusal) -> HttpResponse:
    shown = {"edition": edition, "stage": "applications", "why": why, "counts": sealed.counts(edition.call)}
    return render(request, "applications/office/sealed.html", shown)


def _address(request: HttpRequest) -> str:
    """What is asked of the table, as it stands in the address: to come back to it, to export it."""
    asked = request.GET.copy()
    asked.pop("page", None)
    asked.pop("named", None)
    return f"?{asked.urlencode()}" if asked else ""


def _back(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """To the table as it was asked for."""
    return redirect(reverse("applications:table", args=(programme, edition)) + _address(request))


@require_POST
def save_view(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Keep the present filters under a name."""
    found, _call = _edition(request, programme, edition, Permission.READ_APPLICATIONS)
    try:
        saved_views.save_view(person=request.user, edition=found, name=request.POST.get("name", ""), query=request.GET)
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    return _back(request, programme, edition)


@require_POST
def delete_view(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Forget a saved view."""
    found, _call = _edition(request, programme, edition, Permission.READ_APPLICATIONS)
    saved_views.delete_view(person=request.user, edition=found, number=number)
    return redirect("applications:table", programme, edition)


@require_POST
def bulk(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Confirm findings of many: first a page with names and count, then the deed."""
    found, call = _edition(request, programme, edition, Permission.SCREEN)
    codes = request.POST.getlist("code")
    if len(codes) > MOST_CHOSEN:
        messages.error(request, explain(Refusal("too_many_chosen", {"limit": MOST_CHOSEN})))
        return _back(request, programme, edition)
    chosen = table.chosen(request.user, call, codes)
    if not chosen:
        messages.warning(request, _("Select at least one application first."))
        return _back(request, programme, edition)
    if request.POST.get("sure") != "yes":
        shown = {"edition": found, "stage": "applications", "address": _address(request)}
        return render(request, "applications/office/bulk.html", shown | {"page": office.bulk_page(chosen)})
    _confirm_many(request, call, chosen)
    return _back(request, programme, edition)


def _confirm_many(request: HttpRequest, call: Call, chosen: Sequence[Application]) -> None:
    for application in chosen:
        application.call = call
    tell = request.POST.get("tell") == "yes"
    report = screening.confirm_many(applications=chosen, tell=tell, by=request.user, at=timezone.now())
    done = ngettext("%(count)s application confirmed.", "%(count)s applications confirmed.", report.done)
    messages.success(request, done % {"count": report.done})
    for refusal, refused in report.refused.items():
        names = ", ".join(str(application) for application in refused)
        messages.warning(request, f"{names}: {explain(refusal)}")


@require_safe
def export(request: HttpRequest, programme: str, edition: str, kind: str) -> HttpResponseBase:
    """The rows asked for, with answers, as CSV or XLSX."""
    found, call = _edition(request, programme, edition, Permission.EXPORT)
    contacts, scores = Permission.SEE_CONTACTS in found.granted, Permission.READ_REVIEWS in found.granted
    chosen = table.selection(request.user, call, Asked.read(request.GET).within(found.granted))
    named = office.named_in(request.user, call.form_id) if request.GET.get("named") == "yes" else {}
    questions, at = office.export_questions(call.form_id, named), timezone.now()
    shown = {"contacts": contacts, "scores": scores, "strands": office.export_strands(call)}
    head, lines = office.export_head(questions, **shown), office.export_rows(chosen, questions, **shown)
    saved_views.record_export(edition=found, kind=kind, by=request.user, at=at)
    if named:
        numbers = list(chosen.values_list("pk", flat=True))
        looks.record_close_looks(call=call, numbers=numbers, keys=list(named.values()), by=request.user, at=at)
    answer = csv_response if kind == "csv" else xlsx_response
    return answer(f"applications-{programme}-{edition}.{kind}", head, lines)
