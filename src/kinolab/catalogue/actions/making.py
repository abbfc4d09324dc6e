"""Parts of a film that is in the making: begun as drafts, with those who wrote and direct them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import record
from kinolab.catalogue.domain.works import AgentKind, Kind, Role
from kinolab.catalogue.models import Agent, Credit, Film
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


def _agent(film: Film, name: str, language: str, by: "Person", at: datetime) -> Agent:
    there = list(known.agents_named(film.organisation_id, name)[:2])
    if len(there) == 1:
        return there[0]
    agent = Agent.objects.create(
        organisation_id=film.organisation_id, kind=AgentKind.PERSON.value, name={language: name}
    )
    record("added", agent, film, by, at, after={"name": {language: name}})
    return agent
