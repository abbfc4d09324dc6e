"""Files that a row of an import names by its address: fetched by a job, looked at like any other, and told row by row.

Whoever brought the table attaches them, as long as they might by hand. An address leads nowhere private (`outside`), what
comes is poured to the disk up to the limit of its question, and never more.
"""

import mimetypes
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.http import parse_header_parameters

from kinolab.applications.actions import files, importing
from kinolab.applications.domain.importing import to_fetch
from kinolab.applications.models import Application, Attachment, Import, ImportedFile
from kinolab.applications.queries import accepted
from kinolab.foundation.outside import Forbidden, Offline, Page, Silent, TooLarge, Visitor
from kinolab.foundation.questions.domain.answers import MEGABYTE
from kinolab.foundation.refusals import Denied, Refusal

A_TURN = 2  # each time the clock turns: a slow site must not keep letters waiting
SECONDS = 60.0
MOST_TRIES, AGAIN = 3, timedelta(hours=1)

Fetch = Callable[[str, BinaryIO, int], Page]


def fetch_due(*, at: datetime, fetch: Fetch | None = None) -> int:
    """Fetch what is due, a few at a time; returns how many were tried."""
    fetch = fetch or Visitor(settings.KINOLAB_URL, private=settings.KINOLAB_LINKS_PRIVATE, seconds=SECONDS).fetch
    waiting = ImportedFile.objects.filter(phase="waiting", due_at__lte=at).select_related("question")
    tried = list(waiting.order_by("due_at", "pk")[:A_TURN])
    for one in tried:
        _one(one, fetch, at)
    return len(tried)


def _one(one: ImportedFile, fetch: Fetch, at: datetime) -> None:
    most = min(accepted.most_bytes(one.question), settings.KINOLAB_MAX_UPLOAD)
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as into:
        try:
            page = fetch(to_fetch(one.address), into, most)
            refusal = _why_no_file(page)
        except Forbidden:
            refusal = Refusal("link_forbidden")
        except TooLarge:
            refusal = Refusal("file_too_large", {"size": f"> {most // MEGABYTE}", "limit": most // MEGABYTE})
        except Offline:  # it is our own network: no try of theirs
            ImportedFile.objects.filter(pk=one.pk, phase="waiting").update(due_at=at + AGAIN)
            return
        except Silent:
            _later(one, at)
            return
        if refusal is not None:
            _note(one, at, refusal=refusal)
            return
        size = into.tell()
        upload = UploadedFile(into, name_of(page), page.media_type, size)
        _attach(one, upload, at)


def _why_no_file(page: Page) -> Refusal | None:
    if page.status != 200:
        return Refusal("link_status", {"status": page.status})
    return Refusal("link_gives_page") if page.media_type in ("text/html", "application/xhtml+xml") else None


def name_of(page: Page) -> str:
    """What the file is called: as its site says, else as its address ends; with an ending, for one is asked for."""
    _kind, said = parse_header_parameters(page.headers.get("content-disposition", ""))
    name = said.get("filename", "") or unquote(PurePosixPath(urlsplit(page.url).path).name) or "file"
    name = name.replace("/", "_").replace("\\", "_")
    ending = mimetypes.guess_extension(page.media_type) or ""
    return name if PurePosixPath(name).suffix else f"{name}{ending}"


def _later(one: ImportedFile, at: datetime) -> None:
    """Nobody answered: once more in an hour, three times in all."""
    if one.tries + 1 >= MOST_TRIES:
        _note(one, at, refusal=Refusal("link_silent"), tries=one.tries + 1)
        return
    waiting = ImportedFile.objects.filter(pk=one.pk, phase="waiting", tries=one.tries)
    waiting.update(tries=one.tries + 1, due_at=at + AGAIN)


def _attach(one: ImportedFile, upload: UploadedFile, at: datetime) -> None:
    """Attach it as whoever brought the table; that is no change which anybody made to the application."""
    held = Application.objects.select_related("call__edition__programme__organisation", "call__form")
    application = held.filter(pk=one.application_id).first()
    if application is None:  # taken back meanwhile
        return
    changed_at, by = application.changed_at, one.imported_in.brought_by
    try:
        with transaction.atomic():
            attachment = files.attach(
                application=application, question=one.question, upload=upload, by=by, at=at, whose=one.member
            )
            Application.objects.filter(pk=application.pk).update(changed_at=changed_at)
            _note(one, at, attachment=attachment)
    except Denied as denied:
        _note(one, at, refusal=denied.refusal)


def _note(
    one: ImportedFile,
    at: datetime,
    *,
    refusal: Refusal | None = None,
    attachment: Attachment | None = None,
    tries: int = 0,
) -> None:
    """Write down what became of it; after the last file of an application, send what was to be sent."""
    with transaction.atomic():
        import_ = Import.objects.select_for_update(of=("self",)).select_related("brought_by").get(pk=one.imported_in_id)
        waiting = ImportedFile.objects.filter(pk=one.pk, phase="waiting")
        said = {"code": refusal.code, "facts": dict(refusal.facts)} if refusal else {}
        phase = "refused" if refusal else "fetched"
        if not waiting.update(phase=phase, refusal=said, attachment=attachment, tries=tries or one.tries):
            if attachment is not None:  # another process has fetched it: this one leaves nothing
                raise Denied(Refusal("import_not_now"))
            return
        left = ImportedFile.objects.filter(application=one.application_id, phase="waiting").exists()
        if not left and import_.send and import_.phase in ("running", "done"):
            _send(import_, one, at)


def _send(import_: Import, one: ImportedFile, at: datetime) -> None:
    held = Application.objects.select_related("call__edition__programme__organisation", "call__form")
    why = importing.send(held.get(pk=one.application_id), import_.brought_by, at)
    if why:
        import_.report[str(one.row)] = why
        import_.save(update_fields=["report"])
