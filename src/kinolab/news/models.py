"""Tables: articles and standing pages with their past, rubrics, corrections, pictures, and how an organisation's newsroom works."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kinolab.catalogue.models import Agent, Film
from kinolab.foundation.files.models import Picture
from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.labs.models import Edition, Organisation
from kinolab.news import words


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Practice(models.Model):
    """How the newsroom of an organisation works; without a row, everybody publishes what they have written."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="news_practice")
    second_eyes = models.BooleanField(default=False)  # an article goes out once somebody else has read it

    def __str__(self) -> str:
        return str(self.organisation)


class Rubric(models.Model):
    """What an article is of: a vocabulary of the organisation, in its order."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rubrics")
    slug = models.SlugField()
    name = TranslatedField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="news_rubric_slug_once")]

    def __str__(self) -> str:
        return str(self.name)


class Article(models.Model):
    """A piece of news, or a standing page. Public from `published_at` on; `body` is Markdown, one text per language.

    Title, lead and body hold the texts as they are now; `Version` holds every text there was. `numbers` is the latest
    version of each language, `made_from` the version of the original that each translation was made from; `complete` are the
    languages in which it can be read, so that lists need not look into ten thousand texts.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="articles")
    kind = models.CharField(max_length=8, choices=words.kinds, default="article")
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    slug = models.SlugField(unique=True)
    original = models.CharField(max_length=12, blank=True)  # the language it was first written in
    title = TranslatedField()
    lead = TranslatedField(blank=True)
    body = TranslatedField(blank=True)
    numbers = models.JSONField(default=dict, blank=True)
    made_from = models.JSONField(default=dict, blank=True)
    complete = models.JSONField(default=list, blank=True)  # languages with a title and a text
    source_url = models.URLField(blank=True)
    rubric = models.ForeignKey(Rubric, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    films = models.ManyToManyField(Film, blank=True, related_name="articles")
    calls = models.ManyToManyField(Edition, blank=True, related_name="told_in")
    people = models.ManyToManyField(Agent, blank=True, related_name="articles")
    place = models.CharField(max_length=8, choices=words.places, blank=True)  # where a page is linked from
    order = models.PositiveSmallIntegerField(default=0)  # of a page among those of its place
    written_by = _person()
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = _person()
    asked_of = _person()  # nobody: whoever writes here
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = _person()
    remark = models.TextField(blank=True)  # of whoever sent it back
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    held_for = models.DateTimeField(null=True, blank=True)  # when it was to appear; a film that it tells of has to wait
    archived_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(
                fields=["kind", "-published_at", "-id"], condition=Q(archived_at=None), name="news_article_listed"
            ),
            models.Index(
                fields=["rubric", "kind", "-published_at", "-id"],
                condition=Q(archived_at=None),
                name="news_article_of_rubric",
            ),
            models.Index(fields=["kind", "-changed_at"], name="news_article_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None) | Q(published_at__isnull=False),
                name="news_article_published_when_and_by",
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None) | Q(published_at__isnull=False),
                name="news_article_archived_once_public",
            ),
            models.CheckConstraint(
                condition=Q(held_for=None) | Q(published_at=None), name="news_article_held_is_not_out"
            ),
            models.CheckConstraint(condition=Q(kind__in=list(words.KINDS)), name="news_article_kind_known"),
            models.CheckConstraint(condition=Q(place__in=["", *words.PLACES]), name="news_article_place_known"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Version(models.Model):
    """What a language of an article said from `saved_at` on; of a translation, from which version of the original."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    title = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    made_from = models.PositiveIntegerField(null=True, blank=True)
    saved_at = models.DateTimeField()
    saved_by = _person()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "language", "number"], name="news_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.language} {self.number}"


class Unsaved(models.Model):
    """What somebody typed in a field of a text and has not saved: theirs alone to go on with, never on the site.

    `text` is None once it was saved or let go; the row stays, so that `kept` never counts the same again. Of texts set aside,
    which met another of the same writer and wait for them to decide, `aside` names the run of typing.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="unsaved")
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=8)  # title, lead or body
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    aside = models.CharField(max_length=40, blank=True)
    text = models.TextField(null=True, blank=True)
    began_from = models.PositiveIntegerField()  # the number of the saved text
    kept = models.PositiveIntegerField(default=0)  # how often
    run = models.CharField(max_length=40, blank=True)
    sent = models.TextField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "unsaved texts"
        ordering = ["changed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language", "writer", "name", "aside"], name="news_unsaved_once_a_writer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.language} · {self.name}"


class Correction(models.Model):
    """What was wrong in a published article, said on it for good."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="corrections")
    text = TranslatedField()
    at = models.DateTimeField()
    by = _person()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.text)


class Illustration(models.Model):
    """A picture that was brought to an article: its cover, or one that its text may show."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="illustrations")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="illustrations")
    is_cover = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_cover", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article"], condition=Q(is_cover=True), name="news_illustration_one_cover")
        ]

    def __str__(self) -> str:
        return str(self.picture)
