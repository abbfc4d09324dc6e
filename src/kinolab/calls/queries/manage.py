"""What organisers see of a call: what is missing, and every text in every language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise

from kinolab.calls import words
from kinolab.calls.domain.readiness import CallFacts
from kinolab.calls.domain.regulations import parse_rule
from kinolab.calls.models import Call
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions.models import Question
from kinolab.labs.models import Edition


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


def _rows(group: str, kind: str, thing: models.Model, fields: Sequence[tuple[str, bool]], name: str = "") -> Iterator[TextRow]:
    for field, long in fields:
        label: Any = words.TEXTS[f"{kind}.{field}"]
        yield TextRow(f"{kind}.{thing.pk}.{field}", group, f"{label} · {name}" if name else label, getattr(thing, field), long)


def _of_edition(edition: Edition) -> Iterator[TextRow]:
    yield from _rows("edition", "edition", edition, _EDITION)
    for module in edition.modules.all():
        yield from _rows("edition", "module", module, (("name", False), ("city", False)))
    for tutor in edition.tutors.all():
        yield from _rows("edition", "tutor", tutor, (("title", False), ("about", True)), tutor.name)


def _of_call(call: Call) -> Iterator[TextRow]:
    yield from _rows("call", "call", call, _CALL)
    for related, kind, fields in _LISTS:
        group = {"rule": "regulations", "criterion": "rubric"}.get(kind, "call")
        for thing in getattr(call, related).all():
            name = getattr(thing, "code", "")
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
