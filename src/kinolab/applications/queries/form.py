"""What the form's pages show: steps, fields, what is missing."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from kinolab.applications import words
from kinolab.applications.domain import entries
from kinolab.applications.domain.completeness import TEAM
from kinolab.applications.domain.links import address_of
from kinolab.applications.models import Application, Attachment
from kinolab.applications.queries import accepted
from kinolab.applications.queries.asked import field_name, spec_of
from kinolab.applications.queries.dossier import Dossier
from kinolab.applications.queries.links import Shown as LinkShown
from kinolab.applications.queries.links import of_application as links_of
from kinolab.applications.queries.parts import Part
from kinolab.applications.queries.snapshot import in_words
from kinolab.applications.queries.standing import STRANDS
from kinolab.calls.domain.regulations import as_day
from kinolab.foundation.files.queries import OnItsWay
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions import words as question_words
from kinolab.foundation.questions.domain import conditions
from kinolab.foundation.questions.domain.answers import HARD_ITEMS, MEGABYTE, Kind, QuestionSpec, problems
from kinolab.foundation.questions.domain.counting import TEXT_UNITS, Unit
from kinolab.foundation.questions.domain.links import minutes_by_kind
from kinolab.foundation.questions.domain.tables import TABLES, Column, Plan, columns_of, plans
from kinolab.foundation.questions.models import Question, Section
from kinolab.foundation.questions.queries import asked
from kinolab.foundation.refusals import Refusal

if TYPE_CHECKING:
    from kinolab.applications.queries.earlier import Waiting

CURRENCIES = ("USD", "EUR", "KGS", "KZT", "UZS", "TJS", "TMT", "RUB")
EXTRA_ROWS = 2  # empty ones under what is filled
FINANCE_ROWS = 3  # of a plan that nobody has begun
READING_MINUTES = 0.5  # a short question
WRITING_WORDS_A_MINUTE = 12  # composing, not typing


@dataclass(frozen=True, slots=True)
class Count:
    """A limit on a text's length."""

    unit: str
    maximum: int


