"""Tables: films, their parts, who made them, when they were shown, their series."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from kinolab.catalogue import words
from kinolab.catalogue.domain.dates import clocked
from kinolab.catalogue.domain.works import EntryState, PartKind, PartState
from kinolab.foundation.files.models import Picture, StoredFile
from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.labs.models import Organisation, precision_field
from kinolab.labs.words import dyes

STILL_TO_COME = 9999  # the year of a film whose years nobody knows


def _year() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1888)])


class Film(models.Model):
    """A film, or a part of one: a work of its own. Public from `published_at` on; a part is public with its whole."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="films")
    slug = models.SlugField(unique=True, max_length=80)
    kind = models.CharField(max_length=16, choices=words.choices(words.KINDS))
    title = TranslatedField(blank=True)
    original_title = models.CharField(max_length=300, blank=True)
    original_language = models.CharField(max_length=12, blank=True)
    working_titles = models.JSONField(default=list, blank=True)
    year_production = _year()
    year_festival = _year()
    year_release = _year()
    running_time = models.PositiveIntegerField(null=True, blank=True)  # seconds, as stated; never made of the parts
    parts_announced = models.PositiveSmallIntegerField(null=True, blank=True)  # said, though not each is known
    languages = models.JSONField(default=list, blank=True)
    subtitle_languages = models.JSONField(default=list, blank=True)
    genres = models.JSONField(default=list, blank=True)
    synopsis = TranslatedField(blank=True)
    soundtrack_complete = models.BooleanField(default=True)
    dye = models.CharField(max_length=12, choices=dyes, default="indigo")
    picture = models.CharField(max_length=40, blank=True)  # a drawing of the house; covers come with their rights
    trailer = models.URLField(blank=True, max_length=300)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    search_text = models.TextField(blank=True)  # its titles folded, as `foundation.search.folding` keeps them
    # The year under which it is listed, for the index of the list; what is still to come stands before everything.
    listed = models.GeneratedField(
        expression=Coalesce("year_release", "year_festival", "year_production", Value(STILL_TO_COME)),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["slug"]
        # The last two are read with it: what is not public is passed over without looking at its row.
        indexes = [models.Index(fields=["-listed", "slug", "kind", "published_at"], name="catalogue_film_listed")]

    def __str__(self) -> str:
        return str(self.title) or self.slug

    @property
    def first_year(self) -> int | None:
        """The year under which it is listed: of release, else of the first festival, else of production."""
        return self.year_release or self.year_festival or self.year_production

    def is_to_come(self, year: int) -> bool:
        """Whether nobody saw it before this year: what is not known of it may still be announced."""
        known = (self.year_release, self.year_festival, self.year_production)
        return not any(one is not None and one < year for one in known)

    @property
    def country_codes(self) -> list[str]:
        """Its countries; asked for in advance where films are listed."""
        return [one.code for one in self.countries.all()]

    @property
    def minutes(self) -> int | None:
        """The stated running time in whole minutes."""
        return None if self.running_time is None else round(self.running_time / 60)

    @property
    def clocked(self) -> str:
        """The stated running time in minutes and seconds; "" while it is not known."""
        return clocked(self.running_time)


class Country(models.Model):
    """A country of production."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="countries")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=2)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["film", "code"], name="catalogue_country_once_a_film")]
        indexes = [models.Index(fields=["code"], name="catalogue_country_code")]

    def __str__(self) -> str:
        return self.code


class Part(models.Model):
    """A film standing in another; one that was dropped stays here, and its time is not counted."""

    whole = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="parts")
    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="standings")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=words.choices(words.PART_KINDS), default=PartKind.STORY.value)
    state = models.CharField(max_length=8, choices=words.choices(words.PART_STATES), default=PartState.IN_FILM.value)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["whole", "film"], name="catalogue_part_once_a_film"),
            models.UniqueConstraint(
                fields=["film"], condition=Q(state=PartState.IN_FILM.value), name="catalogue_part_in_one_film"
            ),
            models.CheckConstraint(condition=~Q(whole=F("film")), name="catalogue_part_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.whole}: {self.film}"


class Agent(models.Model):
    """Who is credited: a person, a group or a company, called by name in each script in which it is known.

    `shown` says whether visitors find a page of its own. One that turned out to be another stays here with its name and
    address and points at the one it is (`joined_to`), so that this can be taken back.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="agents")
    kind = models.CharField(max_length=8, choices=words.choices(words.AGENT_KINDS))
    slug = models.SlugField(unique=True, max_length=80)
    name = TranslatedField()
    about = TranslatedField(blank=True)
    shown = models.BooleanField(default=True)
    joined_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined")
    search_text = models.TextField(blank=True)  # every spelling folded

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(joined_to=F("pk")), name="catalogue_agent_not_joined_to_itself")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Alias(models.Model):
    """Another way in which the same agent is written somewhere."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agent", "name"], name="catalogue_alias_once_an_agent")]

    def __str__(self) -> str:
        return self.name


class Spelling(models.Model):
    """A name of an agent, folded, its words in one order: two agents with one such name may be one. Made of the names."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="spellings")
    folded = models.CharField(max_length=240)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folded", "agent"], name="catalogue_spelling_once_an_agent")]

    def __str__(self) -> str:
        return self.folded


