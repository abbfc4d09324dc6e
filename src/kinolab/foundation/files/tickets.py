"""The address of an upload: signed, expiring, and worth nothing without the session of whoever began it."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.utils.translation import get_language

SALT = "kinolab.uploads"
PREFIX = "/uploads/"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What an address says: which upload, how long it is, in which language to answer."""

    code: str
    size: int
    language: str


def address(code: str, size: int, session: str) -> str:
    """Where the bytes of an upload go, for the holder of this session."""
    said = [code, size, _mark(session), get_language() or settings.LANGUAGE_CODE]
    return f"{PREFIX}{signing.dumps(said, salt=SALT)}/"


def read(token: str, session: str) -> Ticket | None:
    """What a token says; None where it is forged, too old, or another session's."""
    try:
        code, size, mark, language = signing.loads(
            token, salt=SALT, max_age=timedelta(days=settings.KINOLAB_UPLOAD_DAYS)
        )
    except signing.BadSignature:
        return None
    return Ticket(code, size, language) if session and mark == _mark(session) else None


def _mark(session: str) -> str:
    return sha256(f"{SALT}:{session}".encode()).hexdigest()[:20]
