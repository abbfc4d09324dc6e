"""What the office makes of findings: confirm, override, tell the team; one by one or many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kinolab.applications import access
from kinolab.applications.actions import draft, submission
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Application, Finding
from kinolab.applications.queries import facts
from kinolab.applications.queries.dossier import team_of
from kinolab.applications.queries.sent import sent_dossier
from kinolab.calls.domain.eligibility import Outcome
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if


@dataclass
class Report:
    """What became of many: how many were done, and the others by reason."""

    done: int = 0
    refused: dict[Refusal, list[Application]] = field(default_factory=dict)


def confirm(*, finding: Finding, tell: bool, by: Person, at: datetime, reason: str = "") -> None:
    """Confirm what a rule found; `tell` writes to the team when it is a no.

    Where somebody has decided otherwise before, going back to the rule is deciding against them: see `override`.
    """
    with transaction.atomic():
        held = _hold(finding)
        stop_if(access.why_not_screen(by, held.application, at))
        if held.override:
            stop_if(access.why_not_override(by, held.application, at))
        _decide(held, override="", reason=reason.strip(), tell=tell, by=by, at=at)


def override(*, finding: Finding, outcome: Outcome, reason: str, tell: bool, by: Person, at: datetime) -> None:
    """Decide otherwise than a rule found, with a reason."""
    with transaction.atomic():
        held = _hold(finding)
        stop_if(access.why_not_override(by, held.application, at))
        if not reason.strip():
            raise Denied(Refusal("reason_needed"))
        _decide(held, override=outcome.value, reason=reason.strip(), tell=tell, by=by, at=at)


def check_again(*, application: Application, by: Person, at: datetime) -> None:
    """Judge what was sent anew, by the rules as they stand; what people decided stays."""
    with transaction.atomic():
        held = draft.lock(application)
        stop_if(access.why_not_screen(by, held, at))
        before = held.checked
        judged = facts.findings(sent_dossier(held))
        held.checked = submission.keep_findings(held, judged, at, again=True)
        held.save(update_fields=["checked", "objection_waits"])
        audit.record(
            by=by,
            at=at,
            verb="checked_again",
            thing=held,
            scope=held.call.edition.scope,
            before={"checked": before},
            after={"checked": held.checked},
        )


def make_eligible(*, application: Application, reason: str, by: Person, at: datetime) -> None:
    """What an upheld appeal makes of the findings: each that decides and does not say yes is overridden with a yes.

    The panel's right was asked before; `application` is held. Nothing is written to the team: the appeal's letter is.
    """
    against = [
        one
        for one in application.findings.select_related("rule")
        if facts.decides(one) and (one.override or one.outcome) != Outcome.YES
    ]
    before = {one.rule.code: one.override or one.outcome for one in against}
    for finding in against:
        finding.override, finding.decision_reason = Outcome.YES.value, reason
        finding.decided_at, finding.decided_by = at, by
        finding.save(update_fields=["override", "decision_reason", "decided_at", "decided_by"])
    if not against:
        return
    _sum_up(application)
    scope = application.call.edition.scope
    after = dict.fromkeys(before, Outcome.YES.value) | {"reason": reason}
    audit.record(by=by, at=at, verb="overrode", thing=application, scope=scope, before=before, after=after)


def confirm_many(*, applications: Iterable[Application], tell: bool, by: Person, at: datetime) -> Report:
    """Confirm every open finding of each application, one transaction each; refusals are reported by reason."""
    report = Report()
    for application in applications:
        try:
            _confirm_all(application, tell, by, at)
        except Denied as denied:
            report.refused.setdefault(denied.refusal, []).append(application)
        else:
            report.done += 1
    return report


def _confirm_all(application: Application, tell: bool, by: Person, at: datetime) -> None:
    with transaction.atomic():
        held = draft.lock(application)
        stop_if(access.why_not_screen(by, held, at))
        waiting = list(held.findings.filter(decided_at=None).select_related("rule"))
        for finding in waiting:
            finding.application = held
            finding.decided_at, finding.decided_by = at, by
            if tell and finding.outcome == Outcome.NO and finding.told_at is None:
                finding.told_at = at
                _tell(finding, Outcome.NO, at, answered=False)
        Finding.objects.bulk_update(waiting, ["decided_at", "decided_by", "told_at"])
        if waiting:
            _sum_up(held)
            audit.record(
                by=by,
                at=at,
                verb="confirmed",
                thing=held,
                scope=held.call.edition.scope,
                after={finding.rule.code: finding.outcome for finding in waiting},
            )


def _hold(finding: Finding) -> Finding:
    """The finding as it is now, its application's row held until the transaction ends."""
    application = draft.lock(finding.application)
    held = application.findings.select_related("rule").get(pk=finding.pk)
    held.application = application
    return held


def _decide(finding: Finding, *, override: str, reason: str, tell: bool, by: Person, at: datetime) -> None:
    application = finding.application
    stop_if(access.why_not_screen(by, application, at))
    before, answered = Outcome(finding.override or finding.outcome), finding.waits
    final = Outcome(override or finding.outcome)
    first_no = tell and final is Outcome.NO and finding.told_at is None
    # A team that was told of the rule hears of every change, and its answer is answered.
    news = first_no or (finding.told_at is not None and (answered or final is not before))
    finding.override, finding.decision_reason = override, reason
    finding.decided_at, finding.decided_by = at, by
    if first_no:
        finding.told_at = at
    finding.save(update_fields=["override", "decision_reason", "decided_at", "decided_by", "told_at"])
    _sum_up(application)
    audit.record(
        by=by,
        at=at,
        verb="overrode" if override else "confirmed",
        thing=application,
        scope=application.call.edition.scope,
        before={finding.rule.code: before.value},
        after={finding.rule.code: final.value} | ({"reason": reason} if reason else {}),
    )
    if news:
        _tell(finding, final, at, answered=answered)


def _sum_up(application: Application) -> None:
    """Keep beside the application what its findings say together, and whether an objection waits."""
    findings: Sequence[Finding] = list(application.findings.select_related("rule"))
    application.checked = facts.checked(findings)
    application.objection_waits = any(one.waits for one in findings)
    application.save(update_fields=["checked", "objection_waits"])


def _tell(finding: Finding, outcome: Outcome, at: datetime, *, answered: bool) -> None:
    application = finding.application
    for part in team_of(application):
        if part.state != MemberState.JOINED or part.person is None:
            continue
        mail.write(
            key=f"finding:{finding.pk}:{part.person_id}:{at.isoformat()}",
            to=part.person,
            kind="finding",
            template="applications/mail/finding.txt",
            context={
                "application": application,
                "edition": application.call.edition,
                "finding": finding,
                "outcome": outcome.value,
                "answered": answered,
                "may_answer": outcome is not Outcome.YES and finding.objected_at is None,
                "site": settings.KINOLAB_URL,
            },
            at=at,
            scope=application.call.edition.scope,
        )
