"""The results for everybody, and one's own letter."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kinolab.selection import access, words
from kinolab.selection.domain.lifecycle import Outcome
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
    decision = access.get_own_result(request.user, code)
    edition = decision.application.call.edition
    sent = letters.sent_letter(decision.application_id, request.user.pk)
    shown = {
        "decision": decision,
        "application": decision.application,
        "edition": edition,
        "outcome": Outcome(decision.outcome),
        "outcome_word": words.OUTCOMES[Outcome(decision.outcome)],
        "letter": sent,
    }
    return render(request, "selection/public/own.html", shown)
