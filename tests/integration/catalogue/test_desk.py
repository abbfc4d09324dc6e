"""The pages on which films are edited."""

import html
import re
from typing import Any

import pytest
from django.core import signing
from django.urls import reverse

from kinolab.catalogue.models import Agent, Country, Credit, Entry, Film, Identifier, Part, Release, Series, Track
from kinolab.labs.domain.roles import Role
from tests.factories import films, news
from tests.kit import client_of, same_cost

HTMX = {"hx-request": "true"}
HOSTILE = "<script>alert(1)</script>\"'"


@pytest.fixture
def tunduk() -> Any:
    return news.organisation("tunduk")


@pytest.fixture
def aigul(tunduk: Any) -> Any:
    """A browser of the owner."""
    return client_of(news.aigul(tunduk))


def to(name: str, *args: Any) -> str:
    return reverse(f"catalogue:{name}", args=args)


def said(page: Any) -> str:
    """What the page says, in one line."""
    body = page.content.decode().partition("<main")[2]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def typed(page: Any) -> dict[str, Any]:
    """The form as the browser would send it again."""
    form = page.context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.field.prepare_value(bound.value()) if hasattr(bound.field, "prepare_value") else bound.value()
        if value not in (None, False, []):
            data[bound.html_name] = value
    return data


# --- Who, and how much it costs ------------------------------------------------------------------------------------------
def test_list_is_found_in_any_alphabet_narrowed_and_never_shows_the_films_of_others(tunduk, aigul):
    films.film("almaty", tunduk, title={"ru": "Алматы, я люблю тебя", "en": "Almaty, I Love You"})
    films.film("osh", tunduk, published_at=None, kind="short")
    films.film("foreign", news.organisation("other"), title={"en": "Almaty of others"})

    def listed(query: str) -> list[str]:
        page = aigul.get(to("desk") + query).content.decode().partition("<main")[2]
        return re.findall(r'class="title" href="/en/catalogue/films/([\w-]+)/"', page)

    assert sorted(listed("")) == ["almaty", "osh"]
    assert listed("?q=алматы") == listed("?q=Almati") == ["almaty"]
    assert listed("?state=draft") == listed("?kind=short") == ["osh"]
    assert listed("?missing=ru") == ["osh"]
    assert sorted(listed("?missing=ky&state=x&kind=%27&missing=%27")) == ["almaty", "osh"]
    assert listed("?q=%25") == listed("?q=nothing") == []


def test_list_costs_the_same_with_one_film_and_with_three(tunduk, aigul):
    numbers = iter("123456")

    def grow() -> None:
        films.part(films.film(f"more{next(numbers)}", tunduk))

    grow()
    assert same_cost(lambda: aigul.get(to("desk")), grow) == 6


@pytest.mark.slow
def test_credits_of_four_hundred_are_paged_and_cost_the_same(tunduk, aigul):
    film = films.film("osh", tunduk)
    films.credit(film, "First", "cast")

    def grow() -> None:
        known = Agent.objects.count()
        agents = [
            Agent(organisation=tunduk, slug=f"player-{known + one}", kind="person", name={"en": f"Player {one}"})
            for one in range(200)
        ]
        made = Agent.objects.bulk_create(agents)
        Credit.objects.bulk_create(Credit(film=film, agent=one, role="cast", order=n) for n, one in enumerate(made))

    visit = to("credits", "osh")
    assert same_cost(lambda: aigul.get(visit), grow) == 7
    page = aigul.get(f"{visit}?page=2")
    assert len(page.content) < 100_000
    first = page.context["shown"].page[0]
    aigul.post(to("move_credit", "osh", first.pk), {"to": "up", "page": "2"})
    assert aigul.get(visit).context["shown"].page[-1].pk == first.pk
    page = aigul.get(f"{visit}?page=9")
    assert "Page 9 of 9" in said(page)


