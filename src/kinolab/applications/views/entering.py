"""Pages for the staff: typing an application in for somebody; and for that person: taking it over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.applications import access
from kinolab.applications.actions import entering
from kinolab.applications.forms import EnterForm
from kinolab.applications.models import Application
from kinolab.applications.queries import form as pages
from kinolab.applications.queries.dossier import dossier
from kinolab.applications.views import answers, home
from kinolab.applications.views.form import typed_values
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """For whom, and why if the call has closed."""
    found = labs.get_edition(request.user, programme, edition, Permission.SEE_CONTACTS)
    call, at = found.call, timezone.now()
    closed = access.why_not_enter(request.user, call, "", at)
    form = EnterForm(
        request.POST or None, roles=call.roles, languages=call.answer_languages or call.languages or ["en"],
        closed=closed is not None and closed.code == "why_late", initial={"language": get_language()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = entering.enter(call=call, by=request.user, at=at, **form.values())
        except Denied as denied:
            form.add_error(None, explain(answers.in_zone(denied.refusal, call)))
        else:
            return redirect("applications:type_for", programme, edition, made.code)
    shown = {"edition": found, "stage": "applications", "form": form, "call": call,
             "refusal": closed if closed and closed.code != "why_late" else None}  # fmt: skip
    return render(request, "applications/office/enter.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def type_for(request: HttpRequest, programme: str, edition: str, code: str) -> HttpResponse:
    """The whole form on one page, saved as a whole."""
    found = labs.get_edition(request.user, programme, edition, Permission.SEE_CONTACTS)
    application = access.get_for_office(request.user, found, code)
    if access.why_not_type_for(request.user, application, timezone.now()) is not None:
        return redirect("applications:detail", programme, edition, code)
    if request.method != "POST":
        return _page(request, application)
    whole = dossier(application)
    try:
        _whole, refused = entering.type_in(
            application=application, values=typed_values(request, whole.questions), by=request.user, at=timezone.now()
        )
    except Denied as denied:
        return answers.texts_back(request, denied.refusal, application.call)
    if refused:
        return _page(request, application, refused)
    if "send" in request.POST:
        return _send(request, application)
    messages.success(request, _("Saved."))
    return redirect("applications:type_for", programme, edition, code)


def _send(request: HttpRequest, application: Application) -> HttpResponse:
    edition = application.call.edition
    slugs = (edition.programme.slug, edition.slug, application.code)
    try:
        entering.send(application=application, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(answers.in_zone(denied.refusal, application.call)))
        return redirect("applications:type_for", *slugs)
    messages.success(request, _("Sent. The person gets the receipt by letter."))
    return redirect("applications:detail", *slugs)


def _page(request: HttpRequest, application: Application, refused: dict[int, Refusal] | None = None) -> HttpResponse:
    whole = dossier(application)
    parts = [(section, pages.fields_of(whole, section)) for section in pages.sections_of(whole)]
    for _section, fields in parts:
        answers.show_refused(fields, refused or {}, request.POST)
    shown = {
        "edition": application.call.edition, "stage": "applications", "parts": parts, "dossier": whole, "closed": None,
        "lacks": pages.lacks(whole), "refused": bool(refused), "typed": application, "lead": access.lead_name(application),
    }  # fmt: skip
    return render(request, "applications/office/type_for.html", shown, status=422 if refused else 200)


@require_POST
def take_over(request: HttpRequest, code: str) -> HttpResponse:
    """The lead takes over what was typed in for them."""
    application = access.get_application(request.user, code)
    try:
        entering.take_over(application=application, by=request.user, at=timezone.now())
    except Denied as denied:
        return home.page(request, application, denied.refusal)
    messages.success(request, _("The application is yours alone now."))
    return redirect("applications:edit", code)
