"""What must be handed over: the list, one of it with its file, accepted or sent back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.files import actions as files
from kinolab.foundation.files import contents, tickets, tus
from kinolab.foundation.files.models import Upload
from kinolab.foundation.files.queries import as_attachment
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.production import access, assembly_forms, words
from kinolab.production.actions import cutting
from kinolab.production.actions import handover as actions
from kinolab.production.models import Deliverable, Omnibus
from kinolab.production.queries import handover as queries
from kinolab.production.views.films import REFUSED, frame

STAGE = "delivered"
MEGABYTE = 1024 * 1024
JUDGED = {"accept", "send_back"}


@require_http_methods(["GET", "HEAD", "POST"])
def deliverables(request: HttpRequest, film: str) -> HttpResponse:
    """The list; something more on it."""
    found = access.get_omnibus(request.user, film)
    form = assembly_forms.DeliverableForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.add(omnibus=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect("production:deliverables", film)
    rows = queries.handover_page(found, request.user, request.session.session_key or "", _today(found))
    context = frame(found, STAGE) | {"rows": rows, "form": form, "states": words.DELIVERABLE_STATES}
    return render(request, "production/deliverables.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
def usual(request: HttpRequest, film: str) -> HttpResponse:
    """Begin the list with what nearly everybody asks for."""
    found = access.get_omnibus(request.user, film)
    try:
        actions.add_usual(omnibus=found, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(denied.refusal))
    return redirect("production:deliverables", film)


@require_http_methods(["GET", "HEAD", "POST"])
def deliverable(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """One of the list; say it otherwise."""
    found = access.get_omnibus(request.user, film)
    one = _get(found, number)
    form = _said(one, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, one, form=form, status=REFUSED if form.is_bound else 200)
    try:
        actions.change(deliverable=one, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Denied as denied:
        return _page(request, found, one, refusal=denied.refusal)
    messages.success(request, gettext("Saved."))
    return redirect("production:deliverable", film, number)


@require_POST
def remove(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Strike it from the list."""
    found = access.get_omnibus(request.user, film)
    try:
        actions.remove(deliverable=_get(found, number), by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, found, _get(found, number), refusal=denied.refusal)
    messages.success(request, gettext("It is taken off the list."))
    return redirect("production:deliverables", film)


