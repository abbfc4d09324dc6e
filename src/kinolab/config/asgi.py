"""The door for the web server."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import IO, Any

import django
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinolab.config.settings")

AT_ONCE = 3  # requests: one waits for its files or its database while two work, and each holds some megabytes

Do = Callable[..., Any]


class Door(ASGIHandler):
    """Django's door, for a program whose middleware and views are synchronous throughout.

    A request goes into a thread once and comes out with the answer; Django's own door goes in and out five times, into a
    thread made for this request, with a connection of its own: that costs more than an empty page. What streams leaves
    piece by piece, where Django would first collect all of a download in memory.

    Only so many requests are in their threads at once; the others wait in line without one. In the last minutes before a
    close hundreds come together, and hundreds of threads would share one processor, each with a connection and its memory.
    """

    def __init__(self) -> None:
        super().__init__()
        self.room = asyncio.Semaphore(AT_ONCE)
        self.free: list[ThreadPoolExecutor] = []  # threads, each alone in a pool

    def load_middleware(self, is_async: bool = False) -> None:
        """Load it for threads."""
        super().load_middleware(is_async=False)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Read the request, answer it in a thread once there is room, send the answer."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        context, loop, came = copy_context(), asyncio.get_running_loop(), timezone.now()
        with closing(body):
            async with self.room:
                thread = self.free.pop() if self.free else ThreadPoolExecutor(1, "kinolab-door")
                inside = partial(loop.run_in_executor, thread, context.run)
                response = await inside(self._answer, scope, body, came)
                if not response.streaming:
                    self.free.append(thread)
            if not response.streaming:
                await self.send_response(response, send)
                return
            await self._stream(response, inside, receive, send)  # in its thread: a slow reader takes no room
            if len(self.free) < AT_ONCE:
                self.free.append(thread)
            else:
                thread.shutdown(wait=False)

    def _answer(self, scope: Any, body: IO[bytes], came: datetime) -> HttpResponseBase:
        """From the beginning to the end of a request; the end of what streams comes later."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=type(self), scope=scope)
        request, refused = self.create_request(scope, body)
        if request is not None:
            request.came_at = came
        response = refused if request is None else self.get_response(request)
        response._handler_class = type(self)
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if not response.streaming:
            response.close()
        return response

    async def _stream(self, response: Any, inside: Do, receive: Any, send: Any) -> None:
        """Send it until it ends or nobody is there any more."""
        response.streaming_content = _one_by_one(iter(response.streaming_content), inside)
        sending = asyncio.create_task(self.send_response(response, send))
        gone = asyncio.create_task(self.listen_for_disconnect(receive))
        try:
            await asyncio.wait((sending, gone), return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            sending.cancel()
            gone.cancel()
            await asyncio.gather(sending, gone, return_exceptions=True)
            await inside(response.close)


async def _one_by_one(pieces: Iterator[bytes], inside: Do) -> AsyncIterator[bytes]:
    """Each piece when the last one has gone, made in the thread of its request."""
    while (piece := await inside(next, pieces, None)) is not None:
        yield piece


gc.disable()  # while everything is loaded there are no circles to find: looking for them took an eighth of the time
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402  (settings can be read only now)

from kinolab.foundation.files.receiving import Receiver  # noqa: E402

application = Receiver(Door())

# What is loaded by now stays for good and is not looked through; what pages leave is looked for often, for texts hang on it.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
gc.set_threshold(1_000, 10, 5)
gc.enable()

if settings.KINOLAB_INSIDE:
    from kinolab.config import clock

    clock.start()
