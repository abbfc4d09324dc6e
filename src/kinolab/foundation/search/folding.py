"""One plain spelling for words of seven languages and two scripts, so that a search forgives what a typist forgives.

`fold` lowers, decomposes nothing that is a letter of its own but brings near letters together (ё/е, ү/у, ң/н, ө/о, қ/к,
…), drops apostrophes, and writes Cyrillic in Latin letters, so that «Жамиля», «Jamila» typed in Latin and text without
the right keyboard layout meet. The same folding is applied to what is stored and to what is asked.
"""

import re
import unicodedata
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
_APOSTROPHES = "'’‘ʼʻ`´"
_NEAR = str.maketrans("ёүңөқғҳҷӣӯіәұһўй", "еунокгхжиуиаухуи")
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
_SPELLINGS = (("zh", "j"), ("kh", "h"), ("gh", "g"), ("y", "i"), ("q", "k"), ("w", "v"), ("x", "h"), ("ii", "i"))
_WORD = re.compile(r"[^\W_]+")
LONGEST_QUERY = 200  # characters


def fold(text: str) -> str:
    """The plain spelling of a text: Latin letters and digits, words parted by single spaces."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = "".join(letter for letter in plain if letter not in _APOSTROPHES).translate(_NEAR)
    plain = "".join(_LATIN.get(letter, letter) for letter in plain)
    plain = plain.replace("ş", "sh").replace("ç", "ch").replace("ž", "j").replace("ı", "i")
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    for spelling, ours in _SPELLINGS:
        plain = plain.replace(spelling, ours)
    return " ".join(_WORD.findall(plain))


def search_text(*parts: str) -> str:
    """What to keep in a column that `matches` searches."""
    return " ".join(filter(None, (fold(part) for part in parts)))


def matches(queryset: QuerySet[Row], column: str, query: str) -> QuerySet[Row]:
    """Rows whose folded `column` contains every word of the query, in any order."""
    wanted = Q()
    for word in fold(query[:LONGEST_QUERY]).split():
        wanted &= Q(**{f"{column}__contains": word})
    return queryset.filter(wanted)
