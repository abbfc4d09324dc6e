"""A way back from an address that only takes forms: whoever comes to it by looking is led to the page that it belongs to.

One comes there by changing the language where a form was refused, or by signing in again in the middle of one.
"""

from inspect import iscoroutinefunction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.decorators import sync_and_async_middleware

_NOT_BY_LOOKING = 405


@sync_and_async_middleware
def led_back(get_response: Any) -> Any:
    """Middleware: a browser that asks for such a page is sent one step up; programs are told as ever."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponse:
            return _lead(request, await get_response(request))

        return later

    def now(request: HttpRequest) -> HttpResponse:
        return _lead(request, get_response(request))

    return now


def _lead(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    looks = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    return redirect(above(request.path)) if looks and response.status_code == _NOT_BY_LOOKING else response


def above(path: str) -> str:
    """The nearest address over this one at which something answers."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
