"""The page behind a link: what is known about somebody, one click that it is still so, and what they add."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.foundation.i18n import reasons
from kinolab.foundation.people import limits
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.impact import outcome_forms, words
from kinolab.impact.actions import survey as actions
from kinolab.impact.domain import survey as rules
from kinolab.impact.domain.vocabularies import FollowUpKind
from kinolab.impact.models import FollowUp
from kinolab.impact.queries import outcomes as queries
from kinolab.impact.queries import survey
from kinolab.labs.models import Programme

UNKNOWN, REFUSED, GONE, TOO_MANY = 404, 422, 410, 429


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, programme: str, token: str) -> HttpResponse:
    """Look, confirm, add, keep for later. Looking uses nothing up."""
    found = survey.follow_up_of(programme, token)
    if found is None:
        return _dead(request, _programme(programme), token, Refusal("survey_unknown"))
    refusal = rules.why_not_answer(bool(found.answer), found.expires_at, timezone.now())
    if refusal is not None:
        return _dead(request, found.programme, token, refusal)
    form = _form(found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, found, form)
    try:
        return _taken(request, found, form, token)
    except Denied as denied:
        return _dead(request, found.programme, token, denied.refusal)


def _taken(request: HttpRequest, found: FollowUp, form: outcome_forms.SurveyForm, token: str) -> HttpResponse:
    at, do = timezone.now(), request.POST.get("do", "")
    if do == "still":
        actions.still_so(token=token, at=at)
        return redirect("impact:survey", found.programme.slug, token)
    actions.keep(token=token, typed=outcome_forms.typed(request.POST, form), at=at)
    if do == "keep":
        found.refresh_from_db(fields=["draft"])
        return _page(request, found, _form(found), kept=True)
    if not form.is_valid():
        return _page(request, found, form, status=REFUSED)
    new = [actions.New(**one) for one in form.new]
    actions.tell(token=token, new=new, wrong=form.wrong, agrees=form.agrees, at=at)
    return redirect("impact:survey", found.programme.slug, token)


@login_not_required
@never_cache
@require_POST
def hush(request: HttpRequest, programme: str, token: str) -> HttpResponse:
    """Never ask again."""
    try:
        actions.hush(token=token, at=timezone.now())
    except Denied as denied:
        return _dead(request, _programme(programme), token, denied.refusal)
    context = {"programme": _programme(programme), "token": token, "quiet": True, "form": outcome_forms.AgainForm()}
    return render(request, "impact/outcomes/link.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, programme: str) -> HttpResponse:
    """Ask for a link: the same answer for every address, known or not."""
    of, token = _programme(programme), request.POST.get("token", "")
    form = outcome_forms.AgainForm(request.POST if request.method == "POST" and not token else None)
    context: dict[str, Any] = {"programme": of, "form": form}
    if request.method != "POST" or not (token or form.is_valid()):
        status = REFUSED if request.method == "POST" else 200
        return render(request, "impact/outcomes/link.html", context, status=status)
    email = "" if token else form.cleaned_data["email"].lower()
    who = survey.digest_of(token) if token else email
    if refusal := limits.why_not_try("link", who, limits.client_of(request)):
        context["why"] = reasons.explain(refusal)
        return render(request, "impact/outcomes/link.html", context, status=TOO_MANY)
    actions.send_again(programme=of, email=email, token=token, at=timezone.now())
    return render(request, "impact/outcomes/link.html", context | {"sent": True, "email": email})


# --- Pages -----------------------------------------------------------------------------------------------------------------
def _programme(slug: str) -> Programme:
    found = Programme.objects.select_related("organisation").filter(slug=slug).first()
    if found is None or not queries.is_known(found):
        raise Http404
    return found


def _form(found: FollowUp, data: Any = None) -> outcome_forms.SurveyForm:
    known = survey.known(found.person, found.programme)
    return outcome_forms.SurveyForm(known.outcomes, known.films, timezone.now().year, data, initial=found.draft)


def _page(
    request: HttpRequest, found: FollowUp, form: outcome_forms.SurveyForm, *, status: int = 200, kept: bool = False
) -> HttpResponse:
    asks = found.kind == FollowUpKind.CONSENT  # what may be published stands first
    context = {
        "found": found,
        "programme": found.programme,
        "form": form,
        "films": form.films,
        "kept": kept,
        "until": found.expires_at.date(),
        "kind_words": words.OUTCOME_KINDS,
        "standing_words": words.STANDINGS,
        "asks": asks,
        "told": asks or bool(found.draft) or status == REFUSED,
    }
    return render(request, "impact/outcomes/survey.html", context, status=status)


def _dead(request: HttpRequest, programme: Programme, token: str, refusal: Refusal) -> HttpResponse:
    """A link that is good no more: why, and how to get a new one."""
    context = {
        "programme": programme,
        "token": "" if refusal.code == "survey_unknown" else token,
        "why": reasons.explain(refusal),
        "thanks": gettext("Thank you") if refusal.code == "survey_answered" else "",
        "form": outcome_forms.AgainForm(),
    }
    status = {"survey_answered": 200, "survey_unknown": UNKNOWN}.get(refusal.code, GONE)
    return render(request, "impact/outcomes/link.html", context, status=status)
