"""The only writes: a file is looked at and kept, or refused; an upload is begun, taken when it is whole, or dropped."""

import contextlib
import fcntl
import logging
import os
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kinolab.foundation.files import coming, contents, derivatives, pictures, queries, words
from kinolab.foundation.files.models import Picture, StoredFile, Upload, place_of
from kinolab.foundation.refusals import Denied, Refusal, stop_if

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

log = logging.getLogger(__name__)
UPLOADS_EACH = 20  # of one person, on their way at once
LOOKED_AT = timedelta(hours=24)  # so long an upload that was taken or refused can still be asked about
PASSING = frozenset({"upload_busy", "upload_not_whole"})  # why an upload is not taken yet
LONGEST_NAME = 240  # bytes: file systems take 255, and a name may get " (2)" where it is saved


def keep(
    *, upload: UploadedFile, by: "Person | None", at: datetime, kinds: Collection[str], max_bytes: int
) -> StoredFile:
    """Keep an upload whose *contents* are one of `kinds` ("pdf", "image"); else Denied with the reason.

    Size is asked first, then the first bytes, then the rest; nothing of a refused file stays.
    """
    if not upload.size:
        raise Denied(Refusal("file_empty"))
    stop_if(_why_not_so_large(upload.size, max_bytes))
    seen = contents.look(upload, kinds)
    with tempfile.TemporaryFile() as room:
        kept = _bare(upload, seen, room) if seen.kind == "image" else upload
        return _stored(kept, seen, safe_name(upload.name or ""), by, at)


def keep_text(*, content: File, content_type: str, by: "Person | None", at: datetime) -> StoredFile:
    """Keep a text that a room has read whole itself and found to be what it takes."""
    return _stored(content, contents.Contents("document", content_type, ()), safe_name(content.name or ""), by, at)


def _bare(picture: UploadedFile | File, seen: contents.Contents, room: IO[bytes]) -> File:
    """A picture without where it was taken and by whom, written into `room`. Refused: image_unreadable."""
    try:
        for piece in pictures.bare(picture, seen.content_type):
            room.write(piece)
    except pictures.Unreadable:
        raise Denied(Refusal("image_unreadable")) from None
    room.flush()
    return File(room)


