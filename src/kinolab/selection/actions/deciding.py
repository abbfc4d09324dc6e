"""Decisions, one by one or many at once, and the order of the waiting list."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models import Max

from kinolab.applications.models import Application
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.audit.actions import Said
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.labs.models import Edition
from kinolab.selection import access
from kinolab.selection.domain import waiting
from kinolab.selection.domain.lifecycle import LONGEST_RATIONALE, Outcome
from kinolab.selection.models import Decision
from kinolab.selection.queries import facts
from kinolab.selection.queries.board import visible, waiting_list


def hold(edition: Edition) -> None:
    """Hold the edition's row, so that deciding, ordering and announcing wait for one another."""
    Edition.objects.select_for_update(no_key=True).only("pk").get(pk=edition.pk)


def decide(
    *,
    application: Application,
    outcome: Outcome,
    by: Person,
    at: datetime,
    seen: int = 0,
    rationale: str | None = None,
    feedback: bool | None = None,
) -> Decision:
    """Decide about one application, or change what was decided; pending until the announcement.

    `seen` is the version of the decision that `by` has before them (0: none). `rationale` and `feedback` (whether the
    readers' notes for the team go along) stay as they are when not given. Somebody new on the waiting list stands last.
    Refused by access; `decision_changed` when somebody else was faster.
    """
    change = Change(application, outcome, seen, rationale, feedback)
    report = decide_many(edition=application.call.edition, changes=[change], by=by, at=at)
    for refusal in report.refused:
        raise Denied(refusal)
    return Decision.objects.get(application=application)


@dataclass
class Report:
    """What became of many decisions: how many were made, and those refused by reason."""

    done: int = 0
    refused: dict[Refusal, list[Application]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Change:
    """One decision: about which application, what, the version that its maker has seen, and what goes with it."""

    application: Application
    outcome: Outcome
    seen: int = 0
    rationale: str | None = None
    feedback: bool | None = None


def decide_many(*, edition: Edition, changes: Sequence[Change], by: Person, at: datetime) -> Report:
    """Decide about many in one transaction and a dozen statements; one refusal does not stop the others."""
    report = Report()
    with transaction.atomic():
        hold(edition)
        asked = access.deciding(by, edition)
        numbers = [one.application.pk for one in changes]
        applications = Application.objects.only("pk", "stage", "title", "code").in_bulk(numbers)
        decisions = {one.application_id: one for one in Decision.objects.filter(application__in=numbers)}
        ranks = count(last_rank(edition) + 1)
        made: list[tuple[Decision, Said, Said]] = []
        for change in changes:
            application, decision = applications[change.application.pk], decisions.get(change.application.pk)
            if refusal := asked.why_not(application, decision, change.seen):
                report.refused[refusal].append(change.application)
                continue
            report.done += 1
            before = said(decision) if decision else None
            decision = changed(decision or Decision(application=application, version=0), change, ranks, by, at)
            decisions[application.pk] = decision  # named twice, it has changed the second time
            if before != said(decision):
                decision.version += 1
                made.append((decision, before, said(decision)))
        keep([decision for decision, _, _ in made])
        audit.record_each(by=by, at=at, verb="decided", things=made, scope=edition.scope)
    return report


def the_rest(person: Person, edition: Edition) -> list[Change]:
    """A decision for everything undecided that the person may know of: not eligible where the check says so, else no."""
    rows = visible(person, edition).filter(decision=None).order_by("number")
    return [
        Change(one, Outcome.INELIGIBLE if one.checked == "ineligible" else Outcome.REJECTED)
        for one in rows.defer("search_text")
    ]


def move_on_waiting_list(*, application: Application, up: bool, by: Person, at: datetime) -> None:
    """Let an application change places with its neighbour on the waiting list. Refused: `not_waiting`, by access."""
    edition = application.call.edition
    with transaction.atomic():
        hold(edition)
        stop_if(access.why_not_change_order(by, edition))
        before = [one.pk for one in waiting_list(facts.in_force(edition.call))]
        if application.pk not in before:
            raise Denied(Refusal("not_waiting"))
        _set_ranks(waiting.moved(before, application.pk, up=up))
        decision = Decision.objects.get(application=application)
        audit.record(
            by=by,
            at=at,
            verb="moved_on_waiting_list",
            thing=decision,
            scope=edition.scope,
            before={"rank": before.index(application.pk) + 1},
            after={"rank": decision.rank},
        )


# --- Pieces ----------------------------------------------------------------------------------------------------------
def changed(decision: Decision, change: Change, ranks: Iterator[int], by: Person, at: datetime) -> Decision:
    """The decision with the change made to it, not kept yet. Whoever comes new to the waiting list stands last."""
    if change.outcome is not Outcome.WAITLIST:
        decision.rank = None
    elif decision.outcome != Outcome.WAITLIST:
        decision.rank = next(ranks)
    decision.outcome, decision.decided_at, decision.decided_by = change.outcome.value, at, by
    if change.rationale is not None:
        decision.rationale = change.rationale.strip()[:LONGEST_RATIONALE]
    if change.feedback is not None:
        decision.feedback = change.feedback
    return decision


def keep(decisions: Sequence[Decision]) -> None:
    """Write new decisions, and those that were changed."""
    columns = ["outcome", "rank", "rationale", "feedback", "decided_at", "decided_by", "version"]
    Decision.objects.bulk_create([one for one in decisions if one.pk is None], batch_size=500)
    Decision.objects.bulk_update([one for one in decisions if one.version > 1], columns, batch_size=100)


def said(decision: Decision) -> dict[str, object]:
    """What the record keeps of a decision."""
    return {
        "outcome": decision.outcome,
        "rank": decision.rank,
        "rationale": decision.rationale,
        "feedback": decision.feedback,
    }


def last_rank(edition: Edition) -> int:
    """The last place on the waiting list."""
    ranks = Decision.objects.filter(application__call__edition=edition).aggregate(last=Max("rank"))
    return ranks["last"] or 0


def _set_ranks(order: Sequence[int]) -> None:
    ranks = {application: place for place, application in enumerate(order, start=1)}
    rows = list(Decision.objects.filter(application__in=order))
    for one in rows:
        one.rank = ranks[one.application_id]
    Decision.objects.bulk_update(rows, ["rank"])
