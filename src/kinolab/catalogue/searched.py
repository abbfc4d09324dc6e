"""What the search is given of the catalogue: films, and people through them.

A film stands in it from its publication on. Whoever has a page and is named by a film, or by a part that is in the film, stands in
it from the earliest of those days on, and goes when the last such film goes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.db import models
from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse

from kinolab.catalogue.domain.works import Kind, PartState, Role
from kinolab.catalogue.models import Agent, Award, Credit, Entry, Film, Joining, Part, Series, Track
from kinolab.foundation.search.sources import Made, Ref, Source
from kinolab.foundation.ui import paths

FILM, PERSON = "film", "person"
AT_ONCE = 500
TOLD = 3  # directors, films of a person
# Whatever names somebody: the table, its column, and the column that says as what.
_NAMING: tuple[tuple[type[models.Model], str, str], ...] = (
    (Credit, "agent", "role"), (Track, "artist", ""), (Award, "recipient", ""),
)  # fmt: skip
# Whose names are looked for as much as the film's own.
_MAKERS = frozenset({Role.DIRECTOR, Role.WRITER, Role.GENERAL_PRODUCER})


# --- Films -----------------------------------------------------------------------------------------------------------
def _public_films() -> QuerySet[Film]:
    return Film.objects.filter(published_at__isnull=False).exclude(kind=Kind.SEGMENT)


def films(keys: Collection[int] | None) -> Iterator[Made]:
    """Every published film, or those of these."""
    credited = Credit.objects.select_related("agent").defer("note", "agent__about", "agent__search_text")
    inside = Part.objects.filter(state=PartState.IN_FILM).select_related("film")
    found = _public_films() if keys is None else _public_films().filter(pk__in=keys)
    found = found.order_by("pk").prefetch_related(
        Prefetch("credits", credited),
        "countries",
        "awards",
        Prefetch("parts", inside.prefetch_related(Prefetch("film__credits", credited))),
        Prefetch("entries", Entry.objects.select_related("series")),
        Prefetch("tracks", Track.objects.select_related("artist")),
    )
    return map(_film, found.iterator(chunk_size=AT_ONCE))


def _film(film: Film) -> Made:
    parts = [one.film for one in film.parts.all()]
    credited = [*film.credits.all(), *(one for part in parts for one in part.credits.all())]
    entries = list(film.entries.all())
    titles = chain(
        (part.title for part in parts), (one.series.title for one in entries), (one.working_title for one in entries)
    )
    makers = [one for one in credited if one.role in _MAKERS]
    others = [one for one in credited if one.role not in _MAKERS]
    tracks = film.tracks.all()
    names = [film.original_title, *film.working_titles, *_all(titles), *chain.from_iterable(map(_names, makers))]
    rest = [*chain.from_iterable(map(_names, others)), *_all(one.artist.name for one in tracks)]
    rest += [one.title for one in tracks if one.title]
    rest += _all(text for one in film.awards.all() for text in (one.event, one.category))
    told = {
        f"{one.agent_id}": (one.credited_as or one.agent.name).as_dict() for one in makers if one.role == Role.DIRECTOR
    }
    return Made(
        key=film.pk,
        title=film.title,
        address=paths.without_language(reverse("catalogue:film", args=[film.slug])),
        visible_from=film.published_at,
        names=names,
        body={**film.synopsis, "": ", ".join(dict.fromkeys(rest))},
        facts={
            "kind": film.kind,
            "year": film.first_year,
            "countries": film.country_codes,
            "directors": list(told.values())[:TOLD],
        },
    )


def _names(credit: Credit) -> Iterator[str]:
    yield from _all((credit.credited_as, credit.agent.name, credit.character))


def _all(texts: Iterable[Mapping[str, str]]) -> Iterator[str]:
    for text in texts:
        yield from text.values()


def _followers_of_films(different: Collection[int], without: Collection[int]) -> Iterator[Ref]:
    """Whoever is credited in them; of a part, the films that it stands in."""
    wholes = Part.objects.filter(film__in=[*different, *without]).values_list("whole", flat=True)
    yield from ((FILM, key) for key in wholes)
    told = Q(film__in=different) | Q(film__standings__whole__in=different)
    told |= Q(film__in=without, film__kind=Kind.SEGMENT)
    for table, who, _ in _NAMING:
        named = table._default_manager.filter(told, **{f"{who}__isnull": False})
        yield from ((PERSON, key) for key in named.values_list(who, flat=True).distinct())


# --- People, groups and companies ------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Standing:
    """Where somebody stands in public."""

    films: dict[int, tuple[datetime, Mapping[str, str]]] = field(default_factory=dict)
    roles: dict[str, None] = field(default_factory=dict)


def people(keys: Collection[int] | None) -> Iterator[Made]:
    """Everybody with a page whom a published film names, or those of these."""
    numbers = keys if keys is not None else Agent.objects.order_by("pk").values_list("pk", flat=True).iterator()
    for some in _batches(numbers):
        standings = _standings(some)
        shown = Agent.objects.filter(pk__in=standings, shown=True, joined_to=None)
        for agent in shown.order_by("pk").prefetch_related("aliases"):
            yield _person(agent, standings[agent.pk])


def _person(agent: Agent, standing: _Standing) -> Made:
    films = sorted(standing.films.values(), key=lambda one: one[0])
    return Made(
        key=agent.pk,
        title=agent.name,
        address=paths.without_language(reverse("catalogue:person", args=[agent.slug])),
        visible_from=films[0][0],
        names=[one.name for one in agent.aliases.all()],
        body=agent.about,
        facts={
            "kind": agent.kind,
            "roles": list(standing.roles)[:TOLD],
            "films": [[since.isoformat(), dict(title)] for since, title in films[:TOLD]],
        },
    )


def _standings(agents: Collection[int]) -> dict[int, _Standing]:
    found: dict[int, _Standing] = defaultdict(_Standing)
    own = Q(film__published_at__isnull=False) & ~Q(film__kind=Kind.SEGMENT)
    inside = Q(film__standings__state=PartState.IN_FILM, film__standings__whole__published_at__isnull=False)
    whole = "film__standings__whole"
    for table, who, role in _NAMING:
        asked = table._default_manager.filter(**{f"{who}__in": agents}).order_by("pk")
        for film, condition in (("film", own), (whole, inside)):
            columns = (f"{film}__{name}" for name in ("pk", "published_at", "title"))
            rows = asked.filter(condition).values_list(who, F(role) if role else models.Value(""), *columns)
            for agent, as_what, number, since, title in rows:
                found[agent].films[number] = (since, title)
                if as_what:
                    found[agent].roles[as_what] = None
    return found


def _batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    some: list[int] = []
    for number in numbers:
        some.append(number)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _followers_of_people(different: Collection[int], without: Collection[int]) -> Iterator[Ref]:
    """Films that name them, and films whose parts do."""
    for table, who, _ in _NAMING:
        named = table._default_manager.filter(**{f"{who}__in": different})
        yield from ((FILM, key) for key in named.values_list("film", flat=True).distinct())
        wholes = named.filter(film__standings__state=PartState.IN_FILM)
        yield from ((FILM, key) for key in wholes.values_list("film__standings__whole", flat=True).distinct())


# --- What concerns whom ----------------------------------------------------------------------------------------------
_COLUMNS = {"film_id": FILM, "whole_id": FILM, "agent_id": PERSON, "artist_id": PERSON, "recipient_id": PERSON}


def concerned(thing: models.Model) -> Iterator[Ref]:
    """The film and the person that a row of this room is about, by the names of its columns."""
    if isinstance(thing, Film):
        yield FILM, thing.pk
    elif isinstance(thing, Agent):
        yield PERSON, thing.pk
        lost = Joining.objects.filter(kept=thing.pk).values_list(
            "lost", flat=True
        )  # who were joined with it, or parted
        yield from ((PERSON, key) for key in lost)
    elif isinstance(thing, Series):
        yield from (
            (FILM, key)
            for key in Entry.objects.filter(series=thing.pk, film__isnull=False).values_list("film", flat=True)
        )
    for column, kind in _COLUMNS.items():
        if key := getattr(thing, column, None):
            yield kind, key


SOURCES = (
    Source(FILM, films, lambda: _public_films().count(), _followers_of_films),
    Source(PERSON, people, Agent.objects.count, _followers_of_people),
)
