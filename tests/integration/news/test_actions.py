"""What the newsroom's actions change, record and refuse."""

from datetime import timedelta
from typing import Any

import pytest

from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import Role
from kinolab.news.actions import publishing, rubrics, writing
from kinolab.news.models import Article, Rubric
from kinolab.news.queries import newsroom as queries
from kinolab.news.queries import public
from tests.factories import news
from tests.factories.news import NOW

LATER = NOW + timedelta(hours=1)


def record() -> list[tuple[str, Any, Any, str]]:
    return [(entry.verb, entry.before, entry.after, entry.scope) for entry in Entry.objects.order_by("pk")]


def refused(**asked: Any) -> str:
    """The code of the refusal of `act(**asked)`."""
    act = asked.pop("act")
    with pytest.raises(Denied) as denied:
        act(**asked)
    return denied.value.refusal.code


def test_write_article_begins_a_draft_and_records_it(tunduk, aigul):
    written = writing.write_article(organisation=tunduk, language="ru", title="Новость", by=aigul, at=NOW)

    assert (written.slug, dict(written.title), written.published_at, written.changed_at) == (
        "novost",
        {"ru": "Новость"},
        None,
        NOW,
    )
    assert record() == [("written", None, {"slug": "novost", "title": {"ru": "Новость"}}, f"organisation:{tunduk.pk}")]


def test_write_article_gives_each_its_own_address(tunduk, aigul):
    told = {"organisation": tunduk, "language": "ru", "title": "Новость", "by": aigul, "at": NOW}

    assert [writing.write_article(**told).slug for _ in range(3)] == ["novost", "novost-2", "novost-3"]
    assert refused(act=writing.write_article, slug="novost", **told) == "slug_taken"


def test_write_article_is_refused_to_those_who_may_not(tunduk):
    told = {"organisation": tunduk, "language": "ru", "title": "Новость", "at": NOW}
    edition = news.edition(tunduk)
    bakyt = news.member("Bakyt", Role.COORDINATOR, tunduk, edition)

    assert refused(act=writing.write_article, by=news.person("Farrukh"), **told) == "not_your_newsroom"
    assert refused(act=writing.write_article, by=bakyt, **told) == "not_your_newsroom"
    assert writing.write_article(by=bakyt, edition=edition, **told).edition == edition


def test_save_text_changes_one_language_and_records_what_changed(tunduk, aigul):
    article = news.draft("first", tunduk, languages="ru ky")

    writing.save_text(article=article, language="ky", title="Жаңы", lead="", body="Text first ky", by=aigul, at=LATER)

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

    writing.save_text(
        article=article, language="en", title="Title first en", lead="", body="Text first en", by=aigul, at=LATER
    )

    assert Article.objects.get().changed_at == NOW
    assert record() == []


def test_two_people_writing_two_languages_both_keep_their_words(tunduk, aigul):
    hers, his = (news.draft("first", tunduk, languages="ru"), Article.objects.get())

    writing.save_text(article=hers, language="ky", title="Аты", lead="", body="", by=aigul, at=NOW)
    writing.save_text(article=his, language="en", title="Title", lead="", body="", by=aigul, at=LATER)

    assert dict(Article.objects.get().title) == {"ru": "Title first ru", "ky": "Аты", "en": "Title"}


def test_save_text_does_not_empty_a_public_article(tunduk, aigul):
    article = news.article("first", tunduk)
    empty = {"language": "en", "title": "", "lead": "", "body": "", "by": aigul, "at": LATER}

    assert refused(act=writing.save_text, article=article, **empty) == "article_incomplete"
    assert str(Article.objects.get().title) == "Title first en"


def test_publish_is_public_at_once_and_recorded_once(tunduk, aigul):
    article = news.draft("first", tunduk)

    publishing.publish(article=article, by=aigul, at=NOW)
    publishing.publish(article=article, by=aigul, at=LATER)

    kept = Article.objects.get()
    assert (kept.published_at, kept.published_by) == (NOW, aigul)
    assert [entry[0] for entry in record()] == ["published"]


def test_publish_needs_a_title_and_a_text_in_one_language(tunduk, aigul):
    article = news.draft("first", tunduk, title={"ru": "Название"}, body={"ky": "Текст"})

    assert refused(act=publishing.publish, article=article, by=aigul, at=NOW) == "article_incomplete"


def test_unpublish_makes_it_a_draft_again(tunduk, aigul):
    article = news.article("first", tunduk)

    publishing.unpublish(article=article, by=aigul, at=LATER)
    publishing.unpublish(article=article, by=aigul, at=LATER)

    assert Article.objects.get().published_at is None
    assert [entry[0] for entry in record()] == ["unpublished"]


def test_delete_keeps_the_words_in_the_record(tunduk, aigul):
    writing.delete_article(article=news.draft("first", tunduk), by=aigul, at=NOW)

    assert not Article.objects.exists()
    assert record() == [
        ("deleted", {"slug": "first", "title": {"en": "Title first en"}}, None, f"organisation:{tunduk.pk}")
    ]


