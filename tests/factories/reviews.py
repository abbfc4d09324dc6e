"""Reviews: a phase, readers, readings with marks. Minimal, silent, plain.

Nodira reads, Timur reads too; Aigul owns, Bakyt coordinates, Saule is a juror.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from kinolab.applications.models import Application
from kinolab.calls.models import Call, Criterion
from kinolab.foundation.people.models import Person
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition, Membership
from kinolab.reviews.actions import conflicts, readings
from kinolab.reviews.domain.lifecycle import Recommendation
from kinolab.reviews.models import Conflict, Reader, Reading, ReviewPhase
from tests.factories import applications as make
from tests.factories.applications import NOW, person
from tests.factories.rows import kept

BEGINS, ENDS = NOW - timedelta(days=1), NOW + timedelta(days=20)
ANCHORS = {"0": {"en": "Not there"}, "3": {"en": "Good"}, "5": {"en": "Outstanding"}}
CRITERIA = (("story", 2), ("film", 1))


def call(slug: str = "impact-lab", **fields: Any) -> Call:
    """An open call with a rubric of two criteria: the story weighs twice as much as the film."""
    made = make.call(slug, **fields)
    for order, (code, weight) in enumerate(CRITERIA, start=1):
        name = {"en": code.title(), "ru": code, "ky": code}
        kept(Criterion(call=made, order=order, code=code, name=name, weight=weight, anchors=ANCHORS))
    return made


def phase(of: Call | None = None, **fields: Any) -> ReviewPhase:
    """The phase of reading of the call's edition, under way at NOW; a reader sees others' readings after their own."""
    return kept(
        ReviewPhase(
            edition=(of or call()).edition, **({"starts_at": BEGINS, "ends_at": ENDS, "readings_each": 2} | fields)
        )
    )


def application(
    of: Call, title: str = "The Well", lead: Person | None = None, *, at: datetime = NOW, **answers: object
) -> Application:
    """A sent application."""
    return make.submitted_application(of, lead or person(), at=at, title=title, **answers)


def reader(of: Edition, who: str = "Nodira", *, languages: Sequence[str] = ("en", "ky"), **fields: Any) -> Reader:
    """Somebody who reads for the edition."""
    return kept(Reader(edition=of, person=person(who), languages=list(languages), added_at=NOW, **fields))


def staff(of: Edition, who: str, role: Role) -> Person:
    """Somebody of the edition's team."""
    somebody = person(who)
    kept(Membership(person=somebody, organisation=of.programme.organisation, edition=of, role=role, added_at=NOW))
    return somebody


def aigul(of: Edition) -> Person:
    """Who may do everything in the edition."""
    return staff(of, "Aigul", Role.LEAD)


def bakyt(of: Edition) -> Person:
    """The coordinator: assigns readers, does not set the switches."""
    return staff(of, "Bakyt", Role.COORDINATOR)


def saule(of: Edition) -> Person:
    """The juror."""
    return staff(of, "Saule", Role.JUROR)


def reading(of: ReviewPhase, by: Reader, what: Application, **fields: Any) -> Reading:
    """A reading that was given and not yet opened."""
    return kept(Reading(phase=of, reader=by, application=what, **({"assigned_at": NOW, "changed_at": NOW} | fields)))


def field(of: Reading, code: str) -> str:
    """The name of a criterion's field."""
    return f"c{Criterion.objects.get(call__edition=of.phase.edition, code=code).pk}"


def write(of: Reading, *, at: datetime = NOW, **fields: str) -> None:
    """Marks by code, `recommendation`, `private_note`, `shareable_note`: written by the reader."""
    codes = [code for code, _ in CRITERIA]
    typed = {field(of, name) if name in codes else name: value for name, value in fields.items()}
    for name, value in typed.items():
        version = int(of.versions.get(name, 0))
        readings.save_field(reading=of, field=name, value=value, version=version, by=of.reader.person, at=at)
    of.refresh_from_db()


def hand_in(
    of: Reading,
    story: int = 4,
    film: int = 1,
    recommendation: Recommendation = Recommendation.YES,
    *,
    at: datetime = NOW,
    **notes: str,
) -> Reading:
    """Mark everything and hand the reading in: (2 × 4 + 1 × 1) / 3 = 3 unless told otherwise."""
    write(of, at=at, story=str(story), film=str(film), recommendation=recommendation.value, **notes)
    readings.submit(reading=of, by=of.reader.person, at=at)
    of.refresh_from_db()
    return of


def conflict(of: Reader, what: Application, by: Person) -> Conflict:
    """A conflict of interest, noted by somebody of the team."""
    conflicts.declare_for(reader=of, application=what, note="They teach together", by=by, at=NOW)
    return Conflict.objects.get(reader=of, application=what)
