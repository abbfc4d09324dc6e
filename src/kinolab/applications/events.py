"""What happened here that later rooms answer."""

from dataclasses import dataclass
from datetime import datetime

from kinolab.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class StrandsChosen:
    """An application that was sent before stands in a strand in which it did not stand."""

    application: int


@dataclass(frozen=True, slots=True)
class SentAgain:
    """Another version of an application that was sent before has come."""

    application: int
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class AppealUpheld:
    """The panel upheld an appeal against an announced result: the application gets this one instead.

    `strands` are those, by their slugs, in which it does; none: wherever it got less.
    """

    application: int
    result: str
    by: Person
    at: datetime
    strands: tuple[str, ...] = ()
