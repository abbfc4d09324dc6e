"""Films as visitors see them."""

import json
import re
from datetime import date
from typing import Any

import pytest

from kinolab.catalogue.models import Country, Entry, Identifier, Release, Series, Track
from kinolab.labs.domain.roles import Role
from tests.factories import films, news
from tests.factories.films import NOW
from tests.kit import at, client_of, same_cost


def visit(path: str, who: Any = None) -> Any:
    with at(NOW):
        return client_of(who).get(path) if who else client_of().get(path)


def linked(response: Any) -> list[str]:
    """The films that are linked to, in order."""
    body = response.content.decode().partition("<main")[2]
    return list(dict.fromkeys(re.findall(r'href="/en/films/([\w-]+)/"', body)))


def almaty() -> Any:
    """An omnibus with everything a page can say, and three parts of which one was dropped."""
    film = films.film(
        "almaty", title={"ru": "Алматы </script>", "en": "Almaty </script>"}, running_time=6000, genres=["drama"],
        year_release=2026, soundtrack_complete=False, original_title="Алматы", original_language="ru",
        working_titles=["The City"], languages=["kk"], subtitle_languages=["en"], synopsis={"en": "One city."},
    )  # fmt: skip
    Country.objects.create(film=film, order=0, code="KZ")
    first = films.part(film, 1, title={"en": "The Cabin"}, genres=["comedy"], running_time=600).film
    films.part(film, 2, running_time=600)
    dropped = films.part(film, 3, state="dropped", title={"en": "Gone"}, running_time=480).film
    films.credit(first, "Bek Asanov")
    films.credit(film, "Temir Aman", "general_producer")
    films.credit(first, "Aizat Sadyr", "cast", character={"en": "Driver"})
    films.credit(dropped, "Nobody Shown")
    Track.objects.create(film=film, order=1, artist=films.credit(film, "Wren", "composer").agent, title="Snow")
    Release.objects.create(film=film, kind="release", season="spring")
    Release.objects.create(film=film, kind="premiere", on=date(2026, 9, 1), precision="early_month")
    Identifier.objects.create(film=film, scheme="imdb", value="tt0401711")
    series = Series.objects.create(organisation=film.organisation, slug="cities", title={"en": "Cities"})
    hidden = films.film("hidden", published_at=None)
    for order, one in enumerate((film, hidden, None)):
        Entry.objects.create(series=series, film=one, order=order, year=2006 + order, title={"en": f"City {order}"},
                             state="made" if one else "never", working_title={"en": "Old name"})  # fmt: skip
    return film


def test_list_shows_published_films_the_coming_first_and_never_their_parts():
    films.film("older", year_release=2009)
    films.film("newer", year_festival=2019)
    films.part(films.film("coming"), title={"en": "A part"})
    films.film("draft", published_at=None)

    assert linked(visit("/en/films/")) == ["coming", "newer", "older"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("kind=short", ["b"]), ("country=KG", ["a"]), ("year=2019", ["b"]), ("kind=short&country=KG", []),
     ("kind=x&country=%27&year=٢٠١٩", ["b", "a"])],
)  # fmt: skip
def test_list_is_narrowed_by_kind_country_and_year(asked, found):
    Country.objects.create(film=films.film("a", year_release=2009), order=0, code="KG")
    films.film("b", kind="short", year_release=2019)

    assert linked(visit(f"/en/films/?{asked}")) == found


def test_list_names_countries_and_directors():
    film = films.film("osh")
    Country.objects.create(film=film, order=0, code="KG")
    films.credit(film, "Bek Asanov", credited_as={"en": "B. Asanov"})

    page = visit("/en/films/").content.decode().partition("news-grid")[2]
    assert "· Kyrgyzstan" in page
    assert "B. Asanov" in page


def test_list_without_films_says_what_will_be_here():
    assert "No films yet" in visit("/en/films/").content.decode()


