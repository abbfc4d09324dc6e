"""Press kits: what is public, gathered."""

import io
import re
import zipfile
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from kinolab.foundation.files import actions as files
from kinolab.news.actions import pictures
from kinolab.news.queries import press_document
from tests.factories import films, news
from tests.factories.news import NOW
from tests.integration.news.test_pictures import drawn
from tests.kit import at, client_of, same_cost


def archive(path: str) -> zipfile.ZipFile:
    with at(NOW):
        response = client_of().get(path)
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


@pytest.mark.slow
def test_archive_of_a_film_holds_texts_facts_and_pictures_with_their_rights():
    of = news.organisation(contact_email="press@example.org")
    aigul = news.aigul(of)
    film = films.film("almaty", of, title={"ru": "Алматы"}, genres=["drama"], synopsis={"ru": "О городе."})
    films.credit(film, "Aida")
    article = news.article("first", of, languages="ru")
    article.films.add(film)
    one = pictures.bring(article=article, upload=drawn(), cover=False, by=aigul, at=NOW)
    pictures.describe(illustration=one, alt={"ru": "Двор"}, credit="Tunduk, 2026", focus=(50, 50), by=aigul, at=NOW)
    still = files.keep_picture(upload=drawn(500, 500), by=aigul, at=NOW)
    files.describe_picture(picture=still, alt={"ru": "Кадр"}, credit="", focus=(50, 50))
    film.stills.create(picture=still, shown=True)

    kept = archive("/en/press/films/almaty/press.zip")

    texts = [f"almaty/almaty-{tag}.{ending}" for tag in ("ky", "ru", "en") for ending in ("txt", "pdf", "docx")]
    assert kept.namelist() == [
        *texts,
        "almaty/pictures/almaty-01.png",
        "almaty/pictures/almaty-02.png",
        "almaty/pictures/rights.txt",
    ]
    told = kept.read("almaty/almaty-ru.txt").decode()
    assert ("О городе." in told, "Жанры: драма" in told, "Режиссура: Aida" in told, "Text first ru" in told) == (
        True,
    ) * 4
    assert "Text first ru" not in kept.read("almaty/almaty-en.txt").decode()
    assert kept.read("almaty/pictures/rights.txt").decode().split("\n\n") == [
        "almaty-01.png\nRights: ask the organisation.\nКадр",
        "almaty-02.png\nTunduk, 2026\nДвор\n",
    ]
    assert "Алматы" in PdfReader(io.BytesIO(kept.read("almaty/almaty-ru.pdf"))).pages[0].extract_text()
    document = Document(io.BytesIO(kept.read("almaty/almaty-ru.docx")))
    paragraphs = [(one.style.name, one.text) for one in document.paragraphs]
    assert paragraphs == [
        ("Normal", "Киноальманах"),
        ("Title", "Алматы"),
        ("Normal", "О городе."),
        ("Heading 1", "Факты"),
        ("Heading 1", "Title first ru"),
        ("Normal", "Text first ru"),
    ]
    facts = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert (facts["Режиссура"], facts["Контакт"]) == ("Aida", "press@example.org")
    languages = set(re.findall(r'<w:lang w:val="(.*?)"', document.styles.element.xml))
    assert (languages, document.core_properties.language) == ({"ru-RU"}, "ru")


def test_page_of_an_organisation_costs_the_same_with_one_article_and_with_three():
    of = news.organisation("tunduk", about={"en": "A lab"}, contact_email="press@example.org")
    news.article("first", of)
    numbers = iter("2345")

    def visit() -> Any:
        with at(NOW):
            return client_of().get("/en/press/tunduk/")

    assert same_cost(visit, lambda: news.article(f"more{next(numbers)}", of)) == 5
    page = visit().content.decode()
    assert ("A lab" in page, "press@example.org" in page, "Title first en" in page) == (True, True, True)


def test_kit_of_a_draft_is_not_there():
    films.film("hidden", published_at=None)

    assert client_of().get("/en/press/films/hidden/").status_code == 404
    assert client_of().get("/en/press/films/hidden/press.zip").status_code == 404
    assert client_of().get("/en/press/nobody/").status_code == 404


def test_a_document_keeps_every_word_that_a_document_can_hold():
    said = {"language": "tk", "organisation": "Tunduk", "kind": "Kit", "title": "A\x00B", "about": ["a < b & c\x0b"],
            "facts_title": "Facts", "facts": [], "texts": []}  # fmt: skip

    document = Document(io.BytesIO(press_document.docx(said, NOW)))

    assert [one.text for one in document.paragraphs] == ["Kit", "AB", "a < b & c"]
    assert (document.tables, document.core_properties.created) == ([], NOW)
