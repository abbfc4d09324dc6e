"""A text that meets another: merged over the version both began from, or kept beside it; and what an answer said before."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q

from kinolab.applications.models import Answer, AnswerAside, AnswerPast
from kinolab.foundation import merging
from kinolab.foundation.people.models import Person
from kinolab.foundation.prepared import add_row
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.domain.tables import TABLES
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied, Refusal

PROSE = frozenset({Kind.TEXT, Kind.LONG_TEXT})
# Of several versions that one person writes in so many minutes, the last stays for good,
PASSING = timedelta(minutes=10)
PASSING_KEPT = 20  # and so many of the others, for whoever has seen them and types
# An answer that was taken back stays a row, so that its version still tells who has seen what.
_NOTHING: dict[str, object] = {
    **{kind: [] for kind in (Kind.MANY, Kind.MODULES, *TABLES)},
    Kind.MONEY: {},
    Kind.CONSENT: False,
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A text on its way: the version it began from, the run of typing that it belongs to, the text it began from if told.

    `settles` names a text set aside that this one decides about.
    """

    value: object
    version: int
    run: str = ""
    base: object = merging.UNKNOWN
    settles: int = 0


def stored(question: Question, value: object) -> object:
    """The value as a row keeps it: nothing is an empty text, an empty list or an unticked box."""
    return _NOTHING.get(question.kind, "") if value is None else value


def meet(before: Answer, typed: Typed) -> merging.Merged | None:
    """What the answer says with this text in it; None: no merge. Raises `Denied` where its beginning is not known."""
    return merging.values(
        _beginning(before, typed), typed.value, before.value, prose=Kind(before.question.kind) in PROSE
    )


def _beginning(before: Answer, typed: Typed) -> object:
    found = merging.beginning(typed.version, typed.run, [_written(before)])
    if found is merging.UNKNOWN:
        seen = Q(version=typed.version) | Q(run=typed.run) if typed.run else Q(version=typed.version)
        past = before.past.filter(seen).order_by("-version")
        found = merging.beginning(typed.version, typed.run, map(_written, past))
    if found is merging.UNKNOWN:
        found = stored(before.question, None) if typed.version == 0 else typed.base
    if found is merging.UNKNOWN:
        raise Denied(Refusal("beginning_unknown"))
    return found


def _written(one: Answer | AnswerPast) -> merging.Written:
    return merging.Written(one.version, one.run, one.value, one.value if one.sent is None else one.sent)


def remember(before: Answer, by: Person, at: datetime) -> None:
    """Keep what an answer says before it says something else."""
    passing = before.changed_by_id == by.pk and _slot(before.changed_at) == _slot(at)
    kept = AnswerPast(
        answer=before,
        version=before.version,
        value=before.value,
        run=before.run,
        sent=before.sent,
        passing=passing,
        changed_at=before.changed_at,
        changed_by_id=before.changed_by_id,
    )
    add_row(kept)
    if before.version % 10 == 0:
        AnswerPast.objects.filter(answer=before, passing=True, version__lte=before.version - PASSING_KEPT).delete()


def _slot(at: datetime) -> int:
    return int(at.timestamp() // PASSING.total_seconds())


def set_aside(before: Answer, typed: Typed, by: Person, at: datetime) -> AnswerAside:
    """Keep a text that cannot be merged; the same run of typing goes on in the same place."""
    run = typed.run or sha256(json.dumps(typed.value, sort_keys=True).encode()).hexdigest()
    aside, _ = AnswerAside.objects.update_or_create(
        answer=before,
        run=run,
        settled_at=None,
        defaults={"value": typed.value, "seen": typed.version, "kept_at": at, "kept_by": by},
    )
    return aside


def settle(before: Answer, by: Person, at: datetime, **which: object) -> None:
    """Somebody has decided about these texts; they stay to be looked at."""
    AnswerAside.objects.filter(answer=before, settled_at=None, **which).update(settled_at=at, settled_by=by)
