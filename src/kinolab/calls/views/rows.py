"""Pages for organisers: the lists of a call, row by row."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.calls import access, forms, words
from kinolab.calls.actions import rows as actions
from kinolab.calls.models import Call
from kinolab.calls.queries import manage as queries
from kinolab.calls.queries.programme_file import read_definition, write_definition
from kinolab.calls.queries.rule_sentences import shown_rules
from kinolab.calls.views.manage import REFUSED, context_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied


def _get(request: HttpRequest, programme: str, edition: str, kind: str) -> Call:
    if kind not in words.LISTS:
        raise Http404
    return access.get_call(request.user, programme, edition)


@require_safe
def rows(request: HttpRequest, programme: str, edition: str, kind: str) -> HttpResponse:
    """One list of the call."""
    call = _get(request, programme, edition, kind)
    shown = shown_rules(call) if kind == "rules" else queries.shown_rows(call, kind)
    context = context_of(call, kind, kind=kind, name=words.LISTS[kind], shown=shown)
    return render(request, "calls/manage/rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_row(request: HttpRequest, programme: str, edition: str, kind: str) -> HttpResponse:
    """Add a row to a list."""
    return _row_page(request, _Place(_get(request, programme, edition, kind), kind))


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, programme: str, edition: str, kind: str, row: int) -> HttpResponse:
    """Change a row of a list."""
    call = _get(request, programme, edition, kind)
    return _row_page(request, _Place(call, kind, access.get_row(call, kind, row)))


@dataclass(frozen=True, slots=True)
class _Place:
    call: Call
    kind: str
    row: Any = None

    @property
    def slugs(self) -> list[str]:
        return [self.call.edition.programme.slug, self.call.edition.slug, self.kind]


def _row_page(request: HttpRequest, place: _Place) -> HttpResponse:
    call, kind = place.call, place.kind
    given = {"languages": call.languages or ["en"], "row": place.row, "initial": _initial(place)}
    if kind == "strands":
        given["roles"] = call.roles
    form = forms.ROWS[kind](request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, place, form)
        except Denied as denied:
            why = words.WHY_IMPOSSIBLE.get(str(denied.refusal.facts.get("why")))
            said = str(why) if why else reasons.explain(denied.refusal)
            form.add_error("definition" if kind == "rules" else None, said)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("calls:rows", *place.slugs)
    context = context_of(call, kind, kind=kind, name=words.LISTS[kind], form=form)
    context["back"] = reverse("calls:rows", args=place.slugs)
    context["delete"] = reverse("calls:delete_row", args=[*place.slugs, place.row.pk]) if place.row else ""
    return render(request, "calls/manage/row.html", context, status=REFUSED if form.is_bound else 200)


def _initial(place: _Place) -> dict[str, Any]:
    if place.kind == "rules":
        return {"definition": write_definition(place.row.definition if place.row else None)}
    return {"timezone": place.call.edition.timezone} if place.kind == "modules" and place.row is None else {}


def _keep(request: HttpRequest, place: _Place, form: forms.RowForm) -> None:
    values = form.values()
    if place.kind == "rules":
        values["definition"] = read_definition(form.cleaned_data["definition"])
    said: dict[str, Any] = {"call": place.call, "kind": place.kind, "by": request.user, "at": timezone.now()}
    if place.row is None:
        actions.add(values=values, **said)
    else:
        actions.change(row=place.row, values=values, **said)


@require_POST
def shift_row(request: HttpRequest, programme: str, edition: str, kind: str, row: int) -> HttpResponse:
    """Move a row up or down."""
    call = _get(request, programme, edition, kind)
    one = access.get_row(call, kind, row)
    up = bool(request.POST.get("up"))
    actions.shift(call=call, kind=kind, row=one, up=up, by=request.user, at=timezone.now())
    return redirect("calls:rows", programme, edition, kind)


@require_POST
def delete_row(request: HttpRequest, programme: str, edition: str, kind: str, row: int) -> HttpResponse:
    """Take a row out of its list."""
    call = _get(request, programme, edition, kind)
    try:
        actions.delete(call=call, row=access.get_row(call, kind, row), by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("Deleted."))
    return redirect("calls:rows", programme, edition, kind)
