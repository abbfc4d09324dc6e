"""One application with everything in it, gathered once: what is asked, answered, attached, and who is in the team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kinolab.applications.domain import completeness
from kinolab.applications.domain.completeness import Member, Missing, TeamNeeds
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Answer, Application, Attachment, TeamMember
from kinolab.calls.models import Call
from kinolab.foundation.questions.domain.answers import Kind, Limit, QuestionSpec
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Refusal

# What a question's `fact` (or, without one, its key) fills in the table of applications.
COLUMNS = {
    "project.title": "title",
    "project.country": "country",
    "project.kind": "kind",
    "project.stage": "project_stage",
}
_KEYS = {"title": "title", "country": "country", "kind": "kind", "stage": "project_stage"}


def field_name(question: Question) -> str:
    """The name of a question's field on every page: keys repeat across sections, numbers do not."""
    return f"q{question.pk}"


def spec_of(question: Question) -> QuestionSpec:
    """What checking an answer needs to know of its question."""
    limits = tuple(Limit(Unit(one["unit"]), one.get("maximum"), one.get("minimum")) for one in question.limits)
    choices = tuple(str(one["key"]) for one in question.choices)
    return QuestionSpec(field_name(question), Kind(question.kind), question.required, limits, choices)


def column_of(question: Question) -> str:
    """Which column of the application repeats this answer; "" for most."""
    return COLUMNS.get(question.fact, "") if question.fact else _KEYS.get(question.key, "")


@dataclass
class Dossier:
    """An application's questions in order (each with its section), and by question number its answers and files."""

    application: Application
    questions: Sequence[Question]
    answers: Mapping[int, Answer]
    attachments: Mapping[int, Sequence[Attachment]]
    team: Sequence[TeamMember]

    @cached_property
    def specs(self) -> dict[int, QuestionSpec]:
        """Specifications by question number."""
        return {question.pk: spec_of(question) for question in self.questions}

    @cached_property
    def needs(self) -> TeamNeeds:
        """What the call asks of the team."""
        call = self.application.call
        return TeamNeeds(minimum=call.team_min, maximum=call.team_max)

    @cached_property
    def values(self) -> dict[str, object]:
        """Answers by field name; of a question for files, its first file."""
        return {field_name(question): self.value(question) for question in self.questions}

    def value(self, question: Question) -> object:
        """The answer to a question, or None."""
        if question.kind == Kind.FILE:
            files = self.attachments.get(question.pk) or ()
            return _file_value(files[0]) if files else None
        answer = self.answers.get(question.pk)
        return answer.value if answer else None

    @cached_property
    def members(self) -> list[Member]:
        """The team as the rules of completeness see it."""
        return [Member(frozenset({one.role}), MemberState(one.state)) for one in self.team]

    @cached_property
    def missing(self) -> list[Missing]:
        """What is to be mended before submitting."""
        lacking = completeness.missing(self.specs.values(), self.values, self.members, self.needs)
        return lacking + [Missing(completeness.TEAM, refusal) for refusal in self._unsaid()]

    def _unsaid(self) -> list[Refusal]:
        """Whose name or role is not known yet."""
        unnamed = [Refusal("name_missing", {"email": one.email}) for one in self.joined if not one.name.strip()]
        if not self.application.call.roles:
            return unnamed
        return unnamed + [
            Refusal("role_missing", {"name": one.name or one.email}) for one in self.joined if not one.role
        ]

    @cached_property
    def progress(self) -> tuple[int, int]:
        """How many parts are done, of how many."""
        lacking = {one.where for one in self.missing}
        parts = {spec.key for spec in self.specs.values() if spec.required} | lacking | {completeness.TEAM}
        return len(parts - lacking), len(parts)

    @cached_property
    def percent(self) -> int:
        """The meter."""
        return completeness.meter(*self.progress)

    @property
    def joined(self) -> list[TeamMember]:
        """Who has joined."""
        return [one for one in self.team if one.state == MemberState.JOINED]


def _file_value(attachment: Attachment) -> dict[str, object]:
    file = attachment.file
    length = {} if file.seconds is None else {"minutes": round(file.seconds / 60, 1)}
    return {"code": file.code, "name": file.name, "size": file.size, **length}


def team_of(application: Application) -> list[TeamMember]:
    """Everybody who is or was in the team, once per application object. One query."""
    known = getattr(application, "team_list", None)
    if known is None:
        known = list(application.members.select_related("person"))
        application.team_list = known
    return known


def questions_of(call: Call) -> list[Question]:
    """What the call asks, in order. One query."""
    if call.form_id is None:
        return []
    return list(
        Question.objects.filter(section__form=call.form_id)
        .select_related("section")
        .order_by("section__order", "order")
    )


def dossier(application: Application) -> Dossier:
    """Gather an application: four queries, whatever its size (three where the team is known already)."""
    attachments: dict[int, list[Attachment]] = {}
    for one in (
        application.attachments.filter(removed_at=None).select_related("file", "added_by").order_by("added_at", "pk")
    ):
        attachments.setdefault(one.question_id, []).append(one)
    answers = {one.question_id: one for one in application.answers.select_related("changed_by")}
    return Dossier(application, questions_of(application.call), answers, attachments, team_of(application))
