"""Reads of the record."""

from django.db import models
from django.db.models import QuerySet

from kinolab.foundation.audit.models import Entry, Shown
from kinolab.foundation.prepared import prepared


def entries(*, scope: str = "", thing: models.Model | None = None) -> QuerySet[Entry]:
    """The rows of one scope, or about one thing, the newest first."""
    found = Entry.objects.order_by("-at", "-pk")
    if scope:
        found = found.filter(scope=scope)
    if thing is not None:
        found = found.filter(kind=thing._meta.label_lower, key=str(thing.pk))
    return found


@prepared
def _shown(number: int) -> QuerySet[Shown]:
    return Shown.objects.filter(pk=number)


def times_changed() -> int:
    """How often something that visitors see has changed. One small query."""
    return next((one.times for one in _shown(1)), 0)
