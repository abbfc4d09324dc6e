"""The drawings of a road map, a page for each: no page loads what it does not show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinolab.impact import access, words
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.safety import Eyes, Outward
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import drawings
from kinolab.impact.queries import plan as plans
from kinolab.impact.queries.drawings import Drawing

_READ = frozenset({Part.GOAL, Part.RESULT, Part.INDICATOR, Part.PERIOD, Part.TARGET, Part.ACTUAL})


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page of drawings needs: its parts of the road map, and how it is drawn."""

    parts: frozenset[Part]
    draw: Callable[[Outward, RoadMap], Sequence[Drawing]]
    small: bool = False


def _change(outward: Outward, road_map: RoadMap) -> Sequence[Drawing]:
    return drawings.twice(lambda wide: [drawings.theory_of_change(outward, wide=wide, dye=road_map.edition.dye)])


def _timeline(outward: Outward, _: RoadMap) -> Sequence[Drawing]:
    today = timezone.now().date()
    if len(outward.plan.activities) > drawings.TOO_MANY:  # once is enough to load
        return drawings.timelines(outward, today)
    return drawings.twice(lambda wide: drawings.timelines(outward, today, wide=wide), drawings.PHONE_TIMELINE)


def _results(outward: Outward, _: RoadMap) -> Sequence[Drawing]:
    return drawings.twice(lambda wide: [drawings.results_matrix(outward, wide=wide)])


def _indicators(outward: Outward, _: RoadMap) -> Sequence[Drawing]:
    return drawings.indicator_charts(outward)


def _budget(outward: Outward, _: RoadMap) -> Sequence[Drawing]:
    return drawings.twice(lambda wide: drawings.budget_charts(outward, wide=wide))


PICTURES = {
    "change": Picture(frozenset({Part.VISION, Part.GOAL, Part.ACTIVITY, Part.RESULT}), _change),
    "timeline": Picture(frozenset({Part.VISION, Part.GOAL, Part.ACTIVITY, Part.WINDOW, Part.MILESTONE}), _timeline),
    "results": Picture(_READ, _results),
    "indicators": Picture(_READ, _indicators, small=True),
    "budget": Picture(frozenset({Part.MONEY, Part.LINE}), _budget),
}


@require_safe
def picture(request: HttpRequest, code: str, picture: str = "change") -> HttpResponse:
    """One page of drawings. A picture travels easily: the team too sees here what the lab's eyes may see."""
    road_map = access.get_road_map(request.user, code)
    if picture not in PICTURES:
        raise Http404
    here, who = PICTURES[picture], road_map.who
    outward = plans.outward([road_map], Eyes.LAB, here.parts)[road_map.pk]
    drawn = here.draw(outward, road_map)
    context = {
        "road_map": road_map,
        "edition": road_map.edition,
        "stage": "impact",
        "base": "labs/edition_base.html" if who.reads else "impact/_frame.html",
        "title": outward.plan.title,
        "here": picture,
        "here_name": words.PICTURES[picture],
        "pictures": words.PICTURES.items(),
        "drawn": drawn,
        "several": len(drawn) > 1 or here.small,
        "small": here.small,
    }
    return render(request, "impact/pictures.html", context)
