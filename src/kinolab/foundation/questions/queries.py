"""Reads of the room: a form with its sections and questions, and a question as the rules know it."""

from kinolab.foundation.questions.domain.answers import Kind, Limit, QuestionSpec
from kinolab.foundation.questions.domain.conditions import Asked
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.domain.seeing import SeenBy
from kinolab.foundation.questions.models import Form, Question, Section


def sections(form: Form) -> list[Section]:
    """The sections in order, each with its questions at hand. Two queries."""
    return list(form.sections.prefetch_related("questions").order_by("order"))


def asked(question: Question) -> Asked:
    """A question as `domain.conditions` sees it."""
    choices = [str(one["key"]) for one in question.choices]
    return Asked(question.key, question.shown_if, choices, SeenBy(question.seen_by))


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
