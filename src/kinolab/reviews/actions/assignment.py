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
from kinolab.reviews.queries.pieces import Piece, by_key, key_of, pieces, pieces_of, strands_of
from kinolab.reviews.queries.problem import assignment_problem

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
    problem = assignment_problem(phase)
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
        if assignment.fingerprint(assignment_problem(phase)) != held.fingerprint:
            raise Denied(Refusal("facts_changed"))
        planned = by_key({key for key, _ in held.plan["added"]})
        pairs = [(planned[key], int(reader)) for key, reader in held.plan["added"]]
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

    Where each strand is read on its own, they get what stands in their strands. Refused as a whole:
    `reader_in_conflict` {title}, `reader_strand` {title}, `reader_language` {title}. A reading that exists stays.
    """
    stop_if(access.why_not_assign(by, phase.edition))
    with transaction.atomic():
        ReviewPhase.objects.select_for_update().get(pk=phase.pk)
        desk = _Desk(phase)
        chosen = [one for application in applications for one in desk.fitting(reader, application)]
        for piece in chosen:
            stop_if(desk.why_not(reader, piece))
        held = _held(_active(phase).filter(reader=reader))
        pairs = [(one, reader.pk) for one in chosen if (one.key, reader.pk) not in held]
        _give(phase, pairs, by, at)
    return len(pairs)


def release(*, reading: Reading, by: Person, at: datetime) -> None:
    """Take back a reading that has not been begun; one that has stays: `reading_begun`."""
    stop_if(access.why_not_assign(by, reading.phase.edition))
    with transaction.atomic():
        _release(readings.lock(reading), by, at)


def reassign(*, reading: Reading, reader: Reader, by: Person, at: datetime) -> None:
    """Give to another reader what one has not begun or does not judge.

    Refused: `reading_begun`, `reads_it_already`, `reader_in_conflict`, `reader_strand`, `reader_language`.
    """
    phase = reading.phase
    stop_if(access.why_not_assign(by, phase.edition))
    with transaction.atomic():
        ReviewPhase.objects.select_for_update().get(pk=phase.pk)
        held = readings.lock(reading)
        piece = Piece(held.application, held.candidacy)
        stop_if(_Desk(phase).why_not(reader, piece))
        if _active(phase).filter(reader=reader, application=held.application_id, candidacy=held.candidacy_id).exists():
            raise Denied(Refusal("reads_it_already", {"name": str(reader), "title": str(piece)}))
        if ReadingState(held.state) in ACTIVE:
            _release(held, by, at)
        _give(phase, [(piece, reader.pk)], by, at)


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


def _held(rows: QuerySet[Reading]) -> set[tuple[str, int]]:
    found = rows.values_list("application_id", "candidacy_id", "reader_id")
    return {(key_of(application, candidacy), reader) for application, candidacy, reader in found}


def assign_from_file(
    *, phase: ReviewPhase, source: str, by: Person, at: datetime, dry_run: bool
) -> tuple[int, list[RowProblem]]:
    """Read pairs "number,address" (CSV, a head is allowed): returns how many are good, and every bad row with its reason.

    Where each strand is read on its own, a further cell may name one; else the row means all that the reader reads for.
    Nothing is kept in a dry run, nor while a single row is bad.
    """
    stop_if(access.why_not_assign(by, phase.edition))
    good, bad = _read_rows(phase, source, by)
    if bad or dry_run:
        return len(good), bad
    with transaction.atomic():
        ReviewPhase.objects.select_for_update().get(pk=phase.pk)
        held = _held(_active(phase))
        named = {(piece.key, reader): piece for row in good for piece, reader in row}
        pairs = {pair: piece for pair, piece in named.items() if pair not in held}
        _give(phase, [(piece, reader) for (_, reader), piece in pairs.items()], by, at)
        audit.record(
            by=by,
            at=at,
            verb="assigned_from_file",
            thing=phase,
            scope=phase.edition.scope,
            after={"readings": len(pairs)},
        )
    return len(pairs), []


def _read_rows(phase: ReviewPhase, source: str, by: Person) -> tuple[list[list[tuple[Piece, int]]], list[RowProblem]]:
    """What each good row gives to whom, and the bad rows."""
    desk = _Desk(phase, by)
    good, bad = [], []
    rows = csv.reader(io.StringIO(source.removeprefix("\ufeff")))
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and not cells[0].isdecimal()):
            continue
        if number > MOST_ROWS:
            bad.append(RowProblem(number, Refusal("too_many_rows_in_file", {"limit": MOST_ROWS})))
            break
        try:
            good.append(desk.pairs_of(cells))
        except Denied as denied:
            bad.append(RowProblem(number, denied.refusal))
    return good, bad


class _Desk:
    """Who may read what in a phase: asked once for many pairs."""

    def __init__(self, phase: ReviewPhase, by: Person | None = None) -> None:
        self.phase = phase
        readers = facts.readers_of(phase.edition)
        self.forbidden = {(one.application, one.reader) for one in facts.all_conflicts(phase.edition, readers)}
        self.strands = strands_of(phase, readers)
        self.readers = {one.person.email.casefold(): one for one in readers}
        self.by_number: dict[int | None, list[Piece]] = {}
        for piece in pieces(phase, by) if by else ():
            self.by_number.setdefault(piece.application.number, []).append(piece)

    def pairs_of(self, cells: Sequence[str]) -> list[tuple[Piece, int]]:
        """What a row of a file gives to whom; refused with what is wrong in it."""
        found = [piece for number in access.numbers(cells[:1]) for piece in self.by_number.get(number, ())]
        if not found:
            raise Denied(Refusal("no_such_number", {"seen": cells[0][:40]}))
        reader = self.readers.get(cells[1].casefold()) if len(cells) > 1 else None
        if reader is None:
            raise Denied(Refusal("no_such_reader", {"seen": (cells[1] if len(cells) > 1 else "")[:80]}))
        named = [piece for piece in found if piece.strand and piece.strand in cells[2:]]
        chosen = named or self._own(reader, found)
        for piece in chosen:
            stop_if(self.why_not(reader, piece))
        return [(piece, reader.pk) for piece in chosen]

    def fitting(self, reader: Reader, application: Application) -> list[Piece]:
        """What of an application is for this reader."""
        return self._own(reader, pieces_of(self.phase, [application]))

    def _own(self, reader: Reader, found: Sequence[Piece]) -> list[Piece]:
        """Those in the reader's strands; all of them where none is, so that it can be said why not."""
        return [one for one in found if self._reads_for(reader, one)] or list(found)

    def _reads_for(self, reader: Reader, piece: Piece) -> bool:
        own = self.strands.get(reader.pk)
        return not piece.strand or not own or piece.strand in own

    def why_not(self, reader: Reader, piece: Piece) -> Refusal | None:
        """Why this reader may not read it."""
        application, named = piece.application, {"name": str(reader), "title": str(piece)}
        if reader.left_at is not None:
            return Refusal("reader_left", {"name": str(reader)})
        if (application.pk, reader.pk) in self.forbidden:
            return Refusal("reader_in_conflict", named)
        if not self._reads_for(reader, piece):
            return Refusal("reader_strand", named)
        if application.language and application.language not in reader.languages:
            return Refusal("reader_language", named)
        return None


