"""The picture that goes with a link: a title, a line above and a line below it on the dye, 1200 × 630."""

import hashlib
import os
import tempfile
from io import BytesIO
from pathlib import Path

from django.conf import settings

from kinolab.foundation.later import Image, ImageDraw, ImageFont
from kinolab.foundation.ui.fonts import ttf

SIZE = (1200, 630)
MARGIN = 72
LAMP = "#FFB81C"
DYES = {  # fill, letters, a deeper shade for the hills
    "madder": ("#A92B2F", "#FFFFFF", "#7C1D21"),
    "larkspur": ("#F4B92F", "#151B1D", "#D39A16"),
    "spruce": ("#1E5B47", "#FFFFFF", "#14402F"),
    "firuza": ("#0B7480", "#FFFFFF", "#07525B"),
    "indigo": ("#27438F", "#FFFFFF", "#1A2E66"),
    "mulberry": ("#77305F", "#FFFFFF", "#531F42"),
}
_DRAWN_BY = "1"  # raise it when the drawing changes


def picture(dye: str, title: str, above: str, below: str) -> Path:
    """Return the picture's file in the data folder, drawn when its words have not been drawn before."""
    told = f"{_DRAWN_BY}\n{dye}\n{title}\n{above}\n{below}"
    path = Path(settings.KINOLAB_DATA) / "share" / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.png"
    if not path.exists():
        _keep(draw(dye, title, above, below), path)
    return path


def draw(dye: str, title: str, above: str, below: str) -> "Image.Image":
    """Draw the picture."""
    fill, letters, deep = DYES.get(dye, DYES["madder"])
    picture = Image.new("RGB", SIZE, fill)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(560, 630), (840, 400), (960, 500), (1080, 330), (1200, 450), (1200, 630)], fill=deep)
    pen.ellipse((1016, 56, 1128, 168), fill=LAMP)
    pen.text((MARGIN, 76), above, font=_font("Kino Text", "SemiBold", 30), fill=letters)
    font, lines = _fitting(pen, title, width=SIZE[0] - 2 * MARGIN - 60, height=300)
    top = 150.0
    for line in lines:
        pen.text((MARGIN, top), line, font=font, fill=letters)
        top += font.size * 1.06
    pen.line((MARGIN, 520, SIZE[0] - MARGIN, 520), fill=letters, width=2)
    pen.text((MARGIN, 542), below, font=_font("Kino Text", "SemiBold", 30), fill=letters)
    return picture


def _fitting(
    pen: "ImageDraw.ImageDraw", words: str, *, width: float, height: float
) -> "tuple[ImageFont.FreeTypeFont, list[str]]":
    """The largest letters in which the words fit, and their lines; the smallest, cut, when nothing fits."""
    for size in (108, 96, 84, 72, 62, 54, 46):
        font = _font("Kino Display", "SemiBold", size)
        lines = _broken(pen, words, font, width)
        if len(lines) * size * 1.06 <= height and all(pen.textlength(line, font=font) <= width for line in lines):
            return font, lines
    return font, lines[: int(height // (size * 1.06))]


def _broken(pen: "ImageDraw.ImageDraw", words: str, font: "ImageFont.FreeTypeFont", width: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pen.textlength(longer, font=font) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _font(family: str, style: str, size: int) -> "ImageFont.FreeTypeFont":
    return ImageFont.truetype(str(ttf(family, style)), size)


def _keep(picture: "Image.Image", path: Path) -> None:
    drawn = BytesIO()
    picture.save(drawn, "PNG", optimize=True)
    write_whole(path, drawn.getvalue())


def write_whole(path: Path, content: bytes) -> None:
    """Write beside and put in place at once: another process may be reading or making the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, unfinished = tempfile.mkstemp(suffix=path.suffix, prefix=".making-", dir=path.parent)
    with os.fdopen(number, "wb") as file:
        file.write(content)
    Path(unfinished).replace(path)
