"""What was decided about an application is decided about each of its candidacies."""

import django.db.models.deletion
from django.db import migrations, models


def apart(apps, _editor):
    """The decision goes to the first candidacy of its application; the others get one that says the same."""
    candidacy, decision = apps.get_model("applications", "Candidacy"), apps.get_model("selection", "Decision")
    own = apps.get_model("selection", "OwnLetter")
    held = {}
    for one in candidacy.objects.order_by("strand__order", "pk"):
        held.setdefault(one.application_id, []).append(one)
    first, more = [], []
    for one in decision.objects.all():
        standing = held.get(one.application_id) or [candidacy.objects.create(application_id=one.application_id)]
        one.candidacy = standing[0]
        first.append(one)
        for other in standing[1:]:
            same = {field.name: getattr(one, field.name) for field in decision._meta.fields}
            more.append(decision(**same | {"id": None, "candidacy": other}))
    decision.objects.bulk_update(first, ["candidacy"], batch_size=500)
    decision.objects.bulk_create(more, batch_size=500)
    letters = list(own.objects.all())
    for one in letters:
        one.told = {str(each.pk): one.outcome for each in held.get(one.application_id, ())}
    own.objects.bulk_update(letters, ["told"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0014_candidacies"),
        ("selection", "0002_own_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="candidacy",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decision",
                to="applications.candidacy",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="applications.application"
            ),
        ),
        migrations.AddField("ownletter", "told", models.JSONField(default=dict)),
        migrations.RunPython(apart, migrations.RunPython.noop),
    ]
