"""Articles are begun, written in every language, related and deleted. No text that somebody saved is lost."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kinolab.catalogue.models import Agent, Film
from kinolab.foundation.refusals import Refusal, stop_if
from kinolab.labs.models import Edition, Organisation
from kinolab.news import access
from kinolab.news.actions import pictures, typing
from kinolab.news.actions.record import note
from kinolab.news.domain import articles as rules
from kinolab.news.domain import translations
from kinolab.news.domain.lifecycle import ArticleState
from kinolab.news.models import Article, Rubric, Version
from kinolab.news.queries import newsroom as queries

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class Settings:
    """What an article has once, whatever its languages."""

    slug: str
    edition: Edition | None = None
    source_url: str = ""
    rubric: Rubric | None = None
    place: str = ""
    order: int = 0


@transaction.atomic
def write_article(
    *,
    organisation: Organisation,
    edition: Edition | None = None,
    language: str,
    title: str,
    slug: str = "",
    kind: str = "article",
    by: "Person",
    at: datetime,
) -> Article:
    """Begin a draft in one language, which is its original. Without a `slug` its address is made from the title.

    Refused: not_your_newsroom, slug_taken.
    """
    stop_if(access.why_not_write(by, organisation.pk, edition.pk if edition else None))
    taken = queries.taken_slugs()
    stop_if(_taken(slug, taken) if slug in taken else None)
    article = Article.objects.create(
        organisation=organisation,
        edition=edition,
        kind=kind,
        slug=slug or rules.slug_from(title, taken),
        original=language,
        title={language: title},
        numbers={language: 1},
        written_by=by,
        changed_at=at,
    )
    Version.objects.create(article=article, language=language, number=1, title=title, saved_at=at, saved_by=by)
    note("written", article, by, at, after={"slug": article.slug, "title": {language: title}})
    return article


def save_text(
    *,
    article: Article,
    language: str,
    title: str,
    lead: str,
    body: str,
    seen: int | None = None,
    of: int | None = None,
    slip: bool = False,
    types_on: bool = False,
    by: "Person",
    at: datetime,
) -> Article:
    """Save the text of one language; the others stay as they are, even if a colleague is writing them just now.

    `seen` is the number of the text that was changed: if a later one is there, both changes are put together. `of` is the
    number of the original that a translation was made from (the latest, if not said). `slip`: the change of the original
    is so small that its translations stay right. What `by` had typed in it is saved with that, unless they type on.
    Where two pairs of eyes are wanted, an approval that the text had lapses unless whoever gave it writes. Refused:
    article_incomplete; article_changed_meanwhile, with what was to be saved kept as typed.
    """
    with transaction.atomic():
        stop_if(access.why_not_edit(by, article))
        article = Article.objects.select_for_update().get(pk=article.pk)
        mine: dict[str, str] | Refusal = {"title": title, "lead": lead, "body": body}
        number = article.numbers.get(language, 0)
        if seen is not None and seen != number:
            mine = _together(article, language, seen, mine)
        if isinstance(mine, Refusal):
            texts = {"title": title, "lead": lead, "body": body}
            typing.keep_whole(article=article, language=language, texts=texts, seen=seen or 0, by=by, at=at)
        else:
            article = _save(article, language, mine, of, by, at, slip=slip)
            if not types_on:
                typing.forget(article, language, by, at)
    stop_if(mine if isinstance(mine, Refusal) else None)
    return article


def _save(
    article: Article, language: str, mine: dict[str, str], of: int | None, by: "Person", at: datetime, *, slip: bool
) -> Article:
    now, number = queries.text_of(article, language), article.numbers.get(language, 0)
    said = {name: words for name, words in mine.items() if now[name] != words}
    original = article.numbers.get(article.original, 0)
    made_from = None if language == article.original else original if of is None else min(of, original)
    if not said and (made_from is None or article.made_from.get(language) == made_from):
        return article
    for name, words in said.items():
        setattr(article, name, {**getattr(article, name), language: words})
    if article.published_at:
        stop_if(rules.why_not_publish(article.title, article.body))
    _number(article, language, number, made_from, slip=slip)
    article.complete = list(rules.complete_languages(article.title, article.body))
    Version.objects.create(
        article=article, language=language, number=number + 1, made_from=made_from, saved_at=at, saved_by=by, **mine
    )
    lapsed = _lapse(article, by, at) if said else []
    article.changed_at = at
    article.save(update_fields=["title", "lead", "body", "numbers", "made_from", "complete", "changed_at", *lapsed])
    before = {name: {language: now[name]} for name in said}
    note("changed", article, by, at, before, {name: {language: words} for name, words in said.items()})
    return article


def _together(article: Article, language: str, seen: int, mine: dict[str, str]) -> dict[str, str] | Refusal:
    now = queries.text_of(article, language)
    merged = translations.together(queries.text_at(article, language, seen), mine, now)
    if isinstance(merged, Refusal):
        facts = dict(merged.facts) | {"number": article.numbers.get(language, 0), "texts": now}
        return Refusal(merged.code, facts)
    return merged


def _number(article: Article, language: str, before: int, made_from: int | None, *, slip: bool) -> None:
    article.numbers = {**article.numbers, language: before + 1}
    if made_from is not None:
        article.made_from = {**article.made_from, language: made_from}
    elif slip:
        article.made_from = translations.still_right(article.made_from, before, before + 1)


def _lapse(article: Article, by: "Person", at: datetime) -> list[str]:
    """Take back what was approved, for it has changed; returns the fields that did."""
    state = queries.state_of(article, at)
    looked_at = state in {ArticleState.APPROVED, ArticleState.SCHEDULED, ArticleState.HELD}
    if not looked_at or by.pk == article.approved_by_id or not queries.second_eyes(article.organisation_id):
        return []
    article.asked_at = article.approved_at = article.published_at = article.held_for = None
    article.asked_by = article.asked_of = article.approved_by = article.published_by = None
    return [
        "asked_at",
        "asked_by",
        "asked_of",
        "approved_at",
        "approved_by",
        "published_at",
        "published_by",
        "held_for",
    ]


@transaction.atomic
def still_right(*, article: Article, language: str, by: "Person", at: datetime) -> Article:
    """Say that a translation is right as it is, though the original has changed."""
    texts = queries.text_of(article, language)
    return save_text(article=article, language=language, **texts, types_on=True, by=by, at=at)


@transaction.atomic
def change_article(*, article: Article, settings: Settings, by: "Person", at: datetime) -> Article:
    """Change what it has once. Refused: not_your_newsroom, slug_taken, rubric_of_others."""
    stop_if(access.why_not_edit(by, article))
    stop_if(access.why_not_write(by, article.organisation_id, settings.edition.pk if settings.edition else None))
    article = Article.objects.select_for_update().get(pk=article.pk)
    if settings.slug != article.slug and settings.slug in (taken := queries.taken_slugs()):
        stop_if(_taken(settings.slug, taken))
    rubric = settings.rubric
    stop_if(Refusal("rubric_of_others") if rubric and rubric.organisation_id != article.organisation_id else None)
    before = _settings(article)
    article.slug, article.edition, article.source_url = settings.slug, settings.edition, settings.source_url
    article.rubric, article.place, article.order = rubric, settings.place, settings.order
    article.changed_at = at
    article.save(update_fields=["slug", "edition", "source_url", "rubric", "place", "order", "changed_at"])
    note("changed", article, by, at, before, _settings(article))
    return article


@transaction.atomic
def relate(*, article: Article, to: Film | Edition | Agent, by: "Person", at: datetime) -> Article:
    """Say that the article is about a film, a call or somebody; it may be another's, for news tell of others too.

    Refused: not_your_newsroom; once it is out, what later rooms answer to `FilmPublishing`.
    """
    return _relate(article, to, by, at, related=True)


@transaction.atomic
def part(*, article: Article, to: Film | Edition | Agent, by: "Person", at: datetime) -> Article:
    """Say that the article is not about it after all."""
    return _relate(article, to, by, at, related=False)


def _relate(article: Article, to: Film | Edition | Agent, by: "Person", at: datetime, *, related: bool) -> Article:
    stop_if(access.why_not_edit(by, article))
    article = Article.objects.select_for_update().get(pk=article.pk)
    name = {Film: "films", Edition: "calls", Agent: "people"}[type(to)]
    kept = getattr(article, name)
    if kept.filter(pk=to.pk).exists() is related:
        return article
    if related and isinstance(to, Film) and article.published_at:
        stop_if(access.why_not_tell([to], article.organisation_id))
    (kept.add if related else kept.remove)(to)
    article.changed_at = at
    article.save(update_fields=["changed_at"])
    said = {name: {"id": to.pk, "name": str(to)}}
    note("changed", article, by, at, None if related else said, said if related else None)
    return article


@transaction.atomic
def delete_article(*, article: Article, by: "Person", at: datetime) -> None:
    """Delete a draft for good; the record keeps its words. Refused: article_published."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    stop_if(access.why_not_delete(by, article))
    note("deleted", article, by, at, before={"slug": article.slug, "title": dict(article.title)})
    for illustration in article.illustrations.select_related("picture__file"):
        pictures.forget(illustration)
    article.delete()


def _taken(slug: str, taken: Collection[str]) -> Refusal:
    return Refusal("slug_taken", {"slug": slug, "free": rules.slug_from(slug, taken)})


def _settings(article: Article) -> dict[str, object]:
    said: dict[str, object] = {"slug": article.slug, "edition": article.edition_id, "source_url": article.source_url}
    return said | {"rubric": article.rubric_id, "place": article.place, "order": article.order}
