"""Large files of an application: begun here, taken here when they are whole; their bytes go past (`files.receiving`)."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.applications import access
from kinolab.applications.actions import files as actions
from kinolab.applications.models import Application
from kinolab.applications.queries import uploads
from kinolab.applications.views.answers import in_zone, taken
from kinolab.applications.views.files import back_to, whose_part
from kinolab.calls.models import Call
from kinolab.foundation.files import actions as stored
from kinolab.foundation.files import tickets, tus
from kinolab.foundation.files.models import Upload
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied, Refusal


@require_http_methods(["POST", "OPTIONS"])
def begin(request: HttpRequest, code: str, question: int) -> HttpResponse:
    """Creation, as tus says it: how long the file is, and what it is called."""
    if request.method == "OPTIONS":
        return tus.options()
    application = access.get_to_fill(request.user, code)
    asked = get_object_or_404(
        Question.objects.select_related("section"), pk=question, section__form=application.call.form_id
    )
    length, said = request.headers.get("Upload-Length", ""), tus.metadata(request.headers.get("Upload-Metadata", ""))
    if request.headers.get("Tus-Resumable") != tus.VERSION or not length.isdecimal() or len(length) > 15:
        return _refused(Refusal("upload_unreadable"), application.call, 400)
    try:
        begun = actions.begin_upload(
            application=application,
            question=asked,
            name=said.get("filename", ""),
            size=int(length),
            mark=said.get("mark", "")[:120],
            by=request.user,
            at=timezone.now(),
            whose=whose_part(request, application),
        )
    except Denied as denied:
        return _refused(denied.refusal, application.call)
    address = tickets.address(begun.code, begun.size, request.session.session_key or "")
    answer = JsonResponse({"url": address, "finish": finish_url(application, begun), "code": begun.code}, status=201)
    answer["Location"] = address
    return tus.spoken(tus.said(answer, begun))


@require_POST
def finish(request: HttpRequest, code: str, upload: str) -> HttpResponse:
    """Take a file that has come whole: the row that shows it, and how full the form is now."""
    application, found = _find(request, code, upload)
    try:
        attachment = actions.take_upload(upload=found, at=timezone.now())
    except Denied as denied:
        return _refused(denied.refusal, application.call)
    return taken(request, application, attachment)


@require_POST
def drop(request: HttpRequest, code: str, upload: str) -> HttpResponse:
    """Give up an upload of one's own that is on its way or was refused."""
    application, found = _find(request, code, upload)
    place = uploads.place_of(found)
    stored.drop(upload=found, by=request.user)
    if place is None:
        return redirect("applications:edit", application.code)
    return redirect(back_to(request, application, *place[1:]))


def finish_url(application: Application, upload: Upload) -> str:
    """Where a whole upload is taken."""
    return reverse("applications:finish_upload", args=(application.code, upload.code))


def _find(request: HttpRequest, code: str, upload: str) -> tuple[Application, Upload]:
    """The person's own upload to an application of their team, or that they enter for somebody; 404 for any other."""
    application = access.get_to_fill(request.user, code)
    found = Upload.objects.select_related("owner", "stored").filter(code=upload, owner=request.user).first()
    if found is None or not found.target.startswith(f"{uploads.PREFIX}:{application.pk}:"):
        raise Http404
    return application, found


def _refused(refusal: Refusal, call: Call, status: int | None = None) -> HttpResponse:
    body = {"error": explain(in_zone(refusal, call)), "code": refusal.code}
    return tus.spoken(JsonResponse(body, status=status or tus.STATUS.get(refusal.code, 422)))
