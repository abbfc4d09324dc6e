"""What became of people and films: a chosen film whose results were announced, an outcome, a link. Minimal, silent, plain."""

from datetime import UTC, datetime
from typing import Any

from kinolab.applications.models import Application
from kinolab.calls.models import Call
from kinolab.foundation.people.models import Person
from kinolab.impact.actions import survey
from kinolab.impact.domain.vocabularies import FollowUpKind
from kinolab.impact.models import FollowUp, Outcome
from kinolab.labs.models import Programme
from kinolab.selection.models import Decision
from tests.factories import selection as make
from tests.factories.rows import kept

ANNOUNCED = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)


def chosen(call: Call, who: str = "Meerim", *team: Person) -> Application:
    """A film whose place was announced."""
    film = make.sent(call, who, *team)
    made = make.decided(film)
    Decision.objects.filter(pk=made.pk).update(announced_at=ANNOUNCED)
    return film


def outcome(programme: Programme, **fields: Any) -> Outcome:
    """A verified outcome of somebody by name, as public as it was reported, unless said otherwise."""
    subject = {} if fields.keys() & {"person", "film", "project", "edition_itself"} else {"name": "Ainura"}
    said = {
        "kind": "prize", "title": "Golden Yurt", "told_at": ANNOUNCED, "standing": "verified", "verified_at": ANNOUNCED,
        "publishing": "public_already",
    }  # fmt: skip
    return kept(Outcome(programme=programme, **(subject | said | fields)))


def link(
    programme: Programme, person: Person, at: datetime, kind: FollowUpKind = FollowUpKind.AGAIN
) -> tuple[FollowUp, str]:
    """A link that somebody was sent, and its token: it stands in the letter that waits, and nowhere else."""
    made = survey.send(programme=programme, person=person, kind=kind, at=at)
    return made, person.letters.get(key=f"follow-up:{made.pk}").secret
