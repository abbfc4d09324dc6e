"""The form of a call: who may change it is asked here, what a form allows in the room of questions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kinolab.calls import access
from kinolab.calls.models import Call
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions import actions as questions
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.foundation.refusals import stop_if

Values = Mapping[str, Any]


def _said(call: Call, by: Person, at: datetime) -> dict[str, Any]:
    """What every change needs, once it is allowed. Refused: not_permitted, form_frozen."""
    stop_if(access.why_not_change_form(by, call, at))
    return {"by": by, "at": at, "scope": call.edition.scope}


@transaction.atomic
def add_section(*, call: Call, values: Values, by: Person, at: datetime) -> Section:
    """Add a section; a call without a form gets one."""
    said = _said(call, by, at)
    if call.form is None:
        call.form = Form.objects.create(name=f"{call.edition.programme.slug} {call.edition.slug}")
        call.save(update_fields=["form"])
    return questions.add_section(form=call.form, values=values, **said)


def change_section(*, call: Call, section: Section, values: Values, by: Person, at: datetime) -> None:
    """Keep new words of a section."""
    questions.change_section(section=section, values=values, **_said(call, by, at))


def delete_section(*, call: Call, section: Section, by: Person, at: datetime) -> None:
    """Take an empty section out."""
    questions.delete_section(section=section, **_said(call, by, at))


def shift_section(*, call: Call, section: Section, up: bool, by: Person, at: datetime) -> None:
    """Move a section up or down."""
    questions.shift_section(section=section, up=up, **_said(call, by, at))


def add_question(*, call: Call, section: Section, values: Values, by: Person, at: datetime) -> Question:
    """Add a question to a section."""
    return questions.add_question(section=section, values=values, **_said(call, by, at))


def change_question(*, call: Call, question: Question, values: Values, by: Person, at: datetime) -> None:
    """Keep new words, limits, choices of a question."""
    questions.change_question(question=question, values=values, **_said(call, by, at))


def delete_question(*, call: Call, question: Question, by: Person, at: datetime) -> None:
    """Take a question out."""
    questions.delete_question(question=question, **_said(call, by, at))


def shift_question(*, call: Call, question: Question, up: bool, by: Person, at: datetime) -> None:
    """Move a question up or down in its section."""
    questions.shift_question(question=question, up=up, **_said(call, by, at))
