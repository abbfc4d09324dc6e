"""What every action of the room does last: the page has changed, and it stands on the record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from kinolab.catalogue.domain.merging import merged
from kinolab.catalogue.domain.order import place_meant
from kinolab.catalogue.models import Agent, Film, Spelling
from kinolab.catalogue.queries import facts
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.foundation.search.folding import fold, search_text

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

Texts = Mapping[str, str]


def touch(verb: str, thing: models.Model, film: Film, by: "Person", at: datetime, after: Mapping[str, Any]) -> None:
    """The page of the film has changed with the thing."""
    Film.objects.filter(pk=film.pk).update(changed_at=at)
    record(verb, thing, film, by, at, after)


def record(
    verb: str, thing: models.Model, film: Film, by: "Person", at: datetime, after: Mapping[str, Any] | None = None
) -> None:
    """Put the change of a thing of the film on the record."""
    audit.record(by=by, at=at, verb=verb, thing=thing, scope=f"organisation:{film.organisation_id}", after=after)


def found_by(film: Film) -> str:
    """What a film is found by: all its titles."""
    return search_text(*film.title.values(), film.original_title, *film.working_titles)


def spell(agent: Agent) -> None:
    """Let somebody be found by every spelling; called whenever a name or another spelling has changed."""
    names = [*agent.name.values(), *agent.aliases.values_list("name", flat=True)]
    agent.search_text = search_text(*names)
    agent.save(update_fields=["search_text"])
    agent.spellings.all().delete()
    folded = dict.fromkeys(" ".join(sorted(fold(name).split()))[:240] for name in names)
    Spelling.objects.bulk_create(Spelling(agent=agent, folded=one) for one in folded if one)


def still_there(row: models.Model) -> Any:
    """The row as it is now, held until the end of the transaction. Refused: gone_from_catalogue."""
    found = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    stop_if(Refusal("gone_from_catalogue") if found is None else None)
    return found


def write(row: models.Model, typed: Mapping[str, Any], seen: Mapping[str, Any] | None) -> list[str]:
    """Write what was typed over what had been seen, beside what others have changed since; the names that have changed.

    Refused: catalogue_changed_meanwhile (both have changed the same; nothing is written).
    """
    now, mine = facts.said(row, typed), {name: facts.plain(value) for name, value in typed.items()}
    meeting = merged(now if seen is None else seen, now, mine)
    stop_if(Refusal("catalogue_changed_meanwhile", {"clashes": meeting.clashes}) if meeting.clashes else None)
    changed = [name for name, value in meeting.values.items() if value != now[name]]
    for name in changed:
        value = meeting.values[name]
        setattr(row, name, typed[name] if value == mine[name] else value)
    if changed:
        row.save(update_fields=changed)
    return changed


def put_in_place(rows: Sequence[Any], moved: models.Model, place: int, *, column: str, first: int = 0) -> bool:
    """Put one of the rows at the place (1 is the first) and number them all anew; whether anything has changed."""
    others = [one for one in rows if one.pk != moved.pk]
    at = min(max(place, 1), len(others) + 1) - 1
    ordered = [*others[:at], next(one for one in rows if one.pk == moved.pk), *others[at:]]
    changed = [one for number, one in enumerate(ordered, first) if getattr(one, column) != number]
    for number, one in enumerate(ordered, first):
        setattr(one, column, number)
    type(moved)._default_manager.bulk_update(changed, [column], batch_size=500)
    return bool(changed)


def move(
    rows: Sequence[Any], moved: models.Model, by_places: int, past: int | None, *, column: str = "order", first: int = 0
) -> bool:
    """Move one of the rows up (negative) or down, `past` the one that was seen beside it; whether anything has changed."""
    place = place_meant([one.pk for one in rows], moved.pk, by_places, past)
    return put_in_place(rows, moved, place, column=column, first=first)
