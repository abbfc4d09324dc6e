"""What the office makes of findings: confirm, override, tell the team; one by one or many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kinolab.applications import access
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Application, Finding
from kinolab.applications.queries import facts
from kinolab.applications.queries.dossier import dossier, team_of
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


def confirm(*, finding: Finding, tell: bool, by: Person, at: datetime) -> None:
    """Confirm what a rule found; `tell` writes to the team when it is a no."""
    _decide(finding, override="", reason="", tell=tell, by=by, at=at)


def override(*, finding: Finding, outcome: Outcome, reason: str, tell: bool, by: Person, at: datetime) -> None:
    """Decide otherwise than a rule found, with a reason."""
    stop_if(access.why_not_override(by, finding.application, at))
    if not reason.strip():
        raise Denied(Refusal("reason_needed"))
    _decide(finding, override=outcome.value, reason=reason.strip(), tell=tell, by=by, at=at)


def check_again(*, application: Application, by: Person, at: datetime) -> None:
    """Judge the application anew by the rules as they stand; what people decided stays."""
    stop_if(access.why_not_screen(by, application, at))
    with transaction.atomic():
        before = application.checked
        known = {finding.rule_id: finding for finding in application.findings.all()}
        for rule, judged in facts.findings(dossier(application)):
            held = known.get(rule.pk) or Finding(application=application, rule=rule)
            held.outcome, held.found_at = judged.outcome.value, at
            held.save()
        _sum_up(application)
        audit.record(
            by=by,
            at=at,
            verb="checked_again",
            thing=application,
            scope=application.call.edition.scope,
            before={"checked": before},
            after={"checked": application.checked},
        )


def confirm_many(*, applications: Iterable[Application], tell: bool, by: Person, at: datetime) -> Report:
    """Confirm every open finding of each application, one transaction each; refusals are reported by reason."""
    report = Report()
    for application in applications:
        try:
            with transaction.atomic():
                stop_if(access.why_not_screen(by, application, at))
                for finding in application.findings.filter(decided_at=None).select_related("rule"):
                    finding.application = application
                    confirm(finding=finding, tell=tell, by=by, at=at)
        except Denied as denied:
            report.refused.setdefault(denied.refusal, []).append(application)
        else:
            report.done += 1
    return report


def _decide(finding: Finding, *, override: str, reason: str, tell: bool, by: Person, at: datetime) -> None:
    application = finding.application
    stop_if(access.why_not_screen(by, application, at))
    with transaction.atomic():
        before = {"rule": finding.rule.code, "outcome": finding.override or finding.outcome}
        finding.override, finding.decision_reason = override, reason
        finding.decided_at, finding.decided_by = at, by
        final = Outcome(override or finding.outcome)
        if tell and final is Outcome.NO and finding.told_at is None:
            finding.told_at = at
        finding.save(update_fields=["override", "decision_reason", "decided_at", "decided_by", "told_at"])
        _sum_up(application)
        audit.record(
            by=by,
            at=at,
            verb="overrode" if override else "confirmed",
            thing=application,
            scope=application.call.edition.scope,
            before=before,
            after={"rule": finding.rule.code, "outcome": final.value, "reason": reason},
        )
        if finding.told_at == at or finding.objected_at:
            _tell(finding, final, at)


def _sum_up(application: Application) -> None:
    """Keep beside the application what its findings say together, and whether an objection waits."""
    findings: Sequence[Finding] = list(application.findings.select_related("rule"))
    application.checked = facts.checked(findings)
    application.objection_waits = any(
        one.objected_at and (one.decided_at is None or one.decided_at < one.objected_at) for one in findings
    )
    application.save(update_fields=["checked", "objection_waits"])


def _tell(finding: Finding, outcome: Outcome, at: datetime) -> None:
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
                "kept": outcome is Outcome.NO,
                "answered": finding.objected_at is not None,
                "site": settings.KINOLAB_URL,
            },
            at=at,
            scope=application.call.edition.scope,
        )