def test_delete_of_a_public_article_is_refused(tunduk, aigul):
    assert (
        refused(act=writing.delete_article, article=news.article("first", tunduk), by=aigul, at=NOW)
        == "article_published"
    )


# --- Translations and two people at once -----------------------------------------------------------------------------
def save(article: Any, language: str, by: Any, at: Any = LATER, **texts: Any) -> Article:
    told = queries.text_of(article, language) | {"title": f"Title {language}"} | texts
    return writing.save_text(article=article, language=language, by=by, at=at, **told)


def test_translation_is_outdated_once_the_original_changes_until_somebody_looks_at_it(tunduk, aigul):
    article = news.draft("first", tunduk, languages="ru ky")
    kept = save(article, "ru", aigul, body="Новый текст")

    assert (kept.numbers, kept.made_from, sorted(kept.complete)) == (
        {"ru": 2, "ky": 1},
        {"ky": 1},
        ["ky", "ru"],
    )
    assert [one.is_changed for one in queries.beside(kept, "ky").changes] == [True, False, True]
    right = writing.still_right(article=kept, language="ky", by=aigul, at=LATER)
    assert (right.numbers, right.made_from) == ({"ru": 2, "ky": 2}, {"ky": 2})


def test_a_slip_of_the_pen_leaves_translations_as_they_are(tunduk, aigul):
    article = news.draft("first", tunduk, languages="ru ky")

    assert save(article, "ru", aigul, body="Text first, ru", slip=True).made_from == {"ky": 2}


def test_two_people_in_one_text_are_put_together_and_what_meets_is_told_apart(tunduk, aigul):
    article = writing.write_article(organisation=tunduk, language="ru", title="Один два три", by=aigul, at=NOW)
    hers = save(article, "ru", aigul, title="Один два три", body="Первый.\n\nВторой.\n", seen=1)
    save(hers, "ru", aigul, title="Один два три", body="Первый!\n\nВторой.\n", seen=2)

    kept = save(hers, "ru", aigul, title="Один два три", body="Первый.\n\nВторой!\n", seen=2)
    assert kept.body["ru"] == "Первый!\n\nВторой!\n"
    assert refused(
        act=writing.save_text, article=hers, language="ru", title="Один два три", lead="", by=aigul, at=LATER, seen=2,
        body="Иной.\n\nВторой.\n",
    ) == "article_changed_meanwhile"  # fmt: skip
    assert Article.objects.get().body["ru"] == "Первый!\n\nВторой!\n"


# --- A second pair of eyes -------------------------------------------------------------------------------------------
@pytest.fixture
def two_wanted(tunduk, aigul) -> Any:
    rubrics.set_practice(organisation=tunduk, second_eyes=True, by=aigul, at=NOW)
    return news.member("Bakyt", Role.OWNER, tunduk)


def test_article_goes_out_once_a_colleague_has_approved_it(tunduk, aigul, two_wanted):
    article = save(writing.write_article(organisation=tunduk, language="en", title="T", by=aigul, at=NOW),
                   "en", aigul, body="Text")  # fmt: skip

    assert refused(act=publishing.publish, article=article, by=aigul, at=NOW) == "second_eyes_wanted"
    asked = publishing.ask(article=article, of=two_wanted, by=aigul, at=NOW)
    assert [letter.to_email for letter in Letter.objects.all()] == ["bakyt@example.org"]
    assert refused(act=publishing.publish, article=asked, by=aigul, at=NOW) == "article_waits"
    assert refused(act=publishing.approve, article=asked, by=aigul, at=NOW) == "own_article"
    approved = publishing.approve(article=asked, by=two_wanted, at=NOW)
    assert publishing.publish(article=approved, by=aigul, at=LATER).published_at == LATER
    assert Letter.objects.count() == 2


def test_an_approval_lapses_with_the_text_and_takes_the_schedule_along(tunduk, aigul, two_wanted):
    article = news.draft("first", tunduk, approved_at=NOW, approved_by=two_wanted)
    article = publishing.schedule(article=article, to_appear=LATER, by=aigul, at=NOW)

    assert save(article, "en", two_wanted, NOW, body="His").published_at == LATER
    kept = save(article, "en", aigul, NOW, body="Hers")
    assert (kept.approved_at, kept.published_at, kept.published_by) == (None, None, None)


def test_sent_back_comes_with_what_is_to_be_changed(tunduk, aigul, two_wanted):
    asked = publishing.ask(article=news.draft("first", tunduk), of=None, by=aigul, at=NOW)

    kept = publishing.send_back(article=asked, remark="Shorter, please", by=two_wanted, at=LATER)

    assert (kept.remark, kept.asked_at) == ("Shorter, please", None)
    assert "Shorter, please" in Letter.objects.get().body
    assert refused(act=publishing.send_back, article=kept, remark="", by=aigul, at=NOW) == "article_stands_elsewhere"


