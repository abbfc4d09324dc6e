"""What those who edit see: the list with its drafts, how far a film is, its credits by role, who is meant by a name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kinolab.catalogue.domain.works import PartState, Role
from kinolab.catalogue.models import (
    Agent,
    Award,
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
from kinolab.foundation.search.columns import found_by
from kinolab.foundation.search.folding import fold
from kinolab.labs.models import Organisation

ON_A_PAGE = 50
OFFERED = 8  # names offered for what was typed
FILMS_OF_A_NAME = 2
SHORTEST = 2  # letters before anything is offered


# --- The list --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of films is narrowed to; "" means everything."""

    words: str = ""
    kind: str = ""
    state: str = ""  # draft, published
    missing: str = ""  # a language in which there is no title yet

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.words or self.kind or self.state or self.missing)


@dataclass(frozen=True, slots=True)
class Row:
    """A film in the list, with the films it is a part of and the languages in which it has no title yet."""

    film: Film
    wholes: list[Film]
    missing: list[str]


def desk_page(organisations: Collection[int], asked: Asked, number: object) -> tuple[Page, list[Row]]:
    """One page of the films that somebody edits, the one changed last first. Three statements."""
    found = Film.objects.filter(organisation__in=organisations).order_by("-changed_at", "slug").defer("synopsis")
    if asked.words:
        found = found.filter(found_by("search_text", asked.words)) if fold(asked.words) else found.none()
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.state:
        found = found.filter(published_at__isnull=asked.state == "draft")
    if asked.missing:
        found = found.exclude(title__has_key=asked.missing)
    inside = Part.objects.filter(state=PartState.IN_FILM).select_related("whole")
    page = Paginator(
        found.prefetch_related(Prefetch("standings", inside, to_attr="inside")).select_related("organisation"),
        ON_A_PAGE,
    ).get_page(number)
    return page, [Row(one, [part.whole for part in one.inside], missing(one)) for one in page]


def missing(film: Film) -> list[str]:
    """The languages in which the film has no title yet."""
    return film.title.missing(languages())


def languages() -> list[str]:
    """The languages in which pages are shown."""
    return [tag for tag, _name in settings.LANGUAGES]


def organisations(numbers: Collection[int]) -> list[Organisation]:
    """The organisations of these numbers."""
    return sorted(Organisation.objects.filter(pk__in=numbers), key=str)


# --- One film --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Progress:
    """How far a film is: how much of each there is, what is open, and where it stands."""

    counts: dict[str, int]
    open: list[str]  # names of facts that are not known yet
    wholes: list[Film]
    entries: list[Entry]


def _number(model: type[Model], of: str = "film") -> Coalesce:
    counted = model.objects.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def progress(film: Film) -> Progress:
    """How far the film is. Five statements."""
    counts = (
        Film.objects.filter(pk=film.pk)
        .values(
            credits_number=_number(Credit), tracks_number=_number(Track), releases_number=_number(Release),
            parts_number=_number(Part, "whole"), identifiers_number=_number(Identifier), awards_number=_number(Award),
            places_number=_number(Place), stills_number=_number(Still), subtitles_number=_number(Subtitles),
        )
        .get()
    )  # fmt: skip
    roles = set(Credit.objects.filter(film=film).values_list("role", flat=True).distinct())
    known = {
        "synopsis": film.synopsis,
        "year": film.first_year,
        "running_time": film.running_time,
        "countries": film.country_codes,
        "languages": film.languages,
        "genres": film.genres,
        "director": Role.DIRECTOR in roles,
    }
    return Progress(
        {name.removesuffix("_number"): number for name, number in counts.items()},
        [name for name, value in known.items() if not value],
        [one.whole for one in Part.objects.filter(film=film, state=PartState.IN_FILM).select_related("whole")],
        list(Entry.objects.filter(film=film).select_related("series")),
    )


