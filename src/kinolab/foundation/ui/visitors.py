"""Pages for visitors: how long anybody between may keep them, and in which zone a visitor lives."""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

ZONE_COOKIE = "kino_zone"  # written by the browser's script: an IANA name such as Asia/Almaty
_MESSAGES_COOKIE = "messages"

_P = ParamSpec("_P")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponse]


def for_visitors(seconds: int) -> Callable[[_View[_P]], _View[_P]]:
    """Let a page be kept for so many seconds, and answer 304 when it has not changed; for strangers only.

    Whoever has a session, or a message waiting, gets a page of their own that nobody keeps. The page may depend on any
    cookie (theme, zone), so it varies by them all.
    """

    def decorate(view: _View[_P]) -> _View[_P]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            patch_vary_headers(response, ["Cookie", "HX-Request"])
            if not _is_stranger(request) or response.cookies or response.status_code != 200:
                patch_cache_control(response, private=True, no_cache=True)
                return response
            patch_cache_control(response, public=True, max_age=seconds)
            etag = response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
            return get_conditional_response(request, etag=etag, response=response) or response

        return answer

    return decorate


def _is_stranger(request: HttpRequest) -> bool:
    return not {settings.SESSION_COOKIE_NAME, _MESSAGES_COOKIE} & set(request.COOKIES)


def zone_of(request: HttpRequest) -> str:
    """The visitor's zone: chosen in their settings, else told by their browser, else ""."""
    cookie = request.COOKIES.get(ZONE_COOKIE, "")
    zone = getattr(request.user, "timezone", "") or cookie
    return zone if zone in _zones() else ""


@cache
def _zones() -> set[str]:
    return available_timezones()
