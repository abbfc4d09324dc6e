"""One row of a road map: written in its form, saved while one types, taken out, brought back."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.foundation import merging
from kinolab.foundation.files import contents
from kinolab.foundation.i18n import formats, reasons
from kinolab.foundation.questions.domain.answers import MEGABYTE
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.impact import access, forms, words
from kinolab.impact.actions import rows as actions
from kinolab.impact.domain.parts import SINGLE, STEP_OF, Part
from kinolab.impact.domain.vocabularies import Measure
from kinolab.impact.models import Evidence, RoadMap, Row
from kinolab.impact.queries import editor, library
from kinolab.impact.queries import evidence as files
from kinolab.impact.queries import rows as queries
from kinolab.impact.views.editor import REFUSED, frame, step_of

# These are of one field: their sentence stands beside it, and the others go on being saved.
BESIDE = frozenset({"beginning_unknown", "value_in_words", "value_not_a_whole_number", "ends_before_start"})
BESIDE |= {"row_there_already", "row_gone", "value_approved", "value_handed_in"}


def _get(request: HttpRequest, code: str, part: str) -> tuple[RoadMap, Part]:
    road_map = access.get_road_map(request.user, code)
    if part not in set(Part):
        raise Http404
    step_of(road_map, STEP_OF[Part(part)])
    return road_map, Part(part)


def _open(request: HttpRequest, code: str, part: str) -> tuple[RoadMap, Part]:
    """The road map and the part, open for this person to write in; else 403 with the reason."""
    road_map, found = _get(request, code, part)
    if (refusal := access.why_not_write(request.user, road_map, found)) is not None:
        raise PermissionDenied(refusal)
    return road_map, found


def _row(road_map: RoadMap, part: Part, number: int) -> Row:
    found = queries.find(road_map, part, number)
    if found is None:
        raise Http404
    return found


def _prefix(part: Part, number: int) -> str:
    return f"{part}-{number}"


def _measure(context: dict[str, Any], part: Part, period: object) -> Measure | None:
    """How the indicator is measured whose period a value is of."""
    plan = context["plan"]
    of = editor.row_of(plan, Part.PERIOD, int(str(period))) if period and str(period).isdigit() else None
    indicator = editor.row_of(plan, Part.INDICATOR, of.indicator) if of else None
    return indicator.measure if indicator and part in (Part.TARGET, Part.ACTUAL) else None


def _back_to(road_map: RoadMap, part: Part, values: dict[str, Any]) -> HttpResponse:
    """Where one goes on after saving: values and periods stand with their indicator, all else in their step."""
    indicator = values.get("indicator")
    if part in (Part.TARGET, Part.ACTUAL) and values.get("period"):
        period = queries.find(road_map, Part.PERIOD, values["period"])
        indicator = period.indicator_id if period else None
    if part in (Part.PERIOD, Part.TARGET, Part.ACTUAL) and indicator:
        return redirect("impact:row", road_map.code, Part.INDICATOR, indicator)
    return redirect("impact:step", road_map.code, STEP_OF[part])


# --- Adding ----------------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """Add a row."""
    road_map, found = _open(request, code, part)
    if found in SINGLE:
        raise Http404
    context = frame(request, road_map)
    first = forms.given(found, request.GET)
    ready = library.library().get(request.GET.get("library", "")) if found is Part.INDICATOR else None
    first |= ready.initial(road_map.language) if ready else {}
    period = request.POST.get("period") or first.get("period")
    form = forms.RowForm(
        found, context["plan"], None, request.POST or None, initial=first, measure=_measure(context, found, period)
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        names = values.pop("names", "")
        try:
            added = actions.add_row(
                road_map=road_map, part=found, values=values, names=names, by=request.user, at=timezone.now()
            )
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            if found is Part.EVIDENCE:  # its file comes next
                return redirect(f"{reverse('impact:row', args=[code, found, added.pk])}#file-t")
            return _back_to(road_map, found, values)
    context |= {"form": form, "part": found, "part_name": words.PARTS[found], "step": STEP_OF[found], "number": None}
    if found is Part.INDICATOR:
        context |= {"library": library.by_dynamic(), "ready": ready, "of_result": first.get("result", "")}
    return render(request, "impact/row.html", context, status=REFUSED if form.is_bound else 200)


# --- One row ---------------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, code: str, part: str, number: int) -> HttpResponse:
    """A row in its form. Sent whole, it is saved by the same rules as while one types."""
    road_map, found = _open(request, code, part)
    one = _row(road_map, found, number)
    context = frame(request, road_map)
    plan = context["plan"]
    form = forms.RowForm(
        found, plan, number, request.POST or None, prefix=_prefix(found, number),
        initial=forms.initial(found, plan, number), measure=_measure(context, found, getattr(one, "period_id", None)),
    )  # fmt: skip
    seen = forms.SeenForm(request.POST or None)
    theirs: Refusal | None = None
    if request.method == "POST" and form.is_valid() and seen.is_valid():
        values = dict(form.cleaned_data)
        names = values.pop("names", "")
        try:
            actions.save_row(
                road_map=road_map, part=found, number=number, values=values, names=names,
                version=seen.cleaned_data["seen"] or 0, settles=seen.cleaned_data["settles"] or 0,
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            theirs = denied.refusal if denied.refusal.code == "changed_meanwhile" else None
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return _back_to(road_map, found, values)
    return _row_page(request, context, form, found, one, theirs)


def _row_page(
    request: HttpRequest, context: dict[str, Any], form: forms.RowForm, part: Part, one: Row, theirs: Refusal | None
) -> HttpResponse:
    plan = context["plan"]
    told: Any = theirs.facts if theirs else {}
    columns = told.get("columns", {})
    context |= {
        "form": form,
        "part": part,
        "part_name": words.PARTS[part],
        "step": STEP_OF[part],
        "number": one.pk,
        "version": told.get("version", one.version),
        "settles": told.get("aside", ""),
        "theirs": [(words.label(part, name), value) for name, value in columns.items()],
        "asides": [
            (aside, [(words.label(part, name), value) for name, value in aside.values.items()])
            for aside in queries.asides_of(part, one.pk)
        ],
        "periods": editor.periods(plan, one.pk) if part is Part.INDICATOR else None,
        "retired": getattr(one, "retired", False),
        "marks": len(getattr(one, "marks", [])),
        "past": [(past, _said(plan, part, past.values)) for past in queries.past_of(part, one.pk)[:20]],
        "single": part in SINGLE,
    }
    if isinstance(one, Evidence):
        context |= _file_place(request, one)
    return render(request, "impact/row.html", context, status=REFUSED if form.is_bound else 200)


def _file_place(request: HttpRequest, one: Evidence) -> dict[str, Any]:
    """What the place for the file of evidence shows; and the report that led here."""
    back = whole_number(request.GET.get("report"))
    return {
        "file": one.file,
        "uploads": files.coming_to(one, request.user, request.session.session_key or ""),
        "file_formats": ", ".join(contents.ACCEPTED.values()),
        "file_accept": ",".join(ending for endings in contents.ENDINGS.values() for ending in endings),
        "file_bytes": settings.KINOLAB_FILE_MAX,
        "file_megabytes": settings.KINOLAB_FILE_MAX // MEGABYTE,
        "file_plain_bytes": settings.KINOLAB_MAX_UPLOAD,
        "report_back": back,
        "period_back": whole_number(request.GET.get("period")),
    }


def _said(plan: Any, part: Part, values: dict[str, Any]) -> list[tuple[object, str]]:
    """An earlier version in words, as far as its columns are texts."""
    prose = queries.PROSE[part]
    return [(words.label(part, name), str(value)) for name, value in values.items() if name in prose and value]


# --- While one types -------------------------------------------------------------------------------------------------------
@require_POST
def save(request: HttpRequest, code: str, part: str, number: int) -> HttpResponse:
    """Save one field; the protocol of `ui/autosave.js`."""
    road_map, found = _get(request, code, part)
    if request.POST.get("person", request.user.code) != request.user.code:  # the page was made for somebody else
        back = urlencode({"next": reverse("impact:step", args=[code, STEP_OF[found]])})
        return JsonResponse({"signed_out": True, "sign_in": f"{reverse(settings.LOGIN_URL)}?{back}"}, status=403)
    html_name = request.POST.get("field", "")
    name = html_name.removeprefix(f"{_prefix(found, number)}-")
    context = frame(request, road_map)
    one = _row(road_map, found, number)
    form = forms.RowForm(
        found, context["plan"], number, prefix=_prefix(found, number),
        measure=_measure(context, found, getattr(one, "period_id", None)),
    )  # fmt: skip
    if name not in form.fields or name == "names":
        raise Http404
    try:
        value = form.fields[name].clean(typed(form, name, html_name, request.POST.getlist("value")))
    except ValidationError as error:
        return JsonResponse({"field": html_name, "error": " ".join(error.messages)}, status=422)
    at = timezone.now()
    try:
        saved = actions.save_row(
            road_map=road_map, part=found, number=number, values={name: value},
            version=whole_number(request.POST.get("version")), run=request.POST.get("run", "")[:40],
            settles=whole_number(request.POST.get("settles")), by=request.user, at=at,
        )  # fmt: skip
    except Denied as denied:
        return not_saved(denied.refusal, html_name, name)
    return is_saved(saved, found, html_name, name, at, context["zone"])


def is_saved(saved: actions.Saved, part: Part, html_name: str, name: str, at: datetime, zone: str) -> JsonResponse:
    """The answer to a field that was saved, with another's change that came into it."""
    body: dict[str, Any] = {
        "field": html_name,
        "version": saved.row.version,
        "saved_at": at.isoformat(),
        "saved_at_text": formats.clock(at, zone),
    }
    if name in saved.merged:
        now = queries.values_of(part, saved.row)[name]
        body["value"] = _text(now)
        if isinstance(now, str) and isinstance(saved.merged[name], str):
            body["edits"] = [[each.start, each.end, each.text] for each in merging.edits(saved.merged[name], now)]
    return JsonResponse(body)