@pytest.mark.parametrize("page", ["tracks", "releases", "parts", "series", "series_list", "find_agent", "find_part"])
def test_other_lists_cost_the_same_with_one_row_and_with_three(page, tunduk, aigul):
    film = films.film("osh", tunduk)
    series = Series.objects.create(organisation=tunduk, slug="cities", title={"en": "Cities"})
    numbers = iter(range(1, 9))

    def grow() -> None:
        number = next(numbers)
        artist = films.credit(film, f"Bek {number}", "composer").agent
        Track.objects.create(film=film, artist=artist, order=number)
        Release.objects.create(film=film, kind="premiere", season="spring")
        inside = films.part(film, number).film
        Entry.objects.create(series=series, film=inside, order=number, title={"en": f"City {number}"})
        Series.objects.create(
            organisation=tunduk, slug=f"inner-{Series.objects.count()}", title={"en": "Inner"}, within=series
        )

    address = {
        "series": to("series", series.pk), "series_list": to("series_list"), "find_agent": to("find_agent", "osh") + "?name=bek",
        "find_part": to("find_part", "osh") + "?title=osh",
    }.get(page) or to(page, "osh")  # fmt: skip
    grow()
    assert same_cost(lambda: aigul.get(address, headers=HTMX), grow) == {
        "tracks": 5, "releases": 5, "parts": 5, "series": 5, "series_list": 5, "find_agent": 7, "find_part": 5,
    }[page]  # fmt: skip


# --- Beginning, describing, publishing -------------------------------------------------------------------------------
def test_film_is_begun_with_an_address_of_its_title_and_a_taken_one_is_refused(tunduk, aigul):
    begun = {"title": "Ысык-Көл жазы", "language": "ky", "kind": "short"}
    aigul.post(to("new"), begun)
    aigul.post(to("new"), begun)
    page = aigul.post(to("new"), begun | {"slug": "ysyk-kol-jazy", "title": HOSTILE + "x" * 300})

    assert list(Film.objects.order_by("pk").values_list("slug", flat=True)) == ["ysyk-kol-jazy", "ysyk-kol-jazy-2"]
    assert page.status_code == 422
    assert "at most: 300" in said(page)
    assert html.escape(HOSTILE) in page.content.decode()
    page = aigul.post(to("new"), begun | {"slug": "ысык көл"})
    assert "Only Latin letters, digits and hyphens, as in osh-2026." in said(page)
    page = aigul.post(to("new"), begun | {"slug": "ysyk-kol-jazy"})
    assert "Another film already has the address ysyk-kol-jazy." in said(page)


def test_three_hundred_hostile_characters_are_a_title_like_any_other(tunduk, aigul):
    title = (HOSTILE * 20)[:300]
    aigul.post(to("new"), {"title": title, "language": "en", "kind": "feature"})
    film = Film.objects.get()

    assert (film.title["en"], film.slug) == (title, "script-alert-1-script-script-alert-1-script-script-alert-1-s")
    for page in ("edit", "texts", "facts", "credits", "parts", "film"):
        assert html.escape(title[:60]) in aigul.get(to(page, film.slug)).content.decode()


def test_facts_are_typed_as_people_write_them(tunduk, aigul):
    film = films.film("osh", tunduk, published_at=None)
    page = aigul.get(to("facts", "osh"))
    wanted = typed(page) | {
        "running_time": "95:30", "countries": "Кыргызстан, kazakstan", "languages": "кыргызча, Russian", "slug": "osh-2",
        "original_title": "Ош", "original_language": "киргизский", "working_titles": "One\n\n Two ", "genres": ["drama"],
        "year_production": "2025", "parts_announced": "6", "soundtrack_complete": "on", "dye": "spruce",
    }  # fmt: skip
    answer = aigul.post(to("facts", "osh"), wanted)

    film.refresh_from_db()
    assert answer.status_code == 302
    assert (film.slug, film.running_time, film.country_codes, film.languages) == (
        "osh-2",
        5730,
        ["KG", "KZ"],
        ["ky", "ru"],
    )
    assert (film.original_language, film.working_titles, film.genres) == ("ky", ["One", "Two"], ["drama"])
    assert (film.year_production, film.parts_announced, film.dye) == (2025, 6, "spruce")


