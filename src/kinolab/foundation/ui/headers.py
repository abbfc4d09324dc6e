"""What every answer says to browsers and to caches on the way, unless its view has said otherwise."""

from inspect import iscoroutinefunction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

# Nothing here uses them, so no page that somebody managed to change could.
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


@sync_and_async_middleware
def guarded(get_response: Any) -> Any:
    """Middleware: an answer that says nothing about caches is for its reader alone and kept by nobody."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponse:
            return _guard(await get_response(request))

        return later

    def now(request: HttpRequest) -> HttpResponse:
        return _guard(get_response(request))

    return now


def _guard(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)
    return response
