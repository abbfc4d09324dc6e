"""The applicant's home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinolab.desk.queries import mine as queries
from kinolab.desk.queries.shapes import way
from kinolab.impact import access as road_maps
from kinolab.impact.queries import outcomes
from kinolab.production.queries import segments
from kinolab.reviews.access import is_reader


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything a person has applied with, how it stands, and what it needs."""
    at = timezone.now()
    page = queries.mine_page(request.user, at)
    own = [(one, way(one)) for one in page.own]
    shown = {
        "page": page,
        "own": own,
        "at": at,
        "reads": is_reader(request.user),
        "has_road_maps": road_maps.own(request.user).exists(),
        "has_segments": segments.own(request.user).exists(),
        "has_outcomes": outcomes.about(request.user).exists(),
    }
    return render(request, "desk/mine.html", shown)
