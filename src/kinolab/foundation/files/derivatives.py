"""Pictures for pages: a kept picture made smaller, in the formats that browsers prefer, each made once and kept.

How a room shows pictures, in five steps:

1. Column: `models.ForeignKey(Picture, on_delete=models.PROTECT)` (`kinolab.foundation.files.models.Picture`).
2. Bring it: `files.keep_picture(upload=…, by=…, at=…)` in an action; refusals have their sentences here. Words and focus:
   `files.describe_picture(picture=…, alt=…, credit=…, focus=(x, y))`; away: `files.forget_picture(picture=…)`.
3. Public only described: `stop_if(showing.why_not_public(picture, languages))` before anybody sees it.
4. Who may see it: `showing.register(question)` when the room is ready; the question takes the picture, the person and the
   instant and answers with an `Audience`, or None for "not mine". Nobody sees a picture that no room answers for.
5. Page: `{% load pictures %}{% picture one.picture sizes="(max-width: 60rem) 100vw, 40rem" %}` inside `<div class="frame">`.
   Form: `files.forms.PictureForm` with `{% include "files/_picture_form.html" %}` and the script `files/focus.js`.

A picture is looked at before it is opened: how many pixels it would unfold to is read from its head. What is made of it
lies under the data folder by its digest: the same picture brought twice is made once, and all of it may be deleted.
"""

import io
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from kinolab.foundation.files import queries
from kinolab.foundation.files.models import Picture
from kinolab.foundation.later import Image, ImageCms, ImageOps
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.foundation.ui.sharing import write_whole

MOST_MEGAPIXELS = 40  # what one picture may unfold to in the memory of a small server
SMALLEST = 480  # pixels of its longer side
MOST_BYTES = 30 * 1024 * 1024
WIDTHS = (320, 640, 960, 1440, 2000)
SHARED = (1200, 630)  # the picture that goes with a link
_SHARED_NAME = "share.jpg"
_MADE_BY = "1"  # raise it when pictures are made in another way
_making = threading.Lock()  # one picture is opened at a time: each may fill a hundred megabytes


@dataclass(frozen=True, slots=True)
class Format:
    """How a picture is written."""

    name: str
    content_type: str
    options: dict[str, Any]


FORMATS = {
    "avif": Format("AVIF", "image/avif", {"quality": 55, "speed": 8, "max_threads": 1}),
    "webp": Format("WEBP", "image/webp", {"quality": 76, "method": 4}),
    "jpg": Format("JPEG", "image/jpeg", {"quality": 80, "optimize": True, "progressive": True}),
}


# --- Looking before opening ------------------------------------------------------------------------------------------
def measured(picture: Any) -> tuple[int, int]:
    """Width and height as it is shown. Its head is asked first; then it is unfolded once, so that no page meets a torn one.

    Refused: image_unreadable, picture_too_many_pixels {megapixels, limit}, picture_too_small {width, height, limit}.
    """
    picture.seek(0)
    with _making, _readable(), Image.open(picture, formats=("JPEG", "PNG", "WEBP")) as opened:
        width, height = opened.size
        if width * height > MOST_MEGAPIXELS * 1_000_000:
            facts = {"megapixels": round(width * height / 1_000_000), "limit": MOST_MEGAPIXELS}
            raise Denied(Refusal("picture_too_many_pixels", facts))
        if max(width, height) < SMALLEST:
            raise Denied(Refusal("picture_too_small", {"width": width, "height": height, "limit": SMALLEST}))
        opened.load()
        turned = opened.getexif().get(0x0112, 1) in {5, 6, 7, 8}
    return (height, width) if turned else (width, height)


class _readable:  # noqa: N801  (reads as a sentence)
    """Whatever Pillow makes of a broken picture is one reason; a bomb never comes here (`contents.look`)."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, Denied):
            raise Denied(Refusal("image_unreadable")) from None


# --- Addresses -------------------------------------------------------------------------------------------------------
def widths(picture: Picture) -> list[int]:
    """In which widths it is offered: those below its own, and its own up to the largest."""
    own = min(picture.width, WIDTHS[-1])
    return [*(one for one in WIDTHS if one < own), own]


def names(picture: Picture) -> Iterable[str]:
    """Every name under which something is made of it."""
    return [*(f"{width}.{ending}" for width in widths(picture) for ending in FORMATS), _SHARED_NAME]


# --- Making ----------------------------------------------------------------------------------------------------------
def made(picture: Picture, name: str) -> Path | None:
    """The file of this name, made when it was not made before; None where there is no such name."""
    if name not in names(picture):
        return None
    focus = f"-{picture.focus_x}-{picture.focus_y}" if name == _SHARED_NAME else ""
    whole = Path(settings.KINOLAB_DATA) / "pictures" / picture.file.sha256[:2] / picture.file.sha256
    path = whole / f"{_MADE_BY}{focus}-{name}"
    if not path.exists():
        with _making:
            if not path.exists():
                write_whole(path, _make(picture, name))
    return path


def _make(picture: Picture, name: str) -> bytes:
    size, _, ending = name.partition(".")
    if name == _SHARED_NAME:
        wide, high = SHARED
        opened = ImageOps.fit(
            _opened(picture, wide), SHARED, Image.Resampling.LANCZOS,
            centering=(picture.focus_x / 100, picture.focus_y / 100),
        )  # fmt: skip
    else:
        wide = int(size)
        opened = _opened(picture, wide)
        high = max(1, round(opened.height * wide / opened.width))
        opened = opened.resize((wide, high), Image.Resampling.LANCZOS, reducing_gap=3.0)
    form = FORMATS[ending]
    if form.name == "JPEG" and opened.mode == "RGBA":
        paper = Image.new("RGB", opened.size, "#FFFFFF")
        paper.paste(opened, mask=opened.getchannel("A"))
        opened = paper
    kept = io.BytesIO()
    opened.save(kept, format=form.name, **form.options)
    return kept.getvalue()


def _opened(picture: Picture, wide: int) -> "Image.Image":
    """The picture upright, in the colours of screens, red, green and blue (and how much shines through)."""
    content = io.BytesIO(b"".join(queries.pieces(picture.file)))
    opened: Image.Image = Image.open(content, formats=("JPEG", "PNG", "WEBP"))
    least = 2 * max(wide, wide * picture.height // picture.width)
    opened.draft("RGB", (least, least))  # a JPEG unfolds to a half, a quarter or an eighth by itself
    profile = opened.info.get("icc_profile")
    opened = ImageOps.exif_transpose(opened)
    if opened.mode.startswith("I;16"):
        opened = opened.point(lambda value: value / 256).convert("L")
    shines = opened.mode in {"RGBA", "LA", "PA"} or "transparency" in opened.info
    return _for_screens(opened, profile).convert("RGBA" if shines else "RGB")


def _for_screens(opened: "Image.Image", profile: bytes | None) -> "Image.Image":
    """Colours by the picture's own profile; one that cannot be read is left aside."""
    if not profile or opened.mode not in {"RGB", "RGBA", "CMYK"}:
        return opened
    try:
        turned = ImageCms.profileToProfile(
            opened, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if opened.mode == "RGBA" else "RGB",
        )  # fmt: skip
    except (ImageCms.PyCMSError, OSError):
        return opened
    return turned if turned is not None else opened
