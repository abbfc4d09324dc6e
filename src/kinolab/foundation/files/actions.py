"""The only writes: a file is looked at and kept, or refused."""

import warnings
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from PIL import Image

from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.refusals import Denied, Refusal

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

IMAGE_FORMATS = {
    "JPEG": ("image/jpeg", {".jpg", ".jpeg"}),
    "PNG": ("image/png", {".png"}),
    "WEBP": ("image/webp", {".webp"}),
}
ACCEPTED = {"pdf": "PDF", "image": "JPEG, PNG, WebP"}
MOST_MEGAPIXELS = 80
_HEAD, _TAIL = 1024, 2048  # bytes in which a PDF's first and last marks must stand


def keep(
    *, upload: UploadedFile, by: "Person | None", at: datetime, kinds: Collection[str], max_bytes: int
) -> StoredFile:
    """Keep an upload whose *contents* are one of `kinds` ("pdf", "image"); else Denied with the reason.

    Size is asked first, then the first bytes, then the rest; nothing of a refused file stays.
    """
    if not upload.size:
        raise Denied(Refusal("file_empty"))
    if upload.size > max_bytes:
        raise Denied(Refusal("file_too_large", {"size": _megabytes(upload.size), "limit": _megabytes(max_bytes)}))
    kind, content_type = _look(upload, kinds)
    digest = sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    stored = StoredFile(
        name=safe_name(upload.name or ""),
        kind=kind,
        content_type=content_type,
        size=upload.size,
        sha256=digest.hexdigest(),
        owner=by,
        created_at=at,
    )
    upload.seek(0)
    stored.blob.save(stored.name, upload, save=False)
    stored.save()
    return stored


def keep_made(*, name: str, content: bytes, kind: str, content_type: str, at: datetime) -> StoredFile:
    """Keep a file that the program itself made."""
    from django.core.files.base import ContentFile  # noqa: PLC0415  (keeps the import list to what uploads need)

    stored = StoredFile(
        name=name,
        kind=kind,
        content_type=content_type,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        created_at=at,
    )
    stored.blob.save(name, ContentFile(content), save=False)
    stored.save()
    return stored


def safe_name(name: str) -> str:
    """The last part of a path, without control characters or direction overrides, at most 200 letters."""
    last = PurePath(name.replace("\\", "/")).name
    plain = "".join(
        letter for letter in last if letter.isprintable() and letter not in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
    )
    stem, dot, ending = plain.rpartition(".")
    return (f"{stem[: 199 - len(ending)]}.{ending}" if dot and len(ending) < 10 else plain[:200]) or "file"


def _look(upload: UploadedFile, kinds: Collection[str]) -> tuple[str, str]:
    """What the contents are: (kind, content type)."""
    head = upload.read(_HEAD)
    ending = PurePath((upload.name or "").lower()).suffix
    if b"%PDF-" in head:
        seen, content_type, endings = "pdf", "application/pdf", {".pdf"}
        _check_pdf(upload)
    else:
        seen, content_type, endings = _look_at_image(upload, head, kinds)
    if seen not in kinds:
        raise Denied(Refusal("file_wrong_kind", {"wanted": _wanted(kinds)}))
    if ending not in endings:
        raise Denied(Refusal("file_disguised", {"name": upload.name, "seen": seen}))
    return seen, content_type


def _check_pdf(upload: UploadedFile) -> None:
    upload.seek(max(0, (upload.size or 0) - _TAIL))
    if b"%%EOF" not in upload.read():
        raise Denied(Refusal("pdf_unreadable"))


def _look_at_image(upload: UploadedFile, head: bytes, kinds: Collection[str]) -> tuple[str, str, set[str]]:
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=list(IMAGE_FORMATS))
    except Image.DecompressionBombError:
        raise Denied(Refusal("image_bomb", {"limit": MOST_MEGAPIXELS})) from None
    except Exception:  # noqa: BLE001  (Pillow raises many kinds; each means the same here)
        disguised = PurePath((upload.name or "").lower()).suffix in {".pdf", ".jpg", ".jpeg", ".png", ".webp"}
        code = "file_disguised" if disguised else "file_wrong_kind"
        raise Denied(Refusal(code, {"wanted": _wanted(kinds), "name": upload.name, "seen": ""})) from None
    if picture.width * picture.height > MOST_MEGAPIXELS * 1_000_000:
        raise Denied(Refusal("image_bomb", {"limit": MOST_MEGAPIXELS}))
    try:
        picture.verify()
    except Exception:  # noqa: BLE001  (Pillow raises many kinds; each means the same here)
        raise Denied(Refusal("image_unreadable")) from None
    content_type, endings = IMAGE_FORMATS[picture.format or ""]
    return "image", content_type, endings


def _wanted(kinds: Collection[str]) -> str:
    return ", ".join(ACCEPTED[kind] for kind in sorted(kinds))


def _megabytes(size: int) -> float:
    return round(size / 1_048_576, 1)
