"""Codes of the lab: beginning with one, and putting one into a draft."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kinolab.applications import access
from kinolab.applications.actions import late
from kinolab.applications.forms import LateCodeForm
from kinolab.applications.views import form as pages
from kinolab.applications.views import home
from kinolab.applications.views.answers import in_zone
from kinolab.foundation.refusals import Denied, Refusal


@login_not_required
@require_POST
def start(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Begin a draft with a code. Whoever has to sign in first comes back with it."""
    call = access.get_call(programme, edition)
    form = LateCodeForm(request.POST)
    if not request.user.is_authenticated:
        back = reverse("applications:start", args=(programme, edition))
        if form.is_valid():
            back = f"{back}?{urlencode({'code': form.cleaned_data['code']})}"
        return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}")
    if not form.is_valid():
        return pages.start_page(request, call, Refusal("late_code_unknown"), late=form)
    given = {"key": form.cleaned_data["key"], "code": form.cleaned_data["code"], "language": get_language() or "en"}
    try:
        application = late.begin(call=call, by=request.user, at=timezone.now(), **given)
    except Denied as denied:
        return pages.start_page(request, call, denied.refusal, late=form)
    return redirect("applications:edit", application.code)


@require_POST
def use_code(request: HttpRequest, code: str) -> HttpResponse:
    """Put a code into the application."""
    application = access.get_application(request.user, code)
    form = LateCodeForm(request.POST)
    form.is_valid()
    said = form.cleaned_data.get("code", "")
    try:
        late.use_code(application=application, code=said, by=request.user, at=timezone.now())
    except Denied as denied:
        refusal = Refusal(denied.refusal.code, {**denied.refusal.facts, "late": True})
        return home.page(request, application, in_zone(refusal, application.call))
    messages.success(request, _("The code is in the application now."))
    return redirect("applications:edit", code)
