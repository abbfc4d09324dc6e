"""The pages where articles are written."""

import re

import pytest

from kinolab.labs.domain.roles import Role
from kinolab.news.models import Article, Rubric
from tests.factories import films, news
from tests.factories.news import NOW
from tests.kit import at, client_of, same_cost

PAGES = ["/en/newsroom/", "/en/newsroom/new/", "/en/newsroom/first/", "/en/newsroom/first/text/ky/"]


@pytest.mark.parametrize("page", PAGES)
def test_newsroom_is_for_those_who_write(page, tunduk, aigul):
    news.article("first", tunduk)
    juror = news.member("Saule", Role.JUROR, tunduk)
    other = news.member("Bermet", Role.OWNER, news.organisation("other"))
    farrukh = news.person("Farrukh")
    about_one = "first" in page

    assert client_of(aigul).get(page).status_code == 200
    assert client_of(juror).get(page).status_code == 403
    assert client_of(other).get(page).status_code == (404 if about_one else 200)
    assert client_of(farrukh).get(page).status_code == 404
    assert client_of().get(page).status_code == 302


def test_list_shows_drafts_first_and_what_is_not_translated(tunduk, aigul):
    news.article("public", tunduk, languages="ky ru en")
    news.draft("draft", tunduk, languages="ru")
    news.draft("foreign", news.organisation("other"))

    page = client_of(aigul).get("/en/newsroom/").content.decode()

    assert page.index("Title draft ru") < page.index("Title public en")
    assert "Title foreign" not in page
    assert 'href="/en/newsroom/draft/text/ky/">Kyrgyz</a>' in page
    assert 'href="/en/newsroom/draft/text/en/">English</a>' in page
    assert "/newsroom/draft/text/ru/" not in page


def test_article_at_work_shows_how_far_each_language_is(tunduk, aigul):
    news.draft("first", tunduk, languages="ru", title={"ru": "Название", "ky": "Аты"})

    page = client_of(aigul).get("/en/newsroom/first/").content.decode()
    told = re.findall(r'/text/(\w\w)/">.*?</a>\s*(.*?)</li>', page, flags=re.DOTALL)

    assert {tag: " ".join(re.sub("<[^>]+>", " ", words).split()) for tag, words in told} == {
        "ru": "the original complete",
        "ky": "title or text missing",
        **dict.fromkeys(["kk", "uz", "tg", "tk", "en"], "not written"),
    }


def test_list_costs_the_same_with_one_article_and_with_three(tunduk, aigul):
    edition = news.edition(tunduk)
    news.article("first", tunduk, edition=edition)
    client, numbers = client_of(aigul), iter("234567")

    same_cost(lambda: client.get("/en/newsroom/"), lambda: news.article(f"m{next(numbers)}", tunduk, edition=edition))


def test_coordinator_of_one_edition_sees_and_writes_its_news_only(tunduk):
    mine, other = news.edition(tunduk, "2026"), news.edition(tunduk, "2027")
    bakyt = news.member("Bakyt", Role.COORDINATOR, tunduk, mine)
    news.article("mine", tunduk, edition=mine)
    news.article("theirs", tunduk, edition=other)
    client = client_of(bakyt)

    assert client.get("/en/newsroom/mine/").status_code == 200
    assert client.get("/en/newsroom/theirs/").status_code == 403
    assert "Title theirs" not in client.get("/en/newsroom/").content.decode()
    assert "Impact Lab 2027" not in client.get("/en/newsroom/new/").content.decode()


def test_writing_an_article_leads_to_its_text(tunduk, aigul):
    sent = {"kind": "article", "title": "Биринчи жаңылык", "language": "ky", "about": f"organisation-{tunduk.pk}"}

    response = client_of(aigul).post("/en/newsroom/new/", sent)

    written = Article.objects.get()
    assert response["Location"] == f"/en/newsroom/{written.slug}/text/ky/"
    assert (written.slug, dict(written.title), written.published_at) == (
        "birinchi-zhangylyk",
        {"ky": "Биринчи жаңылык"},
        None,
    )


def test_article_without_a_title_is_refused_and_nothing_typed_is_lost(tunduk, aigul):
    response = client_of(aigul).post(
        "/en/newsroom/new/", {"title": "", "language": "ru", "about": f"organisation-{tunduk.pk}"}
    )

    assert response.status_code == 422
    assert '<option value="ru" selected>' in response.content.decode()
    assert not Article.objects.exists()


