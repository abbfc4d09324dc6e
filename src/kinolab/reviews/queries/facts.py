"""Facts for the rules: who reads, what is read, conflicts, criteria."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kinolab.applications.domain.lifecycle import IN_FORCE, MemberState
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries.visible import visible_to
from kinolab.calls.models import Criterion
from kinolab.foundation.prepared import prepared
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.domain.counting import Unit, count
from kinolab.foundation.questions.domain.seeing import SeenBy, seen_by_of
from kinolab.labs.models import Edition
from kinolab.reviews.domain import conflicts, scoring
from kinolab.reviews.models import Conflict, Reader

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def to_read(edition: Edition, person: "Person | None" = None) -> list[Application]:
    """Applications that are read: sent and not ineligible; with a person, only those they may know of."""
    found = Application.objects.filter(call__edition=edition, stage__in=[stage.value for stage in IN_FORCE]).exclude(
        checked="ineligible"
    )
    if person is not None:
        found = visible_to(person, found)
    return list(found.only("pk", "code", "number", "title", "language", "call_id").order_by("number"))


def readers_of(edition: Edition) -> list[Reader]:
    """Who reads for the edition now."""
    return list(
        Reader.objects.filter(edition=edition, left_at=None).select_related("person").order_by("person__name", "pk")
    )


def strands_read(reader: Reader) -> list[str]:
    """The slugs of the strands for which somebody reads alone; none: for all. One query."""
    return sorted(reader.strands.order_by().values_list("slug", flat=True))


class _Pair:
    """An application and a reader who must not meet."""

    __slots__ = ("application", "reader", "reasons")

    def __init__(self, application: int, reader: int, reasons: tuple[str, ...]) -> None:
        self.application, self.reader, self.reasons = application, reader, reasons


def all_conflicts(edition: Edition, readers: Iterable[Reader]) -> list[_Pair]:
    """Conflicts that follow from facts, and those that were declared. Two queries."""
    readers = list(readers)
    declared: dict[int, set[str]] = {}
    for reader, application in Conflict.objects.filter(reader__edition=edition).values_list(
        "reader_id", "application_id"
    ):
        declared.setdefault(reader, set()).add(str(application))
    people: dict[int, list[tuple[int | None, str]]] = {}
    members = TeamMember.objects.filter(
        application__call__edition=edition, state__in=[MemberState.JOINED.value, MemberState.INVITED.value]
    )
    for application, person, email in members.values_list("application_id", "person_id", "email"):
        people.setdefault(application, []).append((person, email))
    found = conflicts.conflicts(
        [
            conflicts.ReaderFacts(
                key=str(one.pk),
                person=str(one.person_id),
                emails=frozenset({one.person.email}),
                companies=frozenset({one.company} if one.company else ()),
                declared=frozenset(declared.get(one.pk, ())),
            )
            for one in readers
        ],
        [
            conflicts.ApplicationFacts(
                key=str(application),
                people=frozenset(str(person) for person, _ in team if person),
                emails=frozenset(email for _, email in team),
            )
            for application, team in people.items()
        ],
    )
    pairs = [
        _Pair(int(one.application), int(one.reader), tuple(reason.value for reason in one.reasons)) for one in found
    ]
    known = {(pair.application, pair.reader) for pair in pairs}
    pairs += [
        _Pair(int(application), reader, (conflicts.ConflictReason.DECLARED.value,))
        for reader, applications in declared.items()
        for application in applications
        if (int(application), reader) not in known
    ]
    return pairs


def criteria_of(edition: Edition) -> list[Criterion]:
    """The rubric of the edition's call."""
    return _criteria(edition.pk)


@prepared
def _criteria(edition: int) -> QuerySet[Criterion]:
    return Criterion.objects.filter(call__edition=edition).order_by("order")


def as_rules(criteria: Iterable[Criterion]) -> list[scoring.Criterion]:
    """The rubric as plain values."""
    return [scoring.Criterion(one.code, float(one.weight)) for one in criteria]


def _texts(question: dict) -> list[str]:
    """A text, or the same in several languages: the reader reads one, the longest counts."""
    value = question.get("value")
    if isinstance(value, dict) and question["kind"] in (Kind.TEXT, Kind.LONG_TEXT):
        return [max((str(part) for part in value.values()), key=len, default="")]
    return [value] if isinstance(value, str) else []


def minutes_of(content: dict) -> int:
    """An honest guess at the time to read what readers see: two hundred words a minute and the scoring, by fives."""
    words = sum(
        count(text, Unit.WORDS)
        for section in content["sections"]
        for question in section["questions"]
        if seen_by_of(question) is SeenBy.READERS
        for text in _texts(question)
    )
    return max(10, -(-(words // 200 + 8) // 5) * 5)