def test_facts_that_cannot_be_read_are_explained_and_kept(tunduk, aigul):
    films.film("osh", tunduk)
    wanted = typed(aigul.get(to("facts", "osh"))) | {
        "running_time": "one hour", "countries": "Kyrgyzstan, Atlantis", "year_release": "1066",
    }  # fmt: skip
    page = aigul.post(to("facts", "osh"), wanted)

    assert page.status_code == 422
    for sentence in ("Write minutes and seconds, as in 95:30.", "“Atlantis” is no country we know."):
        assert sentence in said(page)
    assert 'value="one hour"' in page.content.decode()
    assert 'value="Kyrgyzstan, Atlantis"' in page.content.decode()


def test_two_at_one_film_keep_both_texts_and_the_second_decides(tunduk, aigul):
    film = films.film("osh", tunduk, title={"en": "Osh"}, synopsis={})
    opened = typed(aigul.get(to("texts", "osh")))
    other = client_of(news.member("Bakyt", Role.COORDINATOR, tunduk))
    other.post(to("texts", "osh"), typed(other.get(to("texts", "osh"))) | {"title_en": "Osh, city", "title_ru": "Ош"})

    page = aigul.post(to("texts", "osh"), opened | {"title_en": "The City", "synopsis_en": "Mine"})
    film.refresh_from_db()
    assert (page.status_code, film.title.as_dict()) == (422, {"en": "Osh, city", "ru": "Ош"})
    assert "Somebody else has changed the same thing meanwhile." in said(page)
    assert "The other person wrote: Osh, city" in said(page)
    assert 'value="The City"' in page.content.decode()

    again = {name: value for name, value in typed(page).items() if value}
    assert aigul.post(to("texts", "osh"), again).status_code == 302
    film.refresh_from_db()
    assert (film.title.as_dict(), film.synopsis.as_dict()) == ({"en": "The City", "ru": "Ош"}, {"en": "Mine"})


def test_two_who_touch_different_facts_do_not_meet(tunduk, aigul):
    film = films.film("osh", tunduk)
    first, second = typed(aigul.get(to("facts", "osh"))), typed(aigul.get(to("facts", "osh")))
    aigul.post(to("facts", "osh"), first | {"running_time": "10:00"})
    aigul.post(to("facts", "osh"), second | {"countries": "KG"})

    film.refresh_from_db()
    assert (film.running_time, film.country_codes) == (600, ["KG"])


def test_overview_says_what_is_missing_and_publishing_follows(tunduk, aigul):
    film = films.film("osh", tunduk, title={}, published_at=None)
    page = aigul.get(to("edit", "osh"))
    assert "A film is published with a title in at least one language." in said(page)
    assert "synopsis, year, running time, countries, languages, genres, direction" in said(page)
    aigul.post(to("publish", "osh"))
    film.refresh_from_db()
    assert film.published_at is None

    aigul.post(to("texts", "osh"), typed(aigul.get(to("texts", "osh"))) | {"title_ky": "Ош"})
    aigul.post(to("publish", "osh"))
    assert client_of().get(to("film", "osh")).status_code == 200
    assert aigul.post(to("delete", "osh"), follow=True).status_code == 200
    aigul.post(to("withdraw", "osh"))
    assert client_of().get(to("film", "osh")).status_code == 404
    aigul.post(to("delete", "osh"))
    assert not Film.objects.exists()


def test_register_with_a_wrong_check_character_says_so_and_keeps_what_is_right(tunduk, aigul):
    film = films.film("osh", tunduk)
    wrong = "10.5240/7791-8534-2C23-9030-8610-4"
    page = aigul.post(to("registers", "osh"), {"eidr": wrong, "imdb": "tt0401711"})

    assert page.status_code == 422
    assert f"The check character of “{wrong}” is wrong." in said(page)
    assert f'value="{wrong}"' in page.content.decode()
    aigul.post(to("registers", "osh"), {"eidr": wrong[:-1] + "5", "imdb": ""})
    assert list(Identifier.objects.values_list("film", "scheme", "value")) == [(film.pk, "eidr", wrong[:-1] + "5")]


