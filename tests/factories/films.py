"""Films, and the organisation that catalogues them."""

from collections.abc import Iterable
from typing import Any

from kinolab.catalogue.actions.record import spell
from kinolab.catalogue.models import Agent, Alias, Credit, Film, Part
from kinolab.catalogue.queries.people import free_address
from kinolab.foundation.search.folding import search_text
from kinolab.labs.models import Organisation
from tests.factories import news

NOW = news.NOW


def film(slug: str = "first", of: Organisation | None = None, **fields: Any) -> Film:
    """A published film with an English title."""
    fields.setdefault("title", {"en": slug.title()})
    fields.setdefault("kind", "omnibus")
    fields.setdefault("published_at", NOW)
    organisation = of or Organisation.objects.first() or news.organisation()
    fields["search_text"] = search_text(*fields["title"].values(), fields.get("original_title", ""))
    return Film.objects.create(organisation=organisation, slug=slug, changed_at=NOW, **fields)


def part(whole: Film, position: int = 1, *, state: str = "in_film", kind: str = "story", **fields: Any) -> Part:
    """A part; without a title and a director unless they are given."""
    fields.setdefault("title", {})
    inside = film(f"{whole.slug}-{position}", whole.organisation, **{"kind": "segment", "published_at": None} | fields)
    return Part.objects.create(whole=whole, film=inside, position=position, kind=kind, state=state)


def credit(film: Film, name: str, role: str = "director", **fields: Any) -> Credit:
    """A credit of whoever has this name."""
    who = Agent.objects.filter(name__en=name).first() or agent(name, film.organisation)
    return Credit.objects.create(film=film, agent=who, role=role, **fields)


def agent(name: str, of: Organisation, /, *, kind: str = "person", aliases: Iterable[str] = (), **fields: Any) -> Agent:
    """Somebody with this name in English, who is found by it."""
    fields.setdefault("name", {"en": name})
    fields.setdefault("slug", free_address(fields["name"]))
    made = Agent.objects.create(organisation=of, kind=kind, **fields)
    Alias.objects.bulk_create(Alias(agent=made, name=one) for one in aliases)
    spell(made)
    return made
