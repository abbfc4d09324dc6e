"""Reports of a road map: written value by value, handed in, approved or given back; those of an edition for the lab."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.impact import access, forms, words
from kinolab.impact.actions import reporting as actions
from kinolab.impact.actions import rows
from kinolab.impact.domain import reporting
from kinolab.impact.domain.lifecycle import WRITTEN, ReportState, ReportStep
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.plan import Plan
from kinolab.impact.domain.reporting import Span
from kinolab.impact.models import Activity, Report, Rhythm, RoadMap
from kinolab.impact.queries import editor
from kinolab.impact.queries import plan as plans
from kinolab.impact.queries import reporting as queries
from kinolab.impact.views.editor import REFUSED, frame
from kinolab.impact.views.rows import is_saved, not_saved, typed, whole_number
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition


# --- The reports of a road map -------------------------------------------------------------------------------------------
def _list_page(request: HttpRequest, road_map: RoadMap, **more: Any) -> HttpResponse:
    context = frame(request, road_map)
    rhythm = queries.rhythm_of(road_map)
    may_plan = access.why_not_plan_reports(request.user, road_map)
    guides = access.why_not_make(request.user, road_map.edition) is None
    context |= {
        "reports": queries.of_road_map(road_map, timezone.now()),
        "rhythm_word": words.RHYTHMS[rhythm.months if rhythm else 0],
        "why_not_plan": may_plan,
        "days_form": forms.DaysForm() if may_plan is None else None,
        "rhythm_form": _rhythm_form(rhythm, own=True) if guides else None,
    }
    return render(request, "impact/reports.html", context | more, status=REFUSED if more else 200)


def _rhythm_form(rhythm: Rhythm | None, *, own: bool = False) -> forms.RhythmForm:
    said = {"months": rhythm.months, "days": rhythm.days} if rhythm else {"months": 0, "days": reporting.DUE_AFTER}
    if own and (rhythm is None or not rhythm.road_map_id):
        said["months"] = forms.AS_EDITION
    return forms.RhythmForm(own=own, initial=said)


@require_safe
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """Every report of a road map, and how often there is one."""
    return _list_page(request, access.get_road_map(request.user, code))


@require_POST
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Make a report for days of its own."""
    road_map = access.get_road_map(request.user, code)
    form = forms.DaysForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.plan_report(
                road_map=road_map, span=Span(said["starts"], said["ends"]), due=said["due"], by=request.user, at=timezone.now()
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            return redirect("impact:report", code, made.pk)
    return _list_page(request, road_map, days_form=form)


@require_POST
def rhythm(request: HttpRequest, code: str) -> HttpResponse:
    """Say how often this team reports."""
    road_map = access.get_road_map(request.user, code)
    _set_rhythm(request, road_map.edition, road_map)
    return redirect("impact:reports", code)


def _set_rhythm(request: HttpRequest, edition: Edition, road_map: RoadMap | None = None) -> None:
    form = forms.RhythmForm(request.POST, own=road_map is not None)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
        return
    said = dict(form.cleaned_data)
    if said["months"] == forms.AS_EDITION:
        said["months"] = None
    try:
        actions.set_rhythm(edition=edition, road_map=road_map, by=request.user, at=timezone.now(), **said)
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("Saved."))


# --- One report ------------------------------------------------------------------------------------------------------------
def _report_page(
    request: HttpRequest, report: Report, bound: Mapping[str, Any] | None = None, sentence: str = ""
) -> HttpResponse:
    """The report; `bound` are forms of it that were not taken, by what they are."""
    bound = bound or {}
    road_map, at = report.road_map, timezone.now()
    context = frame(request, road_map)
    shown: Plan = context["plan"]
    why_not = access.why_not_report(request.user, report)
    writes = why_not is None
    cards = queries.cards(shown, report)
    waiting = queries.waiting(report)
    decides = (
        access.why_not_approve(request.user, road_map) is None
        and report.state in (ReportState.HANDED_IN, ReportState.APPROVED)
    )  # fmt: skip
    done = queries.activities(shown, report)
    versions = _versions(road_map) if writes else {}
    context |= {
        "report": report,
        "listed": queries.listed(report, at),
        "writes": writes,
        "why_not": why_not if road_map.who.team and report.state in WRITTEN else None,
        "decides": decides,
        "cards": [_card(one, shown, bound, writes=writes) for one in cards],
        "wanted": [one for one in cards if one.problems],
        "answered": sum(1 for one in cards if one.state != "next"),
        "waiting": waiting,
        "activities": done,
        "activities_form": bound.get("activities") or forms.ActivitiesForm(done, versions),
        "progress_words": words.PROGRESS,
        "learned": [editor.shown(shown, Part.LEARNING, one) for one in queries.learned(shown, report)],
        "learning_form": bound.get("learning")
        or forms.RowForm(Part.LEARNING, shown, None, prefix="learning", initial={"on": min(at.date(), report.ends_on)}),
        "said_here": queries.remarks(context["said"], report),
        "return_form": bound.get("return") or forms.ReturnForm(),
        "gives_back": access.why_not_decide(request.user, report, ReportStep.GIVE_BACK) is None,
        "days_form": bound.get("days") or _days_form(request, report),
        "sentence": sentence,
    }
    return render(request, "impact/report.html", context, status=REFUSED if bound or sentence else 200)


