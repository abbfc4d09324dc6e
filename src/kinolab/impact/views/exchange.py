"""Data of road maps that somebody takes away, and IATI files that a team brings."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.files.tables import csv_response, xlsx_response
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.impact import access, forms
from kinolab.impact.actions import exchange as actions
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.models import BroughtFile, RoadMap
from kinolab.impact.queries import account, exchange, iati
from kinolab.impact.views.editor import REFUSED, frame
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition

_ANSWERS = {"csv": csv_response, "xlsx": xlsx_response}


# --- Out -----------------------------------------------------------------------------------------------------------------
def _eyes(name: str, what: str, kind: str) -> Eyes:
    """Whose eyes; 404 for a file that there is not. What is published in IATI leaves the lab, so it is not for its eyes."""
    if name not in set(Eyes) or what not in exchange.TABLES or kind not in {"xml", *_ANSWERS}:
        raise Http404
    if kind == "xml" and (what != "results" or name == Eyes.LAB):
        raise Http404
    return Eyes(name)


def _file(shown: list[exchange.Shown], edition: Edition, name: str, what: str, kind: str) -> HttpResponseBase:
    if kind != "xml":
        head, rows = exchange.TABLES[what]
        return _ANSWERS[kind](f"{name}.{kind}", head, rows(shown))
    content = iati.document(shown, iati.publisher_of(edition.programme.organisation), timezone.now())
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{name}.xml"),
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/xml; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def data(request: HttpRequest, code: str, eyes: str, what: str, kind: str) -> HttpResponseBase:
    """A road map as these eyes may see it: results, values or everything as a table, results as IATI.

    What everybody may see needs no signing in.
    """
    wanted = _eyes(eyes, what, kind)
    person = request.user if request.user.is_authenticated else None
    if person is None and wanted is not Eyes.PUBLIC:
        return redirect_to_login(request.get_full_path())
    road_map = access.get_outgoing(person, code, wanted)
    found = exchange.outgoing([road_map], wanted)
    if refusal := found.refused.get(road_map.pk):
        if not hasattr(road_map, "who"):
            raise Http404
        raise PermissionDenied(refusal)
    if person is not None:
        actions.record_taken(thing=road_map, what=f"{what}.{kind}", eyes=wanted, by=person, at=timezone.now())
    return _file(list(found.shown), road_map.edition, f"road-map-{code}-{eyes}-{what}", what, kind)


@require_safe
def edition_data(
    request: HttpRequest, programme: str, edition: str, eyes: str, what: str, kind: str
) -> HttpResponseBase:
    """The road maps of an edition that these eyes may see, in one file."""
    wanted = _eyes(eyes, what, kind)
    found = labs.get_edition(request.user, programme, edition, Permission.READ_ROAD_MAPS)
    going = exchange.outgoing(access.of_edition(request.user, found).order_by("title", "pk"), wanted)
    if not going.shown:
        raise PermissionDenied(Refusal("nothing_to_take_away"))
    actions.record_taken(thing=found, what=f"{what}.{kind}", eyes=wanted, by=request.user, at=timezone.now())
    return _file(list(going.shown), found, f"road-maps-{programme}-{edition}-{eyes}-{what}", what, kind)


@require_POST
def publish(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Say as what the organisation publishes in IATI."""
    found = labs.get_edition(request.user, programme, edition, Permission.GUIDE_ROAD_MAPS)
    form = forms.PublisherForm(request.POST)
    if form.is_valid():
        actions.publish_as(edition=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Saved."))
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("impact:list", programme, edition)


# --- In ------------------------------------------------------------------------------------------------------------------
def _open(request: HttpRequest, code: str) -> RoadMap:
    """The road map, when this person may bring files now; else 403 with the reason."""
    road_map = access.get_road_map(request.user, code)
    if (refusal := access.why_not_bring(request.user, road_map)) is not None:
        raise PermissionDenied(refusal)
    return road_map


def _page(request: HttpRequest, road_map: RoadMap, **more: Any) -> HttpResponse:
    shown = frame(request, road_map) | {"form": forms.BringForm(), "brought": account.earlier(road_map)} | more
    refused = more.get("form") is not None or more.get("sentence")
    return render(request, "impact/bring.html", shown, status=REFUSED if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, code: str) -> HttpResponse:
    """Bring an IATI file; and those there were."""
    road_map = _open(request, code)
    form = forms.BringForm(request.POST, request.FILES)
    if request.method != "POST":
        return _page(request, road_map)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.bring(
                road_map=road_map, content=file.read(), name=file.name, by=request.user, at=timezone.now()
            )  # fmt: skip
        except Denied as denied:
            form.add_error("file", reasons.explain(denied.refusal))
        else:
            return redirect("impact:brought", code, made.pk)
    return _page(request, road_map, form=form)


def _brought(road_map: RoadMap, number: int) -> BroughtFile:
    found = BroughtFile.objects.filter(road_map=road_map, pk=number).first()
    if found is None:
        raise Http404
    found.road_map = road_map
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def brought(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a file would bring, and what it would not and why; take it, look at another activity, or drop it."""
    road_map = _open(request, code)
    one = _brought(road_map, number)
    if request.method != "POST":
        return _account(request, road_map, one)
    try:
        if "take" in request.POST:
            arrival = actions.take(brought=one, by=request.user, at=timezone.now())
            messages.success(request, gettext("Taken in. Rows: %(count)s") % {"count": arrival.count})
            return redirect("impact:step", code, "results")
        if "drop" in request.POST:
            actions.drop(brought=one, by=request.user, at=timezone.now())
            return redirect("impact:bring", code)
        chosen = request.POST.get("activity", "")
        actions.choose(brought=one, activity=int(chosen) if chosen.isdecimal() else -1, by=request.user)
    except Denied as denied:
        return _account(request, road_map, one, sentence=reasons.explain(denied.refusal))
    return redirect("impact:brought", code, number)


def _account(request: HttpRequest, road_map: RoadMap, one: BroughtFile, **more: Any) -> HttpResponse:
    found: dict[str, Any] = {}
    if one.phase == "proposed":
        arrival = iati.arrival(one, lambda part: access.why_not_write(request.user, road_map, part))
        found = {"account": account.account(arrival), "activities": iati.activities(one)}
    return _page(request, road_map, file=one, **found, **more)
