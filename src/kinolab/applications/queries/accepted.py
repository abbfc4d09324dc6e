"""Which files a question takes: what the question says, never more than the server takes."""

from django.conf import settings

from kinolab.applications.queries.dossier import spec_of
from kinolab.foundation.questions.domain.answers import MEGABYTE
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.models import Question

PAPERS = ("pdf", "image")
FILM = "video"
ENDINGS = {
    "pdf": ("application/pdf", ".pdf"),
    "image": ("image/jpeg", "image/png", "image/webp", ".jpg", ".jpeg", ".png", ".webp"),
    FILM: ("video/mp4", "video/quicktime", "video/webm", "video/x-matroska", ".mp4", ".m4v", ".mov", ".mkv", ".webm"),
}


def kinds(question: Question) -> tuple[str, ...]:
    """PDFs and pictures; films where the question is limited in minutes."""
    in_minutes = any(one["unit"] == Unit.MINUTES for one in question.limits)
    return (*PAPERS, FILM) if in_minutes else PAPERS


def most_bytes(question: Question) -> int:
    """How large a file may be. Beyond what one form carries only where the question itself says so."""
    said = [
        limit.maximum * MEGABYTE for limit in spec_of(question).limits if limit.unit is Unit.MEGABYTES and limit.maximum
    ]
    return min(settings.KINOLAB_FILE_MAX, *(said or [settings.KINOLAB_MAX_UPLOAD]))


def accept(question: Question) -> str:
    """What the browser offers to choose."""
    return ",".join(one for kind in kinds(question) for one in ENDINGS[kind])