def _versions(road_map: RoadMap) -> dict[int, int]:
    return dict(Activity.objects.filter(road_map=road_map).values_list("pk", "version"))


def _days_form(request: HttpRequest, report: Report) -> forms.DaysForm | None:
    if report.handed_in_at or access.why_not_plan_reports(request.user, report.road_map) is not None:
        return None
    return forms.DaysForm(
        prefix="days", initial={"starts": report.starts_on, "ends": report.ends_on, "due": report.due_on}
    )


def _card(card: queries.Card, shown: Plan, bound: Mapping[str, Any], *, writes: bool) -> dict[str, Any]:
    """A card with its form, if the person writes in it."""
    writes = writes and card.state != "waits"
    form = bound.get(f"card-{card.number}") or (forms.CardForm(card, shown) if writes else None)
    said = [reasons.explain(queries.named(one)) for one in card.problems]
    return {
        "card": card,
        "form": form,
        "problems": said,
        "portions": [one for one in card.portions if one.row is not None],
    }


def _asked(request: HttpRequest, report: Report, period: int) -> tuple[dict[str, Any], queries.Card]:
    """What every page of the report needs, and the card; 404 for what the report does not ask."""
    context = frame(request, report.road_map)
    for one in queries.cards(context["plan"], report):
        if one.number == period:
            return context, one
    raise Http404


def _at_card(report: Report, period: int) -> HttpResponse:
    return redirect(f"{reverse('impact:report', args=[report.road_map.code, report.pk])}#v{period}")


def _open(request: HttpRequest, code: str, number: int) -> Report:
    """A report that the person may write in now; else 403 with the reason."""
    report = access.get_report(request.user, code, number)
    if (refusal := access.why_not_report(request.user, report)) is not None:
        raise PermissionDenied(refusal)
    return report


