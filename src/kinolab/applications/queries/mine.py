"""A person's own applications: the list, and one of them with what can be done about it.

Findings are shown only once the lab has told them; results and readings belong to later rooms and come down as facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from kinolab.applications.domain.lifecycle import (
    EDITABLE,
    IN_FORCE,
    RESULTS,
    LadderFacts,
    LadderStep,
    MemberState,
    Stage,
    ladder,
)
from kinolab.applications.models import Application, Correction, Finding, FormMove, Snapshot, TeamMember
from kinolab.applications.queries import facts
from kinolab.applications.queries.appeals import TeamsAppeal, for_team
from kinolab.applications.queries.dossier import Dossier, dossier
from kinolab.applications.queries.later import later_steps
from kinolab.applications.queries.moved import Left, last_move, left_behind
from kinolab.applications.queries.until import draft_window, gather
from kinolab.calls.domain import window
from kinolab.calls.domain.eligibility import Finding as Judged
from kinolab.calls.domain.eligibility import Outcome
from kinolab.calls.domain.regulations import Severity
from kinolab.calls.domain.window import Phase
from kinolab.calls.models import Call, Rule
from kinolab.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class RuleShown:
    """What one rule says before sending, as far as the applicant needs to know it."""

    rule: Rule
    outcome: Outcome
    blocks: bool


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """Everything the page of one application shows but what its viewer may do."""

    dossier: Dossier
    phase: Phase
    rules: Sequence[RuleShown]
    snapshots: Sequence[Snapshot]
    told: Sequence[Finding]
    taken: Sequence[LadderStep]
    result: LadderStep | None
    appeal: TeamsAppeal | None = None
    move: FormMove | None = None
    left: Sequence[Left] = ()

    @property
    def blocked(self) -> bool:
        """Whether a rule stands against sending."""
        return any(one.blocks for one in self.rules)

    @property
    def editable(self) -> bool:
        """Whether its stage lets answers be written."""
        return self.dossier.application.stage in EDITABLE


def drafts(person: Person, call: Call) -> QuerySet[Application]:
    """The person's unfinished applications for a call, the latest first."""
    return (
        Application.objects.filter(
            call=call, stage=Stage.DRAFT, members__person=person, members__state=MemberState.JOINED
        )
        .only("code", "title", "changed_at", "call_id", "filled", "asked")
        .order_by("-changed_at")
    )


_correction = Correction.objects.filter(application=OuterRef("pk"), ended_at=None)


def applications_of(person: Person) -> list[Application]:
    """Every application whose team the person has joined, the latest first; with call, findings told and snapshots."""
    told = Finding.objects.filter(told_at__isnull=False).select_related("rule")
    sent = Snapshot.objects.only("application_id", "version", "taken_at").order_by("version")
    found = list(
        Application.objects.filter(members__person=person, members__state=MemberState.JOINED)
        .annotate(correction_until=Subquery(_correction.values("until")[:1]))
        .select_related("call__edition__programme__organisation", "lead", "late_code")
        .prefetch_related(
            Prefetch("findings", told, to_attr="told_findings"), Prefetch("snapshots", sent, to_attr="sent_snapshots")
        )
        .order_by("-changed_at", "-pk")
    )
    gather(found)
    return found


def invitations_for(person: Person) -> list[TeamMember]:
    """Invitations to the person's own address that wait for an answer."""
    return list(
        TeamMember.objects.filter(email=person.email, state=MemberState.INVITED)
        .exclude(application__stage=Stage.WITHDRAWN)
        .select_related("application__call__edition", "invited_by")
        .order_by("-invited_at")
    )


def ladder_facts(
    application: Application, at: datetime, *, told: Sequence[Finding], later: Sequence[Mapping[int, LadderStep]]
) -> LadderFacts:
    """What the applicant may know of an application's way; `later` comes from `later_steps`."""
    steps = {way[application.pk] for way in later if application.pk in way}
    being_read, result = LadderStep.BEING_READ in steps, next(iter(steps & RESULTS), None)
    closed = window.phase(draft_window(application), at) is Phase.CLOSED
    check = None
    if application.stage in IN_FORCE and closed:
        said = {one.override or one.outcome for one in told}
        against = Outcome.NO.value in said and application.checked == "ineligible"
        check = LadderStep.NOT_ELIGIBLE if against else LadderStep.BEING_CHECKED
        if not against and (being_read or result):
            check = LadderStep.ELIGIBLE
    complete = bool(application.asked) and application.filled >= application.asked
    return LadderFacts(Stage(application.stage), complete, closed, check, being_read, result)


def application_page(application: Application, person: Person, at: datetime) -> ApplicationPage:
    """One application for its team; a constant number of queries."""
    whole = dossier(application)
    told = list(application.findings.filter(told_at__isnull=False).select_related("rule", "objected_by"))
    snapshots = list(application.snapshots.defer("content").select_related("taken_by"))
    rules = rules_now(whole) if application.stage in EDITABLE else []
    known = ladder_facts(application, at, told=told, later=later_steps([application.pk]))
    phase = window.phase(draft_window(application), at)
    appeal = for_team(application, told, known.result, at)
    move = last_move(application) if application.stage in EDITABLE else None
    left = left_behind(application, whole.numbers) if move else ()
    return ApplicationPage(whole, phase, rules, snapshots, told, ladder(known), known.result, appeal, move, left)


def rules_now(whole: Dossier) -> list[RuleShown]:
    """What the rules that matter say now: first those that stand against sending."""
    shown = [
        RuleShown(rule, one.outcome, _blocks(one))
        for rule, one in facts.findings(whole)
        if one.severity not in (Severity.SCORE, Severity.INFO)
    ]
    order = [Outcome.NO, Outcome.UNKNOWN, Outcome.YES]
    return sorted(shown, key=lambda one: (not one.blocks, order.index(one.outcome)))


def _blocks(finding: Judged) -> bool:
    return finding.severity is Severity.BLOCK_SUBMIT and finding.outcome is Outcome.NO
