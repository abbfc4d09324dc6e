import django.db.models.deletion
import kinolab.foundation.i18n.fields
from kinolab.foundation.tables import CreateModels
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Article",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[("article", "News"), ("page", "Standing page")], default="article", max_length=8
                ),
            ),
            ("slug", models.SlugField(unique=True)),
            ("original", models.CharField(blank=True, max_length=12)),
            ("title", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("lead", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("body", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("numbers", models.JSONField(blank=True, default=dict)),
            ("made_from", models.JSONField(blank=True, default=dict)),
            ("complete", models.JSONField(blank=True, default=list)),
            ("source_url", models.URLField(blank=True)),
            (
                "place",
                models.CharField(
                    blank=True,
                    choices=[
                        ("menu", "In the menu and at the foot of every page"),
                        ("footer", "At the foot of every page"),
                    ],
                    max_length=8,
                ),
            ),
            ("order", models.PositiveSmallIntegerField(default=0)),
            ("asked_at", models.DateTimeField(blank=True, null=True)),
            ("approved_at", models.DateTimeField(blank=True, null=True)),
            ("remark", models.TextField(blank=True)),
            ("published_at", models.DateTimeField(blank=True, null=True)),
            ("archived_at", models.DateTimeField(blank=True, null=True)),
            ("changed_at", models.DateTimeField()),
            (
                "approved_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
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
                "asked_of",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("calls", models.ManyToManyField(blank=True, related_name="told_in", to="labs.edition")),
            (
                "edition",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="articles",
                    to="labs.edition",
                ),
            ),
            ("films", models.ManyToManyField(blank=True, related_name="articles", to="catalogue.film")),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="articles", to="labs.organisation"
                ),
            ),
            ("people", models.ManyToManyField(blank=True, related_name="articles", to="catalogue.agent")),
            (
                "published_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "written_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "rubric",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="articles",
                    to="news.rubric",
                ),
            ),
        ],
        options={
            "ordering": ["-published_at", "-pk"],
            "indexes": [
                models.Index(fields=["kind", "archived_at", "-published_at"], name="news_article_listed"),
                models.Index(fields=["rubric", "kind", "archived_at", "-published_at"], name="news_article_of_rubric"),
                models.Index(fields=["kind", "-changed_at"], name="news_article_changed"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("published_at", None), ("published_by", None)),
                        ("published_at__isnull", False),
                        _connector="OR",
                    ),
                    name="news_article_published_when_and_by",
                ),
                models.CheckConstraint(
                    condition=models.Q(("archived_at", None), ("published_at__isnull", False), _connector="OR"),
                    name="news_article_archived_once_public",
                ),
                models.CheckConstraint(
                    condition=models.Q(("kind__in", ["article", "page"])), name="news_article_kind_known"
                ),
                models.CheckConstraint(
                    condition=models.Q(("place__in", ["", "menu", "footer"])), name="news_article_place_known"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Correction",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("at", models.DateTimeField()),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="news.article"
                ),
            ),
            (
                "by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={"ordering": ["at", "pk"]},
    ),
    migrations.CreateModel(
        name="Practice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("second_eyes", models.BooleanField(default=False)),
            (
                "organisation",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, related_name="news_practice", to="labs.organisation"
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Rubric",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", models.SlugField()),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("order", models.PositiveSmallIntegerField()),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="rubrics", to="labs.organisation"
                ),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "constraints": [models.UniqueConstraint(fields=("organisation", "slug"), name="news_rubric_slug_once")],
        },
    ),
    migrations.CreateModel(
        name="Version",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("language", models.CharField(max_length=12)),
            ("number", models.PositiveIntegerField()),
            ("title", models.TextField(blank=True)),
            ("lead", models.TextField(blank=True)),
            ("body", models.TextField(blank=True)),
            ("made_from", models.PositiveIntegerField(blank=True, null=True)),
            ("saved_at", models.DateTimeField()),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="news.article"
                ),
            ),
            (
                "saved_by",
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
            "ordering": ["-number"],
            "constraints": [
                models.UniqueConstraint(fields=("article", "language", "number"), name="news_version_number_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="Illustration",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("is_cover", models.BooleanField(default=False)),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="illustrations", to="news.article"
                ),
            ),
            (
                "picture",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="illustrations", to="files.picture"
                ),
            ),
        ],
        options={
            "ordering": ["-is_cover", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("is_cover", True)), fields=("article",), name="news_illustration_one_cover"
                )
            ],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [
        ("news", "0001_initial"),
        ("news", "0002_newsroom"),
        ("news", "0003_pictures"),
        ("news", "0004_complete"),
    ]

    initial = True

    dependencies = [
        ("catalogue", "0001_tables"),
        ("files", "0001_tables"),
        ("labs", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
