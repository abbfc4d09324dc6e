import django.core.validators
import django.db.models.deletion
import kinolab.calls.words
import kinolab.foundation.i18n.fields
from kinolab.foundation.tables import CreateModels
import kinolab.labs.words
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Call",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("headline", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("lead", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("who", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("privacy", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("languages", models.JSONField(blank=True, default=list)),
            ("answer_languages", models.JSONField(blank=True, default=list)),
            ("timezone", models.CharField(blank=True, max_length=64)),
            ("opens_at", models.DateTimeField(blank=True, null=True)),
            ("closes_at", models.DateTimeField(blank=True, null=True)),
            ("hour_known", models.BooleanField(default=True)),
            ("extended_from", models.DateTimeField(blank=True, null=True)),
            (
                "grace_minutes",
                models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(15)]),
            ),
            ("role_closes", models.JSONField(blank=True, default=dict)),
            ("own_closes_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("codes_until", models.DateTimeField(blank=True, editable=False, null=True)),
            ("invites", models.BooleanField(default=False, editable=False)),
            ("sealed", models.BooleanField(default=False)),
            ("sealed_until", models.DateTimeField(blank=True, editable=False, null=True)),
            ("seal_opened_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("results_on", models.DateField(blank=True, null=True)),
            (
                "results_precision",
                models.CharField(choices=kinolab.labs.words.precisions, default="day", max_length=12),
            ),
            ("appeals_until", models.DateTimeField(blank=True, null=True)),
            ("contact_email", models.EmailField(blank=True, max_length=254)),
            ("roles", models.JSONField(blank=True, default=list)),
            ("team_min", models.PositiveSmallIntegerField(default=1)),
            ("team_max", models.PositiveSmallIntegerField(default=4)),
            ("role_needs", models.JSONField(blank=True, default=dict)),
            ("senders", models.JSONField(blank=True, default=list)),
            ("signatures", models.CharField(choices=kinolab.calls.words.signatures, default="none", max_length=8)),
            ("team_locks_at", models.DateTimeField(blank=True, null=True)),
            ("join_after_close", models.BooleanField(default=True)),
            ("strands_max", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("published_at", models.DateTimeField(blank=True, null=True)),
            (
                "edition",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, related_name="call", to="labs.edition"
                ),
            ),
            (
                "form",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="calls",
                    to="questions.form",
                ),
            ),
            (
                "published_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("opens_at", None),
                        ("closes_at", None),
                        ("closes_at__gt", models.F("opens_at")),
                        _connector="OR",
                    ),
                    name="calls_call_closes_after_opening",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("published_at", None), ("published_by", None)),
                        ("published_at__isnull", False),
                        _connector="OR",
                    ),
                    name="calls_call_published_when_and_by",
                ),
                models.CheckConstraint(
                    condition=models.Q(("team_max__gte", models.F("team_min"))), name="calls_call_team_size"
                ),
                models.CheckConstraint(condition=models.Q(("grace_minutes__lte", 15)), name="calls_call_grace_short"),
                models.CheckConstraint(
                    condition=models.Q(("signatures__in", ["none", "later", "before"])),
                    name="calls_call_signatures_known",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="CountrySet",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.SlugField()),
            ("version", models.SlugField(max_length=20)),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("countries", models.JSONField()),
            ("source", models.CharField(blank=True, max_length=300)),
            ("made_at", models.DateTimeField()),
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
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="country_sets", to="labs.organisation"
                ),
            ),
        ],
        options={
            "ordering": ["code", "-version"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("organisation", "code", "version"), name="calls_countryset_version_once"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Cover",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("covered", models.BooleanField(default=True)),
            ("text", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            (
                "call",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="covers", to="calls.call"),
            ),
        ],
        options={"ordering": ["order"]},
    ),
    migrations.CreateModel(
        name="Criterion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("code", models.SlugField()),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("help", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("anchors", models.JSONField(blank=True, default=dict)),
            ("weight", models.DecimalField(decimal_places=2, default=1, max_digits=5)),
            (
                "call",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="calls.call"
                ),
            ),
        ],
        options={
            "verbose_name_plural": "criteria",
            "ordering": ["order"],
            "constraints": [
                models.UniqueConstraint(fields=("call", "code"), name="calls_criterion_code_once"),
                models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="calls_criterion_weight_positive"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Faq",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("question", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("answer", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            (
                "call",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="faqs", to="calls.call"),
            ),
        ],
        options={"ordering": ["order"]},
    ),
    migrations.CreateModel(
        name="LateCode",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(max_length=12, unique=True)),
            ("until", models.DateTimeField(blank=True, null=True)),
            ("invites", models.BooleanField(default=False)),
            ("for_whom", models.CharField(max_length=200)),
            ("email", models.EmailField(blank=True, max_length=254)),
            ("reason", models.TextField()),
            ("uses", models.PositiveSmallIntegerField(default=1)),
            ("used", models.PositiveSmallIntegerField(default=0)),
            ("issued_at", models.DateTimeField()),
            ("revoked_at", models.DateTimeField(blank=True, null=True)),
            (
                "call",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="late_codes", to="calls.call"
                ),
            ),
            (
                "issued_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "revoked_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "ordering": ["-issued_at", "-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("uses__gte", 1), ("used__lte", models.F("uses"))),
                    name="calls_latecode_used_within",
                ),
                models.CheckConstraint(
                    condition=models.Q(("until__isnull", False), ("invites", True), _connector="OR"),
                    name="calls_latecode_gives",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("revoked_at", None), ("revoked_by", None)),
                        models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="calls_latecode_revoked_when_and_by",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Rule",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("code", models.SlugField()),
            ("definition", models.JSONField()),
            ("sentence", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("question", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("refusal", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            (
                "call",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rules", to="calls.call"),
            ),
        ],
        options={
            "ordering": ["order"],
            "constraints": [models.UniqueConstraint(fields=("call", "code"), name="calls_rule_code_once")],
        },
    ),
    migrations.CreateModel(
        name="Strand",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("slug", models.SlugField()),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("about", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("closes_at", models.DateTimeField(blank=True, null=True)),
            ("extended_from", models.DateTimeField(blank=True, null=True)),
            ("roles", models.JSONField(blank=True, default=list)),
            ("without_project", models.BooleanField(default=False)),
            ("seats", models.PositiveSmallIntegerField(blank=True, null=True)),
            (
                "call",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="strands", to="calls.call"),
            ),
        ],
        options={
            "ordering": ["order"],
            "constraints": [models.UniqueConstraint(fields=("call", "slug"), name="calls_strand_slug_once")],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [
        ("calls", "0001_initial"),
        ("calls", "0002_regulations"),
        ("calls", "0003_deadlines"),
        ("calls", "0004_teams"),
        ("calls", "0005_codes"),
        ("calls", "0006_seats"),
    ]

    initial = True

    dependencies = [
        ("labs", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("questions", "0001_tables"),
    ]

    operations = [CreateModels(TABLES)]
