"""Pictures of pages: looked at before they are opened, made once in each size, seen by whom a room shows them."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from PIL import Image

from kinolab.foundation.files import actions, derivatives, showing
from kinolab.foundation.files.forms import PictureForm
from kinolab.foundation.files.models import Picture, StoredFile
from kinolab.foundation.files.showing import Audience
from kinolab.foundation.refusals import Denied, Refusal
from tests.factories import labs
from tests.integration.files.test_keeping import NOW, picture
from tests.kit import client_of

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def keep(content: bytes, name: str = "a.png") -> Picture:
    return actions.keep_picture(upload=SimpleUploadedFile(name, content), by=labs.person(), at=NOW)


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that would unfold to so many pixels."""

    def piece(name: bytes, said: bytes) -> bytes:
        return struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said))

    head = piece(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + piece(b"IDAT", zlib.compress(b"\0")) + piece(b"IEND", b"")


@pytest.fixture
def shown_to(monkeypatch: pytest.MonkeyPatch) -> list[Audience | None]:
    """What the one room answers that shows pictures."""
    answer: list[Audience | None] = [Audience.EVERYBODY]
    monkeypatch.setattr(showing, "_questions", [lambda picture, person, at: answer[0]])
    return answer


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.png", Refusal("file_empty")),
        (claiming(10_000, 6_000), "a.png", Refusal("picture_too_many_pixels", {"megapixels": 60, "limit": 40})),
        (claiming(60_000, 60_000), "a.png", Refusal("image_bomb", {"limit": 80})),
        (SVG, "a.svg", Refusal("file_wrong_kind", {"wanted": "JPEG, PNG, WebP"})),
        (SVG, "a.png", Refusal("file_disguised")),
        (picture(size=(479, 20)), "a.png", Refusal("picture_too_small", {"width": 479, "height": 20, "limit": 480})),
        (claiming(600, 400), "a.png", Refusal("image_unreadable")),
    ],
    ids=["nothing", "60 megapixels", "bomb", "drawing with a script", "drawing under another name", "stamp", "torn"],
)
def test_picture_that_cannot_be_shown_is_refused_and_not_kept(content, name, refusal):
    with pytest.raises(Denied) as denied:
        keep(content, name)

    assert (denied.value.refusal, StoredFile.objects.exists()) == (refusal, False)


def test_picture_too_large_in_bytes_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(derivatives, "MOST_BYTES", 10)
    with pytest.raises(Denied) as denied:
        keep(picture(size=(600, 400)))
    assert denied.value.refusal.code == "file_too_large"


def test_picture_stands_upright_and_is_made_once_in_every_size_and_format(settings, tmp_path):
    settings.KINOLAB_DATA = tmp_path
    said = Image.Exif()
    said[0x0112] = 6
    lying, again = (keep(picture("JPEG", (800, 500), exif=said), f"{name}.jpg") for name in "ab")
    again.file.sha256 = lying.file.sha256

    assert (lying.width, lying.height, derivatives.widths(lying)) == (500, 800, [320, 500])
    for name, kind, size in (("320.avif", "AVIF", (320, 512)), ("500.webp", "WEBP", (500, 800)),
                             ("320.jpg", "JPEG", (320, 512)), ("share.jpg", "JPEG", (1200, 630))):  # fmt: skip
        path = derivatives.made(lying, name)
        with Image.open(path) as made:
            assert (made.format, made.size) == (kind, size)
        assert derivatives.made(again, name) == path
    assert derivatives.made(lying, "640.jpg") is None
    assert derivatives.made(lying, "../320.jpg") is None


