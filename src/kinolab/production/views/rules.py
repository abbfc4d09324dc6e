"""The rules of a film: texts, lengths, script call, demands, figures, the map of boroughs, slots that are wanted."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import words as catalogue
from kinolab.catalogue.domain.order import seen_beside
from kinolab.foundation.i18n import reasons
from kinolab.foundation.i18n.formats import language_name
from kinolab.foundation.lines import normalise
from kinolab.foundation.refusals import Denied
from kinolab.production import access, forms, words
from kinolab.production.actions import rules as actions
from kinolab.production.domain.lifecycle import FilmState
from kinolab.production.models import Omnibus
from kinolab.production.queries import rules as queries
from kinolab.production.queries import slots
from kinolab.production.views.films import REFUSED, frame

ROW = ["GET", "HEAD", "POST"]


@require_safe
def rules(request: HttpRequest, film: str) -> HttpResponse:
    """The rules of the film on one page."""
    return _page(request, access.get_omnibus(request.user, film))


def _page(request: HttpRequest, found: Omnibus, *, numbers: Any = None) -> HttpResponse:
    initial = {name: getattr(found, name) for name in (*actions.NUMBERS, "version")}
    shown = {
        "page": queries.rules_page(found),
        "numbers": numbers or forms.NumbersForm(initial=initial),
        "why_not": access.why_not_change(request.user, found),
        "demand_words": words.DEMAND_KINDS,
        "genre_words": catalogue.GENRES,
    }
    status = REFUSED if numbers else 200
    return render(request, "production/rules.html", frame(found, FilmState.CONCEPT) | shown, status=status)


@require_POST
def numbers(request: HttpRequest, film: str) -> HttpResponse:
    """Keep lengths and languages."""
    found = access.get_omnibus(request.user, film)
    form = forms.NumbersForm(request.POST)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in actions.NUMBERS}
        refusal = _tried(
            request, actions.set_numbers, omnibus=found, values=values, seen=form.cleaned_data["version"]
        )  # fmt: skip
        if refusal is None:
            return redirect("production:rules", film)
        form.add_error(None, refusal)
    return _page(request, found, numbers=form)


@require_http_methods(ROW)
def text(request: HttpRequest, film: str, language: str) -> HttpResponse:
    """Concept, crew and delivery in one language."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    found = access.get_omnibus(request.user, film)
    initial = {name: getattr(found, name).in_language(language) for name in actions.TEXTS}
    form = forms.TextsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        texts = {name: normalise(typed).strip() for name, typed in form.cleaned_data.items()}
        refusal = _tried(request, actions.write_text, omnibus=found, language=language, texts=texts)
        if refusal is None:
            return redirect("production:rules", film)
        form.add_error(None, refusal)
    name = gettext("What the film is: %(language)s") % {"language": language_name(language)}
    shown = {"form": form, "name": name, "plain": form, "texts": [], "delete": False}
    return _form(request, found, shown, bound=form.is_bound)


# --- The script call -------------------------------------------------------------------------------------------------
@require_safe
def call(request: HttpRequest, film: str) -> HttpResponse:
    """The script call: which edition it is, what its form asks, how many scripts have come."""
    return _call_page(request, access.get_omnibus(request.user, film))


def _call_page(request: HttpRequest, found: Omnibus, typed: Any = None) -> HttpResponse:
    initial = {"edition": str(found.edition_id or "")}
    shown = {
        "form": typed or forms.CallForm(initial=initial, editions=queries.editions_for(found)),
        "linked": queries.call_of(found),
        "asks": found.edition_id is not None and queries.asks_for_segments(found),
        "sent": slots.sent(request.user, found),
        "why_not": access.why_not_change(request.user, found),
    }
    status = REFUSED if typed else 200
    return render(request, "production/call.html", frame(found, FilmState.CALL) | shown, status=status)


@require_POST
def link_call(request: HttpRequest, film: str) -> HttpResponse:
    """Say which edition is the script call."""
    found = access.get_omnibus(request.user, film)
    form = forms.CallForm(request.POST, editions=queries.editions_for(found))
    if form.is_valid():
        refusal = _tried(request, actions.link_call, omnibus=found, edition=form.chosen())
        if refusal is None:
            return redirect("production:call", film)
        form.add_error("edition", refusal)
    return _call_page(request, found, form)


