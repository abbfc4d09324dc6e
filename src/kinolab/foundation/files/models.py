"""Table: a kept file."""

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

from kinolab.foundation.files import words

CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """A random public name of sixteen letters."""
    return get_random_string(16, CODE_LETTERS)


def place_of(stored: "StoredFile", name: str) -> str:
    """Where the contents lie: by code alone, for a person's file name never becomes a path."""
    return f"{stored.code[:2]}/{stored.code}"


class StoredFile(models.Model):
    """A file as it was sent. `name` is only ever shown and offered as the name to save under."""

    code = models.CharField(max_length=20, unique=True, default=new_code)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=words.kinds)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    blob = models.FileField(upload_to=place_of, max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="files"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