def test_text_of_one_language_is_saved_and_the_page_says_so(tunduk, aigul):
    news.draft("first", tunduk, languages="ru")
    client = client_of(aigul)

    response = client.post("/en/newsroom/first/text/ky/", {"title": "Аты", "lead": "", "body": "Текст"})

    assert response["Location"] == "/en/newsroom/first/"
    assert dict(Article.objects.get().title) == {"ru": "Title first ru", "ky": "Аты"}
    assert "Saved." in client.get("/en/newsroom/first/").content.decode()


def test_emptying_the_only_text_of_a_public_article_is_refused_with_what_was_typed(tunduk, aigul):
    news.article("first", tunduk)

    response = client_of(aigul).post("/en/newsroom/first/text/en/", {"title": "Kept title", "lead": "", "body": ""})

    assert response.status_code == 422
    assert "An article is published with a title and a text in at least one language." in response.content.decode()
    assert 'value="Kept title"' in response.content.decode()
    assert Article.objects.get().body["en"] == "Text first en"


def test_text_in_a_language_we_do_not_have_is_not_there(tunduk, aigul):
    news.draft("first", tunduk)

    assert client_of(aigul).get("/en/newsroom/first/text/fr/").status_code == 404


def test_settings_are_saved_at_the_new_address(tunduk, aigul):
    news.draft("first", tunduk)
    edition = news.edition(tunduk)
    sent = {"slug": "second", "edition": str(edition.pk), "source_url": "https://example.org/a"}

    response = client_of(aigul).post("/en/newsroom/first/", sent)

    assert response["Location"] == "/en/newsroom/second/"
    assert Article.objects.values_list("slug", "edition", "source_url").get() == (
        "second",
        edition.pk,
        "https://example.org/a",
    )


def test_an_address_that_is_taken_is_refused_beside_its_field(tunduk, aigul):
    news.draft("first", tunduk)
    news.draft("second", tunduk)

    response = client_of(aigul).post("/en/newsroom/first/", {"slug": "second", "edition": "", "source_url": ""})

    assert response.status_code == 422
    assert (
        "Another article already has the address second. Free is, for example, second-2." in response.content.decode()
    )


def test_publishing_by_the_page_and_taking_it_off_again(tunduk, aigul):
    news.draft("first", tunduk)
    client = client_of(aigul)

    client.post("/en/newsroom/first/publish/")
    assert client_of().get("/en/news/first/").status_code == 200
    client.post("/en/newsroom/first/unpublish/")
    assert client_of().get("/en/news/first/").status_code == 404


def test_a_draft_that_lacks_its_text_shows_why_it_cannot_be_published(tunduk, aigul):
    news.draft("first", tunduk, body={})
    client = client_of(aigul)

    assert "An article is published with a title and a text" in client.get("/en/newsroom/first/").content.decode()
    client.post("/en/newsroom/first/publish/")
    assert Article.objects.get().published_at is None


def test_deleting_is_for_drafts(tunduk, aigul):
    news.article("public", tunduk)
    news.draft("draft", tunduk)
    client = client_of(aigul)

    client.post("/en/newsroom/public/delete/")
    client.post("/en/newsroom/draft/delete/")

    assert [one.slug for one in Article.objects.all()] == ["public"]


def test_whoever_comes_by_looking_to_an_act_is_led_to_its_article(tunduk, aigul):
    """As one does who signs in again in the middle of it, or changes the language where it was refused."""
    news.draft("first", tunduk)

    answer = client_of(aigul).get("/ky/newsroom/first/schedule/", headers={"accept": "text/html"})

    assert (answer.status_code, answer["Location"]) == (302, "/ky/newsroom/first/")


@pytest.mark.parametrize("act", ["publish", "unpublish", "delete"])
def test_acts_are_never_done_by_a_link(act, tunduk, aigul):
    news.draft("first", tunduk)

    assert client_of(aigul).get(f"/en/newsroom/first/{act}/").status_code == 405
    assert client_of(news.person()).post(f"/en/newsroom/first/{act}/").status_code == 404


