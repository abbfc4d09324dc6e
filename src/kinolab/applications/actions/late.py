"""Codes of the lab in drafts: begun with one, or put in later."""

from datetime import datetime

from django.db import transaction

from kinolab.applications import access
from kinolab.applications.actions import draft
from kinolab.applications.models import Application
from kinolab.calls.actions import deadlines
from kinolab.calls.models import Call
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import stop_if


def begin(*, call: Call, key: str, code: str, by: Person, at: datetime, language: str) -> Application:
    """Begin a draft with a code, or bring the one begun from the same page.

    Refused: as `deadlines.use_code`; not_yet_open; past_deadline where the code gives no time.
    """
    found = Application.objects.filter(lead=by, start_key=key, call=call).first()
    if found is not None:
        return found
    with transaction.atomic():
        used = deadlines.use_code(call=call, said=code, by=by, at=at)
        return draft.begin(call=call, key=key, by=by, at=at, language=language, code=used)


def use_code(*, application: Application, code: str, by: Person, at: datetime) -> None:
    """Put a code into an application: it has time until then, or is invited. Refused: access; as `deadlines.use_code`."""
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_use_code(by, application, at))
        used = deadlines.use_code(call=application.call, said=code, by=by, at=at)
        stop_if(access.why_not_hold_code(application, used, at))
        if used.until:
            application.late_code = used
        if used.invites:
            application.invitation = used
        application.save(update_fields=["late_code", "invitation"])
        audit.record(
            by=by, at=at, verb="used_code", thing=application, scope=application.call.edition.scope,
            after={"code": used.code, "until": used.until, "invites": used.invites},
        )  # fmt: skip
