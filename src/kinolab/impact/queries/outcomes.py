"""What became of people and films: who they are, who is asked, what everybody may read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Application, TeamMember
from kinolab.foundation.people.models import Person
from kinolab.impact.domain.outcomes import OPEN, Told
from kinolab.impact.domain.vocabularies import OutcomeKind, Standing
from kinolab.impact.models import FollowingUp, FollowUp, Outcome, ProtectedPerson, Quiet
from kinolab.impact.queries import names
from kinolab.labs.models import Edition, Programme
from kinolab.selection.domain.lifecycle import Outcome as Chosen
from kinolab.selection.models import Decision


# --- Alumni ------------------------------------------------------------------------------------------------------------
def chosen(programme: Programme) -> QuerySet[Application]:
    """The films of the programme that were chosen, as everybody knows."""
    told = Decision.objects.filter(
        application=OuterRef("pk"), outcome=Chosen.SELECTED.value, announced_at__isnull=False
    )
    return Application.objects.filter(Exists(told), call__edition__programme=programme, withdrawn_at=None)


def alumni(programme: Programme) -> QuerySet[Person]:
    """Whoever was in the team of a chosen film."""
    return Person.objects.filter(pk__in=_seats(programme).values("person")).order_by("name", "email", "pk")


def _seats(programme: Programme) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(
        application__in=chosen(programme), state=MemberState.JOINED.value, person__is_active=True
    )


def projects(programme: Programme) -> list[Application]:
    """The latest chosen film of each project: a film that stands alone is a project too. One query."""
    latest = {one.project_id or -one.pk: one for one in chosen(programme).order_by("pk")}
    return sorted(latest.values(), key=lambda one: (one.title, one.pk))


def films_of(person: Person, programme: Programme) -> QuerySet[Application]:
    """The chosen films in whose team the person is."""
    own = TeamMember.objects.filter(application=OuterRef("pk"), person=person, state=MemberState.JOINED.value)
    return chosen(programme).filter(Exists(own)).select_related("call__edition").order_by("-call__edition", "pk")


@dataclass(frozen=True, slots=True)
class Alumnus:
    """Somebody who may be asked: since when their results are known, and when they were asked last."""

    person: Person
    announced_at: datetime
    asked_at: datetime | None


def to_ask(programme: Programme) -> list[Alumnus]:
    """Alumni who have not said that they do not want to be asked. Two queries."""
    hushed = Quiet.objects.filter(programme=programme, person=OuterRef("person"))
    seats = _seats(programme).exclude(Exists(hushed)).exclude(person__email="")
    found = {
        row["person"]: row["announced"]
        for row in seats.order_by().values("person").annotate(announced=Max("application__decisions__announced_at"))
    }
    asked = dict(
        FollowUp.objects.filter(programme=programme, year__isnull=False, person__in=found)
        .order_by()
        .values_list("person")
        .annotate(at=Max("made_at"))
    )
    people = Person.objects.filter(pk__in=found).order_by("pk")
    return [Alumnus(one, found[one.pk], asked.get(one.pk)) for one in people]


def concerned(outcome: Outcome) -> list[Person]:
    """Whoever decides whether it is published: the person, or those of the film’s team."""
    if outcome.person is not None:
        return [outcome.person]
    if outcome.film_id:
        about = Q(application=outcome.film_id)
    elif outcome.project_id:
        about = Q(application__project=outcome.project_id)
    else:
        return []
    seats = TeamMember.objects.filter(about, state=MemberState.JOINED.value, person__is_active=True)
    return list(Person.objects.filter(pk__in=seats.values("person")).order_by("pk"))


def about(person: Person, programme: Programme | None = None) -> QuerySet[Outcome]:
    """Outcomes of the person and of the films in whose team they are; of one programme, or of all."""
    teams = TeamMember.objects.filter(person=person, state=MemberState.JOINED.value)
    own = (
        Q(person=person)
        | Q(film__in=teams.values("application"))
        | Q(project__in=teams.filter(application__project__isnull=False).values("application__project"))
    )
    found = Outcome.objects.filter(own) if programme is None else Outcome.objects.filter(own, programme=programme)
    return found.select_related("programme", "edition", "person", "film", "project").order_by("-on", "-pk")


# --- Words of one --------------------------------------------------------------------------------------------------------
def subject(outcome: Outcome) -> str:
    """Whom or what it is about, as it is printed."""
    return subjects([outcome])[0][1]


def subjects(rows: Iterable[Outcome]) -> list[tuple[Outcome, str]]:
    """Each with whom or what it is about; a project is called as its latest chosen film. One query, where one is about it."""
    known = list(rows)
    films = _films(known)
    return [(one, _subject(one, films)) for one in known]


def _subject(outcome: Outcome, films: Mapping[int, Application]) -> str:
    if outcome.project_id:
        return str(films.get(outcome.project_id) or outcome.project)
    return str(outcome.film or outcome.person or outcome.name or outcome.edition)


def told(outcome: Outcome) -> Told:
    """The outcome as the rules see it."""
    return Told(OutcomeKind(outcome.kind), outcome.title, outcome.on, outcome.country, outcome.source_url)


# --- For everybody ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Shown:
    """An outcome as everybody may read it."""

    outcome: Outcome
    subject: str
    title: str
    place: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one edition; None: it is not known of which."""

    edition: Edition | None
    rows: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class Alumni:
    """The public page: the groups, and what one may ask for."""

    programme: Programme
    edition: Edition | None
    groups: Sequence[Group]
    kinds: Sequence[str]
    years: Sequence[int]
    countries: Sequence[str]

    @property
    def number(self) -> int:
        """How many outcomes stand on the page."""
        return sum(len(one.rows) for one in self.groups)


