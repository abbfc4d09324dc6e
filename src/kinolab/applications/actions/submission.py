"""Sending an application, taking it up again, withdrawing it; and what the clock does about drafts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from kinolab.applications import access
from kinolab.applications.actions import draft, moving
from kinolab.applications.domain.lifecycle import MemberState, Stage, Step, step
from kinolab.applications.domain.strands import why_not_choose
from kinolab.applications.events import SentAgain, StrandsChosen
from kinolab.applications.models import Application, Candidacy, Correction, Finding, Snapshot
from kinolab.applications.queries import facts, snapshot
from kinolab.applications.queries.dossier import Dossier, dossier, team_of
from kinolab.applications.queries.later import bound_among
from kinolab.applications.queries.standing import Standing, facts_of
from kinolab.applications.queries.until import draft_window, gather, why_strands_closed
from kinolab.calls.domain import window
from kinolab.calls.domain.eligibility import Finding as Judged
from kinolab.calls.domain.eligibility import Outcome
from kinolab.calls.domain.regulations import Severity
from kinolab.calls.domain.window import LEADS, Phase, Window
from kinolab.calls.events import CallExtended, LateCodeRevoked
from kinolab.calls.models import Call, Rule, Strand
from kinolab.calls.queries import closes
from kinolab.foundation import events
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people.models import Person
from kinolab.foundation.prepared import add_row, change_row
from kinolab.foundation.refusals import Denied, Refusal, stop_if

SENT = ("number", "stage", "submitted_at", "submitted_by", "checked", "objection_waits")  # what sending writes


def submit(*, application: Application, by: Person, at: datetime, typed_for: bool = False) -> Snapshot:
    """Send the application: number, snapshot, findings, letters, record, in one transaction.

    Refused by access; `incomplete` {count}; `rule_blocks` {rules}. Of two at once the second is refused as
    `already_sent`. `typed_for` is the lab's staff sending for whom they have typed, at any time.
    """
    with transaction.atomic():
        application = draft.lock(application)
        stop_if((access.why_not_type_for if typed_for else access.why_not_submit)(by, application, at))
        application.asks_strands = True  # sending says where it stands, even where there is nothing to choose
        whole = dossier(application)
        if whole.missing:
            raise Denied(Refusal("incomplete", {"count": len(whole.missing)}))
        strands = _strands_of(whole)
        stop_if(None if typed_for else why_strands_closed(whole, strands or [], at))
        judged = facts.findings(whole)
        stop_if(_why_rules_block(judged))
        again = application.number is not None
        if not again:
            application.number = _next_number(application.call)
        application.submitted_at, application.submitted_by = at, by
        application.checked = keep_findings(application, judged, at, again=again)
        for column, text in draft.columns(whole).items():
            setattr(application, column, text)
        application.filled, application.asked = whole.progress
        before = application.stage
        _move(application, Step.SUBMIT)
        change_row(application, *draft.REPEATED, *SENT)
        if strands is None:
            application.candidacies.get_or_create(strand=None)
        elif strands != whole.standing.held:
            _set_strands(application, strands)
        application.corrections.filter(ended_at=None).update(ended_at=at, ended_as="sent")
        sent = _take_snapshot(whole, by, at, again=again)
        audit.record(
            by=by,
            at=at,
            verb="submitted",
            thing=application,
            scope=application.call.edition.scope,
            before={"stage": before},
            after={
                "stage": application.stage,
                "number": application.number,
                "version": sent.version,
                "sha256": sent.sha256,
            },
        )
        _write_receipts(whole, sent, at)
        if again:
            events.publish(SentAgain(application.pk, sent.version, at))
    return sent


def reopen(*, application: Application, by: Person, at: datetime) -> None:
    """Take a sent application up again. What was sent stays in force until something newer is sent."""
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_reopen(by, application, at))
        take_step(application, Step.REOPEN, "reopened", by, at)
        moving.bring_up(application, at)
        tell_team(application, "reopened", at, but=by)


def withdraw(*, application: Application, reason: str, by: Person, at: datetime) -> None:
    """Withdraw the application, with a reason or without."""
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_withdraw(by, application, at))
        application.withdrawn_at, application.withdrawn_by = at, by
        application.corrections.filter(ended_at=None).update(ended_at=at, ended_as="lapsed")
        take_step(application, Step.WITHDRAW, "withdrew", by, at, reason=reason.strip())
        if application.number is not None:
            tell_team(application, "withdrawn", at)


def restore(*, application: Application, by: Person, at: datetime) -> None:
    """Make a withdrawn application a draft again, while the call takes applications; it has to be sent anew."""
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_restore(by, application, at))
        application.withdrawn_at = application.withdrawn_by = None
        take_step(application, Step.RESTORE, "restored", by, at)
        moving.bring_up(application, at)


def object_to_finding(*, finding: Finding, objection: str, by: Person, at: datetime) -> None:
    """Answer a rule that the team has been told of; once."""
    with transaction.atomic():
        held = Finding.objects.select_for_update(no_key=True).get(pk=finding.pk)
        held.application = finding.application
        stop_if(access.why_not_object(by, held, at))
        if not objection.strip():
            raise Denied(Refusal("objection_empty"))
        held.objection, held.objected_at, held.objected_by = objection.strip(), at, by
        held.save(update_fields=["objection", "objected_at", "objected_by"])
        Application.objects.filter(pk=held.application_id).update(objection_waits=True)
        audit.record(
            by=by,
            at=at,
            verb="objected",
            thing=held.application,
            scope=held.application.call.edition.scope,
            after={"rule": finding.rule.code, "objection": held.objection},
        )


def choose_strands(
    *, application: Application, strands: Sequence[str], by: Person, at: datetime, without_project: bool | None = None
) -> None:
    """Say in which strands the application stands, by their slugs, and whether it comes with a project (None: as before).

    Where a question of the form asks for the strands, its answer counts and none are named here. Refused:
    `strand_needed`, `too_many_strands`, `strand_needs_project`.
    """
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_edit(by, application, at))
        application.asks_strands = True
        before = dossier(application).standing
        without = application.without_project if without_project is None else without_project
        chosen = (
            list(before.chosen or before.known)
            if before.is_asked
            else _named(before, strands, alone=without_project is not None)
        )
        maximum = None if before.is_asked else application.call.strands_max
        facts_ = [facts_of(one) for one in chosen]
        stop_if(why_not_choose(facts_, maximum=maximum, without_project=without))
        if not before.is_asked:
            _set_strands(application, chosen)
        application.without_project, application.own_window = without, None
        application.save(update_fields=["without_project"])
        audit.record(
            by=by,
            at=at,
            verb="chose_strands",
            thing=application,
            scope=application.call.edition.scope,
            after={"strands": sorted(one.slug for one in chosen), "without_project": without},
        )
        draft.keep_in_step(application, at)


def _named(standing: Standing, slugs: Sequence[str], *, alone: bool) -> list[Strand]:
    """The strands of these names; the only one need not be named where something else is chosen (`alone`)."""
    if any(slug not in {one.slug for one in standing.known} for slug in slugs):
        raise Denied(Refusal("strand_needed"))
    if len(standing.known) == 1 and alone:
        return list(standing.known)
    return [one for one in standing.known if one.slug in slugs]


# --- The clock -------------------------------------------------------------------------------------------------------
def keep_at_close(*, at: datetime) -> int:
    """Let the last snapshot count where changes were begun and not sent by the close. Returns how many."""
    correcting = Correction.objects.filter(application=OuterRef("pk"), ended_at=None)
    late = Application.objects.filter(stage=Stage.REOPENED, call__closes_at__lte=at).exclude(Exists(correcting))
    kept = 0
    for application in late.select_related("call__edition", "late_code"):
        if window.phase(draft_window(application), at) is not Phase.CLOSED:
            continue
        with transaction.atomic():
            held = draft.lock(application)
            if held.stage == Stage.REOPENED:
                take_step(held, Step.KEEP, "kept_at_close", None, at)
                tell_team(held, "kept", at)
                kept += 1
    return kept


def remind_drafts(*, at: datetime) -> int:
    """Write the reminder that is due to everybody with an unfinished draft, once per closing instant. Returns letters.

    Each draft is asked for its own close; one small transaction each: a crash half-way continues where it stopped.
    """
    sent = 0
    still = Q(closes_at__gt=at) | Q(own_closes_at__gt=at) | Q(codes_until__gt=at)
    calls = Call.objects.filter(still, published_at__isnull=False, opens_at__lte=at)
    for call in calls.select_related("edition__programme__organisation"):
        for one, own in _drafts_of(call, at):
            for reminder in window.reminders_due(own, at, frozenset()):
                if one.created_at < own.closes - LEADS[reminder]:
                    sent += _remind(one, f"{own.closes.isoformat()}:{reminder}", reminder.value, at)
    return sent


def _drafts_of(call: Call, at: datetime) -> list[tuple[Application, Window]]:
    """Drafts of a call with their windows; none where no close of the call calls for a reminder now."""
    drafts = Application.objects.filter(call=call, stage=Stage.DRAFT)
    if not (call.own_closes_at or call.codes_until):
        own = closes.call_window(call)
        due = window.reminders_due(own, at, frozenset())
        if not due:
            return []
        mark = f"{own.closes.isoformat()}:{due[0]}"
        waiting = drafts.exclude(reminded=mark).order_by("pk")
        for one in waiting:
            one.call = call
        return [(one, own) for one in waiting]
    found = list(drafts.select_related("late_code").order_by("pk"))
    for one in found:
        one.call = call
    own_of = gather(found)
    return [(one, own_of[one.pk]) for one in found]


def _remind(one: Application, mark: str, reminder: str, at: datetime) -> int:
    if one.reminded == mark:
        return 0
    with transaction.atomic():
        held = draft.lock(one)
        if held.reminded == mark or held.stage != Stage.DRAFT:
            return 0
        held.reminded = mark
        held.save(update_fields=["reminded"])
        return tell_team(held, "reminder", at, mark=mark, more={"whole": dossier(held), "reminder": reminder})


def on_extended(event: CallExtended) -> None:
    """Answer `CallExtended`: everybody whose unfinished draft has more time now is told."""
    call = Call.objects.select_related("edition__programme__organisation").get(pk=event.call)
    tell_of_extension(call=call, at=event.at, parts=event.parts)


def tell_of_extension(*, call: Call, at: datetime, parts: Sequence[str] = ()) -> int:
    """Write the new closing instant to everybody with an unfinished draft, once per instant. Returns letters.

    With `parts` only strands and roles of these names have moved: those are told who close with one of them now.
    """
    sent = 0
    drafts = Application.objects.filter(call=call, stage__in=[Stage.DRAFT, Stage.REOPENED])
    found = list(drafts.select_related("late_code").order_by("pk"))
    for one in found:
        one.call = call
    own_of = gather(found)
    moved = {close.at for close in closes.named(call, parts)} | (set() if parts else {call.closes_at})
    for one in found:
        own = own_of[one.pk]
        if own.closes in moved:
            sent += tell_team(one, "extended", at, mark=own.closes.isoformat(), more={"before": own.extended_from})
    return sent


def on_code_revoked(event: LateCodeRevoked) -> None:
    """Answer `LateCodeRevoked`: the teams whose drafts held the code are told until when they have time now."""
    with_it = Q(late_code=event.code) | Q(invitation=event.code)
    held = Application.objects.filter(with_it, stage__in=[Stage.DRAFT, Stage.REOPENED])
    for one in held.select_related("call__edition__programme__organisation", "late_code").order_by("pk"):
        tell_team(one, "code_revoked", event.at)


# --- Pieces ----------------------------------------------------------------------------------------------------------
def _move(application: Application, taken: Step) -> None:
    """The only place that changes an application's stage; the caller saves and records."""
    after = step(Stage(application.stage), taken)
    if isinstance(after, Refusal):
        raise Denied(after)
    application.stage = after.value