# --- Credits, soundtrack, showings -----------------------------------------------------------------------------------
def test_credit_asks_who_is_meant_and_offers_every_spelling(tunduk, aigul):
    film = films.film("osh", tunduk)
    known = films.credit(film, "Жаңыл Асанова").agent
    page = aigul.post(to("new_credit", "osh"), {"role": "cast", "name": "Zhangyl", "credited_as_en": "Z. Asanova"})
    assert page.status_code == 422
    assert "Say below who is meant" in said(page)
    assert f'name="who" value="{known.pk}"' in page.content.decode()
    assert f'value="{known.pk}"' in aigul.get(to("find_agent", "osh") + "?name=janyl", headers=HTMX).content.decode()

    shape = {"role": "cast", "name": "Zhangyl", "who": known.pk, "credited_as_en": "Z. Asanova", "character_ky": "Эне"}
    aigul.post(to("new_credit", "osh"), shape)
    aigul.post(
        to("new_credit", "osh"), {"role": "cast", "name": "Бек", "who": "new-person", "name_language": "ky", "place": 1}
    )
    cast = Credit.objects.filter(role="cast").select_related("agent")
    assert [(str(one.agent), str(one.credited_as), str(one.character)) for one in cast] == [
        ("Бек", "", ""), ("Жаңыл Асанова", "Z. Asanova", "Эне"),
    ]  # fmt: skip


def test_nobody_of_another_catalogue_is_offered_or_credited(tunduk, aigul):
    films.film("osh", tunduk)
    foreign = films.credit(films.film("foreign", news.organisation("other")), "Bek Asanov")
    assert "Bek Asanov" not in aigul.get(to("find_agent", "osh") + "?name=Bek", headers=HTMX).content.decode()
    page = aigul.post(to("new_credit", "osh"), {"role": "cast", "name": "Bek", "who": foreign.agent_id})

    assert "Whoever was chosen is not in this catalogue any more." in said(page)
    for other in (to("credit", "osh", foreign.pk), to("find_agent", "foreign"), to("credits", "foreign")):
        assert aigul.get(other).status_code == 404


def test_credits_are_put_in_order_changed_and_taken_out(tunduk, aigul):
    film = films.film("osh", tunduk)
    one, two, three = (films.credit(film, name, "cast") for name in ("One", "Two", "Three"))
    aigul.post(to("move_credit", "osh", three.pk), {"to": "up"})
    aigul.post(to("move_credit", "osh", one.pk), {"to": "up"})
    aigul.post(to("move_credit", "osh", three.pk), {"to": "up", "above": two.pk})  # seen before the first press
    assert [str(row.agent) for row in Credit.objects.filter(role="cast")] == ["One", "Three", "Two"]

    page = aigul.get(to("credit", "osh", two.pk))
    aigul.post(to("credit", "osh", two.pk), typed(page) | {"place": 1, "note_en": "voice"})
    aigul.post(to("remove_credit", "osh", one.pk))
    assert [(str(row.agent), str(row.note)) for row in Credit.objects.all()] == [("Two", "voice"), ("Three", "")]
    assert Agent.objects.filter(name__en="One").exists()


def test_two_at_one_credit_keep_both(tunduk, aigul):
    film = films.film("osh", tunduk)
    credit = films.credit(film, "Bek", "cast")
    stale = typed(aigul.get(to("credit", "osh", credit.pk)))
    aigul.post(to("credit", "osh", credit.pk), stale | {"character_en": "Driver"})
    page = aigul.post(to("credit", "osh", credit.pk), stale | {"character_en": "Uncle"})

    assert "Somebody else has changed the same thing meanwhile." in said(page)
    assert "The other person wrote: Driver" in said(page)
    assert signing.loads(page.context["form"].data["seen"])["character"] == {"en": "Driver"}