def _give(phase: ReviewPhase, pairs: Sequence[tuple[Piece, int]], by: Person, at: datetime) -> None:
    """Make readings, note each on the record, and write one letter to each reader who got some."""
    readers = Reader.objects.select_related("person").in_bulk({reader for _, reader in pairs})
    left = Reading.objects.filter(phase=phase).exclude(state__in=[state.value for state in ACTIVE])
    again = {(key_of(one.application_id, one.candidacy_id), one.reader_id): one for one in left}
    given, fresh = [], []
    for piece, reader in pairs:
        one = again.get((piece.key, reader))
        if one is None:
            one = Reading(phase=phase, assigned_at=at, assigned_by=by, changed_at=at)
            fresh.append(one)
        one.application, one.candidacy, one.reader = piece.application, piece.candidacy, readers[reader]
        given.append(one)
    Reading.objects.bulk_create(fresh, batch_size=500)
    for one in given:
        if ReadingState(one.state) not in ACTIVE:
            one.abstain_reason = one.abstain_note = ""
            one.assigned_at, one.assigned_by = at, by
            readings.take_step(one, ReadingStep.ASSIGN, at)
    audit.record_each(by=by, at=at, verb="assigned", things=given, scope=phase.edition.scope)
    for number in sorted(readers):
        _tell(phase, readers[number], at)


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
