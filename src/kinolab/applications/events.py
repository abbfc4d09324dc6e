"""What happened here that later rooms answer."""

from dataclasses import dataclass
from datetime import datetime

from kinolab.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class AppealUpheld:
    """The panel upheld an appeal against an announced result: the application gets this one instead."""

    application: int
    result: str
    by: Person
    at: datetime
