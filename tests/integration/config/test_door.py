"""The server's door: a request goes through in one thread, and a stream leaves piece by piece."""

import asyncio
import io
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils import timezone, translation
from django.utils.translation import get_language

from kinolab.config.asgi import Door
from kinolab.foundation.ui.arrival import came_at
from tests.kit import waited

THREADS: list[int] = []
MADE: list[int] = []


class Noting:
    """A middleware that notes in which thread it works."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        THREADS.append(threading.get_ident())
        return self.get_response(request)


def _page(request: HttpRequest) -> HttpResponse:
    THREADS.append(threading.get_ident())
    return HttpResponse(f"{request.method} {request.path} {get_language()}")


def _pieces(number: int) -> Iterator[str]:
    try:
        for one in range(number):
            THREADS.append(threading.get_ident())
            MADE.append(one)
            yield str(one)
    finally:
        MADE.append(-1)


def _stream(request: HttpRequest, number: int) -> StreamingHttpResponse:
    translation.activate("ky")
    return StreamingHttpResponse(_pieces(number))


def _file(request: HttpRequest, size: int) -> FileResponse:
    OPEN.append(io.BytesIO(b"x" * size))
    return FileResponse(OPEN[-1])


OPEN: list[io.BytesIO] = []


def _when(request: HttpRequest) -> HttpResponse:
    return HttpResponse(came_at(request).isoformat())


urlpatterns = [
    path("page/", _page),
    path("when/", _when),
    path("stream/<int:number>/", _stream),
    path("file/<int:size>/", _file),
]


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, [f"{__name__}.Noting"]
    for notes in (THREADS, MADE, OPEN):
        notes.clear()


async def _told(
    door: Door, where: str, look: Callable[[], object] = lambda: None
) -> tuple[int, list[tuple[bytes, object]]]:
    """The status, and each piece with what `look` says when it comes."""
    scope = {"type": "http", "method": "GET", "path": where, "headers": [(b"host", b"localhost")], "query_string": b""}
    told = ApplicationCommunicator(door, scope)
    await told.send_input({"type": "http.request"})
    status, pieces, more = (await told.receive_output(5))["status"], [], True
    while more:
        message = await told.receive_output(5)
        pieces.append((message["body"], look())) if message.get("body") else None
        more = message.get("more_body", False)
    await told.wait(5)
    return status, pieces


def test_door_when_asked_answers_from_one_thread_and_keeps_it() -> None:
    async def twice() -> list[Any]:
        door = Door()
        return [await _told(door, "/page/"), await _told(door, "/page/")]

    assert waited(twice) == [(200, [(b"GET /page/ en", None)])] * 2
    assert len(THREADS) == 4
    assert len(set(THREADS) - {threading.main_thread().ident}) == 1


def test_what_one_request_sets_is_gone_in_the_next() -> None:
    async def after_a_stream() -> Any:
        door = Door()
        await _told(door, "/stream/2/")
        return await _told(door, "/page/")

    assert waited(after_a_stream) == (200, [(b"GET /page/ en", None)])
    assert len(set(THREADS)) == 1


def test_stream_when_sent_is_made_as_it_goes_in_the_thread_of_its_request() -> None:
    sent = waited(lambda: _told(Door(), "/stream/3/", lambda: max(MADE)))

    assert [body for body, _ in sent[1]] == [b"0", b"1", b"2"]
    assert sent[1][0][1] < 2
    assert MADE == [0, 1, 2, -1]
    assert len(set(THREADS)) == 1


def test_stream_that_nobody_reads_any_more_ends_and_others_are_answered_meanwhile() -> None:
    async def left() -> Any:
        door = Door()
        scope = {"type": "http", "method": "GET", "path": "/stream/999999/", "headers": [], "query_string": b""}
        told = ApplicationCommunicator(door, scope)
        await told.send_input({"type": "http.request"})
        for _ in ("the beginning", "a piece"):
            await told.receive_output(5)
        other = await _told(door, "/page/")
        await told.send_input({"type": "http.disconnect"})
        await told.wait(5)
        return other

    assert waited(left) == (200, [(b"GET /page/ en", None)])
    assert MADE[-1] == -1
    assert len(MADE) < 999_999
    assert len(set(THREADS)) == 2


@pytest.mark.parametrize("size", [10, 9000])
def test_file_when_sent_is_whole_and_shut(size: int) -> None:
    status, pieces = waited(lambda: _told(Door(), f"/file/{size}/"))
    assert (status, b"".join(body for body, _ in pieces)) == (200, b"x" * size)
    assert [one.closed for one in OPEN] == [True]


def test_request_when_cut_before_its_end_is_answered_nothing() -> None:
    async def cut() -> bool:
        told = ApplicationCommunicator(Door(), {"type": "http", "method": "POST", "path": "/page/", "headers": []})
        await told.send_input({"type": "http.disconnect"})
        await told.wait(5)
        return await told.receive_nothing()

    assert waited(cut)
    assert THREADS == []


def test_request_that_waits_in_line_came_when_it_came() -> None:
    async def late() -> tuple[str, str]:
        door = Door()
        door.room = asyncio.Semaphore(0)
        asking = asyncio.create_task(_told(door, "/when/"))
        await asyncio.sleep(0.02)
        opened = timezone.now().isoformat()
        door.room.release()
        return (await asking)[1][0][0].decode(), opened

    came, opened = waited(late)
    assert came < opened
