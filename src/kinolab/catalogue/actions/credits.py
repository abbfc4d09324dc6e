"""Who did what for a film, and the artists of its soundtrack."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.agents import Newcomer, known_or_new
from kinolab.catalogue.actions.record import Texts, place_of, put_in_place, touch
from kinolab.catalogue.domain.merging import merged
from kinolab.catalogue.domain.works import Role
from kinolab.catalogue.models import Agent, Credit, Film, Track
from kinolab.catalogue.queries import facts
from kinolab.foundation.refusals import Refusal, stop_if

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

    Refused: not_your_catalogue, other_catalogue, credit_gone, credit_changed_meanwhile.
    """
    stop_if(access.why_not_edit(by, credit.film.organisation_id))
    found = (
        Credit.objects.select_for_update(of=("self",)).select_related("film__organisation").filter(pk=credit.pk).first()
    )
    stop_if(Refusal("credit_gone") if found is None else None)
    now = facts.said_of_credit(found)
    who = known_or_new(agent, found.film.organisation, by, at)
    stop_if(access.why_not_join(found.film, who))
    meeting = merged(now if seen is None else seen, now, {**values, "agent": who.pk})
    stop_if(Refusal("credit_changed_meanwhile", {"clashes": meeting.clashes}) if meeting.clashes else None)
    new = {name: value for name, value in meeting.values.items() if value != now[name]}
    for name, value in new.items():
        setattr(found, "agent_id" if name == "agent" else name, value)
    if "role" in new:
        found.order = facts.next_order(Credit, film=found.film_id, role=found.role)
    if new:
        found.save()
    moved = place is not None and put_in_place(facts.same_role(found), found, place, column="order")
    if new or moved:
        touch("changed", found, found.film, by, at, after={"changed": sorted(new)})
    return found


@transaction.atomic
def move_credit(*, credit: Credit, by_places: int, by: "Person", at: datetime) -> None:
    """Move a credit up (negative) or down among those of its role. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, credit.film.organisation_id))
    rows = facts.same_role(credit)
    if put_in_place(rows, credit, place_of(rows, credit) + by_places, column="order"):
        touch("changed", credit, credit.film, by, at, after={"moved": by_places})


@transaction.atomic
def remove_credit(*, credit: Credit, by: "Person", at: datetime) -> None:
    """Take a credit out; the person stays in the catalogue. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, credit.film.organisation_id))
    after = {"role": credit.role, "agent": credit.agent_id, **facts.said_of_credit(credit)}
    touch("deleted", credit, credit.film, by, at, after=after)
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
def change_track(*, track: Track, artist: Agent | Newcomer, title: str, by: "Person", at: datetime) -> Track:
    """Change a piece of the soundtrack. Refused: not_your_catalogue, other_catalogue."""
    stop_if(access.why_not_edit(by, track.film.organisation_id))
    who = known_or_new(artist, track.film.organisation, by, at)
    stop_if(access.why_not_join(track.film, who))
    track.artist, track.title = who, title
    track.save(update_fields=["artist", "title"])
    touch("changed", track, track.film, by, at, after={"title": title, "artist": who.pk})
    return track


@transaction.atomic
def move_track(*, track: Track, by_places: int, by: "Person", at: datetime) -> None:
    """Move a piece up (negative) or down. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, track.film.organisation_id))
    rows = list(Track.objects.filter(film=track.film))
    if put_in_place(rows, track, place_of(rows, track) + by_places, column="order"):
        touch("changed", track, track.film, by, at, after={"moved": by_places})


@transaction.atomic
def remove_track(*, track: Track, by: "Person", at: datetime) -> None:
    """Take a piece out. Refused: not_your_catalogue."""
    stop_if(access.why_not_edit(by, track.film.organisation_id))
    touch("deleted", track, track.film, by, at, after={"title": track.title, "artist": track.artist_id})
    track.delete()
