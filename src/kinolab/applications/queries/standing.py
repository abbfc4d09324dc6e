"""The strands of a call, and those in which an application stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kinolab.applications.domain import strands
from kinolab.applications.domain.completeness import Member
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.domain.strands import StrandFacts
from kinolab.applications.models import Application, Candidacy
from kinolab.calls.models import Strand
from kinolab.foundation.prepared import prepared
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

    @property
    def is_to_choose(self) -> bool:
        """Whether its page has anything to choose: strands that no question asks for, or to apply without a project."""
        several = len(self.known) > 1 and not self.is_asked
        return several or self.application.without_project or any(one.without_project for one in self.known)

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


def with_demands(applications: QuerySet[Application]) -> QuerySet[Application]:
    """The applications, each with `asks_strands`: whether its call leaves anything about strands to be asked."""
    of_call = Strand.objects.filter(call=OuterRef("call"))
    several = of_call.order_by().values("call").annotate(number=Count("pk")).filter(number__gt=1)
    return applications.annotate(
        asks_strands=Q(Exists(several)) | Q(Exists(of_call.exclude(roles=[]))) | Q(without_project=True)
    )


def facts_of(strand: Strand) -> StrandFacts:
    """A strand as the rules know it."""
    return StrandFacts(strand.slug, strand.name, frozenset(strand.roles), strand.without_project)


def standing_of(application: Application, team: Iterable[Member], answered: object, *, is_asked: bool) -> Standing:
    """Gather it. One query, none where the call is known to leave nothing to be asked.

    Where a question asks for strands, its answer counts; else what was chosen.
    """
    if getattr(application, "asks_strands", True) is False:
        return Standing(application, (), (), (), frozenset(), is_asked)
    known = _strands(application.call_id, application.pk)
    named = {str(one) for one in (answered if isinstance(answered, list) else [answered]) if one}
    held = [one for one in known if one.is_held]
    chosen = [one for one in known if one.slug in named] if is_asked else held
    present = [one.roles for one in team if one.state in (MemberState.JOINED, MemberState.INVITED)]
    return Standing(application, known, chosen, held, frozenset[str]().union(*present), is_asked)


@prepared
def _strands(call: int, application: int) -> QuerySet[Strand]:
    own = Candidacy.objects.filter(application=application, strand=OuterRef("pk"))
    return Strand.objects.filter(call=call).annotate(is_held=Exists(own))
