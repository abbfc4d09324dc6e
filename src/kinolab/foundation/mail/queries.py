"""Reads of the outbox, and absolute addresses for letters."""

from django.conf import settings
from django.db.models import Count, QuerySet

from kinolab.foundation.mail.domain.lifecycle import LetterState
from kinolab.foundation.mail.models import Letter


def absolute_url(path: str) -> str:
    """The address of one of our own paths as somebody outside sees it."""
    return f"{settings.KINOLAB_URL}{path}"


def letters(*, scope: str, kind: str = "") -> QuerySet[Letter]:
    """Letters of one scope, the newest first."""
    found = Letter.objects.filter(scope=scope).order_by("-created_at", "-pk")
    return found.filter(kind=kind) if kind else found


def states(*, scope: str = "", kind: str = "") -> dict[str, int]:
    """How many letters stand in each state; of one scope, or of the whole installation."""
    counted = letters(scope=scope, kind=kind) if scope else Letter.objects.all()
    return dict(counted.order_by().values_list("state").annotate(number=Count("pk")))


def undelivered() -> QuerySet[Letter]:
    """Letters that were given up, the oldest first."""
    return Letter.objects.filter(state=LetterState.FAILED.value).order_by("due_at", "pk")


def in_trouble() -> QuerySet[Letter]:
    """Letters that were given up or are being tried again, the oldest first."""
    trouble = [LetterState.FAILED.value, LetterState.WAITING.value, LetterState.SENDING.value]
    return Letter.objects.filter(state__in=trouble, attempts__gt=0).order_by("due_at", "pk")
