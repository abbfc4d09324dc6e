import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_tables"),
        ("labs", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="film",
            name="listed",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce(
                    "year_release", "year_festival", "year_production", models.Value(9999)
                ),
                output_field=models.PositiveSmallIntegerField(),
            ),
        ),
        migrations.AddIndex(
            model_name="film",
            index=models.Index(fields=["-listed", "slug", "kind", "published_at"], name="catalogue_film_listed"),
        ),
    ]
