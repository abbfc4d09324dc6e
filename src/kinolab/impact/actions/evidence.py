"""The file behind a piece of evidence: sent up in one piece or in parts, taken out, looked at."""

from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kinolab.applications.models import Attachment
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.files import actions as files
from kinolab.foundation.files import contents
from kinolab.foundation.files.models import StoredFile, Upload
from kinolab.foundation.people.models import Person
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.impact import access
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.vocabularies import Sensitivity
from kinolab.impact.models import Evidence, RoadMap
from kinolab.impact.queries import evidence as queries

KINDS = frozenset(contents.ACCEPTED)


def attach(*, road_map: RoadMap, number: int, upload: UploadedFile, by: Person, at: datetime) -> Evidence:
    """Keep a file as evidence. Refused: by access; `row_gone`; `evidence_has_file`; by what `files.keep` refuses."""
    with transaction.atomic():
        row = _open(road_map, number, by)
        stored = files.keep(upload=upload, by=by, at=at, kinds=KINDS, max_bytes=settings.KINOLAB_MAX_UPLOAD)
        return _keep(row, stored, by, at)


def begin_upload(
    *, road_map: RoadMap, number: int, name: str, size: int, mark: str, by: Person, at: datetime
) -> Upload:
    """Begin the upload of a large file, or go on with it. Refused: as `attach`, and by what `files.begin` refuses."""
    with transaction.atomic():
        row = _open(road_map, number, by)
        return files.begin(
            target=queries.target(row), name=name, size=size, mark=mark, most_bytes=settings.KINOLAB_FILE_MAX, by=by, at=at
        )  # fmt: skip


def take_upload(*, upload: Upload, at: datetime) -> Evidence:
    """Take an upload that has come whole. Once is enough: whoever asks again gets the same.

    Refused: upload_busy and upload_not_whole, which pass; anything else is for good, and the file goes.
    """
    row = queries.place_of(upload)
    if upload.state == "taken" and row is not None:
        return row
    with files.taking(upload, otherwise="evidence_not_fitting"):
        if row is None:
            raise Denied(Refusal("evidence_not_fitting"))
        with files.arrived(upload=upload, kinds=KINDS) as whole, transaction.atomic():
            row = _open(row.road_map, row.pk, upload.owner)
            return _keep(row, files.take(arrived=whole, at=at), upload.owner, at)


def take_arrived(*, at: datetime) -> int:
    """Take what has come whole and no page has taken. Returns how many."""
    return files.take_whole(queries.PREFIX, lambda upload: take_upload(upload=upload, at=at))


def detach(*, road_map: RoadMap, number: int, by: Person, at: datetime) -> None:
    """Take the file out of the evidence; it goes. Twice changes nothing.

    Refused: by access; `row_gone`; `row_is_needed` where approved values stand on it.
    """
    with transaction.atomic():
        row = _locked(road_map, number, by)
        stop_if(Refusal("row_is_needed") if row.actuals.filter(approved_at__isnull=False).exists() else None)
        stored, row.file = row.file, None
        if stored is None:
            return
        row.save(update_fields=["file"])
        _record("detached", row, by, at)
        if not Evidence.objects.filter(file=stored).exists() and not Attachment.objects.filter(file=stored).exists():
            files.forget(stored=stored)


def record_look(*, evidence: Evidence, by: Person, at: datetime) -> None:
    """Note every look at evidence that is the team's and its tutors' alone."""
    if evidence.sensitivity == Sensitivity.RESTRICTED:
        _record("looked_at_evidence", evidence, by, at)


def _locked(road_map: RoadMap, number: int, by: Person) -> Evidence:
    stop_if(access.why_not_write(by, road_map, Part.EVIDENCE))
    found = Evidence.objects.select_for_update().filter(road_map=road_map, pk=number).first()
    if found is None:
        raise Denied(Refusal("row_gone"))
    found.road_map = road_map
    return found


def _open(road_map: RoadMap, number: int, by: Person) -> Evidence:
    row = _locked(road_map, number, by)
    stop_if(Refusal("evidence_has_file") if row.file_id else None)
    return row


def _keep(row: Evidence, stored: StoredFile, by: Person, at: datetime) -> Evidence:
    row.file = stored
    row.save(update_fields=["file"])
    _record("attached", row, by, at)
    return row


def _record(verb: str, row: Evidence, by: Person, at: datetime) -> None:
    """That something happened, and where; a file's name may say what nobody outside should read."""
    after = {"part": Part.EVIDENCE.value, "row": row.pk}
    audit.record(by=by, at=at, verb=verb, thing=row.road_map, scope=row.road_map.edition.scope, after=after)
