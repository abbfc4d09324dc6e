"""What became of people and films: for the lab, for everybody, for whoever it is about."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.files.reading import Table, read_table
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.foundation.ui.visitors import for_visitors
from kinolab.impact import access, outcome_forms, words
from kinolab.impact.actions import outcomes as actions
from kinolab.impact.actions import survey
from kinolab.impact.domain.vocabularies import OutcomeKind, Publishing
from kinolab.impact.models import Outcome
from kinolab.impact.queries import outcomes as queries
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition, Programme

REFUSED = 422
A_PAGE = 50
NOT_KEPT = 0  # seconds: whoever takes their word back is gone with the next look


# --- The lab ---------------------------------------------------------------------------------------------------------------
def _found(request: HttpRequest, programme: str, edition: str, *, to_write: bool = False) -> tuple[Edition, Programme]:
    wanted = Permission.GUIDE_ROAD_MAPS if to_write else Permission.READ_ROAD_MAPS
    found = labs.get_edition(request.user, programme, edition, wanted)
    return found, access.programme_of(request.user, found)


def _outcome(request: HttpRequest, programme: Programme, number: int) -> Outcome:
    found = access.outcomes_of(request.user, programme).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _frame(edition: Edition, programme: Programme, **more: Any) -> dict[str, Any]:
    return {
        "edition": edition,
        "programme": programme,
        "stage": "outcomes",
        "kind_words": words.OUTCOME_KINDS,
        "standing_words": words.STANDINGS,
        "publishing_words": words.PUBLISHING,
    } | more


@require_safe
def listed(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """What became of the programme, edition by edition; how the yearly question went; the switches."""
    found, of = _found(request, programme, edition)
    rows = access.outcomes_of(request.user, of).order_by("-edition__starts_on", "-on", "-pk")
    kind = request.GET.get("kind", "")
    if kind in set(OutcomeKind):  # opened from a figure of the report
        rows = rows.filter(kind=kind)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    now = queries.following_up(of)
    context = _frame(
        found, of,
        page=page, kind=words.OUTCOME_KINDS.get(kind, ""),  # type: ignore[call-overload]
        rows=queries.subjects(page),
        asked=queries.asked(of),
        following=now,
        switch_form=outcome_forms.SwitchForm(initial={"surveys": now.surveys, "report_public": now.report_public}),
        switches=of.held.guides_all,
        writes=bool(of.held.guides) or of.held.guides_all,
    )  # fmt: skip
    return render(request, "impact/outcomes/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Write down an outcome."""
    found, of = _found(request, programme, edition, to_write=True)
    form = outcome_forms.OutcomeForm(of, request.POST or None, initial={"edition": found.pk})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record(
                programme=of, edition=form.of_edition, about=form.subject,
                values=outcome_forms.values(form.cleaned_data), by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("It is written down."))
            return redirect("impact:outcome", programme, edition, made.pk)
    status = REFUSED if request.method == "POST" else 200
    return render(request, "impact/outcomes/new.html", _frame(found, of, form=form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, programme: str, edition: str, number: int) -> HttpResponse:
    """One outcome: what it says, from where that is known, whether it may be published."""
    found, of = _found(request, programme, edition)
    outcome = _outcome(request, of, number)
    writes = access.why_not_record(request.user, of, outcome.edition_id) is None
    form = outcome_forms.OutcomeForm(of, request.POST or None, outcome=outcome, initial=outcome_forms.initial(outcome))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                outcome=outcome, values=outcome_forms.values(form.cleaned_data), seen=form.cleaned_data["seen"] or 0,
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("It is written down."))
            return redirect("impact:outcome", programme, edition, number)
    people = queries.concerned(outcome)
    shown = queries.published(of).filter(pk=number).exists()
    context = _frame(
        found, of, outcome=outcome, subject=queries.subject(outcome), form=form, writes=writes, people=people, shown=shown,
        may_publish=not people and outcome.publishing in (Publishing.NOT_ASKED, Publishing.ASKED),
        may_hide=outcome.publishing in (Publishing.AGREED, Publishing.PUBLIC_ALREADY, Publishing.OF_THE_LAB),
    )  # fmt: skip
    status = REFUSED if request.method == "POST" else 200
    return render(request, "impact/outcomes/one.html", context, status=status)


