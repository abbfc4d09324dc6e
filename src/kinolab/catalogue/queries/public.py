"""What visitors see: the list of films, and one film whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Coalesce

from kinolab.catalogue import words
from kinolab.catalogue.domain import credits as rules
from kinolab.catalogue.domain import identifiers, parts
from kinolab.catalogue.domain.works import Kind, PartKind, PartState, Role
from kinolab.catalogue.models import (
    Country,
    Credit,
    Entry,
    Film,
    Identifier,
    Part,
    Release,
    Series,
    Track,
)

ON_A_PAGE = 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; "" and None mean everything."""

    kind: str = ""
    country: str = ""
    year: int | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.kind or self.country or self.year)


@dataclass(frozen=True, slots=True)
class ListPage:
    """The list of films, and what it can be narrowed to."""

    page: Page
    wanted: Wanted
    kinds: list[str]
    countries: list[str]
    years: list[int]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part on the page of its film: what is not announced is empty."""

    number: int
    film: Film
    kind: PartKind
    directors: list[object]


@dataclass(frozen=True, slots=True)
class ShownCredits:
    """One role with its people."""

    role: Role
    names: list[rules.Named]


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """A series with its films."""

    series: Series
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class FilmPage:
    """One film with everything that its page says."""

    film: Film
    countries: list[str]
    parts: list[ShownPart]
    credits: list[ShownCredits]
    tracks: list[Track]
    releases: list[Release]
    series: list[SeriesPage]
    identifiers: list[tuple[identifiers.Scheme, str, str]]
    running: parts.RunningTime
    titles: Mapping[int, object] = field(default_factory=dict)  # of the parts, by their number
    addresses: Mapping[int, str] = field(default_factory=dict)  # of those who are named; "" without a page

    def of(self, role: Role) -> list[rules.Named]:
        """Everybody in the role."""
        return next((one.names for one in self.credits if one.role is role), [])

    @property
    def directors(self) -> list[rules.Named]:
        """Who directed the film or a part of it."""
        return self.of(Role.DIRECTOR)

    @property
    def general_producers(self) -> list[rules.Named]:
        """Who is credited as general producer."""
        return self.of(Role.GENERAL_PRODUCER)

    @property
    def cast(self) -> list[rules.Named]:
        """Who plays."""
        return self.of(Role.CAST)

    @property
    def others(self) -> list[ShownCredits]:
        """All credits but the cast, which stands by itself."""
        return [one for one in self.credits if one.role is not Role.CAST]

    @property
    def stories(self) -> int | None:
        """How many novellas there are: those here, or as many as were announced."""
        return len(self.novellas) or self.film.parts_announced

    @property
    def novellas(self) -> list[ShownPart]:
        """The parts that tell; transitions and bridges stand in the credits alone."""
        return [one for one in self.parts if one.kind is PartKind.STORY]

    @property
    def parts_minutes(self) -> int | None:
        """What the parts come to, in whole minutes."""
        return None if self.running.parts is None else round(self.running.parts / 60)

    @property
    def parts_unknown(self) -> bool:
        """Whether neither title nor director of any part is announced."""
        return not any(one.film.title or one.directors for one in self.novellas)


def films() -> QuerySet[Film]:
    """All films, with whom they belong to."""
    return Film.objects.select_related("organisation")


def published(at: datetime) -> QuerySet[Film]:
    """What stands in the public list: films, not their parts."""
    return films().filter(published_at__lte=at).exclude(kind=Kind.SEGMENT)


def list_page(at: datetime, wanted: Wanted, number: object) -> ListPage:
    """One page of the list: what is still to come first, then the newest. Seven statements, whatever the number."""
    everything = published(at).annotate(year=Coalesce("year_release", "year_festival", "year_production"))
    found = everything.order_by(F("year").desc(nulls_first=True), "slug").defer("synopsis")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.country:
        found = found.filter(countries__code=wanted.country)
    if wanted.year:
        found = found.filter(year=wanted.year)
    directors = Credit.objects.filter(role=Role.DIRECTOR).select_related("agent")
    shown = found.prefetch_related("countries", Prefetch("credits", directors, to_attr="directors"))
    return ListPage(
        Paginator(shown, ON_A_PAGE).get_page(number),
        wanted,
        list(everything.order_by("kind").values_list("kind", flat=True).distinct()),
        list(Country.objects.filter(film__in=published(at)).order_by("code").values_list("code", flat=True).distinct()),
        list(everything.filter(year__isnull=False).order_by("-year").values_list("year", flat=True).distinct()),
    )


def film_page(film: Film, at: datetime) -> FilmPage:
    """What stands on a film's page. Eight statements, whatever the number of parts and credits."""
    standing = list(Part.objects.filter(whole=film).select_related("film"))
    inside = [one for one in standing if one.state == PartState.IN_FILM]
    numbers = {one.film_id: number for number, one in enumerate(inside, 1)}
    found = list(Credit.objects.filter(film__in=[film.pk, *numbers]).select_related("agent"))
    gathered = rules.gathered(_line(credit, numbers) for credit in found)
    tracks = list(Track.objects.filter(film=film).select_related("artist"))
    named = [*(credit.agent for credit in found), *(track.artist for track in tracks)]
    return FilmPage(
        film,
        [one.code for one in Country.objects.filter(film=film)],
        [_part(one, numbers[one.film_id], gathered.get(Role.DIRECTOR, [])) for one in inside],
        [ShownCredits(role, names) for role, names in gathered.items()],
        tracks,
        list(Release.objects.filter(film=film)),
        _series(film, at),
        [_identifier(one) for one in Identifier.objects.filter(film=film)],
        parts.running_time(film.running_time, [(PartState(one.state), one.film.running_time) for one in standing]),
        _bracketed(inside),
        {agent.pk: agent.slug if agent.shown else "" for agent in named},
    )


def _bracketed(inside: Sequence[Part]) -> dict[int, object]:
    """What stands in brackets after a name: the title of the part, or what kind of part it is; else its number alone."""
    return {
        number: one.film.title or words.PART_KINDS[PartKind(one.kind)]
        for number, one in enumerate(inside, 1)
        if one.film.title or one.kind != PartKind.STORY
    }


def _line(credit: Credit, numbers: Mapping[int, int]) -> rules.Line:
    return rules.Line(
        credit.agent_id,
        Role(credit.role),
        credit.credited_as or credit.agent.name,
        credit.character,
        credit.order,
        numbers.get(credit.film_id),
    )


def _part(part: Part, number: int, directors: Sequence[rules.Named]) -> ShownPart:
    theirs = [one.name for one in directors if number in one.parts]
    return ShownPart(number, part.film, PartKind(part.kind), theirs)


def _series(film: Film, at: datetime) -> list[SeriesPage]:
    found: dict[int, SeriesPage] = {}
    told = Entry.objects.filter(series__entries__film=film).select_related("series", "film")
    for entry in told.order_by("series", "order", "pk"):
        if entry.film and (entry.film.published_at is None or entry.film.published_at > at):
            entry.film = None
        found.setdefault(entry.series_id, SeriesPage(entry.series, [])).entries.append(entry)
    return list(found.values())


def _identifier(one: Identifier) -> tuple[identifiers.Scheme, str, str]:
    scheme = identifiers.Scheme(one.scheme)
    return scheme, one.value, identifiers.address(scheme, one.value)
