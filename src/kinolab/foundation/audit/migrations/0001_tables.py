import django.core.serializers.json
import django.db.models.deletion
from kinolab.foundation.tables import CreateModels
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Shown",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("times", models.PositiveBigIntegerField(default=0)),
        ],
    ),
    migrations.CreateModel(
        name="Entry",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("at", models.DateTimeField()),
            ("verb", models.CharField(max_length=40)),
            ("kind", models.CharField(max_length=60)),
            ("key", models.CharField(max_length=40)),
            ("label", models.CharField(blank=True, max_length=300)),
            ("scope", models.CharField(blank=True, max_length=60)),
            ("before", models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
            ("after", models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
            (
                "actor",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name_plural": "entries",
            "indexes": [
                models.Index(fields=["scope", "-at"], name="audit_entry_scope"),
                models.Index(fields=["kind", "key", "-at"], name="audit_entry_thing"),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [("audit", "0001_initial"), ("audit", "0003_shown")]

    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [CreateModels(TABLES)]
