"""News as visitors read them."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.cache import caches

from kinolab.news.actions import publishing
from kinolab.news.models import Article, Rubric
from tests.factories import films, news
from tests.factories.news import NOW
from tests.kit import at, client_of, same_cost

ATOM = "{http://www.w3.org/2005/Atom}"


def visit(path: str, when: datetime = NOW, **extra: Any) -> Any:
    with at(when):
        return client_of().get(path, **extra)


def linked(response: Any, language: str = "en") -> list[str]:
    """The articles that are linked to, in order."""
    return list(dict.fromkeys(re.findall(rf'href="/{language}/news/([\w-]+)/"', response.content.decode())))


# --- The list --------------------------------------------------------------------------------------------------------
def test_list_shows_what_is_published_the_newest_first():
    news.article("older", published_at=NOW - timedelta(days=40))
    news.article("newer", published_at=NOW - timedelta(days=1))
    news.article("tomorrow", published_at=NOW + timedelta(days=1))
    news.draft("draft")

    assert linked(visit("/en/news/")) == ["newer", "older"]


def test_list_without_articles_says_what_will_be_here():
    assert "No news yet" in visit("/en/news/").content.decode()


def test_list_goes_on_on_a_second_page():
    for number in range(12):
        news.article(f"a{number:02}", published_at=NOW - timedelta(days=number))

    assert len(linked(visit("/en/news/"))) == 10
    assert linked(visit("/en/news/?page=2")) == ["a10", "a11"]
    assert linked(visit("/en/news/?page=nonsense")) == linked(visit("/en/news/"))


def test_article_in_another_language_is_listed_with_that_language():
    news.article("uzbek", languages="uz")

    page = visit("/en/news/").content.decode()

    assert '<h2 class="d2" lang="uz">' in page
    assert "not translated yet; language of the text: Uzbek" in page


def test_article_read_in_a_language_it_lacks_says_that_its_place_is_the_other():
    news.article("uzbek", languages="uz")

    page = visit("/en/news/uzbek/").content.decode()

    assert f'<link rel="canonical" href="{settings.KINOLAB_URL}/uz/news/uzbek/">' in page


def test_list_costs_the_same_with_one_article_and_with_three():
    edition = news.edition()
    news.article("first", edition=edition)
    numbers = iter("234567")

    assert same_cost(lambda: visit("/en/news/"), lambda: news.article(f"more{next(numbers)}", edition=edition)) == 4


# --- An article ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_article_speaks_the_language_of_its_address(language):
    news.article("first", languages="ky ru en")

    page = visit(f"/{language}/news/first/").content.decode()

    assert f"Title first {language}</h1>" in page
    assert f"Text first {language}</p>" in page
    assert set(re.findall(r'<link rel="alternate" hreflang="(\w+)"', page)) == {"ky", "ru", "en"}


def test_article_that_is_not_translated_says_so_and_marks_its_language():
    news.article("first", languages="ru")

    page = visit("/ky/news/first/").content.decode()

    assert '<h1 class="d1" lang="ru">' in page
    assert '<div class="prose" lang="ru">' in page


@pytest.mark.parametrize(("kind", "section"), [("article", "news"), ("page", "pages")])
def test_outdated_translation_says_so_in_its_language_and_leads_to_the_original(kind, section):
    news.article(
        "first", kind=kind, languages="ru ky en", numbers={"ru": 2, "ky": 1, "en": 2}, made_from={"ky": 1, "en": 2}
    )

    told = [visit(f"/{language}/{section}/first/").content.decode() for language in ("ky", "ru", "en", "kk")]

    assert ["Бул котормодон кийин түпнуска өзгөргөн." in page for page in told] == [True, False, False, False]
    assert f'<a href="/ru/{section}/first/" lang="ru" hreflang="ru">Русский</a></div>' in told[0]
    assert not any("has changed since" in page or "Оригинал изменился" in page for page in told[1:])


@pytest.mark.parametrize("published_at", [None, NOW + timedelta(minutes=1)])
def test_article_that_is_not_published_is_not_there(published_at):
    news.article("first", published_at=published_at)

    assert visit("/en/news/first/").status_code == 404


def test_article_is_markdown_and_never_code():
    body = "# One\n\n**bold** <script>alert(1)</script> <img src=x onerror=y>\n\n[a](javascript:b) ![c](https://example.org/d.png)"
    news.article("first", body={"en": body})

    page = visit("/en/news/first/").content.decode()

    assert "<h2>One</h2>" in page
    assert "<strong>bold</strong>" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert page.count("<img") == 0


def test_article_stands_beside_its_edition_and_the_latest_news():
    edition = news.edition()
    news.article("before", edition=edition, published_at=NOW - timedelta(days=2))
    news.article("first", edition=edition, published_at=NOW - timedelta(days=1), source_url="https://example.org/")
    news.article("after", edition=edition)
    news.draft("draft")

    page = visit("/en/news/first/")

    assert linked(page) == ["first", "after", "before"]  # its own address is that of its language
    assert "Impact Lab 2026" in page.content.decode()
    assert 'href="https://example.org/"' in page.content.decode()


def test_article_costs_seven_statements():
    edition = news.edition()
    news.article("first", edition=edition)
    numbers = iter("234567")

    assert same_cost(lambda: visit("/en/news/first/"), lambda: news.article(f"more{next(numbers)}")) == 7


# --- The feed --------------------------------------------------------------------------------------------------------
def test_feed_tells_the_articles_in_the_language_of_its_address():
    news.article("older", languages="ky en", published_at=NOW - timedelta(days=40))
    news.article("newer", languages="ky", body={"ky": "**Кыскача** <b>"})
    news.draft("draft")

    response = visit("/ky/news/feed.atom")
    feed = ElementTree.fromstring(response.content)

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        "Title newer ky",
        "Title older ky",
    ]
    assert "<strong>Кыскача</strong> &lt;b&gt;" in feed.find(f"{ATOM}entry").findtext(f"{ATOM}summary")


def test_feed_answers_304_until_something_changes():
    news.article("first")
    before = visit("/en/news/feed.atom")
    since = {"If-Modified-Since": before["Last-Modified"]}

    assert before["Cache-Control"] == "public, max-age=0"
    assert visit("/en/news/feed.atom", headers=since).status_code == 304
    news.article("second", changed_at=NOW + timedelta(seconds=5))
    assert visit("/en/news/feed.atom", headers=since).status_code == 200


def test_feed_without_articles_is_still_a_feed():
    assert visit("/en/news/feed.atom").status_code == 200


# --- Rubrics, pages, what stands on an article -----------------------------------------------------------------------
def rubric(slug: str = "labs", of: Any = None) -> Rubric:
    return Rubric.objects.create(organisation=of or news.organisation(), slug=slug, name={"en": slug.title()}, order=1)


def test_list_and_feeds_are_narrowed_by_a_rubric():
    labs = rubric()
    news.article("told", rubric=labs, published_at=NOW - timedelta(days=1))
    news.article("other")

    assert linked(visit("/en/news/?rubric=labs")) == ["told"]
    assert re.findall(r'tabs__count">(\d+)<', visit("/en/news/?rubric=labs").content.decode()) == ["2", "1"]
    nowhere = visit("/en/news/?rubric=nowhere")
    assert (nowhere.status_code, linked(nowhere)) == (404, [])
    assert "Nothing stands under this rubric" in nowhere.content.decode()
    assert [one["title"] for one in visit("/en/news/feed.json?rubric=labs").json()["items"]] == ["Title told en"]
    entries = ElementTree.fromstring(visit("/en/news/feed.atom?rubric=labs").content).iter(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Title told en"]


def test_json_feed_says_what_a_reader_needs():
    edition = news.edition()
    article = news.article("first", languages="ru", edition=edition, source_url="https://example.org/a")

    feed = visit("/en/news/feed.json")

    assert feed["Content-Type"] == "application/feed+json"
    assert feed.json()["items"] == [
        {
            "id": f"{settings.KINOLAB_URL}/news/{article.pk}",
            "url": f"{settings.KINOLAB_URL}/en/news/first/",
            "title": "Title first ru",
            "content_html": "<p>Text first ru</p>\n",
            "date_published": "2026-09-01T06:00:00+00:00",
            "date_modified": "2026-09-01T06:00:00+00:00",
            "language": "ru",
            "tags": ["Impact Lab 2026"],
            "external_url": "https://example.org/a",
        }
    ]


def test_article_tells_machines_what_it_is():
    film = films.film(title={"en": "Almaty"}, published_at=NOW)
    article = news.article("first", rubric=rubric(of=film.organisation))
    article.films.add(film)

    page = visit("/en/news/first/").content.decode()
    told = json.loads(re.search(r"ld\+json\">(.*?)</script>", page)[1])

    assert (told["@type"], told["headline"], told["articleSection"], told["inLanguage"]) == (
        "NewsArticle", "Title first en", "Labs", "en",
    )  # fmt: skip
    assert told["about"] == [
        {"@type": "Movie", "name": "Almaty", "url": f"{settings.KINOLAB_URL}/en/films/{film.slug}/"}
    ]
    assert f'<a href="/en/films/{film.slug}/">Almaty</a>' in page
    assert linked(visit(f"/en/films/{film.slug}/")) == ["first"]
    picture = visit("/en/news/first/share.png")
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")
    picture.close()


def test_archived_article_says_so_with_its_corrections_and_leaves_the_lists():
    article = news.article("first", archived_at=NOW)
    article.corrections.create(text={"en": "Not 5, but 6"}, at=NOW)

    page = visit("/en/news/first/").content.decode()

    assert "This article is archived and may no longer be up to date. Archived: 1 September 2026." in page
    assert "Not 5, but 6" in page
    assert linked(visit("/en/news/")) == []


def test_standing_page_is_no_news():
    news.article("about", languages="en ky", kind="page")

    page = visit("/en/pages/about/").content.decode()

    assert "Title about en</h1>" in page
    assert set(re.findall(r'<link rel="alternate" hreflang="(\w+)"', page)) == {"ky", "en"}
    assert linked(visit("/en/news/")) == []
    assert visit("/en/news/about/").status_code == 404


def test_pages_stand_in_the_menu_and_at_the_foot_until_they_are_taken_off():
    of = news.organisation()
    aigul = news.aigul(of)
    for slug, place in (("about", "menu"), ("contacts", "footer"), ("hidden", "")):
        news.article(slug, of, kind="page", place=place)
    places = [
        visit("/en/news/").content.decode().count(f'href="/en/pages/{slug}/"')
        for slug in ("about", "contacts", "hidden")
    ]

    assert places == [3, 1, 0]  # the menu stands in the head, on telephones and at the foot
    publishing.unpublish(article=Article.objects.get(slug="contacts"), by=aigul, at=NOW)
    caches["standing"].clear()  # a commit does it
    assert "/en/pages/contacts/" not in visit("/en/news/").content.decode()


def test_people_of_an_article_are_who_they_turned_out_to_be():
    film = films.film(published_at=NOW)
    kept = films.credit(film, "Aida").agent
    lost = films.credit(film, "A. Aida").agent
    lost.joined_to = kept
    lost.save()
    news.article("first", film.organisation).people.add(lost, kept)

    page = visit("/en/news/first/").content.decode()

    assert re.findall(r'<a href="/en/films/people/([\w-]+)/">(.*?)</a>', page) == [(kept.slug, "Aida")]