def typed(form: BaseForm, name: str, html_name: str, values: list[str]) -> Any:
    """What the field's control would have sent."""
    data = QueryDict(mutable=True)
    if values and values != [""]:
        data.setlist(html_name, values)
    return form.fields[name].widget.value_from_datadict(data, {}, html_name)


def whole_number(text: str | None) -> int:
    """A number that a script sends; nothing else than a number is 0."""
    return int(text) if text and text.isdigit() and len(text) < 12 else 0


def _text(value: object) -> str | list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _refused(refusal: Refusal) -> JsonResponse:
    return JsonResponse({"reason": reasons.explain(refusal), "code": refusal.code}, status=403)


def not_saved(refusal: Refusal, html_name: str, name: str) -> JsonResponse:
    """The answer to a field that was not saved: both texts, a sentence beside the field, or that all is shut."""
    if refusal.code == "changed_meanwhile":
        facts: Any = refusal.facts
        told = {"version": facts["version"], "by": facts["by"], "aside": facts["aside"]}
        return JsonResponse({"field": html_name, "value": _text(facts["columns"][name])} | told, status=409)
    if refusal.code in BESIDE:
        return JsonResponse({"field": html_name, "error": reasons.explain(refusal)}, status=422)
    return _refused(refusal)


# --- Taking out, bringing back ---------------------------------------------------------------------------------------------
@require_POST
def remove(request: HttpRequest, code: str, part: str, number: int) -> HttpResponse:
    """Take the row out."""
    road_map, found = _get(request, code, part)
    one = _row(road_map, found, number)
    where = {name: getattr(one, f"{name}_id", None) for name in ("indicator", "period")}
    try:
        actions.remove_row(road_map=road_map, part=found, number=number, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("Taken out. Its text is kept."))
    return _back_to(road_map, found, where)


