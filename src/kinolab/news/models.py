"""Table: an article."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kinolab.foundation.i18n.fields import TranslatedField
from kinolab.labs.models import Edition, Organisation


class Article(models.Model):
    """A piece of news. Public from `published_at` on; `body` is Markdown, one text per language."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="articles")
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    slug = models.SlugField(unique=True)
    title = TranslatedField()
    lead = TranslatedField(blank=True)
    body = TranslatedField(blank=True)
    source_url = models.URLField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None) | Q(published_at__isnull=False),
                name="news_article_published_when_and_by",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)
