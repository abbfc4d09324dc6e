"""The lock of the film: what is missing, what it settles, opening it again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.foundation.refusals import Denied, Refusal
from kinolab.production import access, assembly_forms, words
from kinolab.production.actions import assembling, locking
from kinolab.production.models import Omnibus
from kinolab.production.queries import assembly as queries
from kinolab.production.queries import locks
from kinolab.production.views.films import REFUSED, frame

STAGE = "locked"


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest, film: str) -> HttpResponse:
    """What a lock would settle; settle it."""
    found = access.get_omnibus(request.user, film)
    if request.method != "POST":
        return _page(request, found)
    seen = queries.read_mark(request.POST.get("seen", ""))
    try:
        locking.lock(omnibus=found, seen=seen, by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, found, refusal=denied.refusal)
    messages.success(request, gettext("The film is locked. The catalogue has its parts."))
    return redirect("production:lock", film)


@require_POST
def unlock(request: HttpRequest, film: str) -> HttpResponse:
    """Open the film again."""
    found = access.get_omnibus(request.user, film)
    form = assembly_forms.WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, why=form)
    try:
        locking.unlock(omnibus=found, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, found, refusal=denied.refusal)
    messages.success(request, gettext("The film is open again."))
    return redirect("production:assembly", film)


def _page(request: HttpRequest, omnibus: Omnibus, *, refusal: Refusal | None = None, why: Any = None) -> HttpResponse:
    context = frame(omnibus, STAGE) | {
        "shown": queries.assembly_page(omnibus),
        "locks": locks.locks(omnibus),
        "settled": omnibus.state in assembling.SETTLED,
        "refusal": refusal,
        "why": why or assembly_forms.WhyForm(),
        "kinds": words.SEGMENT_KINDS,
        "fits": words.FITS,
        "reason_words": words.CUT_REASONS,
    }
    status = REFUSED if refusal or why else 200
    return render(request, "production/lock.html", context, status=status)
