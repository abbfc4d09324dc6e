"""Films have pictures, a trailer and subtitles; series have an address of their own."""

import django.db.models.deletion
from django.db import migrations, models

from kinolab.foundation.search.folding import spelled


def give_addresses(apps, schema_editor):
    taken = set()
    for one in apps.get_model("catalogue", "Series").objects.order_by("pk").iterator():
        text = one.title.get("en") or next(iter(one.title.values()), "")
        letters = "".join(letter if letter.isascii() else " " for letter in spelled(text.lower().replace("ы", "y")))
        stem = "-".join(letters.split())[:60].rstrip("-") or "series"
        number, one.slug = 1, stem
        while one.slug in taken:
            number += 1
            one.slug = f"{stem}-{number}"
        taken.add(one.slug)
        one.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_people"),
        ("files", "0004_pictures"),
    ]

    operations = [
        migrations.AddField(
            model_name="film",
            name="trailer",
            field=models.URLField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="series",
            name="slug",
            field=models.SlugField(db_index=False, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(give_addresses, migrations.RunPython.noop),
        migrations.AlterField(model_name="series", name="slug", field=models.SlugField(max_length=80, unique=True)),
        migrations.CreateModel(
            name="Still",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cover", models.BooleanField(default=False)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("shown", models.BooleanField(default=False)),
                (
                    "film",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stills", to="catalogue.film"
                    ),
                ),
                (
                    "picture",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="still", to="files.picture"
                    ),
                ),
            ],
            options={"ordering": ["-cover", "order", "pk"]},
        ),
        migrations.AddConstraint(
            model_name="still",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cover", True)), fields=("film",), name="catalogue_still_one_cover_a_film"
            ),
        ),
        migrations.CreateModel(
            name="Subtitles",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=35)),
                ("hearing", models.BooleanField(default=False)),
                ("text", models.TextField()),
                ("number", models.PositiveIntegerField()),
                ("shown", models.BooleanField(default=False)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="subtitles", to="files.storedfile"
                    ),
                ),
                (
                    "film",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subtitles", to="catalogue.film"
                    ),
                ),
            ],
            options={"verbose_name_plural": "subtitles", "ordering": ["language", "hearing"]},
        ),
        migrations.AddConstraint(
            model_name="subtitles",
            constraint=models.UniqueConstraint(
                fields=("film", "language", "hearing"), name="catalogue_subtitles_once_a_language"
            ),
        ),
    ]
