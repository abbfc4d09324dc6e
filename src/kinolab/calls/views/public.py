"""Pages for visitors: the calls, a programme, a call, the check of eligibility."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kinolab.calls import access
from kinolab.calls.models import Call
from kinolab.calls.queries import public as queries
from kinolab.foundation.ui.visitors import changes_in, for_visitors, zone_of
from kinolab.labs.domain.roles import Permission

KEPT = 60  # seconds; a call's page tells the instant itself, so an old copy is never wrong about it


def get_call(programme: str, edition: str) -> Call:
    """The published call at these slugs, or 404."""
    found = queries.find(programme, edition, timezone.now())
    if found is None:
        raise Http404
    return found


def get_shown(request: HttpRequest, programme: str, edition: str) -> Call:
    """The call as `get_call` finds it; one that is being prepared for those who work on it, as visitors will see it."""
    found = queries.find(programme, edition, timezone.now())
    if found is not None:
        return found
    if not request.user.is_authenticated:
        raise Http404
    return access.get_call(request.user, programme, edition, Permission.SEE_DASHBOARD)


@login_not_required
@require_safe
@for_visitors(KEPT)
def list_calls(request: HttpRequest) -> HttpResponse:
    """Every call: open, announced, past."""
    standings = queries.standings(timezone.now())
    context = {
        "open": [one for one in standings if one.is_open],
        "soon": [one for one in standings if one.state == "announced"],
        "past": [one for one in standings if not one.is_open and one.state != "announced"],
        "zone": zone_of(request),
    }
    return render(request, "calls/public/list.html", context)


@login_not_required
@require_safe
@for_visitors(KEPT)
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """A programme and its editions."""
    shown = queries.programme_page(programme, timezone.now())
    if shown is None:
        raise Http404
    return render(request, "calls/public/programme.html", {"shown": shown, "programme": shown.programme})


@login_not_required
@require_safe
@for_visitors(KEPT)
def page(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The page of a call."""
    call = get_shown(request, programme, edition)
    shown = queries.call_page(call, timezone.now(), zone_of(request))
    response = render(request, "calls/public/page.html", _context(shown))
    return changes_in(response, shown.standing.seconds_left) if shown.standing.until else response


def _context(shown: queries.CallPage) -> dict[str, object]:
    return {
        "shown": shown,
        "standing": shown.standing,
        "call": shown.call,
        "edition": shown.edition,
        "checker": shown.checker,
        "machine_facts": machine_facts(shown),
    }


@login_not_required
@require_safe
def check(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """“Am I eligible?”: the questions with the answers given so far. Nothing is kept, here or in between."""
    call = get_shown(request, programme, edition)
    given = {key.removeprefix("r-"): text for key, text in request.GET.items() if key.startswith("r-")}
    context = {
        "call": call,
        "edition": call.edition,
        "standing": queries.Standing(call, timezone.now()),
        "checker": queries.checker(call, list(call.rules.all()), given),
    }
    template = "calls/public/_check_result.html" if request.htmx else "calls/public/check.html"
    response = render(request, template, context)
    response["Cache-Control"] = "private, no-store"
    return response


def machine_facts(shown: queries.CallPage) -> dict[str, object]:
    """The call as schema.org says it, for machines that list events. Only dates known to the day are told."""
    call, edition = shown.call, shown.edition
    address = settings.KINOLAB_URL + reverse("calls:page", args=[edition.programme.slug, edition.slug])
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": str(edition),
        "description": str(call.lead),
        "url": address,
        "inLanguage": get_language(),
        "eventStatus": "https://schema.org/" + ("EventCancelled" if edition.cancelled_at else "EventScheduled"),
        "eventAttendanceMode": "https://schema.org/" + _ATTENDANCE[edition.mode],
        "organizer": {
            "@type": "Organization",
            "name": str(edition.programme.organisation),
            "url": settings.KINOLAB_URL,
        },
    }
    for name, day, precision in (
        ("startDate", edition.starts_on, edition.starts_precision),
        ("endDate", edition.ends_on, edition.ends_precision),
    ):
        if day and precision == "day":
            facts[name] = day.isoformat()
    if edition.city:
        place = {"@type": "PostalAddress", "addressLocality": str(edition.city), "addressCountry": edition.country}
        facts["location"] = {"@type": "Place", "name": str(edition.city), "address": place}
    if call.opens_at and call.closes_at and call.hour_known:
        opens, closes = call.opens_at.isoformat(), call.closes_at.isoformat()
        facts["offers"] = {"@type": "Offer", "url": address, "availabilityStarts": opens, "availabilityEnds": closes}
    return facts


_ATTENDANCE = {
    "onsite": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
