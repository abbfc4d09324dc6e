"""How a kept file is given out, and how much there is of what."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.http import FileResponse

from kinolab.foundation.files import coming
from kinolab.foundation.files.models import StoredFile, Upload

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def coming_of(person: "Person") -> QuerySet[Upload]:
    """What the person has on its way."""
    return Upload.objects.filter(owner=person, state="coming")


def bytes_of(person: "Person") -> int:
    """All that the person has here or has announced."""
    kept = StoredFile.objects.filter(owner=person).aggregate(sum=Sum("size"))["sum"] or 0
    return kept + (coming_of(person).aggregate(sum=Sum("size"))["sum"] or 0)


def bytes_awaited() -> int:
    """What the disk must still take of uploads that have begun."""
    begun = Upload.objects.filter(state="coming").values_list("code", "size")
    return sum(size - (coming.arrived(code) or 0) for code, size in begun)


def as_attachment(stored: StoredFile, name: str = "") -> FileResponse:
    """A download, never shown inline, never kept by a cache; the caller has checked the pair person and file.

    `name` replaces the sender's file name where that must not be seen.
    """
    response = FileResponse(
        stored.blob.open("rb"), as_attachment=True, filename=name or stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
