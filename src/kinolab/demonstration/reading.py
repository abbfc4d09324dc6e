"""Readers, what each of them is given, and how far they have come. Some are done, one has not begun, a few abstained."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from django.db import transaction

from kinolab.calls.models import Call, Criterion
from kinolab.demonstration import people
from kinolab.demonstration.dates import Dates
from kinolab.demonstration.invention import Inventor
from kinolab.demonstration.opinions import Opinion, Taste
from kinolab.demonstration.world import Progress, person_of
from kinolab.foundation.people.models import Person
from kinolab.reviews.actions import assignment, conflicts, readers, readings
from kinolab.reviews.domain.lifecycle import AbstainReason, ReadingState
from kinolab.reviews.models import Reader, Reading, ReviewPhase, Score
from kinolab.reviews.queries import facts

READINGS_EACH = 2
# How much of their share each reader has done while reading is under way, in the order of `people.READERS`.
DONE = (0.45, 0.7, 1.0, 0.62, 0.3, 0.85, 0.0, 0.5, 0.15, 0.92, 0.38, 0.76)
ABSTAIN_EVERY, ABSTAIN_FIRST = 19, 3  # readings
REASONS = (
    AbstainReason.RECOGNISED_AUTHOR,
    AbstainReason.CONFLICT,
    AbstainReason.NOT_COMPETENT,
    AbstainReason.LANGUAGE,
)
NOTE_OF_CONFLICT = "Монтировал прошлый фильм продюсера."
PHASE_NOTE = {
    "ky": "Баланын себебин бир-эки сүйлөм менен жазыңыз: авторлор жыйынтыктан кийин окушу мүмкүн.",
    "ru": "Объясните оценку одной-двумя фразами: авторы могут прочесть их после результатов.",
    "en": "Give the reason for your marks in a sentence or two: the authors may read them after the results.",
}


@dataclass(frozen=True, slots=True)
class Season:
    """What every part of the reading needs to know."""

    call: Call
    when: Dates
    inventor: Inventor
    coordinator: Person
    phase: ReviewPhase
    rubric: Sequence[Criterion]
    qualities: dict[int, float]
    turns: Iterator[int] = field(default_factory=count)


def build_reading(call: Call, when: Dates, inventor: Inventor, progress: Progress, *, finished: bool) -> None:
    """Choose readers, assign, and read: as far as half-way, or all of it."""
    season = _season(call, when, inventor)
    with transaction.atomic():
        chosen = _readers(season)
        _conflict(season, chosen)
        _assign(season, when.reading_starts + timedelta(hours=4))
    last = when.reading_ends - timedelta(days=3) if finished else when.now - timedelta(hours=3)
    _read_all(season, chosen, last, progress, DONE if not finished else (1.0,) * len(DONE))
    if finished:
        with transaction.atomic():
            _assign(season, last)
        _read_all(season, chosen, when.reading_ends - timedelta(hours=2), progress, (1.0,) * len(DONE), abstain=False)
    else:
        _give_one_back(season)


# --- Getting ready ---------------------------------------------------------------------------------------------------
def _season(call: Call, when: Dates, inventor: Inventor) -> Season:
    owner = Person.objects.get(email=people.ORGANISER.email)
    changes = {
        "note": PHASE_NOTE,
        "starts_at": when.reading_starts,
        "ends_at": when.reading_ends,
        "readings_each": READINGS_EACH,
        "see_names": False,
        "see_others": "after_own",
    }
    phase = readers.set_phase(edition=call.edition, changes=changes, by=owner, at=when.closes - timedelta(days=9))
    return Season(
        call=call,
        when=when,
        inventor=inventor,
        coordinator=Person.objects.get(email=people.COORDINATOR.email),
        phase=phase,
        rubric=facts.criteria_of(call.edition),
        qualities=_qualities(call, inventor),
    )


def _qualities(call: Call, inventor: Inventor) -> dict[int, float]:
    """How good each film is; the one of the cast is among the best."""
    found = {one.pk: inventor.dice.gauss(0, 0.7) for one in facts.to_read(call.edition)}
    best = call.applications.filter(lead__email=people.DIRECTOR.email).values_list("pk", flat=True)
    return found | dict.fromkeys(best, 1.5)


def _readers(season: Season) -> list[Reader]:
    """The invented readers; one of them takes half as much as the others."""
    at = season.when.closes - timedelta(days=6)
    share = -(-len(season.qualities) * READINGS_EACH * 4 // (3 * len(people.READERS)))
    chosen = []
    for place, cast in enumerate(people.READERS):
        person_of(cast, at)
        reader = readers.add_reader(
            edition=season.call.edition,
            email=cast.email,
            name=cast.name,
            languages=cast.languages,
            capacity=max(2, share // 2 if place == len(people.READERS) - 1 else share),
            by=season.coordinator,
            at=at + timedelta(minutes=7 * place),
        )
        chosen.append(reader)
    return chosen


def _conflict(season: Season, chosen: Sequence[Reader]) -> None:
    """The office knows of one conflict before anybody reads."""
    reader = next(one for one in chosen if one.person.email == people.CONFLICTED.email)
    application = season.call.applications.get(lead__email=people.DIRECTOR.email)
    at = season.when.reading_starts - timedelta(hours=5)
    conflicts.declare_for(reader=reader, application=application, note=NOTE_OF_CONFLICT, by=season.coordinator, at=at)


def _assign(season: Season, at: datetime) -> None:
    """Let the machine propose, and accept."""
    seed = season.inventor.dice.randint(1, 10_000)
    proposal = assignment.propose(phase=season.phase, by=season.coordinator, at=at, seed=seed)
    assignment.accept(proposal=proposal, by=season.coordinator, at=at + timedelta(minutes=12))


# --- Reading ---------------------------------------------------------------------------------------------------------
def _read_all(
    season: Season,
    chosen: Sequence[Reader],
    last: datetime,
    progress: Progress,
    done: Sequence[float],
    *,
    abstain: bool = True,
) -> None:
    """Each reader in turn, in one transaction each; the bar counts readings."""
    tastes = [Taste(season.inventor.dice, cast.language) for cast in people.READERS]
    work = [
        (reader, taste, _due(season, reader), share) for reader, taste, share in zip(chosen, tastes, done, strict=True)
    ]
    bar = iter(progress(range(sum(len(due) for _, _, due, _ in work)), "readings"))
    for reader, taste, due, share in work:
        with transaction.atomic():
            _read_share(season, reader, taste, due, share, last, abstain=abstain)
        for _ in due:
            next(bar)
    next(bar, None)


def _due(season: Season, reader: Reader) -> list[Reading]:
    found = Reading.objects.filter(phase=season.phase, reader=reader, state=ReadingState.ASSIGNED.value)
    due = list(found.select_related("application").order_by("application__number"))
    for reading in due:
        reading.phase, reading.reader = season.phase, reader
    return due


def _read_share(
    season: Season,
    reader: Reader,
    taste: Taste,
    due: Sequence[Reading],
    share: float,
    last: datetime,
    *,
    abstain: bool,
) -> None:
    """Hand in a share of what is due, evenly over the time; then one is begun and one only looked at."""
    number = round(share * len(due))
    if not due:
        return
    first = max(one.assigned_at for one in due) + timedelta(hours=2)
    pause = (last - first) / (number + 2)
    for place, reading in enumerate(due[: number + 2 if share else 0]):
        at = first + pause * (place + season.inventor.dice.random())
        readings.open_reading(reading=reading, by=reader.person, at=at)
        if place > number:
            continue
        opinion = taste.opinion(season.qualities[reading.application_id], len(season.rubric))
        if place == number:
            _begin(season, reading, opinion, at)
        elif abstain and (turn := next(season.turns)) % ABSTAIN_EVERY == ABSTAIN_FIRST:
            _abstain(reading, taste, REASONS[turn // ABSTAIN_EVERY % len(REASONS)], at + timedelta(minutes=9))
        else:
            _hand_in(season, reading, opinion, at)


def _hand_in(season: Season, reading: Reading, opinion: Opinion, at: datetime) -> None:
    """Marks and notes as the room would keep them, then the room's own handing in."""
    Score.objects.bulk_create(
        Score(reading=reading, criterion=criterion, value=mark)
        for criterion, mark in zip(season.rubric, opinion.marks, strict=True)
    )
    reading.recommendation = opinion.advice.value
    reading.private_note, reading.shareable_note = opinion.private, opinion.shareable
    written = [f"c{one.pk}" for one in season.rubric] + ["recommendation"]
    written += [name for name in readings.NOTES if getattr(reading, name)]
    reading.versions = dict.fromkeys(written, 1)
    reading.save(update_fields=["recommendation", "private_note", "shareable_note", "versions"])
    took = timedelta(minutes=season.inventor.dice.randint(11, 48))
    readings.submit(reading=reading, by=reading.reader.person, at=at + took)