@require_POST
def ask(request: HttpRequest, film: str) -> HttpResponse:
    """Put the questions of a segment into the form of the script call."""
    found = access.get_omnibus(request.user, film)
    if (refusal := _tried(request, actions.ask_for_segments, omnibus=found)) is not None:
        messages.error(request, refusal)
    return redirect("production:call", film)


# --- Rows ------------------------------------------------------------------------------------------------------------
@require_http_methods(ROW)
def add_row(request: HttpRequest, film: str, kind: str) -> HttpResponse:
    """Add a demand, figure, borough or slot."""
    found = _of_kind(request, film, kind)
    given = {name: request.GET[name] for name in ("column", "row") if request.GET.get(name, "").isdecimal()}
    form = forms.ROWS[kind](request.POST or None, omnibus=found, initial=given)

    def keep(values: dict[str, Any]) -> Any:
        return _tried(request, actions.add_row, omnibus=found, kind=kind, values=values)

    return _keep(request, found, kind, form, keep)


@require_http_methods(ROW)
def row(request: HttpRequest, film: str, kind: str, number: int) -> HttpResponse:
    """Change a row."""
    found, one = _row(request, film, kind, number)
    form = forms.ROWS[kind](request.POST or None, omnibus=found, row=one)

    def keep(values: dict[str, Any]) -> Any:
        return _tried(request, actions.change_row, omnibus=found, row=one, values=values)

    return _keep(request, found, kind, form, keep, number)


@require_POST
def remove_row(request: HttpRequest, film: str, kind: str, number: int) -> HttpResponse:
    """Take a row away."""
    found, one = _row(request, film, kind, number)
    if (refusal := _tried(request, actions.remove_row, omnibus=found, row=one)) is not None:
        messages.error(request, refusal)
    return redirect("production:rules", film)


@require_POST
def move_row(request: HttpRequest, film: str, kind: str, number: int) -> HttpResponse:
    """Move a row up or down."""
    found, one = _row(request, film, kind, number)
    if kind == "boroughs":  # they lie on a map, in no order
        raise Http404
    up = request.POST.get("way") == "up"
    meant = {"up": up, "past": seen_beside(request.POST, up=up)}
    if (refusal := _tried(request, actions.move_row, omnibus=found, kind=kind, row=one, **meant)) is not None:
        messages.error(request, refusal)
    return redirect("production:rules", film)


def _of_kind(request: HttpRequest, film: str, kind: str) -> Omnibus:
    found = access.get_omnibus(request.user, film)
    if kind not in forms.ROWS:
        raise Http404
    return found


def _row(request: HttpRequest, film: str, kind: str, number: int) -> tuple[Omnibus, Any]:
    found = access.get_omnibus(request.user, film)
    one = queries.row_of(found, kind, number)
    if one is None:
        raise Http404
    return found, one


def _keep(
    request: HttpRequest, found: Omnibus, kind: str, form: forms.RowForm,
    keep: Callable[[dict[str, Any]], str | None], number: int = 0,
) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and form.is_valid():
        refusal = keep(form.values())
        if refusal is None:
            return redirect("production:rules", found.film.slug)
        form.add_error(None, refusal)
    shown = {
        "form": form,
        "name": words.ROWS[kind],
        "plain": form.plain_fields(),
        "texts": form.text_fields(),
        "delete": (kind, number) if number else None,
    }
    return _form(request, found, shown, bound=form.is_bound)


def _form(request: HttpRequest, found: Omnibus, shown: dict[str, Any], *, bound: bool) -> HttpResponse:
    status = REFUSED if bound else 200
    return render(request, "production/row.html", frame(found, FilmState.CONCEPT) | shown, status=status)


def _tried(request: HttpRequest, action: Callable[..., object], **given: Any) -> str | None:
    """Do it; the sentence of the refusal, None when it is done."""
    try:
        action(**given, by=request.user, at=timezone.now())
    except Denied as denied:
        return reasons.explain(denied.refusal)
    messages.success(request, gettext("Saved."))
    return None
