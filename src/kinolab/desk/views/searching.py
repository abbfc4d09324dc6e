"""The search of everything public."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from kinolab.catalogue import words as of_films
from kinolab.desk import words
from kinolab.desk.queries import searching as queries
from kinolab.foundation.people import limits

LONGEST = 10_000  # characters; of what is longer nothing is looked at
_WORDS = {"kinds": words.SEARCHED, "each": words.SEARCHED_ONE, "film_kinds": of_films.KINDS, "roles": of_films.ROLES,
          "agent_kinds": of_films.AGENT_KINDS}  # fmt: skip


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What answers a question, by kind. Nobody keeps the page: what is withdrawn is gone from it at once."""
    if limits.why_not_try("search", "", limits.client_of(request)):
        response = render(request, "ui/errors/429.html", {"minutes": 1}, status=429)
        response["Retry-After"] = "60"
        return response
    asked = request.GET
    kind, number = asked.get("kind", ""), asked.get("page", "")
    shown = queries.search_page(
        asked.get("q", "")[:LONGEST],
        kind if kind in queries.KINDS else "",
        int(number) if number.isascii() and number.isdigit() and len(number) < len("1000") else 1,
        timezone.now(),
    )
    context = {"shown": shown, "found": shown.found, "ways": queries.ways()}
    return _unkept(render(request, "desk/search.html", context | _WORDS))


@login_not_required
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles and names that begin like what is typed, as options of a list."""
    if limits.why_not_try("suggest", "", limits.client_of(request)):
        return HttpResponse(status=429)
    rows = queries.suggestions(request.GET.get("q", "")[:LONGEST], timezone.now())
    return _unkept(render(request, "desk/_suggestions.html", {"rows": rows} | _WORDS))


def _unkept(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, private=True, no_cache=True)
    return response
