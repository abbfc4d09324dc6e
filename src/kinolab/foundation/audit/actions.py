"""The only write: one more row."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from kinolab.foundation.audit.models import Entry

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


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
    entry = _entry(by, at, verb, thing, scope)
    entry.before = None if before is None else dict(before)
    entry.after = None if after is None else dict(after)
    entry.save()
    return entry


def record_each(*, by: "Person | None", at: datetime, verb: str, things: Iterable[models.Model], scope: str) -> None:
    """Add one row for each of many things to which the same was done."""
    Entry.objects.bulk_create([_entry(by, at, verb, thing, scope) for thing in things], batch_size=500)


def _entry(by: "Person | None", at: datetime, verb: str, thing: models.Model, scope: str) -> Entry:
    return Entry(
        at=at,
        actor=by,
        verb=verb,
        kind=thing._meta.label_lower,
        key=str(thing.pk),
        label=str(thing)[:300],
        scope=scope,
    )
