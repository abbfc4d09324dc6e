"""What earlier calls of the same programme say of applications, gathered for the rules; for one or for a whole table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from kinolab.applications.domain import history
from kinolab.applications.domain.history import DECISIONS, Earlier, Known
from kinolab.applications.domain.lifecycle import IN_FORCE, MemberState
from kinolab.applications.models import Application, Candidacy, TeamMember
from kinolab.applications.queries.later import announced_in_strands
from kinolab.foundation.search.folding import search_text

FACTS = ("attempts", "project_attempts", "decisions", "decisions_in_category", "participated")


@dataclass(frozen=True, slots=True)
class _Sent:
    application: Application
    people: frozenset[int]
    strands: frozenset[str]
    in_strands: Mapping[str, str]


def known(applications: Sequence[Application]) -> dict[int, Known]:
    """What history says of each application of one call, by number. Six queries, however many there are."""
    if not applications:
        return {}
    call = applications[0].call
    people = _people(one.pk for one in applications)
    strands = _strands(one.pk for one in applications)
    sent = _sent_before(applications, frozenset[int]().union(*people.values()))
    return {
        one.pk: history.known(
            [_compared(one, people[one.pk], before) for before in sent if before.application.call_id != call.pk],
            people[one.pk],
            strands[one.pk],
        )
        for one in applications
    }


def _sent_before(applications: Sequence[Application], people: frozenset[int]) -> list[_Sent]:
    """Applications in force of the programme's calls that closed no later, with a person or a project in common."""
    call = applications[0].call
    projects = {one.project_id for one in applications if one.project_id}
    leads = {one.lead_id for one in applications}
    theirs = TeamMember.objects.filter(person__in=people, state=MemberState.JOINED).values("application")
    found = (
        Application.objects.filter(
            Q(pk__in=theirs) | Q(project__in=projects) | Q(lead__in=leads),
            call__edition__programme=call.edition.programme_id,
            stage__in=[stage.value for stage in IN_FORCE],
        )
        .exclude(call=call.pk)
        .only("call_id", "lead_id", "project_id", "title")
    )
    rows = list(found.filter(call__closes_at__lte=call.closes_at) if call.closes_at else found)
    if not rows:
        return []
    numbers = [one.pk for one in rows]
    teams, strands, decisions = _people(numbers), _strands(numbers), _decisions(numbers)
    return [_Sent(one, teams[one.pk], strands[one.pk], decisions.get(one.pk, {})) for one in rows]


def _compared(application: Application, people: frozenset[int], before: _Sent) -> Earlier:
    """A project is the same if it was carried over, or if somebody of its team sends the same title again."""
    carried = application.project_id is not None and application.project_id == before.application.project_id
    title = search_text(application.title)
    again = bool(title and people & before.people and title == search_text(before.application.title))
    return Earlier(
        call=before.application.call_id,
        same_lead=application.lead_id == before.application.lead_id,
        same_project=carried or again,
        people=before.people,
        strands=before.strands,
        decision=_best(before.in_strands.values()),
        in_strands={slug: decision for slug, decision in before.in_strands.items() if slug},
    )


def _people(applications: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Who has joined the team of each, by number."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = TeamMember.objects.filter(application__in=list(applications), state=MemberState.JOINED)
    for application, person in rows.order_by().values_list("application_id", "person_id"):
        if person is not None:
            found[application].add(person)
    return defaultdict(frozenset, {one: frozenset(people) for one, people in found.items()})


def _strands(applications: Iterable[int]) -> Mapping[int, frozenset[str]]:
    """The strands of each, by their slugs: they name the same category from one edition to the next."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Candidacy.objects.filter(application__in=list(applications), strand__isnull=False)
    for application, slug in rows.values_list("application_id", "strand__slug"):
        found[application].add(slug)
    return defaultdict(frozenset, {one: frozenset(slugs) for one, slugs in found.items()})


def _decisions(applications: Sequence[int]) -> dict[int, dict[str, str]]:
    """What was announced about each in each of its strands; "" names the call as a whole."""
    return {
        application: {slug: DECISIONS[step] for slug, step in steps.items()}
        for application, steps in announced_in_strands(applications).items()
    }


def _best(decisions: Iterable[str]) -> str:
    made = set(decisions)
    return next((decision for decision in DECISIONS.values() if decision in made), "")
