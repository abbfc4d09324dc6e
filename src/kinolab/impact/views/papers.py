"""Papers for whoever may open the road map: for which eyes, in which language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kinolab.foundation.ui import paths
from kinolab.impact import access, words
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import papers
from kinolab.impact.queries.shown import Look, look


@require_safe
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """For whose eyes, in which language; the poster of that choice on the page."""
    road_map = access.get_road_map(request.user, code)
    wanted = request.GET.get("for", Eyes.PUBLIC.value)
    if wanted not in set(Eyes):
        raise Http404
    shown = look(road_map)
    seen = shown.on_paper(Eyes(wanted))
    context = {
        "road_map": road_map,
        "edition": road_map.edition,
        "stage": "impact",
        "base": "labs/edition_base.html" if road_map.who.reads else "impact/_frame.html",
        "title": shown.covered(road_map.title),
        "chosen": wanted,
        "eyes": [(one.value, words.PAPERS_FOR[one]) for one in Eyes],
        "tongues": [(tag, name, paths.in_language(request.path, tag)) for tag, name in settings.LANGUAGES],
        "vision": seen.plan.vision.statement,
        "unsafe": len(shown.unsafe),
    }
    return render(request, "impact/papers.html", context)


@require_safe
def paper(request: HttpRequest, code: str, eyes: str, name: str) -> HttpResponse:
    """The paper of this name, as these eyes may take it away, in the language of the address."""
    shown = look(access.get_road_map(request.user, code))
    if eyes not in set(Eyes) or name not in papers.NAMES:
        raise Http404
    return file_of(shown, Eyes(eyes), name)


@require_safe
def picture(request: HttpRequest, code: str, eyes: str) -> HttpResponse:
    """The poster as a picture."""
    shown = look(access.get_road_map(request.user, code))
    if eyes not in set(Eyes):
        raise Http404
    return HttpResponse(papers.picture(shown, Eyes(eyes), timezone.localdate()), content_type="image/png")


def file_of(shown: Look, eyes: Eyes, name: str) -> HttpResponse:
    """A paper as an answer; its name tells the code of the road map alone."""
    made = papers.pdf(shown, eyes, name, timezone.localdate())
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_file_name(shown.road_map, name)}"'
    return response


def _file_name(road_map: RoadMap, name: str) -> str:
    return f"{name}-{road_map.code}-{get_language()}.pdf"
