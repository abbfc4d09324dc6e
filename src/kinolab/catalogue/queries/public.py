"""What visitors see: the list of films, and one film whole."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Min,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from kinolab.catalogue import words
from kinolab.catalogue.domain import credits as rules
from kinolab.catalogue.domain import identifiers, parts
from kinolab.catalogue.domain.works import Kind, PartKind, PartState, Role
from kinolab.catalogue.models import (
    STILL_TO_COME,
    Award,
    Country,
    Credit,
    Entry,
    Film,
    Identifier,
    Part,
    Place,
    Release,
    Series,
    Still,
    Subtitles,
    Track,
)
from kinolab.foundation.files.models import Picture
from kinolab.foundation.ui.visitors import remembered

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

    @property
    def in_year(self) -> str:
        """The year as it is written."""
        return str(self.year or "")


@dataclass(frozen=True, slots=True)
class ListPage:
    """The list of films, and what it can be narrowed to."""

    page: Page
    wanted: Wanted
    kinds: list[str]
    countries: list[str]
    years: list[str]
    this_year: int


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part on the page of its film: what is not announced is empty."""

    number: int
    film: Film
    kind: PartKind
    directors: list[object]
    cover: Picture | None = None


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
class WholeSeries:
    """A series with its films, and after it each that stands within it, however deep."""

    series: Series
    told: list[SeriesPage]

    @property
    def inner(self) -> list[SeriesPage]:
        """Those within it."""
        return self.told[1:]


@dataclass(frozen=True, slots=True)
class ShownAward:
    """An award on the page of the film: of itself, or of the part whose title stands in brackets."""

    award: Award
    part: object | None


@dataclass(frozen=True, slots=True)
class ShownSubtitles:
    """Subtitles that visitors may read."""

    pk: int
    language: str
    hearing: bool
    part: int  # the number of the part that they are of; 0 for those of the film itself


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
    stills: list[Still] = field(default_factory=list)  # of the film itself: the cover first
    awards: list[ShownAward] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    subtitles: list[ShownSubtitles] = field(default_factory=list)
    addresses: Mapping[int, str] = field(default_factory=dict)  # of those who are named; "" without a page
    to_come: bool = False  # what is not known of it may still be announced

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
    def cover(self) -> Picture | None:
        """What stands on top."""
        return next((one.picture for one in self.stills if one.cover), None)

    @property
    def gallery(self) -> list[Picture]:
        """The stills below."""
        return [one.picture for one in self.stills if not one.cover]

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


def is_shown(film: Film, at: datetime) -> bool:
    """Whether visitors see the film: on its own page, or as a part on the page of its film."""
    if film.kind != Kind.SEGMENT:
        return film.published_at is not None and film.published_at <= at
    return Part.objects.filter(film=film, state=PartState.IN_FILM, whole__published_at__lte=at).exists()


def list_page(at: datetime, wanted: Wanted, number: object) -> ListPage:
    """One page of the list. Four statements, whatever the number; six where the list is not remembered."""
    whole = remembered("list of films", at, lambda: _whole_list(at), _next_published)
    page = Paginator(whole.narrowed(wanted), ON_A_PAGE).get_page(number)
    keys = [key for key, *_ in page.object_list]
    directors = Credit.objects.filter(role=Role.DIRECTOR).select_related("agent")
    covers = Still.objects.filter(cover=True, shown=True).select_related("picture__file")
    shown = (
        Film.objects.filter(pk__in=keys)
        .defer("synopsis", "search_text")
        .prefetch_related(
            "countries",
            Prefetch("credits", directors.defer("note", "agent__about", "agent__search_text"), to_attr="directors"),
            Prefetch("stills", covers, to_attr="covers"),
        )
    )
    found = {film.pk: film for film in shown}
    page.object_list = [found[key] for key in keys if key in found]
    return ListPage(page, wanted, whole.kinds, whole.countries, whole.years, at.year)


