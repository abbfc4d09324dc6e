"""One application as the office sees it, and the whole table to take away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from kinolab.applications import words
from kinolab.applications.domain.lifecycle import IN_FORCE, MemberState
from kinolab.applications.models import Answer, Application, Finding, Snapshot, TeamMember
from kinolab.applications.queries import snapshot
from kinolab.calls.domain.eligibility import Outcome
from kinolab.foundation.audit import queries as audit
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.files.tables import Cell
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.models import Question
from kinolab.labs.domain.roles import Permission

LATEST_ENTRIES = 20


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its words, and where it stands."""

    finding: Finding
    outcome: Outcome
    waits: bool  # an objection of the team waits for an answer

    @property
    def tone(self) -> str:
        """The tone in which it is shown."""
        return {Outcome.YES: "ok", Outcome.NO: "bad", Outcome.UNKNOWN: "lamp"}[self.outcome]

    @property
    def name(self) -> Any:
        """The outcome in words."""
        return words.OUTCOMES[self.outcome]


@dataclass(frozen=True, slots=True)
class OfficePage:
    """What the page of one application shows."""

    application: Application
    sent: Snapshot | None
    versions: Sequence[Snapshot]
    sections: Sequence[snapshot.ShownSection]
    team: Sequence[TeamMember]
    findings: Sequence[ShownFinding]
    entries: Sequence[Entry]
    see_contacts: bool


def office_page(application: Application, granted: frozenset[Permission]) -> OfficePage:
    """Gather what the office may see: what was sent, never what is being typed; contacts only with that permission."""
    versions = list(application.snapshots.order_by("-version"))
    sent = versions[0] if versions and application.stage in IN_FORCE else None
    findings = application.findings.select_related("rule", "decided_by", "objected_by").order_by("rule__order")
    return OfficePage(
        application=application,
        sent=sent,
        versions=versions,
        sections=snapshot.shown_sections(sent.content) if sent else [],
        team=[one for one in application.members.all() if one.state in (MemberState.JOINED, MemberState.INVITED)],
        findings=[_shown(one) for one in findings],
        entries=list(audit.entries(thing=application).select_related("actor")[:LATEST_ENTRIES]),
        see_contacts=Permission.SEE_CONTACTS in granted,
    )


def _shown(finding: Finding) -> ShownFinding:
    waits = bool(finding.objected_at and (finding.decided_at is None or finding.decided_at < finding.objected_at))
    return ShownFinding(finding, Outcome(finding.override or finding.outcome), waits)


# --- To take away ----------------------------------------------------------------------------------------------------
HEAD = (
    "number", "code", "stage", "title", "country", "kind", "project_stage", "language", "people", "checked",
    "readings_done", "score", "spread", "submitted_at", "changed_at",
)  # fmt: skip
CONTACTS = ("lead_name", "lead_email")
CHUNK = 500


def export_head(questions: Sequence[Question], *, contacts: bool) -> list[str]:
    """The names of the columns: our own, then the keys of the questions."""
    return [*HEAD, *(CONTACTS if contacts else ()), *(question.key for question in questions)]


def export_rows(rows: QuerySet[Application], questions: Sequence[Question], *, contacts: bool) -> Iterator[list[Cell]]:
    """One row an application, streamed; statements grow by one for every five hundred rows.

    Answers as the team last saved them. Contacts only where `contacts` is granted.
    """
    wanted = [question.pk for question in questions]
    answers = Answer.objects.filter(question__in=wanted).only("application_id", "question_id", "value")
    whole = rows.select_related("lead").prefetch_related(Prefetch("answers", queryset=answers))
    labels = {question.pk: {str(one["key"]): str(one["key"]) for one in question.choices} for question in questions}
    kinds = {question.pk: Kind(question.kind) for question in questions}
    for application in whole.iterator(chunk_size=CHUNK):
        values = {answer.question_id: answer.value for answer in application.answers.all()}
        yield [
            *(getattr(application, column) for column in HEAD),
            *((application.lead.name, application.lead.email) if contacts else ()),
            *("\n".join(snapshot.in_words(kinds[pk], values[pk], labels[pk])) if pk in values else "" for pk in wanted),
        ]


def export_questions(application_form: int | None) -> list[Question]:
    """The questions whose answers are exported: all but files and what is sensitive."""
    found = Question.objects.filter(section__form=application_form, pii_level__lt=2).exclude(kind=Kind.FILE.value)
    return list(found.order_by("section__order", "order"))
