import django.db.models.deletion
import kinolab.foundation.i18n.fields
from kinolab.foundation.tables import CreateModels
import kinolab.selection.words
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Announcement",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "state",
                models.CharField(choices=kinolab.selection.words.announcement_states, default="running", max_length=8),
            ),
            ("note", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("letters", models.PositiveIntegerField(default=0)),
            ("announced_at", models.DateTimeField()),
            ("finished_at", models.DateTimeField(blank=True, null=True)),
            (
                "announced_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "edition",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, related_name="announcement", to="labs.edition"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("state__in", ["running", "done"])), name="selection_announcement_state_known"
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Decision",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("outcome", models.CharField(choices=kinolab.selection.words.outcomes, max_length=12)),
            ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("rationale", models.TextField(blank=True)),
            ("feedback", models.BooleanField(default=False)),
            ("decided_at", models.DateTimeField()),
            ("announced_at", models.DateTimeField(blank=True, null=True)),
            ("version", models.PositiveIntegerField(default=1)),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="applications.application"
                ),
            ),
            (
                "candidacy",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, related_name="decision", to="applications.candidacy"
                ),
            ),
            (
                "decided_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("outcome__in", ["selected", "waitlist", "rejected", "ineligible", "hold"])),
                    name="selection_decision_outcome_known",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="OwnLetter",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("told", models.JSONField(default=dict)),
            ("subject", models.CharField(blank=True, max_length=250)),
            ("body", models.TextField(blank=True)),
            ("held_back", models.BooleanField(default=False)),
            ("written_at", models.DateTimeField()),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="own_letters",
                    to="applications.application",
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "written_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("application", "person"), name="selection_ownletter_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("held_back", True),
                        models.Q(models.Q(("subject", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="selection_ownletter_says_something",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="Quota",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField(default=0)),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("dimension", models.CharField(choices=kinolab.selection.words.dimensions, max_length=12)),
            ("value", models.CharField(max_length=60)),
            ("minimum", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("maximum", models.PositiveSmallIntegerField(blank=True, null=True)),
            (
                "edition",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="quotas", to="labs.edition"
                ),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("minimum", None), ("maximum", None), ("maximum__gte", models.F("minimum")), _connector="OR"
                    ),
                    name="selection_quota_range",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="ResultLetter",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("outcome", models.CharField(choices=kinolab.selection.words.outcomes, max_length=12)),
            ("subject", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("body", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            (
                "edition",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="result_letters", to="labs.edition"
                ),
            ),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("edition", "outcome"), name="selection_resultletter_once")]
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [
        ("selection", "0001_initial"),
        ("selection", "0002_own_letters"),
        ("selection", "0003_candidacies"),
        ("selection", "0004_decided_apart"),
    ]

    initial = True

    dependencies = [
        ("applications", "0001_tables"),
        ("labs", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
