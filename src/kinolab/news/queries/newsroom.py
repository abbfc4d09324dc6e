"""Reads for those who write: where articles stand, how far each language is, what a text said before."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet

from kinolab.catalogue.models import Agent, Film
from kinolab.foundation.comparing import Piece, compared
from kinolab.foundation.files.models import Picture
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.search import folding
from kinolab.labs.models import Edition, Organisation
from kinolab.news.domain import articles, illustrations, lifecycle
from kinolab.news.domain.lifecycle import ArticleState
from kinolab.news.domain.translations import FIELDS, TranslationState
from kinolab.news.models import Article, Practice, Rubric, Version
from kinolab.news.queries import public

ON_A_PAGE = 30
MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class LanguageState:
    """How far one language of an article is, and whether the others are made from it."""

    tag: str
    state: TranslationState
    is_original: bool = False


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A line of the newsroom's list: where the article stands, and what is to be done in which language."""

    article: Article
    state: ArticleState
    missing: tuple[str, ...]
    outdated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One part of the original, as it was when the translation was made and as it is now, word by word."""

    field: str
    pieces: tuple[tuple[Piece, str], ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What a translator sees beside their own text: the original, and what changed in it since."""

    language: str
    number: int
    made_from: int | None
    changes: list[Changed]
    texts: dict[str, str]

    @property
    def is_changed(self) -> bool:
        """Whether the original has changed since."""
        return any(one.is_changed for one in self.changes)


# --- Facts for the rules ---------------------------------------------------------------------------------------------
def state_of(article: Article, at: datetime) -> ArticleState:
    """Where the article stands."""
    return lifecycle.state_at(
        lifecycle.Instants(
            article.asked_at, article.approved_at, article.published_at, article.held_for, article.archived_at
        ),
        at,
    )


def second_eyes(organisation_id: int) -> bool:
    """Whether the organisation wants that somebody else has read an article. One query."""
    return Practice.objects.filter(organisation=organisation_id, second_eyes=True).exists()


def authors(article: Article) -> set[int]:
    """Who wrote the original, or asked for it to be read."""
    wrote = article.versions.filter(language=article.original).exclude(saved_by=None).values_list("saved_by", flat=True)
    return {*wrote, *(one for one in (article.written_by_id, article.asked_by_id) if one is not None)}


def text_of(article: Article, language: str) -> dict[str, str]:
    """What the article says in this language now."""
    return {name: getattr(article, name).get(language, "") for name in FIELDS}


def text_at(article: Article, language: str, number: int) -> dict[str, str]:
    """What it said in a version; nothing before the first."""
    found = article.versions.filter(language=language, number=number).values(*FIELDS).first()
    return found or dict.fromkeys(FIELDS, "")


def taken_slugs() -> set[str]:
    """Every address in use."""
    return set(Article.objects.values_list("slug", flat=True))


def public_languages(article: Article) -> list[str]:
    """The languages in which the article is complete."""
    return list(articles.complete_languages(article.title, article.body))


def languages_of(article: Article) -> list[str]:
    """The languages in which a picture of the article is described: those begun, and those kept complete."""
    begun = set(article.title) | set(article.body) | set(settings.KINOLAB_COMPLETE_LANGUAGES)
    return [tag for tag, _name in settings.LANGUAGES if tag in begun]


def codes_in_texts(article: Article) -> set[str]:
    """The pictures that any of its texts names."""
    return {code for text in article.body.values() for code in illustrations.codes(text)}


def shown_pictures(article: Article) -> dict[int, Picture]:
    """The pictures that the article shows: its cover, and those that its texts name."""
    named = codes_in_texts(article)
    there = article.illustrations.select_related("picture__file")
    return {one.picture_id: one.picture for one in there if one.is_cover or one.picture.file.code in named}


# --- Pages -----------------------------------------------------------------------------------------------------------
def desk_page(
    organisations: frozenset[int], editions: frozenset[int], number: object, at: datetime, kind: str = "article"
) -> tuple[Page, list[DeskRow]]:
    """The newsroom's list: drafts first, then the newest. Two queries, whatever the number of articles."""
    held = Q(organisation__in=organisations) | Q(edition__in=editions)
    drafts_first = public.articles().filter(held, kind=kind)
    drafts_first = drafts_first.order_by(F("published_at").desc(nulls_first=True), "-changed_at", "-pk")
    page = Paginator(drafts_first, ON_A_PAGE).get_page(number)
    return page, [_row(article, at) for article in page.object_list]