def test_two_at_one_row_keep_both_and_one_that_is_gone_is_added_again(tunduk, aigul):
    film = films.film("osh", tunduk)
    artist = films.credit(film, "Bek").agent
    track = Track.objects.create(film=film, artist=artist, order=0, title="Snow")
    release = Release.objects.create(film=film, kind="premiere", season="spring")
    series = Series.objects.create(organisation=tunduk, slug="cities", title={"en": "Cities"})
    entry = Entry.objects.create(series=series, order=0, title={"en": "Osh"})
    for address, first, second, met in (
        (to("track", "osh", track.pk), {"title": "Rain"}, {"title": "Wind"}, "Rain"),
        (to("release", "osh", release.pk), {"year": "2026"}, {"year": "2027"}, "2026"),
        (to("change_series", series.pk), {"title_en": "Towns"}, {"title_en": "Places"}, "Towns"),
        (to("entry", series.pk, entry.pk), {"year": "2026"}, {"year": "2027"}, "2026"),
    ):
        opened = typed(aigul.get(address))
        assert aigul.post(address, opened | first).status_code == 302
        page = aigul.post(address, opened | second)
        assert "Somebody else has changed the same thing meanwhile." in said(page)
        assert f"The other person wrote: {met}" in said(page)
        assert aigul.post(address, typed(page)).status_code == 302

    release.refresh_from_db()
    assert (release.on.year, Track.objects.get().title, str(Series.objects.get())) == (2027, "Wind", "Places")
    for row, address in ((track, to("track", "osh", track.pk)), (entry, to("entry", series.pk, entry.pk))):
        opened = typed(aigul.get(address))
        row.delete()
        page = aigul.post(address, opened)
        assert "somebody else has taken it out meanwhile" in said(page)
        again = re.search(r'<form method="post" action="([^"]*/new/)"', page.content.decode())[1]
        assert aigul.post(again, typed(page)).status_code == 302
    assert (Track.objects.count(), Entry.objects.count()) == (1, 1)


def test_soundtrack_names_artists_before_titles_are_known(tunduk, aigul):
    films.film("osh", tunduk)
    aigul.post(to("new_track", "osh"), {"name": "Wren", "who": "new-group", "name_language": "en", "title": ""})
    aigul.post(to("new_track", "osh"), {"name": "Lark", "who": "new-person", "name_language": "en", "title": "Snow"})
    last = Track.objects.get(title="Snow")
    aigul.post(to("move_track", "osh", last.pk), {"to": "up"})
    page = said(aigul.get(to("tracks", "osh")))
    assert page.index("Lark") < page.index("Wren")
    assert "title not known" in page

    aigul.post(to("track", "osh", last.pk), typed(aigul.get(to("track", "osh", last.pk))) | {"title": "Rain"})
    assert Track.objects.get(pk=last.pk).title == "Rain"
    aigul.post(to("remove_track", "osh", last.pk))
    assert [str(one.artist) for one in Track.objects.all()] == ["Wren"]


def test_showing_is_as_exact_as_it_is_known(tunduk, aigul):
    films.film("osh", tunduk)
    for date in ({"season": "spring"}, {"year": "2026", "month": "9", "part": "early_month"}, {"year": "2026"}):
        aigul.post(to("new_release", "osh"), {"kind": "premiere", **date})
    assert list(Release.objects.order_by("pk").values_list("on__month", "precision", "season")) == [
        (None, "day", "spring"), (9, "early_month", ""), (1, "year", ""),
    ]  # fmt: skip
    assert "early September 2026" in said(aigul.get(to("releases", "osh")))
    page = aigul.post(to("new_release", "osh"), {"kind": "premiere"})
    assert "Say at least the year, the season, or the occasion." in said(page)
    page = aigul.post(to("new_release", "osh"), {"kind": "premiere", "year": "2026", "month": "2", "day": "30"})
    assert "There is no such day in this month." in said(page)

    early = Release.objects.get(precision="early_month")
    changed = typed(aigul.get(to("release", "osh", early.pk))) | {"part": "", "day": "3", "country": "Казакстан"}
    aigul.post(to("release", "osh", early.pk), changed)
    early.refresh_from_db()
    assert (str(early.on), early.precision, early.country) == ("2026-09-03", "day", "KZ")
    aigul.post(to("remove_release", "osh", early.pk))
    assert Release.objects.count() == 2


