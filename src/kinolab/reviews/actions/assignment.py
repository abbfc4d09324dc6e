"""Who reads what: by hand, from a file, or proposed by the machine and accepted by a person. One door for all."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from kinolab.applications.models import Application
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.queries import absolute_url
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.reviews import access
from kinolab.reviews.actions import readings
from kinolab.reviews.domain import assignment
from kinolab.reviews.domain.lifecycle import ReadingState, ReadingStep
from kinolab.reviews.models import Proposal, Reader, Reading, ReviewPhase
from kinolab.reviews.queries import facts

MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of a file that cannot be used, and why."""

    row: int
    refusal: Refusal


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
        for application in applications:
            stop_if(_why_not_pair(phase, reader, application))
        held = set(
            Reading.objects.filter(phase=phase, reader=reader)
            .exclude(state__in=[ReadingState.ABSTAINED.value, ReadingState.RELEASED.value])
            .values_list("application_id", flat=True)
        )
        pairs = [(one.pk, reader.pk) for one in applications if one.pk not in held]
        _give(phase, pairs, by, at)
        audit.record(
            by=by,
            at=at,
            verb="assigned",
            thing=reader,
            scope=phase.edition.scope,
            after={"applications": [one.number for one in applications]},
        )
    return len(pairs)


def release(*, reading: Reading, by: Person, at: datetime) -> None:
    """Take back a reading that has not been begun."""
    stop_if(access.why_not_assign(by, reading.phase.edition))
    with transaction.atomic():
        readings.take_step(reading, ReadingStep.RELEASE, at)
        audit.record(by=by, at=at, verb="released", thing=reading, scope=reading.phase.edition.scope)


def assign_from_file(
    *, phase: ReviewPhase, source: str, by: Person, at: datetime, dry_run: bool
) -> tuple[int, list[RowProblem]]:
    """Read pairs "number,address" (CSV, a head is allowed): returns how many are good, and every bad row with its reason.

    Nothing is kept in a dry run, nor while a single row is bad.
    """
    stop_if(access.why_not_assign(by, phase.edition))
    good, bad = _read_rows(phase, source)
    if bad or dry_run:
        return len(good), bad
    with transaction.atomic():
        ReviewPhase.objects.select_for_update().get(pk=phase.pk)
        held = set(Reading.objects.filter(phase=phase).values_list("application_id", "reader_id"))
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


def _read_rows(phase: ReviewPhase, source: str) -> tuple[list[tuple[int, int]], list[RowProblem]]:
    applications = {one.number: one for one in facts.to_read(phase.edition)}
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
    if (application.pk, reader.pk) in conflicts:
        return Refusal("reader_in_conflict", {"name": str(reader), "title": str(application)})
    if application.language and application.language not in reader.languages:
        return Refusal("reader_language", {"name": str(reader), "title": str(application)})
    return None


def _why_not_pair(phase: ReviewPhase, reader: Reader, application: Application) -> Refusal | None:
    if (application.pk, reader.pk) in _forbidden(phase):
        return Refusal("reader_in_conflict", {"name": str(reader), "title": str(application)})
    if application.language and application.language not in reader.languages:
        return Refusal("reader_language", {"name": str(reader), "title": str(application)})
    return None


def _forbidden(phase: ReviewPhase) -> set[tuple[int, int]]:
    found = facts.all_conflicts(phase.edition, facts.readers_of(phase.edition))
    return {(one.application, one.reader) for one in found}


def _give(phase: ReviewPhase, pairs: Iterable[tuple[int, int]], by: Person, at: datetime) -> None:
    """Make readings, and write one letter to each reader who got some."""
    given: dict[int, int] = {}
    again = {
        (one.application_id, one.reader_id): one
        for one in Reading.objects.filter(
            phase=phase, state__in=[ReadingState.ABSTAINED.value, ReadingState.RELEASED.value]
        )
    }
    fresh = []
    for application, reader in pairs:
        given[reader] = given.get(reader, 0) + 1
        if before := again.get((application, reader)):
            before.abstain_reason = before.abstain_note = ""
            readings.take_step(before, ReadingStep.ASSIGN, at)
        else:
            fresh.append(
                Reading(
                    phase=phase,
                    application_id=application,
                    reader_id=reader,
                    assigned_at=at,
                    assigned_by=by,
                    changed_at=at,
                )
            )
    Reading.objects.bulk_create(fresh, batch_size=500)
    for reader in Reader.objects.filter(pk__in=given).select_related("person"):
        with translation.override(reader.person.language or translation.get_language()):
            link = absolute_url(reverse("reviews:mine"))
        mail.write(
            key=f"readings:{reader.pk}:{at.isoformat()}",
            to=reader.person,
            kind="readings_given",
            template="reviews/mail/given.txt",
            context={"edition": phase.edition, "phase": phase, "count": given[reader.pk], "link": link},
            at=at,
            scope=phase.edition.scope,
        )