@require_POST
def act(request: HttpRequest, programme: str, edition: str, number: int, verb: str) -> HttpResponse:
    """Verify, ask, publish, take back, take out."""
    _, of = _found(request, programme, edition)
    outcome = _outcome(request, of, number)
    verbs: dict[str, tuple[Callable[..., object], str]] = {
        "verify": (actions.verify, gettext("It counts as verified.")),
        "ask": (survey.ask, gettext("The letter is on its way.")),
        "publish": (actions.publish_known, gettext("Everybody may read it once it is verified.")),
        "unpublish": (actions.unpublish, gettext("It is on no public page any more.")),
        "remove": (actions.remove, gettext("It is taken out.")),
    }
    if verb not in verbs:
        raise Http404
    action, done = verbs[verb]
    try:
        action(outcome=outcome, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, done)
        if verb == "remove":
            return redirect("impact:outcomes", programme, edition)
    return redirect("impact:outcome", programme, edition, number)


@require_POST
def switch(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Whether alumni are asked each year, whether the report is public."""
    _, of = _found(request, programme, edition)
    form = outcome_forms.SwitchForm(request.POST)
    form.is_valid()  # two ticks: nothing to refuse
    try:
        actions.switch(programme=of, **form.cleaned_data, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("Saved."))
    return redirect("impact:outcomes", programme, edition)


@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """A table of outcomes: first what would happen, then it happens."""
    found, of = _found(request, programme, edition, to_write=True)
    form = outcome_forms.FileForm(of, request.POST or None, request.FILES or None, initial={"edition": found.pk})
    lines, kept, status = None, "", 200
    if request.method == "POST" and form.is_valid():
        try:
            table = _table(request, form.cleaned_data["kept"])
            wanted = form.cleaned_data["edition"]
            dry = "take" not in request.POST
            lines = actions.take_rows(
                programme=of, edition=of.editions.filter(pk=wanted).first() if wanted else None,
                rows=outcome_forms.rows_of(table, of), by=request.user, at=timezone.now(), dry=dry,
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
            status = REFUSED
        else:
            taken = sum(1 for line in lines if line.refusal is None)
            if not dry:
                messages.success(request, gettext("Written down: %(count)s.") % {"count": taken})
                return redirect("impact:outcomes", programme, edition)
            kept = json.dumps({"head": table.head, "rows": table.rows}, ensure_ascii=False)
    shown = [(line, reasons.explain(line.refusal) if line.refusal else "") for line in lines or ()]
    context = _frame(
        found, of, form=form, lines=shown, kept=kept, columns=outcome_forms.COLUMNS,
        good=sum(1 for _, why in shown if not why),
    )  # fmt: skip
    return render(request, "impact/outcomes/file.html", context, status=status)


def _table(request: HttpRequest, kept: str) -> Table:
    """The table that was uploaded, or the one looked at before."""
    if "file" in request.FILES:
        return read_table(request.FILES["file"].read(), request.FILES["file"].name)
    try:
        said = json.loads(kept)
        head, rows = [str(cell) for cell in said["head"]], [[str(cell) for cell in row] for row in said["rows"]]
    except (ValueError, KeyError, TypeError):
        return read_table(b"")
    return Table(head, [(row + [""] * len(head))[: len(head)] for row in rows])


# --- Everybody ---------------------------------------------------------------------------------------------------------------
@login_not_required
@require_safe
@for_visitors(NOT_KEPT)
def alumni(request: HttpRequest, programme: str, edition: str = "") -> HttpResponse:
    """*Where are they now*: what was verified, and what those whom it is about agree to."""
    of = Programme.objects.select_related("organisation").filter(slug=programme).first()
    found = of.editions.filter(slug=edition).first() if of and edition else None
    if of is None or (edition and found is None) or not queries.is_known(of):
        raise Http404
    asked = {name: request.GET.get(name, "") for name in ("kind", "year", "country")}
    page = queries.alumni_page(of, found, **asked)
    context = {
        "page": page,
        "programme": of,
        "edition": found,
        "asked": asked,
        "kind_words": words.OUTCOME_KINDS,
        "report_public": queries.following_up(of).report_public,
    }
    return render(request, "impact/outcomes/alumni.html", context)


# --- Whoever it is about -----------------------------------------------------------------------------------------------------
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What is known about oneself, and what may be published of it."""
    rows = queries.subjects(queries.about(request.user))
    context = {"rows": rows, "kind_words": words.OUTCOME_KINDS, "publishing_words": words.PUBLISHING}
    return render(request, "impact/outcomes/own.html", context | {"standing_words": words.STANDINGS})


@require_POST
def own_answer(request: HttpRequest, number: int) -> HttpResponse:
    """Agree that something about oneself is published, or take that back."""
    found = queries.about(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    agrees = request.POST.get("publish") == "yes"
    actions.answer(outcome=found, agrees=agrees, by=request.user, at=timezone.now())
    done = gettext("Thank you. It may be published.") if agrees else gettext("It is on no public page any more.")
    messages.success(request, done)
    return redirect("impact:own_outcomes")
