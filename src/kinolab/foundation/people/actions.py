"""The only writes: people come to be, ask for a link, change what is theirs."""

from datetime import datetime
from urllib.parse import urlencode

import sesame.utils
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.queries import absolute_url
from kinolab.foundation.people.models import Person

LINK_MINUTES = 30


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
    if name and not found.name:
        found.name = name
        found.save(update_fields=["name"])
    return found


def send_sign_in_link(*, email: str, language: str, next_path: str, at: datetime) -> None:
    """Write a letter with a link that signs in once, within thirty minutes.

    An unknown address gets a person first: whoever can read the letter owns the address. Known or not, the same work is
    done and the same letter leaves.
    """
    person = ensure_person(email=email, at=at, language=language)
    if not person.is_active:
        return
    with translation.override(language):
        path = reverse("people:enter")
    query = {"token": sesame.utils.get_token(person)} | ({"next": next_path} if next_path else {})
    mail.write(
        key=f"sign-in:{person.code}:{at.timestamp():.6f}",
        to=person,
        kind="sign_in",
        template="people/mail/sign_in.txt",
        context={"link": absolute_url(f"{path}?{urlencode(query)}"), "minutes": LINK_MINUTES},
        at=at,
        language=language,
    )


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
def set_password(*, person: Person, password: str, by: Person, at: datetime) -> None:
    """Set a new password and tell the person by letter."""
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(by=by, at=at, verb="set_password", thing=person)
    mail.write(
        key=f"password:{person.code}:{at.timestamp():.6f}",
        to=person,
        kind="password",
        template="people/mail/password_changed.txt",
        context={"settings": absolute_url(reverse("people:settings"))},
        at=at,
    )


def remember_language(*, person: Person, language: str) -> None:
    """Keep the language a person signed in with, if they chose none yet."""
    if not person.language:
        person.language = language
        person.save(update_fields=["language"])
