"""One application with everything in it, gathered once: what is asked, answered, attached, and who is in the team."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from kinolab.applications import words
from kinolab.applications.domain import completeness
from kinolab.applications.domain.completeness import Member, Missing, TeamNeeds
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Answer, Application, Attachment, TeamMember
from kinolab.applications.queries.asked import field_name, spec_of, value_of
from kinolab.applications.queries.parts import Part, parts_of
from kinolab.applications.queries.standing import STRANDS, Standing, standing_of
from kinolab.calls.domain.teams import Signatures, role_needs
from kinolab.calls.models import Call
from kinolab.foundation.people.models import Person
from kinolab.foundation.prepared import prepared
from kinolab.foundation.questions.domain import conditions
from kinolab.foundation.questions.domain.answers import Kind, QuestionSpec
from kinolab.foundation.questions.domain.seeing import SeenBy
from kinolab.foundation.questions.models import Question
from kinolab.foundation.questions.queries import asked
from kinolab.foundation.refusals import Refusal
from kinolab.labs.models import Edition

# What a question's `fact` (or, without one, its key) fills in the table of applications.
COLUMNS = {
    "project.title": "title",
    "project.country": "country",
    "project.kind": "kind",
    "project.stage": "project_stage",
}
STRAND_FACT = "application.strand"  # of the question whose answer names the strands
ORGANISATION = "organisation"  # the role of whoever speaks for one
_KEYS = {"title": "title", "country": "country", "kind": "kind", "stage": "project_stage"}


def column_of(question: Question) -> str:
    """Which column of the application repeats this answer; "" for most. What few may see is repeated nowhere."""
    if question.seen_by == SeenBy.NAMED:
        return ""
    return COLUMNS.get(question.fact, "") if question.fact else _KEYS.get(question.key, "")


@dataclass
class Dossier:
    """An application's questions in order (each with its section), and by question number its answers and files.

    These are the team's; what is asked of each of its people stands in `parts`.
    """

    application: Application
    questions: Sequence[Question]
    answers: dict[int, Answer]
    attachments: Mapping[int, Sequence[Attachment]]
    team: Sequence[TeamMember]
    parts: Sequence[Part] = ()

    def __post_init__(self) -> None:
        for part in self.parts:
            part.whole = self

    @cached_property
    def shown(self) -> list[Question]:
        """The questions that are asked of this application: all but those that its own answers hide."""
        if not any(question.shown_if for question in self.questions):
            return list(self.questions)
        told = [self.value(question) for question in self.questions]
        shown = conditions.shown([asked(question) for question in self.questions], told)
        return [question for question, is_shown in zip(self.questions, shown, strict=True) if is_shown]

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of everything that is asked, of the team and of its people."""
        own = {one.pk for part in self.parts for one in part.questions}
        return frozenset({one.pk for one in self.questions} | own)

    @cached_property
    def specs(self) -> dict[int, QuestionSpec]:
        """Specifications of what is asked, by question number."""
        return {question.pk: spec_of(question) for question in self.shown}

    @cached_property
    def needs(self) -> TeamNeeds:
        """What the call asks of the team."""
        call = self.application.call
        return TeamNeeds(
            numbers=role_needs({role: said for role, said in call.role_needs.items() if role in call.roles}),
            minimum=call.team_min,
            maximum=call.team_max,
            everyone_joined=call.signatures == Signatures.BEFORE,
        )

    @cached_property
    def values(self) -> dict[str, object]:
        """Answers by field name; of a question for files, its first file."""
        return {field_name(question): self.value(question) for question in self.shown}

    def value(self, question: Question) -> object:
        """The answer to a question, or None."""
        return value_of(question, self.answers, self.attachments)

    @cached_property
    def members(self) -> list[Member]:
        """The team as the rules of completeness see it."""
        return [Member(frozenset({one.role}), MemberState(one.state)) for one in self.team]

    @cached_property
    def missing(self) -> list[Missing]:
        """What is to be mended before submitting."""
        lacking = completeness.missing(self.specs.values(), self.values, self.members, self.needs)
        lacking += [Missing(completeness.TEAM, refusal) for refusal in self._unsaid()]
        lacking += [one for part in self.parts if part.is_awaited for one in part.missing]
        lacking += [Missing(STRANDS, refusal) for refusal in self.standing.lacking]
        return [Missing(one.where, in_words(one.refusal)) for one in lacking]

    @cached_property
    def standing(self) -> Standing:
        """The strands of the call, and those in which the application stands or will. One query."""
        asked = next((one for one in self.questions if one.fact == STRAND_FACT), None)
        answered = None if asked is None else self.value(asked)
        return standing_of(self.application, self.members, answered, is_asked=asked is not None)

    @property
    def asked(self) -> list[tuple[Question, Part | None]]:
        """Everything that is asked, in the order of the form; a question of people once for each, with their part."""
        found: list[tuple[Question, Part | None]] = [(one, None) for one in self.shown]
        found += [(one, part) for part in self.parts for one in part.shown]
        return sorted(found, key=lambda one: (one[0].section.order, one[0].section_id, one[0].order))

    def asked_of(self, member: TeamMember | None) -> list[Question]:
        """What is asked of the team, then what is asked of one of its people alone."""
        part = self.part_of(member) if member else None
        return [*self.questions, *(part.questions if part else ())]

    def forget(self) -> None:
        """Forget what was computed: an answer has changed."""
        for name in ("shown", "specs", "values", "missing", "progress", "percent", "standing"):
            self.__dict__.pop(name, None)
        for part in self.parts:
            part.forget()

    def part_of(self, member: TeamMember) -> Part | None:
        """What is asked of one of the team."""
        return next((one for one in self.parts if one.member.pk == member.pk), None)

    def _unsaid(self) -> list[Refusal]:
        """Whose name or role is not known yet."""
        unnamed = [Refusal("name_missing", {"email": one.email}) for one in self.joined if not one.name.strip()]
        if not self.application.call.roles:
            return unnamed
        return (
            unnamed
            + [Refusal("role_missing", {"name": one.name or one.email}) for one in self.joined if not one.role]
            + [
                Refusal("organisation_missing", {"name": one.name or one.email})
                for one in self.joined
                if one.role == ORGANISATION and not one.organisation.strip()
            ]
        )

    @cached_property
    def progress(self) -> tuple[int, int]:
        """How many parts are done, of how many."""
        lacking = {one.where for one in self.missing}
        parts = {spec.key for spec in self.specs.values() if spec.required} | lacking | {completeness.TEAM}
        parts |= {name for part in self.parts if part.is_awaited for name in part.wanted}
        return len(parts - lacking), len(parts)

    @cached_property
    def percent(self) -> int:
        """The meter."""
        return completeness.meter(*self.progress)

    @property
    def joined(self) -> list[TeamMember]:
        """Who has joined."""
        return [one for one in self.team if one.state == MemberState.JOINED]


