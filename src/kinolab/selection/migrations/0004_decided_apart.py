"""No decision without its candidacy. Apart from the step before, whose rows have to be written first."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("selection", "0003_candidacies"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="candidacy",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="decision", to="applications.candidacy"
            ),
        ),
        migrations.RemoveField("ownletter", "outcome"),
    ]
