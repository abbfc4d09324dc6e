"""Saying that somebody is in the form: one small statement, no transaction, nothing on the record."""

from datetime import datetime

from kinolab.applications.models import Presence
from kinolab.applications.queries.together import Seat
from kinolab.foundation.people.models import Person


def be_here(*, seat: Seat, by: Person, at: datetime) -> None:
    """Write down where the person is. Whoever left is simply not seen any more."""
    here = Presence(application_id=seat.application_id, person=by, question_id=seat.question_id, seen_at=at)
    Presence.objects.bulk_create(
        [here], update_conflicts=True, unique_fields=["application", "person"], update_fields=["question", "seen_at"]
    )
