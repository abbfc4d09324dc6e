"""Who did what for a film, and the artists of its soundtrack."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.agents import Newcomer, known_or_new
from kinolab.catalogue.actions.record import Texts, move, put_in_place, still_there, touch, write
from kinolab.catalogue.domain.works import Role
from kinolab.catalogue.models import Agent, Credit, Film, Track
from kinolab.catalogue.queries import facts
from kinolab.foundation.refusals import stop_if

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


# --- Credits ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def credit(
    *, film: Film, agent: Agent | Newcomer, role: Role, credited_as: Texts | None = None, character: Texts | None = None,
    order: int | None = None, note: Texts | None = None, place: int | None = None, by: "Person", at: datetime,
) -> Credit:  # fmt: skip
    """Say what somebody did for the film or the part: last in the role unless an order, or a place (from 1), is given.

    Refused: not_your_catalogue, other_catalogue.
    """
    stop_if(access.why_not_edit(by, film.organisation_id))
    who = known_or_new(agent, film.organisation, by, at)
    stop_if(access.why_not_join(film, who))
    made = Credit.objects.create(
        film=film, agent=who, role=role.value, credited_as=credited_as or {}, character=character or {},
        order=facts.next_order(Credit, film=film, role=role) if order is None else order, note=note or {},
    )  # fmt: skip
    if place is not None:
        put_in_place(facts.same_role(made), made, place, column="order")
    touch("added", made, film, by, at, after={"role": role.value, "agent": who.pk})
    return made


@transaction.atomic
def change_credit(
    *, credit: Credit, agent: Agent | Newcomer, values: Mapping[str, Any], seen: Mapping[str, Any] | None = None,
    place: int | None = None, by: "Person", at: datetime,
) -> Credit:  # fmt: skip
    """Change a credit: role, credited_as, character, note, its place in the role. `seen` is what stood there before.

    Refused: not_your_catalogue, other_catalogue, gone_from_catalogue, catalogue_changed_meanwhile.
    """
    stop_if(access.why_not_edit(by, credit.film.organisation_id))
    found, film, before = still_there(credit), credit.film, credit.role
    who = known_or_new(agent, film.organisation, by, at)
    stop_if(access.why_not_join(film, who))
    changed = write(found, {**values, "agent": who}, seen)
    if found.role != before:
        found.order = facts.next_order(Credit, film=film, role=found.role)
        found.save(update_fields=["order"])
    moved = place is not None and put_in_place(facts.same_role(found), found, place, column="order")
    if changed or moved:
        touch("changed", found, film, by, at, after={"changed": sorted(changed)})
    return found


@transaction.atomic
def move_credit(*, credit: Credit, by_places: int, past: int | None = None, by: "Person", at: datetime) -> None:
    """Move a credit up (negative) or down among those of its role. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, credit.film.organisation_id))
    rows = facts.same_role(credit)
    if move(rows, credit, by_places, past):
        touch("changed", credit, credit.film, by, at, after={"moved": by_places})


@transaction.atomic
def remove_credit(*, credit: Credit, by: "Person", at: datetime) -> None:
    """Take a credit out; the person stays in the catalogue. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, credit.film.organisation_id))
    said = facts.said(credit, ("role", "agent", "credited_as", "character", "note"))
    touch("deleted", credit, credit.film, by, at, after=said)
    credit.delete()


# --- Soundtrack ------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_track(
    *, film: Film, artist: Agent | Newcomer, title: str = "", order: int | None = None, by: "Person", at: datetime
) -> Track:
    """Add a piece of the soundtrack, last unless an order is given. Refused: not_your_catalogue, other_catalogue."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    who = known_or_new(artist, film.organisation, by, at)
    stop_if(access.why_not_join(film, who))
    order = facts.next_order(Track, film=film) if order is None else order
    made = Track.objects.create(film=film, artist=who, title=title, order=order)
    touch("added", made, film, by, at, after={"title": title, "artist": who.pk})
    return made


@transaction.atomic
def change_track(
    *,
    track: Track,
    artist: Agent | Newcomer,
    title: str,
    seen: Mapping[str, Any] | None = None,
    by: "Person",
    at: datetime,
) -> Track:
    """Change a piece of the soundtrack. Refused: as `change_credit`."""
    stop_if(access.why_not_edit(by, track.film.organisation_id))
    found = still_there(track)
    who = known_or_new(artist, track.film.organisation, by, at)
    stop_if(access.why_not_join(track.film, who))
    if write(found, {"artist": who, "title": title}, seen):
        touch("changed", found, track.film, by, at, after={"title": found.title, "artist": found.artist_id})
    return found


@transaction.atomic
def move_track(*, track: Track, by_places: int, past: int | None = None, by: "Person", at: datetime) -> None:
    """Move a piece up (negative) or down. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, track.film.organisation_id))
    rows = list(Track.objects.filter(film=track.film))
    if move(rows, track, by_places, past):
        touch("changed", track, track.film, by, at, after={"moved": by_places})


@transaction.atomic
def remove_track(*, track: Track, by: "Person", at: datetime) -> None:
    """Take a piece out. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, track.film.organisation_id))
    touch("deleted", track, track.film, by, at, after={"title": track.title, "artist": track.artist_id})
    track.delete()
