"""Everybody gets an address, other people may be joined and parted; awards and places of films."""

import django.db.models.deletion
import kinolab.foundation.i18n.fields
import kinolab.labs.words
from django.conf import settings
from django.db import migrations, models

from kinolab.foundation.search.folding import fold, spelled


def give_addresses(apps, schema_editor):
    taken = {"new", "same", "joinings"}
    for one in apps.get_model("catalogue", "Agent").objects.order_by("pk").iterator():
        text = one.name.get("en") or next(iter(one.name.values()), "")
        letters = "".join(letter if letter.isascii() else " " for letter in spelled(text.lower().replace("ы", "y")))
        stem = "-".join(letters.split())[:60].rstrip("-") or "someone"
        number, one.slug = 1, stem
        while one.slug in taken:
            number += 1
            one.slug = f"{stem}-{number}"
        taken.add(one.slug)
        one.save(update_fields=["slug"])


def spell(apps, schema_editor):
    spelling = apps.get_model("catalogue", "Spelling")
    for one in apps.get_model("catalogue", "Agent").objects.prefetch_related("aliases").iterator(chunk_size=500):
        names = [*one.name.values(), *(other.name for other in one.aliases.all())]
        folded = dict.fromkeys(" ".join(sorted(fold(name).split()))[:240] for name in names)
        spelling.objects.bulk_create(spelling(agent=one, folded=text) for text in folded if text)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_found_in_any_spelling"),
        ("labs", "0002_appeals_panel"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
                ("category", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("won", "Award"),
                            ("special_mention", "Special mention"),
                            ("nominated", "Nomination"),
                            ("selected", "In the programme"),
                        ],
                        max_length=16,
                    ),
                ),
                ("on", models.DateField(blank=True, null=True)),
                ("precision", models.CharField(choices=kinolab.labs.words.precisions, default="day", max_length=12)),
                ("country", models.CharField(blank=True, max_length=2)),
            ],
            options={
                "ordering": [models.OrderBy(models.F("on"), descending=True, nulls_last=True), "pk"],
            },
        ),
        migrations.CreateModel(
            name="Joining",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moved", models.JSONField()),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Namesakes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name_plural": "namesakes",
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("latitude", models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ("longitude", models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("folded", models.CharField(max_length=240)),
            ],
        ),
        migrations.AddField(
            model_name="agent",
            name="about",
            field=kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="agent",
            name="joined_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="joined",
                to="catalogue.agent",
            ),
        ),
        migrations.AddField(
            model_name="agent",
            name="shown",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="agent",
            name="slug",
            field=models.SlugField(default="", db_index=False, max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(give_addresses, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="agent",
            name="slug",
            field=models.SlugField(max_length=80, unique=True),
        ),
        migrations.AddConstraint(
            model_name="agent",
            constraint=models.CheckConstraint(
                condition=models.Q(("joined_to", models.F("pk")), _negated=True),
                name="catalogue_agent_not_joined_to_itself",
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="film",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="awards", to="catalogue.film"
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="recipient",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="awards",
                to="catalogue.agent",
            ),
        ),
        migrations.AddField(
            model_name="joining",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="joining",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="joinings", to="catalogue.agent"
            ),
        ),
        migrations.AddField(
            model_name="joining",
            name="lost",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="left_by", to="catalogue.agent"
            ),
        ),
        migrations.AddField(
            model_name="joining",
            name="undone_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="namesakes",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.agent"
            ),
        ),
        migrations.AddField(
            model_name="namesakes",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.agent"
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="film",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="places", to="catalogue.film"
            ),
        ),
        migrations.AddField(
            model_name="spelling",
            name="agent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="spellings", to="catalogue.agent"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("event", {}), _negated=True), name="catalogue_award_of_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="joining",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("lost",), name="catalogue_joining_once_an_agent"
            ),
        ),
        migrations.AddConstraint(
            model_name="namesakes",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="catalogue_namesakes_once"),
        ),
        migrations.AddConstraint(
            model_name="namesakes",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="catalogue_namesakes_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                    _connector="OR",
                ),
                name="catalogue_place_on_earth",
            ),
        ),
        migrations.AddConstraint(
            model_name="spelling",
            constraint=models.UniqueConstraint(fields=("folded", "agent"), name="catalogue_spelling_once_an_agent"),
        ),
        migrations.RunPython(spell, migrations.RunPython.noop),
    ]