def take_step(application: Application, taken: Step, verb: str, by: Person | None, at: datetime, **said: str) -> None:
    """Move an application on, with its line on the record."""
    before = application.stage
    _move(application, taken)
    application.changed_at = at
    application.save(update_fields=["stage", "changed_at", "withdrawn_at", "withdrawn_by"])
    after = {"stage": application.stage} | {name: text for name, text in said.items() if text}
    scope = application.call.edition.scope
    audit.record(by=by, at=at, verb=verb, thing=application, scope=scope, before={"stage": before}, after=after)


def _why_rules_block(judged: Iterable[tuple[Rule, Judged]]) -> Refusal | None:
    no = [
        rule.code
        for rule, finding in judged
        if finding.severity is Severity.BLOCK_SUBMIT and finding.outcome is Outcome.NO
    ]
    return Refusal("rule_blocks", {"rules": no, "count": len(no)}) if no else None


def _next_number(call: Call) -> int:
    """The next number of the call. The call's row is held, so that two at once wait for one another."""
    Call.objects.select_for_update(no_key=True).only("pk").get(pk=call.pk)
    highest = Application.objects.filter(call=call).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def keep_findings(application: Application, judged: Sequence[tuple[Rule, Judged]], at: datetime, *, again: bool) -> str:
    """Write what the rules say, and return the sum; the caller saves the application.

    What a person decided otherwise than a rule stays. A confirmation stands as long as the rule says the same: once it
    says something else, nobody has confirmed that yet, and the team may be told and may answer anew.
    """
    if again:
        _take_back_confirmations(application, {rule.pk: one.outcome.value for rule, one in judged})
    made = [
        Finding(
            application=application,
            rule=rule,
            outcome=one.outcome.value,
            value_seen=_plain(one.value_seen),
            found_at=at,
        )
        for rule, one in judged
    ]
    Finding.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["application", "rule"],
        update_fields=["outcome", "value_seen", "found_at"],
    )
    if not again:
        return facts.checked(made)
    kept = list(application.findings.select_related("rule"))
    application.objection_waits = any(one.waits for one in kept)
    return facts.checked(kept)


