"""Reads for visitors: the list, an article, what is told about an edition or a film."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from kinolab.catalogue.models import Agent, Film
from kinolab.catalogue.queries.people import named_in_public
from kinolab.foundation.files.models import Picture
from kinolab.foundation.ui.standing import Standing
from kinolab.foundation.ui.visitors import remembered
from kinolab.labs.models import Edition
from kinolab.labs.queries import Story
from kinolab.news.domain import articles as rules
from kinolab.news.domain import illustrations
from kinolab.news.domain.translations import Written
from kinolab.news.models import Article, Correction, Illustration, Rubric

ON_A_PAGE = 10
IN_THE_FEED = 30
STORIES = 6
BESIDE = 5  # the latest news beside an article


@dataclass(frozen=True, slots=True)
class Month:
    """The articles of one month."""

    first: date
    articles: list[Article]


@dataclass(frozen=True, slots=True)
class Told:
    """A rubric, and how many articles stand under it."""

    rubric: Rubric
    number: int
    keys: tuple[int, ...]  # of the rubrics with this address


@dataclass(frozen=True, slots=True)
class ListPage:
    """The list that visitors see: one article leads the first page, the others stand by month."""

    lead: Article | None
    months: list[Month]
    page: Page
    rubrics: list[Told]
    rubric: Rubric | None
    number: int  # of all articles, whatever their rubric

    @property
    def lead_languages(self) -> list[str]:
        """The other languages in which the leading article can be read."""
        if self.lead is None:
            return []
        return [tag for tag in self.lead.complete if tag != self.lead.title.language_shown]


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a text on its page: words, or a picture with its caption."""

    words: str
    picture: Picture | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article with its languages, what it is about, what was corrected, and the latest news beside it."""

    article: Article
    languages: list[str]
    minutes: int
    latest: list[Article]
    films: list[Film]
    calls: list[Edition]
    people: list[Agent]
    corrections: list[Correction]
    cover: Picture | None
    pieces: list[Shown]
    outdated: bool  # the original has changed since the text that is shown was made from it


def articles() -> QuerySet[Article]:
    """All articles, with what their pages name."""
    return Article.objects.select_related("organisation", "edition__programme", "rubric")


def written(article: Article) -> Written:
    """The texts of the article, for the rules about translations."""
    return Written(
        article.original, article.title, article.lead, article.body, article.numbers or {}, article.made_from or {}
    )


def is_outdated(article: Article) -> bool:
    """Whether the text that a visitor reads is a translation whose original has changed since, and can be read itself."""
    complete = rules.complete_languages(article.title, article.body)
    return article.original in complete and written(article).is_outdated(article.body.language_shown)


def _with_covers(found: QuerySet[Article]) -> QuerySet[Article]:
    """With the cover of each in `covers`. One query."""
    there = Illustration.objects.filter(is_cover=True).select_related("picture__file")
    return found.prefetch_related(Prefetch("illustrations", there, to_attr="covers"))


def reachable(at: datetime) -> QuerySet[Article]:
    """What anybody may read at this instant under its address: also pages, and what is archived."""
    return articles().filter(published_at__lte=at)


def published(at: datetime) -> QuerySet[Article]:
    """The news of this instant, the newest first; neither pages nor what is archived."""
    return reachable(at).filter(kind="article", archived_at=None)


def pages(at: datetime) -> QuerySet[Article]:
    """The standing pages of this instant, in their order."""
    return reachable(at).filter(kind="page", archived_at=None).order_by("order", "pk")


def next_change(at: datetime) -> datetime | None:
    """When the next article or page comes out by itself. One statement."""
    return Article.objects.filter(published_at__gt=at).aggregate(next=Min("published_at"))["next"]


def latest(at: datetime, limit: int) -> list[Article]:
    """The newest articles with their covers, without their texts. Two queries."""
    return list(_with_covers(published(at).defer("body"))[:limit])


def stories_of(edition: Edition, at: datetime) -> list[Story]:
    """What is told about an edition, for its own page. One query."""
    about = Q(edition=edition) | Exists(Article.calls.through.objects.filter(article=OuterRef("pk"), edition=edition))
    return _stories(list(_in_short(published(at).filter(about))[:STORIES]))


def stories_of_film(film: Film, at: datetime) -> list[Story]:
    """What is told about a film, for its own page. One query."""
    # Put in order here: by the index of the order the database would look through all news for the few of one film.
    told = _in_short(published(at).filter(films=film).order_by())
    return _stories(sorted(told, key=lambda one: (one.published_at, one.pk), reverse=True))


def _in_short(told: QuerySet[Article]) -> QuerySet[Article]:
    return told.select_related(None).only("title", "lead", "published_at", "slug")


def _stories(told: Sequence[Article]) -> list[Story]:
    return [
        Story(one.title, one.lead, one.published_at, reverse("news:article", args=[one.slug])) for one in told[:STORIES]
    ]


def list_page(at: datetime, number: object, rubric: str = "") -> ListPage:
    """One page of the public list, of one rubric if it is named. Four queries, five with a rubric; rubrics are remembered."""
    rubrics = remembered("rubrics told", at, lambda: rubrics_told(at), next_change)
    found = published(at)
    if rubric:
        found = found.filter(rubric__in=next((one.keys for one in rubrics if one.rubric.slug == rubric), []))
    # The keys alone come from an index, however far back the page is.
    page = Paginator(found.select_related(None).values("pk"), ON_A_PAGE).get_page(number)
    everything = published(at).count() if rubric else page.paginator.count
    shown = list(_with_covers(articles().filter(pk__in=page.object_list).defer("body")))
    page.object_list = shown
    lead = shown[0] if shown and page.number == 1 else None
    now = next((one.rubric for one in rubrics if one.rubric.slug == rubric), None)
    return ListPage(lead, _by_month(shown[1:] if lead else shown), page, rubrics, now, everything)


def feed(at: datetime, rubric: str = "") -> list[Article]:
    """The newest articles with their texts, of one rubric if it is named."""
    found = published(at)
    return list((found.filter(rubric__slug=rubric) if rubric else found)[:IN_THE_FEED])


def feed_changed(at: datetime) -> datetime | None:
    """When a feed last became another: an article was changed or taken off, or came out at its instant."""
    articles_ = Article.objects.filter(kind="article")
    moments = (
        articles_.order_by("-changed_at").values_list("changed_at", flat=True).first(),
        published(at).values_list("published_at", flat=True).first(),
    )
    return max((one for one in moments if one), default=None)


def rubrics_told(at: datetime) -> list[Told]:
    """The rubrics under which something is published; those of several organisations with one address stand once."""
    public = Q(articles__published_at__lte=at, articles__kind="article", articles__archived_at=None)
    found = Rubric.objects.annotate(told=Count("articles", filter=public)).filter(told__gt=0)
    told: dict[str, Told] = {}
    for one in found:
        before = told.get(one.slug)
        told[one.slug] = Told(
            before.rubric if before else one,
            one.told + (before.number if before else 0),
            (*(before.keys if before else ()), one.pk),
        )
    return list(told.values())


def _by_month(shown: Sequence[Article]) -> list[Month]:
    months = groupby(shown, key=lambda article: article.published_at.date().replace(day=1))
    return [Month(first, list(inside)) for first, inside in months]


def article_page(article: Article, at: datetime) -> ArticlePage:
    """What stands on an article's page. Six queries."""
    there = list(article.illustrations.select_related("picture__file"))
    return ArticlePage(
        article,
        list(rules.complete_languages(article.title, article.body)),
        rules.minutes_to_read(str(article.body)),
        list(published(at).defer("body").exclude(pk=article.pk)[:BESIDE]),
        list(article.films.filter(published_at__lte=at).defer("synopsis")),
        list(article.calls.select_related("programme")),
        _people(article, at),
        list(article.corrections.all()),
        next((one.picture for one in there if one.is_cover), None),
        shown(str(article.body), there),
        is_outdated(article),
    )


