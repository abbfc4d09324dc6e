"""Appeals: lodged and taken back by the team, decided by the panel. Letters and record go with each."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from kinolab.applications import access
from kinolab.applications.actions import draft, screening
from kinolab.applications.domain import appeals as rules
from kinolab.applications.domain.appeals import Against
from kinolab.applications.domain.lifecycle import AppealState, AppealStep, MemberState, appeal_step
from kinolab.applications.events import AppealUpheld
from kinolab.applications.models import Appeal, Application
from kinolab.applications.queries import appeals as queries
from kinolab.applications.queries.dossier import team_of
from kinolab.calls.models import Strand
from kinolab.foundation import events
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if


def lodge(*, application: Application, statement: str, by: Person, at: datetime) -> Appeal:
    """Appeal against what was decided about the application. Refused: by access, statement_empty, statement_too_long."""
    with transaction.atomic():
        held = draft.lock(application)
        stop_if(access.why_not_appeal(by, held, at))
        stop_if(rules.statement_problem(statement))
        against = queries.against_what(held)
        made = Appeal.objects.create(
            application=held, against=against, statement=statement.strip(), lodged_at=at, lodged_by=by
        )
        _record(made, "appealed", by, at, after={"against": made.against, "statement": made.statement})
        _tell_team(made, "appeal", at)
        _tell_panel(made, at)
    return made


def take_back(*, appeal: Appeal, by: Person, at: datetime) -> None:
    """Take an appeal back while the panel has not decided. Refused: not_in_team, appeal_step_not_possible."""
    with transaction.atomic():
        held = _hold(appeal)
        stop_if(access.why_not_take_appeal_back(by, held))
        _move(held, AppealStep.TAKE_BACK)
        held.save(update_fields=["state"])
        _record(held, "took_appeal_back", by, at)


def decide(
    *,
    appeal: Appeal,
    upheld: bool,
    reason: str,
    result: str = "",
    strands: Sequence[str] = (),
    by: Person,
    at: datetime,
) -> None:
    """Decide an appeal. Upheld, the application meets the rules and is back among the others.

    Where the results are out, `result` says what it gets instead, and `strands` where, if it stands in several.
    Refused: by access, appeal_reason_needed, appeal_result_needed, appeal_strand_needed, appeal_unreadable.
    """
    with transaction.atomic():
        held = _hold(appeal)
        stop_if(access.why_not_decide_appeal(by, held))
        against = Against(held.against)
        of = queries.strands_against([held.application_id]).get(held.application_id, [])
        stop_if(rules.verdict_problem(against, upheld=upheld, reason=reason, result=result, strands=strands, of=of))
        _move(held, AppealStep.UPHOLD if upheld else AppealStep.DISMISS)
        held.decided_at, held.decided_by, held.reason = at, by, reason.strip()
        held.result = result if upheld and against is Against.RESULT else ""
        held.save(update_fields=["state", "decided_at", "decided_by", "reason", "result"])
        chosen = tuple(slug for slug in of if slug in strands) if held.result else ()
        after = {"state": held.state, "reason": held.reason} | ({"result": held.result} if held.result else {})
        after |= {"strands": list(chosen)} if chosen else {}
        _record(held, "decided_appeal", by, at, before={"state": AppealState.LODGED.value}, after=after)
        if upheld:
            screening.make_eligible(application=held.application, reason=held.reason, by=by, at=at)
            if held.result:
                events.publish(AppealUpheld(held.application_id, held.result, by, at, chosen))
        _tell_team(held, "appeal_decided", at, chosen)


# --- Pieces ----------------------------------------------------------------------------------------------------------
def _hold(appeal: Appeal) -> Appeal:
    """The appeal as it is now, its application's row held until the transaction ends."""
    application = draft.lock(appeal.application)
    held: Appeal = application.appeals.get(pk=appeal.pk)
    held.application = application
    return held


def _move(appeal: Appeal, taken: AppealStep) -> None:
    """The only place that changes an appeal's state; the caller saves and records."""
    after = appeal_step(AppealState(appeal.state), taken)
    if isinstance(after, Refusal):
        raise Denied(after)
    appeal.state = after.value


def _record(appeal: Appeal, verb: str, by: Person, at: datetime, **said: Any) -> None:
    scope = appeal.application.call.edition.scope
    audit.record(by=by, at=at, verb=verb, thing=appeal.application, scope=scope, **said)


def _tell_team(appeal: Appeal, kind: str, at: datetime, strands: Sequence[str] = ()) -> None:
    people = [one.person for one in team_of(appeal.application) if one.state == MemberState.JOINED and one.person]
    _write(appeal, kind, people, at, list(appeal.application.call.strands.filter(slug__in=strands)) if strands else ())


def _tell_panel(appeal: Appeal, at: datetime) -> None:
    """Write to those who may decide it: an application that is hidden from somebody is not named to them either."""
    application = appeal.application
    seats = {one.person for one in queries.panel(application.call.edition)}
    hidden = set(application.hidings.values_list("person_id", flat=True))
    deciders, team = queries.deciders_of([application.pk])[application.pk], queries.team_numbers(application)
    sitting = [one for one in seats if one.pk not in hidden and rules.why_not_sit(one.pk, deciders, team) is None]
    _write(appeal, "appeal_waits", sitting, at)


def _write(appeal: Appeal, kind: str, people: Iterable[Person], at: datetime, strands: Sequence[Strand] = ()) -> None:
    edition = appeal.application.call.edition
    for person in people:
        mail.write(
            key=f"{kind}:{appeal.pk}:{person.pk}",
            to=person,
            kind=kind,
            template=f"applications/mail/{kind}.txt",
            context={"appeal": appeal, "application": appeal.application, "edition": edition,
                     "call": appeal.application.call, "site": settings.KINOLAB_URL, "strands": strands},
            at=at,
            scope=edition.scope,
        )  # fmt: skip
