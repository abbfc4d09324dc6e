"""Parts of a film that is in the making: begun as drafts with those who wrote and direct them, settled when it is locked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.agents import added
from kinolab.catalogue.actions.record import record, touch
from kinolab.catalogue.domain.parts import Standing, why_not_place
from kinolab.catalogue.domain.works import AgentKind, Kind, PartKind, PartState, Role
from kinolab.catalogue.models import Agent, Credit, Film, Part
from kinolab.catalogue.queries import facts as known
from kinolab.foundation.refusals import Refusal, stop_if

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

FACTS = frozenset({"title", "original_title", "original_language", "languages", "genres"})


@transaction.atomic
def begin_part(
    *, whole: Film, slug: str, facts: Mapping[str, Any], people: Iterable[tuple[str, Role]] = (), language: str = "en",
    by: "Person", at: datetime,
) -> Film:  # fmt: skip
    """Begin a part of a film that is being made; it stands nowhere yet, and nobody sees it. `people` are names with roles.

    Whoever stands in the catalogue under exactly this name, alone, is credited; others are added to it.
    Refused: not_your_catalogue, film_address_taken.
    """
    stop_if(access.why_not_make_part(by, whole))
    stop_if(Refusal("film_address_taken", {"slug": slug}) if known.address_taken(slug) else None)
    film = Film.objects.create(
        organisation_id=whole.organisation_id, slug=slug, kind=Kind.SEGMENT.value, dye=whole.dye, changed_at=at, **facts
    )
    record("added", film, film, by, at, after={"slug": slug, "kind": film.kind})
    for order, (name, role) in enumerate(people):
        agent = _agent(film, name, language, by, at)
        credit = Credit.objects.create(film=film, agent=agent, role=role.value, order=order)
        record("added", credit, film, by, at, after={"role": role.value, "agent": agent.pk})
    return film


@dataclass(frozen=True, slots=True)
class Settled:
    """A part as the film was locked with it: its kind, its length in seconds, whether it stands in the film or was dropped."""

    film: Film
    kind: PartKind
    state: PartState
    length: int | None = None


@transaction.atomic
def settle_parts(*, whole: Film, parts: Sequence[Settled], by: "Person", at: datetime) -> None:
    """Let exactly these stand in the film, in this order; the lengths of parts are stated anew, that of the whole once.

    Refused: not_your_catalogue, other_catalogue, parts_in_a_circle, segment_elsewhere; of a public film also what later
    rooms answer to `FilmPublishing`.
    """
    stop_if(access.why_not_make_part(by, whole))
    stop_if(access.why_not_show(whole) if whole.published_at else None)
    for number, one in enumerate(parts, 1):
        stop_if(access.why_not_join(whole, one.film))
        standing = Standing(whole.pk, one.film.pk, one.state)
        stop_if(why_not_place(standing, known.standings(whole.pk, one.film.pk)))
        said = {"position": number, "kind": one.kind.value, "state": one.state.value}
        placed, _new = Part.objects.update_or_create(whole=whole, film=one.film, defaults=said)
        touch("changed", placed, whole, by, at, after=said)
        if one.state is PartState.IN_FILM and one.length != one.film.running_time:
            _state_length(one.film, one.length, by, at)
    if whole.running_time is None:
        _state_length(whole, sum(one.length or 0 for one in parts if one.state is PartState.IN_FILM), by, at)


def _state_length(film: Film, length: int | None, by: "Person", at: datetime) -> None:
    film.running_time, film.changed_at = length, at
    film.save(update_fields=["running_time", "changed_at"])
    record("changed", film, film, by, at, after={"facts": ["running_time"]})


def _agent(film: Film, name: str, language: str, by: "Person", at: datetime) -> Agent:
    there = list(known.agents_named(film.organisation_id, name)[:2])
    if len(there) == 1:
        return there[0]
    return added(organisation=film.organisation, kind=AgentKind.PERSON, name={language: name}, by=by, at=at)
