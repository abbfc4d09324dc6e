"""The list of calls, and a programme with the history of its editions."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kinolab.labs.models import Organisation, Programme
from tests.integration.calls_public.world import CLOSES, NOW, OPENS, a_call
from tests.kit import at, client_of, same_cost

LIST, PROGRAMME = "/en/calls/", "/en/labs/impact-lab/"
LONG_AGO = {"opens_at": datetime(2024, 5, 1, tzinfo=UTC), "closes_at": datetime(2024, 8, 5, 17, 59, tzinfo=UTC),
            "starts_on": date(2024, 9, 26), "ends_on": date(2024, 10, 1)}  # fmt: skip


def visit(path: str, when: datetime = NOW) -> Any:
    with at(when):
        return client_of().get(path)


def editions(response: Any) -> list[str]:
    """The slugs of the editions that are linked to, in order."""
    return list(dict.fromkeys(re.findall(r'href="/en/labs/impact-lab/(\w+)/"', response.content.decode())))


def test_list_shows_the_nearest_close_first_then_what_opens_then_what_is_past():
    a_call(slug="past", **LONG_AGO)
    a_call(slug="soon", opens_at=NOW + timedelta(days=2), closes_at=NOW + timedelta(days=20))
    a_call(slug="later", closes_at=CLOSES + timedelta(days=5))
    a_call(slug="now")
    a_call(slug="hidden", published_at=None)

    assert editions(visit(LIST)) == ["now", "later", "soon", "past"]


def test_list_without_an_open_call_says_so():
    assert "No call is open today" in visit(LIST).content.decode()


def test_list_costs_the_same_with_one_call_and_with_three():
    a_call(slug="first")
    numbers = iter("234567")

    assert same_cost(lambda: visit(LIST), lambda: a_call(slug=f"more{next(numbers)}")) == 1


def test_programme_shows_its_editions_the_newest_first():
    a_call(slug="2024", **LONG_AGO)
    a_call(slug="2026")
    a_call(slug="2028", published_at=None)
    other = Programme.objects.create(organisation=Organisation.objects.get(), slug="teen", name={"en": "Teen"})
    a_call(slug="2027", programme=other)

    page = visit(PROGRAMME)

    assert editions(page) == ["2026", "2024"]
    assert "Finished" in page.content.decode()


def test_programme_without_a_public_edition_is_not_there():
    a_call(published_at=None)

    assert visit(PROGRAMME).status_code == 404
    assert visit("/en/labs/nothing/").status_code == 404


def test_programme_costs_the_same_with_one_edition_and_with_three():
    a_call(slug="first")
    numbers = iter("234567")

    assert same_cost(lambda: visit(PROGRAMME), lambda: a_call(slug=f"more{next(numbers)}")) == 2


def test_list_and_programme_may_be_kept_by_strangers():
    a_call(opens_at=OPENS)

    for path in (LIST, PROGRAMME):
        first = visit(path)
        with at(NOW):
            again = client_of().get(path, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304
