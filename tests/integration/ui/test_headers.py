"""What every answer says to browsers and caches; the test client looks at it on each page as well."""

import pytest
from django.http import HttpResponse

from kinolab.foundation.ui.headers import guarded
from tests.kit import header_faults, waited


def answer(**headers):
    return guarded(lambda request: HttpResponse(headers=headers))(None)


def test_answer_that_says_nothing_is_for_its_reader_alone():
    assert answer()["Cache-Control"] == "private, no-store"
    assert "camera=()" in answer()["Permissions-Policy"]
    assert answer(**{"Cache-Control": "public, max-age=60"})["Cache-Control"] == "public, max-age=60"


def test_answer_of_a_server_that_does_many_things_at_once_is_guarded_too():
    async def view(request):
        return HttpResponse()

    assert waited(lambda: guarded(view)(None))["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "address", ["/en/", "/en/sign-in/", "/en/nothing-here/", "/en/settings/", "/robots.txt", "/health/live"]
)
def test_every_kind_of_answer_carries_the_guards(client, address):
    response = client.get(address)

    assert header_faults(response, signed_in=False) == []
    assert "'unsafe" not in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_look_at_headers_finds_what_is_missing():
    bare = HttpResponse("x", headers={"Cache-Control": "public"})

    found = header_faults(bare, signed_in=True)
    assert len(found) == 6
    assert found[-1] == "a page of one's own may be kept: public"