def _take_back_confirmations(application: Application, outcomes: Mapping[int, str]) -> None:
    confirmed = application.findings.filter(override="", decided_at__isnull=False).values_list("pk", "rule", "outcome")
    stale = [pk for pk, rule, outcome in confirmed if outcomes.get(rule, outcome) != outcome]
    if stale:
        application.findings.filter(pk__in=stale).update(
            decided_at=None, decided_by=None, decision_reason="", told_at=None,
            objection="", objected_at=None, objected_by=None,
        )  # fmt: skip


def _plain(value: object) -> object:
    """A fact as JSON can hold it."""
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, set | frozenset):
        return sorted(str(part) for part in value)
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _strands_of(whole: Dossier) -> list[Strand] | None:
    """The strands that an answer names, where a question asks for them; else those chosen, or the only one.

    None where the call has no strands: it stands in the call as a whole.
    """
    standing = whole.standing
    if not standing.known:
        return None
    return list(standing.chosen if standing.is_asked else standing.chosen or standing.known[:1])


def _set_strands(application: Application, strands: Sequence[Strand]) -> None:
    """Let it stand in these strands alone. Refused: `strand_bound` where one that is left has been read or decided upon."""
    held = list(application.candidacies.select_related("strand"))
    new = [one for one in strands if one.pk not in {other.strand_id for other in held}]
    for one in held:
        if one.strand is None and new:  # the call had no strands when it was sent: it stands in the first of them now
            one.strand = new.pop(0)
            one.save(update_fields=["strand"])
    left = {one.pk: one.strand for one in held if one.strand not in strands}
    bound = bound_among(left) if left and application.number is not None else ()
    stop_if(next((Refusal("strand_bound", {"strand": strand}) for pk, strand in left.items() if pk in bound), None))
    application.candidacies.filter(pk__in=left).delete()
    Candidacy.objects.bulk_create(
        [Candidacy(application=application, strand=one) for one in new], ignore_conflicts=True
    )
    if new and application.number is not None:
        events.publish(StrandsChosen(application.pk))


