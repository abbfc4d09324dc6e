"""The shared calendar of the shoot, as a page and as a file for calendar programs."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied
from kinolab.foundation.ui.calendars import answer
from kinolab.production import access, forms
from kinolab.production.actions import shooting as actions
from kinolab.production.domain.calendar import why_not_day
from kinolab.production.domain.lifecycle import FilmState
from kinolab.production.models import Day, Omnibus
from kinolab.production.queries import calendars
from kinolab.production.queries import shooting as queries
from kinolab.production.views.films import REFUSED, frame


@require_safe
def calendar(request: HttpRequest, film: str) -> HttpResponse:
    """A month of the shoot."""
    found = access.get_omnibus(request.user, film)
    chosen = found.segments.filter(code=request.GET.get("segment", "")).first()
    on = _day(request.GET.get("on", ""))
    initial = ({"segment": chosen.pk} if chosen else {}) | ({"on": on} if on else {})
    form = forms.DayForm(omnibus=found, initial=initial)
    return _page(request, found, form=form, planning=bool(initial))


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return None if why_not_day(found) else found


def _page(
    request: HttpRequest, found: Omnibus, *, form: Any = None, unit_form: Any = None, day: Day | None = None,
    planning: bool = False,
) -> HttpResponse:  # fmt: skip
    today = timezone.now().astimezone(ZoneInfo(found.film.organisation.timezone)).date()
    week = _day(request.GET.get("week", ""))
    month = week or _day(f"{request.GET.get('month', '')}-01")
    shown_on = month or (day.on if day else queries.first_day(found, today))
    bound = any(one is not None and one.is_bound for one in (form, unit_form))
    shown = {
        "month": queries.month_page(found, shown_on, today, week=week is not None),
        "shown_on": shown_on,
        "form": form or forms.DayForm(omnibus=found),
        "unit_form": unit_form or forms.UnitForm(auto_id="unit_%s"),
        "day": day,
        "planning": planning or bound or day is not None,
        "why_not": access.why_not_change(request.user, found),
    }
    status = REFUSED if bound else 200
    return render(request, "production/calendar.html", frame(found, FilmState.PRODUCTION) | shown, status=status)


@require_POST
def plan(request: HttpRequest, film: str) -> HttpResponse:
    """Give a unit's day to a segment."""
    found = access.get_omnibus(request.user, film)
    form = forms.DayForm(request.POST, omnibus=found)
    if form.is_valid():
        try:
            actions.plan_day(omnibus=found, **form.values(), by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error("on", explain(denied.refusal))
        else:
            messages.success(request, gettext("The day is planned."))
            return _to_month(film, form.cleaned_data["on"])
    return _page(request, found, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """One day: moved, described."""
    found = access.get_omnibus(request.user, film)
    one = queries.days(found).filter(pk=number).first()
    if one is None:
        raise Http404
    form = forms.DayForm(request.POST or None, omnibus=found, day=one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_day(
                omnibus=found, number=number, seen=form.cleaned_data["version"] or 0, values=form.values(),
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error("on", explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return _to_month(film, form.cleaned_data["on"])
    return _page(request, found, form=form, day=one)


@require_POST
def remove_day(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Give a day back."""
    found = access.get_omnibus(request.user, film)
    try:
        actions.remove_day(omnibus=found, number=number, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        messages.success(request, gettext("The day is free again."))
    return redirect("production:calendar", film)


@require_POST
def add_unit(request: HttpRequest, film: str) -> HttpResponse:
    """Add a crew."""
    found = access.get_omnibus(request.user, film)
    form = forms.UnitForm(request.POST, auto_id="unit_%s")
    if form.is_valid():
        try:
            actions.add_unit(omnibus=found, name=form.cleaned_data["name"], by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error("name", explain(denied.refusal))
        else:
            return redirect("production:calendar", film)
    return _page(request, found, unit_form=form)


@require_POST
def remove_unit(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Take a crew away."""
    found = access.get_omnibus(request.user, film)
    try:
        actions.remove_unit(omnibus=found, number=number, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    return redirect("production:calendar", film)


def _to_month(film: str, on: date) -> HttpResponse:
    return redirect(f"{reverse('production:calendar', args=[film])}?month={on:%Y-%m}")


# --- As a file -------------------------------------------------------------------------------------------------------
@require_safe
def whole_file(request: HttpRequest, film: str) -> HttpResponse:
    """Every day of the shoot."""
    found = access.get_omnibus(request.user, film)
    return _file(queries.days(found), found, str(found.film), found.film.slug)


@require_safe
def segment_file(request: HttpRequest, code: str) -> HttpResponse:
    """The days of a segment."""
    found, _who = access.get_segment(request.user, code)
    return _file(queries.days_of(found), found.omnibus, str(found), code)


def _file(days: Iterable[Day], omnibus: Omnibus, name: str, slug: str) -> HttpResponse:
    made = calendars.calendar_of(list(days), omnibus, name, timezone.now())
    return answer(made, slug, kept="private, no-store")
