"""Every look at contacts is on the record, once an hour for the same person and application."""

from collections.abc import Sequence
from datetime import datetime

from kinolab.applications.domain.lifecycle import IN_FORCE
from kinolab.applications.models import Application
from kinolab.calls.models import Call
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person


def record_look(*, application: Application, by: Person, at: datetime) -> None:
    """Note that somebody saw the team's addresses and dates of birth."""
    audit.record_look(by=by, at=at, verb="looked", thing=application, scope=application.call.edition.scope)


def record_close_looks(*, call: Call, numbers: Sequence[int], keys: Sequence[str], by: Person, at: datetime) -> None:
    """Note that somebody took answers for them alone away, of each of these applications."""
    if keys:
        looked = [(one, None, {"questions": [*keys], "taken_away": True}) for one in _of(call, numbers)]
        audit.record_each(by=by, at=at, verb="looked_closely", things=looked, scope=call.edition.scope)


def _of(call: Call, numbers: Sequence[int]) -> Sequence[Application]:
    """Whatever of these was sent, for a draft gives no answers."""
    in_force = [stage.value for stage in IN_FORCE]
    found = Application.objects.filter(call=call, pk__in=numbers, stage__in=in_force)
    return list(found.only("pk", "title", "code"))


def record_close_look(*, application: Application, keys: Sequence[str], by: Person, at: datetime) -> None:
    """Note every look at sensitive answers that are for named people alone, with the questions; each time anew."""
    if keys:
        scope = application.call.edition.scope
        audit.record(by=by, at=at, verb="looked_closely", thing=application, scope=scope, after={"questions": [*keys]})
