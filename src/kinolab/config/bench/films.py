"""A catalogue of many films with their people, and articles in three languages: what search and public pages are measured on.

The same number gives the same catalogue. To measure a page of a new table, make its rows in `build` and name its addresses there.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate, islice
from random import Random
from typing import Any, TypeVar

import yaml
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from tqdm import tqdm

from kinolab.catalogue.models import Agent, Country, Credit, Film, Release
from kinolab.demonstration import invention
from kinolab.foundation.search import actions as search
from kinolab.labs.models import Organisation
from kinolab.news.models import Article

BATCH = 2_000
CREDITS, ARTICLES = 20, 0.5  # of each film
PEOPLE = 3
WORDS = 90  # of a text
ROLES = ("director", "writer", "producer", "cinematographer", "editor", "composer", "cast", "cast", "cast", "cast")
KINDS = ("feature", "short", "documentary", "animation")
COUNTRIES = ("KG", "KZ", "UZ", "TJ", "TM")
LANGUAGES = ("ky", "ru", "en")
SYLLABLES = "ба та ка са ма ра бе те ке се ме ре бу ту ку су му ру жол тай нур".split()
COMMON = ("фильм", "тасма", "film", "лаборатория")  # in every tenth text
_Row = TypeVar("_Row", bound=models.Model)


def build(asked: Mapping[str, int]) -> dict[str, Any]:
    """Build it; returns the addresses of pages, and questions of the search, by what is measured."""
    chance, at = Random(1), timezone.now()  # noqa: S311  (invents films, guards nothing)
    organisation = Organisation.objects.create(slug="otkol", name={"en": "Otkol"})
    films = _films(organisation, asked["films"], chance, at)
    people = _people(organisation, asked["films"] * PEOPLE, chance)
    _kept(Country, (Country(film=one, order=0, code=chance.choice(COUNTRIES)) for one in films), len(films))
    _kept(
        Release,
        (Release(film=one, kind="premiere", on=at.date(), precision="year") for one in films),
        len(films),
    )
    _credits(films, people, chance)
    articles = _articles(organisation, int(asked["films"] * ARTICLES), chance, at)
    began = time.perf_counter()
    search.rebuild(_bar)
    rebuild = time.perf_counter() - began
    size = {"films": len(films), "people": len(people), "credits": len(films) * CREDITS, "articles": len(articles)}
    return {"size": size, "rebuild": rebuild} | _addresses(films, people, articles, chance, asked["requests"])


# --- Rows ------------------------------------------------------------------------------------------------------------
def _films(organisation: Organisation, number: int, chance: Random, at: datetime) -> list[Film]:
    def one(place: int) -> Film:
        return Film(
            organisation=organisation, slug=f"film-{place}", kind=KINDS[place % len(KINDS)],
            title={tag: _title(chance, tag) for tag in LANGUAGES}, year_release=1960 + place % 66,
            running_time=60 * chance.randint(5, 140), genres=["drama"], languages=["ky"],
            synopsis={tag: _text(chance, tag, 25) for tag in ("ky", "ru")}, changed_at=at,
            published_at=at - timedelta(minutes=place),
        )  # fmt: skip

    return _kept(Film, map(one, range(number)), number)


def _people(organisation: Organisation, number: int, chance: Random) -> list[Agent]:
    names = [one for country in invention.yaml_people().values() for one in (*country["women"], *country["men"])]

    def one(place: int) -> Agent:
        family = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) + ("ова", "ов", "бекова", "баев")[place % 4]
        return Agent(
            organisation=organisation,
            kind="person",
            slug=f"person-{place}",
            name={"ky": f"{chance.choice(names)} {family.capitalize()}"},
        )

    return _kept(Agent, map(one, range(number)), number)


def _credits(films: list[Film], people: list[Agent], chance: Random) -> None:
    def each() -> Iterator[Credit]:
        for film in films:
            for order, agent in enumerate(chance.sample(people, min(CREDITS, len(people)))):
                yield Credit(film=film, agent=agent, role=ROLES[order % len(ROLES)], order=order)

    _kept(Credit, each(), len(films) * CREDITS, keep=False)


def _articles(organisation: Organisation, number: int, chance: Random, at: datetime) -> list[Article]:
    def one(place: int) -> Article:
        return Article(
            organisation=organisation, slug=f"article-{place}", original="ky",
            title={tag: _title(chance, tag) for tag in LANGUAGES}, lead={tag: _title(chance, tag) for tag in LANGUAGES},
            body={tag: _text(chance, tag, WORDS) for tag in LANGUAGES}, published_at=at - timedelta(hours=place), changed_at=at,
            complete=list(LANGUAGES),
        )  # fmt: skip

    return _kept(Article, map(one, range(number)), number)


def _kept(table: type[_Row], rows: Iterable[_Row], number: int, *, keep: bool = True) -> list[_Row]:
    told = iter(_bar(rows, table._meta.model_name or "", number))
    made: list[_Row] = []
    while some := list(islice(told, BATCH)):
        written = table._default_manager.bulk_create(some)
        made += written if keep else []
    return made


Thing = TypeVar("Thing")


def _bar(things: Iterable[Thing], what: str, number: int) -> Iterable[Thing]:
    bar: Iterable[Thing] = tqdm(things, desc=what, total=number, unit="", leave=False, disable=None)
    return bar


# --- Words -----------------------------------------------------------------------------------------------------------
@cache
def _words(language: str) -> tuple[list[str], list[float]]:
    """The words of the demonstration's invented films, each with how often it comes: a few often, most of them rarely."""
    told = yaml.safe_load((invention.FILMS / f"{language}.yaml").read_text(encoding="utf-8"))
    words = sorted(set(re.findall(r"[^\W\d_]{3,}", str(list(told.values())).lower())))
    Random(2).shuffle(words)  # noqa: S311  (as above)
    return words, list(accumulate(1 / (place + 8) for place in range(len(words))))


