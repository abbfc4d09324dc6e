"""An import before it is done: what its columns may be, what each row would become, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from kinolab.applications.domain import importing
from kinolab.applications.domain.importing import BIRTH, COUNTRY, EMAIL, LANGUAGE, NAME, Target, Words
from kinolab.applications.models import Application, Import
from kinolab.applications.queries.dossier import field_name, questions_of, spec_of
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
}
SHOWN_ROWS = 200


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
    """Where columns of a call's import may go."""

    questions: dict[str, Question]
    targets: dict[str, Target]

    def name_of(self, key: str) -> str:
        """A target in words."""
        if key in LEAD_NAMES:
            return str(LEAD_NAMES[key])
        question = self.questions[key]
        return f"{question.section.title}: {question.label}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Every target by key and name; first none."""
        return [("", "—"), *((key, self.name_of(key)) for key in self.targets)]


def form_of(call: Call) -> Form:
    """The targets of a call: of its lead, then each question that a cell can answer. One query."""
    questions = {
        field_name(one): one for one in questions_of(call) if one.kind not in importing.NOT_FROM_TABLES and _known(one)
    }
    targets = {key: Target(key, frozenset({key, *importing.KNOWN.get(key, ())})) for key in importing.OF_LEAD}
    for key, one in questions.items():
        labels = {text for text in one.label.as_dict().values() if text}
        names = labels | {one.key, f"{one.section.key}.{one.key}", *importing.names_known_for(one.key, one.fact)}
        choices = {}
        for choice in one.choices:
            said = [choice["key"], *dict(choice["label"]).values()]
            choices |= {importing.folded(str(text)): str(choice["key"]) for text in said if text}
        targets[key] = Target(key, frozenset(names), Kind(one.kind), choices)
    # A question's own name goes before what other programs call the lead's country or name.
    return Form(questions, {**targets})


def _known(question: Question) -> bool:
    """Whether a cell can hold the answer: a text that is asked for in several languages is more than one cell."""
    if question.kind not in importing.READABLE or question.asked_of:
        return False
    return question.kind not in (Kind.TEXT, Kind.LONG_TEXT) or shape_problem(spec_of(question), "x") is None


def guessed(call: Call, table: Table, form: Form) -> list[str]:
    """The columns of a table, guessed; what was chosen in the call's last import of such columns comes first."""
    before: dict[str, str] = {}
    for one in Import.objects.filter(call=call).exclude(mapping=[]).order_by("pk").only("head", "mapping"):
        before |= {importing.folded(name): key for name, key in zip(one.head, one.mapping, strict=False) if name}
    questions = [target for key, target in form.targets.items() if key not in importing.OF_LEAD]
    of_lead = [form.targets[key] for key in importing.OF_LEAD]
    return importing.guess(table.head, [*questions, *of_lead], before)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell (or, without a column, with the row)."""

    column: str
    refusal: Refusal


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
    faults: list[Fault] = []
    said: dict[str, str] = {}
    values: dict[int, object] = {}
    for column, key in enumerate(mapping):
        if not key or key not in form.targets:
            continue
        name = table.head[column] or str(column + 1)
        if (place, column) in table.formulas:
            faults.append(Fault(name, Refusal("row_formula")))
        elif key in importing.OF_LEAD:
            said[key] = f"{said.get(key, '')} {cells[column]}".strip()
        else:
            question = form.questions[key]
            value = importing.value_of(form.targets[key], cells[column], words)
            wrong = value if isinstance(value, Refusal) else _wrong(question, value)
            if wrong is not None:
                faults.append(Fault(name, wrong))
            elif value is not None:
                values[question.pk] = value
    own = _own(said, words, faults, table, mapping)
    email = importing.email_of(said.get(EMAIL, ""))
    if isinstance(email, Refusal):
        faults.append(Fault(_head_of(EMAIL, table, mapping), email))
    title = next((str(values.get(one.pk) or "") for one in form.questions.values() if is_title(one)), "")
    missing = sum(one.required and one.pk not in values for one in form.questions.values())
    return Row(
        place + 1, email if isinstance(email, str) else said.get(EMAIL, ""), said.get(NAME, ""), title,
        own.pop("language", "") or import_.language, own, values, faults, missing=missing,
    )  # fmt: skip


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
    said: Mapping[str, str], words: Words, faults: list[Fault], table: Table, mapping: Sequence[str]
) -> dict[str, str]:
    found = {}
    readers: dict[str, tuple[str, Any]] = {
        LANGUAGE: ("language", lambda cell: importing.language_of(cell, words)),
        COUNTRY: ("residence", lambda cell: importing.country_of(cell, words)),
        BIRTH: ("birth_date", importing.day_of),
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


# --- What can be taken back ------------------------------------------------------------------------------------------
def untouched(import_: Import) -> list[Application]:
    """Those of its applications that nobody has touched since: not taken over, changed, read, checked or judged."""
    since = import_.finished_at or import_.brought_at
    found = import_.applications.filter(taken_over_at=None, withdrawn_at=None, changed_at__lte=since)
    for relation in Application._meta.related_objects:
        if relation.get_accessor_name() not in _MADE:
            found = found.filter(**{f"{relation.name}__isnull": True})
    return list(found.exclude(findings__decided_at__isnull=False).exclude(members__is_lead=False).distinct())


_MADE = frozenset({"members", "answers", "candidacies", "snapshots", "findings"})  # what an import itself makes
