"""What stands in the links of letters: signed words that prove who reads a mailbox.

A token is good for thirty minutes and one use. It carries a mark of how the person stood when it was made; entering, a
new password and a new address each change the mark, and with it every older link is dead.
"""

from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from kinolab.foundation.people.models import Person

MINUTES = 30
_SIGN_IN, _NEW_ADDRESS = "kinolab.people.sign_in", "kinolab.people.new_address"


@dataclass(frozen=True, slots=True)
class Entrance:
    """Whom a link lets in: somebody we know, or an address that nobody has used yet."""

    email: str
    person: Person | None


def for_sign_in(email: str) -> str:
    """A token that lets the reader of this mailbox in."""
    person = Person.objects.filter(email=email).first()
    return signing.dumps([email, _mark(person)], salt=_SIGN_IN)


def entrance(token: str) -> Entrance | None:
    """Whom the token lets in now; None when it is forged, cut short, too old or used."""
    read = _read(token, _SIGN_IN)
    if read is None:
        return None
    email, mark = read
    person = Person.objects.filter(email=email).first()
    if (person and not person.is_active) or not constant_time_compare(mark, _mark(person)):
        return None
    return Entrance(email, person)


def for_new_address(person: Person, email: str) -> str:
    """A token that proves that the person reads the new mailbox as well."""
    return signing.dumps([email, _mark(person), person.pk], salt=_NEW_ADDRESS)


def new_address(token: str, person: Person) -> str:
    """The address that the token gives to exactly this person; empty when it is no good, or not theirs."""
    email, mark, pk = _read(token, _NEW_ADDRESS) or ("", "", 0)
    return email if pk == person.pk and constant_time_compare(mark, _mark(person)) else ""


def _read(token: str, salt: str) -> list | None:
    try:
        return signing.loads(token, salt=salt, max_age=MINUTES * 60)
    except signing.BadSignature:
        return None


def _mark(person: Person | None) -> str:
    """Nothing for who never came in: whether they are in our table already makes no difference."""
    if person is None or person.last_login is None:
        return ""
    stood = f"{person.pk} {person.email} {person.password} {person.last_login.timestamp()}"
    return salted_hmac("kinolab.people.mark", stood).hexdigest()[:32]
