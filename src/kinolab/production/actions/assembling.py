"""The order of the film: placing segments, taking them out of the order, putting a transition between two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue.actions.making import begin_part
from kinolab.catalogue.domain.works import Role
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.production import access
from kinolab.production.domain import assembly as rules
from kinolab.production.domain.lifecycle import OUT, FilmState, SegmentState
from kinolab.production.domain.terms import SegmentKind
from kinolab.production.models import Omnibus, Segment, Version, new_code
from kinolab.production.queries import assembly as queries
from kinolab.production.queries.films import omnibuses

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

SETTLED = frozenset({FilmState.LOCKED.value, FilmState.DELIVERED.value, FilmState.RELEASED.value})


@dataclass(frozen=True, slots=True)
class Went:
    """Where a segment went: its place, of how many."""

    segment: Segment
    place: int
    of: int


def held(omnibus: Omnibus, by: "Person") -> Omnibus:
    """The film, for this transaction alone, open for this person's work. Refused: not_your_film, film_is_locked."""
    stop_if(access.why_not_make(by, omnibus))
    found = omnibuses().select_for_update(of=("self",)).get(pk=omnibus.pk)
    stop_if(Refusal("film_is_locked") if found.state in SETTLED else None)
    return found


@transaction.atomic
def place(*, segment: Segment, place: int, seen: Sequence[int], by: "Person", at: datetime) -> Went:
    """Put a segment at a place, counted from 1, whether it has one already or waits for one.

    `seen` is the order as `by` saw it. Refused: not_your_film, film_is_locked, assembly_changed, not_in_assembly.
    """
    omnibus = held(segment.omnibus, by)
    segment = omnibus.segments.select_related("film").get(pk=segment.pk)
    stop_if(Refusal("not_in_assembly") if segment.state in OUT else None)
    order = [one.pk for one in queries.order_of(omnibus)]
    stop_if(rules.why_not_order(order, seen))
    after = rules.moved(order, segment.pk, place)
    _write(omnibus, after, at)
    now = after.index(segment.pk) + 1
    _record("moved_segment", segment, omnibus, by, at, {"place": now})
    return Went(segment, now, len(after))


@transaction.atomic
def take_out(*, segment: Segment, seen: Sequence[int], by: "Person", at: datetime) -> None:
    """Take a segment out of the order; it is not dropped, it waits for a place. Refused: as `place`."""
    omnibus = held(segment.omnibus, by)
    order = [one.pk for one in queries.order_of(omnibus)]
    stop_if(rules.why_not_order(order, seen, segment.pk))
    close_up(omnibus, segment.pk, at)
    _record("moved_segment", segment, omnibus, by, at, {"place": None})


@transaction.atomic
def insert(
    *, omnibus: Omnibus, place: int, kind: SegmentKind, title: Mapping[str, str], length: int | None,
    named: Sequence[tuple[Role, str]], seen: Sequence[int], by: "Person", at: datetime,
) -> Went:  # fmt: skip
    """Put a piece that the makers made themselves between two others, with credits of its own.

    `named` are names of people by role; whoever is in the catalogue under this name is taken from there.
    Refused: not_your_film, film_is_locked, assembly_changed, not_your_catalogue.
    """
    omnibus = held(omnibus, by)
    order = [one.pk for one in queries.order_of(omnibus)]
    stop_if(rules.why_not_order(order, seen))
    code, language = new_code(), next(iter(title), "") or next(iter(omnibus.languages), "en")
    film = begin_part(
        whole=omnibus.film, slug=f"{omnibus.film.slug[:60]}-{code}", facts={"title": dict(title)},
        people=[(name, role) for role, name in named], language=language, by=by, at=at,
    )  # fmt: skip
    state = SegmentState.CONTRACTED if length is None else SegmentState.ROUGH
    segment = Segment.objects.create(
        omnibus=omnibus, film=film, code=code, kind=kind.value, state=state.value, length=length, made_at=at, changed_at=at
    )  # fmt: skip
    if length is not None:
        Version.objects.create(segment=segment, number=1, length=length, made_at=at, made_by=by)
    after = rules.moved(order, segment.pk, place)
    _write(omnibus, after, at)
    _record("added", segment, omnibus, by, at, {"kind": kind.value, "place": after.index(segment.pk) + 1})
    return Went(segment, after.index(segment.pk) + 1, len(after))


def close_up(omnibus: Omnibus, key: int, at: datetime) -> None:
    """Take a segment out of the order and let the others move up."""
    Segment.objects.filter(pk=key).update(position=None, changed_at=at)
    _write(omnibus, [one.pk for one in queries.order_of(omnibus) if one.pk != key], at)


def open_up(omnibus: Omnibus, key: int, place: int, at: datetime) -> None:
    """Give a segment its place among the others again."""
    _write(omnibus, rules.moved([one.pk for one in queries.order_of(omnibus)], key, place), at)


def _write(omnibus: Omnibus, order: Sequence[int], at: datetime) -> None:
    rows = Segment.objects.in_bulk(order)
    for number, key in enumerate(order, 1):
        rows[key].position = number
    Segment.objects.bulk_update(rows.values(), ["position"])
    omnibus.changed_at = at
    omnibus.save(update_fields=["changed_at"])


def _record(
    verb: str, segment: Segment, omnibus: Omnibus, by: "Person", at: datetime, after: Mapping[str, object]
) -> None:
    audit.record(by=by, at=at, verb=verb, thing=segment, scope=omnibus.scope, after=after)
