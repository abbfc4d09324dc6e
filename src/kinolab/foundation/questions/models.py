"""Tables: a form, its sections, its questions."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.foundation.questions import words
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.domain.seeing import SeenBy

EACH = "each"  # of `Question.asked_of`: no role is called so


class Form(models.Model):
    """What is asked. Frozen from the instant the call opens; a correction is another form, of the next version."""

    name = models.CharField(max_length=200)
    frozen_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(frozen_at=None), name="questions_form_one_correction"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A part of a form, shown as one step."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField()
    title = TranslatedField()
    help = TranslatedField(blank=True)
    of_project = models.BooleanField(default=False)  # not asked of somebody who applies without a project

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["form", "key"], name="questions_section_key_once"),
            models.UniqueConstraint(fields=["form", "order"], name="questions_section_order_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Question(models.Model):
    """One question.

    `limits` is a list of {"unit", "maximum", "minimum"?}; `choices` a list of {"key", "label": {language: text}};
    `details` hold what only some kinds need (`domain.kinds`); `shown_if` is a condition on earlier answers
    (`domain.conditions`), empty for always. `fact` names what the answer tells the eligibility rules, for example
    "project.stage"; `pii_level` is 0 (nothing personal) to 3 (health, passport). `seen_by` says who sees the answer
    beside the team that gave it; `named` are the people meant by *named staff*. `asked_of` is "" for the team together,
    EACH for each of its people, or a role: then each who holds it answers alone.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField()
    kind = models.CharField(max_length=14, choices=words.kinds)
    label = TranslatedField()
    help = TranslatedField(blank=True)
    required = models.BooleanField(default=True)
    limits = models.JSONField(default=list, blank=True)
    choices = models.JSONField(default=list, blank=True)
    fact = models.CharField(max_length=60, blank=True)
    details = models.JSONField(default=dict, blank=True)
    shown_if = models.JSONField(default=dict, blank=True)
    seen_by = models.CharField(max_length=8, choices=words.seers, default=SeenBy.READERS.value)
    named = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    pii_level = models.PositiveSmallIntegerField(default=0)
    asked_of = models.CharField(max_length=24, blank=True)

    class Meta:
        ordering = ["section__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["section", "key"], name="questions_question_key_once"),
            models.UniqueConstraint(fields=["section", "order"], name="questions_question_order_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="questions_question_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(seen_by__in=[one.value for one in SeenBy]), name="questions_question_seen_by_known"
            ),
            models.CheckConstraint(condition=Q(pii_level__lte=3), name="questions_question_pii_level"),
        ]

    def __str__(self) -> str:
        return self.key
