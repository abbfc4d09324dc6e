"""A sheet of a press kit as a document that a word processor opens: headings, a table of facts, paragraphs, its language."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_WIDE, _HIGH, _MARGIN, _NAMES = 210, 297, 22, 46  # millimetres
_AT_HOME = {"ky": "ky-KG", "kk": "kk-KZ", "uz": "uz-UZ", "tg": "tg-TJ", "tk": "tk-TM", "ru": "ru-RU", "en": "en-GB"}
_UNSTORABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])  # no XML holds them


def docx(said: Mapping[str, Any], at: datetime) -> bytes:
    """The same words as on paper, to be copied and written on."""
    from docx import Document  # noqa: PLC0415  (heavy; only those who take a kit pay for it)
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(_WIDE), Mm(_HIGH)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    page.footer.paragraphs[0].text = _plain(said["organisation"])
    about = document.core_properties
    about.title, about.author, about.language = _plain(said["title"]), _plain(said["organisation"]), said["language"]
    about.created = about.modified = at.astimezone(UTC)
    about.comments = ""
    for marked in document.styles.element.iter(qn("w:lang")):
        marked.set(qn("w:val"), _AT_HOME.get(said["language"], said["language"]))
    document.add_paragraph(_plain(said["kind"]))
    document.add_heading(_plain(said["title"]), 0)
    for words in said["about"]:
        document.add_paragraph(_plain(words))
    if said["facts"]:
        document.add_heading(said["facts_title"], 1)
        table = document.add_table(rows=0, cols=2)
        for name, value in said["facts"]:
            row = table.add_row().cells
            row[0].text, row[1].text = _plain(name), _plain(value)
            row[0].width, row[1].width = Mm(_NAMES), Mm(_WIDE - 2 * _MARGIN - _NAMES)
    for text in said["texts"]:
        document.add_heading(_plain(text["title"]), 1)
        for words in text["paragraphs"]:
            document.add_paragraph(_plain(words))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _plain(text: object) -> str:
    return str(text).translate(_UNSTORABLE)
