"""What is typed in an article is kept beside it until it is saved."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kinolab.foundation.audit.models import Entry
from kinolab.labs.domain.roles import Role
from kinolab.news.actions import writing
from kinolab.news.models import Article, Unsaved
from tests.factories import news
from tests.factories.news import NOW
from tests.kit import client_of

PAGE = "/en/newsroom/first/text/en/"


@pytest.fixture
def bakyt(tunduk: Any) -> Any:
    return news.member("Bakyt", Role.OWNER, tunduk)


@pytest.fixture
def article(tunduk: Any) -> Article:
    return writing_of(news.article("first", tunduk, body={"en": "one two three four five"}))


def writing_of(article: Article) -> Article:
    texts = {name: getattr(article, name).get("en", "") for name in ("title", "lead", "body")}
    article.versions.create(language="en", number=1, saved_at=NOW, **texts)
    return article


def type_(client: Any, article: Article, text: str, version: int, name: str = "body", **more: str) -> Any:
    told = {"field": name, "value": text, "version": version} | more
    return client.post(f"/en/newsroom/typed/{article.pk}/en/", told, headers={"accept": "application/json"})


def versions(page: Any) -> dict[str, int]:
    """What the page has seen, by field."""
    found = re.findall(r'name="(\w+)"[^>]*data-kino-version="(\d+)"', page.content.decode())
    return {name: int(number) for name, number in found}


def test_typing_is_kept_for_its_writer_and_changes_nothing_until_it_is_saved(article, aigul):
    client = client_of(aigul)
    seen = versions(client.get(PAGE))
    with CaptureQueriesContext(connection) as asked:
        first = type_(client, article, "one two three four five six", seen["body"], run="r1").json()
    assert sum('FROM "news_unsaved"' in one["sql"] for one in asked) == 2  # one's own rows, and the others'
    second = type_(client, article, "one two three four five six seven", first["version"], run="r1").json()

    assert Article.objects.get().body == {"en": "one two three four five"}
    assert "one two three four five</p>" in client_of().get("/en/news/first/").content.decode()
    page = client.get(PAGE)
    assert versions(page) == seen | {"body": second["version"]}
    assert "one two three four five six seven</textarea>" in page.content.decode()
    assert "You typed this and have not saved it yet." in page.content.decode()
    assert "Typed and not saved yet:" in client.get("/en/newsroom/first/").content.decode()
    assert Entry.objects.count() == 0

    client.post(PAGE, {"title": "Title first en", "lead": "", "body": "one two three four five six", "seen": "1"})

    assert Article.objects.get().body == {"en": "one two three four five six"}
    assert "You typed this" not in client.get(PAGE).content.decode()
    assert list(Unsaved.objects.values_list("name", "text", "kept")) == [("body", None, 2)]


def test_two_devices_are_put_together_and_what_meets_is_kept_aside(article, aigul):
    client = client_of(aigul)
    seen = versions(client.get(PAGE))["body"]
    now = type_(client, article, "ONE two three four five", seen, run="a").json()["version"]

    assert type_(client, article, "one two three four FIVE", seen, run="b").json() == {
        "field": "body", "base_wanted": True
    }  # fmt: skip
    both = type_(client, article, "one two three four FIVE", seen, run="b", base="one two three four five").json()
    assert (both["value"], both["edits"]) == ("ONE two three four FIVE", [[0, 3, "ONE"]])
    met = type_(client, article, "eins two three four five", seen, run="c", base="one two three four five")
    aside = Unsaved.objects.get(aside="c")
    assert (met.status_code, met.json()) == (
        409, {"field": "body", "value": both["value"], "by": "", "version": both["version"], "aside": aside.pk}
    )  # fmt: skip
    assert "eins two three four five" in client.get(PAGE).content.decode()
    assert now < both["version"]

    type_(client, article, "eins two three four FIVE", both["version"], settles=str(aside.pk))
    assert list(Unsaved.objects.values_list("aside", "text")) == [("", "eins two three four FIVE")]


def test_two_editors_know_of_one_another_and_keep_both_texts(article, aigul, bakyt):
    hers, his = client_of(aigul), client_of(bakyt)
    seen = versions(hers.get(PAGE))["body"]
    type_(hers, article, "Hers", seen)
    told = type_(his, article, "His", seen).json()["meter"]
    assert "Somebody else is writing this text too" in told
    assert "<summary>Aigul" in told

    his.post(PAGE, {"title": "Title first en", "lead": "", "body": "His", "seen": "1"})
    page = hers.get(PAGE).content.decode()
    assert "This text has been saved since you began." in page
    assert "Hers</textarea>" in page
    met = hers.post(PAGE, {"title": "Title first en", "lead": "", "body": "Hers, later", "seen": "1"})

    assert met.status_code == 422
    assert '<p class="pre" lang="en">His</p>' in met.content.decode()
    assert Article.objects.get().body == {"en": "His"}
    assert Unsaved.objects.get(writer=aigul).text == "Hers, later"
    hers.post(PAGE, {"title": "Title first en", "lead": "", "body": "His and hers", "seen": "2"})
    assert Article.objects.get().body == {"en": "His and hers"}


def test_a_text_typed_before_another_saved_never_undoes_that_unseen(article, aigul, bakyt):
    client = client_of(aigul)
    seen = versions(client.get(PAGE))["body"]
    texts = {"title": "Title first en", "lead": "", "body": "one two three four SIX"}
    writing.save_text(article=article, language="en", seen=1, by=bakyt, at=NOW, **texts)

    late = type_(client, article, "ONE two three four five", seen, base="one two three four five").json()
    assert late["value"] == "ONE two three four SIX"


def test_what_is_not_kept_says_why(article, tunduk, aigul):
    client = client_of(aigul)
    seen = versions(client.get(PAGE))

    assert "300" not in type_(client, article, "T" * 200, seen["title"], "title").content.decode()
    assert type_(client, article, "T" * 301, seen["title"], "title").status_code == 422
    assert type_(client, article, "a" * 400_001, seen["body"]).json()["error"].startswith("A text of more than 400,000")
    assert type_(client, article, "x", 0, "slip").status_code == 404
    assert type_(client, article, "x", seen["body"], person="ELSE").json()["signed_out"] is True
    assert type_(client_of(news.person()), article, "x", seen["body"]).status_code == 404
    assert client.post("/en/newsroom/first/text/xx/let-go/").status_code == 404


def test_the_saved_text_comes_back_by_a_press_and_marking_a_translation_right_takes_nothing_away(tunduk, aigul):
    article = news.draft("first", tunduk, languages="ru en", numbers={"ru": 2, "en": 1}, made_from={"en": 1})
    client = client_of(aigul)
    type_(client, article, "Typed", versions(client.get(PAGE))["body"])
    client.post("/en/newsroom/first/text/en/right/")
    assert "Typed</textarea>" in client.get(PAGE).content.decode()

    client.post("/en/newsroom/first/text/en/let-go/")
    assert "Text first en</textarea>" in client.get(PAGE).content.decode()
