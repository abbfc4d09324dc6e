import django.db.models.deletion
import kinolab.foundation.mail.words
from kinolab.foundation.tables import CreateModels
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Letter",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("key", models.CharField(max_length=200, unique=True)),
            ("to_email", models.EmailField(max_length=254)),
            ("language", models.CharField(max_length=8)),
            ("subject", models.CharField(max_length=250)),
            ("body", models.TextField()),
            ("secret", models.TextField(blank=True)),
            ("kind", models.CharField(max_length=40)),
            ("scope", models.CharField(blank=True, max_length=60)),
            ("state", models.CharField(choices=kinolab.foundation.mail.words.states, default="waiting", max_length=12)),
            ("attempts", models.PositiveSmallIntegerField(default=0)),
            ("due_at", models.DateTimeField()),
            ("claim", models.CharField(blank=True, max_length=32)),
            ("claimed_at", models.DateTimeField(blank=True, null=True)),
            ("sent_at", models.DateTimeField(blank=True, null=True)),
            ("last_error", models.TextField(blank=True)),
            ("created_at", models.DateTimeField()),
            (
                "person",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="letters",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "indexes": [
                models.Index(fields=["state", "due_at"], name="mail_letter_due"),
                models.Index(fields=["scope", "-created_at"], name="mail_letter_scope"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("state__in", ["held", "waiting", "sending", "sent", "failed", "discarded"])),
                    name="mail_letter_state_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                    ),
                    name="mail_letter_sent_has_time",
                ),
            ],
        },
    )
]


class Migration(migrations.Migration):
    replaces = [("mail", "0001_initial"), ("mail", "0002_secret"), ("mail", "0003_secret_of_any_length")]

    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [CreateModels(TABLES)]
