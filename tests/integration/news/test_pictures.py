"""Pictures of articles: brought, described, shown to whom they may be shown."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.news.actions import pictures, publishing, writing
from kinolab.news.models import Article, Illustration
from tests.factories import news
from tests.factories.news import NOW
from tests.kit import at, client_of

PLACE = "/en/newsroom/first/pictures/"


def drawn(width: int = 640, height: int = 360, name: str = "yard.png") -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("1", (width, height)).save(kept, "PNG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/png")


def brought(article: Article, by: Any, *, cover: bool = True, alt: str = "") -> Illustration:
    made = pictures.bring(article=article, upload=drawn(), cover=cover, by=by, at=NOW)
    if alt:
        pictures.describe(illustration=made, alt={"en": alt}, credit="Tunduk", focus=(30, 50), by=by, at=NOW)
    return made


def refusal(act: Any, **asked: Any) -> Refusal:
    with pytest.raises(Denied) as denied:
        act(**asked)
    return denied.value.refusal


def test_cover_is_brought_described_and_seen_once_the_article_is_public(tunduk, aigul):
    article = news.draft("first", tunduk)
    client = client_of(aigul)

    client.post(PLACE, {"picture": drawn(), "cover": ""})
    one = Illustration.objects.get()
    address = f"/pictures/{one.picture.file.code}/320.jpg"
    assert (client.get(address).status_code, client_of().get(address).status_code) == (200, 404)
    client.post("/en/newsroom/first/publish/")
    assert "Languages still without a description: English." in client.get("/en/newsroom/first/").content.decode()
    client.post(
        f"{PLACE}{one.pk}/", {"alt_en": "A yard in the evening", "credit": "Tunduk", "focus_x": 30, "focus_y": 50}
    )
    with at(NOW):
        client.post("/en/newsroom/first/publish/")
        page = client_of().get("/en/news/first/").content.decode()
        assert client_of().get(address).status_code == 200

    assert 'alt="A yard in the evening"' in page
    assert 'data-focus-x="30"' in page
    assert f"/pictures/{one.picture.file.code}/share.jpg" in page
    assert "yard in the evening" not in client_of().get("/en/news/").content.decode()  # beside its title it is silent
    assert Article.objects.get(pk=article.pk).published_at == NOW


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (drawn(10_000, 6_000), "60"),
        (
            SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            "JPEG",
        ),
        (SimpleUploadedFile("x.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "do not match"),
    ],
)
def test_pictures_that_no_page_may_show_are_refused_with_a_sentence(sent, sentence, tunduk, aigul):
    news.draft("first", tunduk)

    response = client_of(aigul).post(PLACE, {"picture": sent})

    assert response.status_code == 422
    error = response.content.decode().partition('id="id_picture_error"')[2].partition("</p>")[0]
    assert sentence in error
    assert not StoredFile.objects.exists()


def test_text_shows_pictures_of_its_own_article_alone(tunduk, aigul):
    article, other = news.draft("first", tunduk), news.draft("other", tunduk)
    mine, foreign = brought(article, aigul, cover=False, alt="Mine"), brought(other, aigul, alt="Foreign")
    lines = [f"![A caption](picture:{one.picture.file.code})" for one in (mine, foreign)]
    body = "\n\n".join(["Before", *lines, "![x](https://example.org/x.png)", "<script>alert(1)</script>", "After"])
    writing.save_text(article=article, language="en", title="T", lead="", body=body, by=aigul, at=NOW)
    publishing.publish(article=article, by=aigul, at=NOW)

    with at(NOW):
        page = client_of().get("/en/news/first/").content.decode()
        feed = client_of().get("/en/news/feed.json").json()["items"][0]["content_html"]

    prose = page.partition('<div class="prose"')[2].partition("</article>")[0]
    assert (prose.count("<img"), 'alt="Mine"' in prose, "A caption · Tunduk" in prose) == (1, True, True)
    assert "<script>alert" not in page
    assert ("Before" in feed, "After" in feed, "picture:" in feed) == (True, True, False)


def test_picture_stays_while_a_text_names_it_and_goes_with_its_file(tunduk, aigul):
    article = news.draft("first", tunduk)
    one = brought(article, aigul, cover=False, alt="A yard")
    save = {"article": article, "language": "en", "title": "T", "lead": "", "by": aigul, "at": NOW}
    writing.save_text(body=f"![](picture:{one.picture.file.code})", **save)
    fresh = Illustration.objects.select_related("article", "picture__file").get()

    assert refusal(pictures.take_away, illustration=fresh, by=aigul, at=NOW).code == "picture_in_text"
    writing.save_text(body="Text", **save)
    fresh = Illustration.objects.select_related("article", "picture__file").get()
    pictures.take_away(illustration=fresh, by=aigul, at=NOW)
    assert not StoredFile.objects.exists()


def test_a_public_article_gets_a_cover_only_once_it_is_described(tunduk, aigul):
    article = news.article("first", tunduk)
    one = brought(article, aigul)

    assert not one.is_cover
    assert refusal(pictures.make_cover, illustration=one, by=aigul, at=NOW) == Refusal(
        "picture_undescribed", {"in_languages": ["en"]}
    )
    pictures.describe(illustration=one, alt={"en": "A yard"}, credit="", focus=(50, 50), by=aigul, at=NOW)
    assert pictures.make_cover(illustration=one, by=aigul, at=NOW).is_cover
    assert refusal(pictures.bring, article=article, upload=drawn(), cover=False, by=news.person(), at=NOW) == Refusal(
        "not_your_newsroom"
    )


def test_deleted_draft_takes_its_pictures_along(tunduk, aigul):
    article = news.draft("first", tunduk)
    brought(article, aigul)

    writing.delete_article(article=article, by=aigul, at=NOW)

    assert not StoredFile.objects.exists()


def test_pictures_belong_to_their_article(tunduk, aigul):
    news.draft("first", tunduk)
    one = brought(news.draft("other", tunduk), aigul)

    assert client_of(aigul).get(f"{PLACE}{one.pk}/").status_code == 404
    assert client_of(aigul).get(f"/en/newsroom/other/pictures/{one.pk}/").status_code == 200
