"""The team: inviting, joining, declining, leaving, and each member's own part."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from kinolab.applications import access
from kinolab.applications.actions import draft, signing
from kinolab.applications.domain.lifecycle import MemberState, MemberStep, member_step
from kinolab.applications.models import Application, TeamMember, new_start_key, new_token
from kinolab.applications.queries.dossier import team_of
from kinolab.applications.queries.until import draft_window
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people import actions as people
from kinolab.foundation.people import tokens
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if

DAY = timedelta(hours=24)
# Everything a member writes about themselves, and what it is when nothing was written.
OWN_PART: dict[str, object] = {
    "organisation": "",
    "position": "",
    "residence": "",
    "citizenship": "",
    "birth_date": None,
    "gender": "",
    "films_made": None,
    "about": "",
}


def invite(
    *, application: Application, email: str, name: str, role: str, may_submit: bool, by: Person, at: datetime
) -> TeamMember:
    """Invite somebody by mail. An address that declined or was removed is invited again; one that is there is refused.

    The letter has fixed wording: nothing that the inviter types goes into it but the two names and the title.
    """
    email = email.strip().lower()
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_invite(by, application, at))
        part = place_for(application, email, role, at)
        part.name, part.role, part.may_submit = name.strip(), role, may_submit
        stop_if(_why_too_many(part, by, at))
        write_invitation(part, by, at)
        application.team_list = None
        _record(part, "invited", by, at, after={"email": email, "role": role, "may_submit": may_submit})
        draft.keep_in_step(application, at)
    return part


def invite_again(*, part: TeamMember, by: Person, at: datetime) -> None:
    """Send the letter once more to somebody who has not answered."""
    with transaction.atomic():
        part = _lock(part)
        if access.member(by, part.application) is None:
            raise Denied(Refusal("not_in_team"))
        if part.state != MemberState.INVITED:
            raise Denied(Refusal("not_waiting"))
        stop_if(_why_too_many(part, by, at))
        write_invitation(part, by, at)
        part.save()
        _record(part, "invited_again", by, at)


def accept(*, part: TeamMember, by: Person, at: datetime) -> TeamMember:
    """Join the team. Accepting twice changes nothing; of two people with one letter the first joins.

    Somebody who is in the team already stays as they are, and the letter's own part is closed.
    """
    with transaction.atomic():
        part = _lock(part)
        if part.state == MemberState.JOINED and part.person_id == by.pk:
            return part
        stop_if(access.why_not_answer_invitation(by, part, at))
        own = access.member(by, part.application)
        if own is not None:
            if part.state == MemberState.INVITED:
                _move(part, MemberStep.REMOVE)
                part.save()
            return own
        if part.state == MemberState.DECLINED:  # a change of mind
            _move(part, MemberStep.INVITE)
        _move(part, MemberStep.JOIN)
        part.person, part.answered_at = by, at
        part.name = by.name or part.name
        part.save()
        _record(part, "joined", by, at)
        part.application.team_list = None
        draft.keep_in_step(part.application, at)
        signing.send_parts(part.application, {part.pk}, by, at)
        _tell_lead(part, "joined", at)
    return part


def join(*, part: TeamMember, key: str, language: str, at: datetime) -> TeamMember:
    """Come in with the letter of the invitation, which proves its address as a sign-in link does, and join the team.

    The letter lets in once; where joining is refused it is not used up. Refused: link_dead; as `accept`.
    """
    with transaction.atomic():
        person = people.come_in_invited(token=key, to=part.token, language=language, at=at)
        _record(part, "came_in_invited", person, at, after={"email": person.email})
        return accept(part=part, by=person, at=at)


def decline(*, part: TeamMember, by: Person | None, at: datetime) -> None:
    """Say no to an invitation; saying it twice changes nothing."""
    with transaction.atomic():
        part = _lock(part)
        if part.state == MemberState.DECLINED:
            return
        if part.state != MemberState.INVITED:
            raise Denied(Refusal("not_waiting"))
        _move(part, MemberStep.DECLINE)
        part.answered_at = at
        part.save()
        _record(part, "declined", by, at)
        part.application.team_list = None
        draft.keep_in_step(part.application, at)
        _tell_lead(part, "declined", at)


def remove(*, part: TeamMember, by: Person, at: datetime) -> None:
    """Take somebody out of the team, or leave it: they see nothing of it any more from this instant.

    The team's answers that they wrote stay; their own part goes with them. What was sent keeps it, as it was sent.
    """
    with transaction.atomic():
        part = _lock(part)
        if part.state == MemberState.REMOVED:
            return
        stop_if(access.why_not_remove(by, part, at))
        leaving = part.person_id == by.pk
        _move(part, MemberStep.REMOVE)
        part.may_submit = False
        for field, nothing in OWN_PART.items():
            setattr(part, field, nothing)
        part.typed_by, part.typed_at, part.confirmed_at = None, None, None
        part.save()
        _forget_own(part, at)
        _record(part, "left" if leaving else "removed", by, at)
        application = part.application
        application.team_list = None
        draft.keep_in_step(application, at)
        signing.send_parts(application, (), by, at)
        if leaving:
            _tell_lead(part, "left", at)
        else:
            _tell_removed(part, by, at)


def let_submit(*, part: TeamMember, may_submit: bool, by: Person, at: datetime) -> None:
    """Say whether a member may send the application."""
    with transaction.atomic():
        part = _lock(part)
        stop_if(access.why_not_let_submit(by, part, at))
        if part.is_lead or part.may_submit == may_submit:
            return
        part.may_submit = may_submit
        part.save(update_fields=["may_submit"])
        _record(part, "let_submit", by, at, before={"may_submit": not may_submit}, after={"may_submit": may_submit})


def fill_own_part(
    *,
    application: Application,
    values: Mapping[str, str | int | date | None],
    name: str,
    role: str,
    version: int,
    by: Person,
    at: datetime,
) -> TeamMember:
    """Write what a member says of themselves: OWN_PART, their name as printed and their role.

    Refused as `changed_meanwhile` {version} when another window has written since `version`.
    """
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_fill_own_part(by, application, at))
        part = access.member(by, application)
        assert part is not None
        before = {"name": part.name, "role": part.role} | {field: getattr(part, field) for field in OWN_PART}
        after = {"name": name.strip(), "role": role} | {
            field: nothing if values.get(field) is None else values[field] for field, nothing in OWN_PART.items()
        }
        if before == after:
            return part
        if part.version != version:
            raise Denied(Refusal("own_part_changed", {"version": part.version}))
        stop_if(_why_not_role(application, role) or access.why_not_take_role(part, application, role))
        for field, value in after.items():
            setattr(part, field, value)
        part.version += 1
        part.save()
        people.name_once(person=by, name=part.name)  # else the team reads an address where they wrote
        # The record says that it changed, not what somebody's birth date is.
        changed = sorted(field for field in after if before[field] != after[field])
        _record(part, "filled_own_part", by, at, after={"fields": changed})
        draft.keep_in_step(application, at)
    return part


# --- Who leads -------------------------------------------------------------------------------------------------------
def offer_lead(*, part: TeamMember, by: Person, at: datetime) -> None:
    """Ask somebody of the team to lead the application from now on; asking another takes the first question back."""
    with transaction.atomic():
        part = _lock(part)
        stop_if(access.why_not_offer_lead(by, part, at))
        application = part.application
        if application.offered_to_id == part.pk:
            return
        application.offered_to = part
        application.save(update_fields=["offered_to"])
        _record(part, "offered_lead", by, at)
        _tell(part.person, "lead_offered", part, by, at)


def take_back_offer(*, application: Application, by: Person, at: datetime) -> None:
    """Take back what was asked, as who leads; or say no to it, as who was asked. Where nothing is asked it does nothing."""
    with transaction.atomic():
        application = draft.lock(application)
        own, asked = access.member(by, application), application.offered_to
        if own is None or asked is None:
            return
        asked.application = application
        if not own.is_lead:
            stop_if(access.why_not_take_lead(by, application))
        application.offered_to = None
        application.save(update_fields=["offered_to"])
        _record(asked, "took_back_lead" if own.is_lead else "declined_lead", by, at)
        _tell(asked.person if own.is_lead else application.lead, "lead_stays", asked, by, at)


def take_lead(*, application: Application, by: Person, at: datetime) -> None:
    """Lead the application from now on, as one was asked; who led it stays in the team and may still send it."""
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_take_lead(by, application))
        own = access.member(by, application)
        before = application.members.select_related("person").get(is_lead=True)
        assert own is not None
        before.is_lead, before.may_submit = False, True
        before.save(update_fields=["is_lead", "may_submit"])
        own.is_lead, own.may_submit = True, True
        own.save(update_fields=["is_lead", "may_submit"])
        application.lead, application.offered_to = by, None
        application.own_window = None  # a role may have its own close
        application.start_key = new_start_key()  # begun by another: the new lead's own pages begin drafts of their own
        application.save(update_fields=["lead", "offered_to", "start_key"])
        application.team_list = None
        own.application = application
        _record(own, "took_lead", by, at, before={"lead": before.name or before.email})
        draft.keep_in_step(application, at)
        signing.send_parts(application, (), by, at)
        for one in team_of(application):
            if one.state == MemberState.JOINED and one.person_id != by.pk:
                _tell(one.person, "lead_taken", own, by, at)


# --- Pieces ----------------------------------------------------------------------------------------------------------
def _why_not_role(application: Application, role: str) -> Refusal | None:
    allowed = application.call.roles
    return Refusal("unknown_role", {"role": role}) if allowed and role not in allowed else None


def _lock(part: TeamMember) -> TeamMember:
    """The member's row and its application's, held until the transaction ends; always in this order."""
    application = draft.lock(part.application)
    held = TeamMember.objects.select_for_update(no_key=True).get(pk=part.pk)
    held.application = application
    return held


def _part_of(application: Application, email: str) -> TeamMember | None:
    found = [one for one in team_of(application) if one.email == email]
    return next((one for one in found if one.state != MemberState.REMOVED), found[-1] if found else None)


def _move(part: TeamMember, taken: MemberStep) -> None:
    """The only place that changes a member's state."""
    after = member_step(MemberState(part.state), taken)
    if isinstance(after, Refusal):
        raise Denied(after)
    part.state = after.value


