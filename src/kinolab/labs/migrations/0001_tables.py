import django.db.models.deletion
import kinolab.foundation.i18n.fields
from kinolab.foundation.tables import CreateModels
import kinolab.labs.words
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Organisation",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", models.SlugField(unique=True)),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("about", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("country", models.CharField(blank=True, max_length=2)),
            ("timezone", models.CharField(default="Asia/Bishkek", max_length=64)),
            ("contact_email", models.EmailField(blank=True, max_length=254)),
            ("website", models.URLField(blank=True)),
            ("data_location", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
        ],
    ),
    migrations.CreateModel(
        name="Programme",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", models.SlugField(unique=True)),
            ("kind", models.CharField(choices=kinolab.labs.words.programme_kinds, default="lab", max_length=16)),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("about", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="programmes", to="labs.organisation"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("kind__in", ["lab", "teen_lab", "pitching", "market_trip", "award", "omnibus_call"])
                    ),
                    name="labs_programme_kind_known",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Edition",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", models.SlugField()),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("dye", models.CharField(choices=kinolab.labs.words.dyes, default="madder", max_length=12)),
            ("timezone", models.CharField(default="Asia/Bishkek", max_length=64)),
            ("mode", models.CharField(choices=kinolab.labs.words.modes, default="onsite", max_length=8)),
            ("city", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("country", models.CharField(blank=True, max_length=2)),
            ("starts_on", models.DateField(blank=True, null=True)),
            ("starts_precision", models.CharField(choices=kinolab.labs.words.precisions, default="day", max_length=12)),
            ("ends_on", models.DateField(blank=True, null=True)),
            ("ends_precision", models.CharField(choices=kinolab.labs.words.precisions, default="day", max_length=12)),
            ("capacity_projects", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("capacity_people", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("cancelled_at", models.DateTimeField(blank=True, null=True)),
            (
                "copied_from",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="copies",
                    to="labs.edition",
                ),
            ),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="labs.programme"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("programme", "slug"), name="labs_edition_slug_once_a_programme"),
                models.CheckConstraint(
                    condition=models.Q(("dye__in", ["madder", "larkspur", "spruce", "firuza", "indigo", "mulberry"])),
                    name="labs_edition_dye_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("starts_on", None), ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                    ),
                    name="labs_edition_ends_after_start",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="Tutor",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("name", models.CharField(max_length=200)),
            ("title", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("about", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            (
                "edition",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="tutors", to="labs.edition"
                ),
            ),
        ],
        options={
            "ordering": ["order"],
            "constraints": [models.UniqueConstraint(fields=("edition", "order"), name="labs_tutor_order_once")],
        },
    ),
    migrations.CreateModel(
        name="Module",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("mode", models.CharField(choices=kinolab.labs.words.modes, default="onsite", max_length=8)),
            ("starts_on", models.DateField(blank=True, null=True)),
            ("ends_on", models.DateField(blank=True, null=True)),
            ("precision", models.CharField(choices=kinolab.labs.words.precisions, default="day", max_length=12)),
            ("timezone", models.CharField(max_length=64)),
            ("city", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("country", models.CharField(blank=True, max_length=2)),
            ("mandatory", models.BooleanField(default=True)),
            (
                "edition",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="modules", to="labs.edition"
                ),
            ),
        ],
        options={
            "ordering": ["order"],
            "constraints": [models.UniqueConstraint(fields=("edition", "order"), name="labs_module_order_once")],
        },
    ),
    migrations.CreateModel(
        name="Membership",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("role", models.CharField(choices=kinolab.labs.words.roles, max_length=12)),
            ("added_at", models.DateTimeField()),
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
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="memberships",
                    to="labs.edition",
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="labs.organisation"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    fields=("person", "organisation", "edition", "role"), name="labs_membership_once"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("role__in", ["owner", "lead", "coordinator", "screener", "juror", "appeals", "observer"])
                    ),
                    name="labs_membership_role_known",
                ),
            ]
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [("labs", "0001_initial"), ("labs", "0002_appeals_panel")]

    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [CreateModels(TABLES)]
