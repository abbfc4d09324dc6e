"""Deciding between two texts of one answer, and bringing back what it said before."""

from datetime import datetime

from kinolab.applications.actions import draft
from kinolab.applications.actions.draft import Saved
from kinolab.applications.models import Answer, AnswerAside, AnswerPast, Application
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.refusals import Denied, Refusal

ASIDE, SAVED, BOTH = "aside", "saved", "both"


def decide(*, application: Application, aside: AnswerAside, stays: str, by: Person, at: datetime) -> Saved:
    """Say which text stays: the one set aside, the saved one, or both, one after the other. Refused as any save."""
    answer = aside.answer
    if aside.settled_at is not None:
        raise Denied(Refusal("decided_already"))
    value = aside.value if stays == ASIDE else answer.value
    if stays == BOTH and answer.question.kind == Kind.LONG_TEXT:
        value = _together(answer.value, aside.value)
    return _save(application, answer, value, by, at, settles=aside.pk)


def _together(saved: object, aside: object) -> object:
    """Two long texts, one after the other; of texts in several languages, in each of them."""
    if isinstance(saved, dict) and isinstance(aside, dict):
        return {tag: _together(saved.get(tag, ""), aside.get(tag, "")) for tag in {**saved, **aside}}
    return "\n\n".join(filter(None, (str(saved), str(aside))))


def bring_back(*, application: Application, version: AnswerPast | AnswerAside, by: Person, at: datetime) -> Saved:
    """Let an answer say again what it said before; what it says now joins its past. Refused as any save."""
    settles = version.pk if isinstance(version, AnswerAside) else 0
    return _save(application, version.answer, version.value, by, at, settles=settles)


def _save(
    application: Application, answer: Answer, value: object, by: Person, at: datetime, *, settles: int = 0
) -> Saved:
    return draft.save_answer(
        application=application,
        question=answer.question,
        value=value,
        version=answer.version,
        by=by,
        at=at,
        settles=settles,
    )
