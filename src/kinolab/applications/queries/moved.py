"""Drafts over several versions of their form: where an answer belongs now, and what stayed behind."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kinolab.applications.models import Answer, Application, Attachment, FormMove
from kinolab.applications.queries.dossier import asked_in
from kinolab.applications.queries.snapshot import in_words
from kinolab.calls.models import Call
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions.domain import versions
from kinolab.foundation.questions.domain.answers import Kind, is_empty
from kinolab.foundation.questions.models import Form, Question
from kinolab.foundation.questions.queries import as_versions


def earlier_forms(form: Form) -> list[Form]:
    """The versions that a form replaces, the latest first."""
    found = []
    while form.replaces is not None:
        form = form.replaces
        found.append(form)
    return found


def question_now(call: Call, number: int) -> Question | None:
    """The question of the call that has this number, or had it in an earlier version of the form.

    A question that has gone, or is of another kind now, is itself: what somebody typed there is kept there. No query for
    one of a frozen form.
    """
    for one in asked_in(call):
        if one.pk == number:
            return one
    found = Question.objects.select_related("section__form").filter(pk=number).first()
    if found is None or call.form is None:
        return None
    if found.section.form_id not in [one.pk for one in earlier_forms(call.form)]:
        return None
    pairs = versions.pairs(as_versions(found.section.form), as_versions(call.form))
    now = Question.objects.select_related("section__form").filter(pk=pairs.get(number, 0)).first()
    return now or found


@dataclass(frozen=True, slots=True)
class Left:
    """An answer whose question is not asked any more, in words, to copy."""

    label: object
    lines: Sequence[str]
    files: Sequence[Attachment] = ()


def left_behind(application: Application, asked: Collection[int]) -> list[Left]:
    """What was answered to questions that the form does not ask now; at most two queries."""
    answers = application.answers.exclude(question__in=asked).filter(member=None)
    found = []
    for one in answers.select_related("question").order_by("question__section__order", "question__order"):
        if not is_empty(one.value):
            labels = {str(choice["key"]): str(Text(choice["label"])) for choice in one.question.choices}
            lines = in_words(Kind(one.question.kind), one.value, labels, one.question.details)
            found.append(Left(one.question.label, lines))
    files = application.attachments.exclude(question__in=asked).filter(removed_at=None, member=None)
    by_question: dict[int, list[Attachment]] = {}
    for file in files.select_related("file", "question"):
        by_question.setdefault(file.question_id, []).append(file)
    return found + [Left(listed[0].question.label, (), listed) for listed in by_question.values()]


def last_move(application: Application) -> FormMove | None:
    """The last time the draft moved to another version of its form."""
    return application.form_moves.select_related("after").order_by("-at", "-pk").first()


def forms_of_answers(application: Application) -> list[Form]:
    """The versions in which the application's answers and files stand, other than the one in force."""
    numbers = set(Answer.objects.filter(application=application).values_list("question__section__form", flat=True))
    numbers |= set(application.attachments.values_list("question__section__form", flat=True))
    return list(Form.objects.filter(pk__in=numbers - {application.call.form_id}).order_by("version"))