class Joining(models.Model):
    """Two agents that are one: what was moved to the one that stays, so that it can be put back."""

    kept = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="joinings")
    lost = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="left_by")
    moved = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lost"], condition=Q(undone_at=None), name="catalogue_joining_once_an_agent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.lost} → {self.kept}"


class Namesakes(models.Model):
    """Two agents with one name who are two: nobody offers to join them again. The first has the smaller number."""

    first = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "namesakes"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="catalogue_namesakes_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="catalogue_namesakes_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"


class Credit(models.Model):
    """What an agent did for a film or for a part, and how the film itself writes the name."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="credits")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="credits")
    role = models.CharField(max_length=24, choices=words.choices(words.ROLES))
    credited_as = TranslatedField(blank=True)
    character = TranslatedField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    note = TranslatedField(blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.film}: {self.agent}"


class Track(models.Model):
    """A piece of the soundtrack; its title may not be known yet."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="tracks")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300, blank=True)
    artist = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="tracks")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title or str(self.artist)


class Release(models.Model):
    """A showing that counts: a date as exactly as it is known, a season where no more is said."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="releases")
    kind = models.CharField(max_length=12, choices=words.choices(words.RELEASE_KINDS))
    on = models.DateField(null=True, blank=True)
    precision = precision_field()
    season = models.CharField(max_length=8, blank=True, choices=words.choices(words.SEASONS))
    event = TranslatedField(blank=True)
    country = models.CharField(max_length=2, blank=True)

    class Meta:
        ordering = [F("on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(on__isnull=False) | ~Q(season="") | ~Q(event={}), name="catalogue_release_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.film}: {self.kind}"


class Award(models.Model):
    """What a film, or a part of one, was nominated or chosen for, and with what end; to whom, where it is a person's."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="awards")
    event = TranslatedField()
    category = TranslatedField(blank=True)
    result = models.CharField(max_length=16, choices=words.choices(words.AWARD_RESULTS))
    on = models.DateField(null=True, blank=True)
    precision = precision_field()
    country = models.CharField(max_length=2, blank=True)
    recipient = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="awards")

    class Meta:
        ordering = [F("on").desc(nulls_last=True), "pk"]
        constraints = [models.CheckConstraint(condition=~Q(event={}), name="catalogue_award_of_somebody")]

    def __str__(self) -> str:
        return f"{self.film}: {self.event}"


class Still(models.Model):
    """A picture of a film or a part: its cover or a still. Visitors see it once it is `shown`, and that is once described."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="stills")
    picture = models.OneToOneField(Picture, on_delete=models.PROTECT, related_name="still")
    cover = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    shown = models.BooleanField(default=False)

    class Meta:
        ordering = ["-cover", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["film"], condition=Q(cover=True), name="catalogue_still_one_cover_a_film")
        ]

    def __str__(self) -> str:
        return f"{self.film}: {self.picture}"


class Subtitles(models.Model):
    """Subtitles of a film in one language: the file as it was brought, and what was read of it as WebVTT.

    `language` is a BCP 47 tag; `hearing` says that they tell sounds and who speaks too. Visitors may have them once `shown`.
    """

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="subtitles")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="subtitles")
    language = models.CharField(max_length=35)
    hearing = models.BooleanField(default=False)
    text = models.TextField()
    number = models.PositiveIntegerField()  # of cues
    shown = models.BooleanField(default=False)

    class Meta:
        ordering = ["language", "hearing"]
        verbose_name_plural = "subtitles"
        constraints = [
            models.UniqueConstraint(fields=["film", "language", "hearing"], name="catalogue_subtitles_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.film}: {self.language}"


class Place(models.Model):
    """Where a film, or a part of one, was shot."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="places")
    order = models.PositiveSmallIntegerField(default=0)
    name = TranslatedField()
    country = models.CharField(max_length=2, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="catalogue_place_on_earth",
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def coordinates(self) -> str:
        """Latitude and longitude in degrees, as maps take them; "" where they are not known."""
        return "" if self.latitude is None else f"{self.latitude.normalize():f}, {self.longitude.normalize():f}"


class Series(models.Model):
    """Films under one idea, in the order of years."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="series")
    slug = models.SlugField(unique=True, max_length=80)
    title = TranslatedField()
    about = TranslatedField(blank=True)
    within = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="inner")

    def __str__(self) -> str:
        return str(self.title)


class Entry(models.Model):
    """One film of a series, in this catalogue or not: made, to come, or announced and never made."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="entries")
    film = models.ForeignKey(Film, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    order = models.PositiveSmallIntegerField()
    year = _year()
    title = TranslatedField(blank=True)
    working_title = TranslatedField(blank=True)
    state = models.CharField(max_length=8, choices=words.choices(words.ENTRY_STATES), default=EntryState.MADE.value)
    note = TranslatedField(blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["series", "film"], name="catalogue_entry_once_a_series")]

    def __str__(self) -> str:
        return str(self.title)


class Identifier(models.Model):
    """The film in a register of the world."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=8, choices=[(key.value, label) for key, label in words.SCHEMES.items()])
    value = models.CharField(max_length=60)

    class Meta:
        ordering = ["scheme"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="catalogue_identifier_of_one_film"),
            models.UniqueConstraint(fields=["film", "scheme"], name="catalogue_identifier_once_a_scheme"),
        ]

    def __str__(self) -> str:
        return self.value
