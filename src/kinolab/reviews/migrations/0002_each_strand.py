"""Each strand may be read on its own: readings of a candidacy, readers for some strands."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0014_candidacies"),
        ("calls", "0006_seats"),
        ("reviews", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="reading", name="reviews_reading_once"),
        migrations.AddField(
            model_name="reader",
            name="strands",
            field=models.ManyToManyField(blank=True, related_name="readers", to="calls.strand"),
        ),
        migrations.AddField(
            model_name="reading",
            name="candidacy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="readings",
                to="applications.candidacy",
            ),
        ),
        migrations.AddField(
            model_name="reviewphase",
            name="each_strand",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("candidacy", None)),
                fields=("phase", "application", "reader"),
                name="reviews_reading_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("phase", "candidacy", "reader"), name="reviews_reading_once_a_candidacy"
            ),
        ),
    ]
