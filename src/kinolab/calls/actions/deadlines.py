"""Closes of strands and roles, late codes, the seal: what may be given, to whom, and what the record says of it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string

from kinolab.calls import access
from kinolab.calls.domain import window
from kinolab.calls.events import CallExtended, LateCodeRevoked
from kinolab.calls.models import Call, LateCode, Strand
from kinolab.calls.queries import closes, codes
from kinolab.foundation import events
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is misread aloud or on paper


def set_own_closes(*, call: Call, given: dict[str, datetime | None], by: Person, at: datetime) -> int:
    """Let strands and roles (`strand-<slug>`, `role-<name>`) close later than the call; None: with the call.

    Returns how many changed. Once the call is open a close can only be moved to a later time; whoever has a draft that
    it concerns gets a letter. Refused: not_permitted, own_close_unknown, own_close_not_later, extension_not_later.
    """
    with transaction.atomic():
        held = _held(call)
        strands = {one.slug: one for one in held.strands.select_for_update()}
        changed: dict[str, tuple[datetime | None, datetime | None]] = {}
        for name, until in given.items():
            kind, _, key = name.partition("-")
            strand = strands.get(key) if kind == "strand" else None
            if strand is None and not (kind == "role" and key in held.roles):
                raise Denied(Refusal("own_close_unknown", {"name": name[:60]}))
            before = closes.of_strand(strand) if strand else closes.of_role(held, key)
            if until == (before.at if before else None):
                continue
            stop_if(access.why_not_set_close(by, held, before.at if before else None, until, at))
            first = _first(held, before, at) if until else None
            if strand:
                strand.closes_at, strand.extended_from = until, first
                strand.save(update_fields=["closes_at", "extended_from"])
            else:
                _set_role(held, key, until, first)
            changed[name] = (before.at if before else None, until)
        if not changed:
            stop_if(access.why_not_configure(by, held))
            return 0
        held.save(update_fields=["role_closes"])
        keep_in_step(held, strands.values())
        audit.record(
            by=by, at=at, verb="extended_parts", thing=held, scope=held.edition.scope,
            before={name: _iso(old) for name, (old, _) in changed.items()},
            after={name: _iso(new) for name, (_, new) in changed.items()},
        )  # fmt: skip
        if access.has_opened(held, at):
            events.publish(CallExtended(held.pk, at, tuple(name for name, (_, new) in changed.items() if new)))
    return len(changed)


def _first(call: Call, before: window.Close | None, at: datetime) -> datetime | None:
    """The instant that is struck through: the first one that people have seen."""
    if not access.has_opened(call, at):
        return None
    return (before.before or before.at) if before else call.closes_at


def _set_role(call: Call, role: str, until: datetime | None, before: datetime | None) -> None:
    if until is None:
        call.role_closes.pop(role, None)
    else:
        call.role_closes[role] = {"at": _iso(until), "before": _iso(before)}


def keep_in_step(call: Call, strands: Iterable[Strand] | None = None) -> None:
    """Repeat in the call's row what lists and the clock ask: the last close, the last code, the end of the seal."""
    given = list(call.late_codes.filter(revoked_at=None))
    late = [(one.issued_at, one.until) for one in given if one.until]
    call.invites = any(one.invites for one in given)
    call.own_closes_at = closes.last_of(call, call.strands.all() if strands is None else strands)
    call.codes_until = max((until for _, until in late), default=None)
    whole = closes.whole_window(call) if call.opens_at and call.closes_at else None
    call.sealed_until = window.seal_ends(whole, late) if call.sealed and whole else None
    if call.seal_opened_at and call.sealed_until and call.sealed_until > call.seal_opened_at:
        call.seal_opened_at = None
    call.save(update_fields=["own_closes_at", "codes_until", "invites", "sealed_until", "seal_opened_at"])


