"""Alphabetical order in seven languages: ң stands after н, oʻ at the end of the Uzbek alphabet, ž after j.

Letters of other scripts follow the language's own, Latin before Cyrillic. Case and accents that are no letters of the
language decide only between words that are otherwise alike, as in a printed dictionary.
"""

import unicodedata
from functools import cache, lru_cache

from django.utils.translation import get_language

_KYRGYZ = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_TAJIK = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"  # ё stands with е
_UZBEK = "a b d e f g h i j k l m n o p q r s t u v x y z oʻ gʻ sh ch ng".split()
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "аәбвгғдеёжҗзиӣійкқлмнңоөпрстуӯұүўфхҳһцчҷшщъыьэюя"
ALPHABETS: dict[str, list[str]] = {
    "ky": list(_KYRGYZ),
    "kk": list(_KAZAKH),
    "tg": list(_TAJIK),
    "ru": list(_RUSSIAN),
    "uz": _UZBEK,
    "tk": list("abçdeäfghijžklmnňoöprsştuüwyýz"),
    "en": list(_LATIN),
}
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´", "ʻ"))
_NO_LETTER, _LETTER = 0, 1

Key = tuple[tuple[tuple[int, int], ...], str]


@lru_cache(maxsize=10_000)
def _key(text: str, language: str) -> Key:
    places, longest = _places(language)
    plain = unicodedata.normalize("NFC", text).lower()
    if language == "uz":
        plain = plain.translate(_APOSTROPHES)
    weights, here = [], 0
    while here < len(plain):
        length = next((size for size in range(longest, 0, -1) if plain[here : here + size] in places), 0)
        weights += [(_LETTER, places[plain[here : here + length]])] if length else _without_marks(plain[here], places)
        here += length or 1
    return tuple(weights), text


def sort_key(text: str) -> Key:
    """What to sort by so that words stand in the alphabetical order of the active language."""
    return _key(text, get_language() or "en")


@cache
def _places(language: str) -> tuple[dict[str, int], int]:
    """Every letter's place, the language's own first; and the length of the longest letter."""
    own = ALPHABETS.get(language, ALPHABETS["en"])
    letters = list(dict.fromkeys([*own, *_LATIN, *_CYRILLIC]))
    if language == "ru":
        letters.remove("ё")
    return {letter: place for place, letter in enumerate(letters)}, max(map(len, own))


def _without_marks(letter: str, places: dict[str, int]) -> list[tuple[int, int]]:
    """A letter with a foreign mark counts as the letter; anything else stands before all letters."""
    base = unicodedata.normalize("NFKD", letter)[0]
    return [(_LETTER, places[base])] if base in places else [(_NO_LETTER, ord(letter))]
