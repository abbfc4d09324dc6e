"""When a request came: in the last minutes before a close it may wait in line, and is not late for that."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone


def came_at(request: HttpRequest) -> datetime:
    """The instant at which the server had the whole request; now, where nothing noted it."""
    noted: datetime | None = getattr(request, "came_at", None)
    return noted or timezone.now()
