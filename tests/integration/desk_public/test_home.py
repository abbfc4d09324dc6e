"""The public home."""

from datetime import date, timedelta
from typing import Any

import pytest

from kinolab.desk.queries import home
from tests.factories import news
from tests.integration.calls_public.test_lists import LONG_AGO
from tests.integration.calls_public.world import CLOSES, NOW, a_call, everywhere
from tests.kit import at, client_of, same_cost


def visit(path: str = "/en/", **extra: Any) -> Any:
    with at(NOW):
        return client_of().get(path, **extra)


def test_home_of_an_empty_house_is_a_page():
    response = visit()

    assert response.status_code == 200
    assert "No call is open today." in response.content.decode()


def test_home_shows_the_nearest_call_above_all_others():
    a_call(slug="later", closes_at=CLOSES + timedelta(days=9), headline=everywhere("The later"))
    a_call(slug="nearest", headline=everywhere("The nearest"))
    a_call(slug="past", **LONG_AGO)
    news.article("first")

    shown = home.home_page(NOW)
    page = visit().content.decode()

    assert (shown.hero.call.edition.slug, [one.call.edition.slug for one in shown.open]) == ("nearest", ["later"])
    assert [one.call.edition.slug for one in shown.finished] == ["past"]
    assert page.index("The nearest (en)") < page.index("The later (en)") < page.index("Title first en")
    assert "11 September 2026, 23:59 (Bishkek, UTC+6)" in page


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_home_speaks_the_language_of_its_address(language):
    a_call()

    page = visit(f"/{language}/").content.decode()

    assert f"What will it change? ({language})" in page


def test_home_costs_the_same_with_one_call_and_with_three():
    a_call(slug="first")
    news.article("first")
    numbers = iter("234567")

    def grow() -> None:
        number = next(numbers)
        a_call(slug=f"more{number}")
        news.article(f"more{number}")

    assert same_cost(visit, grow) == 3


def test_home_may_be_kept_by_strangers():
    a_call()
    first = visit()

    assert visit(headers={"If-None-Match": first["ETag"]}).status_code == 304
    with at(NOW):
        assert client_of(news.person()).get("/en/")["Cache-Control"] == "private, no-cache"


def test_season_stands_on_a_line_of_equal_months():
    a_call(starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))

    season = home.season(home.calls.standings(NOW), NOW)

    assert [month.month for month in season.months] == [8, 9, 10, 11, 12, 1]
    assert season.today == 16.7
    assert (season.rows[0].lab.start, season.rows[0].lab.length) == (50, 16.7)


def test_season_of_calls_without_dates_is_left_out():
    a_call(opens_at=None, closes_at=None, starts_on=None, ends_on=None)

    assert home.season(home.calls.standings(NOW), NOW) is None
    assert visit().status_code == 200
