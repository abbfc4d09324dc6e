"""Files that answer a question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef

from kinolab.applications import access
from kinolab.applications.actions import draft
from kinolab.applications.domain.parts import is_asked
from kinolab.applications.models import Application, Attachment, Snapshot, TeamMember
from kinolab.applications.queries import accepted, uploads
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.files import actions as files
from kinolab.foundation.files.models import StoredFile, Upload
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.domain.answers import MEGABYTE, Kind
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Denied, Refusal, stop_if

REMOVED_KEPT = timedelta(days=7)  # so long a file taken out of a draft can still be found by hand
FILES_EACH = 5  # files of one question


def attach(
    *,
    application: Application,
    question: Question,
    upload: UploadedFile,
    by: Person,
    at: datetime,
    whose: TeamMember | None = None,
) -> Attachment:
    """Keep a file as an answer. Refused by access, by count, and by what `files.keep` refuses.

    `whose` own part it belongs to, where the lab's staff enter an application for somebody.
    """
    stop_if(access.why_not_attach(by, application, question, at))
    with transaction.atomic():
        application = draft.lock(application)
        stop_if(access.why_not_attach(by, application, question, at))
        place = _place(application, question, by, whose)
        stop_if(_why_not_another(place, upload.size or 0, ""))
        most = min(accepted.most_bytes(question), settings.KINOLAB_MAX_UPLOAD)
        stored = files.keep(upload=upload, by=by, at=at, kinds=accepted.kinds(question), max_bytes=most)
        return _keep(place, stored, by, at)


# --- Files that come in parts ----------------------------------------------------------------------------------------
def begin_upload(
    *,
    application: Application,
    question: Question,
    name: str,
    size: int,
    mark: str,
    by: Person,
    at: datetime,
    whose: TeamMember | None = None,
) -> Upload:
    """Begin the upload of a large file, or go on with it. Refused by access, by count and by what `files.begin` refuses."""
    stop_if(access.why_not_attach(by, application, question, at))
    place = _place(application, question, by, whose)
    stop_if(_why_not_another(place, size, mark))
    return files.begin(
        target=uploads.target(application, question, place.member if whose else None),
        name=name,
        size=size,
        mark=mark,
        most_bytes=accepted.most_bytes(question),
        by=by,
        at=at,
    )


def take_upload(*, upload: Upload, at: datetime) -> Attachment:
    """Attach an upload that has come whole. Once is enough: whoever asks again gets the same file.

    Refused: upload_busy and upload_not_whole, which pass; anything else is for good, and the file goes.
    """
    if upload.state == "taken":
        return Attachment.objects.get(file=upload.stored, application=upload.target.split(":")[1])
    with files.taking(upload, otherwise="upload_not_fitting"):
        found = uploads.place_of(upload)
        if found is None:
            raise Denied(Refusal("upload_not_fitting"))
        application, question, whose = found
        with files.arrived(upload=upload, kinds=accepted.kinds(question)) as whole, transaction.atomic():
            application = draft.lock(application)
            stop_if(access.why_not_attach(upload.owner, application, question, at))
            place = _place(application, question, upload.owner, whose)
            stop_if(_why_not_another(place, 0, upload.mark))
            return _keep(place, files.take(arrived=whole, at=at), upload.owner, at)


def take_arrived(*, at: datetime) -> int:
    """Attach what has come whole and no page has taken. Returns how many."""
    return files.take_whole(uploads.PREFIX, lambda upload: take_upload(upload=upload, at=at))


@dataclass(frozen=True, slots=True)
class Place:
    """What a file answers, and in whose own part; None for the team's."""

    application: Application
    question: Question
    member: TeamMember | None


def _place(application: Application, question: Question, by: Person, whose: TeamMember | None) -> Place:
    """The person's own part, or that of `whose` where they enter for somebody (which access has been asked)."""
    if not question.asked_of:
        return Place(application, question, None)
    own = access.member(by, application) or whose
    if own is None or own.application_id != application.pk or not is_asked(question.asked_of, own.role):
        raise Denied(Refusal("not_asked_of_you"))
    return Place(application, question, own)


def _why_not_another(place: Place, size: int, mark: str) -> Refusal | None:
    """Why the question takes no further file of this size."""
    application, question, member = place.application, place.question, place.member
    if question.kind != Kind.FILE:
        return Refusal("wrong_shape", {"kind": question.kind})
    if application.attachments.filter(question=question, member=member, removed_at=None).count() >= FILES_EACH:
        return Refusal("too_many_files", {"limit": FILES_EACH})
    most = settings.KINOLAB_APPLICATION_MAX
    if size and uploads.bytes_of(application, but=mark) + size > most:
        return Refusal("application_full", {"limit": most // MEGABYTE})
    return None


def _keep(place: Place, stored: StoredFile, by: Person, at: datetime) -> Attachment:
    attachment = Attachment.objects.create(
        application=place.application,
        question=place.question,
        member=place.member,
        file=stored,
        added_at=at,
        added_by=by,
    )
    _record(attachment, "attached", by, at)
    draft.keep_in_step(place.application, at)
    return attachment


def detach(*, attachment: Attachment, by: Person, at: datetime) -> None:
    """Take a file away from the answers; snapshots that show it keep it. Twice changes nothing."""
    with transaction.atomic():
        application = draft.lock(attachment.application)
        stop_if(access.why_not_attach(by, application, attachment.question, at))
        stop_if(access.why_not_detach(by, application, attachment))
        changed = Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=at)
        if changed:
            _record(attachment, "detached", by, at)
            draft.keep_in_step(application, at)


def forget_removed(*, at: datetime, limit: int = 100) -> int:
    """Files that were taken out of a draft some days ago and never sent go; returns how many.

    From the disk too, unless another application of the project holds the same.

    A file was sent if a snapshot was taken while it was there; then it stays for that snapshot.
    """
    sent = Snapshot.objects.filter(
        application=OuterRef("application"), taken_at__gte=OuterRef("added_at"), taken_at__lte=OuterRef("removed_at")
    )
    removed = Attachment.objects.filter(removed_at__lte=at - REMOVED_KEPT).exclude(Exists(sent)).select_related("file")
    over = list(removed.order_by("pk")[:limit])
    for one in over:
        with transaction.atomic():
            one.delete()
            release([one.file_id])
    return len(over)


def release(stored: Iterable[int]) -> None:
    """These files go, unless another application holds them: then they stay for it. Called in a transaction."""
    held = StoredFile.objects.select_for_update().filter(pk__in=list(stored)).order_by("pk")
    for one in held:
        if not Attachment.objects.filter(file=one).exists():
            files.forget(stored=one)


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
