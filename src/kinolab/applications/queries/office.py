"""One application as the office sees it, and the whole table to take away."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, JSONField, OuterRef, Q, QuerySet, Subquery, When

from kinolab.applications import words
from kinolab.applications.domain.lifecycle import IN_FORCE, MemberState
from kinolab.applications.models import Application, Candidacy, Finding, Snapshot, TeamMember
from kinolab.applications.queries import links, snapshot
from kinolab.applications.queries.snapshot import Eyes
from kinolab.applications.queries.table import choice_names
from kinolab.calls.domain.eligibility import Outcome
from kinolab.calls.domain.regulations import as_day
from kinolab.calls.models import Call, Strand
from kinolab.foundation.audit import queries as audit
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.files.tables import Cell
from kinolab.foundation.i18n import formats
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.domain.answers import Kind, as_number
from kinolab.foundation.questions.domain.consents import is_agreed
from kinolab.foundation.questions.domain.kinds import as_record
from kinolab.foundation.questions.domain.seeing import SENSITIVE, SeenBy
from kinolab.foundation.questions.domain.tables import COLUMNS, TABLES
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Refusal
from kinolab.labs.domain.roles import Permission

LATEST_ENTRIES = 20
TONES = {Outcome.YES: "ok", Outcome.NO: "bad", Outcome.UNKNOWN: "lamp"}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its words; `seen` is the value that the rule saw, in words."""

    finding: Finding
    outcome: Outcome
    seen: str

    @property
    def tone(self) -> str:
        """The tone in which it is shown."""
        return TONES[self.outcome]

    @property
    def name(self) -> Any:
        """The outcome in words."""
        return words.OUTCOMES[self.outcome]

    @property
    def wants_a_person(self) -> bool:
        """Whether somebody has to decide: the team has answered, or a no or an unknown stands as the rule left it."""
        return self.finding.waits or (self.outcome is not Outcome.YES and self.finding.decided_at is None)


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
    signatures: Mapping[int, Mapping[str, Any]]  # of what was sent last, by member
    links: Mapping[str, links.Shown]
    closely_held: Sequence[str] = ()  # sensitive answers for named people that are shown here


def last_sent(application: Application) -> Snapshot | None:
    """What counts: the last snapshot, while the application is in force."""
    return application.snapshots.order_by("-version").first() if application.stage in IN_FORCE else None


def named_in(person: Person, form: int | None) -> dict[int, str]:
    """The questions of a form whose answers are for named people alone, of whom the person is one; their columns. One query."""
    found = Question.objects.filter(seen_by=SeenBy.NAMED.value, named=person, section__form=form)
    return {one.pk: column(one) for one in found.select_related("section").order_by("section__order", "order")}


def eyes_of(person: Person, granted: frozenset[Permission]) -> Eyes:
    """What a person of the office may see of answers. One query."""
    named = Question.objects.filter(seen_by=SeenBy.NAMED.value, named=person).values_list("pk", flat=True)
    return Eyes(Permission.SEE_CONTACTS in granted, frozenset(named))


def office_page(application: Application, granted: frozenset[Permission], person: Person) -> OfficePage:
    """Gather what the office may see: what was sent, never what is being typed.

    Contacts and answers to sensitive questions only with the permission to see contacts; what is for named people for
    them alone.
    """
    eyes = eyes_of(person, granted)
    contacts = Permission.SEE_CONTACTS in granted
    sent = last_sent(application)
    versions = application.snapshots.defer("content").order_by("-version") if sent else ()
    findings = application.findings.select_related("rule", "decided_by", "objected_by").order_by("rule__order")
    names = choice_names(application.call)
    return OfficePage(
        application=application,
        sent=sent,
        versions=list(versions),
        sections=snapshot.shown_sections(snapshot.for_eyes(sent.content, eyes)) if sent else [],
        team=[one for one in application.members.all() if one.state in (MemberState.JOINED, MemberState.INVITED)],
        findings=[
            ShownFinding(one, Outcome(one.override or one.outcome), in_words(one.value_seen, names)) for one in findings
        ],
        entries=list(audit.entries(thing=application).select_related("actor")[:LATEST_ENTRIES]),
        see_contacts=contacts,
        signatures={one["number"]: one["signature"] for one in sent.content.get("team", ()) if one.get("signature")}
        if sent
        else {},
        links={address: shown for (_question, address), shown in links.of_application(application).items()}
        if sent
        else {},
        closely_held=snapshot.closely_held(sent.content, eyes) if sent else (),
    )


