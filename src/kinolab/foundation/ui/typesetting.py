"""Paper and posters by typst: a sheet (`.typ`) and what is to stand on it, as data.

Text reaches the sheet as JSON alone, never as markup; it has neither network nor files but its fonts.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kinolab.foundation.ui.fonts import ttf_folder


def pdf(sheet: Path, said: Mapping[str, Any], at: datetime) -> bytes:
    """The sheet as a PDF that a screen reader can read; the same bytes for the same words and the same instant.

    In the sheet: `#let sheet = json(bytes(sys.inputs.sheet))`.
    """
    return _compiled(sheet, said, pdf_standards=["ua-1"], timestamp=int(at.timestamp()))


def png(sheet: Path, said: Mapping[str, Any], at: datetime, *, ppi: float) -> bytes:
    """A sheet of one page as a picture."""
    return _compiled(sheet, said, format="png", ppi=ppi, timestamp=int(at.timestamp()))


def _compiled(sheet: Path, said: Mapping[str, Any], **how: Any) -> bytes:
    import typst  # noqa: PLC0415  (a large library that only papers need)

    words = {"sheet": json.dumps(said, ensure_ascii=False)}
    return typst.compile(
        str(sheet), sys_inputs=words, font_paths=[str(ttf_folder())], ignore_system_fonts=True, **how
    )  # fmt: skip
