"""An article is looked at by a colleague, goes out now or at an instant, is corrected, archived, taken off."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from kinolab.foundation.mail import actions as mail
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.news import access
from kinolab.news.actions.record import note, scope
from kinolab.news.domain import lifecycle
from kinolab.news.domain.lifecycle import ArticleStep
from kinolab.news.models import Article, Correction
from kinolab.news.queries import newsroom as queries

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

_LOOK = ["asked_at", "asked_by", "asked_of", "approved_at", "approved_by"]
_PUBLIC = ["published_at", "published_by", "held_for", "archived_at", "changed_at"]


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=article.pk)


# --- A second pair of eyes -------------------------------------------------------------------------------------------
@transaction.atomic
def ask(*, article: Article, of: "Person | None", by: "Person", at: datetime) -> Article:
    """Ask a colleague by name, or anybody who writes here (`of` is None), to look at it. A letter goes to whoever is named.

    Refused: article_stands_elsewhere, article_incomplete, not_a_colleague.
    """
    article = _locked(article)
    stop_if(access.why_not_ask(by, article, of, at))
    article.asked_at, article.asked_by, article.asked_of, article.remark = at, by, of, ""
    article.save(update_fields=[*_LOOK, "remark"])
    note("asked_look", article, by, at, after={"of": str(of) if of else None})
    if of is not None and of.pk != by.pk:
        _letter(article, of, by, "look", at)
    return article


@transaction.atomic
def take_back(*, article: Article, by: "Person", at: datetime) -> Article:
    """Write on: nobody need look at it yet, and an approval is given up."""
    article = _locked(article)
    stop_if(access.why_not_step(by, article, ArticleStep.TAKE_BACK, at))
    _forget_look(article)
    article.save(update_fields=_LOOK)
    note("took_back_look", article, by, at)
    return article


@transaction.atomic
def send_back(*, article: Article, remark: str, by: "Person", at: datetime) -> Article:
    """Give it back to whoever asked, with a remark."""
    article = _locked(article)
    stop_if(access.why_not_step(by, article, ArticleStep.SEND_BACK, at))
    asked_by = article.asked_by
    _forget_look(article)
    article.remark = remark
    article.save(update_fields=[*_LOOK, "remark"])
    note("sent_back", article, by, at, after={"remark": remark})
    if asked_by is not None and asked_by.pk != by.pk:
        _letter(article, asked_by, by, "back", at)
    return article


@transaction.atomic
def approve(*, article: Article, by: "Person", at: datetime) -> Article:
    """Say that it may go out. Refused: own_article where the organisation wants two pairs of eyes."""
    article = _locked(article)
    stop_if(access.why_not_approve(by, article, at))
    article.approved_at, article.approved_by, article.remark = at, by, ""
    article.save(update_fields=["approved_at", "approved_by", "remark"])
    note("approved_article", article, by, at)
    if article.asked_by is not None and article.asked_by.pk != by.pk:
        _letter(article, article.asked_by, by, "approved", at)
    return article


def _forget_look(article: Article) -> None:
    for name in _LOOK:
        setattr(article, name, None)


def _letter(article: Article, to: "Person", by: "Person", about: str, at: datetime) -> None:
    mail.write(
        key=f"news:{article.pk}:{about}:{at.isoformat()}",
        to=to,
        kind="news",
        template="news/mail/look.txt",
        context={
            "about": about,
            "title": article.title or article.slug,
            "who": str(by),
            "remark": article.remark,
            "url": settings.KINOLAB_URL + reverse("news:edit", args=[article.slug]),
        },
        at=at,
        scope=scope(article),
    )


# --- Out, and back ---------------------------------------------------------------------------------------------------
@transaction.atomic
def publish(*, article: Article, by: "Person", at: datetime) -> Article:
    """Make the article public now. One that is public already keeps its date.

    Refused: article_incomplete, article_waits, second_eyes_wanted; what later rooms answer to `FilmPublishing` about
    one of its films.
    """
    article = _locked(article)
    if article.published_at and article.published_at <= at and article.archived_at is None:
        stop_if(access.why_not_edit(by, article))
        return article
    stop_if(access.why_not_publish(by, article, at))
    return _set(article, "published", by, at, published=at)


@transaction.atomic
def schedule(*, article: Article, to_appear: datetime, by: "Person", at: datetime) -> Article:
    """Let the article appear by itself at an instant to come. Refused: as `publish`; instant_past."""
    article = _locked(article)
    stop_if(access.why_not_publish(by, article, at, ArticleStep.SCHEDULE))
    stop_if(Refusal("instant_past") if to_appear <= at else None)
    return _set(article, "scheduled", by, at, published=to_appear)


@transaction.atomic
def unpublish(*, article: Article, by: "Person", at: datetime) -> Article:
    """Take the article off the site, or off the schedule; it becomes a draft again."""
    article = _locked(article)
    stop_if(access.why_not_edit(by, article))
    if article.published_at is None and article.held_for is None:
        return article
    stop_if(access.why_not_step(by, article, ArticleStep.UNPUBLISH, at))
    _forget_look(article)
    article.save(update_fields=_LOOK)
    return _set(article, "unpublished", by, at, published=None)


@transaction.atomic
def hold_back(*, article: Article, at: datetime) -> bool:
    """Keep an article that is to appear from appearing: a film that it tells of has to wait. Returns whether it was.

    Nobody decides this; a later room asks for it, and lets it go (`let_go`) when there is nothing to wait for.
    """
    article = _locked(article)
    if lifecycle.why_not(queries.state_of(article, at), ArticleStep.HOLD):
        return False
    article.held_for, article.published_at, article.published_by = article.published_at, None, None
    article.save(update_fields=["held_for", "published_at", "published_by"])
    note("held_back", article, None, at, after={"to_appear": article.held_for.isoformat()})
    return True


@transaction.atomic
def let_go(*, article: Article, at: datetime) -> bool:
    """Let an article that was held back appear at its instant, or now where that has passed. Returns whether it may.

    It goes on waiting where another of its films has to.
    """
    article = _locked(article)
    if article.held_for is None or access.why_not_tell(article.films.all(), article.organisation_id):
        return False
    article.published_at, article.held_for = max(article.held_for, at), None
    article.save(update_fields=["held_for", "published_at"])
    note("let_go", article, None, at, after={"published_at": article.published_at.isoformat()})
    return True


@transaction.atomic
def archive(*, article: Article, by: "Person", at: datetime) -> Article:
    """Take the article out of lists and feeds; its address stays, with a note."""
    article = _locked(article)
    stop_if(access.why_not_step(by, article, ArticleStep.ARCHIVE, at))
    article.archived_at = article.changed_at = at
    article.save(update_fields=["archived_at", "changed_at"])
    note("archived", article, by, at)
    return article


@transaction.atomic
def restore(*, article: Article, by: "Person", at: datetime) -> Article:
    """Put an archived article back into the lists."""
    article = _locked(article)
    stop_if(access.why_not_step(by, article, ArticleStep.RESTORE, at))
    article.archived_at, article.changed_at = None, at
    article.save(update_fields=["archived_at", "changed_at"])
    note("restored_article", article, by, at)
    return article


@transaction.atomic
def correct(*, article: Article, text: Mapping[str, str], by: "Person", at: datetime) -> Correction:
    """Say on a published article, for good, what was wrong in it. Refused: correction_empty."""
    article = _locked(article)
    stop_if(access.why_not_step(by, article, ArticleStep.CORRECT, at))
    said = {tag: words.strip() for tag, words in text.items() if words.strip()}
    stop_if(None if said else Refusal("correction_empty"))
    correction = Correction.objects.create(article=article, text=said, at=at, by=by)
    article.changed_at = at
    article.save(update_fields=["changed_at"])
    note("corrected_article", article, by, at, after={"text": said})
    return correction


def _set(article: Article, verb: str, by: "Person", at: datetime, *, published: datetime | None) -> Article:
    before = {"published_at": article.published_at.isoformat() if article.published_at else None}
    article.published_at, article.published_by = (published, by) if published else (None, None)
    article.held_for, article.archived_at, article.changed_at = None, None, at
    article.save(update_fields=_PUBLIC)
    note(verb, article, by, at, before, {"published_at": published.isoformat() if published else None})
    return article