@require_POST
def hand_over(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Say that it is there."""
    found = access.get_omnibus(request.user, film)
    one, form = _get(found, number), assembly_forms.HandOverForm(request.POST)
    if not form.is_valid():
        return _page(request, found, one, link=form, status=REFUSED)
    try:
        actions.hand_over(deliverable=one, link=form.cleaned_data["link"], by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, found, one, refusal=denied.refusal)
    messages.success(request, gettext("Handed over. Now somebody looks at it."))
    return redirect("production:deliverable", film, number)


@require_POST
def judge(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Accept it, or send it back."""
    found = access.get_omnibus(request.user, film)
    one, what = _get(found, number), request.POST.get("do")
    if what not in JUDGED:
        raise Http404
    form = assembly_forms.NoteForm(request.POST)
    if what == "send_back" and not form.is_valid():
        return _page(request, found, one, note=form, status=REFUSED)
    said = {"deliverable": one, "by": request.user, "at": timezone.now()}
    try:
        if what == "accept":
            actions.accept(**said)
        else:
            actions.send_back(note=form.cleaned_data["note"], **said)
    except Denied as denied:
        return _page(request, found, one, refusal=denied.refusal)
    messages.success(request, gettext("Accepted.") if what == "accept" else gettext("Sent back."))
    return redirect("production:deliverable", film, number)


# --- Its file --------------------------------------------------------------------------------------------------------
@require_safe
def file(request: HttpRequest, film: str, number: int) -> HttpResponseBase:
    """The file."""
    one = _get(access.get_omnibus(request.user, film), number)
    if one.file is None:
        raise Http404
    return as_attachment(one.file, one.file.name)


@require_POST
def attach(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Send the file up in one piece."""
    found = access.get_omnibus(request.user, film)
    one, form = _get(found, number), assembly_forms.FileForm(request.POST, request.FILES)
    refusal = None if form.is_valid() else Refusal("file_missing")
    if refusal is None:
        try:
            one = actions.attach(deliverable=one, upload=form.cleaned_data["file"], by=request.user, at=timezone.now())
        except Denied as denied:
            refusal = denied.refusal
    if "application/json" in request.headers.get("Accept", ""):
        return _refused(refusal) if refusal else _taken(request, found, one)
    if refusal is not None:
        return _page(request, found, _get(found, number), refusal=refusal)
    messages.success(request, gettext("The file is saved."))
    return redirect("production:deliverable", film, number)


@require_http_methods(["POST", "OPTIONS"])
def begin(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Creation of a large upload, as tus says it."""
    if request.method == "OPTIONS":
        return tus.options()
    one = _get(access.get_omnibus(request.user, film), number)
    length, said = request.headers.get("Upload-Length", ""), tus.metadata(request.headers.get("Upload-Metadata", ""))
    if request.headers.get("Tus-Resumable") != tus.VERSION or not length.isdecimal() or len(length) > 15:
        return _refused(Refusal("upload_unreadable"), 400)
    try:
        begun = actions.begin_upload(
            deliverable=one, name=said.get("filename", ""), size=int(length), mark=said.get("mark", "")[:120],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Denied as denied:
        return _refused(denied.refusal)
    address = tickets.address(begun.code, begun.size, request.session.session_key or "")
    finish = reverse("production:finish_file", args=(film, number, begun.code))
    answer = JsonResponse({"url": address, "finish": finish, "code": begun.code}, status=201)
    answer["Location"] = address
    return tus.spoken(tus.said(answer, begun))


@require_POST
def finish(request: HttpRequest, film: str, number: int, upload: str) -> HttpResponse:
    """Take a file that has come whole."""
    found = access.get_omnibus(request.user, film)
    coming = _coming(request, found, number, upload)
    try:
        one = actions.take_upload(upload=coming, at=timezone.now())
    except Denied as denied:
        return _refused(denied.refusal)
    return _taken(request, found, one)


@require_POST
def drop(request: HttpRequest, film: str, number: int, upload: str) -> HttpResponse:
    """Give up an upload of one's own that is on its way or was refused."""
    found = access.get_omnibus(request.user, film)
    files.drop(upload=_coming(request, found, number, upload), by=request.user)
    return redirect("production:deliverable", film, number)


@require_POST
def detach(request: HttpRequest, film: str, number: int) -> HttpResponse:
    """Take the file out."""
    found = access.get_omnibus(request.user, film)
    try:
        actions.detach(deliverable=_get(found, number), by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, found, _get(found, number), refusal=denied.refusal)
    messages.success(request, gettext("The file is taken out."))
    return redirect("production:deliverable", film, number)


# --- Pieces ----------------------------------------------------------------------------------------------------------
def _today(omnibus: Omnibus) -> Any:
    return cutting.today(omnibus, timezone.now())


def _get(omnibus: Omnibus, number: int) -> Deliverable:
    """A deliverable of the film; 404 for those of others."""
    found = omnibus.deliverables.select_related("file", "accepted_by").filter(pk=number).first()
    if found is None:
        raise Http404
    found.omnibus = omnibus
    return found


def _coming(request: HttpRequest, omnibus: Omnibus, number: int, upload: str) -> Upload:
    """The person's own upload to this deliverable; 404 for any other."""
    one = _get(omnibus, number)
    found = Upload.objects.select_related("owner", "stored").filter(code=upload, owner=request.user).first()
    if found is None or found.target != queries.target(one):
        raise Http404
    return found


def _said(one: Deliverable, typed: Any = None) -> assembly_forms.DeliverableForm:
    initial = {"name": one.name, "specification": one.specification, "due": one.due}
    return assembly_forms.DeliverableForm(typed, initial=initial)


def _page(
    request: HttpRequest, omnibus: Omnibus, one: Deliverable, *, form: Any = None, link: Any = None, note: Any = None,
    refusal: Refusal | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    row = queries.owed(one, request.user, request.session.session_key or "", _today(omnibus))
    context = frame(omnibus, STAGE) | {
        "row": row,
        "one": one,
        "file": one.file,
        "form": form or _said(one),
        "link": link or assembly_forms.HandOverForm(initial={"link": one.link}),
        "note": note or assembly_forms.NoteForm(),
        "refusal": refusal,
        "states": words.DELIVERABLE_STATES,
        "file_formats": ", ".join(contents.ACCEPTED.values()),
        "file_accept": ",".join(ending for endings in contents.ENDINGS.values() for ending in endings),
        "file_bytes": settings.KINOLAB_FILE_MAX,
        "file_megabytes": settings.KINOLAB_FILE_MAX // MEGABYTE,
        "file_plain_bytes": settings.KINOLAB_MAX_UPLOAD,
    }
    return render(request, "production/deliverable.html", context, status=REFUSED if refusal else status)


def _taken(request: HttpRequest, omnibus: Omnibus, one: Deliverable) -> HttpResponse:
    context = {"omnibus": omnibus, "one": one, "file": one.file, "open": True}
    return tus.spoken(JsonResponse({"row": render_to_string("production/_file.html", context, request), "meter": ""}))


def _refused(refusal: Refusal, status: int | None = None) -> HttpResponse:
    body = {"error": explain(refusal), "code": refusal.code}
    return tus.spoken(JsonResponse(body, status=status or tus.STATUS.get(refusal.code, 422)))
