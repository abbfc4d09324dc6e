import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.news.domain.articles import (
    MINUTE_OF_READING,
    SLUG_LONGEST,
    complete_languages,
    minutes_to_read,
    slug_from,
    why_not_publish,
)

TITLES = {"ky": "Жыйынтык", "ru": "Итоги", "en": " "}
BODIES = {"ky": "Текст", "en": "Text", "ru": ""}


def test_languages_when_title_or_text_lacks_are_not_complete() -> None:
    assert complete_languages(TITLES, BODIES) == ("ky",)


def test_publish_when_no_language_is_complete_is_refused() -> None:
    assert why_not_publish(TITLES, BODIES) is None
    assert why_not_publish(TITLES, {"ru": ""}) == Refusal("article_incomplete")


@pytest.mark.parametrize(
    ("title", "taken", "slug"),
    [
        ("Өтүнмөлөрдү кабыл алуу башталды!", (), "otunmolordu-kabyl-aluu-bashtaldy"),
        ("Объявлены итоги — 2024", (), "obyavleny-itogi-2024"),
        ("New", (), "new-2"),
        ("Feed", ["feed-2"], "feed-3"),
        ("Results", ["results", "results-2"], "results-3"),
        ("电影", (), "article"),
        ("a" * 60, ["a" * 50], "a" * 48 + "-2"),
    ],
)
def test_slug_when_made_of_a_title_is_latin_and_free(title: str, taken: tuple[str, ...], slug: str) -> None:
    assert slug_from(title, taken) == slug


@given(st.text(), st.sets(st.text("ab-", max_size=5)))
def test_slug_when_made_of_anything_is_a_short_free_address(title: str, taken: set[str]) -> None:
    slug = slug_from(title, taken)

    assert 0 < len(slug) <= SLUG_LONGEST
    assert slug not in taken
    assert slug.isascii()
    assert slug.replace("-", "a").isalnum()


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (MINUTE_OF_READING, 1), (MINUTE_OF_READING * 3, 3)])
def test_minutes_when_a_text_is_short_are_at_least_one(words: int, minutes: int) -> None:
    assert minutes_to_read("сөз " * words) == minutes
