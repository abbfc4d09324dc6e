"""Facts for the rules."""

from django.db.models import QuerySet

from kinolab.catalogue.domain import parts
from kinolab.catalogue.domain.works import PartState
from kinolab.catalogue.models import Agent, Film, Part, Series


def standings(*films: int) -> list[parts.Standing]:
    """Where these films stand, and the films in which they stand, up to the top. One statement a storey."""
    found: list[parts.Standing] = []
    seen: set[int] = set()
    waiting = set(films)
    while waiting:
        seen |= waiting
        rows = list(Part.objects.filter(film__in=waiting).values_list("whole", "film", "state"))
        found += [parts.Standing(whole, film, PartState(state)) for whole, film, state in rows]
        waiting = {whole for whole, _film, _state in rows} - seen
    return found


def series_above() -> dict[int, list[int]]:
    """For each series the one it stands within."""
    return {one: [above] for one, above in Series.objects.exclude(within=None).values_list("pk", "within")}


def address_taken(slug: str) -> bool:
    """Whether a film has this address."""
    return Film.objects.filter(slug=slug).exists()


def identified(scheme: str, value: str) -> Film | None:
    """The film that has this identifier."""
    return Film.objects.filter(identifiers__scheme=scheme, identifiers__value=value).first()


def agents(organisation_id: int) -> QuerySet[Agent]:
    """Everybody in the catalogue of an organisation."""
    return Agent.objects.filter(organisation=organisation_id)
