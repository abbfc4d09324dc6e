"""The only writes: one more row, and one more change of what visitors see."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from django.db.models import F

from kinolab.foundation import events
from kinolab.foundation.audit import queries
from kinolab.foundation.audit.events import Recorded
from kinolab.foundation.audit.models import Entry, Shown
from kinolab.foundation.prepared import add_row

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


LOOK_AGAIN_AFTER = timedelta(hours=1)

_rooms: set[str] = set()  # what is recorded of their things may be seen by visitors


def show(*rooms: str) -> None:
    """Let visitors' pages be drawn anew after whatever is recorded of these rooms' things. Called once, at start."""
    _rooms.update(rooms)


def record(
    *,
    by: "Person | None",
    at: datetime,
    verb: str,
    thing: models.Model,
    scope: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Entry:
    """Add what `by` did to `thing`, inside the transaction of the action that did it.

    `before` and `after` hold what changed, as values JSON can keep. `by` is None for the clock.
    """
    entry = _entry(by, at, verb, scope, (thing, before, after))
    add_row(entry)
    _note(entry)
    events.publish(Recorded(thing))
    return entry


def record_look(*, by: "Person", at: datetime, verb: str, thing: models.Model, scope: str) -> None:
    """Add that somebody looked at a thing, unless they did so within the hour before."""
    lately = queries.entries(thing=thing).filter(actor=by, verb=verb, at__gt=at - LOOK_AGAIN_AFTER)
    if not lately.exists():
        record(by=by, at=at, verb=verb, thing=thing, scope=scope)


Said = Mapping[str, Any] | None


def record_each(
    *, by: "Person | None", at: datetime, verb: str, things: Iterable[models.Model | tuple[models.Model, Said, Said]],
    scope: str,
) -> None:  # fmt: skip
    """Add one row for each of many things to which the same was done; with before and after where they differ."""
    whole = [one if isinstance(one, tuple) else (one, None, None) for one in things]
    for entry in Entry.objects.bulk_create([_entry(by, at, verb, scope, one) for one in whole], batch_size=500)[:1]:
        _note(entry)
    for thing, *_ in (one if isinstance(one, tuple) else (one,) for one in whole):
        events.publish(Recorded(thing))


def _note(entry: Entry) -> None:
    """Count the change once it stands; once for all that is done together."""
    if entry.kind.partition(".")[0] in _rooms and all(one[1] is not _count for one in connection.run_on_commit):
        transaction.on_commit(_count)


def _count() -> None:
    if not Shown.objects.filter(pk=1).update(times=F("times") + 1):
        Shown.objects.get_or_create(pk=1, defaults={"times": 1})


def _entry(by: "Person | None", at: datetime, verb: str, scope: str, what: tuple[models.Model, Said, Said]) -> Entry:
    thing, before, after = what
    return Entry(
        at=at,
        actor=by,
        verb=verb,
        kind=thing._meta.label_lower,
        key=str(thing.pk),
        label=str(thing)[:300],
        scope=scope,
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
    )
