"""What the search finds, what it never finds, and what it bears."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from kinolab.calls.actions import publishing
from kinolab.catalogue.actions import films as film_actions
from kinolab.catalogue.actions import parts as part_actions
from kinolab.catalogue.actions import people
from kinolab.catalogue.domain.works import AgentKind
from kinolab.catalogue.models import Alias, Film
from kinolab.foundation.search import actions, jobs, queries
from kinolab.foundation.search.models import Change, Document, Word
from kinolab.labs.domain.roles import Role
from kinolab.news.actions import publishing as articles
from kinolab.news.actions import writing
from tests.factories import calls, films, labs, news
from tests.factories.labs import NOW
from tests.kit import at, client_of, same_cost

Happening = Callable[[], AbstractContextManager[Any]]


def rebuild() -> int:
    return actions.rebuild(lambda made, kind, number: made)


def found(text: str, when: Any = NOW) -> list[str]:
    """The kinds of what is found, each once, in the order of the alphabet."""
    return sorted({hit.document.kind for hit in queries.search(text, when).hits})


def visit(query: str, where: str = "search/", **more: str) -> Any:
    with at(NOW):
        return client_of().get(f"/en/{where}", {"q": query, **more})


@pytest.fixture
def happening(django_capture_on_commit_callbacks) -> Happening:
    """`with happening(): …`: actions as they are outside of a test, committed at the end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


# --- What is public, and nothing else --------------------------------------------------------------------------------
WORDS = {"Карлыгач": ["film"], "үйдүн": ["film"], "Чабалекей": ["film"], "Boroonova": ["film", "person"], "Кумарова": ["person"],
         "Temirkan": ["film", "person"], "Wagtail": ["article"], "Quokka": ["article"], "Narwhal": ["call"]}  # fmt: skip
NOTHING: dict[str, list[str]] = {word: [] for word in WORDS}


def everything(when: Any = NOW) -> dict[str, list[str]]:
    """Of what kind each word finds something."""
    return {word: found(word, when) for word in WORDS}


def world(published_at: Any) -> dict[str, Any]:
    """One of each public kind, with words of its own: a film with a part, its people, an article, a call to come."""
    organisation = news.organisation()
    film = films.film("ulgu", title={"ky": "Карлыгач"}, published_at=published_at, synopsis={"ky": "Боз үйдүн ичинде."})
    part = films.part(film, title={"ky": "Чабалекей"})
    director = films.credit(film, "Zarina Boroonova").agent
    Alias.objects.create(agent=director, name="Кумарова")
    films.credit(part.film, "Temirkan Uulu", "cast")
    texts = {"title": {"en": "Wagtail"}, "body": {"en": "A **Quokka** text."}, "changed_at": NOW}
    article = news.article(published_at=published_at, **texts)
    edition = labs.edition(programme=labs.programme(organisation=organisation))
    call = calls.draft_call(edition, lead={"en": "Narwhals wanted"}, published_at=published_at)
    return {
        "film": film,
        "part": part,
        "director": director,
        "article": article,
        "call": call,
        "by": {"by": news.aigul(organisation), "at": NOW},
    }


def test_draft_of_any_kind_is_never_found_nor_suggested_nor_meant():
    world(None)

    assert rebuild() == 0
    assert everything() == NOTHING
    assert (Document.objects.count(), Word.objects.count()) == (0, 0)


@pytest.mark.slow
def test_scheduled_of_any_kind_is_found_from_its_instant_on():
    world(NOW + timedelta(hours=1))
    rebuild()

    assert everything() == NOTHING
    assert [queries.suggest(word[:4], NOW) for word in WORDS] == [[]] * len(WORDS)
    assert queries.search("Карлыгвч", NOW).hits == []  # nor is a slip mended to it
    assert everything(NOW + timedelta(hours=1)) == WORDS
    assert {one.kind for one in Document.objects.all()} == {"film", "person", "call", "article"}


def test_what_is_published_appears_and_what_is_withdrawn_is_gone_at_once(happening):
    """The answer to everything on the record is `actions.on_recorded`, wired in the switchboard."""
    made = world(None)
    with happening():
        film_actions.publish_film(film=made["film"], **made["by"])
        articles.publish(article=made["article"], **made["by"])
    assert everything() == WORDS | {"Narwhal": []}

    with happening():
        film_actions.withdraw_film(film=made["film"], **made["by"])
        articles.unpublish(article=made["article"], **made["by"])
    assert everything() == NOTHING
    assert Change.objects.count() == 0


