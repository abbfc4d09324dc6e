"""Who may make and change calls."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from kinolab.calls.domain import readiness, window
from kinolab.calls.domain.window import Phase, Window
from kinolab.calls.models import Call
from kinolab.calls.queries import manage
from kinolab.foundation.questions.models import Question, Section
from kinolab.foundation.refusals import Refusal
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission, Role, permissions
from kinolab.labs.models import Membership, Organisation, Programme

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
    return window.phase(Window(call.opens_at, call.closes_at, call.grace_minutes, call.extended_from), at)


# --- Getting things --------------------------------------------------------------------------------------------------
def get_call(person: "Person", programme: str, edition: str, permission: Permission = Permission.CONFIGURE) -> Call:
    """The call of the edition at these slugs; 404 and 403 as `labs.access.get_edition`, 404 without a call."""
    found = manage.call_of(labs.get_edition(person, programme, edition, permission))
    if found is None:
        raise Http404
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


def why_not_change_form(person: "Person", call: Call, at: datetime) -> Refusal | None:
    """Whether the form may be changed: never once a public call has opened, be the clock's turn late or not."""
    refused = why_not_configure(person, call)
    if refused is not None or call.form is None:
        return refused
    opened = call.published_at is not None and call.opens_at is not None and call.opens_at <= at
    return Refusal("form_frozen") if opened or call.form.frozen_at else None


def get_section(call: Call, section: int) -> Section:
    """A section of the call's form; 404 for those of others."""
    return get_object_or_404(Section.objects.select_related("form"), pk=section, form=call.form_id)


def get_question(call: Call, section: int, question: int) -> Question:
    """A question of the call's form; 404 for those of others."""
    asked = Question.objects.select_related("section__form")
    return get_object_or_404(asked, pk=question, section=section, section__form=call.form_id)
