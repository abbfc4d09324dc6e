"""Who reads what: by hand, from a file, or proposed by the machine and accepted by a person. One door for all."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kinolab.applications.models import Application
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.reviews import access
from kinolab.reviews.actions import readings
from kinolab.reviews.domain import assignment
from kinolab.reviews.domain.lifecycle import ACTIVE, STARTED, ReadingState, ReadingStep
from kinolab.reviews.models import Proposal, Reader, Reading, ReviewPhase
from kinolab.reviews.queries import facts, letters

MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of a file that cannot be used, and why."""

    row: int
    refusal: Refusal


@dataclass(slots=True)
class Report:
    """What became of many: how many were done, and the reasons of the rest."""

    done: int = 0
    refused: list[Refusal] = field(default_factory=list)


def propose(*, phase: ReviewPhase, by: Person, at: datetime, seed: int) -> Proposal:
    """Let the machine propose who reads what, balanced at random under conflicts, languages and capacities.

    Nothing changes until somebody accepts the proposal. The same facts and seed give the same plan.
    """
    stop_if(access.why_not_assign(by, phase.edition))
    problem = facts.assignment_problem(phase)
    if not problem.readers:
        raise Denied(Refusal("no_readers"))
    plan = assignment.balanced(problem, seed)
    with transaction.atomic():
        Proposal.objects.filter(phase=phase, accepted_at=None).delete()
        proposal = Proposal.objects.create(
            phase=phase,
            plan={
                "added": [list(pair) for pair in plan.added],
                "unmet": [
                    {
                        "application": one.application,
                        "needed": one.needed,
                        "reasons": [reason.value for reason in one.reasons],
                    }
                    for one in plan.unmet
                ],
                "loads": [
                    {"reader": one.reader, "readings": one.readings, "minutes": one.minutes} for one in plan.loads
                ],
            },
            fingerprint=assignment.fingerprint(problem),
            seed=seed,
            made_at=at,
            made_by=by,
        )
        audit.record(
            by=by,
            at=at,
            verb="proposed_assignment",
            thing=proposal,
            scope=phase.edition.scope,
            after={"readings": len(plan.added), "unmet": len(plan.unmet), "seed": seed},
        )
    return proposal


def accept(*, proposal: Proposal, by: Person, at: datetime) -> int:
    """Make a proposal's readings real and write to their readers; returns how many.

    Refused: `proposal_accepted`; `facts_changed` when anything it rested on is different now.
    """
    phase = proposal.phase
    stop_if(access.why_not_assign(by, phase.edition))
    with transaction.atomic():
        ReviewPhase.objects.select_for_update().get(pk=phase.pk)
        held = Proposal.objects.get(pk=proposal.pk)
        if held.accepted_at is not None:
            raise Denied(Refusal("proposal_accepted"))
        if assignment.fingerprint(facts.assignment_problem(phase)) != held.fingerprint:
            raise Denied(Refusal("facts_changed"))
        pairs = [(int(application), int(reader)) for application, reader in held.plan["added"]]
        _give(phase, pairs, by, at)
        held.accepted_at, held.accepted_by = at, by
        held.save(update_fields=["accepted_at", "accepted_by"])
        audit.record(
            by=by,
            at=at,
            verb="accepted_assignment",
            thing=held,
            scope=phase.edition.scope,
            after={"readings": len(pairs)},
        )
    return len(pairs)


def discard(*, proposal: Proposal, by: Person, at: datetime) -> None:
    """Throw away a proposal nobody has accepted."""
    stop_if(access.why_not_assign(by, proposal.phase.edition))
    if proposal.accepted_at is not None:
        raise Denied(Refusal("proposal_accepted"))
    proposal.delete()


