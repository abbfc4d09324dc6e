"""What machines ask of the whole site."""

import re
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from kinolab.catalogue.models import Agent, Entry, Series
from kinolab.desk.queries import site_map
from kinolab.desk.views import public
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.ui import visitors
from tests.factories import films, news
from tests.integration.calls_public.world import NOW, a_call
from tests.kit import at, client_of

SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def visit(path: str, **extra: Any) -> Any:
    with at(NOW):
        return client_of().get(path, **extra)


@pytest.mark.parametrize(
    ("asked", "language"),
    [({}, "en"), ({"Accept-Language": "ky,ru;q=0.8"}, "ky"), ({"Accept-Language": "kk-KZ"}, "kk"),
     ({"Accept-Language": "fr"}, "en")],
)  # fmt: skip
def test_root_leads_to_the_language_that_the_browser_asks_for(asked, language):
    response = visit("/", headers=asked)

    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in response["Vary"]


def test_root_remembers_the_chosen_language():
    client = client_of()
    client.cookies["kino_language"] = "tg"

    assert client.get("/", headers={"Accept-Language": "ru"})["Location"] == "/tg/"


def test_sitemap_lists_public_pages_in_their_languages():
    a_call(languages=["ky", "ru"])
    a_call(slug="hidden", published_at=None)
    news.article("first", languages="uz")
    news.draft("draft")

    found = ElementTree.fromstring(visit("/sitemap.xml").content)
    pages = [url.findtext(f"{SITE}loc").removeprefix(settings.KINOLAB_URL) for url in found]
    call = next(url for url in found if url.findtext(f"{SITE}loc").endswith("/ky/labs/impact-lab/2026/"))

    assert [page for page in pages if "2026" in page] == ["/ky/labs/impact-lab/2026/", "/ru/labs/impact-lab/2026/"]
    assert [page for page in pages if "/news/" in page and not page.endswith("/news/")] == ["/uz/news/first/"]
    assert [link.get("hreflang") for link in call.iter(f"{XHTML}link")] == ["ky", "ru"]
    assert not [page for page in pages if "hidden" in page or "draft" in page]


def test_sitemap_of_more_pages_than_a_map_holds_is_an_index_of_sections(monkeypatch):
    monkeypatch.setattr(site_map, "MOST", 14)
    for slug in ("first", "second", "third"):
        news.article(slug, languages="uz ky")
    osh, lake = films.film("osh"), films.film("lake", published_at=None)
    seen, unseen, hidden = films.credit(osh, "Aizat"), films.credit(lake, "Nobody"), films.credit(osh, "Hidden", "cast")
    Agent.objects.filter(pk=hidden.agent_id).update(shown=False)
    cities = Series.objects.create(organisation=osh.organisation, slug="cities", title={"en": "Cities"})
    inner = Series.objects.create(organisation=osh.organisation, slug="inner", title={"en": "Inner"}, within=cities)
    alone = Series.objects.create(organisation=osh.organisation, slug="alone", title={"en": "Alone"})
    Entry.objects.create(series=inner, film=osh, order=1)
    Entry.objects.create(series=alone, film=lake, order=1)

    index = ElementTree.fromstring(visit("/sitemap.xml").content)
    maps = {
        one.findtext(f"{SITE}loc").removeprefix(settings.KINOLAB_URL): one.findtext(f"{SITE}lastmod") for one in index
    }
    named = {at: visit(at).content.decode() for at in maps}

    assert list(maps) == [
        "/sitemap.xml?of=pages", "/sitemap.xml?of=films", "/sitemap.xml?of=series", "/sitemap.xml?of=people",
        "/sitemap.xml?of=news", "/sitemap.xml?of=news&page=2",
    ]  # fmt: skip
    assert maps["/sitemap.xml?of=films"] == maps["/sitemap.xml?of=series"] == osh.changed_at.isoformat()
    assert re.findall(r"/ky/films/people/.*?<lastmod>(.*?)<", named["/sitemap.xml?of=people"]) == [
        osh.changed_at.isoformat()
    ]
    assert [set(re.findall(r"/ky/(films/[\w/-]+|news/\w+)/<", one)) for one in named.values()] == [
        set(), {"films/osh"}, {"films/series/inner", "films/series/cities"}, {f"films/people/{seen.agent.slug}"},
        {"news/first", "news/second"}, {"news/third"},
    ]  # fmt: skip
    assert unseen.agent.slug not in "".join(named.values())
    assert [visit(f"/sitemap.xml?of={asked}").status_code for asked in ("news&page=3", "news&page=0", "letters")] == [
        404
    ] * 3


def test_what_the_site_map_counts_is_remembered_until_something_shown_changes(
    settings, django_capture_on_commit_callbacks
):
    settings.KINOLAB_PAGES_KEPT = 10
    visitors.forget()
    film = films.film("osh")
    soon = news.article("soon", languages="ky", published_at=NOW + timedelta(minutes=1))

    def counted(when: datetime = NOW) -> tuple[int, int]:
        with at(when), CaptureQueriesContext(connection) as seen:
            told = client_of().get("/sitemap.xml").content.decode()
        return len([one for one in seen if "COUNT(" in one["sql"]]), told.count("/ky/news/soon/<")

    assert [counted(), counted(), counted(soon.published_at)] == [(3, 0), (0, 0), (3, 1)]
    with django_capture_on_commit_callbacks(execute=True):
        audit.record(by=None, at=NOW, verb="changed", thing=film)
    assert [counted(soon.published_at), counted(soon.published_at)] == [(3, 1), (0, 1)]


def test_robots_are_told_what_to_leave_alone():
    words = visit("/robots.txt").content.decode()

    assert "Disallow: /*/desk/\n" in words
    assert f"Sitemap: {settings.KINOLAB_URL}/sitemap.xml" in words


def test_health_is_told():
    assert visit("/health/live").content == b"live\n"
    assert visit("/health/ready").json() == {"database": True}


def test_health_without_a_database_is_a_503(monkeypatch):
    class Gone:
        def cursor(self) -> None:
            raise OperationalError("gone")

    monkeypatch.setattr(public, "connection", Gone())

    response = client_of().get("/health/ready")

    assert (response.status_code, response.json()) == (503, {"database": False})
