"""How a kept file is given out."""

from django.http import FileResponse

from kinolab.foundation.files.models import StoredFile


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
