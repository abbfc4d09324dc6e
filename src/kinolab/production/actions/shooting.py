"""The shared calendar of the shoot: units, which are scarce, and their days; the team of a segment is written to."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.i18n.formats import day_in
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.production import access
from kinolab.production.domain import calendar
from kinolab.production.domain.lifecycle import OUT
from kinolab.production.models import Day, Omnibus, Segment, Unit
from kinolab.production.queries import films, segments
from kinolab.production.queries import shooting as queries
from kinolab.production.queries.shooting import About

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def add_unit(*, omnibus: Omnibus, name: str, by: "Person", at: datetime) -> Unit:
    """Add a crew that shoots. Refused: not_your_film, film_is_settled, unit_there_already."""
    omnibus = _held(omnibus, by)
    stop_if(Refusal("unit_there_already") if omnibus.units.filter(name=name).exists() else None)
    made = Unit.objects.create(omnibus=omnibus, name=name)
    _record("added", made, omnibus, by, at, after={"name": name})
    return made


@transaction.atomic
def remove_unit(*, omnibus: Omnibus, number: int, by: "Person", at: datetime) -> None:
    """Take a crew away that has no day. Refused: not_your_film, film_is_settled, unit_has_days."""
    omnibus = _held(omnibus, by)
    unit = omnibus.units.filter(pk=number).first()
    if unit is None:
        return
    stop_if(Refusal("unit_has_days") if unit.days.exists() else None)
    _record("deleted", unit, omnibus, by, at, before={"name": unit.name})
    unit.delete()


@transaction.atomic
def plan_day(
    *, omnibus: Omnibus, unit: Unit, segment: Segment, on: date, calls_at: time | None = None, place: str = "",
    note: str = "", by: "Person", at: datetime,
) -> Day:  # fmt: skip
    """Give a unit's day to a segment; its team is written to, unless the day has passed.

    Refused: not_your_film, film_is_settled, day_unlikely, not_of_this_film, segment_is_out, day_taken (with who
    has it).
    """
    omnibus = _held(omnibus, by)
    _possible(omnibus, unit, segment, on)
    made = Day.objects.create(
        unit=unit, segment=segment, on=on, calls_at=calls_at, place=place, note=note, made_at=at, made_by=by
    )  # fmt: skip
    _record("added", made, omnibus, by, at, after=_said(made))
    _tell(omnibus, made, About.PLANNED, by, at)
    return made


@transaction.atomic
def change_day(
    *, omnibus: Omnibus, number: int, seen: int, values: Mapping[str, Any], by: "Person", at: datetime
) -> Day:
    """Move a day, or say more of it; the team hears of it once, and the team that has it no longer hears that.

    Refused: as `plan_day`; day_gone; making_changed_meanwhile.
    """
    omnibus = _held(omnibus, by)
    day = _day(omnibus, number)
    stop_if(None if day.version == seen else Refusal("making_changed_meanwhile"))
    _possible(omnibus, values["unit"], values["segment"], values["on"], day)
    before, old = _said(day), copy(day)
    for name in ("unit", "segment", "on", "calls_at", "place", "note"):
        setattr(day, name, values[name])
    day.version += 1
    day.save()
    _record("changed", day, omnibus, by, at, before=before, after=_said(day))
    if old.segment_id != day.segment_id:
        _tell(omnibus, old, About.OFF, by, at)
        _tell(omnibus, day, About.PLANNED, by, at)
    elif queries.differ(old, day):
        _tell(omnibus, day, About.MOVED, by, at, before=old)
    return day


@transaction.atomic
def remove_day(*, omnibus: Omnibus, number: int, by: "Person", at: datetime) -> None:
    """Give a day back; the team is told that it is off. Refused: not_your_film, film_is_settled, day_gone."""
    omnibus = _held(omnibus, by)
    day = _day(omnibus, number)
    _record("deleted", day, omnibus, by, at, before=_said(day))
    _tell(omnibus, day, About.OFF, by, at)
    day.delete()


def _held(omnibus: Omnibus, by: "Person") -> Omnibus:
    """The film, held, so that two who plan one day wait for one another."""
    found = films.omnibuses().select_for_update(of=("self",)).get(pk=omnibus.pk)
    stop_if(access.why_not_change(by, found))
    return found


def _day(omnibus: Omnibus, number: int) -> Day:
    found = Day.objects.filter(unit__omnibus=omnibus, pk=number).select_related("unit", "segment__film").first()
    if found is None:
        raise Denied(Refusal("day_gone"))
    return found


def _possible(omnibus: Omnibus, unit: Unit, segment: Segment, on: date, day: Day | None = None) -> None:
    stop_if(calendar.why_not_day(on))
    of_film = unit.omnibus_id == omnibus.pk == segment.omnibus_id
    stop_if(None if of_film else Refusal("not_of_this_film"))
    stop_if(Refusal("segment_is_out") if segment.state in OUT else None)
    taken = Day.objects.filter(unit=unit, on=on).exclude(pk=day.pk if day else None)
    other = taken.select_related("segment__film").first()
    facts = {"unit": unit.name, "on": on, "segment": str(other.segment)} if other else {}
    stop_if(Refusal("day_taken", facts) if other else None)


def _tell(
    omnibus: Omnibus, day: Day, about: About, by: "Person", at: datetime, before: Day | None = None
) -> None:  # fmt: skip
    """Write to the team of the day's segment, each in their language; nobody who does not know of the segment yet.

    Once: the key of a letter names the day as it stood and what became of it. Of days that have passed nobody is told.
    """
    today = day_in(at, omnibus.film.organisation.timezone)
    if max(day.on, before.on if before else day.on) < today or not segments.is_announced(day.segment):
        return
    context = queries.letter(omnibus, day, about, before)
    mail.write_many(
        [
            mail.composed(
                key=f"shoot:{day.pk}:{day.version}:{about}:{one.person_id}", to=one.person, kind="production",
                template="production/mail/day.txt", context=context, at=at, scope=omnibus.scope,
            )
            for one in segments.team(day.segment)
            if one.person is not None and one.person_id != by.pk
        ]
    )  # fmt: skip


def _said(day: Day) -> dict[str, object]:
    return {
        "on": day.on.isoformat(), "unit": day.unit.name, "segment": day.segment.code, "place": day.place,
        "calls_at": day.calls_at.isoformat() if day.calls_at else None,
    }  # fmt: skip


def _record(
    verb: str, thing: Day | Unit, omnibus: Omnibus, by: "Person", at: datetime,
    before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    audit.record(by=by, at=at, verb=verb, thing=thing, scope=omnibus.scope, before=before, after=after)
