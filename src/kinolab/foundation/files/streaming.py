"""Answers that are sent piece by piece, also where the web server is asynchronous.

Django would collect the whole of such an answer in memory first: a table of thousands, or a file of fifty megabytes.
"""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from asgiref.sync import sync_to_async
from django.http import FileResponse, StreamingHttpResponse

_Base = StreamingHttpResponse if TYPE_CHECKING else object


class _PieceByPiece(_Base):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Each piece when the last one has gone, made in the thread that serves the request."""
        pieces = iter(self.streaming_content)
        next_piece = sync_to_async(next)
        while (piece := await next_piece(pieces, None)) is not None:
            yield piece


class StreamedResponse(_PieceByPiece, StreamingHttpResponse):
    """Text that is made while it is sent."""


class StreamedFile(_PieceByPiece, FileResponse):
    """A file."""
