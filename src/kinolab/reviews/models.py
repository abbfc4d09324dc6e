"""Tables: phases, readers, conflicts, proposals, readings and scores."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kinolab.applications.models import Application, Candidacy
from kinolab.calls.models import Criterion, Strand
from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.labs.models import Edition
from kinolab.reviews import words
from kinolab.reviews.domain.lifecycle import ReadingState, Seeing

PERSON = settings.AUTH_USER_MODEL


class ReviewPhase(models.Model):
    """A stretch of reading with its switches. With `each_strand`, what is read is a candidacy, not an application.

    `tells_corrected`: whoever has handed in hears of a corrected version.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="review_phases")
    order = models.PositiveSmallIntegerField(default=1)
    name = TranslatedField(blank=True)
    note = TranslatedField(blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    readings_each = models.PositiveSmallIntegerField(default=2)
    each_strand = models.BooleanField(default=False)
    see_names = models.BooleanField(default=False)
    see_others = models.CharField(max_length=10, choices=words.seeing, default=Seeing.AFTER_OWN.value)
    tells_corrected = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "order"], name="reviews_phase_order_once"),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="reviews_phase_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.order}"


class Reader(models.Model):
    """A person who reads for an edition: the languages they read, for which strands (none: all), how many they take."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="readerships")
    languages = models.JSONField(default=list)
    strands = models.ManyToManyField(Strand, blank=True, related_name="readers")
    capacity = models.PositiveSmallIntegerField(default=40)
    company = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="reviews_reader_once")]

    def __str__(self) -> str:
        return str(self.person)


class Conflict(models.Model):
    """A conflict of interest: hides the application from the reader everywhere."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    reason = models.CharField(max_length=24)
    note = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "application"], name="reviews_conflict_once")]

    def __str__(self) -> str:
        return f"{self.reader} × {self.application}"


class Proposal(models.Model):
    """An assignment the machine proposes: {"pairs": [[application, reader]], "unmet": […]}; accepted by a person."""

    phase = models.ForeignKey(ReviewPhase, on_delete=models.CASCADE, related_name="proposals")
    plan = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    seed = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="reviews_proposal_accepted_when_and_by",
            )
        ]

    def __str__(self) -> str:
        return f"{self.phase} · {self.made_at:%Y-%m-%d}"


class Reading(models.Model):
    """One reader's reading of one application in one phase. `score` is the weighted mean, kept when submitted.

    Without a `candidacy` it counts for all its strands; with one, for that alone.
    `corrected_at`: since it was handed in the team has sent a version in which readers see something else.
    """

    phase = models.ForeignKey(ReviewPhase, on_delete=models.CASCADE, related_name="readings")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="readings")
    candidacy = models.ForeignKey(Candidacy, null=True, blank=True, on_delete=models.RESTRICT, related_name="readings")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="readings")
    state = models.CharField(max_length=12, choices=words.reading_states, default=ReadingState.ASSIGNED.value)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    recommendation = models.CharField(max_length=8, choices=words.recommendations, blank=True)
    private_note = models.TextField(blank=True)
    shareable_note = models.TextField(blank=True)
    abstain_reason = models.CharField(max_length=20, choices=words.abstain_reasons, blank=True)
    abstain_note = models.TextField(blank=True)
    score = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    versions = models.JSONField(default=dict, blank=True)  # by field, so that two windows do not overwrite each other

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "application", "reader"], condition=Q(candidacy=None), name="reviews_reading_once"
            ),
            models.UniqueConstraint(fields=["phase", "candidacy", "reader"], name="reviews_reading_once_a_candidacy"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ReadingState]), name="reviews_reading_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="abstained") | ~Q(abstain_reason=""), name="reviews_reading_abstained_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False, score__isnull=False),
                name="reviews_reading_submitted_with_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.reader}"

    @property
    def strand(self) -> Strand | None:
        """The strand for which it is read alone."""
        return self.candidacy.strand if self.candidacy else None


class Score(models.Model):
    """The step chosen for one criterion, 0–5."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "criterion"], name="reviews_score_once"),
            models.CheckConstraint(condition=Q(value__lte=5), name="reviews_score_0_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
