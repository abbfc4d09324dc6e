"""The list of open calls for machines (JSON, iCalendar) and for other people's pages (a block in a frame)."""

import json
from collections.abc import Callable
from hashlib import sha256

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from kinolab.calls import access
from kinolab.calls.queries import calendars, feed
from kinolab.calls.views.manage import context_of
from kinolab.foundation.ui.calendars import CONTENT_TYPE
from kinolab.foundation.ui.visitors import for_visitors
from kinolab.labs.models import Organisation

KEPT_INSIDE = 30  # seconds: so long one answer is made for all
KEPT_OUTSIDE = 300  # seconds
CODES = [tag for tag, _ in settings.LANGUAGES]


@login_not_required
@require_safe
def as_json(request: HttpRequest, organisation: str = "") -> HttpResponse:
    """The list as JSON; `?lang=` flattens its texts. Any page may ask for it."""
    language = _language(request, "")

    def body() -> bytes:
        at = timezone.now()
        told = feed.as_data(feed.coming(at, organisation), at, language)
        return json.dumps(told, ensure_ascii=False, indent=1).encode()

    response = _kept(request, f"json:{organisation}:{language}", organisation, body, "application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@require_safe
def as_calendar(request: HttpRequest, organisation: str = "") -> HttpResponse:
    """Every close as a calendar to subscribe to; `?lang=` chooses the language of its words."""
    language = _language(request, settings.LANGUAGE_CODE)

    def body() -> bytes:
        at = timezone.now()
        with override(language):
            return calendars.deadlines_of(feed.deadlines(feed.coming(at, organisation)), at).to_ical()

    return _kept(request, f"ics:{organisation}:{language}", organisation, body, CONTENT_TYPE)


def _language(request: HttpRequest, otherwise: str) -> str:
    asked = request.GET.get("lang", "")
    if asked and asked not in CODES:
        raise Http404
    return asked or otherwise


def _kept(
    request: HttpRequest, name: str, organisation: str, body: Callable[[], bytes], content_type: str
) -> HttpResponse:
    """The answer, made once in a while; 304 for whoever has it already; 404 for an organisation that is not here."""
    key = f"feed:{sha256(name.encode()).hexdigest()}"
    made = cache.get(key)
    if made is None:
        if organisation:
            get_object_or_404(Organisation, slug=organisation)
        made = body()
        cache.set(key, made, KEPT_INSIDE)
    response = HttpResponse(made, content_type=content_type)
    response["Cache-Control"] = f"public, max-age={KEPT_OUTSIDE}"
    response["ETag"] = etag = f'"{sha256(made).hexdigest()[:24]}"'
    return get_conditional_response(request, etag=etag, response=response) or response


@login_not_required
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.KINOLAB_EMBED or ["'none'"]})
@for_visitors(KEPT_OUTSIDE)
def block(request: HttpRequest, organisation: str = "") -> HttpResponse:
    """The open calls as a small page for a frame: no cookie, no script, nothing of whoever looks."""
    if organisation:
        get_object_or_404(Organisation, slug=organisation)
    shown = {"standings": feed.coming(timezone.now(), organisation), "site": settings.KINOLAB_URL}
    return render(request, "calls/public/block.html", shown)


@require_safe
def website(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """For organisers: how the call comes onto their own website."""
    call = access.get_call(request.user, programme, edition)
    organisation = call.edition.programme.organisation.slug
    language = get_language() or settings.LANGUAGE_CODE
    context = context_of(
        call, "website", embed=feed.address("calls:block_of", organisation, language=language),
        page_address=feed.address("calls:page", programme, edition, language=language),
        feeds=[settings.KINOLAB_URL + path for path in (f"/feeds/v1/{organisation}/calls.json",
                                                       f"/feeds/v1/{organisation}/calls.ics")],
        framed=settings.KINOLAB_EMBED,
    )  # fmt: skip
    return render(request, "calls/manage/website.html", context)