@dataclass
class Field:
    """One question on a page. `texts` are what its controls hold; `error` a refusal to show; `theirs` another's text.

    `asides` are texts that could not be merged into the answer and wait for a decision; what is typed here `settles` one.
    """

    question: Question
    texts: list[str]
    version: int
    attachments: Sequence[Attachment] = ()
    lacking: Sequence[Refusal] = ()
    carried: bool = False
    error: Refusal | None = None
    theirs: list[str] = field(default_factory=list)
    uploads: Sequence[OnItsWay] = ()
    asides: Sequence["Waiting"] = ()
    settles: object = 0
    link: LinkShown | None = None
    value: object = None
    is_shown: bool = True
    for_member: str = ""  # where staff send files to somebody's own part: the query that says whose
    shows: str = ""  # when it shows, for the page: JSON of `conditions.open_part`; empty for always

    @property
    def name(self) -> str:
        """The name of its controls, and the address of the field on its page."""
        return field_name(self.question)

    @property
    def text(self) -> str:
        """What its only control holds."""
        return self.texts[0] if self.texts else ""

    @property
    def template(self) -> str:
        """The partial that shows this kind of question."""
        if self.spec.languages:
            return "applications/form/_languages.html"
        if self.question.kind in TABLES:
            return "applications/form/_table.html"
        if self.is_group and self.question.kind in (Kind.DATE, Kind.LINK):
            return f"applications/form/_{self.question.kind}_parts.html"
        return f"applications/form/_{self.question.kind}.html"

    @cached_property
    def spec(self) -> QuestionSpec:
        """The question as the rules see it."""
        return spec_of(self.question)

    @property
    def is_group(self) -> bool:
        """Whether several controls stand under one legend."""
        spec = self.spec
        inexact = spec.kind is Kind.DATE and spec.precision != "day"
        return spec.kind in _GROUPS or bool(spec.languages) or spec.has_parts or inexact

    @property
    def in_languages(self) -> list[tuple[str, str, str]]:
        """A text in each of its languages: tag, name of the language, text."""
        tags = self.spec.languages
        return [
            (tag, formats.language_name(tag), text)
            for tag, text in zip(tags, [*self.texts, *[""] * len(tags)], strict=False)
        ]

    @property
    def counts(self) -> list[Count]:
        """The limits on its length, for counting while typing."""
        return [
            Count(one["unit"], one["maximum"])
            for one in self.question.limits
            if one["unit"] in TEXT_UNITS and one.get("maximum")
        ]

    @property
    def megabytes(self) -> int:
        """How large a file may be, in megabytes."""
        return self.bytes // MEGABYTE

    @property
    def bytes(self) -> int:
        """How large a file may be."""
        return accepted.most_bytes(self.question)

    @property
    def plain_bytes(self) -> int:
        """How large a file may be that comes in a form."""
        return min(self.bytes, settings.KINOLAB_MAX_UPLOAD)

    @property
    def plain_megabytes(self) -> int:
        """The same in megabytes."""
        return self.plain_bytes // MEGABYTE

    @property
    def formats(self) -> str:
        """Which files are taken, in words."""
        return accepted.formats_taken(self.question)

    @property
    def accept(self) -> str:
        """What the browser offers to choose."""
        return accepted.accept(self.question)

    @property
    def most(self) -> int:
        """How many boxes may be ticked, or films listed; 0 for as many as one likes."""
        said = [one["maximum"] for one in self.question.limits if one["unit"] == Unit.ITEMS and one.get("maximum")]
        return min(said, default=0)

    @property
    def options(self) -> list[tuple[str, str]]:
        """What can be chosen, by key and name in the language of the page."""
        own = [(str(one["key"]), str(Text(one["label"]))) for one in self.question.choices]
        if own:
            return own
        if self.question.kind == Kind.COUNTRY:
            return countries()
        if self.question.kind == Kind.LANGUAGE:
            return [(tag, formats.language_name(tag)) for tag, _ in settings.LANGUAGES]
        return [(code, code) for code in CURRENCIES]

    @property
    def currencies(self) -> list[str]:
        """The currencies of money or of a plan."""
        return [str(one["key"]) for one in self.question.choices] or list(CURRENCIES)

    @property
    def minutes(self) -> list[tuple[str, object]]:
        """How long each kind of video may be, by its name."""
        most = minutes_by_kind(self.question.details)
        return [(str(Text(one["label"])), most[one["key"]]) for one in self.question.choices if one["key"] in most]

    @property
    def modules(self) -> list[Mapping[str, object]]:
        """The modules to tick: name, when, whether it must be attended."""
        return [
            {
                "key": one["key"],
                "name": Text(one["label"]),
                "when": _span(one),
                "mandatory": one.get("mandatory", False),
            }
            for one in self.question.choices
        ]

    @property
    def months(self) -> list[tuple[str, str]]:
        """The months by their names."""
        return [(f"{month:02}", formats.month_name(month)) for month in range(1, 13)]

    @property
    def plans(self) -> list[Plan]:
        """A finance plan summed up by currency."""
        return plans(self.value)

    @property
    def longest(self) -> int:
        """How many minutes a video may have; 0 for as many as one likes."""
        said = [one["maximum"] for one in self.question.limits if one["unit"] == Unit.MINUTES and one.get("maximum")]
        return min(said, default=0)

    @property
    def given(self) -> str:
        """Who agreed, when, to which version of the text; empty while nobody has."""
        return in_words(Kind.CONSENT, self.value, {})[0] if isinstance(self.value, Mapping) else ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of a table."""
        return columns_of(Kind(self.question.kind), self.question.details)

    @property
    def capacity(self) -> int:
        """How many rows there may be: one person, unless the question takes more."""
        return self.most or (1 if self.question.kind == Kind.PERSON else HARD_ITEMS)

    @property
    def rows(self) -> list[list[tuple[Column, str]]]:
        """The rows of a table as they are filled, with some empty ones to fill."""
        size = len(self.columns)
        rows = [self.texts[start : start + size] for start in range(0, len(self.texts), size)]
        rows = [[*row, *[""] * (size - len(row))] for row in rows if any(row)]
        usual = FINANCE_ROWS if self.question.kind == Kind.FINANCE_PLAN and not rows else EXTRA_ROWS
        free = min(max(self.capacity - len(rows), 0), usual) or (0 if rows else 1)
        return [list(zip(self.columns, row, strict=True)) for row in [*rows, *[[""] * size] * free]]


_GROUPS = frozenset({Kind.CHOICE, Kind.MANY, Kind.MONEY, Kind.MODULES, *TABLES})


def _span(module: Mapping[str, object]) -> str:
    """When a module is, as exactly as it is known."""
    first, last = (as_day(module.get(name)) for name in ("starts", "ends"))
    if first is None:
        return ""
    precision = str(module.get("precision") or "day")
    return formats.day_range(first, last) if precision == "day" else formats.precise(first, precision)


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the form: a section, the team, or the check before sending."""

    key: str
    title: object
    url: str
    done: int
    total: int
    state: str


