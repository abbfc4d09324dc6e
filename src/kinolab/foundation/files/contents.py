"""What an upload really is, told by its contents: first bytes, last bytes, and what a reader of that kind makes of it.

A file is taken for one thing alone. What would also open as an archive, what hides behind another name, and pictures
that would fill the memory when opened are refused.
"""

import re
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile

from kinolab.foundation.files import documents, films, pages, sounds
from kinolab.foundation.later import Image
from kinolab.foundation.refusals import Denied, Refusal

IMAGE_FORMATS = {
    "JPEG": ("image/jpeg", {".jpg", ".jpeg"}),
    "MPO": ("image/jpeg", {".jpg", ".jpeg"}),  # a JPEG of a telephone that keeps a second picture behind the first
    "PNG": ("image/png", {".png"}),
    "WEBP": ("image/webp", {".webp"}),
}
# The kinds of file that a question may take, in the order in which they are named: their formats.
ACCEPTED = {
    "pdf": "PDF",
    "image": "JPEG, PNG, WebP",
    "document": "DOCX, ODT, RTF, TXT",
    "sheet": "XLSX, ODS, CSV",
    "video": "MP4, MOV, MKV, WebM",
    "sound": "MP3, WAV, M4A, FLAC, OGG",
}
ENDINGS = {
    "pdf": (".pdf",),
    "image": (".jpg", ".jpeg", ".png", ".webp"),
    **documents.ENDINGS,
    "video": films.ENDINGS,
    "sound": sounds.ENDINGS,
}
MOST_MEGAPIXELS = 80
_PDF = re.compile(rb"%PDF-[12]\.\d[\s%]")
_PDF_END = re.compile(rb"%%EOF[\s\x00]*\Z")
_TAIL = 2048  # bytes
_ARCHIVE_END, _ARCHIVE_LIST = b"PK\x05\x06", b"PK\x01\x02"
_ARCHIVE_TAIL = 22 + 65_535  # bytes: the end of an archive, and the longest comment after it
_CHUNK = 1 << 20  # bytes


Sent = UploadedFile | File


@dataclass(frozen=True, slots=True)
class Contents:
    """The kind (one of ACCEPTED), its media type, the endings that names of it have.

    How long a film or a sound lasts, and how many pages a PDF has, where the contents say so.
    """

    kind: str
    content_type: str
    endings: Collection[str]
    seconds: float | None = None
    pages: int | None = None


def look(upload: Sent, kinds: Collection[str]) -> Contents:
    """What the contents are, if they are one of `kinds` and named so; else Denied with the reason."""
    seen = _look(upload, kinds)
    if seen.kind not in kinds:
        raise Denied(Refusal("file_wrong_kind", {"wanted": wanted(kinds)}))
    if _ending(upload) not in seen.endings:
        raise Denied(Refusal("file_disguised"))
    if seen.kind not in documents.ENDINGS and _is_archive_too(upload):
        raise Denied(Refusal("file_two_in_one"))
    return seen


def _look(upload: Sent, kinds: Collection[str]) -> Contents:
    upload.seek(0)
    if _PDF.match(upload.read(16)):
        return _look_at_pdf(upload)
    if (film := films.kind_of(upload)) is not None:
        return _look_at_film(upload, film)
    if "sound" in kinds and (sound := sounds.kind_of(upload)) is not None:
        return _look_at_sound(upload, sound)
    if documents.ENDINGS.keys() & set(kinds) and (document := documents.look(upload, _ending(upload))) is not None:
        return Contents(document.kind, document.content_type, document.endings)
    return _look_at_image(upload, kinds)


def _look_at_pdf(upload: Sent) -> Contents:
    upload.seek(max(0, (upload.size or 0) - _TAIL))
    if not _PDF_END.search(upload.read()):
        raise Denied(Refusal("pdf_unreadable"))
    return Contents("pdf", "application/pdf", {".pdf"}, pages=pages.count(upload))


def _look_at_film(upload: Sent, film: films.Film) -> Contents:
    try:
        seconds = films.length(upload, film, upload.size or 0)
    except films.Unreadable:
        raise Denied(Refusal("video_unreadable")) from None
    return Contents("video", film.content_type, film.endings, seconds)


def _look_at_sound(upload: Sent, sound: sounds.Sound) -> Contents:
    try:
        seconds = sounds.length(upload, sound, upload.size or 0)
    except sounds.Unreadable:
        raise Denied(Refusal("sound_unreadable")) from None
    return Contents("sound", sound.content_type, sound.endings, seconds)


def _look_at_image(upload: Sent, kinds: Collection[str]) -> Contents:
    upload.seek(0)
    try:
        picture = _opened(upload)
    except Image.DecompressionBombError:
        raise Denied(Refusal("image_bomb", {"limit": MOST_MEGAPIXELS})) from None
    except Exception:  # noqa: BLE001  (Pillow raises many kinds; each means the same here)
        disguised = Refusal("file_disguised")
        wrong = Refusal("file_wrong_kind", {"wanted": wanted(kinds)})
        raise Denied(disguised if _ending(upload) in _endings(kinds) else wrong) from None
    if picture.width * picture.height > MOST_MEGAPIXELS * 1_000_000:
        raise Denied(Refusal("image_bomb", {"limit": MOST_MEGAPIXELS}))
    kept = picture.format or ""
    if kept in {"JPEG", "MPO"} and not _holds(upload, b"\xff\xd9"):
        raise Denied(Refusal("image_unreadable"))
    try:
        picture.verify()
    except Exception:  # noqa: BLE001  (Pillow raises many kinds; each means the same here)
        raise Denied(Refusal("image_unreadable")) from None
    return Contents("image", *IMAGE_FORMATS[kept])


def _opened(upload: Sent) -> "Image.Image":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is asked right after
        source: Any = upload
        return Image.open(source, formats=("JPEG", "PNG", "WEBP"))


def _holds(upload: IO[bytes] | Sent, mark: bytes) -> bool:
    """Whether the mark comes after the place where reading stopped: behind the head of a JPEG, its end."""
    before = b""
    while chunk := upload.read(_CHUNK):
        if mark in before + chunk:
            return True
        before = chunk[-len(mark) + 1 :]
    return False


def _is_archive_too(upload: Sent) -> bool:
    """Whether unpackers would find an archive in the file (ZIP, and what is one: JAR, DOCX, APK)."""
    upload.seek(max(0, (upload.size or 0) - _ARCHIVE_TAIL))
    tail = upload.read()
    end = tail.rfind(_ARCHIVE_END)
    if end < 0 or end + 22 > len(tail):
        return False
    listed = int.from_bytes(tail[end + 12 : end + 16], "little")  # bytes of the list of its files
    comment = int.from_bytes(tail[end + 20 : end + 22], "little")
    upload.seek(max(0, (upload.size or 0) - len(tail) + end - listed))
    return end + 22 + comment == len(tail) or upload.read(4) == _ARCHIVE_LIST


def _ending(upload: Sent) -> str:
    return PurePath((upload.name or "").lower()).suffix


def _endings(kinds: Collection[str]) -> set[str]:
    return {ending for kind in kinds for ending in ENDINGS[kind]}


def wanted(kinds: Collection[str]) -> str:
    """The formats of these kinds, in words."""
    return ", ".join(formats for kind, formats in ACCEPTED.items() if kind in kinds)
