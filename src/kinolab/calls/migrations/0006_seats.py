"""How many places a strand has."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0005_codes"),
    ]

    operations = [
        migrations.AddField("strand", "seats", models.PositiveSmallIntegerField(blank=True, null=True)),
    ]