@require_safe
def report(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A report: what it asks, what was read last time, what is said now."""
    return _report_page(request, access.get_report(request.user, code, number))


def _place(card: queries.Card, name: str) -> tuple[str, dict[str, Any]]:
    """Which column of which row a field of the card is of."""
    if name in ("value", "out_of", "comment", "evidence"):
        return name, {}
    kind, _, key = name.partition("_")
    return "value", {"number": int(key)} if kind == "row" else {"dimensions": {kind: key}}


@require_POST
def save_value(request: HttpRequest, code: str, number: int, period: int) -> HttpResponse:
    """Save one field of one value; the protocol of `ui/autosave.js`."""
    found = access.get_report(request.user, code, number)
    if request.POST.get("person", request.user.code) != request.user.code:
        return JsonResponse({"signed_out": True}, status=403)
    read = plans.plans([found.road_map], queries.ASKED)[found.road_map_id]  # whoever saves is of the team
    card = next((one for one in queries.cards(read, found) if one.number == period), None)
    if card is None or not found.road_map.who.team:
        raise Http404
    form = forms.CardForm(card, read)
    html_name = request.POST.get("field", "")
    name = html_name.removeprefix(f"{form.prefix}-")
    if name not in form.fields:
        raise Http404
    try:
        value = form.fields[name].clean(typed(form, name, html_name, request.POST.getlist("value")))
    except ValidationError as error:
        return JsonResponse({"field": html_name, "error": " ".join(error.messages)}, status=422)
    at = timezone.now()
    column, where = _place(card, name)
    try:
        saved = actions.save_value(
            report=found, period=period, values={column: value}, version=whole_number(request.POST.get("version")),
            run=request.POST.get("run", "")[:40], settles=whole_number(request.POST.get("settles")),
            by=request.user, at=at, **where,
        )  # fmt: skip
    except Denied as denied:
        return not_saved(denied.refusal, html_name, column)
    if saved is None:
        return JsonResponse({"field": html_name, "version": 0, "saved_at": at.isoformat()})
    zone = request.user.timezone or found.road_map.edition.timezone
    return is_saved(saved, Part.ACTUAL, html_name, column, at, zone)


@require_POST
def value(request: HttpRequest, code: str, number: int, period: int) -> HttpResponse:
    """A value with all that stands in its card, sent whole; by `same`, what was read last time is confirmed."""
    found = _open(request, code, number)
    context, card = _asked(request, found, period)
    form = forms.CardForm(card, context["plan"], request.POST)
    same = bool(request.POST.get("same")) and card.last is not None and "value" in form.fields
    if form.is_valid() or (same and set(form.errors) <= {"value"}):
        said = dict(form.cleaned_data)
        changed = [name for name in form.changed_data if name in said]
        if same and card.last:
            said["value"], changed = card.last[1], [*(name for name in changed if name != "value"), "value"]
        try:
            for name in changed:
                column, where = _place(card, name)
                version = whole_number(request.POST.get(f"{form.prefix}-{name}-version"))
                actions.save_value(
                    report=found, period=period, values={column: said[name]}, version=version, by=request.user,
                    at=timezone.now(), **where,
                )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            return _at_card(found, period)
    return _report_page(request, found, {f"card-{period}": form})


@require_http_methods(["GET", "HEAD", "POST"])
def portion(request: HttpRequest, code: str, number: int, period: int) -> HttpResponse:
    """Add the value of one country or place."""
    found = _open(request, code, number)
    context, card = _asked(request, found, period)
    form = forms.PortionForm(card, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        of = {name: said[name] for name in ("country", "place") if said[name]}
        try:
            actions.save_value(
                report=found, period=period, values={"value": said["value"]}, dimensions=of, version=0, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            return _at_card(found, period)
    context |= {"form": form, "report": found, "card": card}
    return render(request, "impact/report_part.html", context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, code: str, number: int, period: int) -> HttpResponse:
    """Add evidence behind a value; its file comes on the page that follows."""
    found = _open(request, code, number)
    context, card = _asked(request, found, period)
    form = forms.RowForm(Part.EVIDENCE, context["plan"], None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_evidence(
                report=found, period=period, values=form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            back = (
                f"{reverse('impact:row', args=[code, Part.EVIDENCE.value, made.pk])}?report={found.pk}&period={period}"
            )
            return redirect(back)
    context |= {"form": form, "report": found, "card": card}
    return render(request, "impact/report_evidence.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
def activities(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """How far the activities have come, sent whole."""
    found = _open(request, code, number)
    context = frame(request, found.road_map)
    form = forms.ActivitiesForm(queries.activities(context["plan"], found), _versions(found.road_map), request.POST)
    if form.is_valid():
        try:
            for name in form.changed_data:
                version = whole_number(request.POST.get(f"{name}-version"))
                _save_activity(request, found, int(name[1:]), form.cleaned_data[name], version, timezone.now())
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            return redirect(f"{reverse('impact:report', args=[code, number])}#activities")
    return _report_page(request, found, {"activities": form})


@require_POST
def save_activity(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Save how far one activity has come; the protocol of `ui/autosave.js`."""
    found = access.get_report(request.user, code, number)
    read = plans.plans([found.road_map], {Part.ACTIVITY})[found.road_map_id]
    form = forms.ActivitiesForm(queries.activities(read, found), {})
    name = request.POST.get("field", "")
    if name not in form.fields:
        raise Http404
    try:
        said = form.fields[name].clean(request.POST.get("value", ""))
    except ValidationError as error:
        return JsonResponse({"field": name, "error": " ".join(error.messages)}, status=422)
    at = timezone.now()
    try:
        saved = _save_activity(request, found, int(name[1:]), said, whole_number(request.POST.get("version")), at)
    except Denied as denied:
        return not_saved(denied.refusal, name, "progress")
    zone = request.user.timezone or found.road_map.edition.timezone
    return is_saved(saved, Part.ACTIVITY, name, "progress", at, zone)


def _save_activity(
    request: HttpRequest, found: Report, number: int, said: str, version: int, at: datetime
) -> rows.Saved:  # fmt: skip
    return rows.save_row(
        road_map=found.road_map, part=Part.ACTIVITY, number=number, values={"progress": said}, version=version,
        run=request.POST.get("run", "")[:40], settles=whole_number(request.POST.get("settles")), by=request.user, at=at,
    )  # fmt: skip


@require_POST
def learned(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Tell what changed, wanted or not."""
    found = _open(request, code, number)
    context = frame(request, found.road_map)
    form = forms.RowForm(Part.LEARNING, context["plan"], None, request.POST, prefix="learning")
    if form.is_valid():
        try:
            rows.add_row(
                road_map=found.road_map, part=Part.LEARNING, values=form.cleaned_data, by=request.user, at=timezone.now()
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            return redirect(f"{reverse('impact:report', args=[code, number])}#learned")
    return _report_page(request, found, {"learning": form})


# --- Its way -----------------------------------------------------------------------------------------------------------------
@require_POST
def hand_in(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand the report in."""
    found = access.get_report(request.user, code, number)
    try:
        actions.hand_in(report=found, by=request.user, at=timezone.now())
    except Denied as denied:
        return _report_page(request, found, sentence=reasons.explain(denied.refusal))
    messages.success(request, gettext("Handed in. The tutors have been told."))
    return redirect("impact:report", code, number)


@require_POST
def approve(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Approve the chosen values, or, with none waiting, the report."""
    found = access.get_report(request.user, code, number)
    chosen = [_seen(one) for one in request.POST.getlist("value")]
    try:
        after = actions.approve(report=found, chosen=chosen, by=request.user, at=timezone.now())
    except Denied as denied:
        if request.POST.get("list"):
            messages.error(request, reasons.explain(denied.refusal))
            return _to_list(found)
        return _report_page(request, found, sentence=reasons.explain(denied.refusal))
    if after.state == ReportState.APPROVED:
        messages.success(request, gettext("The report is approved. The team has been told."))
    else:
        messages.success(request, gettext("The chosen values are approved."))
    return _to_list(found) if request.POST.get("list") else redirect("impact:report", code, number)


def _to_list(found: Report) -> HttpResponse:
    edition = found.road_map.edition
    return redirect("impact:edition_reports", edition.programme.slug, edition.slug)


def _seen(text: str) -> actions.Seen:
    number, _, version = text.partition(":")
    return actions.Seen(whole_number(number), whole_number(version))


@require_POST
def give_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give the report back with a remark."""
    found = access.get_report(request.user, code, number)
    form = forms.ReturnForm(request.POST)
    if form.is_valid():
        try:
            actions.give_back(report=found, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Given back. The team has been told."))
            return redirect("impact:report", code, number)
    return _report_page(request, found, {"return": form})


@require_POST
def days(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give a report other days."""
    found = access.get_report(request.user, code, number)
    form = forms.DaysForm(request.POST, prefix="days")
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.change_days(
                report=found, span=Span(said["starts"], said["ends"]), due=said["due"], by=request.user, at=timezone.now()
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("impact:report", code, number)
    return _report_page(request, found, {"days": form})


@require_POST
def remove(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take out a report that nobody has handed in."""
    found = access.get_report(request.user, code, number)
    try:
        actions.remove_report(report=found, by=request.user, at=timezone.now())
    except Denied as denied:
        return _report_page(request, found, sentence=reasons.explain(denied.refusal))
    messages.success(request, gettext("The report is taken out. Values that were read stay."))
    return redirect("impact:reports", code)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Another value in place of an approved one, with the reason."""
    road_map = access.get_road_map(request.user, code)
    if (refusal := access.why_not_write(request.user, road_map, Part.ACTUAL)) is not None:
        raise PermissionDenied(refusal)
    context = frame(request, road_map)
    shown: Plan = context["plan"]
    row = editor.row_of(shown, Part.ACTUAL, number)
    if row is None:
        raise Http404
    period = editor.row_of(shown, Part.PERIOD, row.period)
    indicator = editor.row_of(shown, Part.INDICATOR, period.indicator)
    first = {"value": row.value, "seen": queries.version_of(number)}
    form = forms.CorrectionForm(indicator.measure, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.correct(
                road_map=road_map, number=number, value=said.get("value"), reason=said["reason"], version=said["seen"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Corrected. It waits to be approved again."))
            return redirect("impact:reports", code)
    context |= {
        "form": form,
        "indicator": indicator,
        "days": editor.title(shown, Part.PERIOD, period),
        "value": queries.amount(row.value, indicator.measure),
        "comment": row.comment,
    }
    return render(request, "impact/correct.html", context, status=REFUSED if form.is_bound else 200)


# --- For the lab -----------------------------------------------------------------------------------------------------------
@require_safe
def of_edition(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The reports of an edition: who is late, who has handed in, what waits to be approved."""
    found = labs.get_edition(request.user, programme, edition, Permission.READ_ROAD_MAPS)
    at = timezone.now()
    near = access.reports(request.user, found).filter(starts_on__lte=(at + timedelta(days=1)).date())
    listed = queries.of_edition(near, at)
    guides = access.why_not_make(request.user, found) is None
    context = {
        "edition": found,
        "stage": "impact",
        "rows": listed,
        "late": sum(1 for one in listed if one.late),
        "handed_in": sum(1 for one in listed if one.state is ReportState.HANDED_IN),
        "waiting": sum(len(one.waiting) for one in listed),
        "approves": guides,
        "rhythm_form": _rhythm_form(queries.rhythm_of_edition(found.pk)) if guides else None,
    }
    return render(request, "impact/edition_reports.html", context)


@require_POST
def edition_rhythm(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Say how often the edition's teams report."""
    found = labs.get_edition(request.user, programme, edition, Permission.GUIDE_ROAD_MAPS)
    _set_rhythm(request, found)
    return redirect("impact:edition_reports", programme, edition)