def test_list_costs_the_same_with_one_film_and_with_three():
    numbers = iter("123456")

    def grow() -> None:
        film = films.film(f"more{next(numbers)}", year_release=2020)
        films.credit(film, "Bek Asanov")
        Country.objects.create(film=film, order=0, code="KG")

    grow()
    assert same_cost(lambda: visit("/en/films/"), grow) == 6


def test_film_page_says_what_is_known_and_what_is_not():
    almaty()

    page = visit("/en/films/almaty/").content.decode()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main")[0]))

    for said in ("2 novellas · Kazakhstan", "in spring", "early September 2026", "100 minutes", "The Cabin",
                 "comedy", "Bek Asanov ( The Cabin )",
                 "genre not announced", "director not announced", "Aizat Sadyr — Driver ( The Cabin )", "Snow",
                 "The list is not complete yet.", "announced, never made", "Old name", "tt0401711",
                 "The City", "Kazakh"):  # fmt: skip
        assert said in words
    assert "Gone" not in words
    assert "Nobody Shown" not in words
    assert "do not add up" not in words
    assert "/films/hidden/" not in page
    assert set(re.findall(r'<link rel="alternate" hreflang="(\w+)"', page)) >= {"ky", "ru", "en"}


def test_film_speaks_to_machines_and_cannot_break_out():
    almaty()

    page = visit("/en/films/almaty/").content.decode()
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])

    assert (told["@type"], told["name"], told["duration"], told["sameAs"]) == (
        "Movie", "Almaty </script>", "PT100M", ["https://www.imdb.com/title/tt0401711/"],
    )  # fmt: skip
    assert [(one["name"], one.get("position"), one.get("director")) for one in told["hasPart"]] == [
        ("The Cabin", 1, [{"@type": "Person", "name": "Bek Asanov"}]), ("Novella", None, None),
    ]  # fmt: skip
    assert [one["@id"].rpartition("/films/")[2] for one in told["isPartOf"]] == ["series/cities/"]
    assert "datePublished" not in told  # early September is no date a machine can read


def test_film_without_directors_and_length_says_that_they_may_be_announced_or_are_not_stated():
    for slug, year in (("coming", None), ("this-year", NOW.year), ("old", NOW.year - 1)):
        films.film(slug, year_release=year)

    said = {slug: visit(f"/en/films/{slug}/").content.decode() for slug in ("coming", "this-year", "old")}
    assert {slug: (page.count(">not announced<"), page.count(">not stated<")) for slug, page in said.items()} == {
        "coming": (2, 0), "this-year": (2, 0), "old": (0, 2),
    }  # fmt: skip
    assert visit("/en/films/").content.decode().count("director not announced") == 2


def test_film_costs_ten_statements_whatever_the_number_of_parts_and_credits():
    film = almaty()
    numbers = iter(range(4, 20))

    def grow() -> None:
        number = next(numbers)
        films.credit(films.part(film, number).film, f"Director {number}")

    assert same_cost(lambda: visit("/en/films/almaty/"), grow) == 10


def test_draft_and_part_are_not_there_and_editors_see_the_draft_and_what_does_not_add_up():
    film = almaty()
    film.published_at = None
    film.save()
    owner, juror = news.aigul(film.organisation), news.member("Jibek", Role.JUROR, film.organisation)

    assert [visit("/en/films/almaty/", who).status_code for who in (None, news.person("Farrukh"), juror)] == [404] * 3
    assert visit("/en/films/almaty-1/", owner).status_code == 404
    page = visit("/en/films/almaty/", owner).content.decode()
    assert "This film is a draft" in page
    assert "Stated, in minutes: 100; the parts together: 20." in page


def test_strangers_may_keep_the_page_and_the_site_map_names_it():
    films.film("osh")
    films.film("draft", published_at=None)

    assert visit("/en/films/osh/")["Cache-Control"] == "public, max-age=0"
    assert set(re.findall(r"/ky/films/([\w-]*)", visit("/sitemap.xml").content.decode())) == {"", "osh"}
