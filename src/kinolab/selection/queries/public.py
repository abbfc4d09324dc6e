"""What everybody may know once it is announced: the results page, an applicant's step, the rail's milestone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kinolab.applications.domain.lifecycle import LadderStep
from kinolab.applications.models import Application
from kinolab.applications.queries.table import choice_names
from kinolab.calls.models import Call
from kinolab.labs.models import Edition
from kinolab.selection.domain.lifecycle import FINAL, Outcome
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
    selected: Sequence[Application]
    received: int
    names: Mapping[str, str]

    @property
    def edition(self) -> Edition:
        """The edition."""
        return self.call.edition

    @property
    def countries(self) -> int:
        """From how many countries the selected projects come."""
        return len({one.country for one in self.selected if one.country})


def announcement_of(edition: Edition) -> Announcement | None:
    """The edition's announcement, if it was made."""
    return Announcement.objects.filter(edition=edition).first()


def announcements() -> dict[int, datetime]:
    """When results were announced, by edition. One query."""
    return dict(Announcement.objects.values_list("edition_id", "announced_at"))


def results_page(call: Call) -> ResultsPage | None:
    """What was announced in the call's edition; None before. Four queries."""
    announcement = announcement_of(call.edition)
    if announcement is None:
        return None
    announced = Decision.objects.filter(application__call=call, announced_at__isnull=False)
    selected = Application.objects.filter(
        decision__in=announced.filter(outcome=Outcome.SELECTED.value), withdrawn_at=None
    ).only("title", "language", "people", "country", "kind", "project_stage", "number", "code")
    # Titles in two scripts: the folded text gives one order for both.
    return ResultsPage(
        call, announcement, list(selected.order_by("search_text", "pk")), announced.count(), choice_names(call)
    )


def milestones(edition: Edition) -> dict[str, datetime | None]:
    """When the results were announced, for the rail. One query."""
    known = Announcement.objects.filter(edition=edition).values_list("announced_at", flat=True).first()
    return {"announced_at": known} if known else {}


def deciders(applications: Collection[int]) -> Mapping[int, Collection[int]]:
    """Who decided about these applications. One query."""
    rows = Decision.objects.filter(application__in=applications).values_list("application_id", "decided_by_id")
    return {application: (person,) for application, person in rows}


def announced_steps(applications: Collection[int]) -> Mapping[int, LadderStep]:
    """What was announced about these applications; nothing about those still pending. One query."""
    rows = Decision.objects.filter(
        application__in=applications, announced_at__isnull=False, outcome__in=[one.value for one in FINAL]
    ).values_list("application_id", "outcome")
    return {application: STEPS[Outcome(outcome)] for application, outcome in rows}
