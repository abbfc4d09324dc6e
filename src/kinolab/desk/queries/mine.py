"""The applicant's home: every application with the way it has gone, and what it needs from its team.

The dossier's facts come from applications; that it is being read, and what was decided, from the later rooms: the
former as a bare yes, the latter only once it has been announced.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kinolab.applications.domain.lifecycle import EDITABLE, LadderStep, Stage, ladder
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries import mine
from kinolab.applications.queries.dossier import call_window
from kinolab.calls.domain.window import Phase, phase
from kinolab.foundation.people.models import Person
from kinolab.reviews.models import Reading
from kinolab.selection.domain.lifecycle import FINAL, Outcome
from kinolab.selection.models import Decision

RESULTS = {
    Outcome.SELECTED: LadderStep.SELECTED,
    Outcome.WAITLIST: LadderStep.WAITLIST,
    Outcome.REJECTED: LadderStep.NOT_CHOSEN,
    Outcome.INELIGIBLE: LadderStep.NOT_ELIGIBLE,
}


@dataclass(frozen=True, slots=True)
class Own:
    """One application of a person. `tasks` are codes of what it needs from its team."""

    application: Application
    taken: Sequence[LadderStep]
    tasks: Sequence[str]
    open: bool
    result: LadderStep | None

    @property
    def stands(self) -> LadderStep:
        """Where it stands."""
        return self.taken[-1]


@dataclass(frozen=True, slots=True)
class MinePage:
    """Everything the applicant's home shows."""

    own: Sequence[Own]
    invitations: Sequence[TeamMember]

    @property
    def good_news(self) -> Sequence[Own]:
        """Applications that were selected."""
        return [one for one in self.own if one.result is LadderStep.SELECTED]


def mine_page(person: Person, at: datetime) -> MinePage:
    """A person's applications; six queries, however many there are."""
    applications = mine.applications_of(person)
    numbers = [one.pk for one in applications]
    results = announced_outcomes(numbers)
    read = being_read(numbers)
    own = [_own(one, results.get(one.pk), one.pk in read, at) for one in applications]
    return MinePage(own, mine.invitations_for(person))


def announced_outcomes(applications: Iterable[int]) -> dict[int, LadderStep]:
    """What was announced about these applications, by number; nothing about those still pending."""
    rows = Decision.objects.filter(
        application__in=applications, announced_at__isnull=False, outcome__in=[one.value for one in FINAL]
    ).values_list("application_id", "outcome")
    return {application: RESULTS[Outcome(outcome)] for application, outcome in rows}


def being_read(applications: Iterable[int]) -> set[int]:
    """Which of these applications have been given to readers; not to whom, nor to how many."""
    rows = Reading.objects.filter(application__in=applications).values_list("application_id", flat=True)
    return set(rows.distinct())


def _own(application: Application, result: LadderStep | None, read: bool, at: datetime) -> Own:
    told = application.told_findings
    facts = mine.ladder_facts(application, at, told=told, being_read=read, result=result)
    now = phase(call_window(application.call), at)
    return Own(application, ladder(facts), list(_tasks(application, now)), now is Phase.OPEN, result)


def _tasks(application: Application, now: Phase) -> Iterable[str]:
    if application.stage in EDITABLE and now in (Phase.OPEN, Phase.GRACE):
        if application.stage == Stage.REOPENED:
            yield "send_again"
        elif application.asked and application.filled >= application.asked:
            yield "send"
        else:
            yield "fill"
    for finding in application.told_findings:
        if finding.objected_at is None and (finding.override or finding.outcome) != "yes":
            yield "answer"
            return
