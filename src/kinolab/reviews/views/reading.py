"""The reader's home and the reading room."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.files.queries import as_attachment
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.lines import normalise
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.reviews import access, words
from kinolab.reviews.actions import conflicts, readings
from kinolab.reviews.domain.lifecycle import AbstainReason, ReadingState
from kinolab.reviews.forms import AbstainForm, SaveForm
from kinolab.reviews.models import Reading
from kinolab.reviews.queries import mine as mine_queries
from kinolab.reviews.queries import room
from kinolab.reviews.queries.room import RoomPage, Typed

LONGEST_VERSION = 9  # digits
INCOMPLETE = {"marks_missing", "recommendation_missing"}


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The reader's readings, and the next one."""
    page = mine_queries.reader_page(request.user)
    if not page.piles:
        access.stop_strangers(request.user)
    shown = {"page": page, "state_words": words.READING_STATES}
    return render(request, "reviews/mine.html", shown)


@never_cache
@require_safe
def read(request: HttpRequest, number: int) -> HttpResponse:
    """The reading room; that it was opened is noted the first time."""
    reading = access.get_reading(request.user, number)
    readings.open_reading(reading=reading, by=request.user, at=timezone.now())
    return _room(request, reading)


def _room(
    request: HttpRequest,
    reading: Reading,
    refusal: Refusal | None = None,
    typed: Mapping[str, Typed] | None = None,
) -> HttpResponse:
    at, page = timezone.now(), room.room_page(request.user, reading, typed)
    lacking = page.lacking if refusal and refusal.code in INCOMPLETE else []
    shown = {
        "reading": reading,
        "page": page,
        "lacking": lacking,
        "mistakes": [_mistake(page, field) for field in lacking],
        "recommendations": words.RECOMMENDATIONS,
        "abstain_reasons": words.ABSTAIN_REASONS,
        "advice_words": {key.value: label for key, label in words.RECOMMENDATIONS.items()},
        "why_not_write": access.why_not_write(request.user, reading, at),
        "is_submitted": reading.state == ReadingState.SUBMITTED,
        "why_not_reopen": access.why_not_reopen(request.user, reading, at),
        "sentence": explain(refusal) if refusal else "",
    }
    if refusal == shown["why_not_write"]:
        shown["sentence"] = ""  # it stands beside the marks already
    return render(request, "reviews/read.html", shown, status=422 if refusal else 200)


def _mistake(page: RoomPage, field: str) -> dict[str, object]:
    """What a field lacks, as the summary on top of the page names it."""
    if field == "recommendation":
        return {"anchor": field, "label": words.YOUR_RECOMMENDATION, "text": words.NOT_CHOSEN}
    name = next(one.criterion.name for one in page.rubric if one.field == field)
    return {"anchor": field, "label": name, "text": words.NOT_MARKED}


@require_POST
def save(request: HttpRequest, number: int) -> HttpResponse:
    """Keep one field as it is typed (JSON, see autosave.js)."""
    reading = access.get_reading(request.user, number)
    form = SaveForm(request.POST)
    if not form.is_valid():
        return JsonResponse(
            {"field": request.POST.get("field", ""), "error": explain(Refusal("unknown_field"))}, status=422
        )
    field, at = form.cleaned_data["field"], timezone.now()
    try:
        version = readings.save_field(reading=reading, **form.cleaned_data, by=request.user, at=at)
    except Denied as denied:
        return _not_saved(field, denied.refusal)
    zone = request.user.timezone or reading.phase.edition.timezone
    return JsonResponse(
        {"field": field, "version": version, "saved_at": at.isoformat(), "saved_at_text": formats.clock(at, zone)}
    )


def _not_saved(field: str, refusal: Refusal) -> JsonResponse:
    if refusal.code == "reading_changed":
        return JsonResponse({"field": field, **refusal.facts, "by": _("Your other window")}, status=409)
    if refusal.code in {"reading_submitted", "phase_over", "phase_not_begun", "not_your_reading"}:
        return JsonResponse({"reason": explain(refusal)}, status=403)
    return JsonResponse({"field": field, "error": explain(refusal)}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Keep the whole form, as browsers without scripts send it, and hand the reading in."""
    reading, sent, at = access.get_reading(request.user, number), _sent(request), timezone.now()
    if request.method != "POST":
        return redirect("reviews:read", number)  # a refused page, loaded again in another language
    try:
        refused = readings.save_fields(reading=reading, typed=sent, by=request.user, at=at)
        if refused:
            typed = {field: _not_taken(reading, field, sent[field][0], why) for field, why in refused.items()}
            return _room(request, access.get_reading(request.user, number), next(iter(refused.values())), typed)
        if "later" not in request.POST:
            readings.submit(reading=reading, by=request.user, at=at)
    except Denied as denied:
        return _room(request, access.get_reading(request.user, number), denied.refusal)
    if "later" in request.POST:
        messages.success(request, _("Saved."))
        return redirect("reviews:read", number)
    messages.success(request, _("Your reading is handed in."), extra_tags="toast")
    following = mine_queries.next_due(request.user)
    return redirect("reviews:read", following) if following else redirect("reviews:mine")


def _sent(request: HttpRequest) -> dict[str, tuple[str, int]]:
    """Fields that the page sent with the version it had seen."""
    found = {}
    for field, seen in request.POST.items():
        name = field.removesuffix("-version")
        if name != field and name in request.POST:
            value = normalise(request.POST[name])
            found[name] = (value, int(seen) if seen.isdecimal() and len(seen) < LONGEST_VERSION else 0)
    return found


def _not_taken(reading: Reading, field: str, value: str, why: Refusal) -> Typed:
    """What was typed stays in its field, and beside it what another window wrote; sent again, it is taken."""
    kept = str(why.facts.get("value", ""))
    return Typed(value, int(reading.versions.get(field, 0)), explain(why), kept)


@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Take up again what was handed in."""
    reading = access.get_reading(request.user, number)
    try:
        readings.reopen(reading=reading, by=request.user, at=timezone.now())
    except Denied as denied:
        return _room(request, reading, denied.refusal)
    return redirect("reviews:read", number)


@require_POST
def abstain(request: HttpRequest, number: int) -> HttpResponse:
    """Leave it without a judgement; a conflict of interest hides it from then on."""
    reading = access.get_reading(request.user, number)
    form = AbstainForm(request.POST)
    if not form.is_valid():
        return _room(request, reading, Refusal("unknown_field"))
    reason, note, at = AbstainReason(form.cleaned_data["reason"]), form.cleaned_data["note"], timezone.now()
    try:
        if reason is AbstainReason.CONFLICT:
            conflicts.declare(reading=reading, note=note, by=request.user, at=at)
        else:
            readings.abstain(reading=reading, reason=reason, note=note, by=request.user, at=at)
    except Denied as denied:
        return _room(request, reading, denied.refusal)
    messages.success(request, _("Thank you. Somebody else will read it."))
    return redirect("reviews:mine")


@never_cache
@require_safe
def file(request: HttpRequest, number: int, code: str) -> FileResponse:
    """A file of the application, under a name that says nothing about its authors while names are hidden."""
    reading = access.get_reading(request.user, number)
    found = access.get_file(reading, code)
    ending = found.file.name.rpartition(".")[2].lower()[:5]
    name = (
        ""
        if reading.phase.see_names
        else f"{reading.application.number or reading.application.code}-{found.question.key}.{ending}"
    )
    return as_attachment(found.file, name)
