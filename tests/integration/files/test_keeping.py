"""Files are taken for what they are, kept under no name of theirs, and given out only as downloads."""

import io
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kinolab.foundation.files import actions, contents, pictures
from kinolab.foundation.files.models import StoredFile
from kinolab.foundation.files.queries import as_attachment
from kinolab.foundation.refusals import Denied
from tests.factories import labs
from tests.kit import shut

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 8), **more) -> bytes:
    kept = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(kept, kind, **more)
    return kept.getvalue()


def archive(comment: bytes = b"") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as out:
        out.writestr("evil.js", "alert(1)")
        out.comment = comment
    return kept.getvalue()


def telephone() -> bytes:
    """A JPEG with a second picture behind it, as many telephones make them."""
    kept = io.BytesIO()
    one, other = (Image.effect_noise((16, 16), 60).convert("RGB") for _ in range(2))
    one.save(kept, "MPO", save_all=True, append_images=[other])
    return kept.getvalue()


def keep(content: bytes, name: str = "a.pdf", kinds=("pdf", "image"), max_bytes: int = 1_000_000) -> StoredFile:
    return actions.keep(
        upload=SimpleUploadedFile(name, content), by=labs.person(), at=NOW, kinds=kinds, max_bytes=max_bytes
    )


def refused(*given, **more) -> str:
    with pytest.raises(Denied) as denied:
        keep(*given, **more)
    assert not StoredFile.objects.exists()
    return denied.value.refusal.code


# --- What is taken ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "name", "kind", "content_type"),
    [
        (PDF, "сценарий.pdf", "pdf", "application/pdf"),
        (PDF.strip(), "NO NEWLINE.PDF", "pdf", "application/pdf"),
        (PDF + b"\r\n\x00\x00", "padded.pdf", "pdf", "application/pdf"),
        (PDF.replace(b"1.7", b"2.0"), "two.pdf", "pdf", "application/pdf"),
        (picture(), "кадр.png", "image", "image/png"),
        (picture("JPEG"), "a.jpeg", "image", "image/jpeg"),
        (picture("JPEG", progressive=True), "a.jpg", "image", "image/jpeg"),
        (picture("WEBP"), "a.webp", "image", "image/webp"),
        (telephone(), "IMG_0001.JPG", "image", "image/jpeg"),
        (picture("JPEG") + b"ftypmp4 moving picture" * 99, "MVIMG.jpg", "image", "image/jpeg"),
    ],
)
def test_file_is_taken_for_what_it_is(content, name, kind, content_type):
    stored = keep(content, name)

    assert (stored.kind, stored.content_type, stored.name, str(stored)) == (kind, content_type, name, name)
    with stored.blob.open("rb") as blob:
        held = blob.read()
    assert held == (b"".join(pictures.bare(io.BytesIO(content), content_type)) if kind == "image" else content)
    assert (stored.size, stored.sha256) == (len(held), sha256(held).hexdigest())
    assert (stored.owner, stored.created_at) == (labs.person(), NOW)


def test_place_of_a_file_says_nothing_of_its_name(settings):
    stored = keep(PDF, "../../etc/passwd.pdf")

    place = Path(stored.blob.path)
    assert place == settings.MEDIA_ROOT / stored.code[:2] / stored.code
    assert stored.name == "passwd.pdf"


# --- What is refused -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "file_empty"),
        (PDF + b"0" * 1_000_000, "a.pdf", "file_too_large"),
        # Not a PDF at the first byte
        (b"\n" + PDF, "a.pdf", "file_disguised"),
        (b"<html><script>alert(1)</script>" + PDF, "a.pdf", "file_disguised"),
        (b"MZ\x90\x00" + PDF, "a.pdf", "file_disguised"),
        (b"\x7fELF" + PDF, "a.pdf", "file_disguised"),
        (b"#!/bin/sh\n" + PDF, "a.pdf", "file_disguised"),
        (archive() + PDF, "a.pdf", "file_disguised"),
        (b"%PDF-9.9\n%%EOF", "a.pdf", "file_disguised"),
        (b"%PDF-", "a.pdf", "file_disguised"),
        # A PDF that is something else as well
        (PDF + archive(), "a.pdf", "pdf_unreadable"),
        (PDF + archive(comment=b"\n%%EOF\n"), "a.pdf", "file_two_in_one"),
        (PDF[:-6] + archive() + b"%%EOF\n", "a.pdf", "file_two_in_one"),
        (picture() + archive(), "a.png", "file_two_in_one"),
        (picture("JPEG") + archive(), "a.jpg", "file_two_in_one"),
        # Cut off on the way
        (PDF[:-8], "a.pdf", "pdf_unreadable"),
        (PDF + b"<script>", "a.pdf", "pdf_unreadable"),
        (picture(size=(64, 64))[:-40], "a.png", "image_unreadable"),
        (picture("JPEG", (64, 64))[:-40], "a.jpg", "image_unreadable"),
        # Named as something else
        (PDF, "a.png", "file_disguised"),
        (PDF, "a.pdf.exe", "file_disguised"),
        (PDF, "a", "file_disguised"),
        (picture(), "a.pdf", "file_disguised"),
        (picture(), "a.jpg", "file_disguised"),
        (b"MZ this is a program", "holiday.jpg", "file_disguised"),
        # Other kinds
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", "file_wrong_kind"),
        (picture("GIF"), "a.gif", "file_wrong_kind"),
        (picture("BMP"), "a.bmp", "file_wrong_kind"),
        (archive(), "a.docx", "file_wrong_kind"),
        (b"MZ this is a program", "a.exe", "file_wrong_kind"),
        (b"<html>", "a.html", "file_wrong_kind"),
    ],
)
def test_file_that_is_not_what_it_should_be_is_refused(content, name, code):
    assert refused(content, name) == code


