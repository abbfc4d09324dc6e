"""The lab asks a team to correct chosen answers of a sent application; nothing else opens."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kinolab.applications import access
from kinolab.applications.actions import draft, moving, submission
from kinolab.applications.domain.lifecycle import Step
from kinolab.applications.models import Application, Correction
from kinolab.applications.queries import corrections as queries
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if

LONGEST_MESSAGE = 4_000  # characters


def ask(
    *,
    application: Application,
    questions: Sequence[str],
    until: datetime | None,
    message: str,
    by: Person,
    at: datetime,
) -> Correction:
    """Open these questions (named section.question) until an instant, and write to the team.

    What was sent counts until it is sent again. Refused by access; `correction_needs_questions`,
    `correction_needs_message`, `correction_needs_time`.
    """
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_ask_correction(by, application, at))
        known = {one.name for one in queries.askable(application)}
        chosen = [name for name in dict.fromkeys(questions) if name in known]
        if not chosen:
            raise Denied(Refusal("correction_needs_questions"))
        if not message.strip():
            raise Denied(Refusal("correction_needs_message"))
        if until is None or until <= at:
            raise Denied(Refusal("correction_needs_time"))
        made = Correction.objects.create(
            application=application,
            questions=chosen,
            message=message.strip()[:LONGEST_MESSAGE],
            until=until,
            asked_at=at,
            asked_by=by,
        )
        application.correction_now = made
        submission.take_step(application, Step.REOPEN, "asked_correction", by, at, questions=", ".join(chosen))
        moving.bring_up(application, at)
        _tell(made, "correction", at)
    return made


def take_back(*, correction: Correction, by: Person, at: datetime) -> None:
    """Take the request back: what was sent before stands, whatever the team has written since."""
    with transaction.atomic():
        application = draft.lock(correction.application)
        held = Correction.objects.select_for_update(no_key=True).get(pk=correction.pk)
        held.application = application
        stop_if(access.why_not_take_correction_back(by, held))
        _end(held, "taken_back", at)
        submission.take_step(application, Step.KEEP, "took_back_correction", by, at)
        _tell(held, "correction_over", at)


def lapse(*, at: datetime) -> int:
    """Let the last version stand where a correction was not sent in time. Returns how many."""
    late = Correction.objects.filter(ended_at=None, until__lte=at)
    done = 0
    for one in late.select_related("application__call__edition__programme__organisation", "application__late_code"):
        with transaction.atomic():
            application = draft.lock(one.application)
            held = Correction.objects.select_for_update(no_key=True).get(pk=one.pk)
            held.application = application
            if held.ended_at is None:
                _end(held, "lapsed", at)
                if application.stage == "reopened":
                    submission.take_step(application, Step.KEEP, "correction_lapsed", None, at)
                _tell(held, "correction_over", at)
                done += 1
    return done


def _end(correction: Correction, how: str, at: datetime) -> None:
    correction.ended_at, correction.ended_as = at, how
    correction.save(update_fields=["ended_at", "ended_as"])


def _tell(correction: Correction, what: str, at: datetime) -> None:
    application = correction.application
    submission.tell_team(
        application,
        what,
        at,
        mark=f"{correction.pk}",
        more={
            "correction": correction,
            "labels": [one.label for one in queries.named(application, correction.questions)],
            "site": settings.KINOLAB_URL,
        },
    )