# --- Parts and series ------------------------------------------------------------------------------------------------
def test_part_in_another_film_is_refused_by_name_and_goes_its_way(tunduk, aigul):
    whole, other = films.film("osh", tunduk), films.film("other", tunduk, title={"en": "Other"})
    taken = films.part(other, title={"en": "Bridge"})
    assert "Bridge" in aigul.get(to("find_part", "osh") + "?title=BRIDG", headers=HTMX).content.decode()
    page = aigul.post(to("new_part", "osh"), {"title": "Bridge", "film": taken.film_id, "kind": "story"})
    assert "This part already stands in another film: Other. Take it out there first." in said(page)
    page = aigul.post(to("new_part", "other-1"), {"title": "Other", "film": other.pk, "kind": "story"})
    assert "A film cannot be a part of itself" in said(page)

    aigul.post(to("part_state", "other", taken.pk))
    for film in (str(taken.film_id), "new"):
        aigul.post(to("new_part", "osh"), {"title": "Bridge", "film": film, "kind": "bridge"})
    first, second = Part.objects.filter(whole=whole)
    assert (second.film.kind, str(second.film.title), second.film.published_at) == ("segment", "Bridge", None)
    aigul.post(to("move_part", "osh", second.pk), {"to": "up"})
    assert [one.pk for one in Part.objects.filter(whole=whole)] == [second.pk, first.pk]
    aigul.post(to("part", "osh", first.pk), {"kind": "closing", "place": 1})
    assert Part.objects.filter(whole=whole).first().kind == "closing"
    aigul.post(to("part_state", "other", taken.pk))
    assert Part.objects.get(pk=taken.pk).state == "dropped"
    page = aigul.post(to("delete", taken.film.slug), follow=True)
    assert "This film is in the list of parts of another" in said(page)


def test_series_counts_films_made_to_come_and_never_made(tunduk, aigul):
    film = films.film("osh", tunduk)
    assert "Write the title in at least one language." in said(aigul.post(to("new_series"), {"title_en": " "}))
    aigul.post(to("new_series"), {"title_en": "Cities"})
    series = Series.objects.get()
    page = aigul.post(to("new_entry", series.pk), {"state": "made"})
    assert "Choose a film of the catalogue, or write a title below." in said(page)
    aigul.post(to("new_entry", series.pk), {"name": "Osh", "film": film.pk, "state": "made", "year": "2026"})
    aigul.post(
        to("new_entry", series.pk), {"film": "none", "state": "never", "title_en": "Shanghai", "working_title_en": "S"}
    )
    page = aigul.post(to("new_entry", series.pk), {"name": "Osh", "film": film.pk, "state": "made"})
    assert "This film already stands in the series." in said(page)
    made, never = Entry.objects.all()
    assert (str(made.title), made.film, never.film, never.state) == ("Osh", film, None, "never")

    aigul.post(to("move_entry", series.pk, never.pk), {"to": "up"})
    aigul.post(to("entry", series.pk, made.pk), typed(aigul.get(to("entry", series.pk, made.pk))) | {"year": "2027"})
    page = said(aigul.get(to("series", series.pk)))
    assert page.index("Shanghai") < page.index("2027")
    aigul.post(to("remove_entry", series.pk, never.pk))
    assert Entry.objects.count() == 1


def test_series_within_its_own_is_refused_with_a_sentence(tunduk, aigul):
    outer = Series.objects.create(organisation=tunduk, slug="outer", title={"en": "Outer"})
    inner = Series.objects.create(organisation=tunduk, slug="inner", title={"en": "Inner"}, within=outer)
    page = aigul.post(to("change_series", outer.pk), {"title_en": "Outer", "within": inner.pk})
    assert "A series cannot stand within itself." in said(page)
    assert "Another series stands within this one." in said(aigul.post(to("delete_series", outer.pk), follow=True))
    aigul.post(to("change_series", inner.pk), {"title_en": "Renamed", "within": ""})
    inner.refresh_from_db()
    assert (str(inner.title), inner.within) == ("Renamed", None)
    aigul.post(to("delete_series", outer.pk))
    assert [str(one) for one in Series.objects.all()] == ["Renamed"]
    assert "Renamed" in said(aigul.get(to("series_list")))


def test_countries_stay_in_their_order(tunduk, aigul):
    film = films.film("osh", tunduk)
    Country.objects.create(film=film, order=0, code="KZ")
    page = aigul.get(to("facts", "osh"))
    assert typed(page)["countries"] == "Kazakhstan"
    aigul.post(to("facts", "osh"), typed(page) | {"countries": "Uzbekistan, Kazakhstan"})
    assert film.country_codes == ["UZ", "KZ"]
