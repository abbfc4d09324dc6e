"""Pages for organisers: the call at work."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.calls import access, forms, words
from kinolab.calls.actions import building, editing, publishing
from kinolab.calls.models import Call
from kinolab.calls.queries import manage as queries
from kinolab.calls.queries.programme_file import programme_file
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.labs import access as labs_access
from kinolab.labs.domain.roles import Permission

# Where what is missing is set, by the reason for which a call cannot be published; what is not named here is a text.
_SET_ON: dict[str, tuple[str, ...]] = {
    "no_zone": ("dates",),
    "no_dates": ("dates",),
    "no_form": ("form",),
    "no_criteria": ("rows", "criteria"),
    "no_languages": ("settings",),
    "unreadable_rules": ("rows", "rules"),
}
REFUSED = 422  # the status of a form that could not be taken; nothing typed is lost


def context_of(call: Call, section: str, **more: Any) -> dict[str, Any]:
    """What every page of a call needs: the edition, its rail, and the menu of the call's pages."""
    return {"edition": call.edition, "call": call, "stage": "call", "section": section, "lists": words.LISTS,
            "zone": call.timezone or "UTC", **more}  # fmt: skip


@require_safe
def manage(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The call at work: where it stands, what it lacks, what is not translated."""
    found = labs_access.get_edition(request.user, programme, edition, Permission.SEE_DASHBOARD)
    call = queries.call_of(found)
    if call is None:
        return render(request, "calls/manage/none.html", {"edition": found, "stage": "call"})
    at = timezone.now()
    may = access.why_not_configure(request.user, call) is None
    page = queries.overview(call)
    missing = [(one, _address(call, *_SET_ON.get(one.code, ("texts", "call")))) for one in page.missing]
    context = context_of(call, "overview", page=page, missing=missing, may=may, at=at)
    context["why_not_publish"] = access.why_not_publish(request.user, call, at)
    context["why_not_take_back"] = access.why_not_take_back(request.user, call, at)
    return render(request, "calls/manage/overview.html", context)


def _address(call: Call, name: str, *rest: str) -> str:
    return reverse(f"calls:{name}", args=[call.edition.programme.slug, call.edition.slug, *rest])


def _done(request: HttpRequest, call: Call, words_: str, denied: Denied | None = None) -> HttpResponse:
    if denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, words_)
    return redirect("calls:manage", call.edition.programme.slug, call.edition.slug)


@require_POST
def publish(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Make the call public."""
    call = access.get_call(request.user, programme, edition, Permission.PUBLISH)
    try:
        publishing.publish(call=call, by=request.user, at=timezone.now())
    except Denied as denied:
        return _done(request, call, "", denied)
    return _done(request, call, gettext("The call is public. It opens and closes by itself."))


@require_POST
def take_back(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Hide a call that has not opened."""
    call = access.get_call(request.user, programme, edition, Permission.PUBLISH)
    try:
        publishing.take_back(call=call, by=request.user, at=timezone.now())
    except Denied as denied:
        return _done(request, call, "", denied)
    return _done(request, call, gettext("Visitors no longer see the call."))


@require_safe
def export(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The edition as a programme file."""
    found = labs_access.get_edition(request.user, programme, edition, Permission.CONFIGURE)
    answer = HttpResponse(programme_file(found), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{programme}-{edition}.yaml"'
    return answer


# --- Dates -----------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Opening and close on the wall clock of the call's zone; the dates of the edition; more time."""
    call = access.get_call(request.user, programme, edition)
    zone = ZoneInfo(call.timezone or call.edition.timezone)
    local = [one.astimezone(zone).replace(tzinfo=None) if one else None for one in (call.opens_at, call.closes_at)]
    form = forms.DatesForm(request.POST or None, initial=forms.DatesForm.initial_of(call, *local))
    if request.method == "POST" and form.is_valid():
        try:
            _keep_dates(request, call, form)
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("calls:dates", programme, edition)
    return _dates_page(request, call, form, forms.ExtendForm(), bound=form.is_bound)


def _keep_dates(request: HttpRequest, call: Call, form: forms.DatesForm) -> None:
    given, at = form.cleaned_data, timezone.now()
    opens, closes = form.moment("opens"), form.moment("closes")
    changes = {name: given[name] for name in ("timezone", "grace_minutes", "results_on", "results_precision")}
    changes["opens_at"] = building.in_zone(opens, given["timezone"])
    changes["closes_at"] = building.in_zone(closes, given["timezone"], closing=True)
    changes["hour_known"] = bool(given["closes_hour"]) or closes is None
    editing.change_dates(call=call, changes=changes, of_edition=form.of_edition(), by=request.user, at=at)


def _dates_page(
    request: HttpRequest, call: Call, form: forms.DatesForm, longer: forms.ExtendForm, *, bound: bool
) -> HttpResponse:
    fixed = access.why_not_move_dates(request.user, call, timezone.now())
    context = context_of(call, "dates", form=form, longer=longer, fixed=fixed)
    return render(request, "calls/manage/dates.html", context, status=REFUSED if bound else 200)


@require_POST
def extend(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Move the close of a public call to a later time."""
    call = access.get_call(request.user, programme, edition)
    longer = forms.ExtendForm(request.POST)
    if longer.is_valid():
        closes = building.in_zone(longer.cleaned_data["closes"], call.timezone)
        try:
            publishing.extend(call=call, closes=closes, by=request.user, at=timezone.now())
        except Denied as denied:
            longer.add_error("closes", reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("The call closes later now. Everybody with a draft gets a letter."))
            return redirect("calls:dates", programme, edition)
    zone = ZoneInfo(call.timezone or call.edition.timezone)
    local = [one.astimezone(zone).replace(tzinfo=None) if one else None for one in (call.opens_at, call.closes_at)]
    form = forms.DatesForm(initial=forms.DatesForm.initial_of(call, *local))
    return _dates_page(request, call, form, longer, bound=True)


# --- Languages, team, place ------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Languages, roles and size of teams, place, dye, seats, contact."""
    call = access.get_call(request.user, programme, edition)
    form = forms.SettingsForm(request.POST or None, initial=forms.SettingsForm.initial_of(call))
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            editing.change_dates(
                call=call, changes=form.of_call(), of_edition=form.of_edition(), by=request.user, at=at
            )
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("calls:settings", programme, edition)
    context = context_of(call, "settings", form=form)
    return render(request, "calls/manage/settings.html", context, status=REFUSED if form.is_bound else 200)


# --- Texts -----------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, programme: str, edition: str, group: str = "call") -> HttpResponse:
    """Every text of a group, its languages side by side."""
    if group not in words.TEXT_GROUPS:
        raise Http404
    call = access.get_call(request.user, programme, edition)
    rows = [row for row in queries.text_rows(call) if row.group == group]
    form = forms.TextsForm(request.POST or None, rows=rows, languages=call.languages or ["en"])
    if request.method == "POST" and form.is_valid():
        try:
            editing.change_texts(call=call, texts=form.texts(), by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("calls:texts", programme, edition, group)
    context = context_of(call, "texts", form=form, group=group, groups=words.TEXT_GROUPS)
    return render(request, "calls/manage/texts.html", context, status=REFUSED if form.is_bound else 200)
