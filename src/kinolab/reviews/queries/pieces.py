"""What is read: an application for all its strands at once, or, where each strand is read on its own, each candidacy."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinolab.applications.models import Application, Candidacy
from kinolab.reviews.models import Reader, ReviewPhase
from kinolab.reviews.queries import facts

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to read; without a candidacy it counts for all strands of its application."""

    application: Application
    candidacy: Candidacy | None = None

    def __str__(self) -> str:
        return str(self.candidacy or self.application)

    @property
    def key(self) -> str:
        """What names it in a plan of assignment."""
        return key_of(self.application.pk, self.candidacy.pk if self.candidacy else None)

    @property
    def strand(self) -> str:
        """The strand for which it is read alone; empty for all, and in a call without strands."""
        return self.candidacy.strand.slug if self.candidacy and self.candidacy.strand else ""


def key_of(application: int, candidacy: int | None) -> str:
    """The key of what a reading is about."""
    return f"c{candidacy}" if candidacy else str(application)


def pieces(phase: ReviewPhase, person: "Person | None" = None) -> list[Piece]:
    """Everything that is to be read in the phase; with a person, what they may know of. Two queries at most."""
    return pieces_of(phase, facts.to_read(phase.edition, person))


def pieces_of(phase: ReviewPhase, applications: Iterable[Application]) -> list[Piece]:
    """What is to be read of these applications in the phase, in their order. One query, or none."""
    rows = {one.pk: one for one in applications}
    if not phase.each_strand:
        return [Piece(one) for one in rows.values()]
    found: dict[int, list[Candidacy]] = {}
    for one in Candidacy.objects.filter(application__in=rows).select_related("strand").order_by("strand__order", "pk"):
        one.application = rows[one.application_id]
        found.setdefault(one.application_id, []).append(one)
    return [Piece(application, one) for pk, application in rows.items() for one in found.get(pk, ())]


def by_key(keys: Collection[str]) -> dict[str, Piece]:
    """The pieces of these keys. Two queries at most."""
    whole = [int(key) for key in keys if key.isdecimal()]
    single = [int(key[1:]) for key in keys if key.startswith("c") and key[1:].isdecimal()]
    found = {str(pk): Piece(one) for pk, one in Application.objects.in_bulk(whole).items()} if whole else {}
    if single:
        rows = Candidacy.objects.select_related("application", "strand").in_bulk(single)
        found |= {f"c{pk}": Piece(one.application, one) for pk, one in rows.items()}
    return found


def strands_of(phase: ReviewPhase, readers: Iterable[Reader]) -> Mapping[int, frozenset[str]]:
    """For which strands these read alone, by number; those who read for all are not named. One query, or none."""
    if not phase.each_strand:
        return {}
    found: dict[int, set[str]] = {}
    rows = Reader.strands.through.objects.filter(reader__in=[one.pk for one in readers])
    for reader, slug in rows.values_list("reader_id", "strand__slug"):
        found.setdefault(reader, set()).add(slug)
    return {reader: frozenset(slugs) for reader, slugs in found.items()}
