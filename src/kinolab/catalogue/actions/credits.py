"""Who did what for a film, and the artists of its soundtrack."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import Texts, touch
from kinolab.catalogue.domain.works import Role
from kinolab.catalogue.models import Agent, Credit, Film, Track
from kinolab.foundation.refusals import stop_if

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def credit(
    *, film: Film, agent: Agent, role: Role, credited_as: Texts | None = None, character: Texts | None = None,
    order: int = 0, note: Texts | None = None, by: "Person", at: datetime,
) -> Credit:  # fmt: skip
    """Say what somebody did for the film or the part. Refused: not_your_catalogue, other_catalogue."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    stop_if(access.why_not_join(film, agent))
    made = Credit.objects.create(
        film=film, agent=agent, role=role.value, credited_as=credited_as or {}, character=character or {},
        order=order, note=note or {},
    )  # fmt: skip
    touch("added", made, film, by, at, after={"role": role.value, "agent": agent.pk})
    return made


@transaction.atomic
def add_track(*, film: Film, artist: Agent, title: str = "", order: int, by: "Person", at: datetime) -> Track:
    """Add a piece of the soundtrack. Refused: not_your_catalogue, other_catalogue."""
    stop_if(access.why_not_edit(by, film.organisation_id))
    stop_if(access.why_not_join(film, artist))
    made = Track.objects.create(film=film, artist=artist, title=title, order=order)
    touch("added", made, film, by, at, after={"title": title, "artist": artist.pk})
    return made
