"""Documents, spreadsheets and sound are told by their contents; what runs, what is cut off and what hides is refused."""

import io
import struct
import wave
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinolab.foundation.files import contents, documents, words
from kinolab.foundation.questions.domain.kinds import FILE_KINDS
from kinolab.foundation.refusals import Denied
from tests.integration.files.test_films import box, film, mvhd
from tests.integration.files.test_keeping import PDF, archive, picture

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN = "application/vnd.oasis.opendocument."


def packed(parts: dict[str, str], comment: bytes = b"") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as out:
        for name, said in parts.items():
            out.writestr(name, said)
        out.comment = comment
    return kept.getvalue()


def docx(more: dict[str, str] | None = None, kind: str = f"{WORD}.main+xml", comment: bytes = b"") -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    return packed(
        {"[Content_Types].xml": types, "word/document.xml": "<w:document>Туз</w:document>", **(more or {})}, comment
    )


def xlsx() -> bytes:
    kept = io.BytesIO()
    openpyxl.Workbook().save(kept)
    return kept.getvalue()


def odf(kind: str, more: dict[str, str] | None = None) -> bytes:
    return packed({"mimetype": OPEN + kind, "content.xml": "<office/>", **(more or {})})


def wav(seconds: float = 1.5) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(b"\0\1" * int(8000 * seconds))
    return kept.getvalue()


def mp3(frames: int = 80) -> bytes:
    """Frames of 128 kbit/s at 44,100 Hz: 417 bytes and 26 milliseconds each."""
    return (b"\xff\xfb\x90\x00" + b"\0" * 413) * frames


def flac(seconds: int = 2) -> bytes:
    about = (8000 << 44 | 15 << 36 | 8000 * seconds).to_bytes(8, "big")
    return (
        b"fLaC" + b"\x80\0\0\x22" + struct.pack(">HH", 4096, 4096) + b"\0" * 6 + about + b"\0" * 16 + b"\xff\xf8" * 40
    )


def m4a() -> bytes:
    return box(b"ftyp", b"M4A \0\0\2\0" + b"isommp42") + box(b"mdat", b"sound" * 40) + box(b"moov", mvhd(62.5))


def look(content: bytes, name: str, kinds=FILE_KINDS) -> contents.Contents:
    return contents.look(SimpleUploadedFile(name, content), kinds)


@pytest.mark.parametrize(
    ("content", "name", "kind", "content_type"),
    [
        (docx(), "сценарий.docx", "document", WORD),
        (odf("text"), "a.odt", "document", OPEN + "text"),
        (rb"{\rtf1\ansi Salt}" + b"\r\n\0", "a.rtf", "document", "application/rtf"),
        ("Туз көлү\n\tСуу".encode(), "a.txt", "document", "text/plain"),
        ("Соль".encode("cp1251"), "A.TXT", "document", "text/plain"),
        (xlsx(), "a.xlsx", "sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (odf("spreadsheet"), "a.ods", "sheet", OPEN + "spreadsheet"),
        (b"a;b\n1;2\n", "a.csv", "sheet", "text/csv"),
        (PDF, "a.pdf", "pdf", "application/pdf"),
        (film(), "a.mp4", "video", "video/mp4"),
    ],
)
def test_document_is_known_by_its_contents(content, name, kind, content_type):
    seen = look(content, name)
    assert (seen.kind, seen.content_type) == (kind, content_type)


@pytest.mark.parametrize(
    ("content", "name", "seconds"),
    [(wav(), "a.wav", 1.5), (mp3(), "a.mp3", 2.1), (flac(), "a.flac", 2.0), (m4a(), "a.m4a", 62.5)],
)
def test_sound_says_how_long_it_lasts(content, name, seconds):
    seen = look(content, name)
    assert (seen.kind, round(seen.seconds, 1)) == ("sound", seconds)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        # Carries what runs
        (docx(kind="application/vnd.ms-word.document.macroEnabled.main+xml"), "a.docx", "document_runs"),
        (docx({"word/vbaProject.bin": "x"}), "a.docx", "document_runs"),
        (docx({"word/embeddings/oleObject1.bin": "x"}), "a.docx", "document_runs"),
        (odf("text", {"Basic/Standard/Module1.xml": "x"}), "a.odt", "document_runs"),
        (rb"{\rtf1 {\object\objdata 0105}}", "a.rtf", "document_runs"),
        # Cut off, or packed to burst
        (docx()[:-30], "a.docx", "file_disguised"),
        (docx().replace(b"word/document.xml", b"word/d0cument.xml"), "a.docx", "document_unreadable"),
        (rb"{\rtf1 Salt", "a.rtf", "document_unreadable"),
        (wav()[:-100], "a.wav", "sound_unreadable"),
        (m4a()[:-30], "a.m4a", "sound_unreadable"),
        (b"ID3" + b"\0" * 200, "a.mp3", "sound_unreadable"),
        # Is something else, or something else as well
        (archive(), "a.docx", "file_disguised"),
        (b"MZ\x90\x00" + docx(), "a.docx", "file_disguised"),
        (docx(comment=b"<script>"), "a.docx", "file_disguised"),
        (wav() + archive(), "a.wav", "file_two_in_one"),
        (b"MZ\x90\x00 this is a program", "a.txt", "file_disguised"),
        (b"\x7fELF\x02\x01", "a.csv", "file_disguised"),
        (docx(), "a.pdf", "file_disguised"),
        (xlsx(), "a.docx", "file_disguised"),
        (docx(), "a.docm", "file_disguised"),
        (PDF, "a.docx", "file_disguised"),
        (picture(), "a.mp3", "file_disguised"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "file_wrong_kind"),
    ],
)
def test_what_is_not_what_it_should_be_is_refused(content, name, code):
    with pytest.raises(Denied) as denied:
        look(content, name)
    assert denied.value.refusal.code == code


def test_document_that_would_burst_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(documents, "MOST_UNPACKED", 10_000)
    with pytest.raises(Denied) as denied:
        look(docx({"word/media/a.bin": "0" * 20_000}), "a.docx")
    assert denied.value.refusal.code == "document_bomb"


@pytest.mark.parametrize(
    ("content", "name", "kinds", "wanted"),
    [
        (docx(), "a.docx", ("pdf",), "PDF"),
        (docx(), "a.docx", ("sheet",), "XLSX, ODS, CSV"),
        (mp3(), "a.mp3", ("image", "pdf"), "PDF, JPEG, PNG, WebP"),
        (film(), "a.mp4", ("sound",), "MP3, WAV, M4A, FLAC, OGG"),
    ],
)
def test_good_file_of_a_kind_that_is_not_asked_for_is_refused_with_what_is(content, name, kinds, wanted):
    with pytest.raises(Denied) as denied:
        look(content, name, kinds)
    assert (denied.value.refusal.code, denied.value.refusal.facts["wanted"]) == ("file_wrong_kind", wanted)


def test_kinds_of_questions_are_those_that_files_are_looked_at_for():
    assert FILE_KINDS == tuple(contents.ACCEPTED) == tuple(words.KINDS) == tuple(words.TAKEN) == tuple(contents.ENDINGS)