def published(programme: Programme, edition: Edition | None = None) -> QuerySet[Outcome]:
    """What everybody may read: verified, agreed to, not called wrong by whom it is about."""
    found = Outcome.objects.filter(
        programme=programme, standing=Standing.VERIFIED.value, publishing__in=[one.value for one in OPEN], objection=""
    ).exclude(person__is_active=False)
    found = found.filter(edition=edition) if edition else found
    return found.select_related("edition", "person", "film", "project").order_by("-edition__starts_on", "-on", "pk")


def alumni_page(
    programme: Programme, edition: Edition | None, *, kind: str = "", year: str = "", country: str = ""
) -> Alumni:
    """The page *Where are they now*. A constant number of queries."""
    rows = list(published(programme, edition))
    kept = [
        one
        for one in rows
        if (not kind or one.kind == kind)
        and (not year or (one.on is not None and str(one.on.year) == year))
        and (not country or one.country == country)
    ]
    present = {one.kind for one in rows}
    return Alumni(
        programme,
        edition,
        _groups(kept),
        [one.value for one in OutcomeKind if one.value in present],
        sorted({one.on.year for one in rows if one.on}, reverse=True),
        sorted({one.country for one in rows if one.country}),
    )


def _groups(rows: Iterable[Outcome]) -> list[Group]:
    known = list(rows)
    veils, films = _veils(known), _films(known)
    found: dict[int | None, list[Shown]] = defaultdict(list)
    editions: dict[int | None, Edition | None] = {}
    for one in known:
        editions.setdefault(one.edition_id, one.edition)
        film = one.film or films.get(one.project_id or 0)
        veil = veils.get((one.film_id, one.project_id), names.veil(()))
        said = Shown(
            one,
            veil.covered(_subject(one, films)),
            veil.covered(one.title),
            veil.covered(one.place),
            film.language if film else "",
        )
        found[one.edition_id].append(said)
    order = sorted(editions, key=lambda number: number is None)  # what is of no known edition stands last
    return [Group(editions[number], found[number]) for number in order]


def _films(rows: Iterable[Outcome]) -> Mapping[int, Application]:
    """The latest chosen film of each project: the title of a draft is nobody else's. One query."""
    wanted = {one.project_id for one in rows if one.project_id}
    told = Decision.objects.filter(
        application=OuterRef("pk"), outcome=Chosen.SELECTED.value, announced_at__isnull=False
    )
    found = (
        Application.objects.filter(Exists(told), project__in=wanted, withdrawn_at=None).order_by("pk") if wanted else ()
    )
    return {one.project_id: one for one in found if one.project_id}


def _veils(rows: Iterable[Outcome]) -> dict[tuple[int | None, int | None], names.Veil]:
    """What must not be said of a film, of a project: the names that its road maps protect. One query."""
    films = {one.film_id for one in rows if one.film_id}
    projects = {one.project_id for one in rows if one.project_id}
    kept: dict[tuple[int | None, int | None], set[str]] = defaultdict(set)
    hidden = ProtectedPerson.objects.filter(
        Q(road_map__application__in=films) | Q(road_map__application__project__in=projects)
    ).exclude(anonymity="named")
    for film, project, marks in hidden.values_list("road_map__application", "road_map__application__project", "marks"):
        kept[film, None].update(marks)
        kept[None, project].update(marks)
    return {about: names.veil(marks) for about, marks in kept.items()}


def public_programmes() -> dict[str, datetime]:
    """Programmes that have something for everybody to read, with when that was verified last. One query."""
    rows = Outcome.objects.filter(
        standing=Standing.VERIFIED.value, publishing__in=[one.value for one in OPEN], objection=""
    ).exclude(person__is_active=False)
    return dict(rows.order_by().values_list("programme__slug").annotate(at=Max("verified_at")))


def with_public_reports() -> list[str]:
    """Programmes whose impact report everybody may read. One query."""
    found = FollowingUp.objects.filter(report_public=True).order_by("programme")
    return list(found.values_list("programme__slug", flat=True))


# --- For the lab -----------------------------------------------------------------------------------------------------------
def following_up(programme: Programme) -> FollowingUp:
    """What the programme does years later; where nobody has decided, nothing."""
    return FollowingUp.objects.filter(programme=programme).first() or FollowingUp(programme=programme)


@dataclass(frozen=True, slots=True)
class Asked:
    """How the yearly question went: in which year, how many were asked, how many answered."""

    year: int
    asked: int
    answered: int


def asked(programme: Programme) -> list[Asked]:
    """The last years of the yearly question. One query."""
    rows = FollowUp.objects.filter(programme=programme, year__isnull=False).values_list("year", "answered_at")
    years: dict[int, list[bool]] = defaultdict(list)
    for year, answered in rows:
        years[year].append(answered is not None)
    return [Asked(year, len(years[year]), sum(years[year])) for year in sorted(years, reverse=True)[:3]]


def is_known(programme: Programme) -> bool:
    """Whether everybody knows of the programme: one of its calls has been published."""
    return programme.editions.filter(call__published_at__lte=timezone.now()).exists()
