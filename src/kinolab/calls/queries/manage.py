"""What organisers see of a call: what is missing, and every text in every language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise

from kinolab.calls import words
from kinolab.calls.domain import readiness, shapes
from kinolab.calls.domain.readiness import CallFacts
from kinolab.calls.domain.regulations import parse_rule
from kinolab.calls.domain.told import facts_told
from kinolab.calls.models import Call
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.prepared import prepared
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Refusal
from kinolab.labs.domain import calendar
from kinolab.labs.models import Edition, Programme


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text of the edition in all its languages. `key` names its place for `actions.editing.change_text`."""

    key: str
    group: str
    label: Promise | str
    text: Text
    long: bool
    public: bool = True


# What is written about each kind of thing: (field, is it long).
_EDITION = (("name", False), ("city", False))
_CALL = (("headline", False), ("lead", True), ("who", True), ("privacy", True))
_LISTS: tuple[tuple[str, str, tuple[tuple[str, bool], ...]], ...] = (
    ("strands", "strand", (("name", False), ("about", True))),
    ("covers", "cover", (("text", False),)),
    ("faqs", "faq", (("question", False), ("answer", True))),
    ("rules", "rule", (("sentence", False), ("question", False), ("refusal", True))),
    ("criteria", "criterion", (("name", False), ("help", True))),
)


def text_rows(call: Call) -> list[TextRow]:
    """Every text of the edition and its call, group by group; optional texts that exist in no language included."""
    return [*_of_edition(call.edition), *_of_call(call), *_of_form(call)]


def missing_rows(rows: Sequence[TextRow], languages: Sequence[str]) -> dict[str, list[TextRow]]:
    """For each language, the texts that exist in another one and not in it."""
    return {tag: [row for row in rows if row.text and not row.text.in_language(tag)] for tag in languages}


def call_facts(call: Call) -> CallFacts:
    """The facts of `readiness`."""
    rows = text_rows(call)
    missing = missing_rows([row for row in rows if row.public], call.languages)
    unreadable = [rule.code for rule in call.rules.all() if isinstance(parse_rule(rule.definition), list)]
    questions = Question.objects.filter(section__form=call.form_id).count() if call.form_id else 0
    needed = [row for row in rows if row.key in {f"call.{call.pk}.headline", f"call.{call.pk}.lead"}]
    return CallFacts(
        has_zone=bool(call.timezone),
        has_dates=bool(call.opens_at and call.closes_at),
        questions=questions,
        has_privacy=bool(call.privacy),
        criteria=call.criteria.count(),
        languages=call.languages,
        whole_languages=[
            tag for tag in call.languages if not missing[tag] and all(row.text.in_language(tag) for row in needed)
        ],
        unreadable_rules=unreadable,
    )


def _rows(
    group: str, kind: str, thing: models.Model, fields: Sequence[tuple[str, bool]], name: str = ""
) -> Iterator[TextRow]:
    for field, long in fields:
        label: Any = words.TEXTS[f"{kind}.{field}"]
        yield TextRow(
            f"{kind}.{thing.pk}.{field}", group, f"{label} · {name}" if name else label, getattr(thing, field), long
        )


def _of_edition(edition: Edition) -> Iterator[TextRow]:
    yield from _rows("edition", "edition", edition, _EDITION)
    for module in edition.modules.all():
        yield from _rows("edition", "module", module, (("name", False), ("city", False)), str(module.name))
    for tutor in edition.tutors.all():
        yield from _rows("edition", "tutor", tutor, (("title", False), ("about", True)), tutor.name)


def _of_call(call: Call) -> Iterator[TextRow]:
    yield from _rows("call", "call", call, _CALL)
    for related, kind, fields in _LISTS:
        group = {"rule": "regulations", "criterion": "rubric"}.get(kind, "call")
        for thing in getattr(call, related).all():
            name = str(thing.name) if kind == "strand" else getattr(thing, "code", "")
            for row in _rows(group, kind, thing, fields, name):
                yield TextRow(row.key, row.group, row.label, row.text, row.long, public=kind != "criterion")


def _of_form(call: Call) -> Iterator[TextRow]:
    if call.form is None:
        return
    for section in call.form.sections.prefetch_related("questions"):
        yield from _rows("form", "section", section, (("title", False), ("help", True)))
        for question in section.questions.all():
            yield from _rows("form", "asked", question, (("label", False), ("help", True)), question.key)
            for number, choice in enumerate(question.choices):
                label = f"{words.TEXTS['asked.choice']} · {question.key} · {choice['key']}"
                yield TextRow(f"asked.{question.pk}.choice-{number}", "form", label, Text(choice["label"]), False)


# --- Pages -----------------------------------------------------------------------------------------------------------
@prepared
def _with_form(edition: int) -> models.QuerySet[Call]:
    """The call of the edition with this number."""
    return Call.objects.select_related("form").filter(edition=edition)


def call_of(edition: Edition) -> Call | None:
    """The call of an edition, with its form. One query for each edition object, which keeps it."""
    kept = Edition._meta.get_field("call")
    if not kept.is_cached(edition):
        found = _with_form.first(edition.pk)
        kept.set_cached_value(edition, found)
        if found is not None:
            found.edition = edition
    call: Call | None = kept.get_cached_value(edition)
    return call


