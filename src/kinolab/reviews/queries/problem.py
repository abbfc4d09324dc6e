"""The problem of assignment, as plain values for the rules."""

from collections.abc import Iterable
from itertools import product

from kinolab.reviews.domain import assignment
from kinolab.reviews.domain.lifecycle import ACTIVE, ReadingState
from kinolab.reviews.models import Reading, ReviewPhase
from kinolab.reviews.queries import facts
from kinolab.reviews.queries.pieces import Piece, key_of, pieces, strands_of

READING_MINUTES = 25  # an application without film material


def assignment_problem(phase: ReviewPhase) -> assignment.Problem:
    """Everything the assignment has to respect. Five queries; seven where each strand is read on its own."""
    items, readers = pieces(phase), facts.readers_of(phase.edition)
    strands = strands_of(phase, readers)
    given = Reading.objects.filter(phase=phase)
    kept = given.filter(state__in=[state.value for state in ACTIVE])
    left = given.filter(state__in=[ReadingState.ABSTAINED.value, ReadingState.RELEASED.value])
    conflicts = {(one.application, one.reader) for one in facts.all_conflicts(phase.edition, readers)}
    return assignment.Problem(
        applications=tuple(
            assignment.Item(one.key, one.application.language, READING_MINUTES, one.strand) for one in items
        ),
        readers=tuple(
            assignment.Reader(str(one.pk), frozenset(one.languages), one.capacity, strands.get(one.pk, frozenset()))
            for one in readers
        ),
        readings_each=phase.readings_each,
        forbidden=frozenset(_pairs(left.values_list("application_id", "candidacy_id", "reader_id")))
        | forbidden(items, conflicts),
        kept=frozenset(_pairs(kept.values_list("application_id", "candidacy_id", "reader_id"))),
    )


def forbidden(items: Iterable[Piece], conflicts: Iterable[tuple[int, int]]) -> frozenset[assignment.Pair]:
    """A conflict with an application is one with everything that is read of it."""
    keys: dict[int, list[str]] = {}
    for one in items:
        keys.setdefault(one.application.pk, []).append(one.key)
    return frozenset(
        pair
        for application, reader in conflicts
        for pair in product(keys.get(application, [str(application)]), [str(reader)])
    )


def _pairs(rows: Iterable[tuple[int, int | None, int]]) -> Iterable[assignment.Pair]:
    return ((key_of(application, candidacy), str(reader)) for application, candidacy, reader in rows)
