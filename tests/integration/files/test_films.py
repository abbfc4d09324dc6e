"""Films by their contents: which container, whether whole, how long; whatever else is built of the same boxes is not one."""

import io
import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinolab.foundation.files import contents, films
from kinolab.foundation.refusals import Denied

ALL = ("pdf", "image", "video")


def box(name: bytes, content: bytes = b"", *, large: bool = False) -> bytes:
    if large:
        return struct.pack(">I4sQ", 1, name, len(content) + 16) + content
    return struct.pack(">I4s", len(content) + 8, name) + content


def mvhd(seconds: float, version: int = 0) -> bytes:
    shape = ">B3xQQIQ" if version else ">B3xIIII"
    return box(b"mvhd", struct.pack(shape, version, 0, 0, 1000, int(seconds * 1000)) + b"\0" * 80)


def film(
    seconds: float = 62.5, *, brand: bytes = b"isom", head: bool = True, version: int = 0, large: bool = False
) -> bytes:
    first = box(b"ftyp", brand + b"\0\0\2\0" + b"isomiso2") if head else b""
    return first + box(b"mdat", b"pictures" * 40, large=large) + box(b"moov", mvhd(seconds, version))


def element(name: int, content: bytes, *, unknown: bool = False) -> bytes:
    size = b"\xff" if unknown else (0x4000 | len(content)).to_bytes(2, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + size + content


def matroska(
    seconds: float | None = 62.5, *, kind: bytes = b"matroska", unknown: bool = False, wide: bool = True
) -> bytes:
    head = element(0x1A45DFA3, element(0x4282, kind))
    length = b"" if seconds is None else element(0x4489, struct.pack(">d" if wide else ">f", seconds * 1000))
    info = element(
        0x1549A966,
        element(0x2AD7B1, (1_000_000).to_bytes(3, "big")) + length + element(0x4D80, b"a long name of a muxer"),
    )
    body = element(0x114D9B74, b"seek") + info + element(0x1F43B675, b"pictures" * 20)
    return head + element(0x18538067, body, unknown=unknown)


def look(content: bytes, name: str, kinds=ALL) -> contents.Contents:
    return contents.look(SimpleUploadedFile(name, content), kinds)


def refused(content: bytes, name: str, kinds=ALL) -> str:
    with pytest.raises(Denied) as denied:
        look(content, name, kinds)
    return denied.value.refusal.code


@pytest.mark.parametrize(
    "content, name, content_type, seconds",
    [
        (film(), "фильм.mp4", "video/mp4", 62.5),
        (film(version=1), "a.m4v", "video/mp4", 62.5),
        (film(large=True), "a.mp4", "video/mp4", 62.5),
        (film(brand=b"mp42"), "A.MP4", "video/mp4", 62.5),
        (film(brand=b"abcd"), "a.mp4", "video/mp4", 62.5),  # says that it can be read as isom
        (film(brand=b"qt  "), "a.mov", "video/quicktime", 62.5),
        (film(head=False), "old.mov", "video/quicktime", 62.5),
        (film(0), "a.mp4", "video/mp4", None),  # a live recording may not know its length
        (film() + b"\0\0\0", "padded.mp4", "video/mp4", 62.5),
        (matroska(), "a.mkv", "video/x-matroska", 62.5),
        (matroska(kind=b"webm"), "a.webm", "video/webm", 62.5),
        (matroska(wide=False), "a.mkv", "video/x-matroska", 62.5),
        (matroska(unknown=True), "live.mkv", "video/x-matroska", 62.5),
        (matroska(None), "a.mkv", "video/x-matroska", None),
    ],
)
def test_film_is_taken_for_what_it_is(content, name, content_type, seconds):
    seen = look(content, name)
    assert (seen.kind, seen.content_type, seen.seconds) == ("video", content_type, seconds)


@pytest.mark.parametrize(
    "content, name, code",
    [
        (film()[:-1], "a.mp4", "video_unreadable"),
        (film()[:100], "a.mp4", "video_unreadable"),
        (box(b"ftyp", b"isom\0\0\2\0isom") + box(b"mdat", b"x" * 90), "a.mp4", "video_unreadable"),
        (box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov", mvhd(3)), "a.mp4", "video_unreadable"),
        (box(b"ftyp", b"isom\0\0\2\0isom") + box(b"mdat", b"x") + box(b"moov"), "a.mp4", "video_unreadable"),
        (film() + struct.pack(">I4s", 4, b"free"), "a.mp4", "video_unreadable"),
        (film() + struct.pack(">I4s", 1, b"free"), "a.mp4", "video_unreadable"),
        (matroska()[:-1], "a.mkv", "video_unreadable"),
        (matroska()[:30], "a.mkv", "video_unreadable"),
        (element(0x1A45DFA3, element(0x4282, b"matroska")) + element(0x18538067, b""), "a.mkv", "video_unreadable"),
        (element(0x1A45DFA3, element(0x4282, b"matroska")) + b"\0" * 40, "a.mkv", "video_unreadable"),
        # Named as something else, or something else named so
        (film(), "a.pdf", "file_disguised"),
        (film(), "a.mp4.exe", "file_disguised"),
        (film(brand=b"qt  "), "a.mkv", "file_disguised"),
        (matroska(), "a.mp4", "file_disguised"),
        (b"MZ\x90\0 a program" * 9, "a.mp4", "file_disguised"),
        (b"\x7fELF a program" * 9, "a.mkv", "file_disguised"),
        # Pictures of the same boxes
        (box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"mdat", b"x" * 90), "a.heic", "file_wrong_kind"),
        (box(b"ftyp", b"avif\0\0\0\0isom") + box(b"mdat", b"x" * 90), "a.mp4", "file_disguised"),
        (element(0x1A45DFA3, element(0x4282, b"something")), "a.mkv", "file_disguised"),
    ],
)
def test_film_that_is_not_whole_or_none_is_refused(content, name, code):
    assert refused(content, name) == code


def test_film_is_refused_where_none_is_asked_for():
    assert refused(film(), "a.mp4", ("pdf", "image")) == "file_wrong_kind"


def test_film_of_five_gigabytes_is_looked_at_without_reading_it():
    class Counting(io.BytesIO):
        """A film of five gigabytes, all of whose pictures are nought and nowhere."""

        read_so_far, gap = 0, 5_000_000_000

        def __init__(self) -> None:
            first, moov = box(b"ftyp", b"isom\0\0\2\0isom"), box(b"moov", mvhd(7200))
            head = struct.pack(">I4sQ", 1, b"mdat", 16 + self.gap)
            super().__init__(first + head + moov)
            self.before, self.at = len(first) + 16, 0
            self.whole = len(first) + 16 + self.gap + len(moov)

        def seek(self, at: int, whence: int = 0) -> int:
            self.at = at
            return super().seek(at if at <= self.before else max(at - self.gap, self.before))

        def read(self, size: int | None = -1) -> bytes:
            got = super().read(size)
            Counting.read_so_far += len(got)
            return got

    file = Counting()
    found = films.kind_of(file)
    assert found is not None
    assert films.length(file, found, file.whole) == 7200
    assert Counting.read_so_far < 500
