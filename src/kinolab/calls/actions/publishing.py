"""Publish, take back, extend; and what the clock freezes."""

from datetime import datetime

from django.db import transaction

from kinolab.calls import access
from kinolab.calls.actions import deadlines
from kinolab.calls.domain import readiness
from kinolab.calls.events import CallExtended
from kinolab.calls.models import Call
from kinolab.calls.queries import manage
from kinolab.foundation import events
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions import actions as questions
from kinolab.foundation.questions.models import Form
from kinolab.foundation.refusals import Refusal, stop_if


def missing(call: Call) -> list[Refusal]:
    """What stands between the call and its publication."""
    return readiness.missing(manage.call_facts(call))


def publish(*, call: Call, by: Person, at: datetime) -> None:
    """Make the call public; it opens and closes by its dates from then on. Refused with `not_ready` and more."""
    with transaction.atomic():
        held = _held(call)
        stop_if(access.why_not_publish(by, held, at))
        held.published_at, held.published_by = at, by
        held.save(update_fields=["published_at", "published_by"])
        audit.record(by=by, at=at, verb="published", thing=held, scope=held.edition.scope, after={"published_at": at})


def take_back(*, call: Call, by: Person, at: datetime) -> None:
    """Hide a published call that has not opened yet."""
    with transaction.atomic():
        held = _held(call)
        stop_if(access.why_not_take_back(by, held, at))
        before = {"published_at": held.published_at}
        held.published_at = held.published_by = None
        held.save(update_fields=["published_at", "published_by"])
        audit.record(by=by, at=at, verb="took_back", thing=held, scope=held.edition.scope, before=before)


def extend(*, call: Call, closes: datetime, by: Person, at: datetime) -> None:
    """Move the close later. The first closing instant stays beside it, struck through; drafts are told."""
    with transaction.atomic():
        held = _held(call)
        stop_if(access.why_not_extend(by, held, closes, at))
        before = held.closes_at
        held.extended_from = held.extended_from or before
        held.closes_at, held.hour_known = closes, True
        held.save(update_fields=["extended_from", "closes_at", "hour_known"])
        deadlines.keep_in_step(held)
        audit.record(
            by=by,
            at=at,
            verb="extended",
            thing=held,
            scope=held.edition.scope,
            before={"closes_at": before},
            after={"closes_at": closes},
        )
        events.publish(CallExtended(held.pk, at))


def freeze_opened(*, at: datetime) -> int:
    """Freeze the forms of calls that have opened; returns how many."""
    opened = Form.objects.filter(calls__published_at__isnull=False, calls__opens_at__lte=at, frozen_at=None)
    count = 0
    for form in opened.distinct():
        count += 1
        questions.freeze(form=form, at=at)
    return count


def _held(call: Call) -> Call:
    held = Call.objects.select_for_update(of=("self",)).select_related("edition__programme", "form").get(pk=call.pk)
    held.edition = call.edition  # keeps the permissions that the page has already asked for
    return held
