"""Who may make and change calls."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from kinolab.calls.domain import readiness, window
from kinolab.calls.domain.window import Phase
from kinolab.calls.models import Call, LateCode
from kinolab.calls.queries import closes, manage
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.foundation.refusals import Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission, Role, permissions
from kinolab.labs.models import Edition, Membership, Organisation, Programme

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def why_not_make_edition(person: "Person | None", organisation: str) -> Refusal | None:
    """Whether the person may make an edition for the organisation with this slug.

    None as person is the operator at the command line. A new organisation is made by operators of the server only.
    """
    if person is None or person.is_staff:
        return None
    if not Organisation.objects.filter(slug=organisation).exists():
        return Refusal("new_organisation")
    held = Membership.objects.filter(person=person, organisation__slug=organisation, edition=None)
    roles = [Role(role) for role in held.values_list("role", flat=True)]
    return (
        None
        if Permission.CONFIGURE in permissions(roles)
        else Refusal("not_permitted", {"permission": Permission.CONFIGURE})
    )


def why_not_configure(person: "Person", call: Call) -> Refusal | None:
    """Whether the person may change the call's texts and dates."""
    return labs.why_not(person, call.edition, Permission.CONFIGURE)


def why_not_replace(person: "Person | None", call: Call | None) -> Refusal | None:
    """Whether an edition may be made anew from a file: never once it is public or somebody has applied."""
    if call is None:
        return None
    if call.published_at is not None:
        return Refusal("already_published")
    return None


def why_not_publish(person: "Person", call: Call, at: datetime) -> Refusal | None:
    """Whether the call may be made public now."""
    refused = labs.why_not(person, call.edition, Permission.PUBLISH)
    if refused is not None:
        return refused
    if call.published_at is not None:
        return Refusal("already_published")
    missing = readiness.missing(manage.call_facts(call))
    return Refusal("not_ready", {"count": len(missing)}) if missing else None


def why_not_take_back(person: "Person", call: Call, at: datetime) -> Refusal | None:
    """Whether a published call may be hidden again: only before it opens."""
    refused = labs.why_not(person, call.edition, Permission.PUBLISH)
    if refused is not None:
        return refused
    if call.published_at is None:
        return Refusal("not_published")
    return Refusal("already_open") if _phase(call, at) is not Phase.ANNOUNCED else None


def why_not_move_dates(person: "Person", call: Call, at: datetime) -> Refusal | None:
    """Whether opening and closing may be changed freely; once a published call is open it can only be extended."""
    refused = why_not_configure(person, call)
    if refused is not None:
        return refused
    opened = call.published_at is not None and _phase(call, at) not in (None, Phase.ANNOUNCED)
    return Refusal("only_extend") if opened else None


def why_not_extend(person: "Person", call: Call, closes: datetime, at: datetime) -> Refusal | None:
    """Whether the close may be moved to `closes`: later than now, later than it was."""
    refused = why_not_configure(person, call)
    if refused is not None:
        return refused
    if call.closes_at is None or call.published_at is None:
        return Refusal("not_published")
    if closes <= call.closes_at or closes <= at:
        return Refusal("extension_not_later", {"before": call.closes_at, "closes": closes, "zone": call.timezone})
    return None


def _phase(call: Call, at: datetime) -> Phase | None:
    if call.opens_at is None or call.closes_at is None:
        return None
    return window.phase(closes.whole_window(call), at)


def has_opened(call: Call, at: datetime) -> bool:
    """Whether the public has been told until when: the call is public and has opened."""
    return call.published_at is not None and _phase(call, at) not in (None, Phase.ANNOUNCED)


def why_not_set_close(
    person: "Person", call: Call, before: datetime | None, until: datetime | None, at: datetime
) -> Refusal | None:
    """Whether a strand or role may close at `until` (None: with the call) instead of `before`."""
    refused = why_not_configure(person, call)
    if refused is not None:
        return refused
    if call.closes_at is None:
        return Refusal("not_published")
    if until is not None and until <= call.closes_at:
        return Refusal("own_close_not_later", {"closes": call.closes_at, "zone": call.timezone})
    if has_opened(call, at) and (until is None or until <= (before or call.closes_at) or until <= at):
        facts = {"before": before or call.closes_at, "closes": until or call.closes_at, "zone": call.timezone}
        return Refusal("extension_not_later", facts)
    return None


# --- Late codes and the seal -----------------------------------------------------------------------------------------
def why_not_issue_code(
    person: "Person", call: Call, until: datetime | None, at: datetime, *, invites: bool
) -> Refusal | None:
    """Whether the person may let somebody apply until then, or invite them."""
    refused = why_not_configure(person, call)
    if refused is not None:
        return refused
    if call.closes_at is None or call.published_at is None:
        return Refusal("not_published")
    if until is None:
        return None if invites else Refusal("code_gives_nothing")
    if until <= call.closes_at or until <= at:
        return Refusal("code_not_later", {"closes": call.closes_at, "zone": call.timezone})
    return None


