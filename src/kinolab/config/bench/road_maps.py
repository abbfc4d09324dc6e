"""A programme with many road maps, each with indicators, periods and values: what the impact report is measured on."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from kinolab.applications.models import Application, TeamMember
from kinolab.calls.models import Call
from kinolab.demonstration import people
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Form
from kinolab.impact import models
from kinolab.impact.domain.parts import SINGLE
from kinolab.impact.models import TABLES, RoadMap
from kinolab.impact.queries import names
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition, Membership, Organisation, Programme

UNITS = ("villages", "schools", "screenings", "people", "rules", "partners")
COUNTRIES = ("KG", "KZ", "UZ", "TJ", "TM")
DYNAMICS = ("minds", "behaviours", "communities", "structures")
TARGETS = ("6.b", "5.3", "4.7", "16.7", "10.2")
FIRST = date(2020, 1, 1)
BATCH = 400
THICK = 42  # rows of a part in the road map that is printed


def _text(words: str) -> dict[str, str]:
    return {"en": words, "ky": words, "ru": words}


def build(asked: Mapping[str, int], session: Any) -> dict[str, Any]:
    """Build it; returns the addresses to ask for, and the owner's session."""
    at = timezone.now()
    owner = Person.objects.create_user(people.ORGANISER.email, name="Aigul", language="en")
    organisation = Organisation.objects.create(slug="otkol", name=_text("Otkol"))
    programme = Programme.objects.create(organisation=organisation, slug="impact-lab", name=_text("Impact Lab"))
    Membership.objects.create(person=owner, organisation=organisation, role=Role.OWNER, added_at=at)
    calls = [_call(programme, number, at) for number in range(min(asked["road_maps"], 5))]
    found = _road_maps(calls, owner, asked["road_maps"], at)
    _rows(found, asked["indicators"], asked["periods"], at)
    _thick(found[-1], at)
    models.FollowingUp.objects.create(programme=programme, report_public=True, changed_at=at)
    edition = calls[0].edition
    with translation.override("en"):
        slugs = (programme.slug, edition.slug)
        return {
            "session": session(owner),
            "report": reverse("impact:programme_report", args=slugs),
            "public": reverse("impact:public_report", args=slugs[:1]),
            "editor": reverse("impact:whole", args=[found[0].code]),
            "step": reverse("impact:step", args=[found[0].code, "results"]),
            "paper": reverse("impact:programme_report_pdf", args=slugs),
            "book": reverse("impact:paper", args=[found[-1].code, "lab", "road-map"]),
        }


