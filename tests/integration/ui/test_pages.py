"""Gallery, theme switch, error pages, language menu."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.utils import translation

from kinolab.foundation.refusals import Denied, Refusal
from kinolab.foundation.ui import paths, themes, views
from kinolab.foundation.ui.gallery import ICONS

LANGUAGES = ["ky", "kk", "uz", "tg", "tk", "ru", "en"]


class Inline(HTMLParser):
    """Collects what a strict content policy refuses."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)


def inline(response):
    """What of the page a strict content policy would refuse."""
    parser = Inline()
    parser.feed(response.content.decode())
    return parser.found


@pytest.mark.parametrize("language", LANGUAGES)
def test_gallery_has_nothing_inline_in_any_language(client, language):
    response = client.get(f"/{language}/gallery/")
    assert response.status_code == 200
    assert inline(response) == []
    assert f'<html lang="{language}" dir="ltr">' in response.content.decode()


def test_gallery_carries_the_content_policy(client):
    policy = client.get("/en/gallery/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_gallery_asks_the_database_nothing(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        client.get("/en/gallery/")


def test_sprite_holds_every_icon_of_the_gallery_and_of_the_templates():
    with open(finders.find("ui/icons/sprite.svg"), encoding="utf-8") as sprite:
        drawn = set(re.findall(r'id="i-([a-z0-9-]+)"', sprite.read()))
    assert set(ICONS) == drawn


def test_language_menu_leads_to_the_same_page_without_a_script(client):
    html = client.get("/ru/gallery/?a=1").content.decode()
    menu = html[html.index("lang-menu") :]
    links = re.findall(r'href="([^"]+)" lang="(\w+)"', menu)[:7]
    assert links == [(f"/{tag}/gallery/?a=1", tag) for tag in LANGUAGES]
    assert re.search(r'hreflang="ru"[^>]*aria-current="true"', menu)


def test_alternates_name_every_language_and_the_page_itself(client, settings):
    settings.KINOLAB_URL = "https://lab.example"
    html = client.get("/ky/gallery/?a=1").content.decode()
    assert '<link rel="canonical" href="https://lab.example/ky/gallery/">' in html
    found = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="https://lab.example/(\w+)/gallery/">', html)
    assert found == [(tag, tag) for tag in LANGUAGES]


# --- Theme -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("theme", themes.THEMES)
def test_theme_when_chosen_is_kept_and_written_by_the_server(theme):
    client = Client()
    response = client.post("/en/theme/", {"theme": theme, "next": "/en/gallery/?a=1"})
    assert (response.status_code, response.url) == (302, "/en/gallery/?a=1")
    cookie = response.cookies[themes.COOKIE]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (theme, "Lax", True)
    assert f'data-theme="{theme}"' in client.get("/en/gallery/").content.decode()


def test_theme_unknown_follows_the_system_again():
    client = Client()
    client.post("/en/theme/", {"theme": "dark"})
    client.post("/en/theme/", {"theme": "<b>"})
    assert "data-theme" not in client.get("/en/gallery/").content.decode()


def test_theme_cookie_of_a_stranger_is_not_written_into_the_page():
    client = Client()
    client.cookies[themes.COOKIE] = "x onload=alert(1)"
    assert "onload" not in client.get("/en/gallery/").content.decode()


FOREIGN = ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
           "javascript:alert(1)", "evil", "", "/a b", "http:/evil", "/\x7f/evil.example"]  # fmt: skip


@pytest.mark.parametrize("address", FOREIGN)
def test_theme_never_leads_away(address):
    response = Client().post("/ky/theme/", {"theme": "dark", "next": address})
    assert (response.status_code, response.url) == (302, "/ky/")
    assert not paths.is_own_path(address)


def test_theme_is_written_by_post_only(client):
    assert client.get("/en/theme/").status_code == 405


# --- Addresses -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "plain", "there"),
    [
        ("/ky/news/a/", "/news/a/", "/ru/news/a/"),
        ("/ky/", "/", "/ru/"),
        ("/kyrgyz/news/", "/kyrgyz/news/", "/ru/"),
        ("/", "/", "/ru/"),
        ("/robots.txt", "/robots.txt", "/ru/"),
    ],
)
def test_path_in_another_language(path, plain, there):
    assert paths.without_language(path) == plain
    assert paths.in_language(path, "ru") == there


# --- Errors ----------------------------------------------------------------------------------------------------------
def request_to(path="/en/somewhere/"):
    return RequestFactory().get(path)


def test_error_pages_in_three_languages_have_their_code_and_nothing_inline():
    for language in ("ky", "ru", "en"):
        with translation.override(language):
            answers = {
                400: views.bad_request(request_to()),
                403: views.forbidden(request_to(), PermissionDenied()),
                404: views.not_found(request_to()),
                413: views.too_large(request_to()),
                429: views.too_many(request_to(), seconds=90),
                500: views.server_error(request_to()),
            }
        for code, response in answers.items():
            assert (response.status_code, inline(response)) == (code, [])
            assert f'<html lang="{language}"' in response.content.decode()


def test_forbidden_shows_the_sentence_it_was_given_as_text():
    html = views.forbidden(request_to(), PermissionDenied("Only <b>readers</b>.")).content.decode()
    assert "Only &lt;b&gt;readers&lt;/b&gt;." in html


@pytest.mark.parametrize("wrap", [PermissionDenied, Denied])
def test_forbidden_explains_a_refusal(wrap, monkeypatch):
    refusal = Refusal("because_of_a_test")
    given = {}
    monkeypatch.setattr(views, "render", lambda request, template, context, status: given.update(context))
    views.forbidden(request_to(), wrap(refusal))
    assert given == {"refusal": refusal}


def test_too_many_says_when_to_try_again():
    response = views.too_many(request_to(), seconds=90)
    assert response["Retry-After"] == "90"
    assert "Please wait 2 minutes" in response.content.decode()


def test_server_error_when_its_template_fails_too_still_answers(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no templates today")

    monkeypatch.setattr(views, "render_to_string", broken)
    response = views.server_error(request_to())
    assert response.status_code == 500
    assert b"on our side" in response.content


def test_server_error_asks_no_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        views.server_error(request_to())


def test_page_for_a_lost_security_code_says_the_text_is_kept():
    response = views.csrf_failure(request_to(), reason="CSRF cookie not set.")
    html = response.content.decode()
    assert response.status_code == 403
    assert "is kept on this device" in html
    assert "CSRF" not in html


def test_unknown_address_answers_404_in_the_language_of_its_path(client):
    response = client.get("/ru/no-such-page-anywhere/")
    assert response.status_code == 404
    assert "По этому адресу ничего нет" in response.content.decode()