@pytest.mark.parametrize("mode", ["CMYK", "RGBA", "P", "I;16"])
def test_picture_of_any_colours_becomes_one_for_screens(mode, settings, tmp_path):
    settings.KINOLAB_DATA = tmp_path
    plain = Image.new("RGB", (500, 100), "#C03030")
    drawn = Image.new("I;16", plain.size, 50_000) if mode == "I;16" else plain.convert(mode)
    kept = io.BytesIO()
    drawn.save(kept, "JPEG" if mode == "CMYK" else "PNG", icc_profile=b"no profile")
    one = keep(kept.getvalue(), "a.jpg" if mode == "CMYK" else "a.png")

    with Image.open(derivatives.made(one, "320.jpg")) as made:
        seen = made.convert("RGB").getpixel((100, 30))
    wanted = (195, 195, 195) if mode == "I;16" else (192, 48, 48)
    assert max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) < 8


def test_picture_is_seen_by_whom_a_room_shows_it(shown_to):
    address = f"/pictures/{keep(picture(size=(500, 300))).file.code}/320.webp"

    seen = client_of().get(address)
    assert (seen["Content-Type"], seen["Cache-Control"]) == ("image/webp", "public, max-age=60, must-revalidate")
    assert client_of().get(address, headers={"If-None-Match": seen["ETag"]}).status_code == 304
    assert client_of().get(address.replace("320", "321")).status_code == 404

    shown_to[0] = Audience.ASKER
    assert client_of().get(address)["Cache-Control"] == "private, no-cache"
    shown_to[0] = None
    assert client_of().get(address).status_code == 404
    assert client_of().get("/pictures/nothing/320.webp").status_code == 404


def test_picture_on_a_page_offers_sizes_words_and_what_stays_in_sight():
    one = keep(picture(size=(700, 400)))
    actions.describe_picture(picture=one, alt={"ru": "Дом <у> реки"}, credit="A. Sadyr", focus=(31, 140))

    drawn = Template('{% load pictures %}{% picture one sizes="50vw" %}').render(Context({"one": one}))
    base = f"/pictures/{one.file.code}"
    assert drawn == (
        "<picture>"
        f'<source type="image/avif" srcset="{base}/320.avif 320w, {base}/640.avif 640w, {base}/700.avif 700w" sizes="50vw">'
        f'<source type="image/webp" srcset="{base}/320.webp 320w, {base}/640.webp 640w, {base}/700.webp 700w" sizes="50vw">'
        f'<img src="{base}/700.jpg" srcset="{base}/320.jpg 320w, {base}/640.jpg 640w, {base}/700.jpg 700w" sizes="50vw"'
        ' alt="Дом &lt;у&gt; реки" lang="ru" width="700" height="400" data-focus-x="30" data-focus-y="100" loading="lazy"'
        ' decoding="async"></picture>'
    )


def test_picture_is_public_once_described_in_every_language_of_its_page():
    one = keep(picture(size=(500, 300)))
    one.alt = {"ky": "Үй"}

    assert showing.why_not_public(one, ["ky", "ru"]) == Refusal("picture_undescribed", {"in_languages": ["ru"]})
    assert showing.why_not_public(one, ["ky"]) is None
    assert showing.why_not_public(Picture(), []) == Refusal("picture_undescribed", {"in_languages": ["en"]})


def test_form_of_a_picture_takes_words_in_each_language_and_a_place_inside():
    one = Picture(alt={"kk": "Үй"})
    sent: dict[str, Any] = {"alt_ky": "Үй", "alt_kk": "", "credit": "A. Sadyr", "focus_x": "30", "focus_y": "70"}
    form = PictureForm(sent, picture=one, languages=["ky"])

    assert form.is_valid() and form.said() == {"alt": {"ky": "Үй"}, "credit": "A. Sadyr", "focus": (30, 70)}
    assert list(PictureForm(sent | {"focus_y": "101"}, picture=one, languages=["ky"]).errors) == ["focus_y"]


def test_picture_that_no_page_shows_goes_with_its_file(django_capture_on_commit_callbacks):
    one = keep(picture(size=(500, 300)))
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_picture(picture=one)
    assert (Picture.objects.count(), StoredFile.objects.count()) == (0, 0)