def touch(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Change one value, as somebody who reads it again."""
    value = models.Actual.objects.latest("pk")
    value.value, value.version, value.changed_at = (value.value or 0) + 1, value.version + 1, timezone.now()
    value.save(update_fields=["value", "version", "changed_at"])
    return {"value": str(value.value)}


def _call(programme: Programme, number: int, at: datetime) -> Call:
    edition = Edition.objects.create(
        programme=programme, slug=str(2020 + number), name=_text(f"Impact Lab {2020 + number}")
    )
    return Call.objects.create(
        edition=edition, headline=_text("Call"), lead=_text("Apply"), privacy=_text("Safe"),
        form=Form.objects.create(name="Form"), languages=["en"], answer_languages=["en"], timezone="Asia/Bishkek",
        roles=["director"], opens_at=at - timedelta(days=60), closes_at=at - timedelta(days=30), published_at=at,
    )  # fmt: skip


def _road_maps(calls: list[Call], by: Person, number: int, at: datetime) -> list[RoadMap]:
    applications = Application.objects.bulk_create(
        (
            Application(
                call=calls[place % len(calls)], lead=by, language="en", created_at=at, changed_at=at, stage="submitted",
                submitted_at=at, submitted_by=by, title=f"Film {place}", number=place + 1,
            )
            for place in range(number)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    TeamMember.objects.create(
        application=applications[0], person=by, email=by.email, name=by.name, role="director", is_lead=True,
        may_submit=True, state="joined", invited_at=at,
    )  # fmt: skip
    made = RoadMap.objects.bulk_create(
        (
            RoadMap(
                edition=one.call.edition, application=one, title=one.title, language="en", state="implementing",
                level="public", made_at=at, changed_at=at,
            )
            for one in applications
        ),
        batch_size=BATCH,
    )  # fmt: skip
    for part in SINGLE:
        TABLES[part].objects.bulk_create((TABLES[part](road_map=one, changed_at=at) for one in made), batch_size=BATCH)
    return list(made)


def _rows(road_maps: list[RoadMap], indicators: int, periods: int, at: datetime) -> None:
    """Every twelfth road map protects somebody whose name stands nowhere, so that every text is looked through."""
    marks = list(names.marks("Жаркынай Ташматова"))
    _made(
        models.Place,
        (models.Place(road_map=one, name="A place", country=COUNTRIES[n % 5]) for n, one in _each(road_maps)),
        at,
    )
    _made(models.SdgTag, (models.SdgTag(road_map=one, code=TARGETS[n % 5]) for n, one in _each(road_maps)), at)
    _made(
        models.ProtectedPerson,
        (models.ProtectedPerson(road_map=one, code="P1", marks=marks) for n, one in _each(road_maps) if n % 12 == 0),
        at,
    )
    _made(
        models.Evidence,
        (
            models.Evidence(road_map=one, title="Photographs", consent_ok=True, sensitivity="public")
            for one in road_maps
        ),
        at,
    )
    goals = _made(
        models.Goal,
        (
            models.Goal(road_map=one, goal="Neighbours know their turn", dynamic=DYNAMICS[n % 4])
            for n, one in _each(road_maps)
        ),
        at,
    )
    kinds = ("output", "outcome", "impact")
    results = _made(
        models.Result,
        (
            models.Result(road_map_id=goal.road_map_id, goal=goal, title=f"Result {kind}", kind=kind)
            for goal in goals
            for kind in kinds
        ),
        at,
    )
    own = _made(
        models.Indicator,
        (
            models.Indicator(
                road_map=one, result=results[n * len(kinds) + place % len(kinds)], title=f"Indicator {place}",
                unit=UNITS[place % 6], accumulation=("periodic", "cumulative")[place % 2], sdg_indicator="",
                baseline_value=Decimal(0), baseline_year=2019,
            )
            for n, one in _each(road_maps)
            for place in range(indicators)
        ),
        at,
    )  # fmt: skip
    spans = [(FIRST + timedelta(days=182 * turn), FIRST + timedelta(days=182 * turn + 181)) for turn in range(periods)]
    read = _made(
        models.Period,
        (
            models.Period(road_map_id=one.road_map_id, indicator=one, starts_on=starts, ends_on=ends)
            for one in own
            for starts, ends in spans
        ),
        at,
    )
    _made(
        models.Target,
        (
            models.Target(road_map_id=one.road_map_id, period=one, value=Decimal(10 + n % periods))
            for n, one in _each(read)
        ),
        at,
    )
    _made(
        models.Actual,
        (
            models.Actual(
                road_map_id=one.road_map_id,
                period=one,
                value=Decimal(3 + n % periods),
                approved_at=at,
                recorded_on=FIRST,
            )
            for n, one in _each(read)
        ),
        at,
    )


def _thick(road_map: RoadMap, at: datetime) -> None:
    """One that fills some forty pages when it is printed."""
    said = "Айылдын тургундары суу кезегин тактадан көрүп, өз кезегин күтөт жана коңшусуна айтат. " * 3
    days = [FIRST + timedelta(days=10 * turn) for turn in range(THICK)]
    _made(models.RootCause, (models.RootCause(road_map=road_map, text=said) for _ in range(THICK // 2)), at)
    _made(
        models.Audience,
        (models.Audience(road_map=road_map, name=f"Audience {n}", access_needs=said) for n in range(THICK)),
        at,
    )
    _made(
        models.Activity,
        (
            models.Activity(
                road_map=road_map,
                title=f"Activity {n}",
                starts_on=day,
                ends_on=day + timedelta(days=60),
                place=said[:90],
            )
            for n, day in enumerate(days)
        ),
        at,
    )
    _made(
        models.Partner,
        (
            models.Partner(road_map=road_map, organisation=f"Partner {n}", contributes=said, safe_to_name=True)
            for n in range(THICK)
        ),
        at,
    )
    _made(
        models.Milestone,
        (
            models.Milestone(road_map=road_map, title=f"Milestone {n}", on=day, evidence_required=said)
            for n, day in enumerate(days)
        ),
        at,
    )
    _made(
        models.Learning,
        (
            models.Learning(road_map=road_map, on=day, what_changed=said, contribution=said, sensitivity="public")
            for day in days
        ),
        at,
    )


def _each(rows: list[Any]) -> Iterable[tuple[int, Any]]:
    return enumerate(rows)


def _made(table: Any, rows: Iterable[Any], at: datetime) -> list[Any]:
    found = list(rows)
    for one in found:
        one.changed_at = at
    return list(table.objects.bulk_create(found, batch_size=BATCH))
