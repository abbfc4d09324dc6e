"""The applicant's home: every application with the way it has gone, and what it needs from its team.

That an application is being read, and what was decided, the later rooms tell: the former as a bare yes, the latter only
once it has been announced.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kinolab.applications.domain.lifecycle import EDITABLE, LadderStep, Stage, ladder
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries import mine
from kinolab.applications.queries.later import later_steps
from kinolab.applications.queries.until import draft_window
from kinolab.calls.domain.window import Phase, phase
from kinolab.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class Own:
    """One application of a person. `tasks` are codes of what it needs from its team."""

    application: Application
    taken: Sequence[LadderStep]
    coming: Sequence[LadderStep | str]  # the steps still ahead, "results" last
    tasks: Sequence[str]
    open: bool
    result: LadderStep | None
    before: Sequence["Own"] = ()  # the same project in earlier calls, the latest first

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
    later = later_steps([one.pk for one in applications])
    own = _by_project([_own(one, later, at) for one in applications])
    return MinePage(own, mine.invitations_for(person))


def _by_project(own: Sequence[Own]) -> list[Own]:
    """One entry a project: its latest application, with those before that need nothing any more."""
    found: dict[object, Own] = {}
    for one in sorted(own, key=lambda one: one.application.created_at, reverse=True):
        key = one.application.project_id or f"own-{one.application.pk}"
        first = found.get(key)
        if first is None or one.tasks:
            found[key if first is None else f"own-{one.application.pk}"] = one
        else:
            found[key] = replace(first, before=[*first.before, one])
    order = {one.application.pk: place for place, one in enumerate(own)}
    return sorted(found.values(), key=lambda one: order[one.application.pk])


def _own(application: Application, later: Sequence[Mapping[int, LadderStep]], at: datetime) -> Own:
    facts = mine.ladder_facts(application, at, told=application.told_findings, later=later)
    now = phase(draft_window(application), at)
    taken = ladder(facts)
    return Own(
        application, taken, coming(taken[-1]), list(_tasks(application, now, at)), now is Phase.OPEN, facts.result
    )


# What lies between a draft and the results, and from where each step is still ahead.
_AHEAD: tuple[LadderStep | str, ...] = (
    LadderStep.SUBMITTED, LadderStep.BEING_CHECKED, LadderStep.BEING_READ, "results",
)  # fmt: skip
_PASSED = {
    LadderStep.DRAFT: 0,
    LadderStep.READY: 0,
    LadderStep.REOPENED: 0,
    LadderStep.SUBMITTED: 1,
    LadderStep.BEING_CHECKED: 2,
    LadderStep.ELIGIBLE: 2,
    LadderStep.BEING_READ: 3,
}


def coming(stands: LadderStep) -> Sequence[LadderStep | str]:
    """The steps ahead of an application; none once its way has ended."""
    return _AHEAD[_PASSED[stands] :] if stands in _PASSED else ()


def _tasks(application: Application, now: Phase, at: datetime) -> Iterable[str]:
    if application.correction_until and at < application.correction_until:
        yield "correct"
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
