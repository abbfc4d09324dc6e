"""Pages for the staff: typing an application in for somebody; and for that person: taking it over."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.applications import access
from kinolab.applications.actions import entering, typing
from kinolab.applications.actions.team import OWN_PART
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.forms import EnterForm, OwnPartForm, TypedMemberForm
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries import form as pages
from kinolab.applications.queries import uploads
from kinolab.applications.queries.dossier import dossier
from kinolab.applications.views import answers, home
from kinolab.applications.views.form import typed_values
from kinolab.applications.views.team import own_values
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.questions.domain.answers import Kind
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


@require_POST
def type_member(request: HttpRequest, programme: str, edition: str, code: str) -> HttpResponse:
    """Put somebody into the team of an application that is entered for somebody."""
    found = labs.get_edition(request.user, programme, edition, Permission.SEE_CONTACTS)
    application = access.get_for_office(request.user, found, code)
    form = TypedMemberForm(request.POST, roles=application.call.roles)
    if not form.is_valid():
        return _page(request, application, member=form)
    try:
        part = typing.add_member(application=application, by=request.user, at=timezone.now(), **form.values())
    except Denied as denied:
        form.add_error(None, explain(answers.in_zone(denied.refusal, application.call)))
        return _page(request, application, member=form)
    return redirect("applications:type_part", programme, edition, code, part.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def type_part(request: HttpRequest, programme: str, edition: str, code: str, number: int) -> HttpResponse:
    """Somebody's own part, typed from what they sent on paper or by mail."""
    found = labs.get_edition(request.user, programme, edition, Permission.SEE_CONTACTS)
    application = access.get_for_office(request.user, found, code)
    part = access.get_member(application, number)
    part.application = application
    if access.why_not_type_part(request.user, part, timezone.now()) is not None:
        return redirect("applications:detail", programme, edition, code)
    if request.method != "POST":
        return _part_page(request, part)
    form, whole = OwnPartForm(request.POST, roles=application.call.roles), dossier(application)
    own = whole.part_of(part)
    if not form.is_valid():
        return _part_page(request, part, form)
    said = {name: form.cleaned_data[name] for name in ("name", "role", *OWN_PART)}
    try:
        _whole, refused = typing.type_part(
            part=part, said=said, values=typed_values(request, own.questions if own else []), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except Denied as denied:
        return answers.texts_back(request, denied.refusal, application.call)
    application.team_list = None
    part = access.get_member(application, number)
    part.application = application
    if refused:
        return _part_page(request, part, refused=refused)
    return _part_saved(request, part)


def _part_saved(request: HttpRequest, part: TeamMember) -> HttpResponse:
    application, edition = part.application, part.application.call.edition
    asked = "ask" in request.POST and typing.ask_to_confirm(part=part, by=request.user, at=timezone.now())
    messages.success(request, _("Saved. A letter with the link is on its way.") if asked else _("Saved."))
    slugs = (edition.programme.slug, edition.slug, application.code)
    return redirect("applications:type_part", *slugs, part.pk)


def _part_page(
    request: HttpRequest, part: TeamMember, form: OwnPartForm | None = None, refused: dict[int, Refusal] | None = None
) -> HttpResponse:
    application = part.application
    application.team_list = None
    whole = dossier(application)
    own = whole.part_of(part)
    fields = [pages.field_of(own, one) for one in own.questions] if own else []
    answers.show_refused(fields, refused or {}, request.POST)
    if form is not None:
        answers.fill(fields, request.POST)
    shown = {
        "edition": application.call.edition, "stage": "applications", "typed": application, "part": part, "closed": None,
        "fields": fields, "own": form or OwnPartForm(roles=application.call.roles, initial=own_values(part)),
        "refused": bool(refused), **_files(request, application, fields, part),
    }  # fmt: skip
    return render(request, "applications/office/type_part.html", shown, status=422 if refused or form else 200)


def _files(
    request: HttpRequest, application: Application, fields: Sequence[pages.Field], whose: TeamMember | None = None
) -> dict[str, object]:
    """The fields that take files, with what is on its way to them."""
    taking = [one for one in fields if one.question.kind == Kind.FILE]
    if taking:
        session = request.session.session_key or ""
        pages.with_uploads(taking, uploads.of_application(application, request.user, session, whose))
    for one in taking:
        one.for_member = f"?member={whose.pk}" if whose else ""
    return {"file_fields": taking, "sends_files": bool(taking)}


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


def _page(
    request: HttpRequest,
    application: Application,
    refused: dict[int, Refusal] | None = None,
    member: TypedMemberForm | None = None,
) -> HttpResponse:
    application.team_list = None
    whole = dossier(application)
    parts = [(section, pages.fields_of(whole, section)) for section in pages.sections_of(whole)]
    for _section, fields in parts:
        answers.show_refused(fields, refused or {}, request.POST)
    shown = {
        "edition": application.call.edition, "stage": "applications", "parts": parts, "dossier": whole, "closed": None,
        "lacks": pages.lacks(whole), "refused": bool(refused), "typed": application, "lead": access.lead_name(application),
        "team": [one for one in whole.team if one.state in (MemberState.JOINED, MemberState.INVITED)],
        "member": member or TypedMemberForm(roles=application.call.roles),
        **_files(request, application, [one for _section, fields in parts for one in fields]),
    }  # fmt: skip
    return render(request, "applications/office/type_for.html", shown, status=422 if refused or member else 200)


@require_POST
def confirm_part(request: HttpRequest, code: str) -> HttpResponse:
    """One's own part, typed by the lab, is right as the page showed it."""
    application = access.get_application(request.user, code)
    seen = request.POST.get("seen", "")[:64]
    try:
        typing.confirm(application=application, seen=seen, by=request.user, at=timezone.now())
    except Denied as denied:
        return home.page(request, application, denied.refusal)
    messages.success(request, _("Confirmed. Thank you."))
    return redirect("applications:part" if dossier(application).parts else "applications:team", code)


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
