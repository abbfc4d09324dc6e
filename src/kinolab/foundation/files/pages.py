"""How many pages a PDF has."""

import logging
from typing import IO, Any

LARGEST = 50_000_000  # bytes: a document is read into memory piece by piece, but its list of pages wholly
_MANY = 100_000  # pages; a list that says more is not believed
_NOISE = logging.getLogger("pypdf")
_NOISE.setLevel(logging.CRITICAL)  # it speaks of every crooked PDF, and most are crooked


def count(document: IO[bytes] | Any) -> int | None:
    """The number of pages, as the document's own list of pages says; None where it cannot be told.

    A locked document, one larger than `LARGEST`, or one whose inner order only a viewer can guess tells nothing: that is no
    reason to refuse it.
    """
    from pypdf import PdfReader  # noqa: PLC0415  (a tenth of a server's memory; only those who send a PDF pay for it)
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415

    document.seek(0, 2)
    if document.tell() > LARGEST:
        return None
    document.seek(0)
    try:
        found = PdfReader(document, strict=False).get_num_pages()
    except (
        PyPdfError,
        DependencyError,
        ArithmeticError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        return None
    return found if 0 < found <= _MANY else None