def _people(article: Article, at: datetime) -> list[Agent]:
    """Whom the article is about; one who turned out to be another is that other. `has_page`: visitors find a page of theirs."""
    named = Agent.objects.filter(articles=article).values(one=Coalesce("joined_to", "pk"))
    found = Agent.objects.filter(pk__in=named).annotate(has_page=named_in_public(at)).defer("about", "search_text")
    return list(found.order_by("pk"))


def shown(text: str, there: Sequence[Illustration]) -> list[Shown]:
    """The text in pieces; a picture that the article does not have is not there."""
    pictures = {one.picture.file.code: one.picture for one in there}
    cut = illustrations.pieces(text)
    return [
        Shown(piece.words, pictures.get(piece.code), piece.caption)
        for piece in cut
        if piece.words or piece.code in pictures
    ]


def standing() -> list[Standing]:
    """The pages that the menu and the foot of every page link to. One query."""
    found = pages(timezone.now()).exclude(place="").only("place", "title", "slug").select_related(None)
    return [Standing(one.place, one.title, "news:page", one.slug) for one in found]


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page that stands: its languages and its text."""

    article: Article
    languages: list[str]
    cover: Picture | None
    pieces: list[Shown]
    outdated: bool


def standing_page(article: Article) -> StandingPage:
    """What stands on a page. One query."""
    there = list(article.illustrations.select_related("picture__file"))
    languages = list(rules.complete_languages(article.title, article.body))
    cover = next((one.picture for one in there if one.is_cover), None)
    return StandingPage(article, languages, cover, shown(str(article.body), there), is_outdated(article))