def test_asking_is_of_a_colleague_and_about_a_whole_text(tunduk, aigul):
    stranger = news.person("Farrukh")
    whole, empty = news.draft("first", tunduk), news.draft("empty", tunduk, body={})

    assert refused(act=publishing.ask, article=whole, of=stranger, by=aigul, at=NOW) == "not_a_colleague"
    assert refused(act=publishing.ask, article=empty, of=None, by=aigul, at=NOW) == "article_incomplete"


# --- Later, corrected, archived --------------------------------------------------------------------------------------
def test_scheduled_article_appears_by_itself_at_its_instant(tunduk, aigul):
    article = publishing.schedule(article=news.draft("first", tunduk), to_appear=LATER, by=aigul, at=NOW)

    assert refused(act=publishing.schedule, article=article, to_appear=NOW, by=aigul, at=NOW) == "instant_past"
    assert [list(public.published(at)) for at in (NOW, LATER)] == [[], [article]]
    assert public.feed_changed(LATER) == LATER


def test_archived_article_leaves_the_lists_and_keeps_its_address(tunduk, aigul):
    article = news.article("first", tunduk)
    assert refused(act=publishing.restore, article=article, by=aigul, at=NOW) == "article_stands_elsewhere"

    publishing.archive(article=article, by=aigul, at=LATER)

    assert (list(public.published(LATER)), list(public.reachable(LATER))) == ([], [article])
    publishing.restore(article=article, by=aigul, at=LATER)
    assert list(public.published(LATER)) == [article]


def test_correction_says_in_one_language_at_least_what_was_wrong(tunduk, aigul):
    article = news.article("first", tunduk)

    assert refused(act=publishing.correct, article=article, text={"en": " "}, by=aigul, at=NOW) == "correction_empty"
    assert dict(publishing.correct(article=article, text={"ru": "Не 5, а 6"}, by=aigul, at=NOW).text) == {
        "ru": "Не 5, а 6"
    }


# --- Rubrics and relations -------------------------------------------------------------------------------------------
def test_rubrics_are_their_organisations_own(tunduk, aigul):
    told = {"organisation": tunduk, "slug": "labs", "name": {"en": "Labs"}, "at": NOW}
    labs = rubrics.add_rubric(by=aigul, **told)
    bakyt = news.member("Bakyt", Role.COORDINATOR, tunduk)
    foreign = Rubric.objects.create(organisation=news.organisation("other"), slug="labs", name={"en": "L"}, order=1)
    article = news.draft("first", tunduk)

    assert refused(act=rubrics.add_rubric, by=aigul, **told) == "rubric_taken"
    assert refused(act=rubrics.add_rubric, by=bakyt, **told) == "not_your_practice"
    change = {"act": writing.change_article, "article": article, "by": aigul, "at": NOW}
    assert refused(settings=writing.Settings(slug="first", rubric=foreign), **change) == "rubric_of_others"
    writing.change_article(article=article, settings=writing.Settings(slug="first", rubric=labs), by=aigul, at=NOW)
    assert refused(act=rubrics.delete_rubric, rubric=labs, by=aigul, at=NOW) == "rubric_used"


def test_an_address_that_is_taken_comes_with_a_free_one(tunduk, aigul):
    news.draft("second", tunduk)
    with pytest.raises(Denied) as denied:
        writing.change_article(
            article=news.draft("first", tunduk), settings=writing.Settings(slug="second"), by=aigul, at=NOW
        )

    assert denied.value.refusal == Refusal("slug_taken", {"slug": "second", "free": "second-2"})


def test_what_an_article_is_about_is_recorded_once_and_told_to_the_edition(tunduk, aigul):
    article, edition = news.article("first", tunduk), news.edition(tunduk)

    for _ in range(2):
        writing.relate(article=article, to=edition, by=aigul, at=NOW)
    assert [story.url for story in public.stories_of(edition, NOW)] == ["/en/news/first/"]
    writing.part(article=article, to=edition, by=aigul, at=NOW)
    assert public.stories_of(edition, NOW) == []
    assert len(record()) == 2


def test_change_article_moves_it_to_another_edition(tunduk, aigul):
    article, edition = news.draft("first", tunduk), news.edition(tunduk)

    writing.change_article(
        article=article, settings=writing.Settings(slug="second", edition=edition), by=aigul, at=LATER
    )

    assert (Article.objects.get().slug, Article.objects.get().edition) == ("second", edition)
    assert record()[0][3] == f"edition:{edition.pk}"


@pytest.mark.parametrize("act", [publishing.publish, publishing.unpublish, publishing.approve, writing.delete_article])
def test_acts_of_a_stranger_are_refused(act, tunduk):
    article = news.draft("first", tunduk)

    assert refused(act=act, article=article, by=news.person(), at=NOW) == "not_your_newsroom"
