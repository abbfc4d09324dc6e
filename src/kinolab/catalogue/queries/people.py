"""People, groups and companies: their pages, who may be one, what joining them moves."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kinolab.catalogue.domain import joining as rules
from kinolab.catalogue.domain.namesakes import Likeness, alike
from kinolab.catalogue.domain.works import AgentKind, Kind, PartState, Role
from kinolab.catalogue.models import Agent, Alias, Award, Credit, Film, Joining, Namesakes, Part, Spelling, Track
from kinolab.catalogue.queries.facts import free_slug
from kinolab.foundation.refusals import Refusal
from kinolab.foundation.search.columns import found_by
from kinolab.foundation.search.folding import spelled
from kinolab.labs.models import Organisation

ON_A_PAGE = 50
RESERVED = frozenset({"new", "same", "joinings"})
# Whatever names an agent: the table and its column.
TABLES: dict[str, tuple[type[models.Model], str]] = {
    "credits": (Credit, "agent"),
    "tracks": (Track, "artist"),
    "awards": (Award, "recipient"),
}


# --- The page of one -------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class Worked:
    """A film on somebody's page, once a role: the parts they worked on, the characters they played, the names they bore."""

    film: Film
    parts: list[object] = field(default_factory=list)
    characters: list[object] = field(default_factory=list)
    names: list[object] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)  # of music


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One agent with everything that its page says."""

    agent: Agent
    names: list[tuple[str, str]]  # language, name: those that the heading does not show
    aliases: list[Alias]
    roles: list[tuple[Role, list[Worked]]]
    music: list[Worked]
    awards: list[tuple[Award, Worked]]

    @property
    def films(self) -> int:
        """How many films there are."""
        worked = [one for _role, several in self.roles for one in several] + self.music
        return len({one.film.pk for one in worked} | {one.film.pk for _award, one in self.awards})


def person_page(agent: Agent, at: datetime) -> PersonPage:
    """What stands on the page of one agent: published films alone. Five statements, whatever their number."""
    credited = list(Credit.objects.filter(agent=agent).select_related("film"))
    tracks = list(Track.objects.filter(artist=agent).select_related("film"))
    awards = list(Award.objects.filter(recipient=agent).select_related("film"))
    wholes = _wholes([one.film for one in (*credited, *tracks, *awards)], at)
    by_role: dict[Role, dict[int, Worked]] = defaultdict(dict)
    for credit in credited:
        if credit.film_id in wholes:
            worked = _worked(by_role[Role(credit.role)], credit.film, wholes)
            _add(worked.characters, credit.character)
            _add(worked.names, credit.credited_as if str(credit.credited_as) != str(agent.name) else None)
    music: dict[int, Worked] = {}
    for track in tracks:
        if track.film_id in wholes:
            _add(_worked(music, track.film, wholes).titles, track.title)
    return PersonPage(
        agent,
        [(tag, name) for tag, name in agent.name.items() if name != str(agent.name)],
        list(agent.aliases.all()),
        [(role, _newest(by_role[role].values())) for role in Role if role in by_role],
        _newest(music.values()),
        [(one, _worked({}, one.film, wholes)) for one in awards if one.film_id in wholes],
    )


def _wholes(films: Iterable[Film], at: datetime) -> dict[int, tuple[Film, object]]:
    """Where a film is shown: itself where it is published, else the published film in which it stands, and its title there."""
    found: dict[int, tuple[Film, object]] = {}
    parts = set()
    for film in films:
        if film.kind != Kind.SEGMENT and film.published_at is not None and film.published_at <= at:
            found[film.pk] = film, None
        else:
            parts.add(film.pk)
    standing = Part.objects.filter(film__in=parts, state=PartState.IN_FILM, whole__published_at__lte=at)
    for part in standing.select_related("whole", "film"):
        found[part.film_id] = part.whole, part.film.title or None
    return found


def named_in_public(at: datetime) -> Q:
    """The condition that visitors see an agent named: by a published film, or by a part that stands in one."""
    named = Q()
    for rows in _naming_in_public(at).values():
        named |= Q(Exists(rows))
    return named


CHANGED = tuple(f"{table}_changed" for table in TABLES)


def changed(at: datetime) -> dict[str, Subquery]:
    """When a film that names an agent in public was last changed, for each table that does: their page tells of it."""
    return {
        f"{table}_changed": Subquery(rows.order_by("-film__changed_at").values("film__changed_at")[:1])
        for table, rows in _naming_in_public(at).items()
    }


def _naming_in_public(at: datetime) -> dict[str, QuerySet[models.Model]]:
    own = Q(film__published_at__lte=at) & ~Q(film__kind=Kind.SEGMENT)
    inside = Q(film__standings__state=PartState.IN_FILM, film__standings__whole__published_at__lte=at)
    return {
        name: table._default_manager.filter(own | inside, **{column: OuterRef("pk")})
        for name, (table, column) in TABLES.items()
    }


def with_pages(at: datetime) -> QuerySet[Agent]:
    """Everybody of whom visitors find a page."""
    return Agent.objects.filter(named_in_public(at), shown=True, joined_to=None).order_by("pk")


def _worked(held: dict[int, Worked], film: Film, wholes: Mapping[int, tuple[Film, object]]) -> Worked:
    whole, part = wholes[film.pk]
    worked = held.setdefault(whole.pk, Worked(whole))
    _add(worked.parts, part)
    return worked


def _add(held: list[object] | list[str], one: object) -> None:
    if one and one not in held:
        held.append(one)  # type: ignore[arg-type]


def _newest(worked: Iterable[Worked]) -> list[Worked]:
    """What is still to come first, then the newest."""
    return sorted(worked, key=lambda one: (-(one.film.first_year or 9999), one.film.slug))


# --- At the desk -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in the list, and how many credits, pieces of music and awards there are."""

    agent: Agent
    named: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of people at the desk. What stands on the page alone is counted."""

    page: Page
    rows: list[Row]
    query: str
    kind: str


def catalogues(organisations: Collection[int]) -> list[Organisation]:
    """The organisations in whose catalogues somebody can be added."""
    return list(Organisation.objects.filter(pk__in=organisations).order_by("pk"))


def edited_by(organisations: Collection[int]) -> QuerySet[Agent]:
    """Everybody in these catalogues, but for those who turned out to be another."""
    return Agent.objects.filter(organisation__in=organisations, joined_to=None)


def desk_page(organisations: Collection[int], query: str, kind: str, number: object) -> Listed:
    """The list of people, narrowed by any spelling of a name. Four statements, whatever the number."""
    found = edited_by(organisations)
    if query:
        found = found.filter(found_by("search_text", query)) if spelled(query) else found.none()
    if kind:
        found = found.filter(kind=kind)
    page = Paginator(found.order_by("search_text", "pk").prefetch_related("aliases"), ON_A_PAGE).get_page(number)
    page.object_list = list(page.object_list)
    named = dict(
        Agent.objects.filter(pk__in=[one.pk for one in page]).annotate(named=_named()).values_list("pk", "named")
    )
    rows = [Row(one, named[one.pk]) for one in page.object_list]
    return Listed(page, rows, query, kind)


def _alike(organisations: Collection[int]) -> list[tuple[int, int, Likeness]]:
    """Pairs of agents of one catalogue and kind with names alike, the nearest first; those said to be two are left out.

    Two statements. Of 60,000 names it takes the better part of a second, nearly all of it outside the database.
    """
    rows = Spelling.objects.filter(agent__organisation__in=organisations, agent__joined_to=None)
    names: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for organisation, kind, *name in rows.values_list("agent__organisation", "agent__kind", "agent", "folded"):
        names[organisation, kind].append((name[0], name[1]))
    pairs = {pair: likeness for several in names.values() for pair, likeness in alike(several).items()}
    apart = Namesakes.objects.filter(first__organisation__in=organisations).values_list("first", "second")
    for two in apart if pairs else ():
        pairs.pop(two, None)
    order = list(Likeness)
    return [(*pair, pairs[pair]) for pair in sorted(pairs, key=lambda pair: (order.index(pairs[pair]), pair))]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one."""

    one: Agent
    other: Agent
    likeness: Likeness


