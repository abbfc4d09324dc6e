"""Which files a question takes: what the question says, never more than the server takes."""

from django.conf import settings

from kinolab.applications.queries.asked import spec_of
from kinolab.foundation.files import contents
from kinolab.foundation.files import words as file_words
from kinolab.foundation.i18n import formats
from kinolab.foundation.questions.domain.answers import MEGABYTE
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.models import Question

# What a browser's file chooser understands beside the endings of names.
MEDIA = {
    "pdf": ("application/pdf",),
    "image": ("image/jpeg", "image/png", "image/webp"),
    "document": (),
    "sheet": (),
    "video": ("video/mp4", "video/quicktime", "video/webm", "video/x-matroska"),
    "sound": ("audio/mpeg", "audio/wav", "audio/mp4", "audio/flac", "audio/ogg"),
}


def kinds(question: Question) -> tuple[str, ...]:
    """The kinds of files that a question takes."""
    return spec_of(question).accepts


def most_bytes(question: Question) -> int:
    """How large a file may be. Beyond what one form carries only where the question itself says so."""
    said = [
        limit.maximum * MEGABYTE for limit in spec_of(question).limits if limit.unit is Unit.MEGABYTES and limit.maximum
    ]
    return min(settings.KINOLAB_FILE_MAX, *(said or [settings.KINOLAB_MAX_UPLOAD]))


def accept(question: Question) -> str:
    """What the browser offers to choose."""
    return ",".join(one for kind in kinds(question) for one in (*MEDIA[kind], *contents.ENDINGS[kind]))


def formats_taken(question: Question) -> str:
    """The kinds and their formats, in the language of the page."""
    return formats.listing(
        str(file_words.TAKEN[kind]) % {"formats": contents.ACCEPTED[kind]} for kind in kinds(question)
    )
