"""The page of one's own part: what is asked of the person, and how far the others have come with theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from kinolab.applications.models import TeamMember
from kinolab.applications.queries.dossier import Dossier
from kinolab.applications.queries.form import Field, own_fields
from kinolab.applications.queries.parts import Part
from kinolab.applications.queries.snapshot import ShownAnswer, shown_answer
from kinolab.calls.domain.teams import Signatures
from kinolab.foundation.questions.domain.seeing import SENSITIVE


@dataclass(frozen=True, slots=True)
class OtherPart:
    """Somebody else's part: whether it is done, and of its answers those that are not personal."""

    part: Part
    answers: Sequence[ShownAnswer]
    private: int

    @property
    def is_done(self) -> bool:
        """Whether everything asked of them is answered."""
        return not self.part.unanswered


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What the page shows."""

    part: Part | None
    fields: list[Field]
    others: Sequence[OtherPart]

    @property
    def asks_signature(self) -> bool:
        """Whether people of this call sign."""
        return self.part is not None and self.part.asks_signature is not Signatures.NONE


def sum_of(dossier: Dossier, member: TeamMember) -> str:
    """The sum of somebody's own part as it is now, whether anything is asked of people or not."""
    me = next((one for one in dossier.team if one.pk == member.pk), member)
    return (dossier.part_of(me) or Part(me, [], {}, {})).sum


def own_page(dossier: Dossier, me: TeamMember) -> OwnPage:
    """Gather it from the dossier; no query."""
    part = dossier.part_of(me)
    fields = own_fields(part) if part else []
    return OwnPage(part, fields, [_other(one) for one in dossier.parts if one.member.pk != me.pk])


def _other(part: Part) -> OtherPart:
    open_ = [one for one in part.shown if one.pii_level < SENSITIVE]
    private = [one for one in part.questions if one.pii_level >= SENSITIVE]  # all: those that show would tell why
    return OtherPart(part, [shown_answer(part, one) for one in open_], len(private))