@dataclass(frozen=True, slots=True)
class Lack:
    """Something to mend, with the address of its place."""

    label: object
    refusal: Refusal
    url: str


def countries() -> list[tuple[str, str]]:
    """Countries by their names in the language of the page, in its alphabet; those of the labs first."""
    return list(_countries(get_language() or settings.LANGUAGE_CODE))


@lru_cache(maxsize=16)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(question_words.countries())


def sections_of(dossier: Dossier) -> list[Section]:
    """The sections that ask something, in order."""
    found: dict[int, Section] = {}
    for question in dossier.shown:
        found.setdefault(question.section_id, question.section)
    return list(found.values())


def fields_of(
    dossier: Dossier, section: Section, coming: Mapping[int, Sequence[OnItsWay]] | None = None
) -> list[Field]:
    """The fields of one section, filled with what is saved; those that do not show are there too, hidden.

    `coming` are files on their way, by question number.
    """
    asked_here = [question for question in dossier.questions if question.section_id == section.pk]
    shown = {question.pk for question in dossier.shown}
    by_key = {question.key: dossier.value(question) for question in dossier.shown}
    fields = _with_conditions([field_of(dossier, question) for question in asked_here], shown, by_key)
    return with_links(dossier, with_uploads(fields, coming or {}))


def own_fields(part: Part) -> list[Field]:
    """The fields of somebody's own part, those that do not show hidden; what the team answers is decided already."""
    by_key = {one.key: part.value(one) for one in part.shown}
    if part.whole is not None:
        by_key |= {one.key: part.whole.value(one) for one in part.whole.shown}
    return _with_conditions([field_of(part, one) for one in part.questions], {one.pk for one in part.shown}, by_key)


def _with_conditions(fields: list[Field], shown: Collection[int], by_key: Mapping[str, object]) -> list[Field]:
    on_page: dict[str, str] = {}
    for one in fields:
        one.is_shown, one.shows = one.question.pk in shown, _shows(one.question, by_key, on_page)
        on_page[one.question.key] = one.name
    return fields


def only(fields: list[Field], wanted: Collection[int]) -> list[Field]:
    """Some fields of a page; what shows by another that is not among them stays as it is."""
    kept = [one for one in fields if one.question.pk in wanted]
    left = {one.question.key for one in fields if one.question.pk not in wanted}
    for one in kept:
        condition = conditions.parse(one.question.shown_if) if one.shows else None
        if (
            condition is not None
            and not isinstance(condition, Refusal)
            and left & {*conditions.questions_in(condition)}
        ):
            one.shows = ""
    return kept


