import django.db.models.deletion
import kinolab.foundation.i18n.fields
from kinolab.foundation.tables import CreateModels
import kinolab.production.models
import kinolab.production.words
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Omnibus",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("state", models.CharField(choices=kinolab.production.words.film_states, default="concept", max_length=20)),
            ("concept", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("crew", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("delivery", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("shortest", models.PositiveIntegerField(blank=True, null=True)),
            ("longest", models.PositiveIntegerField(blank=True, null=True)),
            ("aim", models.PositiveIntegerField(blank=True, null=True)),
            ("tolerance", models.PositiveIntegerField(default=60)),
            ("languages", models.JSONField(blank=True, default=list)),
            ("version", models.PositiveIntegerField(default=1)),
            ("made_at", models.DateTimeField()),
            ("changed_at", models.DateTimeField()),
            (
                "edition",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="omnibus",
                    to="labs.edition",
                ),
            ),
            (
                "film",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="omnibus", to="catalogue.film"
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "ordering": ["-made_at", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("shortest", None), ("longest", None), ("longest__gte", models.F("shortest")), _connector="OR"
                    ),
                    name="production_omnibus_window",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Lock",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveSmallIntegerField()),
            ("content", models.JSONField()),
            ("length", models.PositiveIntegerField()),
            ("made_at", models.DateTimeField()),
            ("opened_at", models.DateTimeField(blank=True, null=True)),
            ("opened_why", models.TextField(blank=True)),
            (
                "made_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "opened_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "omnibus",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="locks", to="production.omnibus"
                ),
            ),
        ],
        options={
            "ordering": ["-number"],
            "constraints": [models.UniqueConstraint(fields=("omnibus", "number"), name="production_lock_number_once")],
        },
    ),
    migrations.CreateModel(
        name="Figure",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("about", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            (
                "omnibus",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="production.omnibus"
                ),
            ),
        ],
        options={"ordering": ["order", "pk"]},
    ),
    migrations.CreateModel(
        name="Demand",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("kind", models.CharField(choices=kinolab.production.words.demand_kinds, default="", max_length=20)),
            ("text", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            (
                "omnibus",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="demands", to="production.omnibus"
                ),
            ),
        ],
        options={"ordering": ["order", "pk"]},
    ),
    migrations.CreateModel(
        name="Deliverable",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("name", models.CharField(max_length=200)),
            ("specification", models.TextField(blank=True)),
            ("due", models.DateField(blank=True, null=True)),
            ("link", models.URLField(blank=True, max_length=500)),
            ("handed_at", models.DateTimeField(blank=True, null=True)),
            ("accepted_at", models.DateTimeField(blank=True, null=True)),
            ("returned_at", models.DateTimeField(blank=True, null=True)),
            ("note", models.TextField(blank=True)),
            (
                "accepted_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "file",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="files.storedfile",
                ),
            ),
            (
                "omnibus",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="deliverables", to="production.omnibus"
                ),
            ),
        ],
        options={"ordering": ["order", "pk"]},
    ),
    migrations.CreateModel(
        name="Borough",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("column", models.PositiveSmallIntegerField()),
            ("row", models.PositiveSmallIntegerField()),
            (
                "omnibus",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="boroughs", to="production.omnibus"
                ),
            ),
        ],
        options={
            "ordering": ["row", "column"],
            "constraints": [
                models.UniqueConstraint(fields=("omnibus", "column", "row"), name="production_borough_once_a_square"),
                models.CheckConstraint(
                    condition=models.Q(("column__gte", 1), ("column__lte", 12), ("row__gte", 1), ("row__lte", 12)),
                    name="production_borough_on_the_map",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Segment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(default=kinolab.production.models.new_code, max_length=12, unique=True)),
            ("kind", models.CharField(choices=kinolab.production.words.segment_kinds, default="story", max_length=20)),
            (
                "state",
                models.CharField(choices=kinolab.production.words.segment_states, default="selected", max_length=20),
            ),
            ("genre", models.CharField(blank=True, max_length=24)),
            ("language", models.CharField(blank=True, max_length=12)),
            ("planned", models.PositiveIntegerField(blank=True, null=True)),
            ("length", models.PositiveIntegerField(blank=True, null=True)),
            ("position", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("note", models.TextField(blank=True)),
            ("made_at", models.DateTimeField()),
            ("changed_at", models.DateTimeField()),
            ("version", models.PositiveIntegerField(default=1)),
            (
                "application",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="segment",
                    to="applications.application",
                ),
            ),
            (
                "borough",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="segments",
                    to="production.borough",
                ),
            ),
            ("figures", models.ManyToManyField(blank=True, related_name="segments", to="production.figure")),
            (
                "film",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="segment", to="catalogue.film"
                ),
            ),
            ("keeps", models.ManyToManyField(blank=True, related_name="kept_by", to="production.demand")),
            (
                "omnibus",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="segments", to="production.omnibus"
                ),
            ),
            (
                "slot",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="segment",
                    to="production.slot",
                ),
            ),
        ],
        options={"ordering": [models.OrderBy(models.F("position"), nulls_last=True), "pk"]},
    ),
    migrations.CreateModel(
        name="Cut",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("proposer", models.CharField(max_length=200)),
            ("decider", models.CharField(max_length=200)),
            ("reason", models.CharField(choices=kinolab.production.words.cut_reasons, default="", max_length=20)),
            ("on", models.DateField()),
            ("credit_wording", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("rights_returned", models.BooleanField(blank=True, null=True)),
            ("note", models.TextField(blank=True)),
            ("made_at", models.DateTimeField()),
            (
                "before",
                models.CharField(
                    blank=True, choices=kinolab.production.words.segment_states, default="", max_length=20
                ),
            ),
            ("position", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("asked_at", models.DateTimeField(blank=True, null=True)),
            ("notice_at", models.DateTimeField(blank=True, null=True)),
            ("notice_to", models.JSONField(blank=True, default=list)),
            ("taken_back_at", models.DateTimeField(blank=True, null=True)),
            ("taken_back_why", models.TextField(blank=True)),
            (
                "asked_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "taken_back_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "segment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="cuts", to="production.segment"
                ),
            ),
        ],
        options={
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("taken_back_at", None)),
                    fields=("segment",),
                    name="production_cut_once_in_force",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Agreement",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("version", models.PositiveSmallIntegerField()),
            ("language", models.CharField(max_length=12)),
            ("rights", models.TextField(blank=True)),
            (
                "standalone",
                models.CharField(choices=kinolab.production.words.standalones, default="after_release", max_length=20),
            ),
            (
                "cut_right",
                models.CharField(choices=kinolab.production.words.cut_rights, default="with_notice", max_length=20),
            ),
            ("credit_order", models.TextField(blank=True)),
            (
                "music",
                models.CharField(choices=kinolab.production.words.musics, default="by_production", max_length=20),
            ),
            ("note", models.TextField(blank=True)),
            ("made_at", models.DateTimeField()),
            ("sent_at", models.DateTimeField(blank=True, null=True)),
            ("signed_at", models.DateTimeField(blank=True, null=True)),
            ("on_paper", models.BooleanField(default=False)),
            ("answer", models.TextField(blank=True)),
            ("answered_at", models.DateTimeField(blank=True, null=True)),
            (
                "file",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="files.storedfile",
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "signed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "segment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="production.segment"
                ),
            ),
        ],
        options={
            "ordering": ["-version"],
            "constraints": [
                models.UniqueConstraint(fields=("segment", "version"), name="production_agreement_version_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("signed_at", None), ("sent_at__isnull", False), ("on_paper", True), _connector="OR"
                    ),
                    name="production_agreement_sent_before_signed",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Slot",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("genre", models.CharField(blank=True, max_length=24)),
            ("language", models.CharField(blank=True, max_length=12)),
            (
                "borough",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="slots",
                    to="production.borough",
                ),
            ),
            (
                "omnibus",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="production.omnibus"
                ),
            ),
        ],
        options={"ordering": ["order", "pk"]},
    ),
    migrations.CreateModel(
        name="Unit",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=100)),
            (
                "omnibus",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="units", to="production.omnibus"
                ),
            ),
        ],
        options={
            "ordering": ["pk"],
            "constraints": [models.UniqueConstraint(fields=("omnibus", "name"), name="production_unit_name_once")],
        },
    ),
    migrations.CreateModel(
        name="Day",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("on", models.DateField()),
            ("calls_at", models.TimeField(blank=True, null=True)),
            ("place", models.CharField(blank=True, max_length=200)),
            ("note", models.TextField(blank=True)),
            ("made_at", models.DateTimeField()),
            ("version", models.PositiveIntegerField(default=1)),
            (
                "made_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "segment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="days", to="production.segment"
                ),
            ),
            (
                "unit",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="days", to="production.unit"
                ),
            ),
        ],
        options={
            "ordering": ["on", "unit", "pk"],
            "constraints": [models.UniqueConstraint(fields=("unit", "on"), name="production_day_once_a_unit")],
        },
    ),
    migrations.CreateModel(
        name="Version",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveSmallIntegerField()),
            ("length", models.PositiveIntegerField()),
            ("link", models.URLField(blank=True, max_length=500)),
            ("note", models.TextField(blank=True)),
            ("made_at", models.DateTimeField()),
            (
                "file",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="files.storedfile",
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "segment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="production.segment"
                ),
            ),
        ],
        options={
            "ordering": ["-number"],
            "constraints": [
                models.UniqueConstraint(fields=("segment", "number"), name="production_version_number_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="Notice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=200)),
            ("email", models.EmailField(blank=True, max_length=254)),
            ("role", models.CharField(max_length=24)),
            ("way", models.CharField(blank=True, choices=kinolab.production.words.ways, default="", max_length=20)),
            ("told_on", models.DateField(blank=True, null=True)),
            ("told_note", models.TextField(blank=True)),
            ("told_at", models.DateTimeField(blank=True, null=True)),
            (
                "cut",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="production.cut"
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "told_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "ordering": ["pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("told_at", None),
                        models.Q(("told_on__isnull", False), models.Q(("way", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="production_notice_says_how",
                )
            ],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [("production", "0001_initial"), ("production", "0002_assembly")]

    initial = True

    dependencies = [
        ("applications", "0001_tables"),
        ("catalogue", "0001_tables"),
        ("files", "0001_tables"),
        ("labs", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
