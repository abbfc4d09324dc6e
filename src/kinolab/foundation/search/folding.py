"""One plain spelling for words of seven languages and two scripts, so that a search forgives what a typist forgives.

Two steps. `spelled` writes any of the alphabets in Latin letters, each letter by its usual name; one may sort by it.
`fold` goes on and lets fall what the spellings of one name differ in: Елена, Elena, Yelena; Ҷамшед, Джамшед, Jamshed,
Djamshed; Oʻtkir, O'tkir, Ўткир, Уткир; Жаңыл, Janyl, Zhangyl. It brings together more than it should, which costs a
search nothing but a row too many. The same folding is applied to what is stored and to what is asked.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST_QUERY = 200  # characters

# Cyrillic of ky, kk, uz, tg, tk and ru; the Latin of uz, tk and of transliterations.
_CYRILLIC = (
    "аa әa бb вv гg ғg дd еe ёyo жj җj ҷj зz иi іi їi ӣi йy кk қk ҡk лl мm нn ңn ҥn оo өo пp рr сs тt уu үu ұu ўu ӯu фf хh ҳh "
    "һh цts чch шsh щsh ъ ыi ь эe ѐe ѝi юyu яya"
)
_LATIN = "şsh çch šsh čch žj ıi ğg ňn ñn ŋn əa äa öo üu ýy øo æe ßss łl đd"
_APOSTROPHES = "'’‘ʼʻʹ`´′ˈ‛"
_LETTERS = {ord(pair[0]): pair[1:] for pair in f"{_CYRILLIC} {_LATIN}".split()} | dict.fromkeys(
    map(ord, _APOSTROPHES), ""
)
# Uzbek oʻ is a letter of its own, Russian writes it у; gʻ is no more than a g to a typist.
_UZBEK_O = re.compile(f"o[{_APOSTROPHES}]")
_MARKS = re.compile("[\u0300-\u036f]+")

# Letters that say one sound; the longer first. What stands for i (y, ы, й) is an i by then.
_SOUNDS = {
    "shch": "sh", "sch": "sh", "tch": "ch", "dzh": "j", "ch": "ch", "dj": "j", "zh": "j", "kh": "h", "gh": "g", "ph": "f",
    "ng": "n", "tz": "ts", "ck": "k", "c": "k", "q": "k", "w": "v", "x": "h", "y": "i",
}  # fmt: skip
_SOUND = re.compile("|".join(_SOUNDS))
_SOFT = re.compile("i+[eo]")  # ye, ie, yo, io, ьё: typists leave the first letter out
_SOFT_L = re.compile("(?<=l)i+(?=[au])")  # Жамиля, Jamila; Людмила, Ludmila
_DOUBLE = re.compile(r"([a-z])\1+")
_ONE_O = str.maketrans("o", "u")
# Names that the rules above would part: each language has its own letter in them, or x is no Uzbek h.
_NAMES = re.compile("kazah|aleh|mahim|kseni")
_KNOWN = {"kazah": "kazak", "aleh": "aleks", "mahim": "maksim", "kseni": "kseni"}
_WORD = re.compile(r"[^\W_]+")


def spelled(text: str) -> str:
    """The text in small Latin letters and digits, words parted by single spaces: one order for all scripts."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", text.replace("№", " ")).lower()
        plain = _UZBEK_O.sub("u", plain).translate(_LETTERS)
        if not plain.isascii():
            plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain))
    elif "'" in plain or "`" in plain:
        plain = _UZBEK_O.sub("u", plain).translate(_LETTERS)
    return " ".join(_WORD.findall(plain))


def fold(text: str) -> str:
    """The spelling in which different spellings of one word meet."""
    plain = _SOUND.sub(_sound, spelled(text))
    plain = _SOFT_L.sub("", _SOFT.sub("e", plain)).translate(_ONE_O)
    return _NAMES.sub(_name, _DOUBLE.sub(r"\1", plain))


def spellings(word: str) -> tuple[str, ...]:
    """The folded spelling of a word; two where a Latin «yo» may be ё or yoʻ."""
    return _spellings(word.lower())


@lru_cache(maxsize=50_000)  # of an index's words most come again and again
def _spellings(word: str) -> tuple[str, ...]:
    both = (fold(word), fold(as_uzbek(word))) if "yo" in word else (fold(word),)
    return tuple(one for one in dict.fromkeys(both) if one)


def search_text(*parts: str) -> str:
    """What to keep in a column that `found_by` searches and tables sort by: the first part spelled, then all folded."""
    first = spelled(parts[0]) if parts else ""
    unsure = (fold(as_uzbek(word)) for part in parts for word in part.split() if "yo" in word.lower())
    return " ".join(filter(None, (first, *(fold(part) for part in parts), *unsure)))


def as_uzbek(word: str) -> str:
    """A Latin «yo» may be ё (Baxtiyor), and without its comma yoʻ (Yoldosh)."""
    return word.lower().replace("yo", "yu")


def _sound(found: re.Match[str]) -> str:
    return _SOUNDS[found[0]]


def _name(found: re.Match[str]) -> str:
    return _KNOWN[found[0]]