def same_page(organisations: Collection[int], number: object) -> Page:
    """Pairs whose names are alike, on pages. Four statements, whatever their number."""
    page = Paginator(_alike(organisations), ON_A_PAGE).get_page(number)
    wanted = {number for one, other, _likeness in page.object_list for number in (one, other)}
    counted = Agent.objects.filter(pk__in=wanted).prefetch_related("aliases").annotate(named=_named())
    found = {agent.pk: agent for agent in counted}
    page.object_list = [Pair(found[one], found[other], likeness) for one, other, likeness in page.object_list]
    return page


def _named() -> models.Expression:
    """How many rows name an agent: each table counted by itself, for together they would multiply."""
    credited, played, chosen = (_counted(model, column) for model, column in TABLES.values())
    return credited + played + chosen


def _counted(model: type[models.Model], column: str) -> models.Expression:
    rows = model._default_manager.filter(**{column: OuterRef("pk")}).order_by().values(column)
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def namesakes(agent: Agent) -> list[Agent]:
    """Who bears a name of this agent."""
    folded = Spelling.objects.filter(agent=agent).values("folded")
    others = edited_by([agent.organisation_id]).filter(spellings__folded__in=folded, kind=agent.kind)
    apart = Namesakes.objects.filter(models.Q(first=agent) | models.Q(second=agent)).values_list("first", "second")
    two = {number for pair in apart for number in pair}
    return [one for one in others.exclude(pk=agent.pk).distinct().order_by("pk") if one.pk not in two]