@dataclass(frozen=True, slots=True)
class _WholeList:
    """Every film of the list in its order, with what it can be narrowed by."""

    films: list[tuple[int, str, int, tuple[str, ...]]]  # its key, kind, year and countries
    kinds: list[str]
    countries: list[str]
    years: list[str]

    def narrowed(self, wanted: Wanted) -> list[tuple[int, str, int, tuple[str, ...]]]:
        """Those wanted."""
        if not wanted.narrowed:
            return self.films
        return [
            one
            for one in self.films
            if (not wanted.kind or one[1] == wanted.kind)
            and (not wanted.year or one[2] == wanted.year)
            and (not wanted.country or wanted.country in one[3])
        ]


def _whole_list(at: datetime) -> _WholeList:
    """What is still to come first, then the newest. Two statements: the first is answered by an index alone."""
    codes: dict[int, tuple[str, ...]] = {}
    for film, code in Country.objects.order_by().values_list("film", "code"):
        codes[film] = (*codes.get(film, ()), code)
    same = {one: one for one in (*codes.values(), ())}  # most films have the countries of many others
    told = published(at).select_related(None).order_by("-listed", "slug").values_list("pk", "kind", "listed")
    films = [(key, sys.intern(kind), year, same[codes.get(key, ())]) for key, kind, year in told]
    return _WholeList(
        films,
        sorted({kind for _key, kind, _year, _countries in films}),
        sorted(set(chain.from_iterable({countries for *_, countries in films}))),
        [str(one) for one in sorted({year for _key, _kind, year, _countries in films} - {STILL_TO_COME}, reverse=True)],
    )


def _next_published(at: datetime) -> datetime | None:
    return Film.objects.filter(published_at__gt=at).aggregate(next=Min("published_at"))["next"]


