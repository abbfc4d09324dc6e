"""The only writes: people come to be, ask for a link, come in, change what is theirs."""

from datetime import datetime
from urllib.parse import quote, urlencode

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.queries import absolute_url
from kinolab.foundation.people import access, tokens
from kinolab.foundation.people.access import Proof
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if


def ensure_person(*, email: str, at: datetime, name: str = "", language: str = "") -> Person:
    """The person with this address, made now if there is none; two at once make one."""
    address = email.strip().lower()
    found = Person.objects.filter(email=address).first()
    if found is None:
        try:
            with transaction.atomic():
                return Person.objects.create_user(address, name=name, language=language, date_joined=at)
        except IntegrityError:
            return Person.objects.get(email=address)
    name_once(person=found, name=name)
    return found


def name_once(*, person: Person, name: str) -> None:
    """Give a person who has no name yet this one."""
    if name and not person.name:
        person.name = name
        person.save(update_fields=["name"])


def send_sign_in_link(*, email: str, language: str, next_path: str, at: datetime) -> None:
    """Write a letter with a link that lets its reader in once, within thirty minutes.

    The same is done for every address, known or not; nobody is put down before they have come in.
    """
    address = email.strip().lower()
    token = tokens.for_sign_in(address)
    _write_link(
        key=f"sign-in:{at.timestamp():.6f}:{address}"[:200],
        to=address,
        template="people/mail/sign_in.txt",
        path=_path("people:enter", language),
        token=token,
        more={"next": next_path} if next_path else {},
        language=language,
        at=at,
    )


@transaction.atomic
def come_in(*, token: str, language: str, at: datetime) -> Person:
    """Use a link up and return whom it lets in, made now if the address is new. Refused: link_dead."""
    return _let_in(tokens.entrance(token), language, at)


@transaction.atomic
def come_in_invited(*, token: str, to: str, language: str, at: datetime) -> Person:
    """The same with the letter of an invitation to what `to` names. Refused: link_dead."""
    return _let_in(tokens.entrance_of_invitation(token, to), language, at)


def _let_in(found: tokens.Entrance | None, language: str, at: datetime) -> Person:
    if found is None:
        raise Denied(Refusal("link_dead", {"minutes": tokens.MINUTES}))
    person = found.person or ensure_person(email=found.email, at=at, language=language)
    as_seen = Person.objects.filter(pk=person.pk, last_login=found.person and found.person.last_login, is_active=True)
    if not as_seen.update(last_login=at):  # somebody else was quicker with the same link
        raise Denied(Refusal("link_dead", {"minutes": tokens.MINUTES}))
    person.last_login = at
    return person


@transaction.atomic
def change_settings(*, person: Person, name: str, language: str, timezone: str, by: Person, at: datetime) -> None:
    """Keep a person's name, language and time zone."""
    before = {"name": person.name, "language": person.language, "timezone": person.timezone}
    after = {"name": name, "language": language, "timezone": timezone}
    if before == after:
        return
    person.name, person.language, person.timezone = name, language, timezone
    person.save(update_fields=list(after))
    audit.record(by=by, at=at, verb="changed", thing=person, before=before, after=after)


@transaction.atomic
def set_password(*, person: Person, password: str, proof: Proof, by: Person, at: datetime) -> None:
    """Set a new password and tell the person by letter. Refused: prove_first, wrong_present_password."""
    stop_if(access.why_not_change_credentials(person, proof, at))
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(by=by, at=at, verb="set_password", thing=person)
    mail.write(
        key=f"password:{person.code}:{at.timestamp():.6f}",
        to=person,
        kind="password",
        template="people/mail/password_changed.txt",
        context={"settings": absolute_url(_path("people:settings", person.language))},
        at=at,
    )


@transaction.atomic
def ask_for_new_address(*, person: Person, email: str, proof: Proof, by: Person, at: datetime) -> None:
    """Write to a new address a letter whose link makes it the person's. The same is said whether it is taken or not.

    Refused: prove_first, wrong_present_password, same_address.
    """
    stop_if(access.why_not_change_credentials(person, proof, at))
    address = email.strip().lower()
    stop_if(Refusal("same_address") if address == person.email else None)
    audit.record(by=by, at=at, verb="asked_for_address", thing=person, after={"email": address})
    key = f"new-address:{person.code}:{at.timestamp():.6f}"
    taken = Person.objects.filter(email=address).first()
    if taken:
        template = "people/mail/address_taken.txt"
        mail.write(key=key, to=taken, kind="new_address", template=template, context={}, at=at)
        return
    _write_link(
        key=key,
        to=address,
        template="people/mail/new_address.txt",
        path=_path("people:new_address", person.language),
        token=tokens.for_new_address(person, address),
        more={},
        language=person.language,
        at=at,
    )


@transaction.atomic
def take_new_address(*, person: Person, token: str, by: Person, at: datetime) -> None:
    """Make the address of the token the person's, and tell the old one. Refused: address_link_dead."""
    dead = Denied(Refusal("address_link_dead", {"minutes": tokens.MINUTES}))
    address, before = tokens.new_address(token, person), person.email
    if not address:
        raise dead
    try:
        with transaction.atomic():
            person.email = address
            person.save(update_fields=["email"])
    except IntegrityError:
        person.email = before
        raise dead from None
    audit.record(by=by, at=at, verb="changed_address", thing=person, before={"email": before}, after={"email": address})
    mail.write(
        key=f"address:{person.code}:{at.timestamp():.6f}",
        to=before,
        kind="address",
        template="people/mail/address_changed.txt",
        context={"address": address},
        at=at,
        language=person.language or None,
    )


def remember_language(*, person: Person, language: str) -> None:
    """Keep the language a person signed in with, if they chose none yet."""
    if not person.language:
        person.language = language
        person.save(update_fields=["language"])


def _write_link(
    *, key: str, to: str, template: str, path: str, token: str, more: dict[str, str], language: str, at: datetime
) -> None:
    link = absolute_url(f"{path}?{urlencode({'token': token} | more)}")
    mail.write(
        key=key,
        to=to,
        kind="link",
        template=template,
        context={"link": link, "minutes": tokens.MINUTES},
        at=at,
        language=language or None,
        secret=quote(token, safe=""),
    )


def _path(name: str, language: str) -> str:
    with translation.override(language or translation.get_language()):
        return reverse(name)
