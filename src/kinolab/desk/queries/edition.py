"""The organiser's view of one edition: how things stand, what needs a person, what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.urls import reverse

from kinolab.applications.domain.lifecycle import Stage
from kinolab.applications.models import Application, Finding
from kinolab.calls.models import Call
from kinolab.foundation.mail.models import Letter
from kinolab.labs.domain.calendar import StageState
from kinolab.labs.models import Edition
from kinolab.reviews.models import Conflict, ReviewPhase

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
    """How many applications stand where."""

    sent: int = 0
    drafts: int = 0
    withdrawn: int = 0
    eligible: int = 0
    attention: int = 0
    ineligible: int = 0
    thin: int = 0  # sent, not known to be ineligible, with fewer readings than the phase asks for


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Everything the dashboard shows. `curve` and `before` are (days since opening, received so far)."""

    counts: Counts
    call: Call | None
    days_left: int | None
    tasks: list[Task]
    next: list[Next]
    curve: list[tuple[int, int]]
    before: list[tuple[int, int]]
    before_name: str
    countries: list[tuple[str, int]]


def edition_page(edition: Edition, at: datetime) -> EditionPage:
    """Gather the dashboard in a constant number of queries."""
    call = Call.objects.filter(edition=edition).first()
    phase = ReviewPhase.objects.filter(edition=edition).order_by("order").first()
    counts = _counts(call, phase) if call else Counts()
    days_left = None
    if call and call.opens_at and call.closes_at and call.opens_at <= at < call.closes_at:
        days_left = (call.closes_at - at).days
    return EditionPage(
        counts=counts,
        call=call,
        days_left=days_left,
        tasks=list(_tasks(edition, call, counts, at)),
        next=_next(edition, call, phase, at),
        curve=_curve(call) if call else [],
        before=_curve_of_edition(edition.copied_from_id),
        before_name=str(edition.copied_from) if edition.copied_from_id else "",
        countries=_countries(call) if call else [],
    )


def _counts(call: Call, phase: ReviewPhase | None) -> Counts:
    sent = Q(stage__in=SENT)
    wanted = phase.readings_each if phase else 0
    return Counts(
        **Application.objects.filter(call=call).aggregate(
            sent=Count("pk", filter=sent),
            drafts=Count("pk", filter=Q(stage=Stage.DRAFT.value)),
            withdrawn=Count("pk", filter=Q(stage=Stage.WITHDRAWN.value)),
            eligible=Count("pk", filter=sent & Q(checked="eligible")),
            attention=Count("pk", filter=sent & Q(checked="attention")),
            ineligible=Count("pk", filter=sent & Q(checked="ineligible")),
            thin=Count("pk", filter=sent & ~Q(checked="ineligible") & Q(readings_done__lt=wanted)),
        )
    )


def _tasks(edition: Edition, call: Call | None, counts: Counts, at: datetime) -> Iterator[Task]:
    where = {"args": (edition.programme.slug, edition.slug)}
    if call is None or call.published_at is None:
        yield Task("not_published", 1, reverse("calls:manage", **where), "lamp")
        return
    table = reverse("applications:table", **where)
    objections = Finding.objects.filter(
        application__call=call, objected_at__isnull=False, decided_at__lt=F("objected_at")
    ).count()
    conflicts = Conflict.objects.filter(reader__edition=edition, declared_at__gte=at - RECENT).count()
    failed = Letter.objects.filter(scope=edition.scope, state="failed").count()
    for task in (
        Task("letters_failed", failed, reverse("desk:record", **where), "bad"),
        Task("objections", objections, f"{table}?check=objection", "lamp"),
        Task("to_check", counts.attention, f"{table}?check=attention", "lamp"),
        Task("too_few_readings", counts.thin, reverse("reviews:board", **where)),
        Task("new_conflicts", conflicts, reverse("reviews:board", **where)),
    ):
        if task.count:
            yield task


def _next(edition: Edition, call: Call | None, phase: ReviewPhase | None, at: datetime) -> list[Next]:
    zone = ZoneInfo(edition.timezone)
    instants = [
        ("opens", call and call.opens_at),
        ("closes", call and call.closes_at),
        ("reading_ends", phase and phase.ends_at),
    ]
    days = [
        ("results", call and call.results_on, call.results_precision if call else "day"),
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


def _curve_of_edition(edition: int | None) -> list[tuple[int, int]]:
    call = Call.objects.filter(edition=edition).first() if edition else None
    return _curve(call) if call else []


def _curve(call: Call) -> list[tuple[int, int]]:
    """Applications received so far, day by day since the opening."""
    if call.opens_at is None:
        return []
    zone = ZoneInfo(call.timezone or "UTC")
    first, total, curve = call.opens_at.astimezone(zone).date(), 0, [(0, 0)]
    daily = (
        Application.objects.filter(call=call, submitted_at__isnull=False)
        .annotate(day=TruncDate("submitted_at", tzinfo=zone))
        .values_list("day")
        .annotate(number=Count("pk"))
        .order_by("day")
    )
    for day, number in daily:
        total += number
        curve.append((max((day - first).days, 0), total))
    return curve


def _countries(call: Call) -> list[tuple[str, int]]:
    return list(
        Application.objects.filter(call=call, stage__in=SENT)
        .exclude(country="")
        .values_list("country")
        .annotate(number=Count("pk"))
        .order_by("-number", "country")[:SHOWN_COUNTRIES]
    )
