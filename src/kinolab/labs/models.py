"""Tables: who runs what, when and where."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.labs import words
from kinolab.labs.domain.calendar import Precision
from kinolab.labs.domain.roles import Role


def timezone_field(**kwargs: object) -> models.CharField:
    """An IANA zone name such as Asia/Bishkek; never an offset, for offsets change."""
    return models.CharField(max_length=64, **kwargs)


def precision_field() -> models.CharField:
    """How exactly a date is known."""
    return models.CharField(max_length=12, choices=words.precisions, default=Precision.DAY.value)


class Organisation(models.Model):
    """Who runs programmes and answers for the people's data."""

    slug = models.SlugField(unique=True)
    name = TranslatedField()
    about = TranslatedField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    timezone = timezone_field(default="Asia/Bishkek")
    contact_email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    data_location = TranslatedField(blank=True)  # where this instance keeps people's data, said in public

    def __str__(self) -> str:
        return str(self.name)


class Programme(models.Model):
    """What repeats: Impact Lab, Teen Lab."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=16, choices=words.programme_kinds, default="lab")
    name = TranslatedField()
    about = TranslatedField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(words.PROGRAMME_KINDS)),
                name="labs_programme_kind_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class Edition(models.Model):
    """One run of a programme. Identity only: name, place, dates, dye."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="editions")
    slug = models.SlugField()
    name = TranslatedField()
    dye = models.CharField(max_length=12, choices=words.dyes, default="madder")
    timezone = timezone_field(default="Asia/Bishkek")
    mode = models.CharField(max_length=8, choices=words.modes, default="onsite")
    city = TranslatedField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    starts_precision = precision_field()
    ends_on = models.DateField(null=True, blank=True)
    ends_precision = precision_field()
    capacity_projects = models.PositiveSmallIntegerField(null=True, blank=True)
    capacity_people = models.PositiveSmallIntegerField(null=True, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="labs_edition_slug_once_a_programme"),
            models.CheckConstraint(condition=Q(dye__in=list(words.DYES)), name="labs_edition_dye_known"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="labs_edition_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def scope(self) -> str:
        """The mark under which this edition's records, letters and looks are kept."""
        return f"edition:{self.pk}"


class Module(models.Model):
    """A dated block of an edition, in a place with a zone of its own."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="modules")
    order = models.PositiveSmallIntegerField()
    name = TranslatedField()
    mode = models.CharField(max_length=8, choices=words.modes, default="onsite")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    precision = precision_field()
    timezone = timezone_field()
    city = TranslatedField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    mandatory = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["edition", "order"], name="labs_module_order_once")]

    def __str__(self) -> str:
        return str(self.name)


class Tutor(models.Model):
    """Who teaches in an edition, as printed on its page."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="tutors")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    title = TranslatedField(blank=True)
    about = TranslatedField(blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["edition", "order"], name="labs_tutor_order_once")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in one edition, or in the whole organisation when no edition is named."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    edition = models.ForeignKey(
        Edition,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(max_length=12, choices=words.roles)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "edition", "role"],
                name="labs_membership_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]),
                name="labs_membership_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role}"
