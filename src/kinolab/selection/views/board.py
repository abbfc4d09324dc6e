"""The board, one application on it, decisions about many, quotas."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.applications import words as check_words
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition
from kinolab.reviews import words as reading_words
from kinolab.selection import access, words
from kinolab.selection.actions import deciding, quotas
from kinolab.selection.actions.deciding import Change
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.forms import DecideForm, QuotaForm
from kinolab.selection.queries import board as queries
from kinolab.selection.queries.board import Asked
from kinolab.selection.queries.choices import gender_words, quota_choices

LONGEST_VERSION = 9  # digits
MOST_CHANGES = 2_000


def _edition(
    request: HttpRequest, programme: str, edition: str, permission: Permission = Permission.READ_REVIEWS
) -> Edition:
    return labs.get_edition(request.user, programme, edition, permission)


def _frame(edition: Edition) -> dict[str, object]:
    """What every page of the board needs."""
    return {
        "edition": edition,
        "stage": "selection",
        "granted": edition.granted,
        "check_words": check_words.CHECKS,
        "outcome_words": {one.value: label for one, label in words.OUTCOMES.items()},
    }


@require_safe
def board(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The board; ?add= and ?remove= try a change of the slate without saving it."""
    found = _edition(request, programme, edition)
    page = queries.board_page(request.user, found, Asked.read(request.GET), request.GET.get("page"))
    shown = {
        "page": page,
        "tab_words": words.TABS,
        "meter_words": {one.value: label for one, label in words.METER_STATES.items()},
        "dimension_words": words.DIMENSIONS,
        "outcomes": words.OUTCOMES,
        "may_decide": Permission.DECIDE in found.granted and page.announcement is None,
    }
    return render(request, "selection/board.html", _frame(found) | shown)


# --- One application -------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, programme: str, edition: str, code: str) -> HttpResponse:
    """What readers say about one application, and the decision."""
    permission = Permission.DECIDE if request.method == "POST" else Permission.READ_REVIEWS
    found = _edition(request, programme, edition, permission)
    candidacy = access.get_candidacy(request.user, found, code)
    page = queries.decision_page(candidacy, found)
    kept = page.decision
    initial = {"outcome": kept.outcome, "rationale": kept.rationale, "feedback": kept.feedback} if kept else {}
    form = DecideForm(request.POST or None, initial={**initial, "seen": page.seen})
    sentence = ""
    if request.method == "POST" and form.is_valid():
        try:
            deciding.decide(candidacy=candidacy, **form.cleaned_data, by=request.user, at=timezone.now())
        except Denied as denied:
            sentence = explain(denied.refusal)
            form = _again(form, page.seen)
        else:
            messages.success(request, _("The decision is saved. Nobody outside sees it before the announcement."))
            return redirect("selection:board", programme, edition)
    shown = {
        "application": candidacy.application,
        "candidacy": candidacy,
        "page": page,
        "form": form,
        "sentence": sentence,
        "advice_words": {key.value: label for key, label in reading_words.RECOMMENDATIONS.items()},
        "abstain_words": {key.value: label for key, label in reading_words.ABSTAIN_REASONS.items()},
        "why_not": access.why_not_decide(request.user, candidacy, kept, page.seen),
    }
    status = 422 if sentence or form.errors else 200
    return render(request, "selection/decide.html", _frame(found) | shown, status=status)


def _again(form: DecideForm, seen: int) -> DecideForm:
    """The same form with what was typed, over the decision as it stands now."""
    data = form.data.copy()
    data["seen"] = str(seen)
    return DecideForm(data)