def _take_snapshot(whole: Dossier, by: Person, at: datetime, *, again: bool) -> Snapshot:
    application = whole.application
    last = application.snapshots.aggregate(last=Max("version"))["last"] if again else 0
    version = (last or 0) + 1
    content = snapshot.content(whole, version=version, by=by, at=at)
    taken = Snapshot(
        application=application,
        version=version,
        taken_at=at,
        taken_by=by,
        content=content,
        sha256=snapshot.digest(content),
    )
    add_row(taken)
    return taken


def _write_receipts(whole: Dossier, sent: Snapshot, at: datetime) -> None:
    application = whole.application
    receipts = [
        mail.composed(
            key=f"receipt:{application.pk}:{sent.version}:{part.person_id}",
            to=part.person,
            kind="receipt",
            template="applications/mail/receipt.txt",
            context={
                "application": application,
                "call": application.call,
                "edition": application.call.edition,
                "until": draft_window(application).closes,
                "sent": sent,
                "at": at,
                "zone": part.person.timezone,
                "by": sent.content["taken_by"],
                "content": snapshot.for_member(sent.content, part.pk),
                "site": settings.KINOLAB_URL,
            },
            at=at,
            scope=application.call.edition.scope,
        )
        for part in whole.joined
    ]
    mail.write_many(receipts)


def tell_team(
    application: Application,
    what: str,
    at: datetime,
    *,
    but: Person | None = None,
    only: int | None = None,
    mark: str = "",
    more: Mapping[str, object] | None = None,
) -> int:
    """Write one letter to every joined member, or to the one with the number `only`; returns how many."""
    sent = 0
    for part in team_of(application):
        if only is not None and part.pk != only:
            continue
        if part.state != MemberState.JOINED or part.person is None or part.person_id == (but and but.pk):
            continue
        mail.write(
            key=f"{what}:{application.pk}:{part.person_id}:{mark or at.isoformat()}",
            to=part.person,
            kind=what,
            template=f"applications/mail/{what}.txt",
            context={
                "application": application,
                "call": application.call,
                "edition": application.call.edition,
                "until": draft_window(application).closes,
                "at": at,
                "zone": part.person.timezone,
                "site": settings.KINOLAB_URL,
                **(more or {}),
            },
            at=at,
            scope=application.call.edition.scope,
        )
        sent += 1
    return sent