def _shows(question: Question, answers: Mapping[str, object], on_page: Mapping[str, str]) -> str:
    """When a question shows, as its page needs to know it; empty where the page cannot change it."""
    condition = conditions.parse(question.shown_if) if question.shown_if else None
    if (
        condition is None
        or isinstance(condition, Refusal)
        or on_page.keys().isdisjoint(conditions.questions_in(condition))
    ):
        return ""
    return json.dumps(conditions.open_part(condition, answers, on_page))


def with_links(dossier: Dossier, fields: list[Field]) -> list[Field]:
    """The fields with how their links stand; asked only where there are links."""
    asked = any(one.question.kind == Kind.LINK for one in fields)
    checks = links_of(dossier.application) if asked else {}
    for one in fields:
        one.link = checks.get((one.question.pk, address_of(dossier.value(one.question))[0])) if checks else None
    return fields


def with_uploads(fields: list[Field], coming: Mapping[int, Sequence[OnItsWay]]) -> list[Field]:
    """The fields with the files that are on their way to them."""
    for one in fields:
        one.uploads = coming.get(one.question.pk, ())
    return fields


def field_of(dossier: Dossier | Part, question: Question) -> Field:
    """One field, filled with what is saved: of the team's questions, or of somebody's own part."""
    answer, attachments = dossier.answers.get(question.pk), dossier.attachments.get(question.pk, ())
    spec = spec_of(question)
    value = dossier.value(question)
    # A field nobody has touched is not scolded; what is there and wrong is.
    lacking = problems(spec, value) if value not in (None, "", [], {}) else []
    return Field(
        question,
        entries.write(spec, None if spec.kind is Kind.FILE else value),
        answer.version if answer else 0,
        attachments,
        lacking,
        carried=bool(answer and answer.carried) or any(one.carried for one in attachments),
        value=value,
    )


def preview_fields(questions: Sequence[Question]) -> list[Field]:
    """Fields of a form that nobody fills: everything on one page, conditions and all."""
    fields = blank_fields(questions)
    on_page: dict[str, str] = {}
    shown = conditions.shown([asked(one) for one in questions], [None] * len(questions))
    for one, is_shown in zip(fields, shown, strict=True):
        one.is_shown, one.shows = is_shown, _shows(one.question, {}, on_page)
        on_page[one.question.key] = one.name
    return fields


def blank_fields(questions: Sequence[Question]) -> list[Field]:
    """Fields of a form that nobody has begun."""
    return [Field(question, entries.write(spec_of(question), None), 0) for question in questions]


def steps(dossier: Dossier, current: str) -> list[StepShown]:
    """The form's steps: the team, each section, the check; with how much of each is done."""
    application = dossier.application
    lacking = {one.where for one in dossier.missing}
    members = len(dossier.joined)
    shown = [
        StepShown(
            TEAM,
            "",
            reverse("applications:team", args=(application.code,)),
            members,
            max(members, application.call.team_min),
            _state(current == TEAM, TEAM not in lacking),
        )
    ]
    if dossier.standing.is_to_choose:
        shown.insert(0, _strands(dossier, lacking, current))
    if dossier.parts:
        shown.append(_own_parts(dossier, lacking))
    for section in sections_of(dossier):
        asked = [one for one in dossier.shown if one.section_id == section.pk]
        wanted = [field_name(one) for one in asked if one.required or field_name(one) in lacking]
        done = len([name for name in wanted if name not in lacking])
        shown.append(
            StepShown(
                section.key,
                section.title,
                section_url(application, section),
                done,
                len(wanted),
                _state(False, done == len(wanted)) if done else "next" if wanted else "done",
            )
        )
    shown.append(StepShown("check", "", reverse("applications:edit", args=(application.code,)), 0, 0, "next"))
    return shown


def _strands(dossier: Dossier, lacking: set[str], current: str) -> StepShown:
    """The step of the strands, and of applying with a project or without."""
    done = STRANDS not in lacking
    url = reverse("applications:strands", args=(dossier.application.code,))
    return StepShown(STRANDS, "", url, int(done), 1, _state(current == STRANDS, done))


