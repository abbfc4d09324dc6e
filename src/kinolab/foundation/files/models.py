"""Tables: a kept file, a picture with its words, and a file on its way in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string

from kinolab.foundation.files import words
from kinolab.foundation.i18n.fields import TranslatedField

CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """A random public name of sixteen letters."""
    return get_random_string(16, CODE_LETTERS)


def place_of(stored: "StoredFile", name: str) -> str:
    """Where the contents lie: by code alone, for a person's file name never becomes a path."""
    return f"{stored.code[:2]}/{stored.code}"


class StoredFile(models.Model):
    """A file as it was sent, but for what a camera wrote beside a picture (`pictures`).

    `name` is only ever shown and offered as the name to save under.

    `seconds` is how long a film lasts and `pages` how many a document has, where the contents say so. `place` is where
    the contents lie now.
    """

    code = models.CharField(max_length=20, unique=True, default=new_code)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=words.kinds)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    seconds = models.FloatField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    blob = models.FileField(upload_to=place_of, max_length=80)
    place = models.CharField(max_length=4, choices=words.places, default="disk")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="files"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """A kept picture that pages show (`derivatives` says how): what it shows, in words, and whose it is.

    Width and height are as it is shown. The focus is what must stay in sight when its edges are cut, in hundredths from
    the left and from the top.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="pictures")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    focus_x = models.PositiveSmallIntegerField(default=50)
    focus_y = models.PositiveSmallIntegerField(default=50)
    alt = TranslatedField(blank=True)
    credit = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(focus_x__lte=100) & Q(focus_y__lte=100), name="files_picture_focus_inside"
            )
        ]

    def __str__(self) -> str:
        return self.file.name


class Upload(models.Model):
    """A file on its way in. How much of it has come is told by the disk, not by this row (`coming.arrived`).

    `target` says what it will belong to, in the words of the room that began it. `mark` is the browser's fingerprint of
    the file, by which the same file goes on where it stopped. `refusal` is why a whole one was not taken.
    """

    code = models.CharField(max_length=20, unique=True, default=new_code)
    target = models.CharField(max_length=80, db_index=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    mark = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=words.upload_states, default="coming")
    stored = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.CASCADE, related_name="came_as", editable=False
    )
    refusal = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["coming", "taken", "refused"]), name="files_upload_state_known"
            ),
            models.CheckConstraint(condition=Q(state="taken", stored__isnull=False) | ~Q(state="taken") & Q(stored=None),
                                   name="files_upload_taken_with_file"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
