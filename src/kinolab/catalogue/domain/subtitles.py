"""Subtitles: SRT and WebVTT read with patience for what editors write, told of by the line where it cannot be, and written.

A text keeps what both forms know (italic, bold, underlined) and who speaks; positions are kept for WebVTT alone. Everything
else of the many dialects of SRT (fonts, colours, places on the screen) is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kinolab.foundation.lines import normalise
from kinolab.foundation.refusals import Refusal

MOST_BYTES = 2_000_000
MOST_CUES = 10_000
LONGEST_CUE = 2_000  # characters
LONGEST_FILM = 24 * 3600 * 1000  # milliseconds
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(.*)")
_TIMED = re.compile(r"\s*\d{1,3}:\d|.*-->")  # a line that means to say when
_SETTING = re.compile(r"(?:vertical:(?:rl|lr)|(?:line|position|size|align):[\w.,%+-]+)")
_TAG = re.compile(r"<(/?)([a-zA-Z]+)([^<>]*)>")
_VOICE = re.compile(r"<v ([^<>]*)>")
_INSTANT = re.compile(r"<[\d:.]+>")
_PLACE = re.compile(r"\{\\[^{}]*\}")
_ASIDE = re.compile(r"(NOTE|STYLE|REGION)\b")
_UNSEEN = dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0x200E, 0x200F, 0xFEFF])
_MARKS = {"i", "b", "u"}
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&lrm;": "", "&rlm;": "", "&amp;": "&"}
_NAMES = {"utf-16": "UTF-16", "cp1251": "Windows-1251", "cp1254": "Windows-1254", "koi8-r": "KOI8-R"}
_CYRILLIC_SMALL, _KOI_SMALL = range(0xE0, 0x100), range(0xC0, 0xE0)


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands on the screen from one instant to another (milliseconds): lines, and how they are placed in WebVTT.

    In `text` only <i>, <b>, <u> and <v who> are marks; every other < and & of it is written as WebVTT writes it.
    """

    begins: int
    ends: int
    text: str
    settings: str = ""

    @property
    def clock(self) -> str:
        """When it begins, as one reads it: 1:02:03."""
        return clock(self.begins).partition(".")[0]

    @property
    def lines(self) -> list[str]:
        """What one reads, line by line, without marks."""
        return [_plain(line) for line in self.text.split("\n")]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds; or why it cannot be read."""

    cues: tuple[Cue, ...] = ()
    refusal: Refusal | None = None


# --- Letters ---------------------------------------------------------------------------------------------------------
def decoded(content: bytes) -> tuple[str, str] | Refusal:
    """The text and the name of its encoding: UTF-8 or UTF-16, else one of the old ones of Cyrillic and of Turkic Latin.

    Refused: subtitles_too_large, subtitles_unreadable, subtitles_two_encodings {line}.
    """
    if len(content) > MOST_BYTES:
        return Refusal("subtitles_too_large", {"limit": MOST_BYTES // 1_000_000})
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as("utf-16", content)
    if b"\0" in content:
        return Refusal("subtitles_unreadable")
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return _old(content)


def _old(content: bytes) -> tuple[str, str] | Refusal:
    """Two files glued together are told of; else whole words of high letters are Cyrillic, single ones Latin."""
    torn, whole = 0, False
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.isascii():
            try:
                line.decode("utf-8")
                whole = True
            except UnicodeDecodeError:
                torn = torn or number
    if whole:
        return Refusal("subtitles_two_encodings", {"line": torn})
    high = [one for one in content if one >= 0x80]
    neighbours = sum(1 for one, other in pairwise(content) if one >= 0xC0 and other >= 0xC0)
    if neighbours * 2 < len(high):
        return _as("cp1254", content)
    small = sum(one in _CYRILLIC_SMALL for one in high)
    return _as("cp1251" if small * 2 >= sum(one in _KOI_SMALL for one in high) else "koi8-r", content)


def _as(encoding: str, content: bytes) -> tuple[str, str] | Refusal:
    try:
        return content.decode(encoding), _NAMES[encoding]
    except UnicodeDecodeError:
        return Refusal("subtitles_unreadable")


# --- Reading ---------------------------------------------------------------------------------------------------------
def read(text: str) -> Read:
    """The cues of an SRT or a WebVTT, in the order in which they appear on the screen.

    Refused: subtitles_empty, subtitles_line {line}, subtitles_time {line}, subtitles_backwards {line},
    subtitles_long_cue {line, limit}, subtitles_too_many {limit}.
    """
    lines = normalise(text.removeprefix("\ufeff")).split("\n")
    web = bool(re.match(r"WEBVTT(?:[ \t]|$)", lines[0]))
    try:
        cues = sorted(_cues(lines, web), key=lambda cue: (cue.begins, cue.ends))
    except _Stop as stop:
        return Read(refusal=stop.refusal)
    return Read(tuple(cues)) if cues else Read(refusal=Refusal("subtitles_empty"))


class _Stop(Exception):
    def __init__(self, code: str, line: int, **facts: object) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, {"line": line, **facts} if line else facts)


def _cues(lines: Sequence[str], web: bool) -> Iterator[Cue]:
    found = 0
    for number, block in _blocks(lines, web):
        if web and _ASIDE.match(block[0]):
            continue
        at = 0 if _TIMED.match(block[0]) else 1
        if at >= len(block) or not _TIMED.match(block[at]):
            raise _Stop("subtitles_line", number)
        cue = _cue(number + at, block[at], block[at + 1 :], web)
        if cue.text:
            found += 1
            if found > MOST_CUES:
                raise _Stop("subtitles_too_many", 0, limit=MOST_CUES)
            yield cue


def _blocks(lines: Sequence[str], web: bool) -> Iterator[tuple[int, list[str]]]:
    """Lines that stand together, with the number of the first; the head of a WebVTT is left out.

    An SRT with an empty line within a text is a mistake that many programs forgive: what follows without a time belongs
    to the text before it.
    """
    held: list[str] = []
    first = 0
    start = next((number for number, line in enumerate(lines) if not line.strip()), len(lines)) if web else 0
    for number, line in enumerate(lines[start:], start=start + 1):
        if line.strip():
            first = first if held else number
            held.append(line)
        elif held and (web or _begins_or_ends(lines, number)):
            yield first, held
            held = []
    if held:
        yield first, held


def _begins_or_ends(lines: Sequence[str], at: int) -> bool:
    """Whether a cue begins behind the empty line, even one with a broken time, or nothing more comes."""
    rest = next((number for number in range(at, len(lines)) if lines[number].strip()), None)
    if rest is None:
        return True
    following = lines[rest + 1] if rest + 1 < len(lines) else ""
    return bool(_TIMED.match(lines[rest])) or (lines[rest].strip().isdecimal() and bool(_TIMED.match(following)))


def _cue(number: int, times: str, lines: Iterable[str], web: bool) -> Cue:
    found = _TIMES.fullmatch(times)
    if found is None:
        raise _Stop("subtitles_time", number)
    begins, ends = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:8])
    if begins is None or ends is None or ends > LONGEST_FILM:
        raise _Stop("subtitles_time", number)
    if ends <= begins:
        raise _Stop("subtitles_backwards", number)
    settings = " ".join(one for one in found[9].split() if _SETTING.fullmatch(one)) if web else ""
    text = "\n".join(filter(None, (_marked(line, web).strip() for line in lines)))
    if len(text) > LONGEST_CUE:
        raise _Stop("subtitles_long_cue", number, limit=LONGEST_CUE)
    return Cue(begins, ends, text, settings)


def _milliseconds(parts: Sequence[str | None]) -> int | None:
    hours, minutes, seconds, rest = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    if int(minutes or 0) > 59 or int(seconds or 0) > 59:
        return None
    return whole * 1000 + int((rest or "").ljust(3, "0"))


def _marked(line: str, web: bool) -> str:
    """The line with the marks that are kept, everything else of it as WebVTT writes letters."""
    line = line.translate(_UNSEEN)
    line = (_INSTANT if web else _PLACE).sub("", line)
    kept, at = [], 0
    for tag in _TAG.finditer(line):
        kept += [_written(line[at : tag.start()], web), _mark(tag, web)]
        at = tag.end()
    return "".join([*kept, _written(line[at:], web)])


def _mark(tag: re.Match[str], web: bool) -> str:
    closing, name, rest = tag[1], tag[2].lower(), tag[3]
    if name in _MARKS:
        return f"<{closing}{name}>"
    if web and name == "v" and (closing or rest.strip()):
        who = " ".join(_unwritten(rest.partition(" ")[2]).split())
        return "</v>" if closing else f"<v {_written(who, False)}>" if who else ""
    return ""


def _written(text: str, web: bool) -> str:
    plain = _unwritten(text) if web else text
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unwritten(text: str) -> str:
    for entity, letter in _ENTITIES.items():
        text = text.replace(entity, letter)
    return text


def _plain(line: str) -> str:
    return _unwritten(_TAG.sub("", _VOICE.sub(r"\1: ", line)))


# --- Writing ---------------------------------------------------------------------------------------------------------
def as_vtt(cues: Iterable[Cue]) -> str:
    """A WebVTT."""
    blocks = (
        f"{clock(cue.begins)} --> {clock(cue.ends)}{' ' if cue.settings else ''}{cue.settings}\n{cue.text}\n"
        for cue in cues
    )
    return "\n".join(["WEBVTT\n", *blocks])


def as_srt(cues: Iterable[Cue]) -> str:
    """An SRT; who speaks stands before what is said."""
    blocks = []
    for number, cue in enumerate(cues, start=1):
        times = f"{clock(cue.begins, ',')} --> {clock(cue.ends, ',')}"
        blocks.append(f"{number}\n{times}\n{_for_srt(cue.text)}\n")
    return "\n".join(blocks)


def _for_srt(text: str) -> str:
    return _unwritten(_VOICE.sub(r"\1: ", text).replace("</v>", ""))


def clock(milliseconds: int, comma: str = ".") -> str:
    """01:02:03.004."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{comma}{rest:03}"


# --- Languages -------------------------------------------------------------------------------------------------------
_BCP47 = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<rest>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)",
    re.IGNORECASE,
)


def tag(text: str) -> str:
    """A BCP 47 tag as it is written (ky, uz-Cyrl, pt-BR); "" for what is none."""
    found = _BCP47.fullmatch(text.strip().replace("_", "-"))
    if not found:
        return ""
    script, region = found["script"], found["region"]
    parts = [found["language"].lower(), script and script.title(), region and region.upper()]
    return "-".join(filter(None, parts)) + found["rest"].lower()
