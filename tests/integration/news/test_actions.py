"""What the newsroom's actions change, record and refuse."""

from datetime import timedelta
from typing import Any

import pytest

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.news import actions
from kinolab.news.models import Article
from tests.factories import news
from tests.factories.news import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def tunduk() -> Any:
    return news.organisation("tunduk")


@pytest.fixture
def aigul(tunduk: Any) -> Any:
    return news.aigul(tunduk)


def record() -> list[tuple[str, Any, Any, str]]:
    return [(entry.verb, entry.before, entry.after, entry.scope) for entry in Entry.objects.order_by("pk")]


def refused(**asked: Any) -> str:
    """The code of the refusal of `act(**asked)`."""
    act = asked.pop("act")
    with pytest.raises(Denied) as denied:
        act(**asked)
    return denied.value.refusal.code


def test_write_article_begins_a_draft_and_records_it(tunduk, aigul):
    written = actions.write_article(organisation=tunduk, language="ru", title="Новость", by=aigul, at=NOW)

    assert (written.slug, dict(written.title), written.published_at, written.changed_at) == (
        "novost",
        {"ru": "Новость"},
        None,
        NOW,
    )
    assert record() == [("written", None, {"slug": "novost", "title": {"ru": "Новость"}}, f"organisation:{tunduk.pk}")]


def test_write_article_gives_each_its_own_address(tunduk, aigul):
    told = {"organisation": tunduk, "language": "ru", "title": "Новость", "by": aigul, "at": NOW}

    assert [actions.write_article(**told).slug for _ in range(3)] == ["novost", "novost-2", "novost-3"]
    assert refused(act=actions.write_article, slug="novost", **told) == "slug_taken"


def test_write_article_is_refused_to_those_who_may_not(tunduk):
    told = {"organisation": tunduk, "language": "ru", "title": "Новость", "at": NOW}
    edition = news.edition(tunduk)
    bakyt = news.member("Bakyt", Role.COORDINATOR, tunduk, edition)

    assert refused(act=actions.write_article, by=news.person("Farrukh"), **told) == "not_your_newsroom"
    assert refused(act=actions.write_article, by=bakyt, **told) == "not_your_newsroom"
    assert actions.write_article(by=bakyt, edition=edition, **told).edition == edition


def test_save_text_changes_one_language_and_records_what_changed(tunduk, aigul):
    article = news.draft("first", tunduk, languages="ru ky")

    actions.save_text(article=article, language="ky", title="Жаңы", lead="", body="Text first ky", by=aigul, at=LATER)

    kept = Article.objects.get()
    assert (dict(kept.title), dict(kept.body)) == (
        {"ru": "Title first ru", "ky": "Жаңы"},
        {"ru": "Text first ru", "ky": "Text first ky"},
    )
    assert kept.changed_at == LATER
    assert record() == [
        ("changed", {"title": {"ky": "Title first ky"}}, {"title": {"ky": "Жаңы"}}, f"organisation:{tunduk.pk}")
    ]


def test_save_text_with_nothing_new_writes_nothing(tunduk, aigul):
    article = news.draft("first", tunduk)

    actions.save_text(
        article=article, language="en", title="Title first en", lead="", body="Text first en", by=aigul, at=LATER
    )

    assert Article.objects.get().changed_at == NOW
    assert record() == []


def test_two_people_writing_two_languages_both_keep_their_words(tunduk, aigul):
    hers, his = (news.draft("first", tunduk, languages="ru"), Article.objects.get())

    actions.save_text(article=hers, language="ky", title="Аты", lead="", body="", by=aigul, at=NOW)
    actions.save_text(article=his, language="en", title="Title", lead="", body="", by=aigul, at=LATER)

    assert dict(Article.objects.get().title) == {"ru": "Title first ru", "ky": "Аты", "en": "Title"}


def test_save_text_does_not_empty_a_public_article(tunduk, aigul):
    article = news.article("first", tunduk)
    empty = {"language": "en", "title": "", "lead": "", "body": "", "by": aigul, "at": LATER}

    assert refused(act=actions.save_text, article=article, **empty) == "article_incomplete"
    assert str(Article.objects.get().title) == "Title first en"


def test_publish_is_public_at_once_and_recorded_once(tunduk, aigul):
    article = news.draft("first", tunduk)

    actions.publish(article=article, by=aigul, at=NOW)
    actions.publish(article=article, by=aigul, at=LATER)

    kept = Article.objects.get()
    assert (kept.published_at, kept.published_by) == (NOW, aigul)
    assert [entry[0] for entry in record()] == ["published"]


def test_publish_needs_a_title_and_a_text_in_one_language(tunduk, aigul):
    article = news.draft("first", tunduk, title={"ru": "Название"}, body={"ky": "Текст"})

    assert refused(act=actions.publish, article=article, by=aigul, at=NOW) == "article_incomplete"


def test_unpublish_makes_it_a_draft_again(tunduk, aigul):
    article = news.article("first", tunduk)

    actions.unpublish(article=article, by=aigul, at=LATER)
    actions.unpublish(article=article, by=aigul, at=LATER)

    assert Article.objects.get().published_at is None
    assert [entry[0] for entry in record()] == ["unpublished"]


def test_delete_keeps_the_words_in_the_record(tunduk, aigul):
    actions.delete_article(article=news.draft("first", tunduk), by=aigul, at=NOW)

    assert not Article.objects.exists()
    assert record() == [
        ("deleted", {"slug": "first", "title": {"en": "Title first en"}}, None, f"organisation:{tunduk.pk}")
    ]


def test_delete_of_a_public_article_is_refused(tunduk, aigul):
    assert (
        refused(act=actions.delete_article, article=news.article("first", tunduk), by=aigul, at=NOW)
        == "article_published"
    )


def test_change_article_moves_it_to_another_edition(tunduk, aigul):
    article, edition = news.draft("first", tunduk), news.edition(tunduk)

    actions.change_article(article=article, slug="second", edition=edition, source_url="", by=aigul, at=LATER)

    assert (Article.objects.get().slug, Article.objects.get().edition) == ("second", edition)
    assert record()[0][3] == f"edition:{edition.pk}"


@pytest.mark.parametrize("act", ["publish", "unpublish", "delete_article"])
def test_acts_of_a_stranger_are_refused(act, tunduk):
    article = news.draft("first", tunduk)

    assert refused(act=getattr(actions, act), article=article, by=news.person(), at=NOW) == "not_your_newsroom"