# --- Together, later, by rubric --------------------------------------------------------------------------------------
def test_two_who_change_one_place_see_both_texts_and_the_second_save_decides(tunduk, aigul):
    news.draft("first", tunduk, numbers={"en": 2})
    client = client_of(aigul)
    sent = {"title": "Mine", "lead": "", "body": "Text first en", "seen": "1"}

    met = client.post("/en/newsroom/first/text/en/", sent)

    assert met.status_code == 422
    assert "Somebody changed the same place while you were writing." in met.content.decode()
    assert '<p class="pre" lang="en">Title first en</p>' in met.content.decode()
    assert 'name="seen" value="2"' in met.content.decode()
    client.post("/en/newsroom/first/text/en/", sent | {"seen": "2"})
    assert Article.objects.get().title["en"] == "Mine"


def test_translator_sees_what_changed_in_the_original_word_by_word(tunduk, aigul):
    article = news.draft("first", tunduk, languages="ru ky", numbers={"ru": 2, "ky": 1})
    article.versions.create(language="ru", number=1, title="Title first", body="Text first ru", saved_at=NOW)

    page = client_of(aigul).get("/en/newsroom/first/text/ky/").content.decode()

    assert "The original has changed since this translation was made." in page
    assert re.findall(r"<ins>.*?</span>(.*?)<span", page) == [" ru"]
    assert "outdated" in client_of(aigul).get("/en/newsroom/").content.decode()


def test_scheduling_in_a_skipped_hour_says_when_it_will_appear(aigul, tunduk):
    tunduk.timezone = "Europe/Berlin"
    tunduk.save()
    news.draft("first", tunduk)
    client = client_of(aigul)

    with at(NOW):
        client.post("/en/newsroom/first/schedule/", {"day": "2027-03-28", "time": "02:30"})
        page = client.get("/en/newsroom/first/").content.decode()

    assert "Scheduled. It appears by itself: 28 March 2027, 03:30 (Berlin, UTC+2)." in page
    assert "skip the time that you wrote" in page
    past = client.post("/en/newsroom/first/schedule/", {"day": "2020-01-01", "time": "09:00"})
    assert past.status_code == 422
    assert "This time is past." in past.content.decode()


def test_title_of_300_letters_is_refused_and_kept(tunduk, aigul):
    news.draft("first", tunduk)

    response = client_of(aigul).post("/en/newsroom/first/text/en/", {"title": "Ң" * 300, "lead": "", "body": "T"})

    assert response.status_code == 422
    assert f'value="{"Ң" * 300}"' in response.content.decode()


def test_rubrics_are_added_renamed_and_taken_out(tunduk, aigul):
    client, place = client_of(aigul), "/en/newsroom/organisations/tunduk/"

    client.post(place, {"slug": "films", "en": "Films"})
    one = Rubric.objects.get()
    client.post(f"{place}rubrics/{one.pk}/", {"en": "All films", "ru": "Фильмы"})
    assert dict(Rubric.objects.get().name) == {"en": "All films", "ru": "Фильмы"}
    assert client.post(place, {"slug": "empty"}).status_code == 422
    client.post(f"{place}rubrics/{one.pk}/", {"delete": "yes"})
    assert not Rubric.objects.exists()
    client.post(f"{place}two/", {"second_eyes": "yes"})
    assert "goes out once somebody else has read" in client.get(place).content.decode()


def test_what_an_article_is_about_is_found_by_name_and_added(tunduk, aigul):
    film = films.film(of=tunduk, title={"ru": "Алматы, я люблю тебя!"})
    article = news.draft("first", tunduk)
    client = client_of(aigul)

    found = client.get("/en/newsroom/first/?find=almaty").content.decode()
    assert "Алматы, я люблю тебя!" in found
    client.post("/en/newsroom/first/about/", {"kind": "films", "number": str(film.pk)})
    assert list(article.films.all()) == [film]
    assert "Nothing of this name" in client.get("/en/newsroom/first/?find=almaty").content.decode()


def test_steps_ask_send_back_and_correct_by_their_forms(tunduk, aigul):
    news.draft("first", tunduk)
    client = client_of(aigul)

    client.post("/en/newsroom/first/ask/", {"of": ""})
    assert client.post("/en/newsroom/first/send_back/", {"remark": ""}).status_code == 422
    client.post("/en/newsroom/first/send_back/", {"remark": "Shorter"})
    assert Article.objects.get().remark == "Shorter"
    client.post("/en/newsroom/first/publish/")
    assert client.post("/en/newsroom/first/correct/", {"correct-en": ""}).status_code == 422
    client.post("/en/newsroom/first/correct/", {"correct-en": "Not 5, but 6"})
    assert "Not 5, but 6" in client.get("/en/newsroom/first/").content.decode()
    assert client.post("/en/newsroom/first/nonsense/").status_code == 404