def milestones(edition: Edition) -> dict[str, datetime | None]:
    """When the call opens and closes, for the rail. One query, none for a page that has the call already."""
    call = getattr(edition, "call", None)
    return {"call_opens": call.opens_at, "call_closes": call.closes_at} if call else {}


def rows(call: Call, kind: str) -> Any:
    """The list `kind` of a call or of its edition (a key of `words.LISTS`)."""
    return getattr(call.edition if kind in ("modules", "tutors") else call, kind)


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page of a call at work: what it lacks, what is not translated, how long its lists are."""

    call: Call
    missing: Sequence[Refusal]
    untranslated: Sequence[tuple[str, Sequence[TextRow]]]
    lists: Sequence[tuple[str, Promise, int]]
    questions: int
    doubts: Sequence[Refusal] = ()  # worth a look, and not in the way


def overview(call: Call) -> Overview:
    """Everything on that page."""
    missing = missing_rows(text_rows(call), call.languages)
    lists = [(kind, name, rows(call, kind).count()) for kind, name in words.LISTS.items()]
    facts = call_facts(call)
    return Overview(call, readiness.missing(facts), list(missing.items()), lists, facts.questions, doubts(call))


def doubts(call: Call) -> list[Refusal]:
    """Rules that look at a question which has gone: they will never say more than not known yet. Two queries."""
    asked = Question.objects.filter(section__form=call.form_id).exclude(fact="")
    told = set(facts_told(asked.values_list("fact", "kind")))
    read = [parse_rule(rule.definition) for rule in call.rules.all()]
    untold = tuple(rule.code for rule in read if not isinstance(rule, list) and shapes.untold(rule, told))
    return [Refusal("rules_untold", {"rules": untold})] if untold else []


def editions_to_copy(programme: Programme) -> list[Edition]:
    """The programme's editions that have a call, the newest first."""
    found = Edition.objects.filter(programme=programme, call__isnull=False)
    return list(found.select_related("programme__organisation", "call").order_by("-starts_on", "-pk"))


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a list as its page shows it: what it is called, lines about it, and why it cannot be read (rules)."""

    pk: int
    title: object
    lines: Sequence[object]
    problem: Refusal | None = None


def shown_rows(call: Call, kind: str) -> list[ShownRow]:
    """The rows of a list. One query."""
    return [_SHOWN[kind](one) for one in rows(call, kind).all()]


def _shown_rule(rule: Any) -> ShownRow:
    parsed = parse_rule(rule.definition)
    if isinstance(parsed, list):
        return ShownRow(rule.pk, rule.sentence or rule.code, [rule.code], parsed[0])
    said = (
        f"{parsed.code}: {parsed.scope}.{parsed.field} {parsed.op}" if parsed.field else f"{parsed.code}: {parsed.op}"
    )
    value = "" if parsed.value is None else str(list(parsed.value) if isinstance(parsed.value, tuple) else parsed.value)
    return ShownRow(rule.pk, rule.sentence or rule.code, [f"{said} {value}".strip(), words.SEVERITIES[parsed.severity]])


def _shown_module(module: Any) -> ShownRow:
    when = formats.precise(module.starts_on, module.precision) if module.starts_on else ""
    return ShownRow(module.pk, module.name, [line for line in (when, str(module.city)) if line])


_SHOWN: dict[str, Any] = {
    "strands": lambda one: ShownRow(one.pk, one.name, [one.slug]),
    "covers": lambda one: ShownRow(one.pk, one.text, [] if one.covered else [words.NOT_COVERED]),
    "faqs": lambda one: ShownRow(one.pk, one.question, [one.answer]),
    "tutors": lambda one: ShownRow(one.pk, one.name, [one.title] if one.title else []),
    "criteria": lambda one: ShownRow(one.pk, one.name, [f"{one.code} × {formats.number(one.weight)}"]),
    "modules": _shown_module,
    "rules": _shown_rule,
}


@dataclass(frozen=True, slots=True)
class DateChange:
    """A date before and after a copy, as both are read."""

    label: Promise | str
    before: str
    after: str


def date_changes(edition: Edition, years: int) -> list[DateChange]:
    """Every date of an edition and what it becomes `years` later, clock times kept."""
    call, zone = edition.call, edition.call.timezone or edition.timezone
    found: list[DateChange] = []
    moments = ((words.OPENS, call.opens_at, True), (words.CLOSES, call.closes_at, call.hour_known))
    for label, at, hour in moments:
        if at is not None:
            later = calendar.shift_moment(at, zone, years)
            shown = [
                formats.moment(one, zone) if hour else formats.day(formats.day_in(one, zone)) for one in (at, later)
            ]
            found.append(DateChange(label, *shown))
    days: list[tuple[Promise | str, date | None, str]] = [
        (words.RESULTS, call.results_on, call.results_precision),
        (words.BEGINS, edition.starts_on, edition.starts_precision),
        (words.ENDS, edition.ends_on, edition.ends_precision),
    ]
    days += [(str(one.name), one.starts_on, one.precision) for one in edition.modules.all()]
    for label, day, precision in days:
        if day is not None:
            later_day = calendar.shift_day(day, years)
            found.append(DateChange(label, formats.precise(day, precision), formats.precise(later_day, precision)))
    return found
