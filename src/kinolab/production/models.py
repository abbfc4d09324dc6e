"""Tables: a film of several films in the making, its rules, slots, segments, agreements, days, assembly and hand-over.

Lengths are whole seconds. What the public sees of it stands in the catalogue alone.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import get_random_string

from kinolab.applications.models import Application
from kinolab.catalogue.models import Film
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.labs.models import Edition
from kinolab.production import words
from kinolab.production.domain.lifecycle import FilmState, SegmentState
from kinolab.production.domain.rules import SQUARES
from kinolab.production.domain.terms import CutRight, Music, SegmentKind, Standalone

PERSON = settings.AUTH_USER_MODEL
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_code() -> str:
    """A code for addresses: says nothing, cannot be counted up."""
    return get_random_string(10, CODE_LETTERS)


def _seconds() -> models.PositiveIntegerField:
    return models.PositiveIntegerField(null=True, blank=True)


def _somebody(**more: object) -> models.ForeignKey:
    return models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", **more)


def _one_of(choices: object, default: str = "", **more: object) -> models.CharField:
    return models.CharField(max_length=20, choices=choices, default=default, **more)


# --- The film and its rules ------------------------------------------------------------------------------------------
class Omnibus(models.Model):
    """A film of the catalogue made of several; `edition` is its script call, if there is one."""

    film = models.OneToOneField(Film, on_delete=models.PROTECT, related_name="omnibus")
    edition = models.OneToOneField(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="omnibus")
    state = _one_of(words.film_states, FilmState.CONCEPT.value)
    concept = TranslatedField(blank=True)
    crew = TranslatedField(blank=True)  # what everybody shares
    delivery = TranslatedField(blank=True)  # how a segment is handed over
    shortest = _seconds()  # a part, no shorter
    longest = _seconds()  # a part, no longer
    aim = _seconds()  # the whole
    tolerance = models.PositiveIntegerField(default=60)
    languages = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = _somebody()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shortest=None) | Q(longest=None) | Q(longest__gte=F("shortest")),
                name="production_omnibus_window",
            )
        ]

    def __str__(self) -> str:
        return str(self.film)

    @property
    def scope(self) -> str:
        """The mark under which its records and letters are kept: of its script call, else of the organisation."""
        return f"edition:{self.edition_id}" if self.edition_id else f"organisation:{self.film.organisation_id}"


class Demand(models.Model):
    """A rule of the film in words: what every segment must have, or must not."""

    omnibus = models.ForeignKey(Omnibus, on_delete=models.CASCADE, related_name="demands")
    order = models.PositiveSmallIntegerField()
    kind = _one_of(words.demand_kinds)
    text = TranslatedField()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.text)


class Borough(models.Model):
    """A place of the city as a square of the film's map."""

    omnibus = models.ForeignKey(Omnibus, on_delete=models.CASCADE, related_name="boroughs")
    name = TranslatedField()
    column = models.PositiveSmallIntegerField()
    row = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["row", "column"]
        constraints = [
            models.UniqueConstraint(fields=["omnibus", "column", "row"], name="production_borough_once_a_square"),
            models.CheckConstraint(
                condition=Q(column__gte=1, column__lte=SQUARES, row__gte=1, row__lte=SQUARES),
                name="production_borough_on_the_map",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Figure(models.Model):
    """A character that goes through several segments."""

    omnibus = models.ForeignKey(Omnibus, on_delete=models.CASCADE, related_name="figures")
    order = models.PositiveSmallIntegerField()
    name = TranslatedField()
    about = TranslatedField(blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class Slot(models.Model):
    """A place to be filled, with what is wanted there; what is not said is open."""

    omnibus = models.ForeignKey(Omnibus, on_delete=models.CASCADE, related_name="slots")
    order = models.PositiveSmallIntegerField()
    borough = models.ForeignKey(Borough, null=True, blank=True, on_delete=models.SET_NULL, related_name="slots")
    genre = models.CharField(max_length=24, blank=True)
    language = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.omnibus} · {self.order}"


# --- Segments --------------------------------------------------------------------------------------------------------
class Segment(models.Model):
    """A part of the film in the making, itself a film of the catalogue; `position` is its place in the assembly."""

    omnibus = models.ForeignKey(Omnibus, on_delete=models.PROTECT, related_name="segments")
    film = models.OneToOneField(Film, on_delete=models.PROTECT, related_name="segment")
    code = models.CharField(max_length=12, unique=True, default=new_code)
    kind = _one_of(words.segment_kinds, SegmentKind.STORY.value)
    state = _one_of(words.segment_states, SegmentState.SELECTED.value)
    slot = models.OneToOneField(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="segment")
    application = models.OneToOneField(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="segment"
    )
    borough = models.ForeignKey(Borough, null=True, blank=True, on_delete=models.SET_NULL, related_name="segments")
    genre = models.CharField(max_length=24, blank=True)
    language = models.CharField(max_length=12, blank=True)
    planned = _seconds()
    length = _seconds()  # of its last cut
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    figures = models.ManyToManyField(Figure, blank=True, related_name="segments")
    keeps = models.ManyToManyField(Demand, blank=True, related_name="kept_by")
    note = models.TextField(blank=True)  # for makers alone
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [F("position").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return str(self.film.title) or self.code


class Agreement(models.Model):
    """What was agreed with the team of a segment; each change is a new version, the highest counts."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=12)
    rights = models.TextField(blank=True)
    standalone = _one_of(words.standalones, Standalone.AFTER_RELEASE.value)
    cut_right = _one_of(words.cut_rights, CutRight.WITH_NOTICE.value)
    credit_order = models.TextField(blank=True)
    music = _one_of(words.musics, Music.BY_PRODUCTION.value)
    note = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = _somebody()
    sent_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = _somebody()
    on_paper = models.BooleanField(default=False)  # noted by makers from a signed paper
    answer = models.TextField(blank=True)  # what the team asks to be changed
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["segment", "version"], name="production_agreement_version_once"),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(sent_at__isnull=False) | Q(on_paper=True),
                name="production_agreement_sent_before_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment} · {self.version}"


class Version(models.Model):
    """A cut of a segment."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    length = models.PositiveIntegerField()
    link = models.URLField(blank=True, max_length=500)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = _somebody()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["segment", "number"], name="production_version_number_once")]

    def __str__(self) -> str:
        return f"{self.segment} · {self.number}"


# --- The shoot -------------------------------------------------------------------------------------------------------
class Unit(models.Model):
    """A crew that shoots, for one segment at a time."""

    omnibus = models.ForeignKey(Omnibus, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["omnibus", "name"], name="production_unit_name_once")]

    def __str__(self) -> str:
        return self.name


