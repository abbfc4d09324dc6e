"""Conflicts of interest: declared by readers or by the office, and taken back with a reason."""

from datetime import datetime

from django.db import transaction

from kinolab.applications.actions import hiding
from kinolab.applications.models import Application
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.reviews import access
from kinolab.reviews.actions import readings
from kinolab.reviews.domain.lifecycle import ACTIVE, AbstainReason
from kinolab.reviews.models import Conflict, Reader, Reading


def declare(*, reading: Reading, note: str, by: Person, at: datetime) -> None:
    """A reader says that they are not free to judge: the application vanishes for them everywhere."""
    stop_if(access.why_not_abstain(by, reading, at))
    with transaction.atomic():
        _keep(reading.reader, reading.application, note, by, at)


def declare_for(*, reader: Reader, application: Application, note: str, by: Person, at: datetime) -> None:
    """The office notes a conflict of one of its readers."""
    stop_if(access.why_not_assign(by, reader.edition))
    with transaction.atomic():
        _keep(reader, application, note, by, at)


def take_back(*, conflict: Conflict, reason: str, by: Person, at: datetime) -> None:
    """Take back a conflict noted by mistake, with a reason. The reading stays abstained until it is given anew."""
    stop_if(access.why_not_assign(by, conflict.reader.edition))
    if not reason.strip():
        raise Denied(Refusal("conflict_reason_needed"))
    with transaction.atomic():
        audit.record(
            by=by,
            at=at,
            verb="took_back_conflict",
            thing=conflict.application,
            scope=conflict.reader.edition.scope,
            before={"reader": str(conflict.reader), "note": conflict.note},
            after={"reason": reason.strip()},
        )
        hiding.show_again(application=conflict.application, person=conflict.reader.person)
        conflict.delete()


def _keep(reader: Reader, application: Application, note: str, by: Person, at: datetime) -> None:
    Conflict.objects.get_or_create(
        reader=reader,
        application=application,
        defaults={"reason": "declared", "note": note.strip()[:2000], "declared_at": at, "declared_by": by},
    )
    hiding.hide(application=application, person=reader.person, reason="conflict", at=at)
    own = Reading.objects.filter(
        reader=reader, application=application, state__in=[state.value for state in ACTIVE]
    ).select_related("reader__person", "phase__edition")
    for reading in own:
        readings.abstain(reading=reading, reason=AbstainReason.CONFLICT, note=note, by=reader.person, at=at)
    audit.record(
        by=by,
        at=at,
        verb="declared_conflict",
        thing=application,
        scope=reader.edition.scope,
        after={"reader": str(reader), "note": note.strip()[:2000]},
    )
