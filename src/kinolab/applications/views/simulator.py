"""The simulator: the rules of a call over applications that were sent before. Nothing is written."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kinolab.applications import words
from kinolab.applications.queries import simulator as queries
from kinolab.applications.queries.table import choice_names
from kinolab.calls import access as calls
from kinolab.calls.domain.eligibility import Outcome
from kinolab.calls.models import Call

A_PAGE = 50


@never_cache
@require_safe
def simulate(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Counts by rule; behind each number the applications, as far as the visitor may read them."""
    call = calls.get_call(request.user, programme, edition)
    sources = queries.sources(request.user, call.edition)
    asked = request.GET.get("of", "")
    source = next((one for one in sources if str(one.pk) == asked), _first(sources, call.pk))
    context: dict[str, object] = {"edition": call.edition, "call": call, "stage": "call", "sources": sources}
    if source is not None:
        whole = queries.simulate(request.user, call, source)
        rule, outcome = _chosen(request, {one.row.code for one in whole.rules})
        page = Paginator(whole.chosen(rule, outcome), A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "source": source,
            "whole": whole,
            "rule": rule,
            "outcome": outcome,
            "page": page,
            "rows": queries.listed(page.object_list, call, choice_names(source)),
            "outcome_words": words.OUTCOMES,
            "sum_words": words.SIMULATED,
            "totals": [(one, whole.counts.get(one, 0)) for one in (Outcome.NO, Outcome.UNKNOWN, Outcome.YES)],
        }
    return render(request, "applications/office/simulator.html", context)


def _first(sources: list[Call], own: int) -> Call | None:
    """The latest of the others; the call's own applications where there are none."""
    return next((one for one in sources if one.pk != own), sources[0] if sources else None)


def _chosen(request: HttpRequest, codes: set[str]) -> tuple[str, str]:
    rule, outcome = request.GET.get("rule", ""), request.GET.get("says", "")
    return rule if rule in codes else "", outcome if outcome in set(Outcome) else Outcome.NO.value
