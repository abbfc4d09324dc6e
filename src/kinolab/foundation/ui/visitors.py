"""Pages for visitors: how long anybody may keep them, and in which zone a visitor lives."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache as remember
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import available_timezones

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from kinolab.foundation.ui import themes

ZONE_COOKIE = "kino_zone"  # written by the browser's script: an IANA name such as Asia/Almaty
_MESSAGES_COOKIE = "messages"
_UNTIL = "kino_until"

REMEMBERED = timedelta(minutes=10)  # at most, should the database be changed by other means than actions

_P = ParamSpec("_P")
_T = TypeVar("_T")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponse]


_tellers: list[Callable[[], int]] = []


def register_teller(teller: Callable[[], int]) -> None:
    """Let a later room say how often what visitors see has changed: a drawn page is kept until then. From its `ready`."""
    if teller not in _tellers:
        _tellers.append(teller)


@dataclass(frozen=True, slots=True)
class _Remembered:
    """A value, how often something had changed before it was worked out, and from when till when it holds."""

    value: Any
    changed: list[int]
    since: datetime
    until: datetime


_remembered: dict[str, _Remembered] = {}


def remembered(key: str, at: datetime, make: Callable[[], _T], until: Callable[[datetime], datetime | None]) -> _T:
    """What many pages need and all visitors see alike, made once until something that they see changes.

    `until` says from which instant it tells something else by itself, if ever. One statement where it is remembered. Keys are few
    and fixed: nothing is ever forgotten, only replaced. Nothing may write into the value.
    """
    if not settings.KINOLAB_PAGES_KEPT:
        return make()
    changed = _changed()
    kept = _remembered.get(key)
    if kept is None or kept.changed != changed or not kept.since <= at < kept.until:
        kept = _Remembered(make(), changed, at, min(at + REMEMBERED, until(at) or at + REMEMBERED))
        _remembered[key] = kept
    found: _T = kept.value
    return found


def forget() -> None:
    """Forget all of it."""
    _remembered.clear()


def _changed() -> list[int]:
    """How often something that visitors see has changed."""
    return [teller() for teller in _tellers]


def for_visitors(seconds: int, *, asked_again: bool = False) -> Callable[[_View[_P]], _View[_P]]:
    """Let a page be kept by strangers for so many seconds, and answer 304 when it has not changed.

    Whoever has a session, or a message waiting, gets a page of their own that nobody keeps. The page may depend on its
    address and on the cookies of theme and zone, and on nothing else of the request. For the rush before a deadline
    the program itself keeps a drawn page for `settings.KINOLAB_PAGES_KEPT` seconds, and drops it as soon as anything
    that visitors see has changed. A page that is `asked_again` is kept by browsers too, but they ask each time whether
    it is still the same: a change shows at once everywhere.
    """

    def decorate(view: _View[_P]) -> _View[_P]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _is_stranger(request):
                return _own(view(request, *args, **kwargs))
            key = _key(request)
            response = _drawn_before(key)
            if response is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200 or response.cookies:
                    return _own(response)
                _keep(key, response, seconds, asked_again)
            etag = response.headers["ETag"]
            return get_conditional_response(request, etag=etag, response=response) or response

        return answer

    return decorate


def changes_in(response: HttpResponse, seconds: float) -> HttpResponse:
    """Say that the page tells something else in so many seconds: nobody keeps it longer than that."""
    setattr(response, _UNTIL, max(0, int(seconds)))
    return response


def zone_of(request: HttpRequest) -> str:
    """The visitor's zone: chosen in their settings, else told by their browser, else ""."""
    zone = getattr(request.user, "timezone", "") or request.COOKIES.get(ZONE_COOKIE, "")
    return zone if zone in _zones() else ""


def _own(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _is_stranger(request: HttpRequest) -> bool:
    return not {settings.SESSION_COOKIE_NAME, _MESSAGES_COOKIE} & set(request.COOKIES)


def _key(request: HttpRequest) -> str:
    told = request.COOKIES.get(ZONE_COOKIE, "")
    zone = told if told in _zones() else ""
    changed = _changed() if settings.KINOLAB_PAGES_KEPT else []
    parts = f"{request.get_full_path()}|{themes.chosen(request.COOKIES)}|{zone}|{changed}"
    return f"page:{hashlib.sha256(parts.encode()).hexdigest()}"


def _drawn_before(key: str) -> HttpResponse | None:
    kept = cache.get(key) if settings.KINOLAB_PAGES_KEPT else None
    if kept is None:
        return None
    content, headers = kept
    return HttpResponse(content, headers=headers)


def _keep(key: str, response: HttpResponse, seconds: int, asked_again: bool) -> None:
    limit = getattr(response, _UNTIL, seconds)
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, public=True, max_age=0 if asked_again else min(seconds, limit))
    response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    inside = min(settings.KINOLAB_PAGES_KEPT, limit)
    if inside:
        cache.set(key, (response.content, dict(response.items())), inside)


@remember
def _zones() -> set[str]:
    return available_timezones()
