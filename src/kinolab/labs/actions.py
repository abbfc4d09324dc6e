"""The only writes of the room: the team of an edition, and the ordered lists that belong to it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import translation

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail import queries as mail_queries
from kinolab.foundation.people import actions as people
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs import access, words
from kinolab.labs.domain.roles import Permission, Role
from kinolab.labs.models import Edition, Membership, Organisation

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


# --- The team --------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_member(
    *, edition: Edition, email: str, role: Role, name: str = "", language: str = "", by: "Person", at: datetime
) -> Membership:
    """Give somebody a role by their address and write to them. Owners own the whole organisation, others the edition.

    Refused: not_permitted, only_an_owner, already_member.
    """
    stop_if(access.why_not_grant(by, edition, role))
    person = people.ensure_person(email=email, name=name, language=language, at=at)
    where = None if role is Role.OWNER else edition
    organisation = edition.programme.organisation
    held = Membership.objects.filter(person=person, organisation=organisation, edition=where, role=role)
    stop_if(Refusal("already_member") if held.exists() else None)
    member = Membership.objects.create(
        person=person, organisation=organisation, edition=where, role=role, added_at=at, added_by=by
    )
    _record("added_member", member, edition, by, at, after=_said(member))
    _write_welcome(member, edition, by, at)
    return member


@transaction.atomic
def make_owner(*, organisation: Organisation, email: str, name: str, language: str, at: datetime) -> Membership:
    """The first owner, made by whoever runs the server; nobody is asked and no letter is written.

    Refused: already_member.
    """
    person = people.ensure_person(email=email, name=name, language=language, at=at)
    held = Membership.objects.filter(person=person, organisation=organisation, edition=None, role=Role.OWNER)
    stop_if(Refusal("already_member") if held.exists() else None)
    member = Membership.objects.create(person=person, organisation=organisation, role=Role.OWNER, added_at=at)
    audit.record(by=None, at=at, verb="added_member", thing=member, after=_said(member))
    return member


@transaction.atomic
def change_role(*, member: Membership, edition: Edition, role: Role, by: "Person", at: datetime) -> Membership:
    """Give a member another role instead. Refused: not_permitted, only_an_owner, last_owner, already_member."""
    member = Membership.objects.select_for_update().get(pk=member.pk)
    if member.role == role:
        return member
    stop_if(access.why_not_part(by, edition, member))
    stop_if(access.why_not_grant(by, edition, role))
    where = None if role is Role.OWNER else edition
    others = Membership.objects.filter(person=member.person_id, organisation=member.organisation_id, edition=where)
    stop_if(Refusal("already_member") if others.filter(role=role).exclude(pk=member.pk).exists() else None)
    before = _said(member)
    member.role, member.edition = role, where
    member.save(update_fields=["role", "edition"])
    _record("changed_member", member, edition, by, at, before, _said(member))
    return member


@transaction.atomic
def remove_member(*, member: Membership, edition: Edition, by: "Person", at: datetime) -> None:
    """Take a role away. Refused: not_permitted, only_an_owner, last_owner."""
    member = Membership.objects.select_for_update().get(pk=member.pk)
    stop_if(access.why_not_part(by, edition, member))
    _record("removed_member", member, edition, by, at, before=_said(member))
    member.delete()


def _said(member: Membership) -> dict[str, object]:
    return {"person": member.person.email, "role": str(member.role), "edition": member.edition_id}


def _record(
    verb: str, thing: models.Model, edition: Edition, by: "Person", at: datetime, before: Any = None, after: Any = None
) -> None:
    audit.record(by=by, at=at, verb=verb, thing=thing, scope=edition.scope, before=before, after=after)


def _write_welcome(member: Membership, edition: Edition, by: "Person", at: datetime) -> None:
    with translation.override(member.person.language or "en"):
        way = reverse("desk:edition", args=[edition.programme.slug, edition.slug])
    mail.write(
        key=f"membership:{member.pk}",
        to=member.person,
        kind="membership",
        template="labs/mail/welcome.txt",
        context={
            "edition": edition,
            "inviter": by.name or by.email,
            "role": words.ROLES[Role(member.role)],
            "link": mail_queries.absolute_url(way),
        },
        at=at,
        scope=edition.scope,
    )


# --- Ordered lists: modules and tutors here, and what later rooms list of an edition in the same way ------------------
@transaction.atomic
def add_row(*, edition: Edition, rows: Any, values: Mapping[str, Any], by: "Person", at: datetime) -> Any:
    """Add a row at the end of a list (`edition.tutors`, `call.faqs`, …). Refused: not_permitted."""
    stop_if(access.why_not(by, edition, Permission.CONFIGURE))
    last = rows.aggregate(last=models.Max("order"))["last"]
    row = rows.create(order=0 if last is None else last + 1, **values)
    _record("added", row, edition, by, at, after=plain(values))
    return row


@transaction.atomic
def change_row(*, edition: Edition, row: models.Model, values: Mapping[str, Any], by: "Person", at: datetime) -> Any:
    """Keep new values of a row. Refused: not_permitted."""
    stop_if(access.why_not(by, edition, Permission.CONFIGURE))
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    changed = [name for name in values if plain({name: getattr(row, name)}) != plain({name: before[name]})]
    if changed:
        row.save(update_fields=changed)
        was, now = ({name: kept[name] for name in changed} for kept in (before, values))
        _record("changed", row, edition, by, at, plain(was), plain(now))
    return row


@transaction.atomic
def delete_row(*, edition: Edition, row: models.Model, by: "Person", at: datetime) -> None:
    """Take a row out of its list; the record keeps its words. Refused: not_permitted."""
    stop_if(access.why_not(by, edition, Permission.CONFIGURE))
    kept = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    _record("deleted", row, edition, by, at, before=plain(kept))
    row.delete()


@transaction.atomic
def shift_row(*, edition: Edition, rows: Any, row: models.Model, up: bool, by: "Person", at: datetime) -> None:
    """Let a row change places with its neighbour; at the end of the list nothing happens. Refused: not_permitted."""
    stop_if(access.why_not(by, edition, Permission.CONFIGURE))
    listed = list(rows.select_for_update().order_by("order", "pk"))
    here = next(place for place, one in enumerate(listed) if one.pk == row.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(listed):
        return
    before = [one.pk for one in listed]
    listed[here], listed[there] = listed[there], listed[here]
    renumber(rows, listed)
    _record("reordered", row, edition, by, at, {"order": before}, {"order": [one.pk for one in listed]})


def renumber(rows: Any, listed: list[Any]) -> None:
    """Number a list anew in this order, past every number in use first: two rows never share one, even half-way."""
    beyond = max(len(listed), *(one.order + 1 for one in listed))
    for offset in (beyond, 0):
        for place, one in enumerate(listed):
            one.order = offset + place
            one.save(update_fields=["order"])


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON can keep them."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.as_dict()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
