"""In which strands an application stands, and whether it comes with a project."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kinolab.applications import access
from kinolab.applications.actions import submission
from kinolab.applications.queries import form as pages
from kinolab.applications.queries.dossier import Dossier, dossier
from kinolab.applications.views import answers
from kinolab.calls.queries import closes
from kinolab.foundation.refusals import Denied, Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def strands(request: HttpRequest, code: str) -> HttpResponse:
    """What each strand is for and asks; choosing them."""
    application = access.get_application(request.user, code)
    if request.method != "POST":
        return _page(request, dossier(application))
    try:
        submission.choose_strands(
            application=application,
            strands=request.POST.getlist("strands"),
            without_project="without_project" in request.POST if "project-asked" in request.POST else None,
            by=request.user,
            at=timezone.now(),
        )
    except Denied as denied:
        return _page(request, dossier(application), answers.in_zone(denied.refusal, application.call))
    whole = dossier(access.get_application(request.user, code))
    after = [one.url for one in pages.steps(whole, "strands") if one.key != "strands"]
    return redirect(after[0])


def _page(request: HttpRequest, whole: Dossier, refusal: Refusal | None = None) -> HttpResponse:
    application, at, standing = whole.application, timezone.now(), whole.standing
    steps = pages.steps(whole, "strands")
    others = [one for one in steps if one.key != "strands"]
    named = request.POST.getlist("strands") if refusal else [one.slug for one in standing.chosen]
    context = {
        "application": application,
        "dossier": whole,
        "here": "strands",
        "zone": answers.zone_of(request, application.call),
        "standing": standing,
        "several": len(standing.known) > 1,
        "named": named,
        "without": "without_project" in request.POST if refusal else application.without_project,
        "allows_without": [one for one in standing.known if one.without_project],
        "later": {one.name: one.close for one in closes.listed(application.call, standing.known) if one.close},
        "refusal": refusal,
        "steps": steps,
        "number": 1,
        "next": others[0],
        "closed": access.why_not_edit(request.user, application, at),
        "lacks": pages.lacks(whole),
        "changes": pages.recent_changes(whole),
        "at": at,
    }
    return render(request, "applications/form/strands.html", context, status=422 if refusal else 200)
