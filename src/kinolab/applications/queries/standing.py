"""The strands of a call, and those in which an application stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef

from kinolab.applications.domain import strands
from kinolab.applications.domain.completeness import Member
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.domain.strands import StrandFacts
from kinolab.applications.models import Application, Candidacy
from kinolab.calls.models import Strand
from kinolab.foundation.refusals import Refusal

STRANDS = "strands"


@dataclass
class Standing:
    """The strands of the call in order, those chosen, and those in which candidacies are held already.

    `is_asked` when a question asks for them: then its answer chooses.
    """

    application: Application
    known: Sequence[Strand]
    chosen: Sequence[Strand]
    held: Sequence[Strand]
    roles: frozenset[str]
    is_asked: bool

    @cached_property
    def lacking(self) -> list[Refusal]:
        """What the application lacks for its strands; with one strand alone there is nothing to choose."""
        chosen = self.chosen or (self.known if len(self.known) == 1 else ())
        return strands.lacking(
            [facts_of(one) for one in self.known],
            [facts_of(one) for one in chosen],
            roles=self.roles,
            maximum=self.application.call.strands_max,
            without_project=self.application.without_project,
        )


def facts_of(strand: Strand) -> StrandFacts:
    """A strand as the rules know it."""
    return StrandFacts(strand.slug, strand.name, frozenset(strand.roles), strand.without_project)


def standing_of(application: Application, team: Iterable[Member], answered: object, *, is_asked: bool) -> Standing:
    """Gather it. One query. Where a question asks for strands, its answer counts; else what was chosen."""
    own = Candidacy.objects.filter(application=application.pk, strand=OuterRef("pk"))
    known = list(application.call.strands.annotate(is_held=Exists(own)))
    named = {str(one) for one in (answered if isinstance(answered, list) else [answered]) if one}
    held = [one for one in known if one.is_held]
    chosen = [one for one in known if one.slug in named] if is_asked else held
    present = [one.roles for one in team if one.state in (MemberState.JOINED, MemberState.INVITED)]
    return Standing(application, known, chosen, held, frozenset[str]().union(*present), is_asked)