def assign(*, phase: ReviewPhase, reader: Reader, applications: Sequence[Application], by: Person, at: datetime) -> int:
    """Give applications to a reader by hand; returns how many are new.

    Refused as a whole: `reader_in_conflict` {title}, `reader_language` {title}. A reading that exists stays.
    """
    stop_if(access.why_not_assign(by, phase.edition))
    with transaction.atomic():
        ReviewPhase.objects.select_for_update().get(pk=phase.pk)
        forbidden = _forbidden(phase)
        for application in applications:
            stop_if(_why_not_pair(reader, application, forbidden))
        held = set(_active(phase).filter(reader=reader).values_list("application_id", flat=True))
        pairs = [(one.pk, reader.pk) for one in applications if one.pk not in held]
        _give(phase, pairs, by, at)
    return len(pairs)


def release(*, reading: Reading, by: Person, at: datetime) -> None:
    """Take back a reading that has not been begun; one that has stays: `reading_begun`."""
    stop_if(access.why_not_assign(by, reading.phase.edition))
    with transaction.atomic():
        _release(readings.lock(reading), by, at)


def reassign(*, reading: Reading, reader: Reader, by: Person, at: datetime) -> None:
    """Give to another reader what one has not begun or does not judge.

    Refused: `reading_begun`, `reads_it_already`, `reader_in_conflict`, `reader_language`.
    """
    phase = reading.phase
    stop_if(access.why_not_assign(by, phase.edition))
    with transaction.atomic():
        ReviewPhase.objects.select_for_update().get(pk=phase.pk)
        held = readings.lock(reading)
        stop_if(_why_not_pair(reader, held.application, _forbidden(phase)))
        if _active(phase).filter(reader=reader, application=held.application_id).exists():
            raise Denied(Refusal("reads_it_already", {"name": str(reader), "title": str(held.application)}))
        if ReadingState(held.state) in ACTIVE:
            _release(held, by, at)
        _give(phase, [(held.application_id, reader.pk)], by, at)


def move_many(*, readings: Sequence[Reading], to: Reader | None, by: Person, at: datetime) -> Report:
    """Give each of these readings to another reader, or take it back; says how many moved, and why not the others."""
    report = Report()
    for reading in readings:
        try:
            if to is None:
                release(reading=reading, by=by, at=at)
            else:
                reassign(reading=reading, reader=to, by=by, at=at)
        except Denied as denied:
            report.refused.append(denied.refusal)
        else:
            report.done += 1
    return report


def _release(held: Reading, by: Person, at: datetime) -> None:
    if ReadingState(held.state) in STARTED:
        raise Denied(Refusal("reading_begun", {"name": str(held.reader), "title": str(held.application)}))
    readings.take_step(held, ReadingStep.RELEASE, at)
    audit.record(by=by, at=at, verb="released", thing=held, scope=held.phase.edition.scope)


def _active(phase: ReviewPhase) -> QuerySet[Reading]:
    return Reading.objects.filter(phase=phase, state__in=[state.value for state in ACTIVE])


def assign_from_file(
    *, phase: ReviewPhase, source: str, by: Person, at: datetime, dry_run: bool
) -> tuple[int, list[RowProblem]]:
    """Read pairs "number,address" (CSV, a head is allowed): returns how many are good, and every bad row with its reason.

    Nothing is kept in a dry run, nor while a single row is bad.
    """
    stop_if(access.why_not_assign(by, phase.edition))
    good, bad = _read_rows(phase, source, by)
    if bad or dry_run:
        return len(good), bad
    with transaction.atomic():
        ReviewPhase.objects.select_for_update().get(pk=phase.pk)
        held = set(_active(phase).values_list("application_id", "reader_id"))
        pairs = [pair for pair in dict.fromkeys(good) if pair not in held]
        _give(phase, pairs, by, at)
        audit.record(
            by=by,
            at=at,
            verb="assigned_from_file",
            thing=phase,
            scope=phase.edition.scope,
            after={"readings": len(pairs)},
        )
    return len(pairs), []


