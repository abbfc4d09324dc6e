"""Change the dates and texts of an edition and its call."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from kinolab.calls import access
from kinolab.calls.actions import deadlines
from kinolab.calls.domain import window
from kinolab.calls.domain.window import Window
from kinolab.calls.models import Call, Cover, Criterion, Faq, Rule, Strand
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.models import Question, Section
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.labs.models import Edition, Module, Tutor

# Where the kinds of `queries.manage.text_rows` live, and how each leads back to its call.
_KINDS: dict[str, tuple[type[models.Model], str]] = {
    "edition": (Edition, "call"),
    "module": (Module, "edition__call"),
    "tutor": (Tutor, "edition__call"),
    "call": (Call, "pk"),
    "strand": (Strand, "call"),
    "cover": (Cover, "call"),
    "faq": (Faq, "call"),
    "rule": (Rule, "call"),
    "criterion": (Criterion, "call"),
    "section": (Section, "form__calls"),
    "asked": (Question, "section__form__calls"),
}


def change_call(*, call: Call, changes: Mapping[str, Any], by: Person, at: datetime) -> None:
    """Keep new dates and settings. Opening and closing are refused (`only_extend`) once a published call is open."""
    with transaction.atomic():
        held = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        held.edition = call.edition
        stop_if(access.why_not_configure(by, held))
        before = {name: getattr(held, name) for name in changes}
        changed = {name: value for name, value in changes.items() if value != before[name]}
        if {"opens_at", "closes_at", "timezone"} & changed.keys():
            stop_if(access.why_not_move_dates(by, held, at))
        for name, value in changed.items():
            setattr(held, name, value)
        if held.opens_at and held.closes_at:
            wrong = window.window_problems(
                Window(held.opens_at, held.closes_at, held.grace_minutes, held.extended_from)
            )
            stop_if(wrong[0] if wrong else None)
        if not changed:
            return
        held.save(update_fields=list(changed))
        if {"opens_at", "closes_at", "grace_minutes"} & changed.keys():
            deadlines.keep_in_step(held)
        audit.record(
            by=by,
            at=at,
            verb="changed",
            thing=held,
            scope=held.edition.scope,
            before={name: _plain(before[name]) for name in changed},
            after={name: _plain(value) for name, value in changed.items()},
        )


def change_edition(*, edition: Edition, changes: Mapping[str, Any], by: Person, at: datetime) -> None:
    """Keep new dates, place and size of the edition."""
    stop_if(access.why_not_configure(by, edition.call))
    before = {name: getattr(edition, name) for name in changes}
    changed = {name: value for name, value in changes.items() if value != before[name]}
    if not changed:
        return
    with transaction.atomic():
        for name, value in changed.items():
            setattr(edition, name, value)
        edition.save(update_fields=list(changed))
        audit.record(
            by=by,
            at=at,
            verb="changed",
            thing=edition,
            scope=edition.scope,
            before={name: _plain(before[name]) for name in changed},
            after={name: _plain(value) for name, value in changed.items()},
        )


def change_texts(*, call: Call, texts: Mapping[str, Mapping[str, str]], by: Person, at: datetime) -> int:
    """Keep texts by key and language ({"faq.12.answer": {"ky": …}}); returns how many changed.

    Languages that are not named stay as they are; an empty text takes one away. An unknown key, or one of another
    call, is refused (`unknown_text`), and so is another text of a consent that people may have given (`consent_frozen`).
    """
    stop_if(access.why_not_configure(by, call))
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    with transaction.atomic():
        for key, said in texts.items():
            thing, field, number = _place(call, key)
            old = _text_of(thing, field, number)
            new = Text({**old, **{tag: text.strip() for tag, text in said.items()}})
            if new != old:
                stop_if(_why_not_reword(thing, old, new))
                before[key], after[key] = old.as_dict(), new.as_dict()
                _keep_text(thing, field, number, new)
        if after:
            audit.record(
                by=by, at=at, verb="changed_texts", thing=call, scope=call.edition.scope, before=before, after=after
            )
    return len(after)


def _why_not_reword(thing: models.Model, old: Text, new: Text) -> Refusal | None:
    """A text that people have agreed to is not changed under them; a language that was missing may still be added."""
    if not isinstance(thing, Question) or thing.kind != Kind.CONSENT or thing.section.form.frozen_at is None:
        return None
    kept = all(new.as_dict().get(tag) == text for tag, text in old.as_dict().items())
    return None if kept else Refusal("consent_frozen")


def _place(call: Call, key: str) -> tuple[models.Model, str, int | None]:
    kind, _, rest = key.partition(".")
    number, _, field = rest.partition(".")
    if kind not in _KINDS or not number.isdecimal() or not field:
        raise Denied(Refusal("unknown_text", {"key": key[:80]}))
    model, way = _KINDS[kind]
    thing = model.objects.filter(pk=int(number)).filter(**{way: call.pk}).first()
    choice = None
    if field.startswith("choice-") and field.removeprefix("choice-").isdecimal():
        choice, field = int(field.removeprefix("choice-")), "choices"
    elif thing is not None and not isinstance(getattr(thing, field, None), Text):
        thing = None
    if thing is None or (choice is not None and choice >= len(getattr(thing, "choices", ()))):
        raise Denied(Refusal("unknown_text", {"key": key[:80]}))
    return thing, field, choice


def _text_of(thing: models.Model, field: str, choice: int | None) -> Text:
    if choice is None:
        found: Text = getattr(thing, field)
        return found
    return Text(thing.choices[choice]["label"])


def _keep_text(thing: models.Model, field: str, choice: int | None, text: Text) -> None:
    if choice is None:
        setattr(thing, field, text)
    else:
        thing.choices[choice]["label"] = text.as_dict()
    thing.save(update_fields=[field])


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return value.as_dict()
    return value.isoformat() if isinstance(value, date) else value


def change_dates(
    *, call: Call, changes: Mapping[str, Any], of_edition: Mapping[str, Any], by: Person, at: datetime
) -> None:
    """Keep what one page says of a call and of its edition: both or neither. Refused: as `change_call`."""
    with transaction.atomic():
        change_call(call=call, changes=changes, by=by, at=at)
        change_edition(edition=call.edition, changes=of_edition, by=by, at=at)
