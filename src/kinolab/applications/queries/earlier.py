"""What an answer said before, and the texts that wait beside it for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import QuerySet

from kinolab.applications.domain import entries
from kinolab.applications.models import Answer, AnswerAside, AnswerPast, Application, TeamMember
from kinolab.applications.queries.asked import spec_of
from kinolab.applications.queries.form import Field, section_url
from kinolab.foundation.comparing import Piece, compared
from kinolab.foundation.prepared import prepared
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.models import Question

Pieces = Sequence[tuple[Piece, str]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text set aside, as a page shows it beside what is saved."""

    aside: AnswerAside
    said: str
    saved: str

    @property
    def pieces(self) -> Pieces:
        """The text with what the saved one says otherwise."""
        return compared(self.saved, self.said)


@dataclass(frozen=True, slots=True)
class Version:
    """One thing an answer has said: `name` is what a button sends to bring it back, "" for what it says now."""

    name: str
    said: str
    when: datetime
    who: str
    was_aside: bool = False
    changed: Pieces = ()  # from what it said before that; nothing for the first


@dataclass(frozen=True, slots=True)
class Undecided:
    """An answer that somebody has to decide about, and where."""

    question: Question
    url: str


@dataclass(frozen=True, slots=True)
class EarlierPage:
    """One answer with its past, the newest first."""

    application: Application
    question: Question
    now: Version | None
    before: Sequence[Version] = field(default_factory=list)


def in_words(shown: Field, texts: Sequence[str]) -> str:
    """Texts of controls as a person reads them: choices by their names, lists with commas."""
    names = dict(shown.options) if shown.question.kind in _CHOSEN else {}
    return ", ".join(names.get(text, text) for text in texts if text)


_CHOSEN = frozenset({Kind.CHOICE, Kind.MANY, Kind.MODULES, Kind.COUNTRY, Kind.LANGUAGE, Kind.LINK})


def waiting(application: Application, fields: Sequence[Field], member: TeamMember | None = None) -> None:
    """Give each field the texts that wait for a decision about it; fields of the team, or of one's own part. One query."""
    by_question: dict[int, list[AnswerAside]] = {}
    for aside in _open(application, member):
        by_question.setdefault(aside.answer.question_id, []).append(aside)
    for shown in fields:
        shown.asides = [
            Waiting(
                aside,
                in_words(shown, entries.write(shown.spec, aside.value)),
                in_words(shown, entries.write(shown.spec, aside.answer.value)),
            )
            for aside in by_question.get(shown.question.pk, ())
        ]


def undecided(application: Application) -> list[Undecided]:
    """Answers of which two texts wait for somebody to choose. One query."""
    questions = {one.answer.question_id: one.answer.question for one in _open(application)}
    return [Undecided(one, f"{section_url(application, one.section)}#q{one.pk}") for one in questions.values()]


def _open(application: Application, member: TeamMember | None = None) -> list[AnswerAside]:
    return _open_of(application.pk, member.pk) if member else _open_of_team(application.pk)


def _asides(application: int, **whose: object) -> QuerySet[AnswerAside]:
    asides = AnswerAside.objects.filter(answer__application=application, settled_at=None, **whose)
    return asides.select_related("answer__question__section", "kept_by")


@prepared
def _open_of_team(application: int) -> QuerySet[AnswerAside]:
    return _asides(application, answer__member=None)


@prepared
def _open_of(application: int, member: int) -> QuerySet[AnswerAside]:
    return _asides(application, answer__member=member)


def page(application: Application, question: Question, member: TeamMember | None) -> EarlierPage:
    """What an answer says and has said: the team's, or the member's own. Three queries, however long its past."""
    whose = member if question.asked_of else None
    answer = application.answers.select_related("changed_by").filter(question=question, member=whose).first()
    if answer is None:
        return EarlierPage(application, question, None)
    before = [_version(question, one) for one in answer.past.select_related("changed_by")]
    before += [_was_aside(question, one) for one in answer.asides.select_related("kept_by")]
    said = sorted(before, key=lambda one: one.when, reverse=True)
    told = _told([_version(question, answer), *(one for one in said if one.said or one.was_aside)])
    return EarlierPage(application, question, told[0], told[1:])


def _told(listed: Sequence[Version]) -> list[Version]:
    """Each version with what it changed in the one before it; a text written beside another is compared with that."""
    told = []
    for place, one in enumerate(listed):
        older = next((other for other in listed[place + 1 :] if not other.was_aside), None)
        told.append(replace(one, changed=compared(older.said, one.said)) if older and older.said else one)
    return told


def _version(question: Question, one: Answer | AnswerPast) -> Version:
    said = in_words(Field(question, [], 0), entries.write(spec_of(question), one.value))
    name = f"version-{one.version}" if isinstance(one, AnswerPast) else ""
    return Version(name, said, one.changed_at, _name(one.changed_by))


def _was_aside(question: Question, one: AnswerAside) -> Version:
    said = in_words(Field(question, [], 0), entries.write(spec_of(question), one.value))
    return Version(f"aside-{one.pk}", said, one.kept_at, _name(one.kept_by), was_aside=True)


def _name(person: object) -> str:
    return str(getattr(person, "name", "") or getattr(person, "email", ""))
