"""What everybody may know once it is announced: the results page, an applicant's step, the rail's milestone."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from kinolab.applications.domain.lifecycle import LadderStep
from kinolab.applications.models import Application, Candidacy
from kinolab.applications.queries.table import choice_names
from kinolab.calls.models import Call, Strand
from kinolab.foundation.prepared import prepared
from kinolab.labs.models import Edition
from kinolab.selection.domain.lifecycle import FINAL, Outcome, best
from kinolab.selection.models import Announcement, Decision

STEPS = {
    Outcome.SELECTED: LadderStep.SELECTED,
    Outcome.WAITLIST: LadderStep.WAITLIST,
    Outcome.REJECTED: LadderStep.NOT_CHOSEN,
    Outcome.INELIGIBLE: LadderStep.NOT_ELIGIBLE,
}


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What was announced: the selected projects by title, and nothing about the others but how many there were."""

    call: Call
    announcement: Announcement
    groups: Sequence["Chosen"]
    received: int
    names: Mapping[str, str]

    @property
    def selected(self) -> Sequence[Application]:
        """Every selected project once."""
        return list({one.pk: one for group in self.groups for one in group.projects}.values())

    @property
    def edition(self) -> Edition:
        """The edition."""
        return self.call.edition

    @property
    def countries(self) -> int:
        """From how many countries the selected projects come."""
        return len({one.country for one in self.selected if one.country})


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is selected in a strand; `strand` is None where the call has not several."""

    strand: Strand | None
    projects: Sequence[Application]


def announcement_of(edition: Edition) -> Announcement | None:
    """The edition's announcement, if it was made."""
    return Announcement.objects.filter(edition=edition).first()


def announcements() -> dict[int, datetime]:
    """When results were announced, by edition. One query."""
    return dict(Announcement.objects.values_list("edition_id", "announced_at"))


def results_page(call: Call) -> ResultsPage | None:
    """What was announced in the call's edition; None before. Five queries."""
    announcement = announcement_of(call.edition)
    if announcement is None:
        return None
    announced = Decision.objects.filter(application__call=call, announced_at__isnull=False)
    received = announced.order_by().values("application").distinct().count()
    return ResultsPage(call, announcement, _chosen(call, announced), received, choice_names(call))


def _chosen(call: Call, announced: QuerySet[Decision]) -> list[Chosen]:
    """The selected projects by title, strand by strand where the call has several. Two queries."""
    selected = Candidacy.objects.filter(
        decision__in=announced.filter(outcome=Outcome.SELECTED.value), application__withdrawn_at=None
    )
    shown = ("title", "language", "people", "country", "kind", "project_stage", "number", "code")
    # Titles in two scripts: the folded text gives one order for both.
    rows = list(
        selected.select_related("application")
        .only("strand", *(f"application__{name}" for name in shown))
        .order_by("application__search_text", "pk")
    )
    strands = list(call.strands.all())
    if len(strands) < 2:
        return [Chosen(None, list({one.application_id: one.application for one in rows}.values()))]
    groups = [Chosen(each, [one.application for one in rows if one.strand_id == each.pk]) for each in strands]
    return [one for one in groups if one.projects]


def milestones(edition: Edition) -> dict[str, datetime | None]:
    """When the results were announced, for the rail. One query."""
    known = _announcement.first(edition.pk)
    return {"announced_at": known.announced_at} if known else {}


@prepared
def _announcement(edition: int) -> QuerySet[Announcement]:
    """That of the edition with this number, if there is one."""
    return Announcement.objects.filter(edition=edition)


def projects_selected(call: Call) -> int:
    """How many projects were announced as selected; in several strands, once. One query."""
    announced = Decision.objects.filter(
        application__call=call, application__withdrawn_at=None, announced_at__isnull=False,
        outcome=Outcome.SELECTED.value,
    )  # fmt: skip
    return announced.order_by().values("application").distinct().count()


def deciders(applications: Collection[int]) -> Mapping[int, Collection[int]]:
    """Who decided about these applications. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Decision.objects.filter(application__in=applications).values_list("application_id", "decided_by_id")
    for application, person in rows:
        found[application].add(person)
    return found


def announced_steps(applications: Collection[int]) -> Mapping[int, LadderStep]:
    """The best that was announced about these applications; nothing about those still pending. One query."""
    return {application: STEPS[best(outcomes.values())] for application, outcomes in _announced(applications).items()}


def announced_in_strands(applications: Collection[int]) -> Mapping[int, Mapping[str, LadderStep]]:
    """What was announced about these applications in each strand ("": the call as a whole). One query."""
    return {
        application: {slug: STEPS[outcome] for slug, outcome in outcomes.items()}
        for application, outcomes in _announced(applications).items()
    }


def _announced(applications: Collection[int]) -> Mapping[int, Mapping[str, Outcome]]:
    found: dict[int, dict[str, Outcome]] = defaultdict(dict)
    rows = Decision.objects.filter(
        application__in=applications, announced_at__isnull=False, outcome__in=[one.value for one in FINAL]
    )
    for application, slug, outcome in rows.values_list("application_id", "candidacy__strand__slug", "outcome"):
        found[application][slug or ""] = Outcome(outcome)
    return found


def decided_upon(candidacies: Collection[int]) -> Collection[int]:
    """Those of these candidacies about which something is decided, so that no team leaves them. One query."""
    return set(Decision.objects.filter(candidacy__in=candidacies).values_list("candidacy_id", flat=True))
