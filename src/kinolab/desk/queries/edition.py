"""The organiser's view of one edition: how things stand, what needs a person, what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse

from kinolab.applications.domain.lifecycle import Stage
from kinolab.applications.models import Candidacy
from kinolab.applications.queries import appeals, sealed
from kinolab.applications.queries.table import TABS, of_call
from kinolab.calls.models import Call
from kinolab.calls.queries.closes import is_sealed
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.labs.domain.calendar import StageState
from kinolab.labs.models import Edition
from kinolab.reviews.models import Conflict, ReviewPhase
from kinolab.selection.queries import public as results
from kinolab.selection.queries.board import candidacies

SENT = (Stage.SUBMITTED.value, Stage.REOPENED.value)
SHOWN_COUNTRIES = 8
RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that needs a person: a code for its words, how many, and where to do it."""

    code: str
    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """A date on the edition's way. `at` is exact; or `on` with a precision."""

    code: str
    state: StageState
    at: datetime | None = None
    on: date | None = None
    precision: str = "day"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many applications stand where; of a sealed call only the first three are counted."""

    sent: int = 0
    drafts: int = 0
    withdrawn: int = 0
    eligible: int = 0
    attention: int = 0
    ineligible: int = 0
    to_check: int = 0
    objections: int = 0
    thin: int = 0  # sent, not known to be ineligible, with fewer readings than the phase asks for


@dataclass(frozen=True, slots=True)
class Curve:
    """How applications came in: (days since the opening, received so far), from the opening's day on.

    `length` is how many days the call lasts, `today` the day it is now, None when the call is over.
    """

    first: date
    length: int
    today: int | None
    points: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Everything the dashboard shows; `before` is the curve of the edition that this one was copied from."""

    counts: Counts
    call: Call | None
    days_left: int | None
    tasks: list[Task]
    next: list[Next]
    curve: Curve | None
    before: Curve | None
    before_name: str
    countries: list[tuple[str, int]]
    sealed_until: datetime | None = None
    selected: int | None = None  # projects; None before the results are announced


def edition_page(edition: Edition, person: Person, at: datetime) -> EditionPage:
    """Gather the dashboard in a constant number of queries; what is hidden from the person is not counted."""
    call: Call | None = getattr(edition, "call", None)  # kept on the edition, so that the rail need not ask again
    phase = ReviewPhase.objects.filter(edition=edition).order_by("order").first()
    counts = _counts(call, person, phase, at) if call else Counts()
    announced = results.milestones(edition).get("announced_at")
    days_left = None
    last = max(filter(None, (call.closes_at, call.own_closes_at)), default=None) if call else None
    if call and call.opens_at and last and call.opens_at <= at < last:
        days_left = (last - at).days
    return EditionPage(
        counts=counts,
        call=call,
        days_left=days_left,
        tasks=list(_tasks(edition, person, call, phase, counts, at, announced=announced is not None)),
        next=_next(edition, call, phase, announced, at),
        curve=_curve(call, person, at) if call else None,
        before=_curve_of_edition(edition.copied_from_id, person, at),
        before_name=str(edition.copied_from) if edition.copied_from_id else "",
        countries=_countries(call, person) if call else [],
        sealed_until=call.sealed_until if call and is_sealed(call, at) else None,
        selected=results.projects_selected(call) if call and announced else None,
    )


def _counts(call: Call, person: Person, phase: ReviewPhase | None, at: datetime) -> Counts:
    if is_sealed(call, at):
        return Counts(**sealed.counts(call))
    sent = Q(stage__in=SENT)
    wanted = phase.readings_each if phase else 0
    short = Candidacy.objects.filter(application=OuterRef("pk"), readings_done__lt=wanted)
    return Counts(
        **of_call(person, call).aggregate(
            sent=Count("pk", filter=sent),
            drafts=Count("pk", filter=Q(stage=Stage.DRAFT.value)),
            withdrawn=Count("pk", filter=Q(stage=Stage.WITHDRAWN.value)),
            eligible=Count("pk", filter=sent & Q(checked="eligible")),
            attention=Count("pk", filter=sent & Q(checked="attention")),
            ineligible=Count("pk", filter=sent & Q(checked="ineligible")),
            to_check=Count("pk", filter=TABS["to_check"]),
            objections=Count("pk", filter=TABS["objections"]),
            thin=Count("pk", filter=sent & ~Q(checked="ineligible") & Q(Exists(short))),
        )
    )


