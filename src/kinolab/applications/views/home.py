"""One application's page, shown by itself or with the sentence of an action that was refused."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kinolab.applications import access, words
from kinolab.applications.domain.lifecycle import LadderStep, Stage
from kinolab.applications.forms import AppealForm, LateCodeForm
from kinolab.applications.models import Application
from kinolab.applications.queries import corrections, earlier, mine
from kinolab.applications.queries import form as pages
from kinolab.applications.queries.mine import ApplicationPage
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Refusal


def page(
    request: HttpRequest, application: Application, refusal: Refusal | None = None, *, statement: str = ""
) -> HttpResponse:
    """The page of one application; 422 with the sentence where something was refused, and the statement typed."""
    at = timezone.now()
    shown = mine.application_page(application, request.user, at)
    context = {
        "page": shown,
        "application": application,
        "can": _can(request, shown, at),
        "refusal": refusal,
        "sentence": explain(refusal) if refusal else "",
        "at": at,
        "appeal_form": AppealForm(initial={"statement": statement}),
    }
    return render(request, "applications/form/home.html", context, status=422 if refusal else 200)


def _can(request: HttpRequest, shown: ApplicationPage, at: datetime) -> dict[str, object]:
    """What the viewer may do, each with the reason against it, and the lists of the page."""
    application, person = shown.dossier.application, request.user
    return {
        "why_not_submit": access.why_not_submit(person, application, at),
        "why_not_reopen": access.why_not_reopen(person, application, at),
        "why_not_withdraw": access.why_not_withdraw(person, application, at),
        "why_not_use_code": access.why_not_use_code(person, application, at),
        "late": LateCodeForm(),
        "why_not_take_over": access.why_not_take_over(person, application),
        "why_not_restore": access.why_not_restore(person, application, at),
        "undecided": earlier.undecided(application) if shown.editable else [],
        "lacks": pages.lacks(shown.dossier) if shown.editable else [],
        "steps": pages.steps(shown.dossier, "check"),
        "way": way(shown.taken, application),
        **_correcting(application, at),
    }


def _correcting(application: Application, at: datetime) -> dict[str, object]:
    """What the lab has opened for correction, with where each answer stands."""
    found = corrections.in_time(application, at) if application.stage == Stage.REOPENED else None
    asked = corrections.named(application, found.questions) if found else []
    places = [{"label": one.label, "url": pages.place_url(application, one.question)} for one in asked]
    return {"correcting": found, "to_correct": places}


def way(taken: list[LadderStep], application: Application) -> list[dict[str, object]]:
    """The steps taken, for the component that shows them; the last is where the application stands."""
    zone = application.call.timezone or "UTC"
    when = {
        LadderStep.DRAFT: application.created_at,
        LadderStep.SUBMITTED: application.submitted_at,
        LadderStep.WITHDRAWN: application.withdrawn_at,
    }
    shown = [
        {
            "title": words.LADDER[step],
            "when": formats.moment(when[step], zone) if when.get(step) else "",
            "state": "done",
            "url": "",
            "note": "",
        }
        for step in taken
    ]
    shown[-1]["state"] = "now"
    return shown
