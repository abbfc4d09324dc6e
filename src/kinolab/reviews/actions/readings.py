"""What a reader does with one reading. Each mark and note saves itself; nobody overwrites what they have not seen."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import cached_property

from kinolab.applications.actions import scores
from kinolab.applications.actions.scores import Scored
from kinolab.applications.events import StrandsChosen
from kinolab.applications.models import Application
from kinolab.calls.models import Criterion
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.prepared import prepared
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.reviews import access
from kinolab.reviews.domain import scoring
from kinolab.reviews.domain.lifecycle import AbstainReason, ReadingState, ReadingStep, Recommendation, step
from kinolab.reviews.models import Reading, Score
from kinolab.reviews.queries import facts, room

NOTES = ("private_note", "shareable_note")
LONGEST_NOTE = 10_000  # characters
PLACES = Decimal("0.001")


def open_reading(*, reading: Reading, by: Person, at: datetime) -> None:
    """Note that the reader has looked at it, the first time; nothing while reading has not begun or is over."""
    if reading.state != ReadingState.ASSIGNED or access.why_not_write(by, reading, at):
        return
    with transaction.atomic():
        held = lock(reading)
        if held.state == ReadingState.ASSIGNED:
            held.opened_at = at
            take_step(held, ReadingStep.OPEN, at)


def save_field(*, reading: Reading, field: str, value: str, version: int, by: Person, at: datetime) -> int:
    """Keep one mark ("c12"), the recommendation or a note; returns the field's new version.

    Refused: `reading_changed` {version, value} when another window wrote since `version`; `mark_out_of_range`,
    `note_too_long`, `unknown_field`, and what access refuses.
    """
    refused = save_fields(reading=reading, typed={field: (value, version)}, by=by, at=at)
    if field in refused:
        raise Denied(refused[field])
    return int(reading.versions.get(field, 0))


def save_fields(
    *, reading: Reading, typed: Mapping[str, tuple[str, int]], by: Person, at: datetime
) -> dict[str, Refusal]:
    """Keep every field that can be kept (value and the version it was typed over); returns why not, by field.

    Refused as a whole by what access refuses. The caller's reading learns the new versions.
    """
    with transaction.atomic():
        held = lock(reading)
        stop_if(access.why_not_write(by, held, at))
        before, refused = held.versions, {}
        marks = _Marks(held)
        for field, (value, version) in typed.items():
            refusal = _keep(held, marks, field, value, version)
            if refusal is not None:
                refused[field] = refusal
        if held.versions != before:
            marks.save()
            held.changed_at = at
            if held.state != ReadingState.DRAFT:
                _move(held, ReadingStep.WRITE)
            held.save()
    reading.versions = held.versions
    return refused


def submit(*, reading: Reading, by: Person, at: datetime) -> None:
    """Hand the reading in: its score counts from now on. Refused with what is missing."""
    with transaction.atomic():
        held = lock(reading)
        stop_if(access.why_not_submit(by, held, at))
        rules = facts.as_rules(facts.criteria_of(held.phase.edition))
        marks = room.marks_by_code(held)
        advice = Recommendation(held.recommendation) if held.recommendation else None
        stop_if(scoring.why_not_complete(rules, marks, advice))
        result = scoring.score(rules, marks)
        assert result is not None
        held.score, held.submitted_at = Decimal(result).quantize(PLACES), at
        take_step(held, ReadingStep.SUBMIT, at)
        _record("submitted_reading", held, by, at, after={"score": str(held.score)})
        _keep_scores(held.application)


def reopen(*, reading: Reading, by: Person, at: datetime) -> None:
    """Take a reading up again that was handed in; until it is handed in anew it does not count."""
    with transaction.atomic():
        held = lock(reading)
        stop_if(access.why_not_reopen(by, held, at))
        _uncount(held)
        take_step(held, ReadingStep.REOPEN, at)
        _record("reopened_reading", held, by, at)
        _keep_scores(held.application)


def abstain(*, reading: Reading, reason: AbstainReason, note: str, by: Person, at: datetime) -> None:
    """Leave the reading without a judgement: it counts as nothing, never as zero. The lab finds another reader."""
    with transaction.atomic():
        held = lock(reading)
        stop_if(access.why_not_abstain(by, held, at))
        _uncount(held)
        held.abstain_reason, held.abstain_note = reason.value, note.strip()[:LONGEST_NOTE]
        take_step(held, ReadingStep.ABSTAIN, at)
        _record("abstained", held, by, at, after={"reason": reason.value})
        _keep_scores(held.application)


def take_step(reading: Reading, taken: ReadingStep, at: datetime) -> None:
    """Take a step of the machine and save the whole reading; refused when it cannot be taken from here."""
    _move(reading, taken)
    reading.changed_at = at
    reading.save()


def _move(reading: Reading, taken: ReadingStep) -> None:
    """The only place that changes a reading's state."""
    after = step(ReadingState(reading.state), taken)
    if isinstance(after, Refusal):
        raise Denied(after)
    reading.state = after.value


