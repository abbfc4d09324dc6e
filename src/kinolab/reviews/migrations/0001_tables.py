import django.db.models.deletion
import kinolab.foundation.i18n.fields
from kinolab.foundation.tables import CreateModels
import kinolab.reviews.words
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Reader",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("languages", models.JSONField(default=list)),
            ("capacity", models.PositiveSmallIntegerField(default=40)),
            ("company", models.CharField(blank=True, max_length=200)),
            ("added_at", models.DateTimeField()),
            ("left_at", models.DateTimeField(blank=True, null=True)),
            (
                "added_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "edition",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="readers", to="labs.edition"
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="readerships", to=settings.AUTH_USER_MODEL
                ),
            ),
            ("strands", models.ManyToManyField(blank=True, related_name="readers", to="calls.strand")),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("edition", "person"), name="reviews_reader_once")]},
    ),
    migrations.CreateModel(
        name="Conflict",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("reason", models.CharField(max_length=24)),
            ("note", models.TextField(blank=True)),
            ("declared_at", models.DateTimeField()),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="applications.application"
                ),
            ),
            (
                "declared_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "reader",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="reviews.reader"
                ),
            ),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("reader", "application"), name="reviews_conflict_once")]
        },
    ),
    migrations.CreateModel(
        name="ReviewPhase",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField(default=1)),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("note", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("starts_at", models.DateTimeField(blank=True, null=True)),
            ("ends_at", models.DateTimeField(blank=True, null=True)),
            ("readings_each", models.PositiveSmallIntegerField(default=2)),
            ("each_strand", models.BooleanField(default=False)),
            ("see_names", models.BooleanField(default=False)),
            ("see_others", models.CharField(choices=kinolab.reviews.words.seeing, default="after_own", max_length=10)),
            ("tells_corrected", models.BooleanField(default=True)),
            (
                "edition",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="review_phases", to="labs.edition"
                ),
            ),
        ],
        options={
            "ordering": ["order"],
            "constraints": [
                models.UniqueConstraint(fields=("edition", "order"), name="reviews_phase_order_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("starts_at", None), ("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                    ),
                    name="reviews_phase_ends_after_start",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Reading",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "state",
                models.CharField(choices=kinolab.reviews.words.reading_states, default="assigned", max_length=12),
            ),
            ("assigned_at", models.DateTimeField()),
            ("opened_at", models.DateTimeField(blank=True, null=True)),
            ("submitted_at", models.DateTimeField(blank=True, null=True)),
            ("corrected_at", models.DateTimeField(blank=True, null=True)),
            ("changed_at", models.DateTimeField()),
            (
                "recommendation",
                models.CharField(blank=True, choices=kinolab.reviews.words.recommendations, max_length=8),
            ),
            ("private_note", models.TextField(blank=True)),
            ("shareable_note", models.TextField(blank=True)),
            (
                "abstain_reason",
                models.CharField(blank=True, choices=kinolab.reviews.words.abstain_reasons, max_length=20),
            ),
            ("abstain_note", models.TextField(blank=True)),
            ("score", models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True)),
            ("versions", models.JSONField(blank=True, default=dict)),
            (
                "application",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="applications.application"
                ),
            ),
            (
                "assigned_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "candidacy",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.RESTRICT,
                    related_name="readings",
                    to="applications.candidacy",
                ),
            ),
            (
                "reader",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="reviews.reader"
                ),
            ),
            (
                "phase",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="reviews.reviewphase"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("candidacy", None)),
                    fields=("phase", "application", "reader"),
                    name="reviews_reading_once",
                ),
                models.UniqueConstraint(
                    fields=("phase", "candidacy", "reader"), name="reviews_reading_once_a_candidacy"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ["assigned", "opened", "draft", "submitted", "abstained", "released"])
                    ),
                    name="reviews_reading_state_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "abstained"), _negated=True),
                        models.Q(("abstain_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="reviews_reading_abstained_with_reason",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "submitted"), _negated=True),
                        models.Q(("score__isnull", False), ("submitted_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="reviews_reading_submitted_with_score",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="Proposal",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("plan", models.JSONField()),
            ("fingerprint", models.CharField(max_length=64)),
            ("seed", models.PositiveIntegerField()),
            ("made_at", models.DateTimeField()),
            ("accepted_at", models.DateTimeField(blank=True, null=True)),
            (
                "accepted_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "phase",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="reviews.reviewphase"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("accepted_at", None), ("accepted_by", None)),
                        models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="reviews_proposal_accepted_when_and_by",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Score",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("value", models.PositiveSmallIntegerField()),
            (
                "criterion",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="calls.criterion"
                ),
            ),
            (
                "reading",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="reviews.reading"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("reading", "criterion"), name="reviews_score_once"),
                models.CheckConstraint(condition=models.Q(("value__lte", 5)), name="reviews_score_0_to_5"),
            ]
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [("reviews", "0001_initial"), ("reviews", "0002_each_strand"), ("reviews", "0003_corrected")]

    initial = True

    dependencies = [
        ("applications", "0001_tables"),
        ("calls", "0001_tables"),
        ("labs", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
