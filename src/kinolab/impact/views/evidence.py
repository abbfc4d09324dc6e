"""The file behind a piece of evidence: sent up, given out to whom may have it, taken out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.files import actions as files
from kinolab.foundation.files import tickets, tus
from kinolab.foundation.files.models import Upload
from kinolab.foundation.files.queries import as_attachment
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.impact import access, forms
from kinolab.impact.actions import evidence as actions
from kinolab.impact.domain.parts import Part
from kinolab.impact.models import Evidence, RoadMap
from kinolab.impact.queries import evidence as queries


def _open(request: HttpRequest, code: str) -> RoadMap:
    """The road map, open for this person's evidence; else 403 with the reason."""
    road_map = access.get_road_map(request.user, code)
    if (refusal := access.why_not_write(request.user, road_map, Part.EVIDENCE)) is not None:
        raise PermissionDenied(refusal)
    return road_map


def _back(road_map: RoadMap, number: int) -> HttpResponse:
    return redirect("impact:row", road_map.code, Part.EVIDENCE.value, number)


@require_safe
def download(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The file, for whoever may have it; looks at what is the team's alone are on the record."""
    road_map = access.get_road_map(request.user, code)
    found = queries.to_give(road_map, number, road_map.who.eyes)
    if found is None:
        raise Http404
    row, name = found
    assert row.file is not None
    actions.record_look(evidence=row, by=request.user, at=timezone.now())
    return as_attachment(row.file, name)


@require_POST
def attach(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Send the file up in one piece."""
    road_map = _open(request, code)
    form = forms.FileForm(request.POST, request.FILES)
    refusal, row = None, None
    if not form.is_valid():
        refusal = Refusal("file_missing")
    else:
        try:
            row = actions.attach(
                road_map=road_map, number=number, upload=form.cleaned_data["file"], by=request.user, at=timezone.now()
            )
        except Denied as denied:
            refusal = denied.refusal
    if "application/json" in request.headers.get("Accept", ""):
        return _taken(request, road_map, row) if row is not None else _refused(refusal or Refusal("file_missing"))
    if refusal is not None:
        messages.error(request, explain(refusal))
    else:
        messages.success(request, gettext("The file is saved."))
    return _back(road_map, number)


@require_http_methods(["POST", "OPTIONS"])
def begin(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Creation of a large upload, as tus says it."""
    if request.method == "OPTIONS":
        return tus.options()
    road_map = _open(request, code)
    length, said = request.headers.get("Upload-Length", ""), tus.metadata(request.headers.get("Upload-Metadata", ""))
    if request.headers.get("Tus-Resumable") != tus.VERSION or not length.isdecimal() or len(length) > 15:
        return _refused(Refusal("upload_unreadable"), 400)
    try:
        begun = actions.begin_upload(
            road_map=road_map, number=number, name=said.get("filename", ""), size=int(length),
            mark=said.get("mark", "")[:120], by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Denied as denied:
        return _refused(denied.refusal)
    address = tickets.address(begun.code, begun.size, request.session.session_key or "")
    finish = reverse("impact:finish_evidence", args=(code, number, begun.code))
    answer = JsonResponse({"url": address, "finish": finish, "code": begun.code}, status=201)
    answer["Location"] = address
    return tus.spoken(tus.said(answer, begun))


def _find(request: HttpRequest, code: str, number: int, upload: str) -> tuple[RoadMap, Upload]:
    """The person's own upload to this evidence of their road map; 404 for any other."""
    road_map = access.get_road_map(request.user, code)
    found = Upload.objects.select_related("owner", "stored").filter(code=upload, owner=request.user).first()
    row = queries.place_of(found) if found and found.target.startswith(f"{queries.PREFIX}:{number}") else None
    if found is None or row is None or row.pk != number or row.road_map_id != road_map.pk:
        raise Http404
    return road_map, found


@require_POST
def finish(request: HttpRequest, code: str, number: int, upload: str) -> HttpResponse:
    """Take a file that has come whole."""
    road_map, found = _find(request, code, number, upload)
    try:
        row = actions.take_upload(upload=found, at=timezone.now())
    except Denied as denied:
        return _refused(denied.refusal)
    return _taken(request, road_map, row)


@require_POST
def drop(request: HttpRequest, code: str, number: int, upload: str) -> HttpResponse:
    """Give up an upload of one's own that is on its way or was refused."""
    road_map, found = _find(request, code, number, upload)
    files.drop(upload=found, by=request.user)
    return _back(road_map, number)


@require_POST
def remove(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take the file out."""
    road_map = _open(request, code)
    try:
        actions.detach(road_map=road_map, number=number, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    else:
        messages.success(request, gettext("The file is taken out."))
    return _back(road_map, number)


def _taken(request: HttpRequest, road_map: RoadMap, row: Evidence) -> HttpResponse:
    context = {"road_map": road_map, "file": row.file, "number": row.pk, "writes": True}
    return tus.spoken(JsonResponse({"row": render_to_string("impact/_file.html", context, request), "meter": ""}))


def _refused(refusal: Refusal, status: int | None = None) -> HttpResponse:
    body = {"error": explain(refusal), "code": refusal.code}
    return tus.spoken(JsonResponse(body, status=status or tus.STATUS.get(refusal.code, 422)))