def _digest(file: File) -> str:
    digest = sha256()
    file.seek(0)
    for chunk in file.chunks(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def _stored(file: File, seen: contents.Contents, name: str, by: "Person | None", at: datetime) -> StoredFile:
    stored = StoredFile(
        name=name,
        kind=seen.kind,
        content_type=seen.content_type,
        size=file.size,
        sha256=_digest(file),
        owner=by,
        created_at=at,
    )
    stored.seconds, stored.pages = seen.seconds, seen.pages
    file.seek(0)
    stored.blob.save(stored.name, file, save=False)
    stored.save()
    return stored


# --- Pictures that pages show ----------------------------------------------------------------------------------------
def keep_picture(*, upload: UploadedFile, by: "Person", at: datetime) -> Picture:
    """Keep a picture for a page; nobody sees it before a room shows it (`derivatives` says how).

    Refused: what `keep` refuses, picture_too_many_pixels, picture_too_small, image_unreadable.
    """
    if not upload.size:
        raise Denied(Refusal("file_empty"))
    stop_if(_why_not_so_large(upload.size, derivatives.MOST_BYTES))
    contents.look(upload, {"image"})  # before anything opens it
    width, height = derivatives.measured(upload)
    with transaction.atomic():
        stored = keep(upload=upload, by=by, at=at, kinds={"image"}, max_bytes=derivatives.MOST_BYTES)
        return Picture.objects.create(file=stored, width=width, height=height)


def describe_picture(
    *, picture: Picture, alt: Mapping[str, str], credit: str, focus: tuple[int, int]
) -> Picture:  # fmt: skip
    """Say what the picture shows, whose it is, and what of it must stay in sight (hundredths from left and top)."""
    picture.alt, picture.credit = alt, credit
    picture.focus_x, picture.focus_y = (min(100, max(0, one)) for one in focus)
    picture.save(update_fields=["alt", "credit", "focus_x", "focus_y"])
    return picture


def forget_picture(*, picture: Picture) -> None:
    """A picture that no page shows any more goes with its file; what was made of it is made of nothing now, and stays."""
    stored = picture.file
    picture.delete()
    if not stored.pictures.exists():
        forget(stored=stored)


# --- Uploads that come in parts --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Arrived:
    """A whole upload that was looked at, held for whoever takes it: what is to be kept of it lies at `place`."""

    upload: Upload
    seen: contents.Contents
    place: Path
    size: int
    sha256: str


def begin(
    *, target: str, name: str, size: int, mark: str, most_bytes: int, by: "Person", at: datetime
) -> Upload:  # fmt: skip
    """Begin an upload, or go on with the one of the same file: by its mark, for the same target, by the same person.

    Refused: by size, by how much the person has here already, by how much room the disk has.
    """
    expires = at + timedelta(days=settings.KINOLAB_UPLOAD_DAYS)
    begun = queries.coming_of(by).filter(target=target, size=size, mark=mark).exclude(mark="").first()
    if begun is not None and coming.arrived(begun.code) is not None:
        Upload.objects.filter(pk=begun.pk).update(expires_at=expires)
        begun.expires_at = expires
        return begun
    stop_if(_why_not_begin(by, size, most_bytes))
    with transaction.atomic():
        upload = Upload.objects.create(
            target=target, owner=by, name=safe_name(name), size=size, mark=mark, created_at=at, expires_at=expires
        )
        try:
            coming.begin(upload.code)
        except OSError as error:
            if error.errno not in coming.FULL:
                raise
            raise Denied(Refusal("disk_full")) from None
    return upload


def _why_not_begin(by: "Person", size: int, most_bytes: int) -> Refusal | None:
    if size < 1:
        return Refusal("file_empty")
    if refusal := _why_not_so_large(size, most_bytes):
        return refusal
    if queries.coming_of(by).count() >= UPLOADS_EACH:
        return Refusal("too_many_uploads", {"limit": UPLOADS_EACH})
    if queries.bytes_of(by) + size > settings.KINOLAB_PERSON_MAX:
        return Refusal("person_full", {"limit": _megabytes(settings.KINOLAB_PERSON_MAX)})
    return Refusal("disk_full") if size > coming.free() - queries.bytes_awaited() else None


@contextlib.contextmanager
def arrived(*, upload: Upload, kinds: Collection[str]) -> Iterator[Arrived]:
    """Hold a whole upload, look at its contents and add them up: seconds for a large one, so never in a transaction.

    Refused: upload_gone, upload_busy, upload_not_whole, and whatever `contents.look` refuses.
    """
    try:
        with coming.held(upload.code) as hand:
            if os.fstat(hand).st_size != upload.size:
                raise Denied(Refusal("upload_not_whole"))
            place = coming.place(upload.code)
            with place.open("rb") as opened:
                file = File(opened, name=upload.name)
                seen = contents.look(file, kinds)
                if seen.kind == "image":
                    place = coming.bare(upload.code)
                    with place.open("wb+") as room:
                        bare = _bare(file, seen, room)
                        found = Arrived(upload, seen, place, bare.size, _digest(bare))
                else:
                    found = Arrived(upload, seen, place, upload.size, _digest(file))
            yield found
    except coming.Busy:
        raise Denied(Refusal("upload_busy")) from None
    except FileNotFoundError:
        raise Denied(Refusal("upload_gone")) from None
    finally:
        coming.bare(upload.code).unlink(missing_ok=True)


def take(*, arrived: Arrived, at: datetime) -> StoredFile:
    """Keep an upload that was looked at, in the caller's transaction. It gets a second name; the first goes on commit.

    So there is no instant at which a kept file is not on the disk.
    """
    upload, seen = arrived.upload, arrived.seen
    held = Upload.objects.select_for_update().filter(pk=upload.pk, state="coming").first()
    if held is None:
        raise Denied(Refusal("upload_gone"))
    stored = StoredFile(
        name=upload.name, kind=seen.kind, content_type=seen.content_type, size=arrived.size, sha256=arrived.sha256,
        seconds=seen.seconds, pages=seen.pages, owner=upload.owner, created_at=at,
    )  # fmt: skip
    stored.blob.name = place_of(stored, upload.name)
    final = Path(settings.MEDIA_ROOT) / stored.blob.name
    final.parent.mkdir(parents=True, exist_ok=True)
    os.link(arrived.place, final)
    try:
        stored.save()
        held.state, held.stored = "taken", stored
        held.save(update_fields=["state", "stored"])
    except BaseException:
        final.unlink()
        raise
    transaction.on_commit(lambda: coming.remove(upload.code))
    return stored


@contextlib.contextmanager
def taking(upload: Upload, *, otherwise: str) -> Iterator[None]:
    """Around everything that a room does to take a whole upload; what is refused there for good is not kept.

    What is wrong with the file itself its owner may read; of all else, the code `otherwise`.
    """
    try:
        yield
    except Denied as denied:
        refusal = denied.refusal
        if refusal.code not in PASSING:
            refuse(upload=upload, refusal=refusal if refusal.code in words.REASONS else Refusal(otherwise))
        raise


def take_whole(prefix: str, take: Callable[[Upload], object]) -> int:
    """Take what has come whole while nobody asked for it: a browser closed at its last byte. Returns how many."""
    taken = 0
    for upload in queries.whole(prefix):
        try:
            take(upload)
            taken += 1
        except Denied as denied:
            log.info("Upload %s was not taken: %s", upload.code, denied.refusal.code)
    return taken


def refuse(*, upload: Upload, refusal: Refusal) -> None:
    """A whole upload is not taken: nothing of it stays but the reason, for whoever looks."""
    kept = {"code": refusal.code, "facts": dict(refusal.facts)}
    changed = Upload.objects.filter(pk=upload.pk, state="coming").update(state="refused", refusal=kept)
    if changed:
        coming.remove(upload.code)


def drop(*, upload: Upload, by: "Person") -> None:
    """Give an upload up; what has come of it goes. Refused: `upload_of_another`; its owner alone may."""
    stop_if(Refusal("upload_of_another") if upload.owner_id != by.pk else None)
    _drop(upload)


def _drop(upload: Upload) -> None:
    Upload.objects.filter(pk=upload.pk).exclude(state="taken").delete()
    coming.remove(upload.code)


def drop_expired(*, at: datetime) -> int:
    """Uploads whose time is over go with what has come of them, and so does what lies there for nobody; how many."""
    over = list(Upload.objects.filter(expires_at__lte=at, state="coming"))
    for upload in over:
        try:
            with coming.held(upload.code):
                _drop(upload)
        except coming.Busy:
            log.info("Upload %s is over its time but still arriving.", upload.code)
        except FileNotFoundError:
            _drop(upload)
    Upload.objects.exclude(state="coming").filter(created_at__lte=at - LOOKED_AT, expires_at__lte=at).delete()
    known = set(Upload.objects.filter(state="coming").values_list("code", flat=True))
    for code in coming.listed(older_than=LOOKED_AT.total_seconds()):
        if code not in known:
            coming.remove(code)
    return len(over)


def safe_name(name: str) -> str:
    """The last part of a path, without control characters or direction overrides, short enough for any disk."""
    last = PurePath(name.replace("\\", "/")).name
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    ending = f".{ending}" if dot and stem and len(ending) < 10 else ""
    room = LONGEST_NAME - len(ending.encode())
    return plain.removesuffix(ending).encode()[:room].decode(errors="ignore")[:190] + ending or "file"


def _why_not_so_large(size: int, limit: int) -> Refusal | None:
    return Refusal("file_too_large", {"size": _megabytes(size), "limit": _megabytes(limit)}) if size > limit else None


def _megabytes(size: int) -> float:
    return round(size / 1_048_576, 1)


def forget(*, stored: StoredFile) -> None:
    """A file that nothing names any more goes, wherever it lies; on commit."""
    place, blob = stored.place, stored.blob
    gone = StoredFile(blob=blob.name, place=place)
    stored.delete()
    transaction.on_commit(lambda: _remove(gone))


def _remove(gone: StoredFile) -> None:
    if gone.place == "far":
        from kinolab.foundation.files import far  # noqa: PLC0415  (heavy; only where a storage is used)

        far.remove(gone)
    else:
        Path(gone.blob.path).unlink(missing_ok=True)


# --- To the storage --------------------------------------------------------------------------------------------------
def send_away(*, stored: StoredFile) -> bool:
    """Send a kept file to the storage; only when it is there whole does it go from the disk. Whether it went.

    Whoever sends it holds its lock, so that two processes do not send one file.
    """
    from kinolab.foundation.files import far  # noqa: PLC0415  (heavy; only where a storage is used)

    path = Path(stored.blob.path)
    try:
        hand = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:  # another process has sent it since
        return False
    try:
        fcntl.flock(hand, fcntl.LOCK_EX | fcntl.LOCK_NB)
        there = far.send(stored, str(path))
        if there != stored.size:
            raise OSError(f"The storage holds {there} bytes of {stored.size}: {stored.code}")
        if not StoredFile.objects.filter(pk=stored.pk, place="disk").update(place="far"):
            return False
        path.unlink()
    except BlockingIOError:
        return False
    finally:
        os.close(hand)
    stored.place = "far"
    return True
