"""Files that answer a question."""

from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kinolab.applications import access
from kinolab.applications.actions import draft
from kinolab.applications.models import Application, Attachment
from kinolab.applications.queries.dossier import spec_of
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.files import actions as files
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.domain.answers import MEGABYTE, Kind
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied, Refusal, stop_if

FILES_EACH = 5  # files of one question
KINDS = ("pdf", "image")


def max_bytes(question: Question) -> int:
    """How large a file of this question may be: what the question says, never more than the server takes."""
    said = [
        limit.maximum * MEGABYTE for limit in spec_of(question).limits if limit.unit is Unit.MEGABYTES and limit.maximum
    ]
    return min([settings.KINOLAB_MAX_UPLOAD, *said])


def attach(
    *, application: Application, question: Question, upload: UploadedFile, by: Person, at: datetime
) -> Attachment:
    """Keep a file as an answer. Refused by access, by count, and by what `files.keep` refuses."""
    stop_if(access.why_not_edit(by, application, at))
    if question.kind != Kind.FILE:
        raise Denied(Refusal("wrong_shape", {"kind": question.kind}))
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_edit(by, application, at))
        if application.attachments.filter(question=question, removed_at=None).count() >= FILES_EACH:
            raise Denied(Refusal("too_many_files", {"limit": FILES_EACH}))
        stored = files.keep(upload=upload, by=by, at=at, kinds=KINDS, max_bytes=max_bytes(question))
        attachment = Attachment.objects.create(
            application=application, question=question, file=stored, added_at=at, added_by=by
        )
        _record(attachment, "attached", by, at)
        draft.keep_in_step(application, at)
    return attachment


def detach(*, attachment: Attachment, by: Person, at: datetime) -> None:
    """Take a file away from the answers; snapshots that show it keep it. Twice changes nothing."""
    with transaction.atomic():
        application = draft.lock(attachment.application)
        stop_if(access.why_not_edit(by, application, at))
        changed = Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=at)
        if changed:
            _record(attachment, "detached", by, at)
            draft.keep_in_step(application, at)


def _record(attachment: Attachment, verb: str, by: Person, at: datetime) -> None:
    file = attachment.file
    audit.record(
        by=by,
        at=at,
        verb=verb,
        thing=attachment.application,
        scope=attachment.application.call.edition.scope,
        after={"question": attachment.question.key, "name": file.name, "size": file.size, "sha256": file.sha256},
    )