def place_for(application: Application, email: str, role: str, at: datetime) -> TeamMember:
    """The place in the team of somebody who is not there: a new one, or that of an address that has declined or gone.

    Nothing is saved. Refused: unknown_role, already_invited.
    """
    stop_if(_why_not_role(application, role))
    email = email.strip().lower()
    part = _part_of(application, email)
    if part is None:
        order = max((one.order for one in team_of(application)), default=0) + 1
        return TeamMember(application=application, email=email, order=order, invited_at=at)
    if part.state in (MemberState.JOINED, MemberState.INVITED):
        raise Denied(Refusal("already_invited", {"email": email}))
    _move(part, MemberStep.INVITE)
    for field, nothing in OWN_PART.items():
        setattr(part, field, nothing)
    part.person, part.answered_at, part.token = None, None, new_token()
    return part


def write_invitation(part: TeamMember, by: Person, at: datetime) -> None:
    """Count the letter, save the part, write the letter. Its limits are asked before."""
    application = part.application
    part.invitations += 1
    part.invited_at, part.invited_by = at, by
    part.save()
    known = Person.objects.filter(email=part.email).first()
    key = quote(tokens.for_invitation(part.email, part.token), safe="")
    mail.write(
        key=f"invitation:{part.pk}:{part.token[:8]}:{part.invitations}",
        to=known or part.email,
        kind="invitation",
        template="applications/mail/invitation.txt",
        context={
            "application": application,
            "call": application.call,
            "edition": application.call.edition,
            "part": part,
            "key": key,
            "inviter": by.name or by.email,
            "role": part.role,
            "until": draft_window(application).closes,
            "site": settings.KINOLAB_URL,
        },
        at=at,
        scope=application.call.edition.scope,
        language=None if known else by.language or application.language,
        secret=key,
    )


