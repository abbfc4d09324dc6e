"""Appeals as teams and the panel see them, and the facts that decide who may lodge and who may sit."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kinolab.applications.domain.appeals import Against, AppealFacts, why_not_lodge
from kinolab.applications.domain.lifecycle import IN_FORCE, AppealState, LadderStep, MemberState
from kinolab.applications.models import Appeal, Application, Finding, TeamMember
from kinolab.applications.queries.later import announced_in_strands
from kinolab.applications.queries.visible import visible_to
from kinolab.calls.domain.eligibility import Outcome
from kinolab.calls.models import Strand
from kinolab.foundation.refusals import Refusal
from kinolab.labs.models import Edition, Membership

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

AGAINST_RESULTS = frozenset({LadderStep.NOT_CHOSEN, LadderStep.WAITLIST, LadderStep.NOT_ELIGIBLE})
Deciders = Callable[[Collection[int]], Mapping[int, Collection[int]]]
_deciders: list[Deciders] = []


def register_deciders(deciders: Deciders) -> None:
    """Let a later room tell who decided about applications, by number. Called once, from its `ready`."""
    if deciders not in _deciders:
        _deciders.append(deciders)


def deciders_of(applications: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Who decided about each application, in the check or later. One query a room."""
    found: dict[int, set[int]] = defaultdict(set)
    checked = Finding.objects.filter(application__in=applications, decided_by__isnull=False)
    for application, person in checked.values_list("application_id", "decided_by_id"):
        found[application].add(person)
    for deciders in _deciders:
        for application, people in deciders(applications).items():
            found[application] |= set(people)
    return defaultdict(frozenset, {one: frozenset(people) for one, people in found.items()})


def appeal_facts(application: Application) -> AppealFacts:
    """What deciding about a new appeal needs. Three queries and one a later room."""
    before = list(application.appeals.exclude(state=AppealState.TAKEN_BACK).values_list("against", flat=True))
    return AppealFacts(application.call.appeals_until, against_what(application), [Against(one) for one in before])


def against_what(application: Application) -> Against | None:
    """What stands against the application and was told: the announced result, else the check."""
    announced = announced_in_strands([application.pk]).get(application.pk, {})
    return _against(application, application.findings.filter(told_at__isnull=False), _worst(announced.values()))


def _worst(results: Iterable[LadderStep]) -> LadderStep | None:
    """What can be appealed against in any strand; else what was announced at all."""
    made = set(results)
    return next((one for one in made if one in AGAINST_RESULTS), next(iter(made), None))


def strands_against(applications: Collection[int]) -> dict[int, list[str]]:
    """The strands in which each of these got less than a place, where it stands in several. One query a room."""
    return {
        application: [slug for slug, step in steps.items() if step in AGAINST_RESULTS]
        for application, steps in announced_in_strands(applications).items()
        if len(steps) > 1
    }


def _against(application: Application, told: Iterable[Finding], result: LadderStep | None) -> Against | None:
    if application.stage not in IN_FORCE:
        return None
    if result in AGAINST_RESULTS:
        return Against.RESULT
    said_no = application.checked == "ineligible" and any((one.override or one.outcome) == Outcome.NO for one in told)
    # Once something was announced, that alone can be appealed against.
    return Against.CHECK if said_no and result is None else None


# --- The panel -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AppealRow:
    """An appeal as the panel sees it: with who decided before and who is in the team, by number."""

    appeal: Appeal
    deciders: frozenset[int]
    team: frozenset[int]
    strands: Sequence[Strand] = ()  # in which it may be upheld, where there are several

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.appeal.state == AppealState.LODGED


def appeals(person: "Person", edition: Edition) -> list[AppealRow]:
    """The edition's appeals that the person may know of, those that wait first. A handful of queries, however many."""
    may_see = visible_to(person, Application.objects.filter(call__edition=edition))
    rows = list(
        Appeal.objects.filter(application__in=may_see)
        .exclude(state=AppealState.TAKEN_BACK)
        .select_related("application", "lodged_by", "decided_by")
        .defer("application__search_text")
    )
    numbers = [one.application_id for one in rows]
    deciders, teams = deciders_of(numbers), _teams(numbers)
    rows.sort(key=lambda one: one.state != AppealState.LODGED)
    against = strands_against(numbers)
    known = list(Strand.objects.filter(call__edition=edition)) if any(against.values()) else []
    return [
        AppealRow(
            one,
            deciders[one.application_id],
            teams[one.application_id],
            [each for each in known if each.slug in against.get(one.application_id, ())],
        )
        for one in rows
    ]


def waiting(person: "Person", edition: Edition) -> int:
    """How many appeals wait for the panel. One query."""
    may_see = visible_to(person, Application.objects.filter(call__edition=edition))
    return Appeal.objects.filter(application__in=may_see, state=AppealState.LODGED).count()


def _teams(applications: Iterable[int]) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = TeamMember.objects.filter(application__in=list(applications), state=MemberState.JOINED)
    for application, person in rows.order_by().values_list("application_id", "person_id"):
        found[application].add(person)
    return defaultdict(frozenset, {one: frozenset(people) for one, people in found.items()})


def team_numbers(application: Application) -> frozenset[int]:
    """Who is in the team, by number. One query."""
    return _teams([application.pk])[application.pk]


def panel(edition: Edition) -> list[Membership]:
    """Who sits in the panel. One query."""
    seats = Membership.objects.filter(organisation=edition.programme.organisation_id, role="appeals")
    return [
        one for one in seats.select_related("person").order_by("person__name") if one.edition_id in (None, edition.pk)
    ]


@dataclass(frozen=True, slots=True)
class TeamsAppeal:
    """What the page of an application says of appeals: those made, and whether one can be made."""

    appeals: Sequence[Appeal]
    until: datetime
    why_not: Refusal | None

    @property
    def shown(self) -> bool:
        """Whether there is anything to say: an appeal, or something to appeal against."""
        return bool(self.appeals) or self.why_not is None or self.why_not.code == "appeals_closed"


def for_team(
    application: Application, told: Sequence[Finding], result: LadderStep | None, at: datetime
) -> TeamsAppeal | None:
    """For the page of one application, by what it knows already; None where the call takes none. One query."""
    until = application.call.appeals_until
    if until is None:
        return None
    made = list(application.appeals.exclude(state=AppealState.TAKEN_BACK))
    if result is LadderStep.SELECTED:  # in one strand; another may have said no
        result = _worst(announced_in_strands([application.pk]).get(application.pk, {}).values())
    facts = AppealFacts(until, _against(application, told, result), [Against(one.against) for one in made])
    return TeamsAppeal(made, until, why_not_lodge(facts, at))