def _uncount(reading: Reading) -> None:
    reading.score = reading.submitted_at = reading.corrected_at = None


def lock(reading: Reading) -> Reading:
    """The reading as it stands now, held until the transaction ends."""
    held = _held.first(reading.pk)
    if held is None:
        raise Reading.DoesNotExist
    return held


@prepared
def _held(reading: int) -> QuerySet[Reading]:
    whole = "phase__edition", "reader__person", "application", "candidacy__strand"
    return Reading.objects.select_for_update(of=("self",)).select_related(*whole).filter(pk=reading)


class _Marks:
    """The marks of one reading: those that are kept, and those to be kept in one statement."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.kept = dict(Score.objects.filter(reading=reading).values_list("criterion_id", "value"))
        self.new: list[Score] = []

    @cached_property
    def rubric(self) -> dict[int, Criterion]:
        return {one.pk: one for one in facts.criteria_of(self.reading.phase.edition)}

    def put(self, number: int, value: str) -> Refusal | None:
        criterion = self.rubric.get(number)
        if criterion is None:
            return Refusal("unknown_criterion", {"criterion": number})
        if value not in room.STEPS:
            return Refusal("mark_out_of_range", {"criterion": criterion.code, "mark": value, "maximum": 5})
        self.new.append(Score(reading=self.reading, criterion=criterion, value=int(value)))
        return None

    def save(self) -> None:
        Score.objects.bulk_create(
            self.new, update_conflicts=True, unique_fields=["reading", "criterion"], update_fields=["value"]
        )


def _keep(held: Reading, marks: _Marks, field: str, value: str, version: int) -> Refusal | None:
    """Put a value into its place, unless something speaks against it; the same value again is no change."""
    seen, now = _seen(held, marks, field), int(held.versions.get(field, 0))
    if seen is None:
        return Refusal("unknown_field", {"field": field[:40]})
    if seen == value:
        return None
    if version != now:
        return Refusal("reading_changed", {"version": now, "value": seen})
    refusal = _put(held, marks, field, value)
    if refusal is None:
        held.versions = {**held.versions, field: now + 1}
    return refusal


def _seen(held: Reading, marks: _Marks, field: str) -> str | None:
    if field in NOTES or field == "recommendation":
        return str(getattr(held, field))
    if field.startswith("c") and access.numbers([field[1:]]):
        return str(marks.kept.get(int(field[1:]), ""))
    return None


def _put(held: Reading, marks: _Marks, field: str, value: str) -> Refusal | None:
    if field in NOTES:
        if len(value) > LONGEST_NOTE:
            return Refusal("note_too_long", {"limit": LONGEST_NOTE})
    elif field == "recommendation":
        if value not in [one.value for one in Recommendation]:
            return Refusal("unknown_field", {"field": field})
    else:
        return marks.put(int(field[1:]), value)
    setattr(held, field, value)
    return None


def _keep_scores(application: Application) -> None:
    """Hand down to the applications' table what the readings say together; two readers at once take turns."""
    Application.objects.select_for_update().only("pk").get(pk=application.pk)
    done = Reading.objects.filter(application=application, state=ReadingState.SUBMITTED.value, score__isnull=False)
    said = list(done.values_list("candidacy_id", "score"))
    standing = application.candidacies.values_list("pk", flat=True)
    scores.keep_scores(
        application=application,
        whole=_scored([score for _, score in said]),
        candidacies={pk: _scored([score for about, score in said if about in (None, pk)]) for pk in standing},
    )


def _scored(numbers: Sequence[Decimal]) -> Scored:
    if not numbers:
        return Scored(None, None, 0)
    mean = (sum(numbers, start=Decimal(0)) / len(numbers)).quantize(PLACES)
    return Scored(mean, max(numbers) - min(numbers), len(numbers))


def on_strands_chosen(event: StrandsChosen) -> None:
    """Answer `StrandsChosen`: what has been read for all its strands counts in the new one too."""
    _keep_scores(Application.objects.get(pk=event.application))


def _record(verb: str, reading: Reading, by: Person, at: datetime, after: dict[str, str] | None = None) -> None:
    audit.record(by=by, at=at, verb=verb, thing=reading, scope=reading.phase.edition.scope, after=after)
