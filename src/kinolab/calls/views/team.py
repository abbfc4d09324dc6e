"""Page for organisers: what the call asks of teams."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kinolab.calls import access, forms, words
from kinolab.calls.actions import teams
from kinolab.calls.views.manage import REFUSED, context_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied, Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Roles with how many of each, who sends and signs, until when the list stays open."""
    call = access.get_call(request.user, programme, edition)
    form = forms.TeamForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        try:
            teams.change_team(call=call, changes=form.changes(), by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error(None, _explained(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("calls:team", programme, edition)
    context = context_of(call, "team", form=form)
    return render(request, "calls/manage/team.html", context, status=REFUSED if form.is_bound else 200)


def _explained(refusal: Refusal) -> str:
    named = {"role": words.role_name(str(refusal.facts["role"]))} if "role" in refusal.facts else {}
    return reasons.explain(Refusal(refusal.code, {**refusal.facts, **named}))
