"""Who of the team is in the form just now, and what they have changed meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Answer, Presence, TeamMember
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Question

FORGOTTEN = timedelta(seconds=30)
OVERLAP = timedelta(seconds=5)  # what was being written while the last look was taken


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in a form: which application, and the question they stand at, if it is one of its form."""

    application_id: int
    question_id: int | None


def seat(person: Person, code: str, question: int) -> Seat | None:
    """Where a joined member of the team is; None for everybody else. One query."""
    asked = Question.objects.filter(pk=question, section__form=OuterRef("application__call__form"))
    found = (
        TeamMember.objects.filter(application__code=code, person=person, state=MemberState.JOINED)
        .annotate(asked=Subquery(asked.values("pk")[:1]))
        .values_list("application_id", "asked")
        .first()
    )
    return Seat(*found) if found else None


def others(seat: Seat, person: Person, at: datetime) -> Sequence[Presence]:
    """Who else was seen in the last half minute. One query."""
    seen = Presence.objects.filter(application=seat.application_id, seen_at__gt=at - FORGOTTEN)
    return list(seen.exclude(person=person).select_related("person").order_by("pk"))


def changed(seat: Seat, person: Person, since: datetime) -> Sequence[Answer]:
    """What others have written since in the team's answers; their own parts are theirs. One query."""
    answers = Answer.objects.filter(application=seat.application_id, member=None, changed_at__gt=since - OVERLAP)
    return list(answers.exclude(changed_by=person).select_related("question").order_by("pk"))
