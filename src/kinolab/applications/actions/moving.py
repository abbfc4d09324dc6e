"""Drafts follow a corrected form: each answer to its question by code; what finds no question stays where it was."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kinolab.applications.actions import draft
from kinolab.applications.domain.lifecycle import Stage
from kinolab.applications.models import Answer, Application, Attachment, FormMove, LinkCheck
from kinolab.applications.queries import moved
from kinolab.calls.events import FormCorrected
from kinolab.calls.models import Call
from kinolab.foundation.questions.domain import consents, versions
from kinolab.foundation.questions.domain.answers import Kind, is_empty
from kinolab.foundation.questions.models import Form, Question
from kinolab.foundation.questions.queries import as_versions

UNSENT = (Stage.DRAFT.value, Stage.REOPENED.value)
COUNTED_AT_ONCE = 50  # drafts whose meter a turn of the clock works out anew


def on_form_corrected(event: FormCorrected) -> None:
    """Answer `FormCorrected`: every unsent draft moves. What was sent stays as it was sent."""
    call = Call.objects.select_related("form").get(pk=event.call)
    # Whoever is saving this instant finishes first; whoever saves later finds the answers where they have moved.
    drafts = list(
        Application.objects.select_for_update(no_key=True)
        .filter(call=call, stage__in=UNSENT)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    _move(drafts, Form.objects.get(pk=event.before), call.form, event.at)


def bring_up(application: Application, at: datetime) -> None:
    """Let a draft that has been taken up again follow every correction since it was sent."""
    before = moved.forms_of_answers(application)
    known = set(moved.earlier_forms(application.call.form)) if application.call.form else set()
    for form in before:
        if form in known:
            _move([application.pk], form, application.call.form, at)
    if before:
        draft.keep_in_step(application, at)


def count_moved(*, at: datetime) -> int:
    """Work out anew how complete moved drafts are, some at each turn; returns how many."""
    waiting = FormMove.objects.filter(counted=False).select_related(
        "application__call__form", "application__call__edition"
    )
    done = 0
    for one in waiting.order_by("pk")[:COUNTED_AT_ONCE]:
        with transaction.atomic():
            application = draft.lock(one.application)
            if application.stage in UNSENT:
                bring_up(application, at)  # an answer that was on its way while the others moved
                draft.keep_in_step(application, application.changed_at)
            FormMove.objects.filter(pk=one.pk).update(counted=True)
            done += 1
    return done


def _move(applications: Sequence[int], before: Form, after: Form, at: datetime) -> None:
    was, now = as_versions(before), as_versions(after)
    pairs = versions.pairs(was, now)
    account = [
        {"key": one.key, "change": one.change.value, "parts": list(one.parts)} for one in versions.changes(was, now)
    ]
    stayed = _staying(applications, [one.number for one in was if one.number not in pairs])
    _mark_consents(applications, before)
    for old, new in pairs.items():
        _carry(Answer.objects.filter(application__in=applications, question=old), new)
        Attachment.objects.filter(application__in=applications, question=old).update(question=new)
        LinkCheck.objects.filter(application__in=applications, question=old).update(question=new)
    FormMove.objects.bulk_create(
        [
            FormMove(
                application_id=number,
                before=before,
                after=after,
                at=at,
                account={"changes": account, "stayed": stayed.get(number, [])},
            )
            for number in applications
        ],
        ignore_conflicts=True,
    )


def _carry(answers: QuerySet[Answer], new: int) -> None:
    """Put answers under their question of the later version, where nobody has answered that already."""
    there = set(Answer.objects.filter(question=new).values_list("application_id", "member_id"))
    if there:
        clear = [one.pk for one in answers if (one.application_id, one.member_id) not in there]
        answers = Answer.objects.filter(pk__in=clear)
    answers.update(question=new)


def _staying(applications: Iterable[int], questions: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Answer.objects.filter(application__in=applications, question__in=questions)
    rows = rows.order_by("question__section__order", "question__order")
    for application, key, value in rows.values_list("application_id", "question__key", "value"):
        if not is_empty(value):
            found.setdefault(application, []).append(key)
    return found


def _mark_consents(applications: Iterable[int], before: Form) -> None:
    """A tick from the time before versions were kept is one to the version that was asked then."""
    asked = {
        one.pk: one.details.get("version", 1)
        for one in Question.objects.filter(section__form=before, kind=Kind.CONSENT.value)
    }
    changed: list[Any] = []
    for answer in Answer.objects.filter(application__in=applications, question__in=asked):
        if answer.value is True:
            answer.value = consents.of_version(True, asked[answer.question_id])
            changed.append(answer)
    Answer.objects.bulk_update(changed, ["value"], batch_size=500)
