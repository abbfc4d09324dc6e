"""Correcting a form that has opened: another version of it is prepared, and put into force at one instant."""

from datetime import datetime

from django.db import transaction

from kinolab.calls import access
from kinolab.calls.events import FormCorrected
from kinolab.calls.models import Call
from kinolab.calls.queries import asking as queries
from kinolab.foundation import events
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions import actions as questions
from kinolab.foundation.questions.domain import versions
from kinolab.foundation.questions.models import Form
from kinolab.foundation.questions.queries import as_versions
from kinolab.foundation.refusals import Denied, Refusal, stop_if


@transaction.atomic
def begin(*, call: Call, by: Person, at: datetime) -> Form:
    """A copy of the form that has opened, to be corrected. Refused: not_permitted, not_frozen, correcting_already."""
    stop_if(access.why_not_correct(by, call, at))
    form = Form.objects.select_for_update().get(pk=call.form_id)
    if queries.correction_of(call) is not None:
        raise Denied(Refusal("correcting_already"))
    return questions.copy_form(form=questions.freeze(form=form, at=at), by=by, at=at, scope=call.edition.scope)


@transaction.atomic
def drop(*, call: Call, by: Person, at: datetime) -> None:
    """Throw the correction away. Refused: not_permitted, no_correction."""
    stop_if(access.why_not_configure(by, call))
    questions.drop_form(form=_coming(call), by=by, at=at, scope=call.edition.scope)


@transaction.atomic
def put_into_force(*, call: Call, by: Person, at: datetime) -> None:
    """From this instant on the call asks by the correction; every draft moves with its answers.

    Refused: not_permitted, no_correction, nothing_corrected, rule_needs_fact.
    """
    stop_if(access.why_not_configure(by, call))
    held = Call.objects.select_for_update(of=("self",)).select_related("form", "edition__programme").get(pk=call.pk)
    coming, before = _coming(held), held.form
    account = versions.changes(as_versions(before), as_versions(coming))
    if not account:
        raise Denied(Refusal("nothing_corrected"))
    lost = queries.facts_told(before) - queries.facts_told(coming)
    needy = queries.rules_asking(held, lost) if lost else []
    if needy:
        raise Denied(Refusal("rule_needs_fact", {"fact": min(lost), "rules": tuple(needy)}))
    questions.freeze(form=coming, at=at)
    held.form = coming
    held.save(update_fields=["form"])
    call.form = coming
    told = {"form": {"from": before.version, "to": coming.version}, "changes": [one.key for one in account]}
    audit.record(by=by, at=at, verb="corrected_form", thing=held, scope=held.edition.scope, after=told)
    events.publish(FormCorrected(held.pk, before.pk, coming.pk, at))


def _coming(call: Call) -> Form:
    coming = queries.correction_of(call)
    if coming is None:
        raise Denied(Refusal("no_correction"))
    return coming