@dataclass(frozen=True, slots=True)
class CreditsPage:
    """The credits of one role, and how many there are in each."""

    counts: dict[Role, int]
    role: Role
    page: Page


def credits_page(film: Film, wanted: str, number: object) -> CreditsPage:
    """One page of the credits of a role, the first that has any unless one is asked for. Three statements."""
    found = dict(Credit.objects.filter(film=film).order_by().values_list("role").annotate(n=Count("pk")))
    counts = {role: found[role] for role in Role if role in found}
    role = Role(wanted) if wanted in set(Role) else next(iter(counts), Role.DIRECTOR)
    listed = Credit.objects.filter(film=film, role=role).select_related("agent")
    page = Paginator(listed, ON_A_PAGE).get_page(number)
    page.object_list = list(page.object_list)
    return CreditsPage(counts, role, page)


def parts_of(film: Film) -> list[Part]:
    """The parts of a film, those in it first, then those that were dropped."""
    return sorted(
        Part.objects.filter(whole=film).select_related("film"), key=lambda one: one.state != PartState.IN_FILM
    )


# --- Who is meant ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody whose name answers to what was typed, and the films that tell namesakes apart."""

    agent: Agent
    spellings: list[str]
    films: list[Film]


def namesakes(organisation_id: int, typed: str, chosen: int | None = None) -> list[Namesake]:
    """Whoever in the catalogue may be meant, in whatever alphabet it was typed; `chosen` first. Three statements."""
    wanted = Q(pk=chosen) if chosen else Q(pk__in=[])
    if len(fold(typed)) >= SHORTEST:
        wanted |= found_by("search_text", typed)
    shown = Agent.objects.filter(wanted, organisation=organisation_id, joined_to=None).order_by("search_text", "pk")
    told = Credit.objects.select_related("film").order_by("-film__changed_at")
    found = list(shown.prefetch_related("aliases", Prefetch("credits", told))[:OFFERED])
    found.sort(key=lambda one: one.pk != chosen)
    return [Namesake(one, _spellings(one), _films(one.credits.all())) for one in found]


def _spellings(agent: Agent) -> list[str]:
    said = [*agent.name.values(), *(one.name for one in agent.aliases.all())]
    return [one for one in dict.fromkeys(said) if one != str(agent.name)]


def _films(credits_: Iterable[Credit]) -> list[Film]:
    return list({one.film_id: one.film for one in credits_}.values())[:FILMS_OF_A_NAME]


def films_named(organisation_id: int, typed: str, chosen: int | None = None) -> list[Film]:
    """The films of a catalogue that may be meant by what was typed; `chosen` first."""
    wanted = Q(pk=chosen) if chosen else Q(pk__in=[])
    if len(fold(typed)) >= SHORTEST:
        wanted |= found_by("search_text", typed)
    found = list(Film.objects.filter(wanted, organisation=organisation_id).order_by("search_text", "pk")[:OFFERED])
    return sorted(found, key=lambda one: one.pk != chosen)


# --- Series ----------------------------------------------------------------------------------------------------------
def series_page(organisations_: Collection[int], number: object) -> Page:
    """One page of series with how many films they count."""
    found = Series.objects.filter(organisation__in=organisations_).select_related("organisation", "within")
    return Paginator(found.annotate(films=Count("entries")).order_by("pk"), ON_A_PAGE).get_page(number)


def entries_of(series: Series) -> list[Entry]:
    """The films of a series in their order."""
    return list(Entry.objects.filter(series=series).select_related("film"))


def series_choices(organisation_id: int, but: int | None = None) -> QuerySet[Series]:
    """The series of a catalogue that another may stand within."""
    return Series.objects.filter(organisation=organisation_id).exclude(pk=but)


def row(model: type[Model], number: int, **of: Any) -> Any:
    """One row of a film or of a series by its number; nothing where it belongs to another."""
    return model.objects.filter(pk=number, **of).first()
