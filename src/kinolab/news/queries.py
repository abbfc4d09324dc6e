"""Reads: what visitors and the newsroom see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from kinolab.labs.models import Edition, Organisation
from kinolab.labs.queries import Story
from kinolab.news.domain import articles as rules
from kinolab.news.models import Article

ON_A_PAGE = 10
IN_THE_FEED = 30
STORIES = 6


@dataclass(frozen=True, slots=True)
class Month:
    """The articles of one month."""

    first: date
    articles: list[Article]


@dataclass(frozen=True, slots=True)
class ListPage:
    """The list that visitors see: one article leads the first page, the others stand by month."""

    lead: Article | None
    months: list[Month]
    page: Page


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article with its languages and what stands beside it."""

    article: Article
    languages: list[str]
    minutes: int
    newer: Article | None
    older: Article | None


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A line of the newsroom's list, with the languages that are there and those still to be written."""

    article: Article
    complete: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageState:
    """How far one language of an article is: "done", "draft" (a title or a text is missing) or "none"."""

    tag: str
    state: str


def articles() -> QuerySet[Article]:
    """All articles, with what their pages name."""
    return Article.objects.select_related("organisation", "edition__programme")


def published(at: datetime) -> QuerySet[Article]:
    """What is public at this instant, the newest first."""
    return articles().filter(published_at__lte=at)


def latest(at: datetime, limit: int) -> list[Article]:
    """The newest articles, without their texts."""
    return list(published(at).defer("body")[:limit])


def stories_of(edition: Edition, at: datetime) -> list[Story]:
    """What is told about an edition, for its own page. One query."""
    told = published(at).filter(edition=edition).defer("body")[:STORIES]
    return [Story(one.title, one.lead, one.published_at, reverse("news:article", args=[one.slug])) for one in told]


def list_page(at: datetime, number: object) -> ListPage:
    """One page of the public list. Two queries, whatever the number of articles."""
    page = Paginator(published(at).defer("body"), ON_A_PAGE).get_page(number)
    shown = list(page.object_list)
    lead = shown[0] if shown and page.number == 1 else None
    return ListPage(lead, _by_month(shown[1:] if lead else shown), page)


def _by_month(shown: Sequence[Article]) -> list[Month]:
    months = groupby(shown, key=lambda article: article.published_at.date().replace(day=1))
    return [Month(first, list(inside)) for first, inside in months]


def article_page(article: Article, at: datetime) -> ArticlePage:
    """What stands on an article's page."""
    beside = published(at).defer("body").exclude(pk=article.pk)
    newer = beside.filter(published_at__gte=article.published_at).order_by("published_at", "pk").first()
    older = beside.filter(published_at__lt=article.published_at).first()
    return ArticlePage(
        article,
        _in_our_order(rules.complete_languages(article.title, article.body)),
        rules.minutes_to_read(str(article.body)),
        newer,
        older,
    )


def desk_page(organisations: frozenset[int], editions: frozenset[int], number: object) -> tuple[Page, list[DeskRow]]:
    """The newsroom's list: drafts first, then the newest."""
    held = Q(organisation__in=organisations) | Q(edition__in=editions)
    drafts_first = articles().filter(held).order_by(F("published_at").desc(nulls_first=True), "-changed_at", "-pk")
    page = Paginator(drafts_first, 30).get_page(number)
    wanted = settings.KINOLAB_COMPLETE_LANGUAGES
    rows = [
        DeskRow(
            article,
            tuple(_in_our_order(rules.complete_languages(article.title, article.body))),
            rules.missing_languages(article.title, article.body, wanted),
        )
        for article in page.object_list
    ]
    return page, rows


def language_states(article: Article) -> list[LanguageState]:
    """How far each language of the article is, in the order of the languages."""
    complete = rules.complete_languages(article.title, article.body)
    begun = {tag for text in (article.title, article.lead, article.body) for tag, words in text.items() if words}
    return [
        LanguageState(tag, "done" if tag in complete else "draft" if tag in begun else "none")
        for tag, _name in settings.LANGUAGES
    ]


def places(organisations: frozenset[int], editions: frozenset[int]) -> tuple[list[Organisation], list[Edition]]:
    """The organisations and editions an article may be about, for somebody who writes for these."""
    about = Edition.objects.select_related("programme__organisation").filter(
        Q(programme__organisation__in=organisations) | Q(pk__in=editions)
    )
    found = list(about.order_by("-starts_on", "-pk"))
    return list(Organisation.objects.filter(pk__in=organisations).order_by("pk")), found


def taken_slugs() -> set[str]:
    """Every address in use."""
    return set(Article.objects.values_list("slug", flat=True))


def _in_our_order(tags: Sequence[str]) -> list[str]:
    return [tag for tag, _name in settings.LANGUAGES if tag in tags]
