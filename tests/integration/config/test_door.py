"""The server's door: a request goes through in one thread, and a stream leaves piece by piece."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from kinolab.config.asgi import Door
from tests.kit import waited

THREADS: list[str] = []


class Noting:
    """A middleware that notes in which thread it works."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        THREADS.append(threading.current_thread().name)
        return self.get_response(request)


def _page(request: HttpRequest) -> HttpResponse:
    THREADS.append(threading.current_thread().name)
    return HttpResponse(f"{request.method} {request.path}")


urlpatterns = [path("page/", _page)]


def _ask(door: Door, where: str) -> list[dict[str, Any]]:
    scope = {"type": "http", "method": "GET", "path": where, "headers": [(b"host", b"localhost")], "query_string": b""}

    async def talk() -> list[dict[str, Any]]:
        told = ApplicationCommunicator(door, scope)
        await told.send_input({"type": "http.request"})
        answer = [await told.receive_output(5), await told.receive_output(5)]
        await told.wait(5)
        return answer

    return waited(talk)


def test_door_when_asked_answers_from_one_thread(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    noting = f"{__name__}.Noting"
    settings.MIDDLEWARE = [noting, "django.middleware.common.CommonMiddleware", noting]
    THREADS.clear()

    start, body = _ask(Door(), "/page/")

    assert (start["status"], body["body"]) == (200, b"GET /page/")
    assert len(THREADS) == 3
    assert len(set(THREADS) - {threading.main_thread().name}) == 1


def _sent(response: StreamingHttpResponse, made: list[int]) -> list[tuple[bytes, int]]:
    """What goes out, and how many pieces had been made by then."""
    seen = []

    async def send(message: dict[str, Any]) -> None:
        if message.get("body"):
            seen.append((message["body"], len(made)))

    waited(lambda: Door().send_response(response, send))
    return seen


def test_stream_when_sent_is_made_as_it_goes() -> None:
    made: list[int] = []

    def pieces() -> Iterator[str]:
        for number in range(3):
            made.append(number)
            yield str(number)

    assert _sent(StreamingHttpResponse(pieces()), made) == [(b"0", 1), (b"1", 2), (b"2", 3)]


@pytest.mark.parametrize("size", [10, 9000])
def test_file_when_sent_is_whole_and_shut(tmp_path: Any, size: int) -> None:
    (tmp_path / "file").write_bytes(b"x" * size)
    file = (tmp_path / "file").open("rb")
    response = FileResponse(file)

    sent = _sent(response, [])
    response.close()

    assert b"".join(body for body, _ in sent) == b"x" * size
    assert file.closed
