"""The only writes of the room: the sections and questions of a form, until it is frozen.

Who may do it is asked by the room that owns the form; this one keeps a frozen form as it is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions import queries
from kinolab.foundation.questions.domain.answers import Kind, spec_problems
from kinolab.foundation.questions.domain.conditions import form_problems
from kinolab.foundation.questions.domain.seeing import SeenBy
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.foundation.refusals import Refusal, stop_if

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

Values = Mapping[str, Any]


@transaction.atomic
def add_section(*, form: Form, values: Values, by: "Person", at: datetime, scope: str = "") -> Section:
    """Add a section at the end. Refused: form_frozen, key_taken."""
    _open(form)
    _key_free(form.sections.all(), values["key"])
    section = Section.objects.create(form=form, order=_after(form.sections.all()), **values)
    _record("added", section, by, at, scope, after=values)
    return section


@transaction.atomic
def change_section(*, section: Section, values: Values, by: "Person", at: datetime, scope: str = "") -> Section:
    """Keep new words of a section. Refused: form_frozen, key_taken."""
    _open(section.form)
    _key_free(section.form.sections.exclude(pk=section.pk), values["key"])
    return _change(section, values, by, at, scope)


@transaction.atomic
def delete_section(*, section: Section, by: "Person", at: datetime, scope: str = "") -> None:
    """Take an empty section out. Refused: form_frozen, not_empty."""
    _open(section.form)
    stop_if(Refusal("not_empty") if section.questions.exists() else None)
    _record("deleted", section, by, at, scope, before={"key": section.key, "title": section.title})
    section.delete()


@transaction.atomic
def shift_section(*, section: Section, up: bool, by: "Person", at: datetime, scope: str = "") -> None:
    """Let a section change places with its neighbour. Refused: form_frozen."""
    _open(section.form)
    _shift(section.form.sections.all(), section, up, by, at, scope)
    _in_order(section.form)


@transaction.atomic
def add_question(*, section: Section, values: Values, by: "Person", at: datetime, scope: str = "") -> Question:
    """Add a question at the end of a section.

    Refused: form_frozen, key_taken (anywhere in the form), and whatever `answers.spec_problems` says first.
    """
    _open(section.form)
    _key_free(Question.objects.filter(section__form=section.form_id), values["key"])
    plain, named = _apart(values)
    question = Question(section=section, order=_after(section.questions.all()), **plain)
    _possible(question)
    question.save()
    if named is not None:
        question.named.set(named)
    _in_order(section.form)
    _record("added", question, by, at, scope, after=plain)
    return question


@transaction.atomic
def change_question(*, question: Question, values: Values, by: "Person", at: datetime, scope: str = "") -> Question:
    """Keep new words, limits, choices. Refused: as `add_question`."""
    _open(question.section.form)
    others = Question.objects.filter(section__form=question.section.form_id).exclude(pk=question.pk)
    _key_free(others, values["key"])
    plain, named = _apart(values)
    if plain.get("kind", question.kind) == Kind.CONSENT:
        plain["details"] = _consent_details(question, plain)
    changed: Question = _change(question, plain, by, at, scope)
    if named is not None:
        _name(changed, named, by, at, scope)
    _in_order(question.section.form)
    return changed


@transaction.atomic
def delete_question(*, question: Question, by: "Person", at: datetime, scope: str = "") -> None:
    """Take a question out; the record keeps its words. Refused: form_frozen, and what hangs on it (`_in_order`)."""
    _open(question.section.form)
    _record("deleted", question, by, at, scope, before={"key": question.key, "label": question.label})
    question.delete()
    _in_order(question.section.form)


@transaction.atomic
def shift_question(*, question: Question, up: bool, by: "Person", at: datetime, scope: str = "") -> None:
    """Let a question change places with its neighbour in the section. Refused: form_frozen."""
    _open(question.section.form)
    _shift(question.section.questions.all(), question, up, by, at, scope)
    _in_order(question.section.form)


@transaction.atomic
def move_question(*, question: Question, section: Section, by: "Person", at: datetime, scope: str = "") -> None:
    """Put a question at the end of another section of the form. Refused: form_frozen, what hangs on it (`_in_order`)."""
    _open(question.section.form)
    if section.pk == question.section_id:
        return
    before = question.section.key
    question.section, question.order = section, _after(section.questions.all())
    question.save(update_fields=["section", "order"])
    _in_order(section.form)
    _record("changed", question, by, at, scope, {"section": before}, {"section": section.key})


@transaction.atomic
def duplicate_question(*, question: Question, by: "Person", at: datetime, scope: str = "") -> Question:
    """The same question once more, right after it, under a code of its own. Refused: form_frozen."""
    _open(question.section.form)
    taken = set(Question.objects.filter(section__form=question.section.form_id).values_list("key", flat=True))
    named = list(question.named.values_list("pk", flat=True))
    copy = Question.objects.get(pk=question.pk)
    copy.pk, copy._state.adding = None, True
    copy.key = next(key for key in (f"{question.key[:45]}_{number}" for number in range(2, 999)) if key not in taken)
    listed = list(question.section.questions.order_by("order"))
    copy.order = _after(question.section.questions.all())
    copy.save()
    copy.named.set(named)
    place = [one.pk for one in listed].index(question.pk)
    _number([*listed[: place + 1], copy, *listed[place + 1 :]])
    _record("added", copy, by, at, scope, after={"key": copy.key, "like": question.key})
    return copy


@transaction.atomic
def name_people(*, question: Question, people: Sequence[int], by: "Person", at: datetime, scope: str = "") -> None:
    """Say who the named people of a question are: in every version of the form, frozen or not, for it asks nothing new."""
    for one in queries.same_question(question):
        _name(one, people, by, at, scope)


@transaction.atomic
def copy_form(*, form: Form, by: "Person", at: datetime, scope: str = "") -> Form:
    """The next version of a form, open to changes: the same sections and questions under the same codes."""
    copy = Form.objects.create(name=form.name, version=form.version + 1, replaces=form)
    for section in queries.sections(form):
        listed = list(section.questions.all())
        section.pk, section._state.adding, section.form = None, True, copy
        section.save()
        for question in listed:
            named = list(question.named.values_list("pk", flat=True))
            question.pk, question._state.adding, question.section = None, True, section
            question.save()
            question.named.set(named)
    _record("copied", copy, by, at, scope, after={"version": copy.version})
    return copy


@transaction.atomic
def drop_form(*, form: Form, by: "Person", at: datetime, scope: str = "") -> None:
    """Throw a version away that was never in force. Refused: form_frozen."""
    _open(form)
    _record("deleted", form, by, at, scope, before={"version": form.version})
    form.delete()


@transaction.atomic
def freeze(*, form: Form, at: datetime) -> Form:
    """From now on the form does not change. Freezing it again keeps the first instant."""
    held = Form.objects.select_for_update().get(pk=form.pk)
    if held.frozen_at is None:
        held.frozen_at = at
        held.save(update_fields=["frozen_at"])
        _record("froze", held, None, at, "", after={"frozen_at": at.isoformat()})
    return held


def _consent_details(question: Question, values: Values) -> dict[str, Any]:
    """The version of a consent's text: one more than that of the form before, where the text is another."""
    before = Question.objects.filter(
        section__form=question.section.form.replaces_id, key=question.key, kind=Kind.CONSENT.value
    ).first()
    details = {name: value for name, value in dict(values.get("details") or {}).items() if name != "version"}
    if before is None:
        return details
    was = before.details.get("version", 1)
    same = all(
        _plain(getattr(before, name)) == Text(values[name]).as_dict() for name in ("label", "help") if name in values
    )
    version = was if same else was + 1
    return details | ({"version": version} if version > 1 else {})


