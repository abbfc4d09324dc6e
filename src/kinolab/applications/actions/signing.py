"""Each person's own part, signed; and what comes to the lab after the application was sent: as another version."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kinolab.applications import access
from kinolab.applications.actions import draft, submission
from kinolab.applications.domain.lifecycle import Stage
from kinolab.applications.events import SentAgain
from kinolab.applications.models import Application, Signature, Snapshot
from kinolab.applications.queries import facts, snapshot
from kinolab.applications.queries.dossier import dossier
from kinolab.applications.queries.parts import Part
from kinolab.applications.queries.sent import sent_dossier
from kinolab.foundation import events
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if


def sign(*, application: Application, seen: str, by: Person, at: datetime) -> Signature:
    """Sign one's own part as it is. `seen` is the sum of what stood on the page; signing it twice changes nothing.

    Refused by access; `part_incomplete` {count}; `part_changed` when it is no longer what was seen. An application that
    has been sent gets another version with the signature.
    """
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_sign(by, application, at))
        part = _own(application, by, seen)
        if part.signature is not None and part.is_signed:
            return part.signature
        if part.unanswered:
            raise Denied(Refusal("part_incomplete", {"count": len(part.unanswered)}))
        made = Signature.objects.create(
            member=part.member,
            version=(part.signature.version if part.signature else 0) + 1,
            name=part.member.name or by.name or by.email,
            sha256=part.sum,
            signed_at=at,
        )
        _record(application, "signed", by, at, {"version": made.version, "sha256": made.sha256})
        draft.keep_in_step(application, at)
        _confirm(application, made, by, at)
        send_parts(application, {part.member.pk}, by, at)
    return made


def hand_in(*, application: Application, seen: str, by: Person, at: datetime) -> Snapshot | None:
    """Give the lab one's own part of an application that was sent before one joined, where nobody signs.

    Refused by access; `part_incomplete` {count}; `part_changed` as when signing.
    """
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_hand_in(by, application, at))
        part = _own(application, by, seen)
        if part.unanswered:
            raise Denied(Refusal("part_incomplete", {"count": len(part.unanswered)}))
        _record(application, "handed_in_part", by, at, {"sha256": part.sum})
        return send_parts(application, {part.member.pk}, by, at)


def send_parts(application: Application, members: Collection[int], by: Person | None, at: datetime) -> Snapshot | None:
    """Make another version of what was sent, with these people's parts and the team as they are now; the texts stay.

    None where nothing has been sent, or the application is being changed and will be sent again.
    """
    if application.stage != Stage.SUBMITTED:
        return None
    last = application.snapshots.order_by("-version").first()
    if last is None:
        return None
    application.team_list = None
    now = snapshot.content(dossier(application), version=last.version + 1, by=by, at=at)
    content = snapshot.with_parts(last.content, now, members)
    made = Snapshot.objects.create(
        application=application,
        version=last.version + 1,
        taken_at=at,
        taken_by=by,
        content=content,
        sha256=snapshot.digest(content),
    )
    judged = facts.findings(sent_dossier(application))
    application.checked = submission.keep_findings(application, judged, at, again=True)
    application.save(update_fields=["checked", "objection_waits"])
    events.publish(SentAgain(application.pk, made.version, at))
    return made


def _own(application: Application, by: Person, seen: str) -> Part:
    own = access.member(by, application)
    part = dossier(application).part_of(own) if own else None
    if part is None:
        raise Denied(Refusal("signing_not_asked"))
    if part.sum != seen:
        raise Denied(Refusal("part_changed"))
    return part


def _record(application: Application, verb: str, by: Person, at: datetime, after: dict[str, object]) -> None:
    audit.record(by=by, at=at, verb=verb, thing=application, scope=application.call.edition.scope, after=after)


def _confirm(application: Application, signature: Signature, by: Person, at: datetime) -> None:
    mail.write(
        key=f"signed:{signature.member_id}:{signature.version}",
        to=by,
        kind="signed",
        template="applications/mail/signed.txt",
        context={
            "application": application,
            "edition": application.call.edition,
            "signature": signature,
            "zone": by.timezone or application.call.timezone or "UTC",
            "site": settings.KINOLAB_URL,
        },
        at=at,
        scope=application.call.edition.scope,
    )
