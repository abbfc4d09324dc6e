"""Every route is in the table of doors, and answers as the table says."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house import world as worlds
from tests.house.doors import DOORS, HIDDEN, NO, SIGN_IN, WHO, YES, Door
from tests.house.world import World
from tests.kit import LookingClient, client_of, shut


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


ROOMS = sorted({door.name.partition(":")[0] for door in DOORS})


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most doors stay shut for most people, and only that is asked here: nobody draws the page that says so anew each time."""
    plain = {403: HttpResponseForbidden, 404: HttpResponseNotFound}
    drawn = URLResolver.resolve_error_handler

    def handler(self: URLResolver, view_type: int) -> Any:
        shut = plain.get(view_type)
        return drawn(self, view_type) if shut is None else lambda request, exception: shut()

    monkeypatch.setattr(URLResolver, "resolve_error_handler", handler)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("room", ROOMS)
def test_doors_when_everybody_tries_them_answer_as_listed(room: str, plain_refusals: None) -> None:
    world = worlds.build()
    clients = {who: client_of(world.people[who]) for who in WHO}
    wrong = {}
    for door in (one for one in DOORS if one.name.partition(":")[0] == room):
        cache.clear()
        heard = {who: _try(door, client, world) for who, client in clients.items()}
        if heard != door.answers:
            wrong[door.method, door.name] = heard

    assert wrong == {}


def _try(door: Door, client: LookingClient, world: World) -> str:
    """What the door answers; the next who tries one meets nothing of it."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, door.method)(reverse(door.name, kwargs=door.address(world)), door.data(world))
        heard = _heard(response)
        shut(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return heard
