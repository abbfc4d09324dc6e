"""A large edition to measure speed on: a few dozen real applications, then thousands of others made from them in bulk.

Everything a page reads is there for each of them: team, answers, snapshot, findings, readings with marks. Its call is
open, so that applying can be measured, and reading is under way, so that reading can.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Subquery

from kinolab.applications.domain.lifecycle import Stage
from kinolab.applications.models import (
    Answer,
    Application,
    Candidacy,
    Finding,
    Snapshot,
    TeamMember,
    new_code,
    new_start_key,
    new_token,
)
from kinolab.calls.models import Call
from kinolab.demonstration import deciding, people, world
from kinolab.demonstration.dates import Until, dates
from kinolab.demonstration.invention import Inventor
from kinolab.demonstration.world import Progress, person_of
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.search import folding
from kinolab.reviews.actions import readers as reader_actions
from kinolab.reviews.domain import scoring
from kinolab.reviews.domain.lifecycle import ReadingState, Recommendation
from kinolab.reviews.models import Reader, Reading, ReviewPhase, Score
from kinolab.reviews.queries import facts

ORIGINALS = 24  # applications made through the rooms' actions; the others repeat them
READINGS_EACH = 3
BATCH = 500  # rows in one statement
NAMES = ("Айгерим", "Нурлан", "Мадина", "Jasur", "Ситора", "Ерлан", "Maral", "Бегимай", "Timur", "Дана", "Rustam")
FAMILIES = ("Асан", "Сейит", "Rahim", "Мирзо", "Orazow", "Омар", "Karim", "Эсен", "Нур", "Тілеу", "Bek", "Шариф")
PARTS = (TeamMember, Answer, Candidacy, Finding, Snapshot)
Team = dict[tuple[str, int], TeamMember]  # by the code of the new application and the number of the old member


@dataclass(frozen=True, slots=True)
class Size:
    """How large: `due` applications wait for the first reader, `drafts` complete applications wait to be sent."""

    applications: int
    people: int
    readers: int
    drafts: int
    due: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """What was built, for those who visit it: `reader` has as much to read as most, `guest` three applications."""

    call: Call
    drafts: Sequence[Application]
    reader: Reader
    guest: Reader


def build_crowd(size: Size, *, seed: int, now: datetime, progress: Progress) -> Crowd:
    """Build it in an empty installation."""
    when, inventor = dates(Until.OPEN, now), Inventor(seed)
    call = world.build_edition(when)
    deciding.build_quotas_and_letters(call, when)
    world.build_applications(call, when, inventor, min(ORIGINALS, size.applications), progress)
    with transaction.atomic():
        originals = _originals(call)
        missing = max(0, size.applications - len(originals))
        leads = _new_people(missing + size.drafts, now)
        others = _new_people(max(0, size.people - Person.objects.count() - size.readers), now, "co")
        _multiply(originals, leads[:missing], others, inventor.dice)
        drafts = _drafts(originals, leads[missing:], inventor.dice)
        reader, guest = _read(call, size, now, inventor.dice)
        Letter.objects.all().delete()  # nobody waits for them, and the clock would be busy with them
    return Crowd(call, drafts, reader, guest)


# --- People ----------------------------------------------------------------------------------------------------------
def _new_people(number: int, now: datetime, kind: str = "lead") -> list[Person]:
    made = [
        Person(
            email=f"{kind}{place}@example.org",
            name=f"{NAMES[place % len(NAMES)]} {FAMILIES[place // len(NAMES) % len(FAMILIES)]} {place}",
            language=("ky", "ru", "en")[place % 3],
            timezone="Asia/Bishkek",
            date_joined=now,
            password="!",  # noqa: S106  (they enter by link only)
        )
        for place in range(number)
    ]
    return Person.objects.bulk_create(made, batch_size=BATCH)


# --- Applications ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Original:
    """An application with its rows, by table."""

    application: Application
    rows: Mapping[type[models.Model], Sequence[Any]]


def _originals(call: Call) -> list[Original]:
    found = Application.objects.filter(call=call, stage=Stage.SUBMITTED.value).order_by("number")
    return [
        Original(one, {table: list(table._default_manager.filter(application=one).order_by("pk")) for table in PARTS})
        for one in found
    ]


def _multiply(
    originals: Sequence[Original], leads: Sequence[Person], others: Sequence[Person], dice: random.Random
) -> None:
    last = max(one.application.number or 0 for one in originals)
    made = []
    for place, lead in enumerate(leads):
        original = originals[place % len(originals)]
        fresh = _application(original, lead, dice)
        fresh.number = last + 1 + place
        fresh.submitted_by = lead
        made.append((original, fresh))
    other = iter(others)
    _keep(made, lambda: next(other, None), parts=PARTS)


def _drafts(originals: Sequence[Original], leads: Sequence[Person], dice: random.Random) -> list[Application]:
    """Complete, and not sent."""
    made = []
    for place, lead in enumerate(leads):
        original = originals[place % len(originals)]
        fresh = _application(original, lead, dice)
        fresh.number = fresh.submitted_at = fresh.submitted_by = None
        fresh.stage, fresh.checked = Stage.DRAFT.value, "unchecked"
        made.append((original, fresh))
    _keep(made, lambda: None, parts=(TeamMember, Answer, Candidacy))
    return [fresh for _, fresh in made]


def _application(original: Original, lead: Person, dice: random.Random) -> Application:
    fresh = _again(original.application)
    fresh.lead, fresh.people = lead, lead.name
    fresh.code, fresh.start_key = new_code(), new_start_key()
    fresh.title = f"{original.application.title} {dice.randint(2, 99)}"[:300]
    fresh.search_text = folding.fold(f"{fresh.title} {fresh.people} {fresh.code}")
    return fresh


def _again(row: Any) -> Any:
    fresh = copy(row)
    fresh.pk, fresh._state = None, models.base.ModelState()
    return fresh


def _keep(made: Sequence[tuple[Original, Application]], other: Any, parts: Sequence[type[models.Model]]) -> None:
    """Write the applications, then their rows table by table."""
    Application.objects.bulk_create([fresh for _, fresh in made], batch_size=BATCH)
    team: Team = {}
    for table in parts:
        rows = list(_rows(table, made, other, team))
        table._default_manager.bulk_create(rows, batch_size=BATCH)


def _rows(
    table: type[models.Model], made: Sequence[tuple[Original, Application]], other: Any, team: Team
) -> Iterator[Any]:
    for original, fresh in made:
        for row in original.rows[table]:
            again = _again(row)
            again.application = fresh
            if isinstance(again, TeamMember):
                again.token = new_token()
                if not _is_somebody(again, fresh, other):
                    continue
                team[fresh.code, row.pk] = again
            elif getattr(row, "member_id", None):  # a person's own answer: nobody's where that person has no double
                if (fresh.code, row.member_id) not in team:
                    continue
                again.member = team[fresh.code, row.member_id]
            yield again


def _is_somebody(member: TeamMember, fresh: Application, other: Any) -> bool:
    """Give the member a person of their own; a co-author only while there are people left."""
    person = fresh.lead if member.is_lead else other()
    if person is None:
        return False
    member.person, member.email, member.name = person, person.email, person.name
    return True


# --- Readings --------------------------------------------------------------------------------------------------------
def _read(call: Call, size: Size, now: datetime, dice: random.Random) -> tuple[Reader, Reader]:
    owner = Person.objects.get(email=people.ORGANISER.email)
    switches = {
        "starts_at": now - timedelta(days=1),
        "ends_at": now + timedelta(days=20),
        "readings_each": READINGS_EACH,
    }
    phase = reader_actions.set_phase(edition=call.edition, changes=switches, by=owner, at=now)
    *chosen, guest = _readers(call, size, now)
    applications = list(Application.objects.filter(call=call, stage=Stage.SUBMITTED.value).order_by("number"))
    rubric = facts.criteria_of(call.edition)
    rules, read = facts.as_rules(rubric), []
    for place, application in enumerate(applications):
        for reader in _three(chosen, place, with_first=place < size.due):
            waits = reader is chosen[0] and place < size.due
            marks = {} if waits else {one.code: dice.randint(0, 5) for one in rubric}
            read.append((_reading(phase, application, reader, now, scoring.score(rules, marks), dice), marks))
    read += [(_reading(phase, one, guest, now, None, dice), {}) for one in applications[:READINGS_EACH]]
    readings = Reading.objects.bulk_create([reading for reading, _ in read], batch_size=BATCH)
    by_code = {one.code: one for one in rubric}
    Score.objects.bulk_create(
        (
            Score(reading=reading, criterion=by_code[code], value=mark)
            for reading, marks in read
            for code, mark in marks.items()
        ),
        batch_size=BATCH,
    )
    _sum_up(applications, readings)
    return chosen[0], guest


def _three(chosen: Sequence[Reader], place: int, *, with_first: bool) -> list[Reader]:
    """Readers of one application, in turn; the first of all of them where they are to have it."""
    found = [chosen[(place * READINGS_EACH + turn) % len(chosen)] for turn in range(READINGS_EACH)]
    return [chosen[0], *found[1:]] if with_first and chosen[0] not in found else found


def _readers(call: Call, size: Size, now: datetime) -> list[Reader]:
    first = person_of(people.READER, now)
    persons = [first, *_new_people(size.readers - 1, now, "reader")]
    languages = list(call.answer_languages)
    return Reader.objects.bulk_create(
        Reader(edition=call.edition, person=one, languages=languages, capacity=2000, added_at=now) for one in persons
    )


def _reading(
    phase: ReviewPhase,
    application: Application,
    reader: Reader,
    now: datetime,
    score: float | None,
    dice: random.Random,
) -> Reading:
    """Handed in where there is a score, else waiting."""
    reading = Reading(phase=phase, application=application, reader=reader, assigned_at=now, changed_at=now)
    if score is not None:
        reading.state, reading.submitted_at = ReadingState.SUBMITTED.value, now
        reading.recommendation = dice.choice(list(Recommendation)).value
        reading.shareable_note = "Начало сильное, но в середине история рассыпается."
        reading.score = Decimal(score).quantize(Decimal("0.001"))
    return reading


def _sum_up(applications: Sequence[Application], readings: Sequence[Reading]) -> None:
    """What the readings' room hands down after each reading, for all at once."""
    found: dict[int, list[Decimal]] = {}
    for reading in readings:
        if reading.score is not None:
            found.setdefault(reading.application_id, []).append(reading.score)
    for application in applications:
        numbers = found.get(application.pk, [])
        application.readings_done = len(numbers)
        if numbers:
            application.score = (sum(numbers) / len(numbers)).quantize(Decimal("0.001"))
            application.spread = max(numbers) - min(numbers)
    Application.objects.bulk_update(applications, ["readings_done", "score", "spread"], batch_size=BATCH // 5)
    own = Application.objects.filter(pk=OuterRef("application"))
    columns = {name: Subquery(own.values(name)) for name in ("readings_done", "score", "spread")}
    Candidacy.objects.filter(application__in=[one.pk for one in applications]).update(**columns)