def in_words(value: object, names: Mapping[str, str]) -> str:
    """The value that a rule saw: choices, roles and countries by name, each once; nothing for nothing."""
    if isinstance(value, Mapping):
        return formats.listing(in_words(part, names) for part in value.values())
    if isinstance(value, list):
        return formats.listing(dict.fromkeys(in_words(one, names) for one in value))
    if isinstance(value, bool):
        return str(words.YES_NO[value])
    if isinstance(value, int | float):
        return formats.number(value)
    if isinstance(value, str) and (day := as_day(value)):
        return formats.day(day)
    text = "" if value is None else str(value)
    if text in names or text in words.ROLES:
        return str(names.get(text) or words.ROLES[text])
    return formats.country_name(text) if len(text) == 2 and text.isupper() else text


# --- Many at once ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class BulkRow:
    """One of the chosen applications and those of its findings that nobody has decided and that are not a yes."""

    application: Application
    doubts: Sequence[ShownFinding]
    open: int  # findings that would be confirmed
    refusal: Refusal | None  # why nothing would happen to it


@dataclass(frozen=True, slots=True)
class BulkPage:
    """What would happen, before it happens."""

    rows: Sequence[BulkRow]

    @property
    def done(self) -> int:
        """How many applications would be confirmed."""
        return sum(1 for row in self.rows if row.refusal is None)

    @property
    def told(self) -> int:
        """How many teams would be written to, if wished."""
        return sum(
            1
            for row in self.rows
            if any(one.outcome is Outcome.NO and one.finding.told_at is None for one in row.doubts)
        )


def bulk_page(chosen: Sequence[Application]) -> BulkPage:
    """The chosen applications with what would be confirmed; one query."""
    waiting: dict[int, list[Finding]] = {}
    found = Finding.objects.filter(application__in=chosen, decided_at=None).select_related("rule")
    for finding in found.order_by("rule__order"):
        waiting.setdefault(finding.application_id, []).append(finding)
    return BulkPage([_bulk_row(one, waiting.get(one.pk, [])) for one in chosen])


def _bulk_row(application: Application, waiting: Sequence[Finding]) -> BulkRow:
    refusal = None if application.stage in IN_FORCE else Refusal("not_sent_yet")
    doubts = [ShownFinding(one, Outcome(one.outcome), "") for one in waiting if one.outcome != Outcome.YES]
    return BulkRow(application, [] if refusal else doubts, 0 if refusal else len(waiting), refusal)


# --- To take away ----------------------------------------------------------------------------------------------------
HEAD = (
    "number", "code", "stage", "title", "country", "kind", "project_stage", "language", "people", "checked",
    "readings_done", "score", "spread", "submitted_at", "changed_at",
)  # fmt: skip
OF_READINGS = ("score", "spread")
CONTACTS = ("lead_name", "lead_email")
PLACES = Decimal("0.001")  # of a score, whichever database works it out
CHUNK = 8  # what was sent, with all its texts: a few at a time, for many may download at once


def export_head(
    questions: Sequence[Question], *, contacts: bool, scores: bool, strands: Sequence[Strand] = ()
) -> list[str]:
    """The names of the columns: our own, those of each strand, then the questions'."""
    of_strands = [f"{name}.{one.slug}" for one in strands for name in _of_strand(scores=scores)]
    return [*_own(scores=scores), *(CONTACTS if contacts else ()), *of_strands, *map(column, questions)]


def export_strands(call: Call) -> list[Strand]:
    """The strands that have columns of their own: those of a call with several. One query."""
    found = list(call.strands.all())
    return found if len(found) > 1 else []


def _of_strand(*, scores: bool) -> list[str]:
    return ["readings_done", *(["score"] if scores else [])]


