"""What the lab's staff type of people's own parts, from paper or a letter; and their own yes to it.

Such a part is marked until its person has looked through it and confirmed it. A signature is never given for anybody:
where the call asks for one, the person signs.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from kinolab.applications import access
from kinolab.applications.actions import draft, team
from kinolab.applications.actions.merging import Typed
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries.dossier import Dossier, dossier, team_of
from kinolab.applications.queries.own import sum_of
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if

Said = Mapping[str, str | int | date | None]


def add_member(
    *, application: Application, email: str, name: str, role: str, by: Person, at: datetime, tells: bool = True
) -> TeamMember:
    """Put somebody into the team of an application that is entered for somebody: invited, by letter if `tells`.

    Refused: access; team_full; already_invited; role_unknown.
    """
    with transaction.atomic():
        held = draft.lock(application)
        stop_if(access.why_not_type_for(by, held, at))
        part = team.place_for(held, email, role, at)
        present = [one for one in team_of(held) if one.state in (MemberState.JOINED, MemberState.INVITED)]
        if len(present) >= held.call.team_max:
            raise Denied(Refusal("team_full", {"maximum": held.call.team_max}))
        part.name, part.role, part.invited_at, part.invited_by = name.strip()[:200], role, at, by
        part.save()
        if tells:
            team.write_invitation(part, by, at)
        held.team_list = None
        _record(held, "invited", by, at, {"member": part.name or part.email, "email": part.email, "role": role})
        draft.keep_in_step(held, at)
    return part


def type_part(
    *, part: TeamMember, said: Said | None, values: Mapping[int, Typed], by: Person, at: datetime
) -> tuple[Dossier, dict[int, Refusal]]:
    """Write somebody's own part for them: what they say of themselves (None: as it is), and their answers.

    It is marked as typed until they confirm it. Refused: access; per question as `draft.save_page`.
    """
    with transaction.atomic():
        held = draft.lock(part.application)
        part = TeamMember.objects.select_related("person").get(pk=part.pk)
        part.application = held
        stop_if(access.why_not_type_part(by, part, at))
        before = sum_of(dossier(held), part)
        changed = _say(part, said or {})
        held.team_list = None
        whole = dossier(held)
        own = whole.part_of(part)
        refused = draft.write_page(whole, own.questions if own else (), values, by, at, whose=part)
        held.team_list = None
        if sum_of(dossier(held), part) != before:
            part.typed_by, part.typed_at, part.confirmed_at = by, at, None
            part.save(update_fields=["typed_by", "typed_at", "confirmed_at"])
            _record(held, "typed_part", by, at, {"member": part.name or part.email, "fields": changed})
    return whole, refused


def _say(part: TeamMember, said: Said) -> list[str]:
    """Write what was said; the names of what changed, for the record does not repeat somebody's birth date."""
    changed = []
    for field, nothing in ({"name": "", "role": ""} | team.OWN_PART).items():
        if field in said:
            value = nothing if said[field] is None else said[field]
            if getattr(part, field) != value:
                setattr(part, field, value)
                changed.append(field)
    if changed:
        part.version += 1
        part.save(update_fields=[*changed, "version"])
    return changed


def ask_to_confirm(*, part: TeamMember, by: Person, at: datetime) -> bool:
    """Write to the person what has been typed for them, with the link to look through it; once a day at most.

    Whether there is anything to confirm. Refused: access.
    """
    with transaction.atomic():
        stop_if(access.why_not_type_part(by, part, at))
        if part.typed_at is None or part.confirmed_at is not None:
            return False
        application = part.application
        known = part.person or Person.objects.filter(email=part.email).first()
        mail.write(
            key=f"typed-part:{part.pk}:{at.date().isoformat()}",
            to=known or part.email,
            kind="typed_part",
            template="applications/mail/typed_part.txt",
            context={
                "application": application,
                "edition": application.call.edition,
                "by": by.name or by.email,
                "part": part,
                "asks_own": bool(dossier(application).parts),
                "site": settings.KINOLAB_URL,
            },
            at=at,
            scope=application.call.edition.scope,
            language=None if known else application.language,
        )
    return True


def confirm(*, application: Application, seen: str, by: Person, at: datetime) -> None:
    """Say that one's own part is right as the page showed it. Refused: not_in_team, nothing_typed, part_changed."""
    with transaction.atomic():
        held = draft.lock(application)
        stop_if(access.why_not_confirm_part(by, held))
        own = access.member(by, held)
        assert own is not None
        if sum_of(dossier(held), own) != seen:
            raise Denied(Refusal("part_changed"))
        TeamMember.objects.filter(pk=own.pk).update(confirmed_at=at)
        _record(held, "confirmed_part", by, at, {"member": own.name or own.email, "sha256": seen})


def _record(application: Application, verb: str, by: Person, at: datetime, after: dict[str, object]) -> None:
    audit.record(by=by, at=at, verb=verb, thing=application, scope=application.call.edition.scope, after=after)
