"""The only writes of the room. Each opens its transaction, asks whether it may, writes, and records it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs.models import Edition, Organisation
from kinolab.news import access, queries
from kinolab.news.domain import articles as rules
from kinolab.news.models import Article

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def write_article(
    *,
    organisation: Organisation,
    edition: Edition | None = None,
    language: str,
    title: str,
    slug: str = "",
    by: "Person",
    at: datetime,
) -> Article:
    """Begin a draft in one language. Without a `slug` its address is made from the title.

    Refused: not_your_newsroom, slug_taken.
    """
    stop_if(access.why_not_write(by, organisation.pk, edition.pk if edition else None))
    taken = queries.taken_slugs()
    stop_if(Refusal("slug_taken", {"slug": slug}) if slug in taken else None)
    article = Article.objects.create(
        organisation=organisation,
        edition=edition,
        slug=slug or rules.slug_from(title, taken),
        title={language: title},
        changed_at=at,
    )
    _record("written", article, by, at, after={"slug": article.slug, "title": {language: title}})
    return article


@transaction.atomic
def save_text(
    *, article: Article, language: str, title: str, lead: str, body: str, by: "Person", at: datetime
) -> Article:
    """Keep the text of one language; the others stay as they are, even if a colleague is writing them just now."""
    stop_if(access.why_not_edit(by, article))
    article = Article.objects.select_for_update().get(pk=article.pk)
    before, after = {}, {}
    for name, words in (("title", title), ("lead", lead), ("body", body)):
        texts = dict(getattr(article, name))
        if texts.get(language, "") != words:
            before[name], after[name] = {language: texts.get(language, "")}, {language: words}
            setattr(article, name, {**texts, language: words})
    if not after:
        return article
    if article.published_at:
        stop_if(rules.why_not_publish(article.title, article.body))
    article.changed_at = at
    article.save(update_fields=["title", "lead", "body", "changed_at"])
    _record("changed", article, by, at, before, after)
    return article


@transaction.atomic
def change_article(
    *, article: Article, slug: str, edition: Edition | None, source_url: str, by: "Person", at: datetime
) -> Article:
    """Change the address, the edition it is about, or the source. Refused: not_your_newsroom, slug_taken."""
    stop_if(access.why_not_edit(by, article))
    stop_if(access.why_not_write(by, article.organisation_id, edition.pk if edition else None))
    article = Article.objects.select_for_update().get(pk=article.pk)
    if slug != article.slug and slug in queries.taken_slugs():
        stop_if(Refusal("slug_taken", {"slug": slug}))
    before = {"slug": article.slug, "edition": article.edition_id, "source_url": article.source_url}
    article.slug, article.edition, article.source_url, article.changed_at = slug, edition, source_url, at
    article.save(update_fields=["slug", "edition", "source_url", "changed_at"])
    after = {"slug": slug, "edition": article.edition_id, "source_url": source_url}
    _record("changed", article, by, at, before, after)
    return article


@transaction.atomic
def publish(*, article: Article, by: "Person", at: datetime) -> Article:
    """Make the article public now. One that is public already keeps its date. Refused: article_incomplete."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    stop_if(access.why_not_publish(by, article))
    if article.published_at:
        return article
    return _set_published(article, by, at, published=True)


@transaction.atomic
def unpublish(*, article: Article, by: "Person", at: datetime) -> Article:
    """Take the article off the site; it becomes a draft again."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    stop_if(access.why_not_edit(by, article))
    return _set_published(article, by, at, published=False) if article.published_at else article


@transaction.atomic
def delete_article(*, article: Article, by: "Person", at: datetime) -> None:
    """Delete a draft for good; the record keeps its words. Refused: article_published."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    stop_if(access.why_not_delete(by, article))
    _record("deleted", article, by, at, before={"slug": article.slug, "title": dict(article.title)})
    article.delete()


def _set_published(article: Article, by: "Person", at: datetime, *, published: bool) -> Article:
    before = {"published_at": article.published_at.isoformat() if article.published_at else None}
    article.published_at, article.published_by = (at, by) if published else (None, None)
    article.changed_at = at
    article.save(update_fields=["published_at", "published_by", "changed_at"])
    after = {"published_at": at.isoformat() if published else None}
    _record("published" if published else "unpublished", article, by, at, before, after)
    return article


def _record(
    verb: str, article: Article, by: "Person", at: datetime, before: object = None, after: object = None
) -> None:
    scope = f"edition:{article.edition_id}" if article.edition_id else f"organisation:{article.organisation_id}"
    audit.record(by=by, at=at, verb=verb, thing=article, scope=scope, before=before, after=after)
