"""One plain spelling for words of seven languages and two scripts, so that a search forgives what a typist forgives.

`fold` lowers, decomposes nothing that is a letter of its own but brings near letters together (ё/е, ү/у, ң/н, ө/о, қ/к,
…), drops apostrophes, and writes Cyrillic in Latin letters, so that «Жамиля», «Jamila» typed in Latin and text without
the right keyboard layout meet. The same folding is applied to what is stored and to what is asked.
"""

import re
import unicodedata

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

_APOSTROPHES = "'’‘ʼʻ`´"
_NEAR = str.maketrans("ёүңөқғҳҷӣӯіәұһўй", "еунокгхжиуиаухои")  # ў is the Uzbek oʻ
_LATIN = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "ж": "j",
    "з": "z",
    "и": "i",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "h",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ъ": "",
    "ы": "i",
    "ь": "",
    "э": "e",
    "ю": "iu",
    "я": "ia",
}
_SPELLINGS = (
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ye", "e"),
    ("y", "i"),
    ("q", "k"),
    ("w", "v"),
    ("x", "h"),
    ("ii", "i"),
)
_WORD = re.compile(r"[^\W_]+")
LONGEST_QUERY = 200  # characters


def fold(text: str) -> str:
    """The plain spelling of a text: Latin letters and digits, words parted by single spaces."""
    plain = unicodedata.normalize("NFKC", text.replace("№", " ")).lower()
    plain = "".join(letter for letter in plain if letter not in _APOSTROPHES).translate(_NEAR)
    plain = "".join(_LATIN.get(letter, letter) for letter in plain)
    plain = plain.replace("ş", "sh").replace("ç", "ch").replace("ž", "j").replace("ı", "i")
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    for spelling, ours in _SPELLINGS:
        plain = plain.replace(spelling, ours)
    return " ".join(_WORD.findall(plain))


def spellings(text: str) -> list[str]:
    """The plain spellings of a text: one, or two where a Latin «yo» may be ё (Baxtiyor) or й with о (Yoʻldosh)."""
    plain = text.lower()
    return list(dict.fromkeys((fold(plain), fold(plain.replace("yo", "ё")))))


def search_text(*parts: str) -> str:
    """What to keep in a column that `found_by` searches."""
    return " ".join(spellings(" ".join(parts)))


def found_by(column: str, query: str) -> Q:
    """The condition that a folded `column` contains every word of the query, in any order.

    A plain position in the text instead of LIKE: no letter of the query is a pattern, and SQLite does it itself.
    """
    wanted = Q()
    for word in query[:LONGEST_QUERY].split():
        either = Q()
        for plain in spellings(word):
            either |= Q(*(GreaterThan(StrIndex(F(column), Value(part)), 0) for part in plain.split()))
        wanted &= either
    return wanted