class Day(models.Model):
    """A unit's day with a segment at a place; a unit is in one place a day."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="days")
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    calls_at = models.TimeField(null=True, blank=True)  # when the crew meets, by the clock of the organisation's zone
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = _somebody()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on", "unit", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="production_day_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.on} · {self.unit}"


# --- Assembly and hand-over ------------------------------------------------------------------------------------------
class Cut(models.Model):
    """A segment dropped: who proposed and decided it, why, and that its director and producer were told first."""

    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="cuts")
    proposer = models.CharField(max_length=200)
    decider = models.CharField(max_length=200)
    reason = _one_of(words.cut_reasons)
    on = models.DateField()
    credit_wording = TranslatedField(blank=True)
    rights_returned = models.BooleanField(null=True, blank=True)  # None: not said yet
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = _somebody()
    before = _one_of(words.segment_states, blank=True)  # where the segment stood
    position = models.PositiveSmallIntegerField(null=True, blank=True)  # its place in the assembly
    opening = TranslatedField(blank=True)  # what the notice says before the facts, where it is not our text
    closing = TranslatedField(blank=True)  # and after them
    asked_at = models.DateTimeField(null=True, blank=True)  # when somebody sent the notice
    asked_by = _somebody()
    notice_at = models.DateTimeField(null=True, blank=True)  # when everybody had been told
    notice_to = models.JSONField(default=list, blank=True)  # their names
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = _somebody()
    taken_back_why = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment"], condition=Q(taken_back_at=None), name="production_cut_once_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.segment} · {self.reason}"


class Notice(models.Model):
    """Somebody who must know of a cut: by letter where they have an address, else told by hand."""

    cut = models.ForeignKey(Cut, on_delete=models.CASCADE, related_name="notices")
    person = _somebody()
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=24)
    way = _one_of(words.ways, blank=True)
    told_on = models.DateField(null=True, blank=True)  # by hand
    told_note = models.TextField(blank=True)
    told_by = _somebody()
    told_at = models.DateTimeField(null=True, blank=True)  # when it was written down

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(told_on__isnull=False) & ~Q(way=""), name="production_notice_says_how"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The key of its letter in the outbox: one, whatever happens."""
        return f"cut:{self.pk}"

    @property
    def back_key(self) -> str:
        """The key of the letter that says that the cut was taken back."""
        return f"cut-back:{self.pk}"


class Lock(models.Model):
    """The film as it was when it was locked: order, lengths, log of cuts. Opened again, it stays in the record."""

    omnibus = models.ForeignKey(Omnibus, on_delete=models.PROTECT, related_name="locks")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    length = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = _somebody()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = _somebody()
    opened_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["omnibus", "number"], name="production_lock_number_once")]

    def __str__(self) -> str:
        return f"{self.omnibus} · {self.number}"


class Deliverable(models.Model):
    """What must be handed over."""

    omnibus = models.ForeignKey(Omnibus, on_delete=models.CASCADE, related_name="deliverables")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    specification = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(blank=True, max_length=500)
    handed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = _somebody()
    returned_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name