def named_by(film: Film) -> list[Agent]:
    """Whoever the credits of the film or of its parts name, each once."""
    inside = Part.objects.filter(whole=film, state=PartState.IN_FILM).values("film")
    named = models.Q(credits__film=film) | models.Q(credits__film__in=inside)
    return list(edited_by([film.organisation_id]).filter(named).distinct().order_by("search_text", "pk"))


def credits_of(agent: Agent) -> list[Credit]:
    """All that is said of them anywhere, drafts too."""
    return list(Credit.objects.filter(agent=agent).select_related("film").order_by(F("film__slug"), "pk"))


# --- Addresses -------------------------------------------------------------------------------------------------------
def address_taken(slug: str) -> bool:
    """Whether somebody has this address, or the house itself."""
    return slug in RESERVED or Agent.objects.filter(slug=slug).exists()


def free_address(name: Mapping[str, str]) -> str:
    """An address made of the name, English first; a number follows where it is taken."""
    return free_slug(Agent, name, "someone", RESERVED)


def at_address(slug: str) -> Agent | None:
    """Whoever is found at the address now: the one that this one was joined to, however often."""
    agent = Agent.objects.filter(slug=slug).select_related("joined_to").first()
    while agent is not None and agent.joined_to is not None:
        agent = agent.joined_to
    return agent


# --- Facts for the rules ---------------------------------------------------------------------------------------------
def facts(agent: Agent) -> rules.Known:
    """The agent as the rules need it."""
    return rules.Known(
        agent.pk, agent.organisation_id, AgentKind(agent.kind), agent.joined_to_id, agent.name, agent.about,
        dict(agent.aliases.values_list("name", "language")),
    )  # fmt: skip


def would_move(kept: Agent, lost: Agent) -> rules.Moved:
    """What joining the two would bring to the one that stays."""
    return rules.moved(facts(kept), facts(lost), _rows(lost), _rows(kept))


def would_go_back(joining: Joining) -> rules.PutBack:
    """What taking the joining back would put back, and what not."""
    was = rules.Moved(**joining.moved)
    holders = {
        table: dict(TABLES[table][0].objects.filter(pk__in=numbers).values_list("pk", TABLES[table][1]))
        for table, numbers in was.rows.items()
    }
    return rules.put_back(was, facts(joining.kept), holders, _rows(joining.kept))


def why_not_take_back(joining: Joining, kept: Agent) -> Refusal | None:
    """Say why the joining cannot be taken back: it was already, or the one that stayed was itself joined later."""
    if joining.undone_at is not None:
        return Refusal("joining_undone")
    return Refusal("joining_not_last") if kept.joined_to_id is not None else None


def why_not_delete(agent: Agent) -> Refusal | None:
    """Say what holds somebody: films name them, or others were joined to them."""
    number = sum(len(numbers) for numbers in _rows(agent).values())
    if number:
        return Refusal("agent_has_credits", {"number": number})
    return Refusal("agent_has_joined") if agent.joined.exists() else None


def joinings(agent: Agent) -> list[Joining]:
    """Who was joined to this one, the last first; those taken back too."""
    return list(Joining.objects.filter(kept=agent).select_related("lost", "by", "undone_by"))


def _rows(agent: Agent) -> dict[str, list[int]]:
    return {
        table: list(model.objects.filter(**{column: agent}).values_list("pk", flat=True))
        for table, (model, column) in TABLES.items()
    }
