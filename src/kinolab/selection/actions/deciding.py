"""Decisions, one by one or many at once, and the order of the waiting list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kinolab.applications.models import Application
from kinolab.applications.queries.visible import visible_to
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.labs.models import Edition
from kinolab.selection import access
from kinolab.selection.domain import waiting
from kinolab.selection.domain.lifecycle import LONGEST_RATIONALE, Outcome
from kinolab.selection.models import Decision
from kinolab.selection.queries import facts
from kinolab.selection.queries.board import waiting_list


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
    with transaction.atomic():
        hold(application.call.edition)
        application = _fresh(application)
        decision = Decision.objects.filter(application=application).first()
        stop_if(access.why_not_decide(by, application, decision, seen))
        return _keep(application, decision, outcome, rationale, feedback, by, at)


@dataclass
class Report:
    """What became of many decisions: how many were made, and those refused by reason."""

    done: int = 0
    refused: dict[Refusal, list[Application]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Change:
    """One of many decisions: about which application, what, and which version its maker has seen."""

    application: Application
    outcome: Outcome
    seen: int = 0


def decide_many(*, edition: Edition, changes: Sequence[Change], by: Person, at: datetime) -> Report:
    """Decide about many; each by itself, so that one refusal does not stop the others. One transaction."""
    report = Report()
    with transaction.atomic():
        for change in changes:
            change.application.call = edition.call
            try:
                decide(application=change.application, outcome=change.outcome, seen=change.seen, by=by, at=at)
            except Denied as denied:
                report.refused[denied.refusal].append(change.application)
            else:
                report.done += 1
    return report


def the_rest(person: Person, edition: Edition) -> list[Change]:
    """A decision for everything undecided that the person may know of: not eligible where the check says so, else no."""
    rows = visible_to(person, facts.in_force(edition.call)).filter(decision=None).order_by("number")
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
def _fresh(application: Application) -> Application:
    """The application as it is now, with the call and edition that the page has already asked about."""
    found = Application.objects.get(pk=application.pk)
    found.call = application.call
    return found


def _keep(
    application: Application,
    decision: Decision | None,
    outcome: Outcome,
    rationale: str | None,
    feedback: bool | None,
    by: Person,
    at: datetime,
) -> Decision:
    edition = application.call.edition
    before = _said(decision) if decision else None
    decision = decision or Decision(application=application, version=0)
    if outcome is Outcome.WAITLIST and decision.outcome != Outcome.WAITLIST:
        decision.rank = _last_rank(application) + 1
    elif outcome is not Outcome.WAITLIST:
        decision.rank = None
    decision.outcome, decision.decided_at, decision.decided_by = outcome.value, at, by
    decision.rationale = decision.rationale if rationale is None else rationale.strip()[:LONGEST_RATIONALE]
    decision.feedback = decision.feedback if feedback is None else feedback
    after = _said(decision)
    if before == after:
        return decision
    decision.version += 1
    decision.save()
    audit.record(by=by, at=at, verb="decided", thing=decision, scope=edition.scope, before=before, after=after)
    return decision


def _said(decision: Decision) -> Mapping[str, object]:
    return {
        "outcome": decision.outcome,
        "rank": decision.rank,
        "rationale": decision.rationale,
        "feedback": decision.feedback,
    }


def _last_rank(application: Application) -> int:
    ranks = Decision.objects.filter(application__call=application.call_id).aggregate(last=Max("rank"))
    return ranks["last"] or 0


def _set_ranks(order: Sequence[int]) -> None:
    ranks = {application: place for place, application in enumerate(order, start=1)}
    rows = list(Decision.objects.filter(application__in=order))
    for one in rows:
        one.rank = ranks[one.application_id]
    Decision.objects.bulk_update(rows, ["rank"])
