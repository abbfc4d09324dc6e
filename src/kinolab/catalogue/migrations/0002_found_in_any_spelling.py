"""Films and people are found in any alphabet and spelling: what is already there gets its folded text."""

from django.db import migrations, models

from kinolab.foundation.search.folding import search_text


def fold(apps, schema_editor):
    film, agent = apps.get_model("catalogue", "Film"), apps.get_model("catalogue", "Agent")
    for one in film.objects.iterator():
        one.search_text = search_text(*one.title.values(), one.original_title, *one.working_titles)
        one.save(update_fields=["search_text"])
    for one in agent.objects.prefetch_related("aliases").iterator(chunk_size=500):
        one.search_text = search_text(*one.name.values(), *(other.name for other in one.aliases.all()))
        one.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [
        migrations.AddField("film", "search_text", models.TextField(blank=True)),
        migrations.AddField("agent", "search_text", models.TextField(blank=True)),
        migrations.RunPython(fold, migrations.RunPython.noop),
    ]