def _read_rows(phase: ReviewPhase, source: str, by: Person) -> tuple[list[tuple[int, int]], list[RowProblem]]:
    applications = {one.number: one for one in facts.to_read(phase.edition, by)}
    readers = {one.person.email.casefold(): one for one in facts.readers_of(phase.edition)}
    conflicts = _forbidden(phase)
    good, bad = [], []
    rows = csv.reader(io.StringIO(source.removeprefix("\ufeff")))
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and not cells[0].isdecimal()):
            continue
        if number > MOST_ROWS:
            bad.append(RowProblem(number, Refusal("too_many_rows", {"limit": MOST_ROWS})))
            break
        application = applications.get(int(cells[0])) if cells[0].isdecimal() else None
        reader = readers.get(cells[1].casefold()) if len(cells) > 1 else None
        refusal = _why_bad_row(application, reader, conflicts, cells)
        if refusal is not None:
            bad.append(RowProblem(number, refusal))
        elif application is not None and reader is not None:
            good.append((application.pk, reader.pk))
    return good, bad


def _why_bad_row(
    application: Application | None, reader: Reader | None, conflicts: set[tuple[int, int]], cells: Sequence[str]
) -> Refusal | None:
    if application is None:
        return Refusal("no_such_number", {"seen": cells[0][:40]})
    if reader is None:
        return Refusal("no_such_reader", {"seen": (cells[1] if len(cells) > 1 else "")[:80]})
    return _why_not_pair(reader, application, conflicts)


def _why_not_pair(reader: Reader, application: Application, forbidden: set[tuple[int, int]]) -> Refusal | None:
    if reader.left_at is not None:
        return Refusal("reader_left", {"name": str(reader)})
    if (application.pk, reader.pk) in forbidden:
        return Refusal("reader_in_conflict", {"name": str(reader), "title": str(application)})
    if application.language and application.language not in reader.languages:
        return Refusal("reader_language", {"name": str(reader), "title": str(application)})
    return None


def _forbidden(phase: ReviewPhase) -> set[tuple[int, int]]:
    found = facts.all_conflicts(phase.edition, facts.readers_of(phase.edition))
    return {(one.application, one.reader) for one in found}


def _give(phase: ReviewPhase, pairs: Sequence[tuple[int, int]], by: Person, at: datetime) -> None:
    """Make readings, note each on the record, and write one letter to each reader who got some."""
    applications = Application.objects.in_bulk({application for application, _ in pairs})
    readers = Reader.objects.select_related("person").in_bulk({reader for _, reader in pairs})
    left = Reading.objects.filter(phase=phase).exclude(state__in=[state.value for state in ACTIVE])
    again = {(one.application_id, one.reader_id): one for one in left}
    given, fresh = [], []
    for application, reader in pairs:
        one = again.get((application, reader))
        if one is None:
            one = Reading(phase=phase, assigned_at=at, assigned_by=by, changed_at=at)
            fresh.append(one)
        one.application, one.reader = applications[application], readers[reader]
        given.append(one)
    Reading.objects.bulk_create(fresh, batch_size=500)
    for one in given:
        if ReadingState(one.state) not in ACTIVE:
            one.abstain_reason = one.abstain_note = ""
            one.assigned_at, one.assigned_by = at, by
            readings.take_step(one, ReadingStep.ASSIGN, at)
    audit.record_each(by=by, at=at, verb="assigned", things=given, scope=phase.edition.scope)
    for reader_of in readers.values():
        _tell(phase, reader_of, at)


def _tell(phase: ReviewPhase, reader: Reader, at: datetime) -> None:
    """No numbers in it: the outbox must not tell somebody with a conflict who reads what is hidden from them."""
    mail.write(
        key=f"readings:{reader.pk}:{at.isoformat()}",
        to=reader.person,
        kind="readings_given",
        template="reviews/mail/given.txt",
        context={"edition": phase.edition, "phase": phase, "link": letters.home(reader.person)},
        at=at,
        scope=phase.edition.scope,
    )