def in_words(refusal: Refusal) -> Refusal:
    """The refusal with its roles by name, in the reader's language when shown."""
    facts = dict(refusal.facts)
    if "role" in facts:
        facts["role"] = words.role_name(str(facts["role"]))
    if isinstance(facts.get("roles"), tuple):
        facts["roles"] = tuple(words.role_name(str(role)) for role in facts["roles"])
    return Refusal(refusal.code, facts) if facts != refusal.facts else refusal


def team_of(application: Application) -> list[TeamMember]:
    """Everybody who is or was in the team, once per application object. One query."""
    known = getattr(application, "team_list", None)
    if known is None:
        known = _members(application.pk)
        for one in known:
            one.application = application
        application.team_list = known
    return known


@prepared
def _members(application: int) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(application=application).select_related("person")


def questions_of(call: Call) -> list[Question]:
    """What the call asks of the team together, in order. One query."""
    return [one for one in asked_in(call) if not one.asked_of]


def asked_in(call: Call) -> list[Question]:
    """Everything that the call asks, of the team and of each of its people, in order. One query, one more for modules."""
    return questions_in(call.form_id, call)


def questions_in(form: int | None, call: Call) -> list[Question]:
    """What one version of the call's form asks, in order; questions about modules with the modules as their choices.

    No query once a frozen form has been read by this process: it never changes again.
    """
    if form is None:
        return []
    frozen_at = call.form.frozen_at if call.form and call.form_id == form else None
    found = list(frozen_questions(form, frozen_at)) if frozen_at else _asked(form)
    if not any(one.kind == Kind.MODULES for one in found):
        return found
    choices = module_choices(call.edition)  # these may change as long as the edition is planned
    return [_with_choices(one, choices) if one.kind == Kind.MODULES else one for one in found]