def _begin(season: Season, reading: Reading, opinion: Opinion, at: datetime) -> None:
    """Two marks and, of some, a note: the rest is still to come."""
    fields = [(f"c{one.pk}", str(mark)) for one, mark in zip(season.rubric[:2], opinion.marks, strict=False)]
    if opinion.private:
        fields.append(("private_note", opinion.private))
    for minutes, (name, value) in enumerate(fields, start=4):
        later = at + timedelta(minutes=minutes)
        readings.save_field(reading=reading, field=name, value=value, version=0, by=reading.reader.person, at=later)


def _abstain(reading: Reading, taste: Taste, reason: AbstainReason, at: datetime) -> None:
    note, by = taste.reason(reason.value), reading.reader.person
    if reason is AbstainReason.CONFLICT:
        conflicts.declare(reading=reading, note=note, by=by, at=at)
    else:
        readings.abstain(reading=reading, reason=reason, note=note, by=by, at=at)


def _give_one_back(season: Season) -> None:
    """The office takes back one of several readings that nobody has begun."""
    found = Reading.objects.filter(phase=season.phase, state=ReadingState.ASSIGNED.value)
    waiting = list(found.select_related("phase__edition", "reader__person", "application").order_by("-pk")[:2])
    if len(waiting) > 1:
        assignment.release(reading=waiting[0], by=season.coordinator, at=season.when.now - timedelta(hours=2))