# --- Many ------------------------------------------------------------------------------------------------------------
@require_POST
def decide_many(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Decide about many: first names and count, then (sure=yes) the deed. A code is that of a candidacy.

    The table sends `code` (several) and `outcome`; the what-if and the page of names send `change` = code:outcome:seen;
    rest=yes asks for everything undecided. `now` is one change that needs no page of names.
    """
    found = _edition(request, programme, edition, Permission.DECIDE)
    changes = _changes(request, found)
    if not changes:
        messages.warning(request, explain(Refusal("nothing_chosen_to_decide")))
        return redirect("selection:board", programme, edition)
    if request.POST.get("sure") != "yes" and "now" not in request.POST:
        return render(
            request,
            "selection/decide_many.html",
            _frame(found) | {"groups": _groups(changes), "several": found.call.strands.count() > 1},
        )
    report = deciding.decide_many(edition=found, changes=changes, by=request.user, at=timezone.now())
    done = ngettext("%(count)s decision is saved.", "%(count)s decisions are saved.", report.done)
    messages.success(request, done % {"count": report.done})
    for refusal, refused in report.refused.items():
        names = ", ".join(str(candidacy.application) for candidacy in refused)
        messages.warning(request, f"{names}: {explain(refusal)}")
    return redirect(_board_again(request, found))


def _board_again(request: HttpRequest, edition: Edition) -> str:
    """The part of the board from which the person came."""
    address = reverse("selection:board", args=(edition.programme.slug, edition.slug))
    kept = QueryDict(mutable=True)
    for name in ("tab", "strand", "page"):
        if request.POST.get(name):
            kept[name] = request.POST[name]
    return f"{address}?{kept.urlencode()}" if kept else address


def _changes(request: HttpRequest, edition: Edition) -> list[Change]:
    if request.POST.get("rest") == "yes":
        return deciding.the_rest(request.user, edition)
    single = request.POST.getlist("now")[:1]
    asked = [one.split(":") for one in single or request.POST.getlist("change")[:MOST_CHANGES]]
    if not asked:
        asked = [[code, request.POST.get("outcome", ""), ""] for code in request.POST.getlist("code")[:MOST_CHANGES]]
    wanted = {one[0]: (one[1], one[2]) for one in asked if len(one) == 3 and one[1] in set(Outcome)}
    return [
        Change(one, Outcome(wanted[key][0]), _seen(one, wanted[key][1]))
        for key, one in queries.chosen(request.user, edition, wanted).items()
    ]


def _seen(candidacy: object, said: str) -> int:
    """The version that the page of names has shown; on the way there, the one that stands now."""
    decision = getattr(candidacy, "decision", None)
    if said.isdecimal() and len(said) <= LONGEST_VERSION:
        return int(said)
    return decision.version if decision else 0


def _groups(changes: Sequence[Change]) -> list[tuple[Outcome, object, list[Change]]]:
    """The changes by decision, in the order of the decisions."""
    by_outcome = {one: [change for change in changes if change.outcome is one] for one in Outcome}
    return [(outcome, words.OUTCOMES[outcome], group) for outcome, group in by_outcome.items() if group]


@require_POST
def move(request: HttpRequest, programme: str, edition: str, code: str) -> HttpResponse:
    """Move a candidacy up or down the waiting list."""
    found = _edition(request, programme, edition, Permission.DECIDE)
    candidacy = access.get_candidacy(request.user, found, code)
    try:
        deciding.move_on_waiting_list(
            candidacy=candidacy, up=request.POST.get("way") == "up", by=request.user, at=timezone.now()
        )
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    return redirect(_board_again(request, found))


# --- Quotas ----------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def set_quotas(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The quotas: meters that are agreed upon before anybody is chosen."""
    found = _edition(request, programme, edition, Permission.CONFIGURE)
    form = QuotaForm(request.POST or None, choices=quota_choices(found), genders=gender_words(found))
    sentence = ""
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("dimension", "value", "minimum", "maximum")}
        try:
            quotas.add_quota(edition=found, **said, by=request.user, at=timezone.now())
        except Denied as denied:
            sentence = explain(denied.refusal)
        else:
            messages.success(request, _("The quota is added."))
            return redirect("selection:quotas", programme, edition)
    page = queries.board_page(request.user, found, Asked(), None)
    shown = {
        "form": form,
        "sentence": sentence,
        "page": page,
        "dimension_words": words.DIMENSIONS,
        "meter_words": {one.value: label for one, label in words.METER_STATES.items()},
        "why_not": access.why_not_set_quotas(request.user, found),
    }
    return render(
        request, "selection/quotas.html", _frame(found) | shown, status=422 if sentence or form.errors else 200
    )


@require_POST
def delete_quota(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """Take a quota away."""
    found = _edition(request, programme, edition, Permission.CONFIGURE)
    quota = access.get_quota(found, number)
    quota.edition = found
    try:
        quotas.delete_quota(quota=quota, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    return redirect("selection:quotas", programme, edition)