def test_article_is_found_from_the_instant_that_it_is_scheduled_for_until_it_is_archived(happening):
    made = world(None)
    with happening():
        articles.schedule(article=made["article"], to_appear=NOW + timedelta(hours=1), **made["by"])
    assert [found("quokka"), found("quokka", NOW + timedelta(hours=1))] == [[], ["article"]]

    later = made["by"] | {"at": NOW + timedelta(hours=2)}
    with happening():
        articles.archive(article=made["article"], **later)
    assert found("quokka", later["at"]) == []


def test_call_taken_back_is_gone(happening):
    made = world(NOW)
    rebuild()
    assert found("narwhal") == ["call"]

    with happening():
        publishing.take_back(call=made["call"], **made["by"])
    assert found("narwhal") == []


def test_dropped_part_takes_its_title_and_its_people_along(happening):
    made = world(NOW)
    rebuild()

    with happening():
        part_actions.drop_part(part=made["part"], **made["by"])
    assert [found(word) for word in ("Чабалекей", "Temirkan", "Карлыгач")] == [[], [], ["film"]]


def test_changed_text_is_found_and_the_old_one_is_not(happening):
    made = world(NOW)
    rebuild()

    with happening():
        film_actions.describe_film(film=made["film"], facts={"title": {"ky": "Турна"}}, **made["by"])
        writing.save_text(
            article=made["article"], language="en", title="Magpie", lead="", body="A numbat.", **made["by"]
        )
    assert [found(word) for word in ("Карлыгач", "Турна", "Quokka", "numbat")] == [[], ["film"], [], ["article"]]
    assert queries.search("Boroonova", NOW).hits[0].document.facts["films"][0][1] == {"ky": "Турна"}


def test_person_stays_while_another_of_their_films_is_shown(happening):
    made = world(NOW)
    films.credit(films.film("second"), "Zarina Boroonova")
    rebuild()

    with happening():
        film_actions.withdraw_film(film=made["film"], **made["by"])
    assert (found("Boroonova"), found("Temirkan")) == (["film", "person"], [])


def test_two_who_are_one_are_found_once_and_whoever_is_hidden_not_at_all(happening):
    made = world(NOW)
    other = films.credit(films.film("second"), "Z. Boronova").agent
    rebuild()
    kept = made["director"]

    def names() -> list[str]:
        return sorted(
            str(one.document) for one in queries.search("boronova", NOW).hits if one.document.kind == "person"
        )

    assert names() == ["Z. Boronova", "Zarina Boroonova"]
    with happening():
        joining = people.join(kept=kept, lost=other, **made["by"])
    assert names() == ["Zarina Boroonova"]
    with happening():
        people.take_back(joining=joining, **made["by"])
    assert names() == ["Z. Boronova", "Zarina Boroonova"]
    with happening():
        people.describe_agent(agent=kept, kind=AgentKind.PERSON, name=kept.name, about={}, shown=False, **made["by"])
    assert names() == ["Z. Boronova"]


def test_change_that_a_process_left_behind_is_taken_up_by_the_clock():
    made = world(NOW)
    rebuild()
    film_actions.withdraw_film(film=made["film"], **made["by"])  # not committed while the test runs
    assert found("Карлыгач") == ["film"]

    assert jobs.settle.func() == 3  # the film and both people
    assert (found("Карлыгач"), jobs.settle.func()) == ([], 0)


def test_rebuild_leaves_nothing_of_what_is_not_there_any_more():
    world(NOW)
    rebuild()
    Film.objects.filter(slug="ulgu").update(published_at=None)

    assert rebuild() == 2
    assert found("Карлыгач") == []
    assert not Word.objects.filter(text__startswith="karlig").exists()
    assert not actions.is_stale()
    Document.objects.all().delete()
    assert actions.is_stale()


