"""In the rush before a deadline a page for strangers is drawn once, and never outlives the instant it tells of."""

from datetime import timedelta
from typing import Any

import pytest

from kinolab.foundation.audit import actions as audit
from kinolab.foundation.audit.queries import times_changed
from tests.factories import news
from tests.integration.calls_public.world import CLOSES, NOW, OPENS, PAGE, a_call, everywhere
from tests.kit import at, client_of, queries


@pytest.fixture(autouse=True)
def kept(settings: Any) -> None:
    settings.KINOLAB_PAGES_KEPT = 10


def visit(when: Any = NOW, *, person: Any = None, **cookies: str) -> Any:
    client = client_of(person)
    for name, value in cookies.items():
        client.cookies[name] = value
    with at(when):
        return client.get(PAGE)


def test_page_is_drawn_once_for_strangers():
    a_call()
    first = visit()

    with queries(1):  # whether anything that visitors see has changed
        again = visit(NOW + timedelta(seconds=9))

    assert (again.content, again["ETag"], again["Cache-Control"]) == (
        first.content,
        first["ETag"],
        first["Cache-Control"],
    )


def test_page_is_drawn_anew_after_ten_seconds():
    call = a_call()
    visit()
    call.headline = everywhere("Another headline")
    call.save()

    assert "Another headline" not in visit(NOW + timedelta(seconds=9)).content.decode()
    assert "Another headline" in visit(NOW + timedelta(seconds=11)).content.decode()


def test_page_is_drawn_anew_as_soon_as_what_visitors_see_has_changed(django_capture_on_commit_callbacks):
    call = a_call()
    visit()
    with django_capture_on_commit_callbacks(execute=True) as told:
        for thing in (call, call.edition, call):  # counted once for all that is done together
            audit.record(by=None, at=NOW, verb="changed", thing=thing)
            call.headline = everywhere("Another headline")
            call.save()
    with django_capture_on_commit_callbacks(execute=True) as quiet:
        audit.record(by=None, at=NOW, verb="changed", thing=news.person("Inga"))

    assert "Another headline" in visit().content.decode()
    counted = [sum(one.__module__ == audit.__name__ for one in done) for done in (told, quiet)]
    assert (counted, times_changed()) == ([1, 0], 1)


def test_each_theme_zone_and_language_has_its_own():
    a_call()
    visit()

    assert 'data-theme="dark"' in visit(kino_theme="dark").content.decode()
    assert "UTC+5:30" in visit(kino_zone="Asia/Kolkata").content.decode()
    assert "UTC+5:30" not in visit().content.decode()


def test_somebody_signed_in_never_gets_the_page_of_strangers_nor_leaves_theirs():
    a_call()
    visit()
    inga = news.person("Inga")

    own = visit(person=inga)

    assert "inga@example.org" in own.content.decode()
    assert own["Cache-Control"] == "private, no-cache"
    assert "inga@example.org" not in visit().content.decode()


def test_page_is_kept_until_the_call_opens_and_closes_and_no_longer():
    a_call(published_at=OPENS - timedelta(days=1))
    closing = CLOSES + timedelta(minutes=1)

    assert visit(OPENS - timedelta(seconds=4))["Cache-Control"] == "public, max-age=4"
    assert "/apply/" in visit(OPENS).content.decode()
    assert visit(closing - timedelta(seconds=4))["Cache-Control"] == "public, max-age=4"
    assert "Applications are closed." in visit(closing).content.decode()


def test_pages_that_are_not_there_are_not_kept():
    response = visit()

    assert (response.status_code, "ETag" in response) == (404, False)
    a_call()
    assert visit().status_code == 200