def _some(chance: Random, language: str, number: int) -> list[str]:
    words, often = _words(language)
    return chance.choices(words, cum_weights=often, k=number)


def _made_up(chance: Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3))


def _title(chance: Random, language: str) -> str:
    """Two to four words; one of them is made up, for titles have more words than the texts that these come from."""
    return " ".join([*_some(chance, language, chance.randint(1, 3)), _made_up(chance)]).capitalize()


def _text(chance: Random, language: str, number: int) -> str:
    rare = [_made_up(chance) for _ in range(number // 15)] + [chance.choice(COMMON)] * (chance.random() < 0.1)
    return " ".join(_some(chance, language, number) + rare)


# --- What is asked for -----------------------------------------------------------------------------------------------
def _addresses(
    films: list[Film], people: list[Agent], articles: list[Article], chance: Random, number: int
) -> dict[str, Any]:
    """By what is measured: addresses, each other than the one before, and for the search what is typed."""
    some = [chance.choice(films) for _ in range(number)]
    named = [str(chance.choice(people)).split() for _ in range(number)]
    with translation.override("en"):
        asked = {
            "film": [reverse("catalogue:film", args=[one.slug]) for one in some],
            "films": [f"{reverse('catalogue:list')}?page={1 + place}" for place in _spread(len(films), 24, number)],
            "person": list(_person_pages(chance.choices(people, k=number))),
            "article": [reverse("news:article", args=[chance.choice(articles).slug]) for _ in range(number)],
            "news": [f"{reverse('news:list')}?page={1 + place}" for place in _spread(len(articles), 10, number)],
            "sitemap": [reverse("sitemap")] * min(number, 5),
            "sitemap_part": [f"{reverse('sitemap')}?of={section}" for section in ("people", "films", "news") * 2],
        }
    titles = [one.title["ky"].split() for one in some]
    questions: dict[str, Callable[[int], str]] = {
        "search_word": lambda place: titles[place][0],
        "search_title": lambda place: " ".join(titles[place]),
        "search_name": lambda place: " ".join(named[place]),
        "search_common": lambda place: COMMON[place % len(COMMON)],
        "search_slip": lambda place: _slipped(named[place][1], place),
        "suggest": lambda place: titles[place][-1][: 2 + place % 4],
    }
    typed = {key: [question(place) for place in range(number)] for key, question in questions.items()}
    return {"pages": {key: some for key, some in asked.items() if some}, "typed": typed}


def _spread(things: int, on_a_page: int, number: int) -> Iterator[int]:
    """So many pages of a list, from the first to the last."""
    pages = -(-things // on_a_page)
    return (place * pages // number for place in range(number))


def _person_pages(people: Iterable[Agent]) -> Iterator[str]:
    """Nothing where people have no pages."""
    for one in people:
        try:
            yield reverse("catalogue:person", args=[one.slug])
        except NoReverseMatch:
            return


def _slipped(word: str, place: int) -> str:
    at = 2 + place % max(1, len(word) - 4)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
