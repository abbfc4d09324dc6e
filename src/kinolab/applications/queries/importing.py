"""An import before it is done: what its columns may be, what each row would become, and what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from kinolab.applications.domain import importing
from kinolab.applications.domain.importing import BIRTH, COUNTRY, EMAIL, LANGUAGE, LEAD, NAME, ROLE, Target, Words
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.domain.parts import is_asked
from kinolab.applications.models import Application, Attachment, Import, ImportedFile, TeamMember
from kinolab.applications.queries.dossier import asked_in, field_name, spec_of
from kinolab.applications.words import role_name
from kinolab.calls.models import Call
from kinolab.foundation.files.reading import Table
from kinolab.foundation.i18n import formats
from kinolab.foundation.questions.domain.answers import Kind, problems, shape_problem
from kinolab.foundation.questions.domain.countries import COUNTRIES
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Refusal

LEAD_NAMES: dict[str, Promise] = {
    EMAIL: _("Lead: e-mail address"),
    NAME: _("Lead: name"),
    LANGUAGE: _("Language of the application"),
    COUNTRY: _("Lead: where they live"),
    BIRTH: _("Lead: date of birth"),
    ROLE: _("Lead: role"),
}
MEMBER_NAMES: dict[str, Promise] = {
    "email": _("Person %(number)s of the team: e-mail address"),
    "name": _("Person %(number)s of the team: name"),
    "role": _("Person %(number)s of the team: role"),
    "country": _("Person %(number)s of the team: where they live"),
    "birth_date": _("Person %(number)s of the team: date of birth"),
}
OWN_OF_LEAD, OWN_OF_MEMBER = _("Lead, own part: %(label)s"), _("Person %(number)s of the team, own part: %(label)s")
SHOWN_ROWS = 200
MOST_PEOPLE = 6  # of one row, the lead among them
FILES_EACH = 5  # of one question


@lru_cache(maxsize=1)
def words_of_tables() -> Words:
    """Countries and languages by all their names in all of our languages."""
    here, countries, languages = get_language(), {}, {}
    tags = [tag for tag, _name in settings.LANGUAGES]
    for tag in tags:
        with override(tag):
            countries |= {importing.folded(name): code for code, name in formats.countries(COUNTRIES)}
            languages |= {importing.folded(formats.language_name(one)): one for one in tags}
    countries |= {code.casefold(): code for code in COUNTRIES}
    countries |= {"usa": "US", "uk": "GB", "russia": "RU", "россия": "RU", "кыргызстан": "KG", "киргизия": "KG"}
    languages |= {tag.casefold(): tag for tag in tags}
    assert get_language() == here
    return Words(countries, languages)


@dataclass(frozen=True)
class Form:
    """Where columns of a call's import may go. `questions` are those of the team and of its people, by field name."""

    questions: dict[str, Question]
    targets: dict[str, Target]
    most_people: int = 1

    def name_of(self, key: str) -> str:
        """A target in words."""
        if key in LEAD_NAMES:
            return str(LEAD_NAMES[key])
        target = self.targets[key]
        if target.what:
            return MEMBER_NAMES[target.what] % {"number": target.member}
        question = self.questions[target.question]
        label = (
            f"{question.label} ({formats.language_name(target.language)})" if target.language else f"{question.label}"
        )
        if target.member:
            own = OWN_OF_LEAD if target.member == LEAD else OWN_OF_MEMBER
            return own % {"number": target.member, "label": label}
        return f"{question.section.title}: {label}"

    def question(self, target: Target) -> Question:
        """What a target answers."""
        return self.questions[target.question]

    @property
    def of_team(self) -> list[Question]:
        """What is asked of the team together."""
        return [one for one in self.questions.values() if not one.asked_of]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Every target by key and name; first none."""
        return [("", "—"), *((key, self.name_of(key)) for key in self.targets)]


def form_of(call: Call) -> Form:
    """The targets of a call: of its lead, each question that a cell can answer, and of the other people. One query."""
    questions = {field_name(one): one for one in asked_in(call) if one.kind in importing.READABLE}
    people = min(call.team_max, MOST_PEOPLE)
    roles = _roles(call)
    targets = {key: Target(key, frozenset({key, *importing.KNOWN.get(key, ())})) for key in importing.OF_LEAD}
    if call.roles:
        targets[ROLE] = Target(ROLE, targets[ROLE].names, Kind.CHOICE, roles)
    else:
        del targets[ROLE]
    for key, one in questions.items():
        for number in range(LEAD, people + 1) if one.asked_of else (0,):
            targets |= {made.key: made for made in _targets(key, one, number)}
    for number in range(LEAD + 1, people + 1):
        targets |= {made.key: made for made in _of_member(number, roles)}
    # A question's own name goes before what other programs call the lead's country or name.
    return Form(questions, targets, people)


def _roles(call: Call) -> dict[str, str]:
    found = {}
    for role in call.roles:
        found[importing.folded(role)] = role
        for tag, _name in settings.LANGUAGES:
            with override(tag):
                found[importing.folded(str(role_name(role)))] = role
    return found


def _targets(key: str, one: Question, number: int) -> list[Target]:
    """Where columns with answers to one question may go: in one language each where it asks for several."""
    labels = {text for text in one.label.as_dict().values() if text}
    names = frozenset(labels | {one.key, f"{one.section.key}.{one.key}", *importing.names_known_for(one.key, one.fact)})
    own = f"m{number}:" if number else ""
    choices = {}
    for choice in one.choices:
        said = [choice["key"], *dict(choice["label"]).values()]
        choices |= {importing.folded(str(text)): str(choice["key"]) for text in said if text}
    found = []
    for tag in spec_of(one).languages or ("",):
        called = importing.names_in_language(names, tag, _called(tag)) if tag else names
        if number:  # what is asked of people alone is the lead's, where nobody is named
            called = importing.names_of_member(number, called) | (called if number == LEAD else frozenset())
        where = f"{own}{key}" + (f":{tag}" if tag else "")
        found.append(Target(where, called, Kind(one.kind), choices, question=key, language=tag, member=number))
    return found


@lru_cache(maxsize=32)
def _called(tag: str) -> tuple[str, ...]:
    """What a language is called in each of ours."""
    found = []
    for ours, _name in settings.LANGUAGES:
        with override(ours):
            found.append(formats.language_name(tag))
    return tuple(dict.fromkeys(found))


def _of_member(number: int, roles: Mapping[str, str]) -> list[Target]:
    known = {"email": EMAIL, "name": NAME, "role": ROLE, "country": COUNTRY, "birth_date": BIRTH}
    return [
        Target(
            f"m{number}.{what}",
            importing.names_of_member(number, importing.KNOWN[known[what]])
            | {f"m{number}.{what}", f"member_{number}_{what}"},
            Kind.CHOICE if what == "role" else None,
            roles if what == "role" else {},
            member=number,
            what=what,
        )
        for what in importing.OF_MEMBER
        if roles or what != "role"
    ]


def guessed(call: Call, table: Table, form: Form) -> list[str]:
    """The columns of a table, guessed; what was chosen in the call's last import of such columns comes first."""
    before: dict[str, str] = {}
    for one in Import.objects.filter(call=call).exclude(mapping=[]).order_by("pk").only("head", "mapping"):
        before |= {importing.folded(name): key for name, key in zip(one.head, one.mapping, strict=False) if name}
    questions = [target for key, target in form.targets.items() if key not in importing.OF_LEAD]
    of_lead = [form.targets[key] for key in importing.OF_LEAD if key in form.targets]
    return importing.guess(table.head, [*questions, *of_lead], before)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell (or, without a column, with the row)."""

    column: str
    refusal: Refusal


@dataclass(slots=True)
class Somebody:
    """What a row says of one of its people beside the texts of the team: of themselves, and in their own part."""

    said: dict[str, str] = field(default_factory=dict)
    values: dict[int, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """A file that a row names by its address: which question it answers, and in whose own part (0: the team's)."""

    question: int
    member: int
    address: str


@dataclass(slots=True)
class Row:
    """One row as it would be imported. `number` counts the lines of the table, its head being 1."""

    number: int
    email: str
    name: str
    title: str
    language: str
    own: dict[str, str]
    values: dict[int, object]
    faults: list[Fault]
    double: Refusal | None = None
    missing: int = 0
    people: dict[int, Somebody] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether it can be imported."""
        return not self.faults


@dataclass(frozen=True)
class Trial:
    """The whole table as it would be imported."""

    rows: Sequence[Row]
    wanted: Sequence[Row]  # those of which something would be made
    faults: int
    doubles: int
    wrong_columns: Sequence[Refusal]


def trial(import_: Import, form: Form) -> Trial:
    """Read every row. Three queries, however many rows there are."""
    table = Table(import_.head, import_.rows, frozenset((row, column) for row, column in import_.formulas))
    wrong = column_faults(import_.mapping, form)
    rows = [_row(place, cells, table, import_, form) for place, cells in enumerate(table.rows, start=1)]
    _mark_doubles(import_.call, rows)
    wanted = [] if wrong else [one for one in rows if one.good and (import_.doubles or one.double is None)]
    return Trial(
        rows, wanted, sum(not one.good for one in rows), sum(one.double is not None for one in rows), wrong
    )  # fmt: skip


def column_faults(mapping: Sequence[str], form: Form) -> list[Refusal]:
    """What is wrong with the choice of columns as a whole."""
    found = [] if EMAIL in mapping else [Refusal("no_email_column")]
    twice = {key for key in mapping if key and key != NAME and list(mapping).count(key) > 1}
    return found + [Refusal("target_twice", {"name": form.name_of(key)}) for key in form.targets if key in twice]


def _row(place: int, cells: Sequence[str], table: Table, import_: Import, form: Form) -> Row:
    words, mapping = words_of_tables(), import_.mapping
    row = Row(place + 1, "", "", "", "", {}, {}, [])
    said: dict[str, str] = {}
    columns: dict[str, str] = {}
    for column, key in enumerate(mapping):
        if not key or key not in form.targets:
            continue
        name = columns[key] = table.head[column] or str(column + 1)
        if (place, column) in table.formulas:
            row.faults.append(Fault(name, Refusal("row_formula")))
        elif key in importing.OF_LEAD:
            said[key] = f"{said.get(key, '')} {cells[column]}".strip()
        elif form.targets[key].what:
            _say(row, form.targets[key], name, cells[column], words)
        else:
            _answer(row, form, form.targets[key], name, cells[column], words)
    row.own = _own(said, words, row.faults, table, mapping, form)
    email = importing.email_of(said.get(EMAIL, ""))
    if isinstance(email, Refusal):
        row.faults.append(Fault(_head_of(EMAIL, table, mapping), email))
    row.email, row.name = email if isinstance(email, str) else said.get(EMAIL, ""), said.get(NAME, "")
    row.title = next((str(row.values.get(one.pk) or "") for one in form.of_team if is_title(one)), "")
    row.language = row.own.pop("language", "") or import_.language
    _look_at_whole(row, form, columns)
    given = row.values.keys() | {one.question for one in row.files}
    row.missing = sum(one.required and one.pk not in given for one in form.of_team)
    return row


def _say(row: Row, target: Target, column: str, cell: str, words: Words) -> None:
    """What a cell says of somebody else in the team."""
    if not cell.strip():
        return
    readers: dict[str, Callable[[], object]] = {
        "email": lambda: importing.email_of(cell),
        "name": lambda: " ".join(cell.split())[:200],
        "role": lambda: importing.value_of(target, cell, words),
        "country": lambda: importing.country_of(cell, words),
        "birth_date": lambda: importing.day_of(cell),
    }
    value = readers[target.what]()
    if isinstance(value, Refusal):
        row.faults.append(Fault(column, value))
    else:
        row.people.setdefault(target.member, Somebody()).said[target.what] = str(value)


def _answer(row: Row, form: Form, target: Target, column: str, cell: str, words: Words) -> None:
    """What a cell answers: the team's question, or one in somebody's own part; files by their addresses."""
    question = form.question(target)
    if target.kind is Kind.FILE:
        addresses = importing.files_of(cell)
        if isinstance(addresses, Refusal):
            row.faults.append(Fault(column, addresses))
        elif len(addresses) > FILES_EACH:
            row.faults.append(Fault(column, Refusal("too_many_files", {"limit": FILES_EACH})))
        else:
            row.files += [File(question.pk, target.member, one) for one in addresses]
        if target.member and cell.strip():
            row.people.setdefault(target.member, Somebody())
        return
    value = importing.value_of(target, cell, words)
    wrong = value if isinstance(value, Refusal) or target.language else _wrong(question, value)
    if isinstance(wrong, Refusal):
        row.faults.append(Fault(column, wrong))
    elif value is not None:
        kept = row.people.setdefault(target.member, Somebody()).values if target.member else row.values
        if target.language:
            before = kept.get(question.pk)
            value = {**(before if isinstance(before, dict) else {}), target.language: value}
        kept[question.pk] = value


def _look_at_whole(row: Row, form: Form, columns: Mapping[str, str]) -> None:
    """What can only be told when the whole row has been read: shapes, and of whom something is asked."""
    by_number = {one.pk: one for one in form.questions.values()}
    for member, values in [(0, row.values), *((number, one.values) for number, one in row.people.items())]:
        for pk, value in values.items():
            wrong = _wrong(by_number[pk], value) if spec_of(by_number[pk]).languages else None
            if wrong is not None:
                row.faults.append(Fault(_column(form, columns, pk, member), wrong))
    _look_at_people(row, columns)
    roles = {number: one.said.get("role", "") for number, one in row.people.items()}
    roles[LEAD] = row.own.get("role", "")
    asked = [(pk, number) for number, one in row.people.items() for pk in one.values]
    asked += [(one.question, one.member) for one in row.files if one.member]
    for pk, number in asked:
        if roles[number] and not is_asked(by_number[pk].asked_of, roles[number]):
            row.faults.append(Fault(_column(form, columns, pk, number), Refusal("cell_not_asked")))


def _look_at_people(row: Row, columns: Mapping[str, str]) -> None:
    """Everybody beside the lead needs an address of their own."""
    addresses = {row.email}
    for number, one in sorted(row.people.items()):
        if number == LEAD:
            continue
        email, column = one.said.get("email", ""), columns.get(f"m{number}.email", "")
        if not email and not any(fault.column == column for fault in row.faults if column):
            where = column or next((name for key, name in columns.items() if key.startswith(f"m{number}")), "")
            row.faults.append(Fault(where, Refusal("member_email_missing")))
        elif email and email in addresses:
            row.faults.append(Fault(column, Refusal("member_twice", {"seen": email})))
        addresses.add(email)


def _column(form: Form, columns: Mapping[str, str], question: int, member: int) -> str:
    """The column in which a question of somebody's was answered."""
    here = (form.targets[key] for key in columns if key in form.targets)
    found = (one.key for one in here if one.member == member and one.question and form.question(one).pk == question)
    return columns[next(found)]


def is_title(question: Question) -> bool:
    """Whether the question asks for the title."""
    return question.fact == "project.title" or (not question.fact and question.key == "title")


def _wrong(question: Question, value: object) -> Refusal | None:
    """Why a value cannot be taken: its shape, or a kind's own demand; lengths are for the team to mend."""
    spec = spec_of(question)
    lengths = ("too_long", "too_short", "too_many", "too_few", "too_large", "too_small", "required_missing",
               "consent_needed")  # fmt: skip
    return shape_problem(spec, value) or next((one for one in problems(spec, value) if one.code not in lengths), None)


def _own(
    said: Mapping[str, str], words: Words, faults: list[Fault], table: Table, mapping: Sequence[str], form: Form
) -> dict[str, str]:
    found = {}
    readers: dict[str, tuple[str, Any]] = {
        LANGUAGE: ("language", lambda cell: importing.language_of(cell, words)),
        COUNTRY: ("residence", lambda cell: importing.country_of(cell, words)),
        BIRTH: ("birth_date", importing.day_of),
        ROLE: ("role", lambda cell: importing.value_of(form.targets[ROLE], cell, words)),
    }
    for key, (name, read) in readers.items():
        if said.get(key):
            value = read(said[key])
            if isinstance(value, Refusal):
                faults.append(Fault(_head_of(key, table, mapping), value))
            else:
                found[name] = value
    return found


def _head_of(key: str, table: Table, mapping: Sequence[str]) -> str:
    return table.head[mapping.index(key)] if key in mapping else ""


def _mark_doubles(call: Call, rows: Sequence[Row]) -> None:
    there = {
        (email.casefold(), importing.folded(title))
        for email, title in Application.objects.filter(call=call).values_list("lead__email", "title")
    }
    seen: set[tuple[str, str]] = set()
    for row in rows:
        who = (row.email.casefold(), importing.folded(row.title))
        if who in there:
            row.double = Refusal("row_double")
        elif who in seen:
            row.double = Refusal("row_twice")
        seen.add(who)


# --- Files that are fetched ------------------------------------------------------------------------------------------
def files_of(import_: Import) -> list[ImportedFile]:
    """The files that its rows name, with what became of each. One query."""
    found = import_.files.select_related("question", "member", "application").order_by("row", "pk")
    return list(found)


# --- What can be taken back ------------------------------------------------------------------------------------------
def untouched(import_: Import) -> list[Application]:
    """Those of its applications that nobody has touched since: not taken over, changed, read, checked or judged.

    People whom it invited may be there, and files that it fetched; whoever has joined has touched it.
    """
    since = import_.finished_at or import_.brought_at
    found = import_.applications.filter(taken_over_at=None, withdrawn_at=None, changed_at__lte=since)
    for relation in Application._meta.related_objects:
        if relation.get_accessor_name() not in _MADE:
            found = found.filter(**{f"{relation.name}__isnull": True})
    invited = Q(state=MemberState.INVITED, invited_by=OuterRef("entered_by"))
    others = TeamMember.objects.filter(application=OuterRef("pk"), is_lead=False).exclude(invited)
    brought = Attachment.objects.filter(application=OuterRef("pk"), fetched_as=None)
    found = found.exclude(findings__decided_at__isnull=False)
    return list(found.exclude(Exists(others)).exclude(Exists(brought)).distinct())


# What an import itself makes.
_MADE = frozenset({"members", "answers", "candidacies", "snapshots", "findings", "attachments", "imported_files"})
