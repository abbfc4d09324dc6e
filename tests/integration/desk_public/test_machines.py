"""What machines ask of the whole site."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import OperationalError

from kinolab.desk.queries import site_map
from kinolab.desk.views import public
from tests.factories import news
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


def test_sitemap_of_more_pages_than_a_map_holds_is_an_index(monkeypatch):
    monkeypatch.setattr(site_map, "MOST", 4)
    news.article("first", languages="uz ky")

    maps = [one.findtext(f"{SITE}loc") for one in ElementTree.fromstring(visit("/sitemap.xml").content)]
    parts = [len(ElementTree.fromstring(visit(f"/sitemap.xml?page={one}").content)) for one in range(1, len(maps) + 1)]

    assert maps[0] == f"{settings.KINOLAB_URL}/sitemap.xml?page=1"
    assert parts[:-1] == [4] * (len(maps) - 1)
    assert visit(f"/sitemap.xml?page={len(maps) + 1}").status_code == 404


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
