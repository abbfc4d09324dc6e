"""The outbox of an edition: what was written to whom, and how each letter stands."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from kinolab.foundation.mail.actions import TAKEN_OUT
from kinolab.foundation.mail.domain.lifecycle import LetterState
from kinolab.foundation.mail.models import Letter


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor of the outbox asks for."""

    words: str = ""
    state: str = ""
    kind: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        """From the address of the page; a state that is none asks for nothing."""
        state = query.get("state", "")
        known = state if state in {one.value for one in LetterState} else ""
        return cls(query.get("q", "").strip()[:100], known, query.get("kind", "")[:40])

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows the outbox."""
        return bool(self.words or self.state or self.kind)


def asked_for(letters: QuerySet[Letter], asked: Asked) -> QuerySet[Letter]:
    """Those of the letters that are asked for, with who they are to and without their texts."""
    letters = letters.select_related("person").defer("body", "secret")
    if asked.state:
        letters = letters.filter(state=asked.state)
    if asked.kind:
        letters = letters.filter(kind=asked.kind)
    if asked.words:
        letters = letters.filter(
            Q(to_email__icontains=asked.words)
            | Q(person__name__icontains=asked.words)
            | Q(subject__icontains=asked.words)
        )
    return letters


def kinds_of(letters: QuerySet[Letter]) -> list[tuple[str, int]]:
    """Which kinds there are, and how many of each."""
    return list(letters.order_by("kind").values_list("kind").annotate(number=Count("pk")))


def shown_text(letter: Letter) -> str:
    """The body as others than its reader may see it: without a link that is the reader's alone."""
    return letter.body.replace(letter.secret, TAKEN_OUT) if letter.secret else letter.body