@require_POST
def move(request: HttpRequest, code: str, part: str, number: int) -> HttpResponse:
    """Put the row before the one above it, or after the one below it: rows as the page showed them."""
    road_map, found = _get(request, code, part)
    above, below = whole_number(request.POST.get("above")), whole_number(request.POST.get("below"))
    back = reverse("impact:step", args=[code, STEP_OF[found]])
    if not above and not below:  # the first row goes no higher, the last no lower
        return redirect(f"{back}#p-{found}")
    first, second = (number, above) if above else (below, number)
    changed = ""
    try:
        actions.move_row(
            road_map=road_map, part=found, number=first, before=second, by=request.user, at=timezone.now()
        )  # fmt: skip
    except Denied as denied:
        if denied.refusal.code != "order_changed":
            messages.error(request, reasons.explain(denied.refusal))
        changed = f"?changed={found}"
    return redirect(f"{back}{changed}#p-{found}")


@require_POST
def back(request: HttpRequest, code: str, part: str, number: int) -> HttpResponse:
    """Bring an earlier version back."""
    road_map, found = _get(request, code, part)
    version = whole_number(request.POST.get("version"))
    try:
        actions.bring_back(
            road_map=road_map, part=found, number=number, version=version, by=request.user, at=timezone.now()
        )
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("The earlier version is back."))
    return redirect("impact:step", code, STEP_OF[found])


@require_POST
def retire(request: HttpRequest, code: str, part: str, number: int) -> HttpResponse:
    """Read an indicator no more, or again."""
    road_map, found = _get(request, code, part)
    retired = bool(request.POST.get("retired"))
    try:
        actions.retire_indicator(road_map=road_map, number=number, retired=retired, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    return redirect("impact:step", code, STEP_OF[found])


@require_POST
def settle(request: HttpRequest, code: str, part: str, number: int) -> HttpResponse:
    """What the row says stays; the text beside it is settled."""
    road_map, found = _get(request, code, part)
    try:
        actions.settle(
            road_map=road_map, aside=whole_number(request.POST.get("aside")), by=request.user, at=timezone.now()
        )
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    return redirect("impact:row", code, found, number)


@require_POST
def approve(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let a value leave the team."""
    road_map = access.get_road_map(request.user, code)
    try:
        actions.approve(road_map=road_map, number=number, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    return redirect("impact:step", code, STEP_OF[Part.ACTUAL])