@pytest.mark.parametrize(("content", "name", "kinds"), [(PDF, "a.pdf", ["image"]), (picture(), "a.png", ["pdf"])])
def test_good_file_of_a_kind_that_is_not_asked_for_is_refused(content, name, kinds):
    assert refused(content, name, kinds) == "file_wrong_kind"


def png_of(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG that says it is so large; its data need not be."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(b"zTXt", c) for c in chunks) + data + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(9_000, 9_000), (50_000, 50_000), (2**31 - 1, 2**31 - 1)])
def test_picture_that_would_fill_the_memory_is_refused_without_opening_it(width, height):
    assert refused(png_of(width, height), "bomb.png") == "image_bomb"


def test_picture_whose_comment_unpacks_to_gigabytes_is_refused():
    bomb = b"Comment\0\0" + zlib.compress(b"\0" * 50_000_000)

    assert refused(png_of(8, 8, bomb), "bomb.png") == "file_disguised"


def test_picture_of_a_good_camera_is_taken():
    assert keep(png_of(8_660, 5_773), "fifty.png").kind == "image"
    assert contents.MOST_MEGAPIXELS == 80


def test_refusals_have_sentences_with_their_numbers(client):
    from kinolab.foundation.i18n import reasons

    with pytest.raises(Denied) as denied:
        keep(PDF + b"0" * 3_000_000, max_bytes=2 * 1_048_576)
    assert "2.9 MB. The limit here: 2 MB" in reasons.explain(denied.value.refusal)


# --- Names -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("сценарий.pdf", "сценарий.pdf"),
        ("C:\\Users\\Aida\\film.pdf", "film.pdf"),
        ("/etc/../a.pdf", "a.pdf"),
        ("evil\u202efdp.exe.pdf", "evilfdp.exe.pdf"),  # shown from right to left it would end with exe.pdf reversed
        ("\u2067a\u2069\u200f\u061c\ufeffb.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("и\u0306од.pdf", "йод.pdf"),
        ("...", "file"),
        ("", "file"),
        (".pdf", "pdf"),
        ("no ending", "no ending"),
        ("🎬.pdf", "🎬.pdf"),
    ],
)
def test_name_is_kept_without_what_deceives(given, kept):
    assert actions.safe_name(given) == kept


@pytest.mark.parametrize("letter", ["a", "ы", "日", "🎬"])
def test_name_of_any_length_fits_on_a_disk_and_keeps_its_ending(letter):
    kept = actions.safe_name(letter * 1_000 + ".pdf")

    assert kept.endswith(f"{letter}.pdf")
    assert len(kept.encode()) <= 255
    assert len(kept) <= 200


# --- Given out -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a.pdf", 'attachment; filename="a.pdf"'),
        ("сценарий.pdf", "attachment; filename*=utf-8''%D1%81%D1%86%D0%B5%D0%BD%D0%B0%D1%80%D0%B8%D0%B9.pdf"),
        ('a";x="b.pdf', 'attachment; filename="a\\";x=\\"b.pdf"'),
    ],
)
def test_file_is_given_out_as_a_download_that_cannot_run(name, header):
    response = as_attachment(keep(PDF, name))

    assert response["Content-Disposition"] == header
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content) == PDF
    shut(response)


def test_file_whose_name_must_not_be_seen_goes_by_another():
    response = as_attachment(keep(PDF, "Meerim.pdf"), "material-1.pdf")

    assert response["Content-Disposition"] == 'attachment; filename="material-1.pdf"'
    shut(response)
