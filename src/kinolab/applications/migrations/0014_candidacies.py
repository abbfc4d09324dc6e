"""Every application that was sent has a candidacy, and what its readings say stands beside it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Subquery


def stand(apps, _editor):
    """One without a strand where there is none; the scores of the application for all of them."""
    application, candidacy = apps.get_model("applications", "Application"), apps.get_model("applications", "Candidacy")
    without = application.objects.filter(number__isnull=False).exclude(
        Exists(candidacy.objects.filter(application=OuterRef("pk")))
    )
    candidacy.objects.bulk_create(
        (candidacy(application_id=pk) for pk in without.values_list("pk", flat=True)), batch_size=500
    )
    own = application.objects.filter(pk=OuterRef("application"))
    candidacy.objects.update(**{name: Subquery(own.values(name)[:1]) for name in ("score", "spread", "readings_done")})


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0013_typed_parts_and_carried_files"),
        ("calls", "0005_codes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="candidacy",
            name="strand",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidacies",
                to="calls.strand",
            ),
        ),
        migrations.AddField("candidacy", "readings_done", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            "candidacy", "score", models.DecimalField(blank=True, decimal_places=3, max_digits=5, null=True)
        ),
        migrations.AddField(
            "candidacy", "spread", models.DecimalField(blank=True, decimal_places=3, max_digits=5, null=True)
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("strand", None)),
                fields=("application",),
                name="applications_candidacy_once_without_strand",
            ),
        ),
        migrations.RunPython(stand, migrations.RunPython.noop),
    ]
