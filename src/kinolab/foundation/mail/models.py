"""Table: the outbox."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kinolab.foundation.mail import words
from kinolab.foundation.mail.domain.lifecycle import LetterState
from kinolab.foundation.mail.fields import TextWithLinks


class Letter(models.Model):
    """A letter to one person, plain text. `claim` marks the process that is sending it.

    `pieces` of the text are in another language than `language` (`i18n.mixture`). `secret` is the part of `body` (a link's
    token) that is taken out of it once the letter has left.
    """

    key = models.CharField(max_length=200, unique=True)
    to_email = models.EmailField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=250)
    body = TextWithLinks()
    pieces = models.JSONField(default=list, blank=True)
    secret = models.TextField(blank=True)
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=words.states, default=LetterState.WAITING.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="mail_letter_due"),
            models.Index(fields=["scope", "-created_at"], name="mail_letter_scope"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in LetterState]), name="mail_letter_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="mail_letter_sent_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_email}: {self.subject}"