def _own_parts(dossier: Dossier, lacking: set[str]) -> StepShown:
    """The step of what is asked of each person alone, over all who have joined."""
    wanted = [place for part in dossier.parts if part.is_awaited for place in part.wanted]
    done = len([place for place in wanted if place not in lacking])
    whole = not any(one.where in lacking for part in dossier.parts if part.is_awaited for one in part.missing)
    url = reverse("applications:part", args=(dossier.application.code,))
    return StepShown("part", "", url, done, len(wanted), _state(False, whole))


def _state(current: bool, complete: bool) -> str:
    return "done" if complete else "now"


def section_url(application: Application, section: Section) -> str:
    """The page of a section."""
    return reverse("applications:section", args=(application.code, section.key))


def place_url(application: Application, question: Question) -> str:
    """Where a question is answered: its section's page, or that of one's own part."""
    if question.asked_of:
        return f"{reverse('applications:part', args=(application.code,))}#{field_name(question)}"
    return f"{section_url(application, question.section)}#{field_name(question)}"


def lacks(dossier: Dossier) -> list[Lack]:
    """What is missing, each with a link to its place."""
    application = dossier.application
    by_name = {field_name(one): one for one in dossier.questions}
    team = reverse("applications:team", args=(application.code,))
    of_people = {part.place(one): (part, one) for part in dossier.parts for one in part.questions}
    signing = {part.place_of_signature: part for part in dossier.parts}
    rests = {part.place_of_rest: part for part in dossier.parts}
    own = reverse("applications:part", args=(application.code,))
    found = []
    for one in dossier.missing:
        question = by_name.get(one.where)
        if one.where in of_people:
            part, asked = of_people[one.where]
            label = f"{asked.label} · {part.member.name or part.member.email}"
            found.append(Lack(label, one.refusal, f"{own}#m{part.member.pk}"))
        elif one.where in rests:
            found.append(Lack(words.OWN_PART, one.refusal, f"{own}#m{rests[one.where].member.pk}"))
        elif one.where in signing:
            found.append(Lack(words.SIGNATURE, one.refusal, f"{own}#m{signing[one.where].member.pk}"))
        elif one.where == STRANDS:
            url = reverse("applications:strands", args=(application.code,))
            found.append(Lack(words.STRANDS, one.refusal, url if dossier.standing.is_to_choose else team))
        elif question is None:
            found.append(Lack("", one.refusal, team))
        else:
            url = f"{section_url(application, question.section)}#{one.where}"
            found.append(Lack(question.label, one.refusal, url))
    return found


def minutes_needed(questions: Sequence[Question]) -> int:
    """An honest estimate of the time a form takes, in minutes rounded up to five: short questions, and texts by length."""
    minutes = 0.0
    for question in questions:
        words = _words_expected(question.limits) if question.kind == Kind.LONG_TEXT else 0
        minutes += max(READING_MINUTES, words / WRITING_WORDS_A_MINUTE)
    return max(5, -(-int(minutes) // 5) * 5)


def _words_expected(limits: Sequence[Mapping[str, object]]) -> float:
    """Two thirds of the longest allowed; a word is about seven characters with its space."""
    for one in limits:
        most = one.get("maximum")
        if isinstance(most, int) and one["unit"] in TEXT_UNITS:
            return most * 2 / 3 / (1 if one["unit"] == Unit.WORDS else 7)
    return 100.0


def recent_changes(dossier: Dossier, limit: int = 5) -> list[tuple[object, str, object]]:
    """The latest answers: when, by whom, which question."""
    by_number = {one.pk: one for one in dossier.questions}
    latest = sorted(dossier.answers.values(), key=lambda one: one.changed_at, reverse=True)[:limit]
    return [
        (
            one.changed_at,
            (one.changed_by.name or one.changed_by.email) if one.changed_by else "",
            by_number[one.question_id].label,
        )
        for one in latest
        if one.question_id in by_number
    ]