def _in_strands(strands: Sequence[Strand], *, scores: bool) -> dict[str, Subquery]:
    """What each strand says of an application; nothing where it does not stand there."""
    own = Candidacy.objects.filter(application=OuterRef("pk"))
    return {
        f"{name}_{place}": Subquery(own.filter(strand=one).values(name)[:1])
        for place, one in enumerate(strands)
        for name in _of_strand(scores=scores)
    }


def column(question: Question) -> str:
    """A question's column: its section's key and its own, for keys repeat across sections."""
    return f"{question.section.key}.{question.key}"


def _own(*, scores: bool) -> list[str]:
    return [name for name in HEAD if scores or name not in OF_READINGS]


def export_rows(
    rows: QuerySet[Application],
    questions: Sequence[Question],
    *,
    contacts: bool,
    scores: bool,
    strands: Sequence[Strand] = (),
) -> Iterator[list[Cell]]:
    """One row an application, streamed, in one statement however many there are.

    Answers as they were sent last; a draft and a withdrawn application give none. Contacts and scores only
    where they are granted. Values are the same in every language of the page: choices and countries by key, days in ISO 8601.
    """
    kinds = {column(question): Kind(question.kind) for question in questions}
    in_force = Q(stage__in=[stage.value for stage in IN_FORCE])
    last = Snapshot.objects.filter(application=OuterRef("pk")).order_by("-version").values("content")[:1]
    in_strands = _in_strands(strands, scores=scores)
    columns = [*_own(scores=scores), *(("lead__name", "lead__email") if contacts else ()), *in_strands]
    told = rows.annotate(**in_strands).annotate(
        sent=Case(When(in_force, then=Subquery(last)), output_field=JSONField())
    )
    for *cells, sent in told.values_list(*columns, "sent").iterator(chunk_size=CHUNK):
        values: dict[int, Any] = {}
        of_people: dict[int, list[str]] = {}
        for section in sent["sections"] if sent else ():
            for one in section["questions"]:
                name = f"{section['key']}.{one['key']}"
                if "member" in one:
                    said = _cell(kinds.get(name, Kind.TEXT), one["value"])
                    of_people.setdefault(name, []).append(f"{one['by']}: {'' if said is None else said}")
                else:
                    values[name] = one["value"]
        yield [
            *(one.quantize(PLACES) if isinstance(one, Decimal) else one for one in cells),
            *(
                "\n".join(of_people[name]) if name in of_people else _cell(kind, values.get(name))
                for name, kind in kinds.items()
            ),
        ]


def _cell(kind: Kind, value: Any) -> Cell:
    if kind is Kind.CONSENT and value is not None:
        return is_agreed(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if kind is Kind.NUMBER and isinstance(value, str):
        number = as_number(value)
        return value if number is None else number
    if kind is Kind.MONEY and isinstance(value, Mapping):
        return " ".join(str(value[part]) for part in ("amount", "currency") if value.get(part) not in (None, ""))
    if kind in TABLES and isinstance(value, list):
        names = [one.name for one in COLUMNS[kind]]
        return "\n".join(", ".join(str(row[name]) for name in names if row.get(name)) for row in map(as_record, value))
    if kind is Kind.LINK and isinstance(value, Mapping):
        return " ".join(str(value[part]) for part in ("url", "kind", "minutes") if value.get(part))
    if isinstance(value, Mapping):
        return "\n\n".join(f"{tag}: {text}" for tag, text in value.items() if text)
    return "\n".join(str(one) for one in value) if isinstance(value, list) else str(value)


def export_questions(application_form: int | None, named: Collection[int] = ()) -> list[Question]:
    """The questions whose answers are exported: all but files, what is sensitive and what is for named people alone.

    Of the last only those for which whoever exports is `named`, where they ask for them.
    """
    plain = Q(pii_level__lt=SENSITIVE) & ~Q(seen_by=SeenBy.NAMED.value)
    found = Question.objects.filter(plain | Q(pk__in=named), section__form=application_form)
    return list(found.exclude(kind=Kind.FILE.value).select_related("section").order_by("section__order", "order"))
