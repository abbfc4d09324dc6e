"""What the search is given of the newsroom: articles and pages, in finished languages, from the instant at which they are public.

What is archived keeps its address and is found no more than it stands in lists.
"""

import re
from collections.abc import Collection, Iterator

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse

from kinolab.foundation.search.sources import Made, Ref, Source
from kinolab.foundation.ui import paths
from kinolab.news.domain.articles import complete_languages
from kinolab.news.models import Article, Rubric
from kinolab.news.queries import public

ARTICLE = "article"
AT_ONCE = 500
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<https?://[^>]*>")
_SIGNS = re.compile(r"[*_`~#>|]+|^\s*[-+]\s|^\s*\d+[.)]\s", re.MULTILINE)


def _public() -> QuerySet[Article]:
    return public.articles().filter(published_at__isnull=False, archived_at=None)


def articles(keys: Collection[int] | None) -> Iterator[Made]:
    """Every published article, or those of these."""
    found = _public() if keys is None else _public().filter(pk__in=keys)
    return map(_article, found.order_by("pk").iterator(chunk_size=AT_ONCE))


def _article(article: Article) -> Made:
    finished = complete_languages(article.title, article.body)
    texts = {tag: f"{article.lead.get(tag, '')} {article.body.get(tag, '')}" for tag in finished}
    edition, rubric = article.edition, article.rubric
    named = [*((edition.name, edition.programme.name) if edition else ()), *((rubric.name,) if rubric else ())]
    return Made(
        key=article.pk,
        title={tag: article.title[tag] for tag in finished},
        address=paths.without_language(reverse(f"news:{article.kind}", args=[article.slug])),
        visible_from=article.published_at,
        names=[text for name in named for text in name.values()],
        body={tag: _SIGNS.sub(" ", _LINK.sub(r"\1", text)) for tag, text in texts.items()},
        facts={"at": article.published_at.isoformat(), "page": article.kind == "page"},
    )


def concerned(thing: models.Model) -> Iterator[Ref]:
    """The article that a row of this room is, or belongs to."""
    if isinstance(thing, Article):
        yield ARTICLE, thing.pk
    elif isinstance(thing, Rubric):
        yield from ((ARTICLE, key) for key in thing.articles.values_list("pk", flat=True))
    elif key := getattr(thing, "article_id", None):
        yield ARTICLE, key


SOURCES = (Source(ARTICLE, articles, lambda: _public().count()),)
