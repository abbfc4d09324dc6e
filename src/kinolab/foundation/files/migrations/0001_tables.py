import django.db.models.deletion
import kinolab.foundation.files.models
import kinolab.foundation.files.words
import kinolab.foundation.i18n.fields
from kinolab.foundation.tables import CreateModels
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="StoredFile",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(default=kinolab.foundation.files.models.new_code, max_length=20, unique=True)),
            ("name", models.CharField(max_length=200)),
            ("kind", models.CharField(choices=kinolab.foundation.files.words.kinds, max_length=8)),
            ("content_type", models.CharField(max_length=80)),
            ("size", models.PositiveBigIntegerField()),
            ("sha256", models.CharField(max_length=64)),
            ("seconds", models.FloatField(blank=True, null=True)),
            ("pages", models.PositiveIntegerField(blank=True, null=True)),
            ("blob", models.FileField(max_length=80, upload_to=kinolab.foundation.files.models.place_of)),
            ("place", models.CharField(choices=kinolab.foundation.files.words.places, default="disk", max_length=4)),
            ("created_at", models.DateTimeField()),
            (
                "owner",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="files",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Picture",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("width", models.PositiveIntegerField()),
            ("height", models.PositiveIntegerField()),
            ("focus_x", models.PositiveSmallIntegerField(default=50)),
            ("focus_y", models.PositiveSmallIntegerField(default=50)),
            ("alt", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("credit", models.CharField(blank=True, max_length=200)),
            (
                "file",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="pictures", to="files.storedfile"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("focus_x__lte", 100), ("focus_y__lte", 100)), name="files_picture_focus_inside"
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Upload",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(default=kinolab.foundation.files.models.new_code, max_length=20, unique=True)),
            ("target", models.CharField(db_index=True, max_length=80)),
            ("name", models.CharField(max_length=200)),
            ("size", models.PositiveBigIntegerField()),
            ("mark", models.CharField(blank=True, max_length=120)),
            (
                "state",
                models.CharField(choices=kinolab.foundation.files.words.upload_states, default="coming", max_length=8),
            ),
            ("refusal", models.JSONField(blank=True, default=dict)),
            ("created_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            (
                "owner",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "stored",
                models.OneToOneField(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="came_as",
                    to="files.storedfile",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("state__in", ["coming", "taken", "refused"])), name="files_upload_state_known"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "taken"), ("stored__isnull", False)),
                        models.Q(models.Q(("state", "taken"), _negated=True), ("stored", None)),
                        _connector="OR",
                    ),
                    name="files_upload_taken_with_file",
                ),
            ]
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [
        ("files", "0001_initial"),
        ("files", "0002_uploads"),
        ("files", "0003_pages"),
        ("files", "0004_pictures"),
    ]

    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [CreateModels(TABLES)]