# --- Finding ---------------------------------------------------------------------------------------------------------
def test_title_stands_above_text_and_the_whole_title_above_a_part_of_it():
    news.organisation()
    films.film("a", title={"en": "The Salt of the Road"})
    films.film("b", title={"en": "Salt"})
    films.film("c", title={"en": "Bread"}, synopsis={"en": "Salt, salt and salt."})
    rebuild()

    assert [str(hit.document) for hit in queries.search("salt", NOW).hits] == ["Salt", "The Salt of the Road", "Bread"]


def test_words_are_all_asked_for_and_some_of_them_where_nothing_holds_all():
    news.organisation()
    films.film("a", title={"en": "White Horse"})
    films.film("b", title={"en": "White Road"})
    rebuild()

    both, some = queries.search("white horse", NOW), queries.search("white camel road horse", NOW)
    assert ([str(hit.document) for hit in both.hits], both.partly) == (["White Horse"], False)
    assert ({str(hit.document) for hit in some.hits}, some.partly) == ({"White Horse", "White Road"}, True)


def test_mistyped_word_is_mended_and_shown_as_it_is_written():
    news.organisation()
    films.film("a", title={"ky": "Кинолаборатория"})
    rebuild()

    told = {
        typed: queries.search(typed, NOW).meant
        for typed in ("кинолаборотория", "кинлоабораториянын", "кинолабораториясы")
    }
    assert told == {
        "кинолаборотория": "Кинолаборатория", "кинлоабораториянын": "Кинолаборатория", "кинолабораториясы": "",
    }  # fmt: skip


# --- The page --------------------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_page_groups_answers_marks_words_and_costs_the_same_for_one_and_three():
    news.organisation()
    films.film("a-0", title={"en": "<b>Salt</b> & sea"})
    rebuild()

    def grow() -> None:
        films.film(f"a-{Film.objects.count()}", title={"en": "Salt"})
        rebuild()

    assert same_cost(lambda: visit("salt"), grow) == 2
    assert same_cost(lambda: visit("zalt"), grow) == 4
    assert same_cost(lambda: visit("sal", "search/suggest/"), grow) == 1
    body = visit("sea").content.decode().replace("\n", "")
    assert "&lt;b&gt;Salt&lt;/b&gt; &amp; <mark>sea</mark></a>" in body
    assert 'href="/en/films/a-0/"' in body


def test_page_of_one_kind_has_pages_and_nobody_keeps_it():
    news.organisation()
    for number in range(queries.ON_A_PAGE + 1):
        films.film(f"a-{number}", title={"en": f"Salt {number}"})
    rebuild()

    first, last = visit("salt", kind="film"), visit("salt", kind="film", page="2")
    assert [one.content.decode().count('href="/en/films/a-') for one in (first, last)] == [queries.ON_A_PAGE, 1]
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert visit("salt", kind="other", page="-7").status_code == 200


BAD = [
    *"""% ' " * a* title:a -a NEAR(a) (a (((  {a} ^a \\ 😀 ½ \ud7ff ', !! :* a:*A 'x':*&!'""".split(),
    "a AND", "OR NOT", "a\x00b", "a" * 10_000, "сөз " * 2_500,
]  # fmt: skip


@pytest.mark.parametrize("heads", [False, True])
def test_whatever_is_typed_is_a_question(heads):
    news.organisation()
    films.film("a", title={"en": "Salt"})
    rebuild()

    for text in BAD:
        assert isinstance(queries.suggest(text, NOW) if heads else queries.search(text, NOW).hits, list), text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("%", "There is no word in this"), ("qqqq", "Nothing found"), ("", "A word is found with its endings"),
     ("a" * 10_000, "Its beginning was searched for")],
)  # fmt: skip
def test_page_without_answers_says_why_and_what_to_do(query, sentence):
    response = visit(query)

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_whoever_asks_too_often_is_told_to_wait(monkeypatch):
    from kinolab.foundation.people import limits

    monkeypatch.setitem(limits.LIMITS, "search", (limits.Limit("client", 0, 1),))
    monkeypatch.setitem(limits.LIMITS, "suggest", (limits.Limit("client", 0, 1),))
    assert [visit("a").status_code, visit("a", "search/suggest/").status_code] == [429, 429]


def test_every_public_page_has_the_box():
    news.member("Aigul", Role.OWNER, news.organisation())
    with at(NOW):
        body = client_of().get("/en/films/").content.decode()

    assert 'action="/en/search/"' in body and 'data-kino-suggest="/en/search/suggest/"' in body
