"""HTTP on one side, one query or one action on the other."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.labs import access, actions, forms, queries
from kinolab.labs.domain.roles import Permission, Role
from kinolab.labs.models import Edition

REFUSED = 422  # the status of a form that could not be taken; nothing typed is lost


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Who works on the edition; add somebody by their address."""
    found = access.get_edition(request.user, programme, edition, Permission.MANAGE_TEAM)
    form = forms.InviteForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data.pop("role"))
        try:
            actions.add_member(edition=found, role=role, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Added. A letter with the way in is going out."))
            return redirect("labs:team", programme, edition)
    return _team_page(request, found, form)


def _team_page(request: HttpRequest, found: Edition, form: forms.InviteForm) -> HttpResponse:
    rows = [(one, forms.RoleForm(initial={"role": one.role}, auto_id=f"role-{one.pk}")) for one in queries.team(found)]
    context = {"edition": found, "form": form, "rows": rows}
    return render(request, "labs/team.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
def change_role(request: HttpRequest, programme: str, edition: str, member: int) -> HttpResponse:
    """Give a member another role."""
    found = access.get_edition(request.user, programme, edition, Permission.MANAGE_TEAM)
    one = access.get_member(found, member)
    form = forms.RoleForm(request.POST)
    if form.is_valid():
        try:
            role = Role(form.cleaned_data["role"])
            actions.change_role(member=one, edition=found, role=role, by=request.user, at=timezone.now())
        except Denied as denied:
            messages.error(request, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
    return redirect("labs:team", programme, edition)


@require_POST
def remove_member(request: HttpRequest, programme: str, edition: str, member: int) -> HttpResponse:
    """Take a role away."""
    found = access.get_edition(request.user, programme, edition, Permission.MANAGE_TEAM)
    one = access.get_member(found, member)
    try:
        actions.remove_member(member=one, edition=found, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("The role is taken away."))
    return redirect("labs:team", programme, edition)