def _row(article: Article, at: datetime) -> DeskRow:
    states = public.written(article).states([tag for tag, _name in settings.LANGUAGES])
    wanted = settings.KINOLAB_COMPLETE_LANGUAGES
    begun = {TranslationState.DRAFT}
    missing = [
        tag for tag, state in states.items()
        if state in begun or (state is TranslationState.MISSING and tag in wanted)
    ]  # fmt: skip
    outdated = [tag for tag, state in states.items() if state is TranslationState.OUTDATED]
    return DeskRow(article, state_of(article, at), tuple(missing), tuple(outdated))


def language_states(article: Article) -> list[LanguageState]:
    """How far each language of the article is: the original first, then in the order of the languages."""
    tags = sorted((tag for tag, _name in settings.LANGUAGES), key=lambda tag: tag != article.original)
    facts = public.written(article)
    return [LanguageState(tag, facts.state(tag), tag == article.original) for tag in tags]


def beside(article: Article, language: str) -> Beside | None:
    """The original beside a translation, with what changed since it was made; None for the original itself."""
    if not article.original or language == article.original:
        return None
    now = text_of(article, article.original)
    made_from = article.made_from.get(language)
    then = now if made_from is None else text_at(article, article.original, made_from)
    changes = [Changed(name, compared(then[name], now[name]), then[name] != now[name]) for name in FIELDS]
    return Beside(article.original, article.numbers.get(article.original, 0), made_from, changes, now)


def past(article: Article, language: str) -> QuerySet[Version]:
    """What the language said before, the latest first."""
    return article.versions.filter(language=language).select_related("saved_by")


def places(organisations: frozenset[int], editions: frozenset[int]) -> tuple[list[Organisation], list[Edition]]:
    """The organisations and editions an article may be about, for somebody who writes for these."""
    about = Edition.objects.select_related("programme__organisation").filter(
        Q(programme__organisation__in=organisations) | Q(pk__in=editions)
    )
    found = list(about.order_by("-starts_on", "-pk"))
    return list(Organisation.objects.filter(pk__in=organisations).order_by("pk")), found


def rubrics(organisation_id: int) -> list[Rubric]:
    """The organisation's rubrics, in their order."""
    return list(Rubric.objects.filter(organisation=organisation_id))


# --- What an article is about ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Found:
    """A film, a call or somebody that an article may be about."""

    kind: str
    pk: int
    name: Text


def related(article: Article) -> list[Found]:
    """What the article is about. Three queries."""
    return [
        *(Found("films", one.pk, one.title or Text({"": one.slug})) for one in article.films.all()),
        *(Found("calls", one.pk, one.name) for one in article.calls.all()),
        *(Found("people", one.pk, one.name) for one in article.people.all()),
    ]


def find_related(article: Article, asked: str, at: datetime) -> list[Found]:
    """What an article may be about, by name: public films and its own organisation's, editions, people of its catalogue."""
    words = folding.fold(asked[: folding.LONGEST_QUERY]).split()
    if not words:
        return []
    films = Film.objects.filter(Q(organisation=article.organisation_id) | Q(published_at__lte=at))
    films = films.exclude(kind="segment").exclude(articles=article)
    there = [
        *(Found("films", pk, name) for pk, name in films.values_list("pk", "title")),
        *(Found("calls", pk, name) for pk, name in Edition.objects.exclude(told_in=article).values_list("pk", "name")),
        *(
            Found("people", pk, name)
            for pk, name in Agent.objects.filter(organisation=article.organisation_id, joined_to=None)
            .exclude(articles=article)
            .values_list("pk", "name")
        ),
    ]
    return [one for one in there if _is_asked(one.name, words)][:MOST_FOUND]


def _is_asked(name: Text, words: list[str]) -> bool:
    folded = folding.fold(" ".join(name.values()))
    return all(word in folded for word in words)
