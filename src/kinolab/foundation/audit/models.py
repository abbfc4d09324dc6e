"""Tables: the record, and how often what visitors see has changed."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Record(models.QuerySet["Entry"]):
    """Rows that are added and read, and nothing else."""

    def _never(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The record is never changed.")

    update = delete = bulk_update = update_or_create = _raw_delete = _never


class Entry(models.Model):
    """One thing that somebody did. `scope` says in whose affairs ("edition:7"), `kind` and `key` name the thing.

    Both databases refuse to change or delete a row (migration 0002), but for one thing: when a person is deleted, the
    row forgets who it was.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=40)
    label = models.CharField(max_length=300, blank=True)
    scope = models.CharField(max_length=60, blank=True)
    before = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)

    objects = Record.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["scope", "-at"], name="audit_entry_scope"),
            models.Index(fields=["kind", "key", "-at"], name="audit_entry_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.kind} {self.key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; an old one stays as it is (TypeError)."""
        if not self._state.adding:
            raise TypeError("The record is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never (TypeError)."""
        raise TypeError("The record is never changed.")


class Shown(models.Model):
    """How often something that visitors see has changed; one row. Whoever keeps a drawn page keeps it until then."""

    times = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.times)
