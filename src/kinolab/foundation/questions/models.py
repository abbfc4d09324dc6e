"""Tables: a form, its sections, its questions."""

from django.db import models
from django.db.models import Q

from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.foundation.questions import words
from kinolab.foundation.questions.domain.answers import Kind

EACH = "each"  # of `Question.asked_of`: no role is called so


class Form(models.Model):
    """What is asked. Frozen from the instant the call opens."""

    name = models.CharField(max_length=200)
    frozen_at = models.DateTimeField(null=True, blank=True)

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
    `fact` names what the answer tells the eligibility rules, for example "project.stage"; `pii_level` is 0 (nothing
    personal) to 3 (health, passport). `asked_of` is "" for the team together, EACH for each of its people, or a role:
    then each who holds it answers alone.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField()
    kind = models.CharField(max_length=12, choices=words.kinds)
    label = TranslatedField()
    help = TranslatedField(blank=True)
    required = models.BooleanField(default=True)
    limits = models.JSONField(default=list, blank=True)
    choices = models.JSONField(default=list, blank=True)
    fact = models.CharField(max_length=60, blank=True)
    readers_see = models.BooleanField(default=True)
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
            models.CheckConstraint(condition=Q(pii_level__lte=3), name="questions_question_pii_level"),
        ]

    def __str__(self) -> str:
        return self.key
