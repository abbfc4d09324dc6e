"""What stands in the links of letters: signed words that prove who reads a mailbox.

A token is good for thirty minutes and one use. It carries a mark of how the person stood when it was made; entering, a
new password and a new address each change the mark, and with it every older link is dead.

An invitation came to a mailbox too, so its letter carries such a token for the thing it invites to. Whoever is invited does
not sit waiting for the letter: where nobody is known by the address it is good for some days, for nothing stands behind
that door yet. Whoever is known already has more to lose by a letter that is passed on: for them it is thirty minutes.
"""

from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from kinolab.foundation.people.models import Person

MINUTES = 30
INVITED_DAYS = 7
_SIGN_IN, _NEW_ADDRESS = "kinolab.people.sign_in", "kinolab.people.new_address"
_INVITATION = "kinolab.people.invitation"


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
    return _entrance(*read) if read else None


def for_invitation(email: str, to: str) -> str:
    """A token that lets the reader of this mailbox in, and only on the way to what `to` names."""
    person = Person.objects.filter(email=email).first()
    return signing.dumps([email, _mark(person), to], salt=_INVITATION)


def invited(token: str, to: str) -> str:
    """The address to which this invitation went, whether it lets anybody in or not; empty when it is no good."""
    read = _read(token, _INVITATION, minutes=None)
    return read[0] if read and read[2] == to else ""


def entrance_of_invitation(token: str, to: str) -> Entrance | None:
    """Whom the letter of an invitation lets in now; None when it is forged, for something else, too old or used."""
    read = _read(token, _INVITATION, minutes=INVITED_DAYS * 24 * 60)
    found = _entrance(*read[:2]) if read and read[2] == to else None
    return found if found and (found.person is None or _read(token, _INVITATION)) else None


def for_new_address(person: Person, email: str) -> str:
    """A token that proves that the person reads the new mailbox as well."""
    return signing.dumps([email, _mark(person), person.pk], salt=_NEW_ADDRESS)


def new_address(token: str, person: Person) -> str:
    """The address that the token gives to exactly this person; empty when it is no good, or not theirs."""
    email, mark, pk = _read(token, _NEW_ADDRESS) or ("", "", 0)
    return email if pk == person.pk and constant_time_compare(mark, _mark(person)) else ""


def _read(token: str, salt: str, minutes: int | None = MINUTES) -> list | None:
    try:
        return signing.loads(token, salt=salt, max_age=minutes and minutes * 60)
    except signing.BadSignature:
        return None


def _entrance(email: str, mark: str) -> Entrance | None:
    person = Person.objects.filter(email=email).first()
    if (person and not person.is_active) or not constant_time_compare(mark, _mark(person)):
        return None
    return Entrance(email, person)


def _mark(person: Person | None) -> str:
    """Nothing for who never came in: whether they are in our table already makes no difference."""
    if person is None or person.last_login is None:
        return ""
    stood = f"{person.pk} {person.email} {person.password} {person.last_login.timestamp()}"
    return salted_hmac("kinolab.people.mark", stood).hexdigest()[:32]
