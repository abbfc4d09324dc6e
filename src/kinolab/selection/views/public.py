"""The results for everybody, and one's own letter."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kinolab.selection import access, words
from kinolab.selection.queries import letters
from kinolab.selection.queries import public as queries


@login_not_required
@require_safe
def results(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """What was announced; nothing there before."""
    call = access.get_results(programme, edition, timezone.now())
    page = queries.results_page(call)
    if page is None:
        raise Http404
    return render(request, "selection/public/results.html", {"page": page, "edition": page.edition, "call": call})


@never_cache
@require_safe
def own(request: HttpRequest, code: str) -> HttpResponse:
    """The letter about one's own application, as it was sent."""
    decisions = access.get_own_result(request.user, code)
    told = letters.Told(decisions[0].application, decisions)
    shown = {
        "told": told,
        "application": told.application,
        "edition": told.application.call.edition,
        "outcome_word": words.OUTCOMES[told.outcome],
        "outcome_words": {one.value: label for one, label in words.OUTCOMES.items()},
        "letter": letters.sent_letter(told.application.pk, request.user.pk),
    }
    return render(request, "selection/public/own.html", shown)
