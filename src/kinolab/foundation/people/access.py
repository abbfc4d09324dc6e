"""Who may change what lets somebody in."""

from dataclasses import dataclass
from datetime import datetime

from kinolab.foundation.people.domain import proof
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody shows: the present password as typed, and when they last came in by a link."""

    password: str = ""
    read_mail_at: datetime | None = None


def why_not_change_credentials(person: Person, shown: Proof, at: datetime) -> Refusal | None:
    """Why this person's address or password may not change now: prove_first, wrong_present_password."""
    fresh, has_password = proof.is_fresh(shown.read_mail_at, at), person.has_usable_password()
    fits = not fresh and has_password and bool(shown.password) and person.check_password(shown.password)
    return proof.why_not(fresh=fresh, has_password=has_password, password_fits=fits)
