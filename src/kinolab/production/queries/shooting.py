"""The calendar of the shoot: a month of it, the days of a segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import TeamMember
from kinolab.production.domain import calendar
from kinolab.production.models import Day, Omnibus, Segment, Unit


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month with who shoots what, and who would have to be in two places."""

    on: date
    inside: bool
    today: bool
    days: Sequence[Day]
    twice: Sequence[str]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the shoot, or the week of it that is looked at."""

    first: date
    week: date | None  # its Monday
    before: date
    after: date
    weeks: Sequence[Sequence[Cell]]
    units: Sequence[Unit]
    planned: int
    twice: Mapping[date, Sequence[str]]


def days(omnibus: Omnibus) -> QuerySet[Day]:
    """Days of the shoot of a film, in order."""
    return Day.objects.filter(unit__omnibus=omnibus).select_related("unit", "segment__film")


def days_of(segment: Segment) -> QuerySet[Day]:
    """Days of a segment, in order."""
    return segment.days.select_related("unit", "segment__film")


def month_page(omnibus: Omnibus, on: date, today: date, *, week: bool = False) -> Month:
    """The month of a day with the days at its edges, or the week of the day alone. Four statements."""
    month = on.replace(day=1)
    weeks = [one for one in calendar.weeks(month) if not week or on in one]
    planned = list(days(omnibus).filter(on__gte=weeks[0][0], on__lte=weeks[-1][-1]))
    by_day: dict[date, list[Day]] = {}
    for one in planned:
        by_day.setdefault(one.on, []).append(one)
    twice = calendar.in_two_places([(one.on, one.segment_id) for one in planned], _people(planned))
    cells = [
        [
            Cell(day, week or day.month == month.month, day == today, by_day.get(day, ()), twice.get(day, ()))
            for day in row
        ]
        for row in weeks
    ]
    units = list(omnibus.units.all())
    total = days(omnibus).count()
    before, after = calendar.beside(on, week=week)
    return Month(month, weeks[0][0] if week else None, before, after, cells, units, total, twice)


def first_day(omnibus: Omnibus, today: date) -> date:
    """The next day of the shoot from today on, else its last, else today: where the calendar opens."""
    found = days(omnibus).filter(on__gte=today).order_by("on").first() or days(omnibus).order_by("-on").first()
    return found.on if found else today


def _people(planned: Sequence[Day]) -> dict[int, list[str]]:
    segments = {one.segment.application_id: one.segment_id for one in planned if one.segment.application_id}
    members = TeamMember.objects.filter(application__in=segments, state=MemberState.JOINED.value, person__isnull=False)
    found: dict[int, list[str]] = {}
    for application, name, email in members.values_list("application", "person__name", "person__email"):
        found.setdefault(segments[application], []).append(name or email)
    return found


# --- The letter ------------------------------------------------------------------------------------------------------
class About(StrEnum):
    """What became of a day."""

    PLANNED = "planned"
    MOVED = "moved"
    OFF = "off"


def differ(before: Day, after: Day) -> bool:
    """Whether whoever is to come has to know: another day, hour, place or crew, or something was noted."""
    return any(getattr(before, name) != getattr(after, name) for name in ("on", "calls_at", "place", "unit_id", "note"))


def letter(omnibus: Omnibus, day: Day, about: About, before: Day | None = None) -> dict[str, Any]:
    """What a letter about a day of the shoot says; `before` is how it stood."""
    return {
        "about": about.value,
        "day": day,
        "before": before,
        "title": day.segment.film.title,
        "film": omnibus.film.title,
        "zone": omnibus.film.organisation.timezone,
        "contact": omnibus.film.organisation.contact_email,
        "url": settings.KINOLAB_URL + reverse("production:segment", args=[day.segment.code]) + "#days",
    }
