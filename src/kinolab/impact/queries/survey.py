"""Whose link it is, and what is known about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from kinolab.applications.models import Application
from kinolab.foundation.people.models import Person
from kinolab.impact.models import FollowUp, Outcome
from kinolab.impact.queries import outcomes as queries
from kinolab.labs.models import Programme


def digest_of(token: str) -> str:
    """What is kept of a token: nobody makes the token of it again."""
    return sha256(token.encode()).hexdigest()


def follow_up_of(programme: str, token: str) -> FollowUp | None:
    """The link with this token. One query."""
    found = FollowUp.objects.select_related("programme__organisation", "person")
    return found.filter(digest=digest_of(token), programme__slug=programme).first()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about somebody in a programme: their films, and what became of them."""

    person: Person
    programme: Programme
    films: Sequence[Application]
    outcomes: Sequence[Outcome]


def known(person: Person, programme: Programme) -> Known:
    """Two queries."""
    return Known(person, programme, list(queries.films_of(person, programme)), list(queries.about(person, programme)))
