"""Each person's own part: the page, signing it, giving it to the lab later."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.applications import access
from kinolab.applications.actions import signing
from kinolab.applications.actions import team as team_actions
from kinolab.applications.actions.team import OWN_PART
from kinolab.applications.forms import OwnPartForm
from kinolab.applications.queries import corrections, earlier
from kinolab.applications.queries import form as pages
from kinolab.applications.queries.dossier import Dossier, dossier
from kinolab.applications.queries.own import own_page
from kinolab.applications.views import answers, team
from kinolab.applications.views.form import decide, save_posted, uploads_of
from kinolab.applications.views.team import let_role_be, own_values
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.foundation.ui.arrival import came_at


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, code: str) -> HttpResponse:
    """What is asked of the person alone; without a script its button saves it. How far the others are."""
    application = access.get_application(request.user, code)
    whole = dossier(application)
    if request.method != "POST":
        return page(request, whole)
    me = access.member(request.user, application)
    own = whole.part_of(me) if me else None
    try:
        saved, refused = save_posted(request, application, list(own.questions) if own else [])
    except Denied as denied:
        return answers.texts_back(request, denied.refusal, application.call)
    if not refused and "decide" in request.POST:
        return decide(request, application)
    if not refused:
        messages.success(request, _("Your part is saved."))
        return redirect("applications:part", code)
    return page(request, saved, refused=refused)


@require_POST
def own_part(request: HttpRequest, code: str) -> HttpResponse:
    """Save what one says of oneself."""
    application = access.get_application(request.user, code)
    form = OwnPartForm(request.POST, roles=application.call.roles)
    let_role_be(form, application)
    if form.is_valid():
        said = form.cleaned_data
        values = {field: said[field] for field in OWN_PART}
        try:
            team_actions.fill_own_part(
                application=application,
                values=values,
                name=said["name"],
                role=said["role"],
                version=said["version"],
                by=request.user,
                at=came_at(request),
            )
            messages.success(request, _("Your part is saved."))
            return redirect("applications:part" if dossier(application).parts else "applications:team", code)
        except Denied as denied:
            form.add_error(None, explain(denied.refusal))
            if "version" in denied.refusal.facts:
                form.data = form.data.copy()
                form.data["version"] = str(denied.refusal.facts["version"])
    whole = dossier(application)
    return page(request, whole, own=form) if whole.parts else team.page(request, application, own=form)


@require_POST
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Sign one's own part as the page showed it."""
    return _give(request, code, signing.sign, _("You have signed your part. A letter with its checksum is on its way."))


@require_POST
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    """Give the lab one's own part after the application was sent."""
    return _give(request, code, signing.hand_in, _("Your part is with the lab."))


def _give(request: HttpRequest, code: str, action: Callable[..., object], done: str) -> HttpResponse:
    application = access.get_application(request.user, code)
    try:
        action(application=application, seen=request.POST.get("seen", "")[:64], by=request.user, at=came_at(request))
    except Denied as denied:
        return page(request, dossier(application), refusal=denied.refusal)
    messages.success(request, done)
    return redirect("applications:part", code)


def page(
    request: HttpRequest,
    whole: Dossier,
    *,
    own: OwnPartForm | None = None,
    refused: dict[int, Refusal] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The page, with what was refused."""
    application, at = whole.application, timezone.now()
    me = access.member(request.user, application)
    assert me is not None
    shown, roles = own_page(whole, me), application.call.roles
    coming = uploads_of(request, whole, [one.question for one in shown.fields])
    own_files = {
        number: [one for one in found if one.upload.owner_id == me.person_id] for number, found in coming.items()
    }
    pages.with_uploads(shown.fields, own_files)
    earlier.waiting(application, shown.fields, me)
    closed = access.why_not_fill_own_part(request.user, application, at)
    correcting = corrections.in_time(application, at) if closed else None
    if correcting is not None:
        wanted = [one.question.pk for one in shown.fields if corrections.name_of(one.question) in correcting.questions]
        open_ = pages.only(shown.fields, wanted)
        correcting = correcting if open_ else None
        shown = replace(shown, fields=open_ or shown.fields)
    if refused:
        answers.show_refused(shown.fields, refused, request.POST)
    steps = pages.steps(whole, "part")
    place = [one.key for one in steps].index("part") if any(one.key == "part" for one in steps) else 0
    context = {
        "application": application,
        "dossier": whole,
        "me": me,
        "page": shown,
        "here": "part",
        "zone": answers.zone_of(request, application.call),
        "own": own or OwnPartForm(roles=roles, initial=own_values(me)),
        "form": own,
        "fields": shown.fields,
        "refused": bool(refused),
        "refusal": refusal,
        "steps": steps,
        "number": place + 1,
        "previous": steps[place - 1] if place else None,
        "next": steps[place + 1],
        "closed": closed,
        "fields_closed": None if correcting else closed,
        "correcting": correcting,
        "sends_files": (closed is None or correcting is not None)
        and any(one.question.kind == Kind.FILE for one in shown.fields),
        "why_not_sign": access.why_not_sign(request.user, application, at),
        "may_hand_in": access.why_not_hand_in(request.user, application, at) is None,
        "lacks": pages.lacks(whole),
        "changes": pages.recent_changes(whole),
        "at": at,
    }
    failed = bool(own or refused or refusal)
    return render(request, "applications/team/part.html", context, status=422 if failed else 200)