def _why_too_many(part: TeamMember, by: Person, at: datetime) -> Refusal | None:
    if part.invitations >= access.INVITATIONS_A_MEMBER:
        return Refusal("invited_often_enough", {"limit": access.INVITATIONS_A_MEMBER})
    of_application = part.application.members.aggregate(sent=Sum("invitations"))["sent"] or 0
    of_person = (
        TeamMember.objects.filter(invited_by=by, invited_at__gt=at - DAY).aggregate(sent=Sum("invitations"))["sent"]
        or 0
    )
    if of_application >= access.INVITATIONS_EACH or of_person >= access.INVITATIONS_A_DAY:
        return Refusal("too_many_invitations")
    return None


def _forget_own(part: TeamMember, at: datetime) -> None:
    """What somebody answered for themselves goes with them; what was sent keeps it, as it was sent."""
    part.own_answers.all().delete()
    part.signatures.all().delete()
    part.own_files.filter(removed_at=None).update(removed_at=at)
    Application.objects.filter(pk=part.application_id, offered_to=part).update(offered_to=None)


def _tell_removed(part: TeamMember, by: Person, at: datetime) -> None:
    """Tell somebody that they are no longer in the team, or no longer invited."""
    known = part.person or Person.objects.filter(email=part.email).first()
    _tell(known or part.email, "removed", part, by, at)


def _tell(to: Person | str | None, what: str, part: TeamMember, by: Person, at: datetime) -> None:
    """Write a letter about somebody's place in the team."""
    if not to:
        return
    application = part.application
    mail.write(
        key=f"team:{what}:{part.pk}:{to if isinstance(to, str) else to.pk}:{at.isoformat()}",
        to=to,
        kind="team",
        template=f"applications/mail/{what}.txt",
        context={
            "application": application,
            "edition": application.call.edition,
            "member": part.name or part.email,
            "by": by.name or by.email,
            "site": settings.KINOLAB_URL,
        },
        at=at,
        scope=application.call.edition.scope,
        language=(by.language or application.language) if isinstance(to, str) else None,
    )


def _tell_lead(part: TeamMember, what: str, at: datetime) -> None:
    lead = part.application.lead
    mail.write(
        key=f"team:{what}:{part.pk}:{at.isoformat()}",
        to=lead,
        kind="team",
        template=f"applications/mail/{what}.txt",
        context={
            "application": part.application,
            "edition": part.application.call.edition,
            "member": part.name or part.email,
            "site": settings.KINOLAB_URL,
        },
        at=at,
        scope=part.application.call.edition.scope,
    )


def _record(
    part: TeamMember,
    verb: str,
    by: Person | None,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    about = {"member": part.name or part.email, **(after or {})}
    audit.record(
        by=by,
        at=at,
        verb=verb,
        thing=part.application,
        scope=part.application.call.edition.scope,
        before=before,
        after=about,
    )
