"""A picture is kept without the place where it was taken; not one pixel of it changes, and it stands as it stood."""

import io
import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageOps, PngImagePlugin

from kinolab.foundation.files import actions, pictures
from kinolab.foundation.refusals import Denied
from tests.factories import labs
from tests.integration.files.test_keeping import NOW, picture, telephone

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>42,52.4N</exif:GPSLatitude></x:xmpmeta>'


def taken(kind: str, turned: int = 6, **more) -> bytes:
    """A picture as a telephone makes it: lying on its side, with the place, the camera and its owner beside it."""
    said = Image.Exif()
    said[0x0112], said[0x010F], said[0x8298] = turned, "Telephone 9", "Meerim"
    said.get_ifd(0x8825).update({1: "N", 2: (42.0, 52.0, 28.0), 3: "E", 4: (74.0, 36.0, 44.0)})
    kept = io.BytesIO()
    one = Image.effect_noise((90, 60), 60).convert("RGB")
    if kind == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_itxt("XML:com.adobe.xmp", XMP.decode())
    elif kind == "WEBP":
        more["xmp"], more["lossless"] = XMP, True
    one.save(kept, kind, exif=said, icc_profile=b"profile of colours", **more)
    return kept.getvalue()


def bare(content: bytes, kind: str) -> bytes:
    return b"".join(pictures.bare(io.BytesIO(content), TYPES[kind]))


def opened(content: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("turned", [1, 6])
def test_place_goes_and_the_picture_stays(kind, turned):
    content = taken(kind, turned)
    assert b"Telephone 9" in content and opened(content).getexif().get_ifd(0x8825)

    kept = bare(content, kind)
    was, now = opened(content), opened(kept)
    assert ImageChops.difference(was.convert("RGB"), now.convert("RGB")).getbbox() is None
    assert ImageOps.exif_transpose(now).size == ((90, 60) if turned == 1 else (60, 90))
    assert dict(now.getexif()) == ({} if turned == 1 else {0x0112: 6})
    assert now.info["icc_profile"] == b"profile of colours"
    assert not any(word in kept for word in (b"Telephone", b"Meerim", b"GPSLatitude"))
    assert bare(kept, kind) == kept


def test_progressive_jpeg_and_what_lies_behind_it():
    behind = b"\0\0\0\x18ftypmp42 a film of the moment before"
    kept = bare(taken("JPEG", progressive=True) + behind, "JPEG")
    assert opened(kept).size == (90, 60)
    assert kept.endswith(b"\xff\xd9") and b"ftyp" not in kept
    second = bare(telephone(), "JPEG")
    assert getattr(opened(second), "n_frames", 1) == 1
    assert len(second) < len(telephone()) * 0.7


@pytest.mark.parametrize("kind", TYPES)
def test_picture_without_anything_beside_it_stays_as_it_is(kind):
    content = picture(kind)
    assert bare(content, kind) == content


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG")[:-2], "JPEG"),
        (b"\xff\xd8\xff\xe1\xff\xff", "JPEG"),
        (b"\xff\xd8 no mark", "JPEG"),
        (picture()[:-4], "PNG"),
        (picture()[:8] + struct.pack(">I4s", 2**31, b"IDAT"), "PNG"),
        (b"RIFF", "WEBP"),
        (picture("WEBP")[:-10], "WEBP"),
    ],
)
def test_picture_whose_pieces_do_not_fit_is_refused(content, kind):
    with pytest.raises(pictures.Unreadable):
        bare(content, kind)


@pytest.mark.django_db
def test_kept_picture_tells_no_place_and_its_sum_is_of_what_is_kept():
    content = taken("JPEG")
    stored = actions.keep(
        upload=SimpleUploadedFile("a.jpg", content), by=labs.person(), at=NOW, kinds=["image"], max_bytes=1_000_000
    )
    with stored.blob.open("rb") as blob:
        held = blob.read()
    assert held == bare(content, "JPEG")
    assert (stored.size, stored.kind) == (len(held), "image")
    broken = content.replace(b"\xff\xc0", b"\x00\xc0", 1)
    with pytest.raises(Denied):
        actions.keep(
            upload=SimpleUploadedFile("a.jpg", broken), by=labs.person(), at=NOW, kinds=["image"], max_bytes=1_000_000
        )