def _apart(values: Values) -> tuple[dict[str, Any], Sequence[int] | None]:
    plain = dict(values)
    return plain, plain.pop("named", None)


def _name(question: Question, people: Sequence[int], by: "Person", at: datetime, scope: str) -> None:
    before = sorted(question.named.values_list("pk", flat=True))
    if before != sorted(people):
        question.named.set(people)
        _record("changed", question, by, at, scope, {"named": before}, {"named": sorted(people)})


def _in_order(form: Form) -> None:
    """Every condition still finds, before its own question, the one that it asks about."""
    wrong = form_problems(queries.asked_in_order(form))
    stop_if(wrong[0] if wrong else None)


def _open(form: Form) -> None:
    held = Form.objects.select_for_update().get(pk=form.pk)
    stop_if(Refusal("form_frozen") if held.frozen_at else None)


def _key_free(rows: Any, key: str) -> None:
    stop_if(Refusal("key_taken", {"key": key}) if rows.filter(key=key).exists() else None)


def _possible(question: Question) -> None:
    wrong = spec_problems(queries.spec(question))
    stop_if(wrong[0] if wrong else None)
    stop_if(Refusal("named_with_fact") if question.seen_by == SeenBy.NAMED and question.fact else None)


def _after(rows: Any) -> int:
    last = rows.aggregate(last=models.Max("order"))["last"]
    return 0 if last is None else last + 1


def _change(thing: Any, values: Values, by: "Person", at: datetime, scope: str) -> Any:
    before = {name: getattr(thing, name) for name in values}
    for name, value in values.items():
        setattr(thing, name, value)
    if isinstance(thing, Question):
        _possible(thing)
    changed = [name for name in values if getattr(thing, name) != before[name]]
    if changed:
        thing.save(update_fields=changed)
        was, now = ({name: kept[name] for name in changed} for kept in (before, values))
        _record("changed", thing, by, at, scope, was, now)
    return thing


def _shift(rows: Any, row: Any, up: bool, by: "Person", at: datetime, scope: str) -> None:
    listed = list(rows.select_for_update().order_by("order"))
    here = next(place for place, one in enumerate(listed) if one.pk == row.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(listed):
        return
    before = [one.key for one in listed]
    listed[here], listed[there] = listed[there], listed[here]
    _number(listed)
    _record("reordered", row, by, at, scope, {"order": before}, {"order": [one.key for one in listed]})


def _number(listed: Sequence[Any]) -> None:
    beyond = max(len(listed), *(one.order + 1 for one in listed))
    for offset in (beyond, 0):  # two rows never share a number, even half-way
        for place, one in enumerate(listed):
            one.order = offset + place
            one.save(update_fields=["order"])


def _record(
    verb: str, thing: Any, by: "Person | None", at: datetime, scope: str, before: Any = None, after: Any = None
) -> None:
    kept = [None if one is None else {name: _plain(value) for name, value in one.items()} for one in (before, after)]
    audit.record(by=by, at=at, verb=verb, thing=thing, scope=scope, before=kept[0], after=kept[1])


def _plain(value: Any) -> Any:
    return value.as_dict() if isinstance(value, Text) else value
