from django.db import migrations, models

import kinolab.foundation.i18n.fields

SQLITE = (
    # Words are kept folded, so the tokenizer has only to part them. Beginnings of two to four letters are asked for most.
    """CREATE VIRTUAL TABLE search_index USING fts5(
        title, names, body, kind, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4'
    )""",
    # Whatever deletes a document, its words go with it. Who rebuilds the documents' table makes the trigger anew.
    """CREATE TRIGGER search_document_delete AFTER DELETE ON search_document BEGIN
        DELETE FROM search_index WHERE rowid = old.id;
    END""",
)
POSTGRESQL = (
    "ALTER TABLE search_document ADD COLUMN head tsvector, ADD COLUMN whole tsvector",
    "CREATE INDEX search_document_head ON search_document USING gin (head)",
    "CREATE INDEX search_document_whole ON search_document USING gin (whole)",
    # Words are looked for between two words, byte by byte.
    'ALTER TABLE search_word ALTER COLUMN text TYPE varchar(40) COLLATE "C"',
    'ALTER TABLE search_word ALTER COLUMN backwards TYPE varchar(40) COLLATE "C"',
)


def make_index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER search_document_delete")
        schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("key", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=40, unique=True)),
                ("backwards", models.CharField(db_index=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("key", models.BigIntegerField()),
                ("visible_from", models.DateTimeField(db_index=True)),
                ("made_by", models.PositiveSmallIntegerField()),
                ("address", models.CharField(max_length=300)),
                ("title", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
                ("names", models.JSONField(default=list)),
                ("facts", models.JSONField(default=dict)),
                ("body", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="search_document_once")],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
