"""Countries and languages by their names, in any of the languages of the pages, however they are spelled."""

from collections.abc import Iterable
from functools import cache

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language

from kinolab.foundation.i18n import formats
from kinolab.foundation.search.folding import fold

COUNTRIES, LANGUAGES = "territories", "languages"
_COUNTRY_CODE = 2  # the world and its regions have three digits
_LANGUAGE_CODE = 3


def code_of(kind: str, typed: str) -> str:
    """The code of a country or a language from its name or its code; "" where it is none."""
    plain = typed.strip()
    wanted = plain.upper() if kind == COUNTRIES else plain.lower()
    codes, folded = _codes(kind, get_language() or settings.LANGUAGE_CODE)
    if wanted in codes.values():
        return wanted
    return codes.get(plain.casefold(), "") or folded.get(fold(plain), "")


def name_of(kind: str, code: str) -> str:
    """What it is called in the language of the page."""
    return formats.country_name(code) if kind == COUNTRIES else formats.language_name(code)


@cache
def _codes(kind: str, first: str) -> tuple[dict[str, str], dict[str, str]]:
    """Names as they are written, and folded, with their codes: of the language of the page before all others."""
    written: dict[str, str] = {}
    folded: dict[str, str] = {}
    for tag in dict.fromkeys([first, *(one for one, _name in settings.LANGUAGES)]):
        for code, name in _named(kind, tag):
            written.setdefault(name.casefold(), code)
            folded.setdefault(fold(name), code)
    return written, folded


def _named(kind: str, tag: str) -> Iterable[tuple[str, str]]:
    longest = _COUNTRY_CODE if kind == COUNTRIES else _LANGUAGE_CODE
    known = getattr(Locale.parse(tag), kind)
    ours = {code: name for (of, code), name in formats.COUNTRY_NAMES.items() if of == tag and kind == COUNTRIES}
    return ((code, name) for code, name in (*ours.items(), *known.items()) if code.isalpha() and len(code) <= longest)
