"""The team's page, invitations, and each member's own part."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kinolab.applications import access
from kinolab.applications.actions import team as actions
from kinolab.applications.actions.team import OWN_PART
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.forms import InviteForm, OwnPartForm
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries import form as pages
from kinolab.applications.queries.dossier import dossier
from kinolab.applications.views.answers import zone_of
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.people import sessions, tokens
from kinolab.foundation.refusals import Denied


@require_safe
def team(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in the team, whom to invite, and one's own part."""
    return page(request, access.get_application(request.user, code))


@require_POST
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Invite somebody."""
    application = access.get_application(request.user, code)
    form = InviteForm(request.POST, roles=application.call.roles)
    let_role_be(form, application)
    if form.is_valid():
        try:
            part = actions.invite(application=application, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Invitation sent to %(email)s.") % {"email": part.email})
            return redirect("applications:team", code)
        except Denied as denied:
            form.add_error(None, explain(denied.refusal))
    return page(request, application, invite=form)


@require_POST
def member(request: HttpRequest, code: str, number: int, verb: str) -> HttpResponse:
    """Write again, remove, leave, let somebody send: one button each."""
    application = access.get_application(request.user, code)
    part = access.get_member(application, number)
    part.application = application
    by, at = request.user, timezone.now()
    try:
        if verb == "again":
            actions.invite_again(part=part, by=by, at=at)
            messages.success(request, _("Invitation sent to %(email)s.") % {"email": part.email})
        elif verb == "remove":
            actions.remove(part=part, by=by, at=at)
            if part.person_id == by.pk:
                messages.success(request, _("You have left the team."))
                return redirect("desk:mine")
        elif verb == "lead":
            actions.offer_lead(part=part, by=by, at=at)
            messages.success(request, _("They have been asked by letter. You lead the application until they say yes."))
        else:
            actions.let_submit(part=part, may_submit=verb == "let", by=by, at=at)
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    return redirect("applications:team", code)


@require_POST
def lead(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Take the lead that was offered; say no to it, or take it back."""
    application = access.get_application(request.user, code)
    act = actions.take_lead if verb == "take" else actions.take_back_offer
    try:
        act(application=application, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    return redirect("applications:team", code)


@login_not_required
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: who invites to what; accept or decline. The letter's own link signs in with the same press."""
    return _invitation(request, access.get_invitation(token))


def _invitation(request: HttpRequest, part: TeamMember, status: int = 200) -> HttpResponse:
    """The page; its `key` comes with the letter alone. Looking at it uses nothing up: programs look at links too."""
    key = request.POST.get("key") or request.GET.get("key") or ""
    signed_in, joined = request.user.is_authenticated, part.state == MemberState.JOINED
    own = signed_in and part.email == request.user.email
    refusal = access.why_not_answer_invitation(request.user, part, timezone.now())
    if joined and not signed_in:
        refusal = None  # it may be theirs: they sign in as they always do
    lets_in = not joined and not own and tokens.entrance_of_invitation(key, part.token) is not None
    context = {
        "key": key if lets_in else "",
        "written_to": tokens.invited(key, part.token),  # else the address is not for these eyes
        "part": part,
        "application": part.application,
        "call": part.application.call,
        "edition": part.application.call.edition,
        "refusal": refusal,
        "other_address": signed_in and not own,
    }
    return render(request, "applications/team/invitation.html", context, status=status)


@login_not_required
@require_POST
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Come in with the letter's link and join the team, in one press."""
    part = access.get_invitation(token)
    try:
        joined = actions.join(
            part=part, key=request.POST.get("key", ""), language=get_language() or "", at=timezone.now()
        )
    except Denied:  # the page says why, and what to do
        return _invitation(request, access.get_invitation(token), status=410)
    sessions.begin(request, joined.person)
    return _joined(request, joined)


@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Join the team."""
    part = access.get_invitation(token)
    try:
        joined = actions.accept(part=part, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
        return redirect("applications:invitation", token)
    return _joined(request, joined)


def _joined(request: HttpRequest, joined: TeamMember) -> HttpResponse:
    messages.success(request, _("You are in the team now."))
    return redirect("applications:team", joined.application.code)


@login_not_required
@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Say no; no account is needed for that."""
    part = access.get_invitation(token)
    by = request.user if request.user.is_authenticated else None
    try:
        actions.decline(part=part, by=by, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    return redirect("applications:invitation", token)


def let_role_be(form: InviteForm | OwnPartForm, application: Application) -> None:
    """Ask for a role where the call has roles."""
    form.fields["role"].required = bool(application.call.roles)


def page(
    request: HttpRequest, application: Application, invite: InviteForm | None = None, own: OwnPartForm | None = None
) -> HttpResponse:
    """The page, with a form that was refused."""
    at = timezone.now()
    whole = dossier(application)
    me = access.member(request.user, application)
    roles = application.call.roles
    steps = pages.steps(whole, "team")
    place = [one.key for one in steps].index("team")
    context = {
        "application": application,
        "dossier": whole,
        "me": me,
        "here": "team",
        "zone": zone_of(request, application.call),
        "members": [_shown(request, one, at) for one in whole.team if one.state != "removed"],
        "invite": invite or InviteForm(roles=roles),
        "own": own or OwnPartForm(roles=roles, initial=own_values(me)),
        "form": own or invite,
        "steps": steps,
        "next": steps[place + 1],
        "number": place + 1,
        "why_not_invite": access.why_not_invite(request.user, application, at),
        "why_not_own": access.why_not_fill_own_part(request.user, application, at),
        "closed": access.why_not_edit(request.user, application, at),
        "lacks": pages.lacks(whole),
        "changes": pages.recent_changes(whole),
        "at": at,
    }
    return render(request, "applications/team/team.html", context, status=422 if invite or own else 200)


def own_values(me: TeamMember) -> dict[str, object]:
    """What a member has said of themselves."""
    return {name: getattr(me, name) for name in ("name", "role", "version", *OWN_PART)}


def _shown(request: HttpRequest, part: TeamMember, at: object) -> dict[str, object]:
    """A member and the buttons beside them."""
    own = access.member(request.user, part.application)
    return {
        "part": part,
        "mine": own is not None and own.pk == part.pk,
        "may_remove": part.state in ("joined", "invited") and access.why_not_remove(request.user, part, at) is None,
        "may_let": part.state in ("joined", "invited")
        and not part.is_lead
        and access.why_not_let_submit(request.user, part, at) is None,
        "may_offer": access.why_not_offer_lead(request.user, part, at) is None,
        "is_asked": part.application.offered_to_id == part.pk,
        "may_write": part.state == "invited" and own is not None,
    }
