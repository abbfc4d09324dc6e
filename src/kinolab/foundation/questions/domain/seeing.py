"""Who sees an answer, beside the team that gave it."""

from collections.abc import Mapping
from enum import StrEnum

SENSITIVE = (
    2  # the level of personal data from which an answer is for those alone who may see contacts, and for its person
)


class SeenBy(StrEnum):
    """From many to few."""

    READERS = "readers"
    DECIDERS = "deciders"
    NAMED = "named"


def may_see(seen_by: SeenBy, *, reads: bool, decides: bool, named: bool) -> bool:
    """Whether somebody sees an answer: a reader, somebody of the office or the jury, one of the named people.

    Named people see what is for them alone; the others, whatever they may do besides, do not.
    """
    if seen_by is SeenBy.NAMED:
        return named
    return decides or (reads and seen_by is SeenBy.READERS)


def seen_by_of(question: Mapping[str, object]) -> SeenBy:
    """Who sees the answer of a snapshot; those of the first format say only whether readers do."""
    said = question.get("seen_by")
    if said is not None:
        return SeenBy(str(said))
    return SeenBy.READERS if question.get("readers_see", True) else SeenBy.DECIDERS
