"""Decisions, one by one or many at once, and the order of the waiting list."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kinolab.applications.models import Candidacy
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
from kinolab.selection.queries.board import candidacies, waiting_list


def hold(edition: Edition) -> None:
    """Hold the edition's row, so that deciding, ordering and announcing wait for one another."""
    Edition.objects.select_for_update(no_key=True).only("pk").get(pk=edition.pk)


def decide(
    *,
    candidacy: Candidacy,
    outcome: Outcome,
    by: Person,
    at: datetime,
    seen: int = 0,
    rationale: str | None = None,
    feedback: bool | None = None,
) -> Decision:
    """Decide about one candidacy, or change what was decided; pending until the announcement.

    `seen` is the version of the decision that `by` has before them (0: none). `rationale` and `feedback` (whether the
    readers' notes for the team go along) stay as they are when not given. Somebody new on the waiting list stands last.
    Refused by access; `decision_changed` when somebody else was faster.
    """
    change = Change(candidacy, outcome, seen, rationale, feedback)
    report = decide_many(edition=candidacy.application.call.edition, changes=[change], by=by, at=at)
    for refusal in report.refused:
        raise Denied(refusal)
    return Decision.objects.get(candidacy=candidacy)


@dataclass
class Report:
    """What became of many decisions: how many were made, and those refused by reason."""

    done: int = 0
    refused: dict[Refusal, list[Candidacy]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Change:
    """One decision: about which candidacy, what, the version that its maker has seen, and what goes with it."""

    candidacy: Candidacy
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
        numbers = [one.candidacy.pk for one in changes]
        standing = Candidacy.objects.select_related("application", "strand").defer("application__search_text")
        rows, decisions = standing.in_bulk(numbers), decisions_of(numbers)
        ranks = Ranks(edition)
        made: list[tuple[Decision, Said, Said]] = []
        for change in changes:
            candidacy, decision = rows[change.candidacy.pk], decisions.get(change.candidacy.pk)
            if refusal := asked.why_not(candidacy, decision, change.seen):
                report.refused[refusal].append(candidacy)
                continue
            report.done += 1
            before = said(decision) if decision else None
            decision = changed(decision or new(candidacy), change, ranks, by, at)
            decisions[candidacy.pk] = decision  # named twice, it has changed the second time
            if before != said(decision):
                decision.version += 1
                made.append((decision, before, said(decision)))
        keep([decision for decision, _, _ in made])
        audit.record_each(by=by, at=at, verb="decided", things=made, scope=edition.scope)
    return report


def the_rest(person: Person, edition: Edition) -> list[Change]:
    """A decision for everything undecided that the person may know of: not eligible where the check says so, else no."""
    rows = candidacies(person, edition).filter(decision=None)
    return [
        Change(one, Outcome.INELIGIBLE if one.application.checked == "ineligible" else Outcome.REJECTED)
        for one in rows.defer("application__search_text")
    ]


def move_on_waiting_list(*, candidacy: Candidacy, up: bool, by: Person, at: datetime) -> None:
    """Let a candidacy change places with its neighbour on its strand's waiting list. Refused: `not_on_waiting_list`, by access."""
    edition = candidacy.application.call.edition
    with transaction.atomic():
        hold(edition)
        stop_if(access.why_not_change_order(by, edition))
        same = facts.standing(facts.in_force(edition.call)).filter(strand=candidacy.strand_id)
        before = [one.pk for one in waiting_list(same)]
        if candidacy.pk not in before:
            raise Denied(Refusal("not_on_waiting_list"))
        _set_ranks(waiting.moved(before, candidacy.pk, up=up))
        decision = decisions_of([candidacy.pk])[candidacy.pk]
        audit.record(
            by=by,
            at=at,
            verb="moved_on_waiting_list",
            thing=decision,
            scope=edition.scope,
            before={"rank": before.index(candidacy.pk) + 1},
            after={"rank": decision.rank},
        )


# --- Pieces ----------------------------------------------------------------------------------------------------------
class Ranks:
    """The next free places on the waiting lists: each strand has its own."""

    def __init__(self, edition: Edition) -> None:
        last = Decision.objects.filter(application__call__edition=edition, rank__isnull=False).order_by()
        rows = last.values_list("candidacy__strand").annotate(last=Max("rank"))
        self.last: dict[int | None, int] = dict(rows)

    def next(self, strand: int | None) -> int:
        """The place after the last one."""
        self.last[strand] = self.last.get(strand, 0) + 1
        return self.last[strand]


def decisions_of(candidacies: Sequence[int]) -> dict[int, Decision]:
    """What was decided about these candidacies, each with its strand. One query."""
    found = Decision.objects.filter(candidacy__in=candidacies).select_related("application", "candidacy__strand")
    return {one.candidacy_id: one for one in found}


def new(candidacy: Candidacy) -> Decision:
    """A decision that nobody has made yet."""
    return Decision(candidacy=candidacy, application=candidacy.application, version=0)


def changed(decision: Decision, change: Change, ranks: Ranks, by: Person, at: datetime) -> Decision:
    """The decision with the change made to it, not kept yet. Whoever comes new to the waiting list stands last."""
    if change.outcome is not Outcome.WAITLIST:
        decision.rank = None
    elif decision.outcome != Outcome.WAITLIST:
        decision.rank = ranks.next(decision.candidacy.strand_id)
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
    """What the record keeps of a decision; the strand, where there is one."""
    strand = decision.candidacy.strand
    return ({"strand": strand.slug} if strand else {}) | {
        "outcome": decision.outcome,
        "rank": decision.rank,
        "rationale": decision.rationale,
        "feedback": decision.feedback,
    }


def _set_ranks(order: Sequence[int]) -> None:
    ranks = {candidacy: place for place, candidacy in enumerate(order, start=1)}
    rows = list(Decision.objects.filter(candidacy__in=order))
    for one in rows:
        one.rank = ranks[one.candidacy_id]
    Decision.objects.bulk_update(rows, ["rank"])
