"""Tables: decisions, quotas, result letters, what is written into one of them, the announcement, letters to teams."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kinolab.applications.models import Application, Candidacy
from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.labs.models import Edition
from kinolab.selection import words
from kinolab.selection.domain.lifecycle import AnnouncementState, Outcome, TeamLetterState
from kinolab.selection.domain.team_letters import Whom

PERSON = settings.AUTH_USER_MODEL


class Decision(models.Model):
    """What was decided about one candidacy: pending and changeable until announced.

    `application` repeats whose it is: what hides an application hides its decisions.
    """

    candidacy = models.OneToOneField(Candidacy, on_delete=models.CASCADE, related_name="decision")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=words.outcomes)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)  # place on the waiting list
    rationale = models.TextField(blank=True)
    feedback = models.BooleanField(default=False)  # readers' shareable notes go with the letter
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]), name="selection_decision_outcome_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.outcome}"


class Quota(models.Model):
    """How many of the selected should share something: a meter beside the board."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="quotas")
    order = models.PositiveSmallIntegerField(default=0)
    dimension = models.CharField(max_length=12, choices=words.dimensions)
    value = models.TextField()  # of gender: every word that counts, each on a line of its own
    minimum = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(maximum__gte=F("minimum")), name="selection_quota_range"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {', '.join(self.values)}"

    @property
    def values(self) -> list[str]:
        """What counts: one value, or the words in which people describe the same."""
        return self.value.split("\n")


class ResultLetter(models.Model):
    """The text of the letter for one outcome, one text per language, with named placeholders."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="result_letters")
    outcome = models.CharField(max_length=12, choices=words.outcomes)
    subject = TranslatedField()
    body = TranslatedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "outcome"], name="selection_resultletter_once")]

    def __str__(self) -> str:
        return f"{self.edition} · {self.outcome}"


class OwnLetter(models.Model):
    """What somebody wrote into the letter to one recipient; or that it shall not go (`held_back`).

    `told` is what was decided when it was written, by candidacy: {"7": "selected"}. Where that changes, it does not go.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="own_letters")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    told = models.JSONField(default=dict)
    subject = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True)
    held_back = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="selection_ownletter_once"),
            models.CheckConstraint(
                condition=Q(held_back=True) | ~Q(subject="") & ~Q(body=""), name="selection_ownletter_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} → {self.person}"


class Announcement(models.Model):
    """The one instant at which an edition's results become true for everybody."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="announcement")
    state = models.CharField(max_length=8, choices=words.announcement_states, default=AnnouncementState.RUNNING.value)
    note = TranslatedField(blank=True)
    letters = models.PositiveIntegerField(default=0)  # how many were to be written
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AnnouncementState]),
                name="selection_announcement_state_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.edition)


class TeamLetter(models.Model):
    """A letter to the teams of chosen applications, one text per language, with named placeholders.

    Who gets it is worked out anew each time it is looked at; sent, its letters stand in the outbox. `letters` is how many.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="team_letters")
    applications = models.ManyToManyField(Application, related_name="team_letters")
    subject = TranslatedField(blank=True)
    body = TranslatedField(blank=True)
    whom = models.CharField(max_length=12, choices=words.whom, default=Whom.EVERYBODY.value)
    state = models.CharField(max_length=8, choices=words.team_letter_states, default=TeamLetterState.DRAFT.value)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    letters = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in TeamLetterState]),
                name="selection_teamletter_state_known",
            ),
            models.CheckConstraint(
                condition=Q(whom__in=[one.value for one in Whom]), name="selection_teamletter_whom_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at=None) | Q(state="sent", sent_at__isnull=False),
                name="selection_teamletter_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject) or str(self.edition)
