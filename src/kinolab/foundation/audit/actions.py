"""The only write: one more row."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.prepared import add_row

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
    entry = _entry(by, at, verb, scope, (thing, before, after))
    add_row(entry)
    return entry


Said = Mapping[str, Any] | None


def record_each(
    *, by: "Person | None", at: datetime, verb: str, things: Iterable[models.Model | tuple[models.Model, Said, Said]],
    scope: str,
) -> None:  # fmt: skip
    """Add one row for each of many things to which the same was done; with before and after where they differ."""
    whole = [one if isinstance(one, tuple) else (one, None, None) for one in things]
    Entry.objects.bulk_create([_entry(by, at, verb, scope, one) for one in whole], batch_size=500)


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
