"""What the lab's staff types in for somebody: on paper, by e-mail, on the telephone.

The application is its lead's from the first letter: they get a letter, sign in with their address, and take it over when they
like. Until then the staff may go on typing and may send it; the record says who did.
"""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string

from kinolab.applications import access
from kinolab.applications.actions import draft, submission
from kinolab.applications.actions.merging import Typed
from kinolab.applications.models import Application, Snapshot, TeamMember
from kinolab.applications.queries.dossier import Dossier, dossier
from kinolab.calls.models import Call
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Refusal, stop_if


def enter(
    *, call: Call, email: str, name: str, language: str, role: str, reason: str, by: Person, at: datetime
) -> Application:
    """Begin an application for somebody. Refused: not_permitted, sealed, not_yet_open, not_published, why_late."""
    with transaction.atomic():
        stop_if(access.why_not_enter(by, call, reason, at))
        application = begin_for(call, f"entered-{get_random_string(20)}", email, name, language, by, at)
        if role in call.roles:
            TeamMember.objects.filter(application=application, is_lead=True).update(role=role)
        note(application, by, at, reason=reason.strip())
        tell(application, at)
    return application


def begin_for(call: Call, key: str, email: str, name: str, language: str, by: Person, at: datetime) -> Application:
    """The draft of a person, who is made known to us by their address; `by` types."""
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        person = Person.objects.create_user(email, name=name.strip(), language=language)
    application = draft.make(call, key, person, at, language, entered_by=by)
    if name.strip():
        TeamMember.objects.filter(application=application, is_lead=True).update(name=name.strip())
        application.team_list = None
    return application


def note(application: Application, by: Person, at: datetime, **said: object) -> None:
    """Write on the record who typed for whom, and what else is said."""
    audit.record(
        by=by, at=at, verb="entered", thing=application, scope=application.call.edition.scope,
        after={"for": application.lead.email} | {name: value for name, value in said.items() if value},
    )  # fmt: skip


def tell(application: Application, at: datetime) -> None:
    """Invite the person to take over what was typed in for them."""
    mail.write(
        key=f"entered:{application.pk}", to=application.lead, kind="entered", at=at,
        template="applications/mail/entered.txt", scope=application.call.edition.scope,
        context={
            "application": application, "call": application.call, "edition": application.call.edition,
            "by": application.entered_by, "site": settings.KINOLAB_URL,
        },
    )  # fmt: skip


def type_in(
    *, application: Application, values: Mapping[int, Typed], by: Person, at: datetime
) -> tuple[Dossier, dict[int, Refusal]]:
    """Write what was typed. Refused: access; per question as `draft.save_page`."""
    with transaction.atomic():
        held = draft.lock(application)
        stop_if(access.why_not_type_for(by, held, at))
        whole = dossier(held)
        return whole, draft.write_page(whole, whole.questions, values, by, at)


def send(*, application: Application, by: Person, at: datetime) -> Snapshot:
    """Send it for the person, who gets the receipt. Refused: access, incomplete, rule_blocks."""
    return submission.submit(application=application, by=by, at=at, typed_for=True)


def take_over(*, application: Application, by: Person, at: datetime) -> None:
    """The lead writes it alone from now on. Refused: not_in_team, only_the_lead."""
    with transaction.atomic():
        held = draft.lock(application)
        stop_if(access.why_not_take_over(by, held))
        held.taken_over_at = at
        held.save(update_fields=["taken_over_at"])
        audit.record(by=by, at=at, verb="took_over", thing=held, scope=held.call.edition.scope)
