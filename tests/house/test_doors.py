"""Every route is in the table of doors, and answers as the table says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house import world as worlds
from tests.house.doors import DOORS, HIDDEN, NO, SIGN_IN, WHO, YES, Door
from tests.kit import client_of, shut


def _routes(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def test_doors_when_compared_with_the_routes_are_the_same() -> None:
    routes, listed = set(_routes(get_resolver().url_patterns)), {door.name for door in DOORS}

    assert sorted(routes - listed) == []
    assert sorted(listed - routes) == []


def _heard(response: Any) -> str:
    sign_in = reverse(settings.LOGIN_URL)
    status, target = response.status_code, response.get("Location", "")
    if status == 404:
        return HIDDEN
    if status == 403:
        return NO
    if status in {301, 302} and target.split("?")[0] == sign_in:
        return SIGN_IN
    return YES if status < 400 or status in {400, 409, 410, 422} else str(status)


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_door_when_everybody_tries_it_answers_as_listed(door: Door) -> None:
    world = worlds.build()
    address = reverse(door.name, kwargs=door.address(world))

    heard = {}
    for who in WHO:
        client = client_of(world.people[who])
        with transaction.atomic():  # what one of them changes, the next does not meet
            response = getattr(client, door.method)(address, door.data(world))
            heard[who] = _heard(response)
            shut(response)
            transaction.set_rollback(True)

    assert heard == door.answers
