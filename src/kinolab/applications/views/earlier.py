"""What an answer said before, and bringing it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinolab.applications import access
from kinolab.applications.actions import earlier as actions
from kinolab.applications.models import Application
from kinolab.applications.queries import earlier
from kinolab.applications.queries.form import place_url
from kinolab.applications.views import answers
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied, Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def past(request: HttpRequest, code: str, question: int) -> HttpResponse:
    """One answer with everything it has said; a button brings a version back."""
    application = access.get_application(request.user, code)
    asked = access.get_question(request.user, application, question)
    if request.method != "POST":
        return _page(request, application, asked)
    version = access.get_earlier(request.user, application, asked, request.POST.get("version", ""))
    try:
        actions.bring_back(application=application, version=version, by=request.user, at=timezone.now())
    except Denied as denied:
        return _page(request, application, asked, denied.refusal)
    messages.success(request, _("The earlier text is back."))
    return redirect(place_url(application, asked))


def _page(
    request: HttpRequest, application: Application, asked: Question, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "page": earlier.page(application, asked, access.member(request.user, application)),
        "application": application,
        "question": asked,
        "back": place_url(application, asked),
        "closed": access.why_not_answer(request.user, application, asked, timezone.now()),
        "zone": answers.zone_of(request, application.call),
        "refusal": refusal,
    }
    return render(request, "applications/form/earlier.html", context, status=422 if refusal else 200)
