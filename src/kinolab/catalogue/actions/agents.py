"""People, groups and companies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import Texts, spell
from kinolab.catalogue.domain.works import AgentKind
from kinolab.catalogue.models import Agent, Alias
from kinolab.catalogue.queries import people as known
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs.models import Organisation

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is not in the catalogue yet."""

    kind: AgentKind
    name: Texts


@transaction.atomic
def add_agent(
    *, organisation: Organisation, kind: AgentKind, name: Texts, aliases: Mapping[str, str] | None = None,
    slug: str = "", by: "Person", at: datetime,
) -> Agent:  # fmt: skip
    """Add a person, a group or a company; `aliases` are other spellings with their language ("" when not known).

    Without a `slug` its address is made of the name. Refused: not_your_catalogue, agent_unnamed, agent_address_taken.
    """
    stop_if(access.why_not_edit(by, organisation.pk))
    stop_if(None if any(name.values()) else Refusal("agent_unnamed"))
    stop_if(Refusal("agent_address_taken", {"slug": slug}) if known.address_taken(slug) else None)
    return added(organisation=organisation, kind=kind, name=name, aliases=aliases, slug=slug, by=by, at=at)


def added(
    *, organisation: Organisation, kind: AgentKind, name: Texts, aliases: Mapping[str, str] | None = None,
    slug: str = "", by: "Person", at: datetime,
) -> Agent:  # fmt: skip
    """Add them in the caller's transaction; who may is asked by the caller."""
    slug = slug or known.free_address(name)
    agent = Agent.objects.create(organisation=organisation, kind=kind.value, name=name, slug=slug)
    Alias.objects.bulk_create(Alias(agent=agent, name=one, language=tag) for one, tag in (aliases or {}).items())
    spell(agent)
    scope = f"organisation:{organisation.pk}"
    audit.record(by=by, at=at, verb="added", thing=agent, scope=scope, after={"name": dict(name)})
    return agent


def known_or_new(who: Agent | Newcomer, organisation: Organisation, by: "Person", at: datetime) -> Agent:
    """Whoever is meant; a newcomer is added."""
    if isinstance(who, Agent):
        return who
    return add_agent(organisation=organisation, kind=who.kind, name=who.name, by=by, at=at)
