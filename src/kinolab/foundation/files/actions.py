"""The only writes: a file is looked at and kept, or refused."""

import unicodedata
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile

from kinolab.foundation.files import contents
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.refusals import Denied, Refusal

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

LONGEST_NAME = 240  # bytes: file systems take 255, and a name may get " (2)" where it is saved


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
    seen = contents.look(upload, kinds)
    digest = sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    stored = StoredFile(
        name=safe_name(upload.name or ""),
        kind=seen.kind,
        content_type=seen.content_type,
        size=upload.size,
        sha256=digest.hexdigest(),
        owner=by,
        created_at=at,
    )
    upload.seek(0)
    stored.blob.save(stored.name, upload, save=False)
    stored.save()
    return stored


def safe_name(name: str) -> str:
    """The last part of a path, without control characters or direction overrides, short enough for any disk."""
    last = PurePath(name.replace("\\", "/")).name
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    ending = f".{ending}" if dot and stem and len(ending) < 10 else ""
    room = LONGEST_NAME - len(ending.encode())
    return plain.removesuffix(ending).encode()[:room].decode(errors="ignore")[:190] + ending or "file"


def _megabytes(size: int) -> float:
    return round(size / 1_048_576, 1)
