"""Subtitles in the two forms, in the encodings and with the mistakes that editors send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.catalogue.domain.subtitles import Cue, as_srt, as_vtt, decoded, read, tag
from kinolab.foundation.refusals import Refusal

SRT = """1
00:00:01,000 --> 00:00:02,500 X1:40 X2:600
{\\an8}- Салам, <i>Айгүл</i>!
- <font color="#fff">2 < 3 & 4</font>

2
00:01:02,5 --> 01:00:00,000
Кош бол.
"""
VTT = """WEBVTT - a film
Kind: captions

STYLE
::cue { color: red }

NOTE nothing
to see

intro
00:01.000 --> 00:02.500 line:0 region:fred align:start
<v.loud Айгүл>Салам &amp; <c.yellow>кош</c></v> <00:01.500>бол

00:00:00.500 --> 00:00:01.000
first
"""


def refused(text: str) -> Refusal | None:
    return read(text).refusal


def test_srt_is_read_with_what_stays_of_it():
    assert read("\ufeff" + SRT.replace("\n", "\r\n")).cues == (
        Cue(1000, 2500, "- Салам, <i>Айгүл</i>!\n- 2 &lt; 3 &amp; 4"), Cue(62_500, 3_600_000, "Кош бол."),
    )  # fmt: skip


def test_vtt_is_read_in_the_order_of_the_screen_without_styles_and_notes():
    cues = read(VTT).cues

    assert cues == (
        Cue(500, 1000, "first"), Cue(1000, 2500, "<v Айгүл>Салам &amp; кош</v> бол", "line:0 align:start"),
    )  # fmt: skip
    assert cues[1].lines == ["Айгүл: Салам & кош бол"]
    assert as_vtt(cues).endswith("00:00:01.000 --> 00:00:02.500 line:0 align:start\n<v Айгүл>Салам &amp; кош</v> бол\n")
    assert as_srt(cues).endswith("2\n00:00:01,000 --> 00:00:02,500\nАйгүл: Салам & кош бол\n")


def test_cue_tells_when_it_begins_as_one_reads_it():
    assert (Cue(62_500, 64_000, "Салам").clock, Cue(3_723_000, 3_724_000, "Салам").clock) == (
        as_vtt([Cue(62_500, 64_000, "")]).split("\n\n")[1].partition(".")[0],
        "01:02:03",
    )


def test_empty_line_within_a_text_of_an_srt_is_forgiven():
    text = "1\n00:00:01,000 --> 00:00:02,000\none\n\ntwo\n\n\n2\n00:00:03,000 --> 00:00:04,000\nthree\n\n"

    assert [cue.text for cue in read(text).cues] == ["one\ntwo", "three"]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", Refusal("subtitles_empty")),
        ("WEBVTT\n\nNOTE nothing", Refusal("subtitles_empty")),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", Refusal("subtitles_empty")),
        ("Dear colleagues,\nthe subtitles", Refusal("subtitles_line", {"line": 1})),
        (SRT + "\n\n3\n00:99:00,000 --> 00:01:00,000\nX", Refusal("subtitles_time", {"line": 12})),
        (SRT.replace("00:01:02,5", "soon"), Refusal("subtitles_time", {"line": 7})),
        (SRT.replace("5 --> 01", "5 -> 01"), Refusal("subtitles_time", {"line": 7})),
        (SRT.replace("01:00:00,000", "25:00:00,000"), Refusal("subtitles_time", {"line": 7})),
        (SRT.replace("01:00:00,000", "00:01:02,500"), Refusal("subtitles_backwards", {"line": 7})),
        (SRT + "more" * 501, Refusal("subtitles_long_cue", {"line": 7, "limit": 2000})),
        ("00:01.0-->00:02.0\nx\n\n" * 10_001, Refusal("subtitles_too_many", {"limit": 10_000})),
    ],
)
def test_mistakes_are_told_with_their_line(text, refusal):
    assert refused(text) == refusal


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Саламатсызбы".encode(), "UTF-8"),
        ("Саламатсызбы".encode("utf-8-sig"), "UTF-8"),
        ("Саламатсызбы".encode("utf-16"), "UTF-16"),
        ("Здравствуйте, Елена".encode("cp1251"), "Windows-1251"),
        ("Здравствуйте, Елена".encode("koi8-r"), "KOI8-R"),
        ("Şeýle, güýçli söz".replace("ý", "y").encode("cp1254"), "Windows-1254"),
    ],
)
def test_encoding_is_found(content, encoding):
    text, named = decoded(content)
    assert (named, text.startswith(("Сал", "Здр", "Şey"))) == (encoding, True)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("Салам\n".encode() + "Привет".encode("cp1251"), Refusal("subtitles_two_encodings", {"line": 2})),
        (b"1\n" + "Салам\n".encode() + "Привет".encode("cp1251"), Refusal("subtitles_two_encodings", {"line": 3})),
        (b"\x00\x01binary", Refusal("subtitles_unreadable")),
        (b"\xff\xfea", Refusal("subtitles_unreadable")),
        (b" " * 2_000_001, Refusal("subtitles_too_large", {"limit": 2})),
    ],
)
def test_what_is_no_text_is_told(content, refusal):
    assert decoded(content) == refusal


@pytest.mark.parametrize(
    ("typed", "written"),
    [("ky", "ky"), (" UZ_cyrl ", "uz-Cyrl"), ("pt-br", "pt-BR"), ("es-419", "es-419"), ("sl-ROZAJ", "sl-rozaj"),
     ("kyrgyz", ""), ("k", ""), ("en-", ""), ("en us", "")],
)  # fmt: skip
def test_language_is_written_as_registers_write_it(typed, written):
    assert tag(typed) == written


WORDS = st.lists(st.text("aäб<>&-'", min_size=1, max_size=6), min_size=1, max_size=3).map("\n".join)


@st.composite
def cues(draw: st.DrawFn) -> tuple[Cue, ...]:
    """Cues as they are kept: one after another, their letters written as WebVTT writes them."""
    found, at = [], 0
    for text in draw(st.lists(WORDS, min_size=1, max_size=4)):
        at += draw(st.integers(0, 10**6))
        ends = at + draw(st.integers(1, 10**5))
        written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        found.append(Cue(at, ends, draw(st.sampled_from(["{}", "<i>{}</i>", "<b>x</b>{}"])).format(written)))
        at = ends
    return tuple(found)


@given(cues())
def test_written_and_read_again_is_the_same(kept):
    assert read(as_vtt(kept)).cues == kept
    plain = tuple(Cue(one.begins, one.ends, one.text) for one in kept if not {"<", "&"} & set(one.text))
    assert read(as_srt(plain)).cues == plain


@given(st.text("0123:,.-> \nWEBVTTabNOTE<i></v &;", max_size=200), st.sampled_from(["", "WEBVTT\n\n", SRT]))
def test_whatever_comes_is_read_or_told(text, before):
    found = read(before + text)
    assert bool(found.cues) != bool(found.refusal)
    assert read(as_vtt(found.cues)).cues == found.cues


@given(st.binary(max_size=60))
def test_whatever_bytes_come_are_letters_or_told(content):
    found = decoded(content)
    assert isinstance(found, Refusal) or isinstance(found[0], str)
