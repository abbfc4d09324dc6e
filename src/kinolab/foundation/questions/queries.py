"""Reads of the room: a form with its sections and questions, and a question as the rules know it."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions.domain import versions
from kinolab.foundation.questions.domain.answers import Kind, Limit, QuestionSpec
from kinolab.foundation.questions.domain.conditions import Asked
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.domain.seeing import SENSITIVE, SeenBy
from kinolab.foundation.questions.models import Form, Question, Section

LIBRARY = Path(__file__).with_name("library.yaml")
_USUAL: dict[str, Any] = {
    "help": {}, "required": True, "limits": [], "choices": [], "details": {}, "shown_if": {}, "fact": "",
    "seen_by": SeenBy.READERS.value, "pii_level": 0,
}  # fmt: skip


@cache
def library() -> dict[str, dict[str, Any]]:
    """The ready questions by their codes, each with everything that a question has but its code and place."""
    read: dict[str, dict[str, Any]] = yaml.safe_load(LIBRARY.read_text(encoding="utf-8"))
    return {key: {**_USUAL, **given} for key, given in read.items()}


def sections(form: Form) -> list[Section]:
    """The sections in order, each with its questions at hand. Two queries."""
    return list(form.sections.prefetch_related("questions").order_by("order"))


def asked(question: Question) -> Asked:
    """A question as `domain.conditions` sees it."""
    choices = [str(one["key"]) for one in question.choices]
    personal = question.pii_level >= SENSITIVE
    seen_by = SeenBy(question.seen_by)
    return Asked(question.key, question.shown_if, choices, seen_by, question.asked_of, personal, question.required)


def in_order(form: Form) -> list[Question]:
    """Every question of the form in its order, with its section. One query."""
    return list(
        Question.objects.filter(section__form=form).select_related("section").order_by("section__order", "order")
    )


def as_versions(form: Form) -> list[versions.Asked]:
    """The questions of one version of a form, to be compared with those of another."""
    return [
        versions.Asked(one.pk, one.section.key, one.key, one.kind, one.asked_of, _said(one)) for one in in_order(form)
    ]


def _said(question: Question) -> dict[str, Any]:
    said = {name: getattr(question, name) for name in SAID}
    return {name: value.as_dict() if isinstance(value, Text) else value for name, value in said.items()}


SAID = ("label", "help", "required", "limits", "choices", "details", "shown_if", "fact", "seen_by", "pii_level")


def asked_in_order(form: Form) -> list[Asked]:
    """Everything that is asked, in order, as conditions see it."""
    return [asked(one) for one in in_order(form)]


def same_question(question: Question) -> list[Question]:
    """The question under its code in every version of its form."""
    forms, form = [question.section.form], question.section.form
    while form.replaces is not None:
        form = form.replaces
        forms.append(form)
    later = list(Form.objects.filter(replaces=question.section.form))
    while later:
        forms += later
        later = list(Form.objects.filter(replaces__in=later))
    return list(Question.objects.filter(section__form__in=forms, key=question.key))


def spec(question: Question) -> QuestionSpec:
    """A question as `domain.answers` reads it."""
    return QuestionSpec(
        key=question.key,
        kind=Kind(question.kind),
        required=question.required,
        limits=tuple(Limit(Unit(one["unit"]), one.get("maximum"), one.get("minimum")) for one in question.limits),
        choices=tuple(str(one["key"]) for one in question.choices),
        details=question.details,
    )
