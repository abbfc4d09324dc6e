import django.db.models.deletion
import kinolab.foundation.i18n.fields
import kinolab.foundation.questions.words
from kinolab.foundation.tables import CreateModels
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Form",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=200)),
            ("frozen_at", models.DateTimeField(blank=True, null=True)),
            ("version", models.PositiveSmallIntegerField(default=1)),
            (
                "replaces",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="replaced_by",
                    to="questions.form",
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("frozen_at", None)), fields=("replaces",), name="questions_form_one_correction"
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Section",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("key", models.SlugField()),
            ("title", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("help", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("of_project", models.BooleanField(default=False)),
            (
                "form",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="questions.form"
                ),
            ),
        ],
        options={
            "ordering": ["order"],
            "constraints": [
                models.UniqueConstraint(fields=("form", "key"), name="questions_section_key_once"),
                models.UniqueConstraint(fields=("form", "order"), name="questions_section_order_once"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Question",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("key", models.SlugField()),
            ("kind", models.CharField(choices=kinolab.foundation.questions.words.kinds, max_length=14)),
            ("label", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("help", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("required", models.BooleanField(default=True)),
            ("limits", models.JSONField(blank=True, default=list)),
            ("choices", models.JSONField(blank=True, default=list)),
            ("fact", models.CharField(blank=True, max_length=60)),
            ("details", models.JSONField(blank=True, default=dict)),
            ("shown_if", models.JSONField(blank=True, default=dict)),
            (
                "seen_by",
                models.CharField(choices=kinolab.foundation.questions.words.seers, default="readers", max_length=8),
            ),
            ("pii_level", models.PositiveSmallIntegerField(default=0)),
            ("asked_of", models.CharField(blank=True, max_length=24)),
            ("named", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "section",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="questions.section"
                ),
            ),
        ],
        options={
            "ordering": ["section__order", "order"],
            "constraints": [
                models.UniqueConstraint(fields=("section", "key"), name="questions_question_key_once"),
                models.UniqueConstraint(fields=("section", "order"), name="questions_question_order_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "kind__in",
                            [
                                "text",
                                "long_text",
                                "choice",
                                "many",
                                "number",
                                "money",
                                "date",
                                "country",
                                "language",
                                "link",
                                "file",
                                "consent",
                                "films",
                                "person",
                                "finance_plan",
                                "modules",
                            ],
                        )
                    ),
                    name="questions_question_kind_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(("seen_by__in", ["readers", "deciders", "named"])),
                    name="questions_question_seen_by_known",
                ),
                models.CheckConstraint(condition=models.Q(("pii_level__lte", 3)), name="questions_question_pii_level"),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [("questions", "0001_initial"), ("questions", "0002_teams"), ("questions", "0003_form")]

    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [CreateModels(TABLES)]
