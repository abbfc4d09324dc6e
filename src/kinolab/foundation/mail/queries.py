"""Reads of the outbox, and absolute addresses for letters."""

from django.conf import settings
from django.db.models import Count, QuerySet

from kinolab.foundation.mail.models import Letter


def absolute_url(path: str) -> str:
    """The address of one of our own paths as somebody outside sees it."""
    return f"{settings.KINOLAB_URL}{path}"


def letters(*, scope: str, kind: str = "") -> QuerySet[Letter]:
    """Letters of one scope, the newest first."""
    found = Letter.objects.filter(scope=scope).order_by("-created_at", "-pk")
    return found.filter(kind=kind) if kind else found


def states(*, scope: str, kind: str = "") -> dict[str, int]:
    """How many letters stand in each state."""
    return dict(letters(scope=scope, kind=kind).order_by().values_list("state").annotate(number=Count("pk")))
