"""Files of an application: sent up, listed, given out, taken away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kinolab.applications import access
from kinolab.applications.actions import files as actions
from kinolab.applications.forms import UploadForm
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries import form as pages
from kinolab.applications.queries import takeaway
from kinolab.applications.views.answers import in_zone, taken, wants_json
from kinolab.foundation.files.archives import zipped
from kinolab.foundation.files.queries import as_attachment
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied, Refusal


def whose_part(request: HttpRequest, application: Application) -> TeamMember | None:
    """The own part that the address names (`?member=`), where the lab's staff fill it; a member fills their own."""
    number = request.GET.get("member", "")
    if access.member(request.user, application) is not None or not number.isdecimal():
        return None
    return access.get_member(application, int(number))


def back_to(request: HttpRequest, application: Application, asked: Question, whose: TeamMember | None) -> str:
    """Where a question is answered, by the team or by the staff."""
    if access.member(request.user, application) is not None:
        return pages.place_url(application, asked)
    edition = application.call.edition
    slugs = (edition.programme.slug, edition.slug, application.code)
    if asked.asked_of and whose is not None:
        return reverse("applications:type_part", args=(*slugs, whose.pk))
    return reverse("applications:type_for", args=slugs)


@require_POST
def attach(request: HttpRequest, code: str, question: int) -> HttpResponse:
    """Send a file up as an answer; a sentence beside the question if it is not taken."""
    application = access.get_to_fill(request.user, code)
    whose = whose_part(request, application)
    asked = get_object_or_404(
        Question.objects.select_related("section"), pk=question, section__form=application.call.form_id
    )
    form = UploadForm(request.POST, request.FILES)
    refusal, back = None, back_to(request, application, asked, whose)
    attachment = None
    if not form.is_valid():
        refusal = Refusal("file_missing")
    else:
        try:
            for upload in request.FILES.getlist("file"):
                attachment = actions.attach(
                    application=application,
                    question=asked,
                    upload=upload,
                    by=request.user,
                    at=timezone.now(),
                    whose=whose,
                )
        except Denied as denied:
            refusal = in_zone(denied.refusal, application.call)
    if wants_json(request):
        if refusal is None and attachment is not None:
            return taken(request, application, attachment)
        return JsonResponse({"error": explain(refusal) if refusal else ""}, status=422)
    if refusal is None:
        messages.success(request, _("The file is saved."))
        return redirect(back)
    context = {"application": application, "question": asked, "refusal": refusal, "back": back}
    return render(request, "applications/form/file_refused.html", context, status=422)


@require_POST
def detach(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """Take a file away."""
    application = access.get_to_fill(request.user, code)
    attachment = access.get_team_attachment(request.user, application, file)
    attachment.application = application
    try:
        actions.detach(attachment=attachment, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, explain(in_zone(denied.refusal, application.call)))
    asked = Question.objects.select_related("section").get(pk=attachment.question_id)
    return redirect(back_to(request, application, asked, attachment.member))


@require_safe
def download(request: HttpRequest, code: str, file: str) -> HttpResponseBase:
    """A file, to a member of the team, or to the staff who enter the application for somebody."""
    application = access.get_to_fill(request.user, code)
    return as_attachment(access.get_team_attachment(request.user, application, file).file)


@require_safe
def everything(request: HttpRequest, code: str) -> HttpResponseBase:
    """All of the application that is theirs, as one archive that leaves while it is made."""
    application = access.get_application(request.user, code)
    part = access.member(request.user, application)
    assert part is not None
    entries = takeaway.everything(
        application, part, by=request.user, at=timezone.now(), language=get_language() or "en"
    )
    response = StreamingHttpResponse(zipped(entries), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{application.code}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
