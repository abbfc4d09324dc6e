"""Answers that are sent piece by piece."""

from collections.abc import Iterator

from asgiref.sync import async_to_sync

from kinolab.foundation.files.streaming import StreamedResponse


def test_streamed_response_when_sent_asynchronously_makes_each_piece_after_the_last_has_gone() -> None:
    made: list[int] = []

    def pieces() -> Iterator[str]:
        for number in range(3):
            made.append(number)
            yield str(number)

    async def read() -> list[tuple[bytes, int]]:
        return [(piece, len(made)) async for piece in StreamedResponse(pieces())]

    assert async_to_sync(read)() == [(b"0", 1), (b"1", 2), (b"2", 3)]
