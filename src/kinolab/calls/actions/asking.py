"""The form of a call: who may change it is asked here, what a form allows in the room of questions."""

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kinolab.calls import access
from kinolab.calls.models import Call
from kinolab.calls.queries import asking as queries
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions import actions as questions
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.foundation.questions.queries import library
from kinolab.foundation.refusals import Denied, Refusal, stop_if

if TYPE_CHECKING:
    from collections.abc import Iterator

Values = Mapping[str, Any]


def _said(call: Call, form: Form | None, by: Person, at: datetime) -> dict[str, Any]:
    """What every change needs, once it is allowed. Refused: not_permitted, form_frozen."""
    stop_if(access.why_not_change_form(by, call, at, form))
    return {"by": by, "at": at, "scope": call.edition.scope}


@contextmanager
def _for_rules(call: Call, form: Form) -> "Iterator[None]":
    """A change after which every rule still hears what it asks about. Refused: rule_needs_fact."""
    with transaction.atomic():
        before = queries.facts_told(form)
        yield
        lost = before - queries.facts_told(form)
        needy = queries.rules_asking(call, lost) if lost else []
        if needy:
            raise Denied(Refusal("rule_needs_fact", {"fact": min(lost), "rules": tuple(needy)}))


@transaction.atomic
def add_section(*, call: Call, values: Values, by: Person, at: datetime, form: Form | None = None) -> Section:
    """Add a section; a call without a form gets one."""
    said = _said(call, form or call.form, by, at)
    if form is None and call.form is None:
        call.form = Form.objects.create(name=f"{call.edition.programme.slug} {call.edition.slug}")
        call.save(update_fields=["form"])
    return questions.add_section(form=form or call.form, values=values, **said)


def change_section(*, call: Call, section: Section, values: Values, by: Person, at: datetime) -> None:
    """Keep new words of a section."""
    questions.change_section(section=section, values=values, **_said(call, section.form, by, at))


def delete_section(*, call: Call, section: Section, by: Person, at: datetime) -> None:
    """Take an empty section out."""
    questions.delete_section(section=section, **_said(call, section.form, by, at))


def shift_section(*, call: Call, section: Section, up: bool, by: Person, at: datetime) -> None:
    """Move a section up or down."""
    questions.shift_section(section=section, up=up, **_said(call, section.form, by, at))


def add_question(*, call: Call, section: Section, values: Values, by: Person, at: datetime) -> Question:
    """Add a question to a section."""
    return questions.add_question(section=section, values=values, **_said(call, section.form, by, at))


def add_from_library(*, call: Call, section: Section, use: str, by: Person, at: datetime) -> Question:
    """Add a ready question under the first free code. Refused: unknown_library_question, as `add_question`."""
    ready = library().get(use)
    if ready is None:
        raise Denied(Refusal("unknown_library_question", {"seen": use[:60]}))
    taken = {one.key for one in queries.questions_of(section.form)}
    key = next(one for one in (use, *(f"{use}_{number}" for number in range(2, 999))) if one not in taken)
    return add_question(call=call, section=section, values={**ready, "key": key}, by=by, at=at)


def change_question(*, call: Call, question: Question, values: Values, by: Person, at: datetime) -> None:
    """Keep new words, limits, choices of a question. Refused: as in the room of questions; rule_needs_fact."""
    said = _said(call, question.section.form, by, at)
    with _for_rules(call, question.section.form):
        questions.change_question(question=question, values=values, **said)


def delete_question(*, call: Call, question: Question, by: Person, at: datetime) -> None:
    """Take a question out. Refused: as in the room of questions; rule_needs_fact."""
    said = _said(call, question.section.form, by, at)
    with _for_rules(call, question.section.form):
        questions.delete_question(question=question, **said)


def shift_question(*, call: Call, question: Question, up: bool, by: Person, at: datetime) -> None:
    """Move a question up or down in its section."""
    questions.shift_question(question=question, up=up, **_said(call, question.section.form, by, at))


def move_question(*, call: Call, question: Question, section: Section, by: Person, at: datetime) -> None:
    """Put a question at the end of another section."""
    questions.move_question(question=question, section=section, **_said(call, question.section.form, by, at))


def duplicate_question(*, call: Call, question: Question, by: Person, at: datetime) -> Question:
    """The same question once more, right after it."""
    return questions.duplicate_question(question=question, **_said(call, question.section.form, by, at))


def name_people(*, call: Call, question: Question, people: Sequence[int], by: Person, at: datetime) -> None:
    """Say who the named people are; also once the form is frozen. Refused: not_permitted, not_of_the_staff."""
    stop_if(access.why_not_configure(by, call))
    if not set(people) <= {int(number) for number, _name in queries.staff(call)}:
        raise Denied(Refusal("not_of_the_staff"))
    questions.name_people(question=question, people=people, by=by, at=at, scope=call.edition.scope)
