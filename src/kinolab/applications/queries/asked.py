"""A question as the form's pages and the rules of completeness know it, and the value of its answer."""

from collections.abc import Mapping, Sequence

from kinolab.applications.models import Answer, Attachment
from kinolab.foundation.questions.domain.answers import Kind, Limit, QuestionSpec
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.models import Question


def field_name(question: Question) -> str:
    """The name of a question's field on every page: keys repeat across sections, numbers do not."""
    return f"q{question.pk}"


def spec_of(question: Question) -> QuestionSpec:
    """What checking an answer needs to know of its question."""
    limits = tuple(Limit(Unit(one["unit"]), one.get("maximum"), one.get("minimum")) for one in question.limits)
    choices = tuple(str(one["key"]) for one in question.choices)
    needed = tuple(str(one["key"]) for one in question.choices if one.get("mandatory"))
    return QuestionSpec(
        field_name(question), Kind(question.kind), question.required, limits, choices, question.details, needed
    )


def value_of(
    question: Question, answers: Mapping[int, Answer], attachments: Mapping[int, Sequence[Attachment]]
) -> object:
    """The answer to a question, or None; of a question for files, its first file."""
    if question.kind == Kind.FILE:
        files = attachments.get(question.pk) or ()
        return _file_value(files[0]) if files else None
    answer = answers.get(question.pk)
    return answer.value if answer else None


def _file_value(attachment: Attachment) -> dict[str, object]:
    file = attachment.file
    told = {"minutes": None if file.seconds is None else round(file.seconds / 60, 1), "pages": file.pages}
    known = {unit: number for unit, number in told.items() if number is not None}
    return {"code": file.code, "name": file.name, "kind": file.kind, "size": file.size, **known}
