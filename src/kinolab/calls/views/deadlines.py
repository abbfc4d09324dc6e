"""Pages for organisers: closes of strands and roles, late codes, the seal."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.calls import access, forms
from kinolab.calls.actions import building
from kinolab.calls.actions import deadlines as actions
from kinolab.calls.models import Call
from kinolab.calls.queries import closes
from kinolab.calls.views.manage import REFUSED, context_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied


def _zone(call: Call) -> str:
    return call.timezone or call.edition.timezone


@require_http_methods(["GET", "HEAD", "POST"])
def deadlines(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Who has until when: strands and roles, people with a code; and from when the office reads."""
    call = access.get_call(request.user, programme, edition)
    listed = closes.listed(call, list(call.strands.all()))
    form = forms.OwnClosesForm(request.POST or None, listed=listed, zone=_zone(call))
    if request.method == "POST" and form.is_valid():
        given = {name: building.in_zone(until, _zone(call)) for name, until in form.cleaned_data.items()}
        try:
            actions.set_own_closes(call=call, given=given, by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("calls:deadlines", programme, edition)
    return _page(request, call, form=form)


def _page(
    request: HttpRequest, call: Call, *, form: forms.OwnClosesForm | None = None, code: forms.CodeForm | None = None
) -> HttpResponse:
    at = timezone.now()
    listed = closes.listed(call, list(call.strands.all()))
    bound = (form and form.is_bound) or (code and code.is_bound)
    context = context_of(
        call, "deadlines", at=at, listed=listed, longer=[one for one in listed if one.close and one.close.before],
        form=form or forms.OwnClosesForm(listed=listed, zone=_zone(call)), code=code or forms.CodeForm(),
        codes=call.late_codes.select_related("issued_by", "revoked_by"), is_sealed=closes.is_sealed(call, at),
        why_not_seal=access.why_not_seal(request.user, call, not call.sealed, at),
        site=settings.KINOLAB_URL,
        may_issue=call.published_at is not None and call.closes_at is not None,
    )  # fmt: skip
    return render(request, "calls/manage/deadlines.html", context, status=REFUSED if bound else 200)


@require_POST
def issue_code(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Give somebody a late code."""
    call = access.get_call(request.user, programme, edition)
    form = forms.CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, call, code=form)
    values = form.cleaned_data | {"until": building.in_zone(form.cleaned_data["until"], _zone(call))}
    try:
        issued = actions.issue_code(call=call, values=values, by=request.user, at=timezone.now())
    except Denied as denied:
        form.add_error("until", reasons.explain(denied.refusal))
        return _page(request, call, code=form)
    messages.success(request, gettext("The code: %(code)s") % {"code": issued.code})
    return redirect("calls:deadlines", programme, edition)


@require_POST
def revoke_code(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Take a late code back."""
    call = access.get_call(request.user, programme, edition)
    try:
        actions.revoke_code(code=access.get_code(call, number), by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("The code has been taken back. The teams that held it get a letter."))
    return redirect("calls:deadlines", programme, edition)


@require_POST
def seal(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Seal the call, or take the seal off."""
    call = access.get_call(request.user, programme, edition)
    try:
        actions.seal(call=call, sealed=request.POST.get("sealed") == "yes", by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("Saved."))
    return redirect("calls:deadlines", programme, edition)