def why_not_revoke_code(person: "Person", call: Call, code: LateCode) -> Refusal | None:
    """Whether the person may take a late code back."""
    return why_not_configure(person, call) or (Refusal("late_code_revoked") if code.revoked_at else None)


def why_not_use_code(person: "Person | None", code: LateCode, at: datetime) -> Refusal | None:
    """Whether the person (None: whoever they will be once signed in) may put the code into a draft of theirs now."""
    if code.revoked_at is not None:
        return Refusal("late_code_revoked")
    if person is not None and code.email and code.email.casefold() != person.email.casefold():
        return Refusal("late_code_not_yours")
    if code.until is not None and at >= window.end_of(code.until):
        return Refusal("late_code_past", {"until": code.until, "zone": code.call.timezone or "UTC"})
    return Refusal("late_code_used_up", {"uses": code.uses}) if code.used >= code.uses else None


def why_not_seal(person: "Person", call: Call, sealed: bool, at: datetime) -> Refusal | None:
    """Whether the call may be sealed, or the seal taken off: never while applicants rely on it."""
    refused = why_not_configure(person, call)
    if refused is not None:
        return refused
    relied_on = call.sealed and not sealed and has_opened(call, at) and closes.is_sealed(call, at)
    return Refusal("seal_stays", {"until": call.sealed_until, "zone": call.timezone}) if relied_on else None


# What reads applications, or follows from having read them.
UNDER_SEAL = (
    Permission.READ_APPLICATIONS, Permission.SCREEN, Permission.OVERRIDE_RULE, Permission.SEE_CONTACTS,
    Permission.READ_REVIEWS, Permission.DECIDE, Permission.DECIDE_APPEALS, Permission.EXPORT,
)  # fmt: skip


def suspended(person: "Person", edition: Edition) -> Mapping[Permission, Refusal]:
    """While a sealed call takes applications nobody of the team reads one, the owner included."""
    call = manage.call_of(edition)
    if call is None or not closes.is_sealed(call, timezone.now()):
        return {}
    why = Refusal("sealed", {"until": call.sealed_until, "zone": call.timezone or "UTC"})
    return dict.fromkeys(UNDER_SEAL, why)


# --- Getting things --------------------------------------------------------------------------------------------------
def get_call(person: "Person", programme: str, edition: str, permission: Permission = Permission.CONFIGURE) -> Call:
    """The call of the edition at these slugs; 404 and 403 as `labs.access.get_edition`, 404 without a call."""
    found = manage.call_of(labs.get_edition(person, programme, edition, permission))
    if found is None:
        raise Http404
    return found


def get_code(call: Call, number: int) -> LateCode:
    """A late code of the call; 404 for those of others."""
    found = get_object_or_404(call.late_codes, pk=number)
    found.call = call
    return found


def get_row(call: Call, kind: str, row: int) -> Any:
    """One row of a list of the call; 404 for those of other calls."""
    return get_object_or_404(manage.rows(call, kind), pk=row)


def get_programme(person: "Person", slug: str) -> Programme:
    """The programme, for those who may make editions of it; 403 for others of the organisation, else 404."""
    found = get_object_or_404(Programme.objects.select_related("organisation"), slug=slug)
    refused = why_not_make_edition(person, found.organisation.slug)
    if refused is None:
        return found
    if Membership.objects.filter(person=person, organisation=found.organisation_id).exists():
        raise PermissionDenied(refused)
    raise Http404


def why_not_change_form(person: "Person", call: Call, at: datetime, form: Form | None = None) -> Refusal | None:
    """Whether the form may be changed: never once a public call has opened, be the clock's turn late or not.

    A correction that is being prepared may be.
    """
    refused = why_not_configure(person, call)
    if refused is not None or call.form is None:
        return refused
    if form is not None and form.replaces_id == call.form_id and form.frozen_at is None:
        return None
    opened = call.published_at is not None and call.opens_at is not None and call.opens_at <= at
    return Refusal("form_frozen") if opened or call.form.frozen_at else None


def why_not_correct(person: "Person", call: Call, at: datetime) -> Refusal | None:
    """Whether a correction of the form may be begun: once it has opened; before, it is changed as it is."""
    refused = why_not_configure(person, call)
    if refused is not None:
        return refused
    changeable = why_not_change_form(person, call, at)
    return Refusal("not_frozen") if changeable is None or call.form is None else None


def get_section(call: Call, section: int) -> Section:
    """A section of the call's form; 404 for those of others."""
    return get_object_or_404(Section.objects.select_related("form").filter(_of_call(call, "form")), pk=section)


def get_question(call: Call, section: int, question: int) -> Question:
    """A question of the call's form; 404 for those of others."""
    asked = Question.objects.select_related("section__form")
    return get_object_or_404(asked.filter(_of_call(call, "section__form")), pk=question, section=section)


def _of_call(call: Call, way: str) -> Q:
    """What belongs to the call's form, or to the correction of it that is being prepared."""
    return Q(**{way: call.form_id}) | Q(**{f"{way}__replaces": call.form_id, f"{way}__frozen_at": None})
