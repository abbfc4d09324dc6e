import django.core.validators
import django.db.models.deletion
import kinolab.foundation.i18n.fields
from kinolab.foundation.tables import CreateModels
import kinolab.labs.words
from django.conf import settings
from django.db import migrations, models


TABLES = [
    migrations.CreateModel(
        name="Agent",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[("person", "person"), ("group", "group"), ("company", "company")], max_length=8
                ),
            ),
            ("slug", models.SlugField(max_length=80, unique=True)),
            ("name", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("about", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("shown", models.BooleanField(default=True)),
            ("search_text", models.TextField(blank=True)),
            (
                "joined_to",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="joined",
                    to="catalogue.agent",
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="agents", to="labs.organisation"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("joined_to", models.F("pk")), _negated=True),
                    name="catalogue_agent_not_joined_to_itself",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Alias",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=200)),
            ("language", models.CharField(blank=True, max_length=12)),
            (
                "agent",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="catalogue.agent"
                ),
            ),
        ],
        options={
            "ordering": ["name"],
            "constraints": [models.UniqueConstraint(fields=("agent", "name"), name="catalogue_alias_once_an_agent")],
        },
    ),
    migrations.CreateModel(
        name="Film",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", models.SlugField(max_length=80, unique=True)),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("feature", "Feature film"),
                        ("short", "Short film"),
                        ("documentary", "Documentary"),
                        ("animation", "Animated film"),
                        ("omnibus", "Omnibus film"),
                        ("segment", "Part of a film"),
                    ],
                    max_length=16,
                ),
            ),
            ("title", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("original_title", models.CharField(blank=True, max_length=300)),
            ("original_language", models.CharField(blank=True, max_length=12)),
            ("working_titles", models.JSONField(blank=True, default=list)),
            (
                "year_production",
                models.PositiveSmallIntegerField(
                    blank=True, null=True, validators=[django.core.validators.MinValueValidator(1888)]
                ),
            ),
            (
                "year_festival",
                models.PositiveSmallIntegerField(
                    blank=True, null=True, validators=[django.core.validators.MinValueValidator(1888)]
                ),
            ),
            (
                "year_release",
                models.PositiveSmallIntegerField(
                    blank=True, null=True, validators=[django.core.validators.MinValueValidator(1888)]
                ),
            ),
            ("running_time", models.PositiveIntegerField(blank=True, null=True)),
            ("parts_announced", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("languages", models.JSONField(blank=True, default=list)),
            ("subtitle_languages", models.JSONField(blank=True, default=list)),
            ("genres", models.JSONField(blank=True, default=list)),
            ("synopsis", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("soundtrack_complete", models.BooleanField(default=True)),
            ("dye", models.CharField(choices=kinolab.labs.words.dyes, default="indigo", max_length=12)),
            ("picture", models.CharField(blank=True, max_length=40)),
            ("trailer", models.URLField(blank=True, max_length=300)),
            ("published_at", models.DateTimeField(blank=True, null=True)),
            ("changed_at", models.DateTimeField()),
            ("search_text", models.TextField(blank=True)),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="films", to="labs.organisation"
                ),
            ),
        ],
        options={"ordering": ["slug"]},
    ),
    migrations.CreateModel(
        name="Credit",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "role",
                models.CharField(
                    choices=[
                        ("director", "Direction"),
                        ("writer", "Screenplay"),
                        ("general_producer", "General producer"),
                        ("producer", "Production"),
                        ("cinematographer", "Cinematography"),
                        ("production_designer", "Production design"),
                        ("editor", "Editing"),
                        ("sound", "Sound"),
                        ("composer", "Music"),
                        ("cast", "Cast"),
                        ("production_company", "Production company"),
                    ],
                    max_length=24,
                ),
            ),
            ("credited_as", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("character", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("order", models.PositiveSmallIntegerField(default=0)),
            ("note", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            (
                "agent",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="credits", to="catalogue.agent"
                ),
            ),
            (
                "film",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="credits", to="catalogue.film"
                ),
            ),
        ],
        options={"ordering": ["order", "pk"]},
    ),
    migrations.CreateModel(
        name="Country",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("code", models.CharField(max_length=2)),
            (
                "film",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="countries", to="catalogue.film"
                ),
            ),
        ],
        options={
            "ordering": ["order"],
            "indexes": [models.Index(fields=["code"], name="catalogue_country_code")],
            "constraints": [models.UniqueConstraint(fields=("film", "code"), name="catalogue_country_once_a_film")],
        },
    ),
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
            (
                "recipient",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="awards",
                    to="catalogue.agent",
                ),
            ),
            (
                "film",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="awards", to="catalogue.film"
                ),
            ),
        ],
        options={
            "ordering": [models.OrderBy(models.F("on"), descending=True, nulls_last=True), "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("event", {}), _negated=True), name="catalogue_award_of_somebody"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Identifier",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "scheme",
                models.CharField(
                    choices=[("eidr", "EIDR"), ("isan", "ISAN"), ("imdb", "IMDb"), ("wikidata", "Wikidata")],
                    max_length=8,
                ),
            ),
            ("value", models.CharField(max_length=60)),
            (
                "film",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="identifiers", to="catalogue.film"
                ),
            ),
        ],
        options={
            "ordering": ["scheme"],
            "constraints": [
                models.UniqueConstraint(fields=("scheme", "value"), name="catalogue_identifier_of_one_film"),
                models.UniqueConstraint(fields=("film", "scheme"), name="catalogue_identifier_once_a_scheme"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Joining",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("moved", models.JSONField()),
            ("at", models.DateTimeField()),
            ("undone_at", models.DateTimeField(blank=True, null=True)),
            (
                "by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "kept",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="joinings", to="catalogue.agent"
                ),
            ),
            (
                "lost",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="left_by", to="catalogue.agent"
                ),
            ),
            (
                "undone_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "ordering": ["-pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("undone_at", None)), fields=("lost",), name="catalogue_joining_once_an_agent"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Namesakes",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "first",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.agent"),
            ),
            (
                "second",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.agent"),
            ),
        ],
        options={
            "verbose_name_plural": "namesakes",
            "constraints": [
                models.UniqueConstraint(fields=("first", "second"), name="catalogue_namesakes_once"),
                models.CheckConstraint(
                    condition=models.Q(("first__lt", models.F("second"))), name="catalogue_namesakes_in_order"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Part",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("position", models.PositiveSmallIntegerField()),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("story", "Novella"),
                        ("transition", "Transitions"),
                        ("opening", "Opening"),
                        ("closing", "Closing"),
                        ("bridge", "Bridge"),
                    ],
                    default="story",
                    max_length=12,
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[("in_film", "in the film"), ("dropped", "dropped")], default="in_film", max_length=8
                ),
            ),
            (
                "film",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="standings", to="catalogue.film"
                ),
            ),
            (
                "whole",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="catalogue.film"
                ),
            ),
        ],
        options={
            "ordering": ["position", "pk"],
            "constraints": [
                models.UniqueConstraint(fields=("whole", "film"), name="catalogue_part_once_a_film"),
                models.UniqueConstraint(
                    condition=models.Q(("state", "in_film")), fields=("film",), name="catalogue_part_in_one_film"
                ),
                models.CheckConstraint(
                    condition=models.Q(("whole", models.F("film")), _negated=True), name="catalogue_part_not_of_itself"
                ),
            ],
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
            (
                "film",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="places", to="catalogue.film"
                ),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("latitude", None), ("longitude", None)),
                        models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                        _connector="OR",
                    ),
                    name="catalogue_place_on_earth",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Release",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[("premiere", "Premiere"), ("festival", "Festival"), ("release", "In cinemas")],
                    max_length=12,
                ),
            ),
            ("on", models.DateField(blank=True, null=True)),
            ("precision", models.CharField(choices=kinolab.labs.words.precisions, default="day", max_length=12)),
            (
                "season",
                models.CharField(
                    blank=True,
                    choices=[
                        ("spring", "in spring"),
                        ("summer", "in summer"),
                        ("autumn", "in autumn"),
                        ("winter", "in winter"),
                    ],
                    max_length=8,
                ),
            ),
            ("event", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("country", models.CharField(blank=True, max_length=2)),
            (
                "film",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="releases", to="catalogue.film"
                ),
            ),
        ],
        options={
            "ordering": [models.OrderBy(models.F("on"), nulls_last=True), "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("on__isnull", False),
                        models.Q(("season", ""), _negated=True),
                        models.Q(("event", {}), _negated=True),
                        _connector="OR",
                    ),
                    name="catalogue_release_says_something",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Series",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slug", models.SlugField(max_length=80, unique=True)),
            ("title", kinolab.foundation.i18n.fields.TranslatedField(default=dict)),
            ("about", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="series", to="labs.organisation"
                ),
            ),
            (
                "within",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="inner",
                    to="catalogue.series",
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Entry",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            (
                "year",
                models.PositiveSmallIntegerField(
                    blank=True, null=True, validators=[django.core.validators.MinValueValidator(1888)]
                ),
            ),
            ("title", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            ("working_title", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            (
                "state",
                models.CharField(
                    choices=[("made", "shown"), ("coming", "to come"), ("never", "announced, never made")],
                    default="made",
                    max_length=8,
                ),
            ),
            ("note", kinolab.foundation.i18n.fields.TranslatedField(blank=True, default=dict)),
            (
                "film",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="entries",
                    to="catalogue.film",
                ),
            ),
            (
                "series",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="catalogue.series"
                ),
            ),
        ],
        options={
            "ordering": ["order", "pk"],
            "constraints": [models.UniqueConstraint(fields=("series", "film"), name="catalogue_entry_once_a_series")],
        },
    ),
    migrations.CreateModel(
        name="Spelling",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("folded", models.CharField(max_length=240)),
            (
                "agent",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="spellings", to="catalogue.agent"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("folded", "agent"), name="catalogue_spelling_once_an_agent")
            ]
        },
    ),
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
        options={
            "ordering": ["-cover", "order", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("cover", True)), fields=("film",), name="catalogue_still_one_cover_a_film"
                )
            ],
        },
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
        options={
            "verbose_name_plural": "subtitles",
            "ordering": ["language", "hearing"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("film", "language", "hearing"), name="catalogue_subtitles_once_a_language"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Track",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("order", models.PositiveSmallIntegerField()),
            ("title", models.CharField(blank=True, max_length=300)),
            (
                "artist",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="tracks", to="catalogue.agent"
                ),
            ),
            (
                "film",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="tracks", to="catalogue.film"
                ),
            ),
        ],
        options={"ordering": ["order", "pk"]},
    ),
]


class Migration(migrations.Migration):
    replaces = [
        ("catalogue", "0001_initial"),
        ("catalogue", "0002_found_in_any_spelling"),
        ("catalogue", "0003_people"),
        ("catalogue", "0004_pictures_and_subtitles"),
    ]

    initial = True

    dependencies = [
        ("files", "0001_tables"),
        ("labs", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
