"""Pictures of an article: brought, described, made its cover, taken away."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kinolab.foundation.files import actions as files
from kinolab.foundation.files import showing
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.news import access
from kinolab.news.actions.record import note
from kinolab.news.models import Article, Illustration
from kinolab.news.queries import newsroom as queries

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

MOST = 60  # pictures of one article


def bring(*, article: Article, upload: UploadedFile, cover: bool, by: "Person", at: datetime) -> Illustration:
    """Keep a picture for the article, as its cover if it is to be. What stands on the site gets it once it is described.

    Refused: too_many_pictures; file_empty, file_too_large, file_wrong_kind, picture_too_many_pixels and their like.
    """
    stop_if(access.why_not_edit(by, article))
    stop_if(Refusal("too_many_pictures", {"limit": MOST}) if article.illustrations.count() >= MOST else None)
    picture = files.keep_picture(upload=upload, by=by, at=at)  # opened before the transaction: it may take a second
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        cover = cover and not article.published_at
        if cover:
            article.illustrations.filter(is_cover=True).update(is_cover=False)
        made = Illustration.objects.create(article=article, picture=picture, is_cover=cover)
        note("brought_picture", article, by, at, after={"picture": picture.file.name})
    return made


@transaction.atomic
def describe(
    *,
    illustration: Illustration,
    alt: Mapping[str, str],
    credit: str,
    focus: tuple[int, int],
    by: "Person",
    at: datetime,
) -> Illustration:
    """Say what the picture shows, whose it is, and what must stay in sight. Refused: picture_undescribed while it is shown."""
    article = illustration.article
    stop_if(access.why_not_edit(by, article))
    picture = files.describe_picture(picture=illustration.picture, alt=alt, credit=credit, focus=focus)
    if article.published_at and illustration.picture_id in queries.shown_pictures(article):
        stop_if(showing.why_not_public(picture, queries.public_languages(article)))
    _changed(article, at)
    note("described_picture", article, by, at, after={"picture": picture.file.name, "alt": dict(picture.alt)})
    return illustration


@transaction.atomic
def make_cover(*, illustration: Illustration, by: "Person", at: datetime) -> Illustration:
    """Make it the cover in place of another. Refused: picture_undescribed where the article is public."""
    article = illustration.article
    stop_if(access.why_not_edit(by, article))
    if article.published_at:
        stop_if(showing.why_not_public(illustration.picture, queries.public_languages(article)))
    article.illustrations.filter(is_cover=True).update(is_cover=False)
    illustration.is_cover = True
    illustration.save(update_fields=["is_cover"])
    _changed(article, at)
    note("chose_cover", article, by, at, after={"picture": illustration.picture.file.name})
    return illustration


@transaction.atomic
def take_away(*, illustration: Illustration, by: "Person", at: datetime) -> None:
    """Take a picture away, with its file. Refused: picture_in_text while a text names it."""
    article = illustration.article
    stop_if(access.why_not_edit(by, article))
    stop_if(Refusal("picture_in_text") if illustration.picture.file.code in queries.codes_in_texts(article) else None)
    note("took_away_picture", article, by, at, before={"picture": illustration.picture.file.name})
    forget(illustration)
    _changed(article, at)


def forget(illustration: Illustration) -> None:
    """The picture and its file are nobody's any more."""
    picture = illustration.picture
    illustration.delete()
    files.forget_picture(picture=picture)


def _changed(article: Article, at: datetime) -> None:
    article.changed_at = at
    article.save(update_fields=["changed_at"])
