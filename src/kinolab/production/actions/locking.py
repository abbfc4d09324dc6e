"""The lock: the order is settled, the catalogue learns of the parts, and what was settled is kept; opening it again."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue.actions.making import Settled, settle_parts
from kinolab.catalogue.domain.works import PartKind, PartState
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.production import access
from kinolab.production.actions import assembling
from kinolab.production.domain import assembly as rules
from kinolab.production.domain import lifecycle
from kinolab.production.domain.lifecycle import FilmState, FilmStep, SegmentState, SegmentStep
from kinolab.production.models import Lock, Omnibus, Segment
from kinolab.production.queries import assembly as queries
from kinolab.production.queries import cuts, locks
from kinolab.production.queries.films import film_facts, omnibuses

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def lock(*, omnibus: Omnibus, seen: Sequence[int], by: "Person", at: datetime) -> Lock:
    """Settle the order. Segments become parts of the film in the catalogue, dropped ones stay there as dropped.

    `seen` is the order as `by` saw it. Refused: not_your_film, film_is_locked, assembly_changed, notices_not_sent {count},
    lock_lacks {count}, film_step_not_now, not_your_catalogue.
    """
    omnibus = assembling.held(omnibus, by)
    stop_if(rules.why_not_lock(queries.lacks(omnibus)))
    order = list(queries.shown(omnibus.segments.filter(position__isnull=False).order_by("position", "pk")))
    stop_if(rules.why_not_order([one.pk for one in order], seen))
    accounts = cuts.accounts(omnibus)
    _move(omnibus, FilmStep.LOCK, at)
    settled = [Settled(one.film, PartKind(one.kind), PartState.IN_FILM, one.length) for one in order]
    dropped = [one.cut.segment for one in accounts if one.in_force]
    settled += [Settled(one.film, PartKind(one.kind), PartState.DROPPED) for one in dropped]
    settle_parts(whole=omnibus.film, parts=settled, by=by, at=at)
    _move_segments(order, SegmentStep.JOIN, at)
    length = sum(one.length or 0 for one in order)
    made = Lock.objects.create(
        omnibus=omnibus, number=omnibus.locks.count() + 1, content=locks.content(order, accounts), length=length,
        made_at=at, made_by=by,
    )  # fmt: skip
    audit.record(
        by=by, at=at, verb="locked_film", thing=made, scope=omnibus.scope, after={"parts": len(order), "length": length}
    )
    return made


@transaction.atomic
def unlock(*, omnibus: Omnibus, why: str, by: "Person", at: datetime) -> Lock:
    """Open the film again, with a reason. The catalogue keeps the parts as they were locked until it is locked anew.

    Refused: not_your_film, why_is_missing, film_step_not_now.
    """
    stop_if(access.why_not_make(by, omnibus))
    stop_if(None if why.strip() else Refusal("why_is_missing"))
    omnibus = omnibuses().select_for_update(of=("self",)).get(pk=omnibus.pk)
    held = locks.current(omnibus)
    if held is None or omnibus.state != FilmState.LOCKED:
        raise Denied(Refusal("film_step_not_now"))
    _move(omnibus, FilmStep.BACK, at)
    _move_segments(list(omnibus.segments.filter(state=SegmentState.IN_FILM.value)), SegmentStep.PART, at)
    held.opened_at, held.opened_by, held.opened_why = at, by, why.strip()
    held.save(update_fields=["opened_at", "opened_by", "opened_why"])
    audit.record(by=by, at=at, verb="opened_film", thing=held, scope=omnibus.scope, after={"why": held.opened_why})
    return held


def _move(omnibus: Omnibus, step: FilmStep, at: datetime) -> None:
    after = lifecycle.film_step(FilmState(omnibus.state), step, film_facts(omnibus, at))
    if isinstance(after, Refusal):
        raise Denied(after)
    omnibus.state, omnibus.changed_at = after.value, at
    omnibus.save(update_fields=["state", "changed_at"])


def _move_segments(segments: Sequence[Segment], step: SegmentStep, at: datetime) -> None:
    for one in segments:
        after = lifecycle.segment_step(SegmentState(one.state), step)
        if isinstance(after, Refusal):
            raise Denied(after)
        one.state, one.changed_at = after.value, at
    Segment.objects.bulk_update(segments, ["state", "changed_at"])