@prepared
def _asked(form: int) -> QuerySet[Question]:
    return Question.objects.filter(section__form=form).select_related("section").order_by("section__order", "order")


@lru_cache(maxsize=settings.KINOLAB_FORMS_KEPT)
def frozen_questions(form: int, frozen_at: datetime) -> tuple[Question, ...]:
    """The questions of a form frozen at an instant; asked of the database once."""
    return tuple(_asked(form))


def _with_choices(question: Question, choices: list[dict[str, Any]]) -> Question:
    own = copy(question)
    own.choices = choices
    return own


def module_choices(edition: Edition) -> list[dict[str, Any]]:
    """The modules of the edition as choices: what each is called, when it is, and whether it must be attended."""
    return [
        {
            "key": str(one.pk),
            "label": one.name.as_dict(),
            "mandatory": one.mandatory,
            "starts": one.starts_on.isoformat() if one.starts_on else "",
            "ends": one.ends_on.isoformat() if one.ends_on else "",
            "precision": one.precision,
        }
        for one in edition.modules.order_by("order")
    ]


def asked_of_application(application: Application) -> list[Question]:
    """The same for one application: without a project nothing is asked about one. One query."""
    asked = asked_in(application.call)
    return [one for one in asked if not is_of_project(one)] if application.without_project else asked


def is_of_project(question: Question) -> bool:
    """Whether a question asks about the project."""
    return question.section.of_project or question.fact.startswith("project.")


def dossier(application: Application) -> Dossier:
    """Gather an application: four queries, whatever its size (three where the team is known already).

    One more where the call asks for signatures, and where others than the team have written.
    """
    asked, team = asked_of_application(application), team_of(application)
    attachments: dict[int | None, dict[int, list[Attachment]]] = defaultdict(dict)
    for one in _attached(application.pk):
        one.application = application
        attachments[one.member_id].setdefault(one.question_id, []).append(one)
    answers: dict[int | None, dict[int, Answer]] = defaultdict(dict)
    written = _answered(application.pk)
    writers = _writers(written, team)
    for answer in written:
        answer.application, answer.changed_by = application, writers.get(answer.changed_by_id)
        answers[answer.member_id][answer.question_id] = answer
    parts = parts_of(application, asked, team, answers, attachments)
    of_team = [one for one in asked if not one.asked_of]
    return Dossier(application, of_team, answers[None], attachments[None], team, parts)


@prepared
def _attached(application: int) -> QuerySet[Attachment]:
    there = Attachment.objects.filter(application=application, removed_at=None)
    return there.select_related("file", "added_by").order_by("added_at", "pk")


@prepared
def _answered(application: int) -> QuerySet[Answer]:
    return Answer.objects.filter(application=application)


def _writers(written: Iterable[Answer], team: Iterable[TeamMember]) -> dict[int | None, Person | None]:
    """Who wrote answers, by number: the team as it is known, and of others whoever typed for it. No query for the team."""
    known = {one.person_id: one.person for one in team}
    others = {one.changed_by_id for one in written} - known.keys() - {None}
    return known | (Person.objects.in_bulk(others) if others else {})