def film_page(film: Film, at: datetime) -> FilmPage:
    """What stands on a film's page. Nine statements, whatever the number of parts and credits."""
    standing = list(Part.objects.filter(whole=film).select_related("film"))
    inside = [one for one in standing if one.state == PartState.IN_FILM]
    numbers = {one.film_id: number for number, one in enumerate(inside, 1)}
    credited = Credit.objects.filter(film__in=[film.pk, *numbers]).select_related("agent")
    found = list(credited.defer("note", "agent__about", "agent__search_text"))
    gathered = rules.gathered(_line(credit, numbers) for credit in found)
    tracks = list(Track.objects.filter(film=film).select_related("artist"))
    here = [film.pk, *numbers]
    bracketed = _bracketed(inside)
    awards = list(Award.objects.filter(film__in=here).select_related("recipient"))
    stills = list(Still.objects.filter(film__in=here, shown=True).select_related("picture__file"))
    covers = {one.film_id: one.picture for one in stills if one.cover}
    named = [*(credit.agent for credit in found), *(track.artist for track in tracks)]
    named += [award.recipient for award in awards if award.recipient]
    short = _in_short(film, numbers)
    return FilmPage(
        film,
        short.countries,
        [_part(one, numbers[one.film_id], gathered.get(Role.DIRECTOR, []), covers.get(one.film_id)) for one in inside],
        [ShownCredits(role, names) for role, names in gathered.items()],
        tracks,
        list(Release.objects.filter(film=film)),
        _series(film, at),
        short.registers,
        parts.running_time(film.running_time, [(PartState(one.state), one.film.running_time) for one in standing]),
        bracketed,
        [one for one in stills if one.film_id == film.pk],
        [ShownAward(one, bracketed.get(numbers.get(one.film_id, 0))) for one in awards],
        short.places,
        short.subtitles,
        {agent.pk: agent.slug if agent.shown else "" for agent in named},
        film.is_to_come(at.year),
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


def _part(part: Part, number: int, directors: Sequence[rules.Named], cover: Picture | None) -> ShownPart:
    theirs = [one.name for one in directors if number in one.parts]
    return ShownPart(number, part.film, PartKind(part.kind), theirs, cover)


def _series(film: Film, at: datetime) -> list[SeriesPage]:
    found: dict[int, SeriesPage] = {}
    told = Entry.objects.filter(series__entries__film=film).select_related("series", "film")
    for entry in told.order_by("series", "order", "pk"):
        if entry.film and (entry.film.published_at is None or entry.film.published_at > at):
            entry.film = None
        found.setdefault(entry.series_id, SeriesPage(entry.series, [])).entries.append(entry)
    return list(found.values())


def series_page(series: Series, at: datetime) -> WholeSeries:
    """What stands on the page of a series. Two statements, however many stand within it."""
    within: dict[int | None, list[Series]] = {}
    for one in Series.objects.filter(organisation=series.organisation_id).order_by("pk"):
        within.setdefault(one.within_id, []).append(one)
    found, waiting = [], [series]
    while waiting:
        one = waiting.pop(0)
        found.append(one)
        waiting = within.get(one.pk, []) + waiting
    pages = {one.pk: SeriesPage(one, []) for one in found}
    told = Entry.objects.filter(series__in=pages).select_related("film")
    for entry in told.order_by("order", "pk"):
        if entry.film and (entry.film.published_at is None or entry.film.published_at > at):
            entry.film = None
        pages[entry.series_id].entries.append(entry)
    return WholeSeries(series, list(pages.values()))


def series_shown(at: datetime) -> QuerySet[Series]:
    """Every series that the page of a published film leads to, and each in which such a one stands. Two statements."""
    within = dict(Series.objects.values_list("pk", "within"))
    found = set(Series.objects.filter(entries__film__in=published(at)).values_list("pk", flat=True))
    for one in list(found):
        while (one := within.get(one) or 0) and one not in found:
            found.add(one)
    return Series.objects.filter(pk__in=found).order_by("pk")


def series_changed(at: datetime) -> Subquery:
    """When a published film of a series was last changed; whatever is changed in a series changes its films."""
    films_ = Film.objects.filter(entries__series=OuterRef("pk"), published_at__lte=at).order_by("-changed_at")
    return Subquery(films_.values("changed_at")[:1])


@dataclass(frozen=True, slots=True)
class _Short:
    """What is said of a film in a line each."""

    countries: list[str]
    registers: list[tuple[identifiers.Scheme, str, str]]
    subtitles: list[ShownSubtitles]
    places: list[Place]


_PLAIN, _HEARING, _PLACE = "=plain", "=hearing", "=place"  # no register is called so
_NOWHERE = Cast(Value(None), DecimalField(max_digits=8, decimal_places=5))


def _in_short(film: Film, numbers: Mapping[int, int]) -> _Short:
    """Its countries in their order, what registers call it, subtitles and places of it and its parts: one statement for all."""
    here, no_text, nowhere = [film.pk, *numbers], Value("", TextField()), (_NOWHERE, _NOWHERE)
    countries = Country.objects.filter(film=film).values_list(
        "order", Value("", CharField()), "code", "film", no_text, *nowhere
    )
    registers = Identifier.objects.filter(film=film).values_list(Value(0), "scheme", "value", "film", no_text, *nowhere)
    hearing = Case(When(hearing=True, then=Value(_HEARING)), default=Value(_PLAIN))
    subtitles = Subtitles.objects.filter(film__in=here, shown=True).values_list(
        "pk", hearing, "language", "film", no_text, *nowhere
    )
    places = Place.objects.filter(film__in=here).values_list(
        "order", Value(_PLACE), "country", "pk", Cast("name", TextField()), "latitude", "longitude"
    )
    others = (one.order_by() for one in (registers, subtitles, places))
    found = sorted(countries.order_by().union(*others, all=True), key=lambda row: row[:4])
    rows = [(order, name, value) for order, name, value, *_ in found]
    told = [
        ShownSubtitles(order, value, name == _HEARING, numbers.get(of, 0))
        for order, name, value, of, *_ in found
        if name in {_PLAIN, _HEARING}
    ]
    schemes = [(identifiers.Scheme(name), value) for _order, name, value in rows if name and not name.startswith("=")]
    return _Short(
        [value for _order, name, value in rows if not name],
        [(scheme, value, identifiers.address(scheme, value)) for scheme, value in schemes],
        sorted(told, key=lambda one: (one.part, one.language, one.hearing)),
        [
            Place(pk=number, name=json.loads(name), country=country, latitude=latitude, longitude=longitude)
            for _order, kind, country, number, name, latitude, longitude in sorted(
                found, key=lambda row: (row[0], row[3])
            )
            if kind == _PLACE
        ],
    )