def _tasks(
    edition: Edition,
    person: Person,
    call: Call | None,
    phase: ReviewPhase | None,
    counts: Counts,
    at: datetime,
    *,
    announced: bool,
) -> Iterator[Task]:
    where = {"args": (edition.programme.slug, edition.slug)}
    if call is None or call.published_at is None:
        yield Task("not_published", 1, reverse("calls:manage", **where), "lamp")
        return
    table = reverse("applications:table", **where)
    conflicts = Conflict.objects.filter(
        reader__edition=edition, application__in=of_call(person, call).values("pk"), declared_at__gte=at - RECENT
    ).count()
    failed = Letter.objects.filter(scope=edition.scope, state="failed").count()
    for task in (
        Task("letters_failed", failed, f"{reverse('desk:outbox', **where)}?state=failed", "bad"),
        Task("objections", counts.objections, f"{table}?tab=objections", "lamp"),
        Task("appeals", appeals.waiting(person, edition), reverse("applications:appeals", **where), "lamp"),
        Task("to_check", counts.to_check, f"{table}?tab=to_check", "lamp"),
        Task("too_few_readings", counts.thin, reverse("reviews:board", **where)),
        Task("new_conflicts", conflicts, reverse("reviews:board", **where)),
        Task(
            "to_decide",
            0 if announced else _undecided(edition, person, phase, at),
            f"{reverse('selection:board', **where)}?tab=undecided",
            "lamp",
        ),
    ):
        if task.count:
            yield task


def _undecided(edition: Edition, person: Person, phase: ReviewPhase | None, at: datetime) -> int:
    """How many candidacies wait for a decision: nothing before reading has ended."""
    if phase is None or phase.ends_at is None or phase.ends_at > at:
        return 0
    return candidacies(person, edition).filter(decision=None).count()


def _next(
    edition: Edition, call: Call | None, phase: ReviewPhase | None, announced: datetime | None, at: datetime
) -> list[Next]:
    zone = ZoneInfo(edition.timezone)
    instants = [
        ("opens", call and call.opens_at),
        ("closes", call and call.closes_at),
        ("closes_last", call and call.own_closes_at),
        ("reading_ends", phase and phase.ends_at),
        ("results", announced),
    ]
    days = [
        ("results", call and not announced and call.results_on, call.results_precision if call else "day"),
        ("starts", edition.starts_on, edition.starts_precision),
        ("ends", edition.ends_on, edition.ends_precision),
    ]
    dated = [(instant, Next(code, StageState.NEXT, at=instant)) for code, instant in instants if instant]
    dated += [
        (datetime.combine(day, time.max, zone), Next(code, StageState.NEXT, on=day, precision=precision))
        for code, day, precision in days
        if day
    ]
    dated.sort(key=lambda pair: pair[0])
    coming = next((i for i, (instant, _) in enumerate(dated) if instant > at), len(dated))
    states = [StageState.DONE] * coming + [StageState.NOW] + [StageState.NEXT] * len(dated)
    return [
        Next(step.code, state, step.at, step.on, step.precision)
        for (_, step), state in zip(dated, states, strict=False)
    ]


def _curve_of_edition(edition: int | None, person: Person, at: datetime) -> Curve | None:
    call = Call.objects.filter(edition=edition).first() if edition else None
    return _curve(call, person, at) if call else None


def _curve(call: Call, person: Person, at: datetime) -> Curve | None:
    """Applications in force by the day they were sent. Nothing before the first one."""
    if call.opens_at is None or call.closes_at is None:
        return None
    zone = ZoneInfo(call.timezone or "UTC")
    first, last = call.opens_at.astimezone(zone).date(), call.closes_at.astimezone(zone).date()
    daily = (
        of_call(person, call)
        .filter(stage__in=SENT)
        .annotate(day=TruncDate("submitted_at", tzinfo=zone))
        .values_list("day")
        .annotate(number=Count("pk"))
        .order_by("day")
    )
    total, points = 0, [(0, 0)]
    for day, number in daily:
        total += number
        points.append((max((day - first).days, 0), total))
    if not total:
        return None
    length = max((last - first).days, points[-1][0], 1)
    today = (at.astimezone(zone).date() - first).days if at < call.closes_at else None
    return Curve(first, length, today, points)


def _countries(call: Call, person: Person) -> list[tuple[str, int]]:
    return list(
        of_call(person, call)
        .filter(stage__in=SENT)
        .exclude(country="")
        .values_list("country")
        .annotate(number=Count("pk"))
        .order_by("-number", "country")[:SHOWN_COUNTRIES]
    )
