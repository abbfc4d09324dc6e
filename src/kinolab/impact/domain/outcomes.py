"""What became of people and films: what may be shown, what counts as verified, what stands there already. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kinolab.foundation.refusals import Refusal
from kinolab.impact.domain.vocabularies import OutcomeKind, Publishing, Standing

# With these an outcome may be read by everybody.
OPEN = frozenset({Publishing.AGREED, Publishing.PUBLIC_ALREADY, Publishing.OF_THE_LAB})
# What whoever it is about has said: nobody else changes it, except by asking again.
SAID = frozenset({Publishing.AGREED, Publishing.REFUSED, Publishing.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome as somebody told it: one row of a file, or of the form."""

    kind: OutcomeKind
    title: str
    on: date | None = None
    country: str = ""
    source_url: str = ""

    @property
    def key(self) -> tuple[str, str, int]:
        """By what a second telling of the same is known: what, where, in which year."""
        return (self.kind.value, " ".join(self.title.casefold().split()), self.on.year if self.on else 0)


def is_shown(standing: Standing, publishing: Publishing, objection: str) -> bool:
    """Whether everybody may read it: verified, agreed to, and nobody whom it is about says that it is wrong."""
    return standing is Standing.VERIFIED and publishing in OPEN and not objection


def why_not_verify(source: str, source_url: str) -> Refusal | None:
    """Say why it cannot be verified: there is nothing that somebody could look up."""
    return None if source_url.strip() or source.strip() else Refusal("outcome_needs_source")


def answered(before: Publishing, *, agrees: bool) -> Publishing:
    """Return what follows from an answer: whoever had agreed, or stood there already, takes it back."""
    if agrees:
        return Publishing.AGREED
    return Publishing.WITHDRAWN if before in OPEN or before is Publishing.WITHDRAWN else Publishing.REFUSED


def counted(kinds: Iterable[OutcomeKind]) -> Mapping[OutcomeKind, int]:
    """Return how many of each kind, in the order of the list."""
    told = list(kinds)
    return {kind: told.count(kind) for kind in OutcomeKind if kind in told}