# --- Late codes ------------------------------------------------------------------------------------------------------
def issue_code(*, call: Call, values: dict[str, Any], by: Person, at: datetime) -> LateCode:
    """Give somebody a code: time beyond the close (`until`), an invitation (`invites`), or both.

    `for_whom`, `email` (or ""), `reason`, `uses`. With an address the code leaves by letter too.
    Refused: not_permitted, not_published, code_not_later, code_gives_nothing.
    """
    with transaction.atomic():
        held = _held(call)
        stop_if(access.why_not_issue_code(by, held, values["until"], at, invites=values.get("invites", False)))
        code = LateCode.objects.create(
            call=held, code=get_random_string(codes.LENGTH, CODE_LETTERS), issued_at=at, issued_by=by, **values
        )
        keep_in_step(held)
        audit.record(
            by=by, at=at, verb="issued_code", thing=code, scope=held.edition.scope,
            after={"until": code.until, "invites": code.invites, "for_whom": code.for_whom, "uses": code.uses,
                   "reason": code.reason},
        )  # fmt: skip
        if code.email:
            mail.write(
                key=f"late-code:{code.pk}", to=Person.objects.filter(email=code.email).first() or code.email,
                kind="late_code", template="calls/mail/late_code.txt", at=at, scope=held.edition.scope,
                context={"call": held, "edition": held.edition, "code": code, "site": settings.KINOLAB_URL},
            )  # fmt: skip
    return code


def revoke_code(*, code: LateCode, by: Person, at: datetime) -> None:
    """Take a late code back: nobody begins with it any more, and the drafts that hold it close with the call.

    Their teams get a letter. Refused: not_permitted, late_code_revoked.
    """
    with transaction.atomic():
        call = _held(code.call)
        held = LateCode.objects.select_for_update().get(pk=code.pk)
        stop_if(access.why_not_revoke_code(by, call, held))
        held.revoked_at, held.revoked_by = at, by
        held.save(update_fields=["revoked_at", "revoked_by"])
        keep_in_step(call)
        audit.record(by=by, at=at, verb="revoked_code", thing=held, scope=call.edition.scope,
                     before={"used": held.used}, after={"revoked_at": at})  # fmt: skip
        events.publish(LateCodeRevoked(held.pk, at))


def use_code(*, call: Call, said: str, by: Person, at: datetime) -> LateCode:
    """Count one use of a code as somebody typed it; the caller keeps it in a draft, in the same transaction.

    Refused: late_code_unknown, late_code_revoked, late_code_past, late_code_used_up, late_code_not_yours.
    """
    code = codes.said(call, said, LateCode.objects.select_for_update())
    if code is None:
        raise Denied(Refusal("late_code_unknown"))
    stop_if(access.why_not_use_code(by, code, at))
    code.used += 1
    code.save(update_fields=["used"])
    return code


# --- The seal --------------------------------------------------------------------------------------------------------
def seal(*, call: Call, sealed: bool, by: Person, at: datetime) -> None:
    """Promise that nobody reads an application before the close, or take the promise back before the call opens.

    Refused: not_permitted, seal_stays.
    """
    with transaction.atomic():
        held = _held(call)
        stop_if(access.why_not_seal(by, held, sealed, at))
        if held.sealed == sealed:
            return
        held.sealed = sealed
        held.save(update_fields=["sealed"])
        keep_in_step(held)
        audit.record(by=by, at=at, verb="sealed" if sealed else "unsealed", thing=held, scope=held.edition.scope,
                     after={"sealed_until": held.sealed_until})  # fmt: skip


def note_opened_seals(*, at: datetime) -> int:
    """Note on the record that a seal has opened by itself; returns how many."""
    opened = Call.objects.filter(sealed_until__lte=at, published_at__isnull=False).exclude(seal_opened_at__isnull=False)
    noted = 0
    for call in opened.select_related("edition__programme"):
        with transaction.atomic():
            noted += Call.objects.filter(pk=call.pk, seal_opened_at=None).update(seal_opened_at=at)
            audit.record(by=None, at=at, verb="seal_opened", thing=call, scope=call.edition.scope,
                         after={"sealed_until": call.sealed_until})  # fmt: skip
    return noted


def _held(call: Call) -> Call:
    held = (
        Call.objects.select_for_update(of=("self",)).select_related("edition__programme__organisation").get(pk=call.pk)
    )
    held.edition = call.edition
    return held


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
