"""Identifiers of films in the world's registers: their shape, and the check characters of EIDR and ISAN."""

import re
from enum import StrEnum

from kinolab.foundation.refusals import Refusal

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Scheme(StrEnum):
    """A register of films."""

    EIDR = "eidr"
    ISAN = "isan"
    IMDB = "imdb"
    WIKIDATA = "wikidata"


_SHAPES = {
    Scheme.EIDR: re.compile(r"10\.5240/[0-9A-F]{4}(-[0-9A-F]{4}){4}-[0-9A-Z]"),
    Scheme.ISAN: re.compile(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}-[0-9A-Z](-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-Z])?"),
    Scheme.IMDB: re.compile(r"tt[0-9]{7,10}"),
    Scheme.WIKIDATA: re.compile(r"Q[1-9][0-9]{0,11}"),
}
_ADDRESSES = {
    Scheme.EIDR: "https://doi.org/{}",
    Scheme.IMDB: "https://www.imdb.com/title/{}/",
    Scheme.WIKIDATA: "https://www.wikidata.org/wiki/{}",
}


def check_character(characters: str) -> str:
    """The check character of digits and letters A–Z by ISO 7064, Mod 37,36."""
    carried = 36
    for one in characters:
        carried = (carried + _ALPHABET.index(one)) % 36 or 36
        carried = carried * 2 % 37
    return _ALPHABET[(37 - carried) % 36]


def written(scheme: Scheme, value: str) -> str:
    """The value as it is kept: without spaces around, letters as the register writes them."""
    plain = value.strip()
    if scheme is Scheme.IMDB:
        return plain.lower()
    plain = plain.upper()
    return plain.removeprefix("ISAN").strip() if scheme is Scheme.ISAN else plain


def why_not(scheme: Scheme, value: str) -> Refusal | None:
    """Say why this is no identifier: its shape is wrong, or its check character is."""
    plain = written(scheme, value)
    if not _SHAPES[scheme].fullmatch(plain):
        return Refusal("identifier_shape", {"value": value})
    if scheme is Scheme.EIDR:
        return _why_not_checked(plain.partition("/")[2], value)
    if scheme is Scheme.ISAN:
        work = plain[:21]
        version = work[:19] + plain[21:]  # the second character checks the version together with the work
        return _why_not_checked(work, value) or (None if len(plain) == len(work) else _why_not_checked(version, value))
    return None


def address(scheme: Scheme, value: str) -> str:
    """Where the register shows the film; "" where it has no page that stays."""
    return _ADDRESSES.get(scheme, "").format(value)


def _why_not_checked(checked: str, value: str) -> Refusal | None:
    plain = checked.replace("-", "")
    return None if check_character(plain[:-1]) == plain[-1] else Refusal("identifier_check", {"value": value})
