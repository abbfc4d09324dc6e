"""A set of rules over applications that were sent before: who would fall and why, who would not be known yet.

Nothing is written. What was sent is judged as it was sent, on the days of the call to which it was sent. The number of
statements does not grow with the number of applications: what was sent comes in one stream.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Prefetch, QuerySet

from kinolab.applications.domain.lifecycle import IN_FORCE
from kinolab.applications.models import Application, Candidacy, Snapshot, TeamMember
from kinolab.applications.queries import facts, history
from kinolab.applications.queries.dossier import asked_in
from kinolab.applications.queries.office import in_words
from kinolab.applications.queries.sent import as_sent
from kinolab.applications.queries.visible import visible_to
from kinolab.calls.domain import eligibility, shapes
from kinolab.calls.domain.eligibility import Finding, Outcome
from kinolab.calls.domain.regulations import Rule as Parsed
from kinolab.calls.domain.regulations import parse_rule
from kinolab.calls.domain.told import facts_told
from kinolab.calls.models import Call, Rule
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

AT_ONCE = 200  # snapshots in memory


def sources(person: "Person", edition: Edition) -> list[Call]:
    """Calls of the organisation with applications that the person may read, the latest first.

    A call under seal is none, for nobody reads its applications.
    """
    calls = (
        Call.objects.filter(
            edition__programme__organisation=edition.programme.organisation_id,
            applications__stage__in=[stage.value for stage in IN_FORCE],
        )
        .select_related("edition__programme__organisation", "form")
        .distinct()
        .order_by("-closes_at", "-pk")
    )
    return [one for one in calls if labs.why_not(person, one.edition, Permission.READ_APPLICATIONS) is None]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """One rule and how many applications it says yes, no and not known yet to; the facts that nothing tells there."""

    row: Rule
    counts: Mapping[Outcome, int]
    deciding: bool
    untold: Sequence[str]

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Outcomes in the order of the table, with their numbers."""
        return [(one.value, self.counts.get(one, 0)) for one in (Outcome.NO, Outcome.UNKNOWN, Outcome.YES)]


@dataclass(frozen=True, slots=True)
class Judged:
    """One application under the rules: what they say together, and each rule that does not say yes."""

    number: int
    outcome: Outcome
    findings: Sequence[tuple[str, Finding]]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What the rules of a call say of the applications of another: in all, by rule, one by one."""

    total: int
    rules: Sequence[RuleCount]
    counts: Mapping[Outcome, int]
    judged: Sequence[Judged]

    def chosen(self, rule: str, outcome: str) -> list[Judged]:
        """Those to which a rule (all together, when none is named) says this."""
        if not rule:
            return [one for one in self.judged if one.outcome == outcome]
        if outcome == Outcome.YES:
            return [one for one in self.judged if rule not in {code for code, _ in one.findings}]
        return [one for one in self.judged if (rule, outcome) in {(code, said.outcome) for code, said in one.findings}]


def simulate(person: "Person", rules_of: Call, source: Call) -> Simulation:
    """Judge what was sent to `source` by the rules of another call (or the same one), as they stand now."""
    good = [(row, rule) for row, rule in _parsed(rules_of) if isinstance(rule, Parsed)]
    parsed = [rule for _, rule in good]
    counts: dict[str, Counter[Outcome]] = {row.code: Counter() for row, _ in good}
    judged: list[Judged] = []
    asked = asked_in(source)
    for application, known in _facts(person, source, parsed):
        found = eligibility.check(parsed, known, facts.reference_dates(source, known.values))
        for (row, _), finding in zip(good, found, strict=True):
            counts[row.code][finding.outcome] += 1
        doubts = [
            (row.code, finding)
            for (row, _), finding in zip(good, found, strict=True)
            if finding.outcome is not Outcome.YES
        ]
        judged.append(Judged(application, eligibility.verdict(found, facts.DECIDING), doubts))
    told = set(facts_told((one.fact, one.kind) for one in asked if one.fact))
    return Simulation(
        len(judged),
        [
            RuleCount(row, counts[row.code], rule.severity in facts.DECIDING, shapes.untold(rule, told))
            for row, rule in good
        ],
        Counter(one.outcome for one in judged),
        judged,
    )


def _parsed(call: Call) -> list[tuple[Rule, object]]:
    return [(row, parse_rule(row.definition)) for row in call.rules.all()]


def _facts(person: "Person", source: Call, rules: Sequence[Parsed]) -> Iterator[tuple[int, eligibility.Facts]]:
    """What the rules may ask of each application that the person may know of, in order of their numbers."""
    wanted = {key for rule in rules for key in eligibility.fact_keys(rule)}
    applications = _applications(person, source)
    past = history.known(list(applications.values())) if _asks_history(wanted) else {}
    others = facts.part_in(source) if wanted & {"person.other_applications", "application.others"} else {}
    asked = asked_in(source)
    latest = Snapshot.objects.filter(application__in=visible_to(person, _in_force(source)))
    newest = latest.order_by().values("application").annotate(last=Max("pk")).values("last")
    sent = Snapshot.objects.filter(pk__in=newest).order_by("application__number", "pk")
    for number, content in sent.values_list("application_id", "content").iterator(chunk_size=AT_ONCE):
        application = applications[number]
        whole = as_sent(application, content, asked)
        yield number, facts.facts(whole, wanted, past.get(number), others)


def _asks_history(wanted: set[str]) -> bool:
    return any(key.startswith("history.") or key.endswith(".participated") for key in wanted)


def _in_force(call: Call) -> QuerySet[Application]:
    return Application.objects.filter(call=call, stage__in=[stage.value for stage in IN_FORCE])


def _applications(person: "Person", source: Call) -> dict[int, Application]:
    """The applications with what the rules need beside what was sent. Three queries."""
    strands = Candidacy.objects.select_related("strand")
    team = TeamMember.objects.only("application_id", "person_id")
    found = (
        visible_to(person, _in_force(source))
        .defer("search_text")
        .select_related("invitation", "late_code")
        .prefetch_related(Prefetch("candidacies", strands), Prefetch("members", team, to_attr="team_list"))
    )
    applications = {}
    for one in found:
        one.call = source
        applications[one.pk] = one
    return applications


# --- The page --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Fallen:
    """One application of the list: what each rule says to it, with the value it saw in words."""

    application: Application
    outcome: Outcome
    reasons: Sequence[tuple[Rule, Outcome, str]]


def listed(judged: Sequence[Judged], rules_of: Call, names: Mapping[str, str]) -> list[Fallen]:
    """One page of the list. Two queries."""
    rows = {row.code: row for row in rules_of.rules.all()}
    numbers = [one.number for one in judged]
    found = Application.objects.only("title", "number", "code", "people", "language", "country").in_bulk(numbers)
    return [
        Fallen(
            found[one.number],
            one.outcome,
            [(rows[code], said.outcome, in_words(_plain(said.value_seen), names)) for code, said in one.findings],
        )
        for one in judged
    ]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple | set | frozenset) else value
