"""The rules of a film: its texts and numbers, its script call, and the rows that belong to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Max

from kinolab.calls.actions import asking
from kinolab.calls.models import Call
from kinolab.catalogue.domain.order import place_meant
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.questions.models import Section
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.labs.models import Edition
from kinolab.production import access
from kinolab.production.domain import rules
from kinolab.production.domain.assembly import moved
from kinolab.production.models import Borough, Omnibus, Slot
from kinolab.production.queries import films, slots
from kinolab.production.queries import rules as queries

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

TEXTS = ("concept", "crew", "delivery")
NUMBERS = ("shortest", "longest", "aim", "tolerance", "languages")


def _open(omnibus: Omnibus, by: "Person") -> Omnibus:
    """The film, held, when its rules may be changed. Refused: not_your_film, film_is_settled."""
    found = films.omnibuses().select_for_update(of=("self",)).get(pk=omnibus.pk)
    stop_if(access.why_not_change(by, found))
    return found


def _changed(omnibus: Omnibus, fields: Sequence[str], before: Mapping[str, Any], by: "Person", at: datetime) -> None:
    omnibus.version += 1
    omnibus.changed_at = at
    omnibus.save(update_fields=[*fields, "version", "changed_at"])
    after = {name: _plain(getattr(omnibus, name)) for name in fields}
    audit.record(by=by, at=at, verb="changed", thing=omnibus, scope=omnibus.scope, before=before, after=after)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else dict(value) if isinstance(value, Mapping) else value


@transaction.atomic
def write_text(*, omnibus: Omnibus, language: str, texts: Mapping[str, str], by: "Person", at: datetime) -> Omnibus:
    """Keep concept, crew and delivery in one language; the others stay. Refused: not_your_film, film_is_settled."""
    omnibus = _open(omnibus, by)
    before = {}
    for name in TEXTS:
        told = getattr(omnibus, name)
        if name in texts and told.in_language(language) != texts[name]:
            before[name] = dict(told)
            setattr(omnibus, name, {**told, language: texts[name]})
    if before:
        _changed(omnibus, list(before), before, by, at)
    return omnibus


@transaction.atomic
def set_numbers(*, omnibus: Omnibus, values: Mapping[str, Any], seen: int, by: "Person", at: datetime) -> Omnibus:
    """Say how long parts and film are meant to be, and in which languages; lengths are seconds.

    Refused: not_your_film, film_is_settled, making_changed_meanwhile, window_turned.
    """
    omnibus = _open(omnibus, by)
    stop_if(None if omnibus.version == seen else Refusal("making_changed_meanwhile"))
    stop_if(rules.why_not_window(values["shortest"], values["longest"]))
    before = {name: getattr(omnibus, name) for name in NUMBERS}
    for name in NUMBERS:
        setattr(omnibus, name, values[name])
    _changed(omnibus, NUMBERS, before, by, at)
    return omnibus


@transaction.atomic
def link_call(*, omnibus: Omnibus, edition: Edition | None, by: "Person", at: datetime) -> Omnibus:
    """Say which edition is the script call of the film; None takes it away.

    Refused: not_your_film, film_is_settled, call_of_another, call_of_another_film, call_in_use.
    """
    omnibus = _open(omnibus, by)
    if omnibus.edition == edition:
        return omnibus
    stop_if(access.why_not_call(by, omnibus, edition))
    before = {"edition": omnibus.edition_id}
    omnibus.edition = edition
    _changed(omnibus, ["edition"], before, by, at)
    return omnibus


@transaction.atomic
def ask_for_segments(*, omnibus: Omnibus, by: "Person", at: datetime) -> Section:
    """Put the questions of a segment into the form of the script call, as a section of its own.

    Refused: not_your_film, film_is_settled, film_without_call, segments_asked_already, and by the calls room.
    """
    omnibus = _open(omnibus, by)
    call = Call.objects.select_related("edition__programme__organisation", "form").filter(edition=omnibus.edition_id)
    found = call.first()
    if omnibus.edition_id is None or found is None:
        raise Denied(Refusal("film_without_call"))
    stop_if(Refusal("segments_asked_already") if queries.asks_for_segments(omnibus) else None)
    section = asking.add_section(call=found, values=queries.section_values(), by=by, at=at)
    for values in queries.question_values(omnibus):
        asking.add_question(call=found, section=section, values=values, by=by, at=at)
    return section


# --- Rows ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_row(*, omnibus: Omnibus, kind: str, values: Mapping[str, Any], by: "Person", at: datetime) -> models.Model:
    """Add a demand, figure, borough or slot. Refused: not_your_film, film_is_settled, square_taken."""
    omnibus = _open(omnibus, by)
    table = queries.TABLES[kind]
    if table is Borough:
        stop_if(_why_not_square(omnibus, values))
        row = Borough(omnibus=omnibus, **values)
    else:
        last = table.objects.filter(omnibus=omnibus).aggregate(last=Max("order"))["last"] or 0
        row = table(omnibus=omnibus, order=last + 1, **values)
    row.save()
    _row("added", row, omnibus, by, at, after=values)
    return row


@transaction.atomic
def change_row(*, omnibus: Omnibus, row: models.Model, values: Mapping[str, Any], by: "Person", at: datetime) -> None:
    """Change a row. Refused: as `add_row`."""
    omnibus = _open(omnibus, by)
    if isinstance(row, Borough):
        stop_if(_why_not_square(omnibus, values, row))
    before = {name: _plain(getattr(row, name)) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    _row("changed", row, omnibus, by, at, before=before, after=values)


@transaction.atomic
def remove_row(*, omnibus: Omnibus, row: models.Model, by: "Person", at: datetime) -> None:
    """Take a row away. Refused: not_your_film, film_is_settled, slot_is_filled."""
    omnibus = _open(omnibus, by)
    if isinstance(row, Slot):
        stop_if(Refusal("slot_is_filled") if slots.holder(row) is not None else None)
    _row("deleted", row, omnibus, by, at, before={"row": str(row)})
    row.delete()


@transaction.atomic
def move_row(
    *, omnibus: Omnibus, kind: str, row: models.Model, up: bool, past: int | None = None, by: "Person", at: datetime
) -> None:
    """Move a row up or down, `past` the one that was seen beside it. At the end nothing happens.

    Refused: not_your_film, film_is_settled.
    """
    omnibus = _open(omnibus, by)
    table = queries.TABLES[kind]
    rows = {one.pk: one for one in table.objects.filter(omnibus=omnibus)}
    before = tuple(rows)
    after = moved(before, row.pk, place_meant(before, row.pk, -1 if up else 1, past))
    if after == before:
        return
    for number, key in enumerate(after, start=1):
        rows[key].order = number
    table.objects.bulk_update(rows.values(), ["order"])
    was, now = ({"place": order.index(row.pk) + 1} for order in (before, after))
    _row("reordered", row, omnibus, by, at, before=was, after=now)


def _why_not_square(omnibus: Omnibus, values: Mapping[str, Any], row: Borough | None = None) -> Refusal | None:
    there = Borough.objects.filter(omnibus=omnibus, column=values["column"], row=values["row"])
    other = there.exclude(pk=row.pk if row else None).first()
    return Refusal("square_taken", {"name": str(other)}) if other else None


def _row(
    verb: str, row: models.Model, omnibus: Omnibus, by: "Person", at: datetime,
    before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    Omnibus.objects.filter(pk=omnibus.pk).update(changed_at=at)
    said = {name: _plain(value) for name, value in after.items()} if after else None
    audit.record(by=by, at=at, verb=verb, thing=row, scope=omnibus.scope, before=before, after=said)
