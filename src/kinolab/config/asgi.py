"""The door for the web server."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinolab.config.settings")

AT_ONCE = 6  # requests; PostgreSQL's pool has eight connections, of which the clock needs two


class Door(ASGIHandler):
    """Django's door, for a program whose middleware and views are synchronous throughout.

    A request goes into its thread once and comes out with the answer; Django's own door goes in and out for every piece
    of middleware, which costs more than an empty page. What streams leaves piece by piece, where Django would first
    collect all of a download in memory.

    Only so many requests are in their threads at once; the others wait in line without one. In the last minutes before a
    close hundreds come together, and hundreds of threads would share one processor, each with a connection and its memory.
    """

    def __init__(self) -> None:
        super().__init__()
        self.room = asyncio.Semaphore(AT_ONCE)

    def load_middleware(self, is_async: bool = False) -> None:
        """Load it for threads."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """All of the request in its thread, once there is room."""
        async with self.room:
            return await sync_to_async(self.get_response)(request)

    async def send_response(self, response: HttpResponseBase, send: Any) -> None:
        """Send; a stream is drawn upon as it goes."""
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _one_by_one(iter(response.streaming_content))
        await super().send_response(response, send)


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Each piece when the last one has gone, made in the thread of its request."""
    following = sync_to_async(next)
    while (piece := await following(pieces, None)) is not None:
        yield piece


django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402  (settings can be read only now)

from kinolab.foundation.files.receiving import Receiver  # noqa: E402

application = Receiver(Door())

if settings.KINOLAB_INSIDE:
    from kinolab.config import clock

    clock.start()
